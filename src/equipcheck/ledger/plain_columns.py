"""Rows in which nothing is out of the ordinary, read a column at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import polars as pl

from equipcheck.ground import frames
from equipcheck.ledger.cells import Cells
from equipcheck.ledger.coded_rows import CODED, ref
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.sheet import Value
from equipcheck.ledger.sheet_columns import BLANKS
from equipcheck.ledger.source import Source
from equipcheck.ledger.values.dates import Use, parse_date
from equipcheck.ledger.values.money import parse_money
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import EMPTY, NO_NUMBER, NOTHING, text_of
from equipcheck.ledger.words.statuses import parse_status

Parsed = tuple[Any, bool]
"""A value, and whether the cell says it without doubt and without a note."""

QUANTITIES = ("quantity", "book_quantity", "counted_quantity")
DATES: tuple[Use, ...] = ("acquired", "checked_on", "valid_until")
PRICES = ("unit_price", "total_price")


class PlainColumns:
    """The lines of a text ledger under one heading; rows are counted from the first line beneath it.

    `cells`: the columns of the file by their number, from the left.
    """

    def __init__(
        self, cells: Mapping[int, Cells], table: Table, source: Source, height: int, base: int = 1
    ) -> None:
        self.base = base  # the number of the file's first line
        self.cells = cells
        self.table = table
        self.source = source
        self.height = height
        self.parsed = {
            field: self.cells[index].parsed(*parser)
            for field, parser in self._parsers().items()
            if (index := self._index(field)) is not None
        }

    def _index(self, field: str) -> int | None:
        column = next(iter(self.table.of(field)), None)
        return None if column is None else column.index

    def _cells(self, field: str) -> Cells | None:
        index = self._index(field)
        return None if index is None else self.cells[index]

    def _parsers(self) -> dict[str, tuple[Callable[[Any], Parsed], Any]]:
        scale = {name: next((one.scale for one in self.table.of(name)), 1) for name in PRICES}
        own = self.source.words.statuses
        return {
            **{name: (_units, pl.Int64()) for name in QUANTITIES},
            **{use: (partial(parse_date, use=use), pl.Date()) for use in DATES},
            **{name: (partial(parse_money, scale=scale[name]), pl.Int64()) for name in PRICES},
            "status": (partial(_status, own=own), pl.String()),
        }

    def frame(self, names: Iterable[str], at: pl.Series | None = None) -> pl.DataFrame:
        """Columns of all rows, or of the rows `at`."""
        with ThreadPoolExecutor(os.cpu_count()) as beside:  # polars works outside of the interpreter's lock
            listed = list(names)
            return pl.DataFrame(
                dict(zip(listed, beside.map(lambda name: self.column(name, at), listed), strict=True))
            )

    def words(self, at: pl.Series) -> pl.DataFrame:
        """frames.ASSETS (less what only a run knows) of the rows `at`."""
        names = [name for name in frames.ASSETS.columns if name not in ("row", "part")]
        frame = self.frame(["place", "number", *(name for name in names if name != "ref")], at)
        kinds = {name: frames.ASSETS.columns[name] for name in names}
        return frame.with_columns(ref(), pl.col("extra").fill_null([])).select(names).cast(pl.Schema(kinds))

    def column(self, name: str, at: pl.Series | None = None) -> pl.Series:
        """A column of CODED or frames.ASSETS, of all rows or of the rows `at`; meaningless where they are odd."""
        made: dict[str, Callable[[pl.Series | None], pl.Series]] = {
            "number": self._lines, "quantity": self._quantity, "model": self._model, "extra": self._extra,
            "unit_price": self._price, "asset_no": partial(self._number, "asset_no"),
            "serial": partial(self._number, "serial"),
        }  # fmt: skip
        if name in made:
            return made[name](at)
        always = {
            "place": f"{self.source.shown}#", "role": self.source.role, "bureau": self.source.bureau,
            "status": "in_use", "part": 0,
        }  # fmt: skip
        if name in self.parsed:
            return self._value(name, at)
        cells = self._cells("status" if name == "status_text" else name)
        if cells is None:
            return self._all(always.get(name), name, at)
        texts = cells.texts.fill_null("") if name == "bureau" else cells.texts
        return self._spread(name, cells, texts, at)

    def _lines(self, at: pl.Series | None) -> pl.Series:
        lines = pl.int_range(self.height, dtype=pl.UInt32, eager=True) + (self.table.body + self.base)
        return lines if at is None else lines.gather(at)

    def _quantity(self, at: pl.Series | None) -> pl.Series:
        field = next((one for one in QUANTITIES if one in self.parsed), None)
        return self._all(1, "quantity", at) if field is None else self._value(field, at)

    def _spread(self, name: str, cells: Cells, values: pl.Series, at: pl.Series | None) -> pl.Series:
        return cells.rows(values.cast(_kind(name)), at)

    def _all(self, value: Any, name: str, at: pl.Series | None) -> pl.Series:
        return pl.Series([value], dtype=_kind(name)).new_from_index(0, self.height if at is None else len(at))

    def _value(self, field: str, at: pl.Series | None) -> pl.Series:
        index = self._index(field)
        assert index is not None
        values = self.parsed[field][0]
        return self.cells[index].rows(values.cast(_kind(field)) if field == "status" else values, at)

    def _number(self, field: str, at: pl.Series | None) -> pl.Series:
        cells = self._cells(field)
        if cells is None:
            return self._all(None, field, at)
        numbers = cells.texts
        if numbers.str.starts_with("'").any():
            numbers = numbers.str.strip_prefix("'")
        if cells.wordy.str.strip_prefix("'").is_in(list(NO_NUMBER)).any():
            numbers = numbers.set(numbers.is_in(list(NO_NUMBER)).fill_null(value=False), None)
        return cells.rows(numbers, at)

    def _model(self, at: pl.Series | None) -> pl.Series:
        parts = [self.cells[column.index] for column in self.table.of("model")]
        if not parts:
            return self._all(None, "model", at)
        said = [one.texts.set(one.texts.is_in(list(NOTHING)).fill_null(value=False), None) for one in parts]
        if len(parts) == 1:
            return self._spread("model", parts[0], said[0], at)
        rows = [
            cells.rows(texts, at).alias(str(n))
            for n, (cells, texts) in enumerate(zip(parts, said, strict=True))
        ]
        joined = pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)
        both = pl.DataFrame(rows).select(pl.when(joined != "").then(joined)).to_series()
        return both.cast(_kind("model"))

    def _price(self, at: pl.Series | None) -> pl.Series:
        price = (
            self._value("unit_price", at)
            if "unit_price" in self.parsed
            else self._all(None, "unit_price", at)
        )
        if "total_price" not in self.parsed:
            return price
        frame = pl.DataFrame(
            {"price": price, "total": self._value("total_price", at), "units": self._quantity(at)}
        )
        total, count = pl.col("total"), pl.col("units")
        each = pl.when(count > 0).then((2 * total + count) // (2 * count))
        return frame.select(pl.coalesce("price", each)).to_series()

    def _extra(self, at: pl.Series | None) -> pl.Series:
        """Columns that are no field of ours, as they stood; null where there is none."""
        kind = frames.ASSETS.columns["extra"]
        others = [
            one
            for one in self.table.columns
            if one.field is None
            and self.cells[one.index].texts.null_count() < len(self.cells[one.index].texts)
        ]
        if not others:
            height = self.height if at is None else len(at)
            return pl.Series([None], dtype=kind).new_from_index(0, height)
        cells = pl.DataFrame(
            {str(one.index): self.cells[one.index].rows(self.cells[one.index].texts, at) for one in others}
        )
        structs = [
            pl.struct(pl.lit(one.heading).alias("column"), pl.col(str(one.index)).alias("value"))
            for one in others
        ]
        listed = pl.concat_list(structs)
        if any(cells[str(one.index)].null_count() for one in others):
            listed = listed.list.filter(pl.element().struct.field("value").is_not_null())
            listed = pl.when(listed.list.len() > 0).then(listed)
        return cells.select(listed.cast(kind)).to_series()


def _kind(name: str) -> Any:
    """Words are coded, whatever frame they are for; whoever shows them has them cast."""
    kind = CODED.get(name) or frames.ASSETS.columns[name]
    return pl.Categorical() if kind == pl.String() and name not in CODED else kind


def _units(cell: Value) -> Parsed:
    units, code = parse_quantity(cell)
    return units, code is None and bool(units)


def _status(cell: Value, own: Any) -> Parsed:
    """One of frames.STATUSES by the status column alone."""
    text = text_of(cell).strip(BLANKS)
    return parse_status("" if text in EMPTY else text, own), True
