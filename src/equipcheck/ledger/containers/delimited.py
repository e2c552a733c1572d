"""Text ledgers: csv and tsv in the encodings of Chinese software, with quotes that may never close."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from equipcheck.ledger.sheet import Book, Oddity, Sheet, Value
from equipcheck.ledger.words.headings import heading_of

DELIMITERS = (",", "\t", ";", "|", "，")
_LINE = re.compile(r"\r\n|\r|\n")
_FORCED = re.compile(r'^="([^"]*)"$')
MIN_HEADINGS = 3  # cells of a line that make it a heading
_THOUSANDS = re.compile(r"[￥¥]?[1-9]\d{0,2}")
_HUNDREDS = re.compile(r"\d{3}(?:\.\d{1,2})?元?")
_SEP_LINE = re.compile(r"sep=(.)")
_CLOSING = re.compile(r'"(?P<double>")?')


def read_delimited(text: str, encoding: str = "") -> Book:
    """A text ledger as one sheet; rows carry the physical lines on which they begin."""
    rows, numbers, unclosed, delimiter = split_text(text)
    joined = _join_thousands(rows, numbers) if delimiter == "," else []
    width = max(map(len, rows), default=0)
    padded: list[list[Value]] = [row + [""] * (width - len(row)) for row in rows]
    if '="' in text:  # how spreadsheets are told to leave leading zeros alone
        padded = [[_FORCED.sub(r"\1", str(cell)) for cell in row] for row in padded]
    sheet = Sheet("", padded, numbers=numbers)
    oddities = [Oddity("quote-never-closed", "", line) for line in unclosed]
    oddities += [Oddity("thousands-joined", "", line, {"value": value}) for line, value in joined]
    return Book([sheet], text=True, reader=f"text {encoding}".strip(), oddities=oddities)


def split_text(text: str) -> tuple[list[list[Value]], list[int], list[int], str]:
    """Rows, the line on which each begins, the lines of quotes that never close, and the delimiter."""
    lines = _LINE.split(text.replace("\0", ""))
    stated = _SEP_LINE.fullmatch(lines[0].strip().lstrip("\ufeff"))
    delimiter = _delimiter(lines) if stated is None else stated[1]
    return *split_records(lines, delimiter, 0 if stated is None else 1), delimiter


def _delimiter(lines: list[str]) -> str:
    """The delimiter under which the first lines show most headings, then the one that occurs most evenly."""
    head = [line for line in lines[:60] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        if not any(delimiter in line for line in head):
            return 0, 0
        known = max(
            (
                sum(heading_of(cell.strip(' "')) is not None for cell in line.split(delimiter))
                for line in head
            ),
            default=0,
        )
        counts = Counter(line.count(delimiter) for line in head)
        common, times = max(counts.items(), key=lambda item: (item[0] > 0, item[1], item[0]), default=(0, 0))
        return (known if common or known > 1 else 0), (times if common else 0)

    return max(DELIMITERS, key=score)


def _join_thousands(rows: list[list[Value]], numbers: list[int]) -> list[tuple[int, str]]:
    """Mend 「1,200」 that was split because nobody quoted it: the line and the number of each.

    Only in lines with more cells than the heading has, and where there is but one way to mend them.
    """
    head = max(rows[:60], key=lambda row: sum(heading_of(str(cell)) is not None for cell in row), default=[])
    width = len(head)
    if sum(heading_of(str(cell)) is not None for cell in head) < MIN_HEADINGS:
        return []
    joined: list[tuple[int, str]] = []
    for row, number in zip(rows, numbers, strict=True):
        if len(row) <= width or not all(str(cell).strip() for cell in row[width:]):
            continue
        at = [
            n
            for n in range(len(row) - 1)
            if _THOUSANDS.fullmatch(str(row[n]).strip()) and _HUNDREDS.fullmatch(str(row[n + 1]).strip())
        ]
        if len(at) == len(row) - width and all(b - a > 1 for a, b in pairwise(at)):
            for n in reversed(at):
                row[n : n + 2] = [f"{str(row[n]).strip()}{str(row[n + 1]).strip()}"]
                joined.append((number, str(row[n])))
    return joined


def split_records(
    lines: list[str], delimiter: str, first: int = 0
) -> tuple[list[list[Value]], list[int], list[int]]:
    """Rows, the line on which each begins (from 1), and the lines of quotes that never close."""
    rows: list[list[Value]] = []
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


MAX_LINES = 200  # of one cell
