"""Text in cells and lines: which delimiter it has, and quotes that may never close."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

DELIMITERS = (",", "\t", ";", "|", "，")
MAX_LINES = 200  # of one cell
_LINE = re.compile(r"\r\n|\r|\n")
_SEP_LINE = re.compile(r"sep=(.)")


def _unknown(_: str) -> bool:
    return False


def split_text(
    text: str, is_heading: Callable[[str], bool] = _unknown
) -> tuple[list[list[Any]], list[int], list[int], str]:
    """Rows, the line on which each begins, the lines of quotes that never close, and the delimiter."""
    lines = _LINE.split(text.replace("\0", ""))
    stated = _SEP_LINE.fullmatch(lines[0].strip().lstrip("\ufeff"))
    delimiter = _delimiter(lines, is_heading) if stated is None else stated[1]
    return *split_records(lines, delimiter, 0 if stated is None else 1), delimiter


def _delimiter(lines: list[str], is_heading: Callable[[str], bool]) -> str:
    """The delimiter under which the first lines show most headings, then the one that occurs most evenly."""
    head = [line for line in lines[:60] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        if not any(delimiter in line for line in head):
            return 0, 0
        known = max(
            (sum(is_heading(cell.strip(' "')) for cell in line.split(delimiter)) for line in head),
            default=0,
        )
        counts = Counter(line.count(delimiter) for line in head)
        common, times = max(counts.items(), key=lambda item: (item[0] > 0, item[1], item[0]), default=(0, 0))
        return (known if common or known > 1 else 0), (times if common else 0)

    return max(DELIMITERS, key=score)


def split_records(
    lines: list[str], delimiter: str, first: int = 0
) -> tuple[list[list[Any]], list[int], list[int]]:
    """Rows, the line on which each begins (from 1), and the lines of quotes that never close."""
    rows: list[list[Any]] = []
    numbers: list[int] = []
    unclosed: list[int] = []
    at = first
    while at < len(lines):
        line = lines[at]
        numbers.append(at + 1)
        if '"' not in line:
            rows.append([*line.split(delimiter)])
            at += 1
            continue
        cells, used, open_quote = _record(lines, at, delimiter)
        if open_quote:
            unclosed.append(at + 1)
        rows.append([*cells])
        at += used
    return rows, numbers, unclosed


def _record(lines: list[str], at: int, delimiter: str) -> tuple[list[str], int, bool]:
    """One record that holds quotes: its cells, how many lines it takes, whether a quote never closes."""
    cells: list[str] = []
    line, position, used = lines[at], 0, 1
    while True:
        start = position + len(line[position:]) - len(line[position:].lstrip(" "))
        if not line.startswith('"', start):
            end = line.find(delimiter, position)
            if end < 0:
                cells.append(line[position:])
                return cells, used, False
            cells.append(line[position:end])
            position = end + len(delimiter)
            continue
        closed = _quoted(lines, at + used - 1, start + 1, delimiter, len(cells))
        if closed is None:
            cells.append(line[start + 1 :].replace('""', '"'))
            return cells, used, True
        cell, extra, position = closed
        cells.append(cell)
        used += extra
        line = lines[at + used - 1]
        if position >= len(line):
            return cells, used, False
        position += len(delimiter)
        if position >= len(line):
            cells.append("")
            return cells, used, False


def _quoted(
    lines: list[str], at: int, position: int, delimiter: str, before: int
) -> tuple[str, int, int] | None:
    """A quoted cell from `position` on: (text, further lines, its end); None where its quote never closes.

    A closing quote stands before a delimiter or a line's end. A cell that would swallow lines as full of
    delimiters as its own row has none.
    """
    parts: list[str] = []
    for further in range(len(lines) - at):
        line = lines[at + further]
        if further > MAX_LINES or (further and '"' not in line and line.count(delimiter) > before + 1):
            return None
        start = position if further == 0 else 0
        while (found := line.find('"', start)) >= 0:
            if line.startswith('""', found):
                start = found + 2
                continue
            rest = line[found + 1 :]
            if rest.strip(" ") and not rest.lstrip(" ").startswith(delimiter):
                return None
            parts.append(line[position if further == 0 else 0 : found])
            end = found + 1 + len(rest) - len(rest.lstrip(" ")) if rest.strip(" ") else len(line)
            return "\n".join(parts).replace('""', '"'), further, end
        parts.append(line[position if further == 0 else 0 :])
    return None
