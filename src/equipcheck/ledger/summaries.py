"""Tables that sum up other tables of the same file by name: their units are there already, and count once.

A table is a summary where every name stands once, what it counts is what the others hold of that name, and
there are more rows elsewhere than here; or where it says of itself that it sums up. What only looks like one
counts, and is asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.cell_book import Fate
from equipcheck.ledger.oddities import Odd
from equipcheck.ledger.one_sheet import SheetRead, TableRead
from equipcheck.ledger.values.text import squash, text_of

ENOUGH_NAMES = 3  # that agree, where no word says that a table sums up
TITLES_ABOVE = 4
_SUMS_UP = pattern("汇总|统计|总表|分类表|一览表?$|合计表")


class _Held(NamedTuple):
    """A table's units by name (spelling and spaces aside)."""

    part: SheetRead
    table: TableRead
    units: dict[str, int]
    rows: int
    identified: bool  # whether its rows have numbers or dates of their own

    @property
    def place(self) -> str:
        return self.part.sheet.name or "本文件"


def pass_over_summaries(parts: Sequence[SheetRead], odd: Odd) -> None:
    """Take the rows of summaries out of the tables, noted."""
    tables = [(part, table) for part in parts for table in part.tables if not table.table.of("bureau")]
    if len(tables) < 2:
        return
    held = [_held(part, table) for part, table in tables]
    for n, one in enumerate(held):
        twins = (other for other in held[:n] if one.rows >= ENOUGH_NAMES and _same(one, other))
        if (twin := next(twins, None)) is not None:
            at = one.part.sheet.place(max(0, one.table.table.body - 1))
            odd.add("table-twice", one.part.sheet.name, at, rows=one.rows, other=twin.place)
    for one in sorted(held, key=lambda one: one.rows):
        others = [other for other in held if other is not one and other.table.rows.height]
        if one.rows and others:
            _judge(one, others, odd)


def _held(part: SheetRead, table: TableRead) -> _Held:
    rows = table.rows.filter(pl.col("name").is_not_null() & pl.col("rejected").is_null())
    units: dict[str, int] = {}
    for name, quantity in rows.select("name", "quantity").iter_rows():
        units[squash(name)] = units.get(squash(name), 0) + quantity
    own = rows.select(
        (
            pl.col("asset_no").is_not_null()
            | pl.col("serial").is_not_null()
            | pl.col("acquired").is_not_null()
        ).any()
    ).item()
    return _Held(part, table, units, rows.height, bool(own))


def _judge(one: _Held, others: list[_Held], odd: Odd) -> None:
    if one.identified or not one.table.table.of("quantity") or len(one.units) != one.rows:
        return
    elsewhere: dict[str, int] = {}
    for other in others:
        for name, units in other.units.items():
            elsewhere[name] = elsewhere.get(name, 0) + units
    shared = [name for name in one.units if name in elsewhere]
    agreeing = [name for name in shared if one.units[name] == elsewhere[name]]
    says = _says_so(one)
    more = sum(other.rows for other in others) > one.rows
    called = "、".join(dict.fromkeys(other.place for other in others))
    whole = len(agreeing) == one.rows and more
    args = {"names": len(agreeing), "units": sum(one.units[name] for name in agreeing), "others": called}
    at = one.part.sheet.place(max(0, one.table.table.body - 1))
    name = one.part.sheet.name
    if whole and (says or (len(agreeing) >= ENOUGH_NAMES and any(other.identified for other in others))):
        odd.add("summary-table", name, at, **args)
        _take_out(one, frozenset(one.units))
    elif says and len(shared) * 2 >= one.rows:
        differing = [one_name for one_name in shared if one_name not in agreeing]
        args["differing"] = "、".join(
            f"{one_name}（此处 {one.units[one_name]}，别处 {elsewhere[one_name]}）"
            for one_name in differing[:10]
        )
        args["names"] = len(shared)
        odd.add("summary-differs" if differing else "summary-table", name, at, **args)
        _take_out(one, frozenset(shared))
    elif whole:
        odd.add("summary-doubtful", name, at, **args)


def _same(one: _Held, other: _Held) -> bool:
    """Whether two tables hold the same rows, none with a number or a date of its own."""
    if one.identified or other.identified or one.units != other.units or one.rows != other.rows:
        return False
    columns = ["name", "model", "quantity", "status", "department", "location"]
    return one.table.rows.select(columns).equals(other.table.rows.select(columns))


def _says_so(one: _Held) -> bool:
    sheet, head = one.part.sheet, one.table.table.head
    rows = sheet.rows[max(0, head - TITLES_ABOVE) : head]
    titles = [
        text_of(cell) for row in rows for cell in row if len([c for c in row if text_of(c).strip()]) == 1
    ]
    return any(_SUMS_UP.search(squash(text)) for text in (sheet.name, *titles))


def _take_out(one: _Held, names: frozenset[str]) -> None:
    """These names' rows are no assets."""
    squashed = one.table.rows["name"].map_elements(squash, return_dtype=pl.String, skip_nulls=True)
    out = squashed.is_in(list(names)).fill_null(value=False) & one.table.rows["rejected"].is_null()
    take_out(one.table, out)


def take_out(table: TableRead, out: pl.Series) -> None:
    """Rows that stand in another table already are no assets of this one."""
    table.rows = table.rows.filter(~out)
    table.kinds["summary"] += int(out.sum())
    table.kinds["asset"] -= int(out.sum())
    if table.claims is not None and not table.rows.height:
        columns = [column.index for column in table.table.columns]
        table.claims.claim(Fate.SUMMARY, range(table.table.body, table.table.end), columns)
