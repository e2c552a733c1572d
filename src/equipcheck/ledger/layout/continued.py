"""Rows whose heading stands elsewhere: on the sheet before, which they carry on, or under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from equipcheck.ledger.layout.around import title_like
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.sheet_columns import SheetTexts
from equipcheck.ledger.values.dates import parse_date
from equipcheck.ledger.values.numerals import measure_word, parse_quantity
from equipcheck.ledger.values.text import is_empty, squash, text_of
from equipcheck.ledger.words.statuses import parse_status

LOOKED_AT = 500  # rows
ENOUGH = 0.9  # of the filled cells of a column must be what its heading asks for


def _number(value: Value) -> bool:
    return parse_quantity(value)[1] is None


def _a_date(value: Value) -> bool:
    return parse_date(value, use="acquired")[1]


def _state(value: Value) -> bool:
    return parse_status(text_of(value)) != "unknown"


_TELLING: dict[str, Callable[[Value], bool]] = {
    "quantity": _number,
    "book_quantity": _number,
    "counted_quantity": _number,
    "acquired": _a_date,
    "checked_on": _a_date,
    "valid_until": _a_date,
    "status": _state,
    "unit": lambda value: measure_word(squash(text_of(value))),
}


def continued(
    sheet: Sheet, texts: SheetTexts, before: Sheet, table: Table, end: int | None = None
) -> Table | None:
    """The rows (before `end`) that belong under a heading elsewhere; None where they do not fit its columns."""
    last = len(sheet.rows) if end is None else end
    body = next((at for at in range(last) if not title_like(sheet.rows[at])), None)
    if body is None or sheet.across or before.across:
        return None
    here = {sheet.column_number(at): at for at in range(sheet.width)}
    columns = [
        column.but(index=here[number])
        for column in table.columns
        if (number := before.column_number(column.index)) in here
    ]
    named = next((column for column in columns if column.field == "name"), None)
    if named is None or not _named(texts.columns[named.index][body : min(last, body + LOOKED_AT)]):
        return None
    told = [
        _fits(texts.columns[column.index][body : min(last, body + LOOKED_AT)], check)
        for column in columns
        if column.field is not None and (check := _TELLING.get(column.field)) is not None
    ]
    if not any(told) or False in told:
        return None
    return Table(body, body, last, columns)


def _named(cells: Sequence[Value]) -> bool:
    texts = [text_of(cell) for cell in cells]
    names = [text for text in texts if not is_empty(text) and not squash(text).replace(".", "").isdigit()]
    return len(names) >= max(1, round(0.6 * len(texts)))


def _fits(cells: Sequence[Value], check: Callable[[Value], bool]) -> bool | None:
    """Whether filled cells are what a column holds; None where there are none."""
    filled = [cell for cell in cells if not is_empty(text_of(cell))]
    return sum(map(check, filled)) >= ENOUGH * len(filled) if filled else None
