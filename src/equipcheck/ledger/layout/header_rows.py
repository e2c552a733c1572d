"""The storeys of a heading: which rows belong to it, and what stands over each column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.values.text import is_empty, squash, text_of
from equipcheck.ledger.words.headings import MAX_LENGTH
from equipcheck.ledger.words.spread import spreads
from equipcheck.ledger.words.vocabulary import Vocabulary

MAX_STOREYS = 4  # rows of one heading
_AS_DATA = pattern(r"[:：]|^[\s\d.,/-]+$")  # a label with its value, a number, a date: no heading


def storeys(sheet: Sheet, at: int, words: Vocabulary, *, below: bool) -> tuple[int, int]:
    """First and last row of the heading that row `at` belongs to; `below`: under rows of another table."""
    first = last = at
    for top, left, bottom, right in sheet.merged:
        if top <= at <= bottom and bottom - top < MAX_STOREYS and left != right - sheet.width + 1:
            first, last = min(first, top), max(last, bottom)
    while last + 1 < len(sheet.rows) and last - at < MAX_STOREYS - 1:
        upper, lower = sheet.rows[last], sheet.rows[last + 1]
        if not lower_storey(upper, lower, words) and not _once_more(upper, lower, words):
            break
        last += 1
    if first == at and at > 0 and _upper_storey(sheet, at - 1, words, below=below):
        first = at - 1
    return first, last


def lower_storey(upper: Sequence[Value], row: Sequence[Value], words: Vocabulary) -> bool:
    """Headings that stand only where the row above leaves room or names a group.

    States, teams and their sum (「在用」「闲置」「合计」) are such where two or more share out what stands above.
    """
    cells = [(at, cell) for at, cell in enumerate(row) if cell is not None and cell != ""]
    if not cells or not all(isinstance(cell, str) and len(cell) <= MAX_LENGTH for _, cell in cells):
        return False
    known = [at for at, cell in cells if words.read(str(cell)) is not None]
    told = [at for at, cell in cells if at in known or spreads(str(cell))]
    under_key = any(
        (found := words.read(str(upper[at]))) is not None and found.field == "name" for at, _ in cells
    )
    parted = len(told) == len(cells) >= 2 and any(not text_of(upper[at]) for at in told)
    return not under_key and ((bool(known) and len(told) * 2 >= len(cells)) or parted)


def _once_more(upper: Sequence[Value], row: Sequence[Value], words: Vocabulary) -> bool:
    """The same headings in another language: of the columns that both name, none in another way."""
    both = [(text_of(one), text_of(other)) for one, other in zip(upper, row, strict=True) if one and other]
    read = [(words.read(one), words.read(other)) for one, other in both]
    fields = [(one.field, other.field) for one, other in read if one and other and one.field and other.field]
    other = sum(one.isascii() != two.isascii() for one, two in both)
    return ("name", "name") in fields and all(one == two for one, two in fields) and other * 2 > len(both)


def label_of(text: str) -> str:
    """A label that stands beside its value, without the colon behind it."""
    return " ".join(text.split()).rstrip(":： ")


def column_numbers(row: Sequence[Value]) -> bool:
    """A row that numbers the columns under a heading: 1 2 3 …, （1）（2）…, or 栏次, 甲, 乙 before them."""
    texts = [squash(text_of(cell)).strip("()") for cell in row if cell is not None and cell != ""]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 4]
    rest = [text for text in texts if not (text.isascii() and text.isdigit())]
    return (
        len(numbers) >= 3
        and all(after - before == 1 for before, after in pairwise(numbers))
        and all(text in {"栏次", "序号", "行次", "甲", "乙", "丙", "丁"} for text in rest)
        and numbers[0] <= 2
    )


def _upper_storey(sheet: Sheet, at: int, words: Vocabulary, *, below: bool) -> bool:
    """A row of group headings over the heading: two short texts at least, some over several columns.

    Under another table it must name a known heading, or it is a row of that table.
    """
    upper, lower = sheet.rows[at], sheet.rows[at + 1]
    cells = [cell for cell in upper if cell is not None and cell != ""]
    if len(cells) < 2 or not all(
        isinstance(cell, str) and len(cell) <= MAX_LENGTH and not _AS_DATA.search(cell) for cell in cells
    ):
        return False
    if below and not any(words.read(str(cell)) is not None for cell in cells):
        return False
    if any(top == at == bottom and left < right for top, left, bottom, right in sheet.merged):
        return True
    return not sheet.merged and any(
        upper[column] and (not upper[column + 1] or upper[column + 1] == upper[column]) and lower[column + 1]
        for column in range(sheet.width - 1)
    )


def spread(sheet: Sheet, first: int, last: int) -> list[list[str]]:
    """The heading's texts, cells merged or open to the right filled with what stands over them."""
    levels = [[_heading_text(cell) for cell in row] for row in sheet.rows[first : last + 1]]
    covered = set()
    for top, left, bottom, right in sheet.merged:
        if first <= top and bottom <= last:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    levels[row - first][column] = levels[top - first][left]
                    covered.add((row - first, column))
    for n, level in reversed([*enumerate(levels[:-1])]):
        for index in range(1, len(level)):
            if not level[index] and (n, index) not in covered and levels[n + 1][index]:
                level[index] = level[index - 1]
    return levels


def _heading_text(cell: Value) -> str:
    text = text_of(cell).strip()
    return "" if is_empty(text) else text
