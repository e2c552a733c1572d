"""A table's cells as columns: merged cells filled down, texts cleaned, each distinct value parsed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import TypeVar

import polars as pl

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.layout.by_values import latest
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.layout.ticks import one_status
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.sheet_columns import BLANKS, SheetTexts
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import DITTO, EMPTY, ERRORS, is_empty, squash, text_of

T = TypeVar("T")

# Fields whose cells are parsed one distinct value at a time, never needed as columns of text.
PARSED = frozenset({
    "quantity", "book_quantity", "counted_quantity", "gained_quantity", "lost_quantity", "unit_price", "total_price",
    "acquired", "checked_on", "valid_until", "cycle",
})  # fmt: skip


NO_DITTO = frozenset({None, "asset_no", "serial", "remark"})  # numbers of their own, and words as they stand


class Cells:
    """The cells under a table's heading."""

    def __init__(self, sheet: Sheet, table: Table, every: SheetTexts) -> None:
        self.sheet = sheet
        self.table = table
        self.every = every
        self.height = max(0, table.end - table.body)
        self.own: dict[int, Sequence[Value]] = {}  # as they stand
        self.filled: dict[int, Sequence[Value]] = {}  # merged cells hold for every row they cover
        self.made = {
            column.index for column in table.columns if column.joined or column.ticks or column.product
        }  # of several columns
        self.covered: dict[int, set[int]] = {}  # rows whose cell is covered by a merged one above
        for column in table.columns:
            cells = every.columns[column.index][table.body : table.end]
            if column.index in self.made:
                parts = [every.columns[index][table.body : table.end] for index in column.joined]
                if column.latest:
                    cells = [*map(latest, cells, *parts)]
                elif column.ticks:
                    cells = [one_status(column.ticks, row) for row in zip(cells, *parts, strict=True)]
                elif column.product:
                    cells = [*map(_count_of_product, cells)]
                elif column.field == "quantity":
                    cells = [*map(_sum, cells, *parts)]
                else:
                    cells = [*map(_one_date, cells, *parts)]
            self.own[column.index] = self.filled[column.index] = cells
        self.ditto: dict[int, list[int]] = {}  # rows that say 「同上」 and take what stands above
        self._fill()
        self._repeat()

    def _repeat(self) -> None:
        for column in self.table.columns:
            cells = self.filled[column.index]
            if column.field in NO_DITTO or DITTO.isdisjoint(cells):
                continue
            copies, above = [*cells], None
            for row, cell in enumerate(cells):
                if cell not in DITTO:
                    above = cell if cell != "" else above
                elif above is not None:
                    copies[row] = above
                    self.ditto.setdefault(column.index, []).append(row)
            self.filled[column.index] = copies

    def _fill(self) -> None:
        start, end = self.table.body, self.table.end
        copies: dict[int, list[Value]] = {}
        for top, left, bottom, _ in self.sheet.merged:
            if top < start or top >= end or bottom <= top or left not in self.own:
                continue
            if left not in copies:
                self.filled[left] = copies[left] = [*self.own[left]]
            rows = range(top + 1 - start, min(bottom, end - 1) + 1 - start)
            for row in rows:
                copies[left][row] = self.own[left][top - start]
            self.covered.setdefault(left, set()).update(rows)

    def texts(self, *, own: bool = False) -> pl.DataFrame:
        """Every column that is read as text, by its index; empty cells (「/」 and the like too) are null."""
        wanted = [column.index for column in self.table.columns if column.field not in PARSED]
        names = [str(column.index) for column in self.table.of("name")]
        frame = pl.DataFrame({str(index): self._text(index, own=own) for index in wanted})
        return frame.with_columns(_without(EMPTY, pl.exclude(names)), _without(EMPTY | ERRORS, pl.col(names)))

    def _text(self, index: int, *, own: bool) -> pl.Series:
        whole = self.every.text(index)
        if index in self.made:
            whole = None
        if whole is not None and (own or not (index in self.covered or index in self.ditto)):
            return whole.slice(self.table.body, self.height)
        return text_column(self.own[index] if own else self.filled[index])

    def written(self, row: int) -> dict[int, str]:
        """A row's own cells as text, by column; empty ones left out."""
        texts = {index: text_of(cells[row]).strip(BLANKS) for index, cells in self.own.items()}
        return {index: text for index, text in texts.items() if text not in EMPTY}

    def parsed(self, index: int, parse: Callable[[Value], T]) -> list[T]:
        """A column's cells parsed, each distinct value once."""
        return parse_distinct(self.filled[index], parse)

    def parsed_as_written(self, index: int, parse: Callable[[Value], T]) -> list[T]:
        """The same of a column that is part of another, whose own cells were joined."""
        return parse_distinct(self.every.columns[index][self.table.body : self.table.end], parse)


def _without(words: Set[str], columns: pl.Expr) -> pl.Expr:
    return pl.when(columns.is_in(list(words))).then(None).otherwise(columns).name.keep()


_TIMES = pattern(r"[×✕*xX]")
_MONEY = pattern(r"元|¥|\d\.\d")


def _count_of_product(cell: Value) -> Value:
    """The 3 of 「2680元×3台」; what is no price times a count stands as it is."""
    text = squash(text_of(cell))
    counts = [part for part in _TIMES.split(text) if not _MONEY.search(part)]
    return counts[0] if len(counts) == 1 and len(_TIMES.findall(text)) == 1 else cell


def _sum(*counts: Value) -> Value:
    """The sum of counts; the words of all where one is none."""
    parsed = [parse_quantity(count) for count in counts]
    if any(code not in (None, "empty") for _, code in parsed):
        return "+".join(squash(text_of(count)) for count in counts)
    said = [units for units, _ in parsed if units is not None]
    return float(sum(said)) if said else ""


def _one_date(year: Value, *parts: Value) -> Value:
    """A date whose year, month and day have cells of their own; what is no such year stands for itself."""
    text = squash(text_of(year)).removesuffix("年")
    rest = [squash(text_of(part)).rstrip("月日号份") for part in parts]
    while rest and is_empty(rest[-1]):
        rest.pop()
    if (text and not text.isdigit()) or not rest:
        return year
    return "-".join([text, *rest])


def text_column(cells: Sequence[Value]) -> pl.Series:
    """Cells as text, without blanks around them."""
    kinds = set(map(type, cells))
    if (numbers := number_column(cells, kinds)) is not None and (whole := whole_numbers(numbers)) is not None:
        return whole.cast(pl.String)
    if kinds - {str}:
        cells = [*parse_distinct(cells, text_of)]
    return pl.Series(cells, dtype=pl.String).str.strip_chars(BLANKS)


def number_column(cells: Sequence[Value], kinds: set[type]) -> pl.Series | None:
    """A column that holds numbers and empty cells only."""
    if float not in kinds or not kinds <= {float, str}:
        return None
    if str in kinds and any(cell for cell in cells if type(cell) is str):
        return None
    values = cells if str not in kinds else [None if type(cell) is str else cell for cell in cells]
    return pl.Series(values, dtype=pl.Float64)


def whole_numbers(numbers: pl.Series) -> pl.Series | None:
    """The same as integers, where all of them are whole."""
    whole = numbers.cast(pl.Int64, strict=False)
    same = whole.null_count() == numbers.null_count() and (whole.cast(pl.Float64) == numbers).all()
    return whole if same else None


def parse_distinct(cells: Sequence[Value], parse: Callable[[Value], T]) -> list[T]:
    """`parse` of each cell, called once a distinct value."""
    if bool in set(map(type, cells)):  # True and 1 are one key
        return [parse(cell) for cell in cells]
    known = {cell: parse(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]
