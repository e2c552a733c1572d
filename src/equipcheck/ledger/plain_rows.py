"""Rows in which nothing is out of the ordinary, read a column at a time; and which rows are not of that sort.

Whatever the careful reader would note, reject or read by more than one cell is `odd` here, and left to it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

import polars as pl

from equipcheck.ground import frames
from equipcheck.ledger.layout.tables import HEADING_END, Table
from equipcheck.ledger.rows.non_assets import SPECIAL_MARK, SUSPECT
from equipcheck.ledger.rows.remarks import BAD, COUNT_IN_NAME, TELLING, status_in_name
from equipcheck.ledger.rows.validity import CERTIFIED
from equipcheck.ledger.sheet_columns import BLANKS
from equipcheck.ledger.source import Source
from equipcheck.ledger.values.dates import Use, parse_date
from equipcheck.ledger.values.money import parse_money
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import DITTO, EMPTY, ERRORS, NO_NUMBER, NOTHING
from equipcheck.ledger.words.headings import NAME_LIKE
from equipcheck.ledger.words.statuses import parse_status
from equipcheck.ledger.words.vocabulary import Vocabulary

Parsed = tuple[Any, bool]
"""A value, and whether the cell says it without doubt and without a note."""

QUANTITIES = ("quantity", "book_quantity", "counted_quantity")
JOINT = ("certificate", "cycle")  # read together with other cells
TEXTS = ("unit", "category", "department", "location", "remark")
DATES: tuple[Use, ...] = ("acquired", "checked_on", "valid_until")


class PlainRows:
    """The lines of a text ledger under one heading. Rows are counted from the first line of the file."""

    def __init__(self, cells: pl.DataFrame, table: Table, source: Source) -> None:
        self.raw = cells
        self.table = table
        self.source = source
        self.height = cells.height
        used = [str(column.index) for column in table.columns]
        stripped = cells.select(pl.col(used).str.strip_chars(BLANKS))
        empty = list(EMPTY)
        self.texts = stripped.with_columns(
            pl.when(pl.col(name).is_in(empty)).then(None).otherwise(pl.col(name)).alias(name) for name in used
        )
        self.parsed = {field: found for field in self._parsers() if (found := self._parse(field)) is not None}

    def _index(self, field: str) -> str | None:
        column = next(iter(self.table.of(field)), None)
        return None if column is None else str(column.index)

    def _text(self, field: str) -> pl.Series:
        index = self._index(field)
        if index is None:
            return self._all(None, pl.String())
        return self.texts[index]

    def _parsers(self) -> dict[str, tuple[Callable[[str], Parsed], Any]]:
        scale = {
            name: next((one.scale for one in self.table.of(name)), 1)
            for name in ("unit_price", "total_price")
        }
        return {
            **{name: (_units, pl.Int64()) for name in QUANTITIES},
            **{use: (partial(parse_date, use=use), pl.Date()) for use in DATES},
            **{name: (partial(parse_money, scale=scale[name]), pl.Int64()) for name in scale},
        }

    def _parse(self, field: str) -> pl.DataFrame | None:
        """`value`, `clear` of each row, parsed once a distinct cell as it stands."""
        index = self._index(field)
        if index is None:
            return None
        parse, kind = self._parsers()[field]
        return by_distinct(self.raw[index], parse, kind)

    def depends_on_others(self) -> bool:
        """Whether a row means something only by what stands above it: a mark for the cell above, a second heading."""
        headed = [str(column.index) for column in self.table.columns]
        beside = self.raw.drop(headed).slice(self.table.body)
        if any((series.str.strip_chars(BLANKS) != "").any() for series in beside):
            return True  # cells that nobody reads are named with their places
        for column in self.table.columns:
            if column.field is None:
                said = self.texts[str(column.index)].slice(self.table.body).unique().drop_nulls()
                if any(parse_status(text) in TELLING for text in said):
                    return True
        words = Vocabulary.of_source(self.source.role, self.source.columns, self.source.words)
        pattern = None if words.own or words.added.headings else NAME_LIKE
        body = self.texts.slice(self.table.body)
        for series in body:
            distinct = series.unique().drop_nulls()
            if distinct.is_in(list(DITTO)).any():
                return True
            short = distinct.filter(distinct.str.len_chars() <= 48)
            ends = short.filter(short.str.contains(HEADING_END)).to_list()
            if any(words.read(text) is not None for text in ends):
                return True
            if pattern is not None:
                short = short.filter(short.str.contains(pattern))
            for text in short.to_list():
                found = words.read(text)
                if found is not None and found.field == "name":
                    return True
        return False

    def odd(self) -> pl.Series:
        """Rows for the careful reader."""
        first = self.texts.select(pl.coalesce(pl.all())).to_series()
        name = self._text("name")
        odd = (
            first.is_null()
            | name.is_null()
            | name.is_in(list(ERRORS))
            | _where(first, _special)
            | _where(name, _special)
        )
        odd |= _where(
            name, lambda texts: texts.map_elements(lambda t: status_in_name(t) is not None, pl.Boolean)
        )
        odd |= _where(name, lambda texts: texts.str.contains(COUNT_IN_NAME))
        for found in self.parsed.values():
            odd |= ~found["clear"]
        odd |= self.states["value"] == "unknown"
        remark = self._text("remark")
        odd |= _where(remark, lambda texts: texts.str.contains(BAD) | texts.str.contains(CERTIFIED))
        for field in JOINT:
            odd |= self._text(field).is_not_null()
        return odd.fill_null(value=True)

    @cached_property
    def states(self) -> pl.DataFrame:
        """`value`: one of frames.STATUSES by the status column alone."""
        own = self.source.words.statuses
        written = self._text("status").fill_null("")
        return by_distinct(written, lambda text: (parse_status(text, own), True), pl.String())

    def frame(self) -> pl.DataFrame:
        """frames.ASSETS of every line, less what only a run knows; it means nothing for lines that are `odd`."""
        quantity = next((self.parsed[name]["value"] for name in QUANTITIES if name in self.parsed), None)
        units = quantity if quantity is not None else self._all(1, pl.Int64())
        codes = self._text("bureau").fill_null("") if self.table.of("bureau") else None
        none = self._all(None, pl.String())
        columns: dict[str, pl.Series] = {
            "bureau": codes if codes is not None else self._all(self.source.bureau, pl.String()),
            "ref": f"{self.source.shown}#" + pl.int_range(1, self.height + 1, eager=True).cast(pl.String),
            "role": self._all(self.source.role, pl.String()),
            "asset_no": self._number("asset_no"),
            "serial": self._number("serial"),
            "name": self._text("name"),
            "model": self._model(),
            **{name: self._text(name) for name in TEXTS},
            "quantity": units,
            "status": self.states["value"],
            "status_text": self._text("status"),
            **{name: self._value(name) for name in DATES},
            "unit_price": self._price(units),
            "extra": self._extra(),
            "rejected": none,
            "why": none,
        }
        return pl.DataFrame(
            {name: columns[name] for name in frames.ASSETS.columns if name not in ("row", "part")}
        )

    def _all(self, value: Any, kind: Any) -> pl.Series:
        return pl.Series([value], dtype=kind).new_from_index(0, self.height)

    def _value(self, field: str) -> pl.Series:
        if field in self.parsed:
            return self.parsed[field]["value"]
        return self._all(None, frames.ASSETS.columns[field])

    def _number(self, field: str) -> pl.Series:
        numbers = self._text(field).str.strip_prefix("'")
        return numbers.set(numbers.is_in(list(NO_NUMBER)).fill_null(value=False), None)

    def _model(self) -> pl.Series:
        parts = [str(column.index) for column in self.table.of("model")]
        if not parts:
            return self._text("model")
        nothing = list(NOTHING)
        alone = [pl.when(pl.col(part).is_in(nothing)).then(None).otherwise(pl.col(part)) for part in parts]
        joined = alone[0] if len(alone) == 1 else pl.concat_str(alone, separator=" ", ignore_nulls=True)
        return self.texts.select(pl.when(joined != "").then(joined)).to_series()

    def _price(self, units: pl.Series) -> pl.Series:
        price = self._value("unit_price")
        if "total_price" not in self.parsed:
            return price
        frame = pl.DataFrame({"price": price, "total": self.parsed["total_price"]["value"], "units": units})
        total, count = pl.col("total"), pl.col("units")
        each = pl.when(count > 0).then((2 * total + count) // (2 * count))
        return frame.select(pl.coalesce("price", each)).to_series()

    def _extra(self) -> pl.Series:
        """Columns that are no field of ours, as they stood."""
        kind = frames.ASSETS.columns["extra"]
        others = [one for one in self.table.columns if one.field is None]
        cells = self.texts.select(str(one.index) for one in others)
        others = [
            one
            for one in others
            if cells[str(one.index)][self.table.body :].null_count() < self.height - self.table.body
        ]
        if not others:
            return pl.Series([[]], dtype=kind).new_from_index(0, self.height)
        structs = [
            pl.struct(pl.lit(one.heading).alias("column"), pl.col(str(one.index)).alias("value"))
            for one in others
        ]
        listed = pl.concat_list(structs)
        if any(cells[str(one.index)].null_count() for one in others):
            listed = listed.list.filter(pl.element().struct.field("value").is_not_null())
        return cells.select(listed.cast(kind)).to_series()


def _units(cell: str) -> Parsed:
    units, code = parse_quantity(cell)
    return units, code is None and bool(units)


def by_distinct(texts: pl.Series, parse: Callable[[str], Parsed], kind: Any) -> pl.DataFrame:
    """`value` and `clear` of each cell; parsed once a distinct text."""
    distinct = texts.unique()
    parsed = [parse(text) for text in distinct.to_list()]
    table = pl.DataFrame(
        {"text": distinct, "value": [value for value, _ in parsed], "clear": [clear for _, clear in parsed]},
        schema={"text": pl.String(), "value": kind, "clear": pl.Boolean()},
    )
    return (
        pl.DataFrame({"text": texts}).join(table, on="text", how="left", maintain_order="left").drop("text")
    )


def _where(texts: pl.Series, test: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Where a text passes a test; each distinct text is looked at once."""
    distinct = texts.unique().drop_nulls()
    found = distinct.filter(test(distinct).cast(pl.Boolean)) if distinct.len() else distinct
    if not found.len():
        return pl.repeat(value=False, n=texts.len(), eager=True)
    return texts.is_in(found.implode()).fill_null(value=False)


def _special(distinct: pl.Series) -> pl.Series:
    return distinct.str.contains(SPECIAL_MARK) & distinct.str.replace_all(r"\s", "").str.contains(SUSPECT)
