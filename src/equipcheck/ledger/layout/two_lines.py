"""Tables whose every asset has two lines, as its heading has: 资产编号 over 出厂编号, 名称 over 型号; laid out in one.

Taken as such only where both lines of the heading are headings of their own, column by column, and what stands
below comes by turns: the number or the date of the upper line is none in the lower one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from equipcheck.ledger.layout.alone import stands_alone
from equipcheck.ledger.layout.header_rows import label_of
from equipcheck.ledger.sheet import Sheet, Span, Value
from equipcheck.ledger.values.dates import parse_date
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import is_empty, text_of
from equipcheck.ledger.words.vocabulary import Vocabulary

MAX_CELLS = 200_000
LEAST = 3  # columns with a known heading in both lines
PAIRS = 2  # of lines that come by turns
FIRST_ROWS = 20  # in which the heading stands


class Paired(NamedTuple):
    """The sheet with each pair of lines as one row; `lines`: the rows of the sheet that each consists of."""

    sheet: Sheet
    lines: list[tuple[int, int | None]]
    head: int


def two_lines(sheet: Sheet, words: Vocabulary) -> Paired | None:
    """The sheet laid out in single rows; None where its assets have one line each."""
    if len(sheet.rows) * sheet.width > MAX_CELLS:
        return None
    for head in range(min(len(sheet.rows) - 3, FIRST_ROWS)):
        lead = _lead(sheet, head, words)
        if lead is not None:
            lines = _lines(sheet, head, lead)
            pairs = sum(second is not None for _, second in lines[head + 1 :])
            return _laid_out(sheet, lines, head) if pairs >= PAIRS else None
    return None


def _lead(sheet: Sheet, head: int, words: Vocabulary) -> tuple[int, str] | None:
    """A column whose upper heading is a quantity's or a date's and whose lower one is not, with that field."""
    upper, lower = ([_field(cell, words) for cell in sheet.rows[at]] for at in (head, head + 1))
    both = [at for at, (one, other) in enumerate(zip(upper, lower, strict=True)) if one and other]
    fields = [upper[at] for at in both] + [lower[at] for at in both]
    known = [field for field in fields if field != "-"]
    if len(both) < LEAST or len(set(known)) < len(known) or "name" not in {*upper, *lower}:
        return None
    leads = [
        (at, field) for at in both if (field := upper[at]) in ("quantity", "acquired") and lower[at] != field
    ]
    return min(leads, key=lambda one: one[1] != "quantity", default=None)


def _field(cell: Value, words: Vocabulary) -> str | None:
    """The field of a heading, "-" for one that is known and of no use, None for what is none."""
    found = words.read(label_of(cell)) if isinstance(cell, str) and cell else None
    return None if found is None else found.field or "-"


def _lines(sheet: Sheet, head: int, lead: tuple[int, str]) -> list[tuple[int, int | None]]:
    """The rows of the sheet by ones and twos. A second line without a first is left out, and so is said."""
    below = range(head + 2, len(sheet.rows))
    firsts = [
        at for at in below if _leads(sheet, at, lead) and at + 1 in below and _follows(sheet, at + 1, lead)
    ]
    keys = [
        column
        for column in range(sheet.width)
        if firsts and all(_told(sheet, at, column) and not _told(sheet, at + 1, column) for at in firsts)
    ]
    lines: list[tuple[int, int | None]] = [(at, None) for at in range(head)]
    lines.append((head, head + 1))
    at = head + 2
    while at < len(sheet.rows):
        begins = _begins(sheet, at, lead, keys)
        follows = (
            begins
            and at + 1 in below
            and _follows(sheet, at + 1, lead)
            and not _begins(sheet, at + 1, lead, keys)
        )
        if begins or stands_alone(sheet.rows[at]) or not any(map(text_of, sheet.rows[at])):
            lines.append((at, at + 1 if follows else None))
        at += 1 + follows
    return lines


def _begins(sheet: Sheet, at: int, lead: tuple[int, str], keys: list[int]) -> bool:
    """Whether a row is the first line of an asset: by its number, or by what only first lines hold."""
    told = not stands_alone(sheet.rows[at]) and any(_told(sheet, at, column) for column in keys)
    return told or _leads(sheet, at, lead)


def _told(sheet: Sheet, at: int, column: int) -> bool:
    return not is_empty(text_of(sheet.rows[at][column]))


def _leads(sheet: Sheet, at: int, lead: tuple[int, str]) -> bool:
    column, field = lead
    cell = sheet.rows[at][column]
    if stands_alone(sheet.rows[at]):
        return False
    if field == "quantity":
        return parse_quantity(cell)[0] is not None
    return parse_date(cell, use="acquired")[0] is not None


def _follows(sheet: Sheet, at: int, lead: tuple[int, str]) -> bool:
    """Whether a row may be the second line of the one above: words, and no number where the first line has it."""
    row = sheet.rows[at]
    told = sum(not is_empty(text_of(cell)) for cell in row)
    return told >= 1 and not _leads(sheet, at, lead) and not stands_alone(row)


def _laid_out(sheet: Sheet, lines: list[tuple[int, int | None]], head: int) -> Paired:
    blank: list[Value] = [""] * sheet.width
    rows = [[*sheet.rows[one], *(blank if other is None else sheet.rows[other])] for one, other in lines]
    columns = [sheet.column_number(at) for at in range(sheet.width)]
    result = Sheet(
        sheet.name,
        rows,
        merged=tuple(sorted(_spans(sheet, lines))),
        hidden=sheet.hidden,
        hidden_rows=sheet.hidden_rows,
        numbers=[sheet.number(one) for one, _ in lines],
        column_numbers=columns * 2,
    )
    return Paired(result, lines, head)


def _spans(sheet: Sheet, lines: list[tuple[int, int | None]]) -> Iterator[Span]:
    """Merged cells that reach over more than one asset, or lie within one line."""
    at = {row: (n, part) for n, pair in enumerate(lines) for part, row in enumerate(pair) if row is not None}
    for top, left, bottom, right in sheet.merged:
        if top not in at or bottom not in at:
            continue
        (first, part), (last, _) = at[top], at[bottom]
        if first != last or (top == bottom and left < right):
            yield first, left + part * sheet.width, last, right + part * sheet.width
