"""The quantities of a table: which column holds, what each cell says, what is kept, noted or rejected."""

from __future__ import annotations

import polars as pl

from equipcheck.ground.mutable import Mutable
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.sheet import Value
from equipcheck.ledger.values.number_runs import BELOW_EACH_OTHER, SEVERAL, how_many
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import text_of
from equipcheck.ledger.words.remarks import COUNT_IN_NAME, leading_quantity, quantity_with_aside

COVERED = "covered"  # under a quantity merged over several rows: the first row has it all


class Quantities(Mutable):
    """A quantity for each row of a table: `units`, or None and a code saying why there is none."""

    units: list[int | None]
    codes: list[str | None]
    written: list[str]
    given: bool  # whether there is such a column

    def state(self, row: int) -> str | None:
        """ "number", "empty" or a rejecting code; None without a quantity column."""
        if not self.given:
            return None
        code = self.codes[row]
        return "number" if code is None else "empty" if code == COVERED else code


def read_quantities(read: Reading) -> Quantities:
    """The counted quantity where there is one, else the quantity, else the one on the books."""
    height = read.cells.height
    columns = [
        column
        for name in ("counted_quantity", "quantity", "book_quantity")
        for column in read.table.of(name)[:1]
    ]
    result = Quantities([None] * height, ["empty"] * height, [""] * height, bool(columns))
    for n, column in enumerate(reversed(columns)):
        cells = read.cells.filled[column.index]
        parsed = read.cells.parsed(column.index, parse_quantity)
        if n == 0:
            result.units = [units for units, _ in parsed]
            result.codes = [code for _, code in parsed]
        for row, (units, code) in enumerate(parsed):
            if code == "quantity-not-a-number" and (leading := leading_quantity(text_of(cells[row]))):
                _override(result, row, leading, None, cells[row])
                read.note("partial-remark", row, heading=column.heading, value=text_of(cells[row]))
            elif code == "quantity-not-a-number" and (alone := quantity_with_aside(text_of(cells[row]))):
                _override(result, row, alone, None, cells[row])
                read.note("quantity-with-aside", row, value=text_of(cells[row]), units=alone)
            elif code is not None or n:
                _override(result, row, units, code, cells[row])
        for row in read.cells.covered.get(column.index, ()):
            result.units[row], result.codes[row] = None, COVERED
    if len(columns) > 1:
        _compare(read, result)
    _change(read, result)
    return result


def _override(result: Quantities, row: int, units: int | None, code: str | None, cell: Value) -> None:
    if code != "empty":
        result.units[row], result.codes[row] = units, code
        result.written[row] = "" if code is None else " ".join(text_of(cell).split())


def _compare(read: Reading, result: Quantities) -> None:
    """Counted and book quantities that differ are noted; the counted one holds."""
    counted, book = (next(iter(read.table.of(name)), None) for name in ("counted_quantity", "book_quantity"))
    book = book or next(iter(read.table.of("quantity")), None)
    if counted is None or book is None:
        return
    pairs = zip(
        read.cells.parsed(counted.index, parse_quantity),
        read.cells.parsed(book.index, parse_quantity),
        strict=True,
    )
    names = read.table.of("name")
    called = read.texts[str(names[0].index)] if names else None
    for row, ((real, _), (written, _)) in enumerate(pairs):
        if real is None or written is None or real == written or result.codes[row] is not None:
            continue
        if called is not None and called[row] is not None:
            read.note("count-differs", row, book=written, counted=real)


def _change(read: Reading, result: Quantities) -> None:
    """What a stocktaking found more or less than the books say is added, or taken off; noted."""
    for name, sign in (("gained_quantity", 1), ("lost_quantity", -1)):
        for column in read.table.of(name):
            for row, (change, _) in enumerate(read.cells.parsed(column.index, parse_quantity)):
                book = result.units[row]
                if not change or (book is None and result.codes[row] != "empty") or not _is_named(read, row):
                    continue
                counted = max(0, (book or 0) + sign * change)
                _override(result, row, counted, None, None)
                read.note("count-differs", row, book=book or 0, counted=counted)


def _is_named(read: Reading, row: int) -> bool:
    names = read.table.of("name")
    return bool(names) and read.texts[row, str(names[0].index)] is not None


def settle(
    read: Reading, rows: list[int], named: list[bool], quantities: Quantities
) -> tuple[list[int], dict[int, tuple[str, str]]]:
    """Units of asset rows, and for the rejected ones (by position) the code and what stood there.

    What is kept though it is odd is noted.
    """
    units = [quantities.units[row] or 0 for row in rows]
    names = read.texts[rows][str(read.table.of("name")[0].index)] if read.table.of("name") else pl.Series([])
    counted = {*names.str.contains(COUNT_IN_NAME).arg_true()} if names.dtype == pl.String else set()
    rejected: dict[int, tuple[str, str]] = {}
    runs = _number_runs(read, rows)
    for at, row in enumerate(rows):
        if units[at] and named[at]:
            if at in runs and runs[at][1] != units[at]:
                text, count = runs[at]
                read.note("numbers-differ", row, text=text, count=count, units=units[at])
            continue
        code = quantities.codes[row]
        if code == "empty" and not named[at]:
            rejected[at] = "number-without-name", _number(read, row)
        elif code == "empty" and at in runs:
            text, units[at] = runs[at]
            read.note("quantity-from-numbers", row, text=text, count=units[at])
        elif code == "empty":
            units[at] = 1
            if at in counted:
                read.note("count-in-name", row, value=names[at])
            if quantities.given:
                read.note("quantity-empty", row)
        elif code == COVERED:
            read.note("quantity-merged", row)
        elif code is not None:
            rejected[at] = code, quantities.written[row]
        elif not named[at]:
            rejected[at] = "name-missing", str(units[at])
            units[at] = 0
        else:
            read.note("quantity-zero", row)
    return units, rejected


def _number(read: Reading, row: int) -> str:
    """The number by which a row without a name is one."""
    columns = [*read.table.of("asset_no"), *read.table.of("serial")]
    return next((text for c in columns if (text := read.texts[row, str(c.index)])), "")


def _number_runs(read: Reading, rows: list[int]) -> dict[int, tuple[str, int]]:
    """Rows (by position) whose asset number names several things: the words, and how many."""
    column = next(iter(read.table.of("asset_no")), None)
    if column is None:
        return {}
    texts = read.texts[str(column.index)][rows]
    if (below := texts.str.contains(BELOW_EACH_OTHER).fill_null(value=False)).any():
        texts = texts.str.replace_all(r"\s*[\r\n]+\s*", "、").zip_with(below, texts)
    found = {at: (texts[at], how_many(texts[at])) for at in texts.str.contains(SEVERAL).arg_true()}
    return {at: (text, count) for at, (text, count) in found.items() if count is not None}
