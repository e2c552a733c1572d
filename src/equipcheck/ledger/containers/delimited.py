"""Text ledgers: csv and tsv in the encodings of Chinese software, with quotes that may never close."""

from __future__ import annotations

import re
from itertools import pairwise

from equipcheck.ground.delimited import split_text
from equipcheck.ledger.sheet import Book, Oddity, Sheet, Value
from equipcheck.ledger.words.headings import heading_of

_FORCED = re.compile(r'^="([^"]*)"$')
MIN_HEADINGS = 3  # cells of a line that make it a heading
_THOUSANDS = re.compile(r"[￥¥]?[1-9]\d{0,2}")
_HUNDREDS = re.compile(r"\d{3}(?:\.\d{1,2})?元?")


def read_delimited(text: str, encoding: str = "") -> Book:
    """A text ledger as one sheet; rows carry the physical lines on which they begin."""
    rows, numbers, unclosed, delimiter = split_text(text, lambda cell: heading_of(cell) is not None)
    while len(rows) > 1 and not any(rows[-1]):  # behind the last line's end
        rows.pop()
        numbers.pop()
    joined = _join_thousands(rows, numbers) if delimiter == "," else []
    width = max(map(len, rows), default=0)
    padded: list[list[Value]] = [row + [""] * (width - len(row)) for row in rows]
    if '="' in text:  # how spreadsheets are told to leave leading zeros alone
        padded = [[_FORCED.sub(r"\1", str(cell)) for cell in row] for row in padded]
    sheet = Sheet("", padded, numbers=numbers)
    oddities = [Oddity("quote-never-closed", "", line) for line in unclosed]
    oddities += [Oddity("thousands-joined", "", line, {"value": value}) for line, value in joined]
    return Book([sheet], text=True, reader=f"text {encoding}".strip(), oddities=oddities)


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
