"""Tables of a ledger's file that only say when its things were checked: their rows are checks, no further assets.

A table is one where it has dates of checks or validity and no quantity or price of its own, and the number of every
row (the asset's or the maker's) stands in another table of the file that is none.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from equipcheck.ground import frames
from equipcheck.ledger.cell_book import Fate
from equipcheck.ledger.oddities import Odd
from equipcheck.ledger.one_sheet import SheetRead, TableRead

DATES = frozenset({"checked_on", "valid_until", "cycle", "certificate"})
OF_ASSETS = frozenset({
    "quantity", "counted_quantity", "book_quantity", "unit_price", "total_price", "acquired", "status",
})  # fmt: skip


def take_checks(parts: Sequence[SheetRead], odd: Odd) -> None:
    """Such tables' rows become `checks`, noted."""
    tables = [(part, table) for part in parts for table in part.tables if table.rows.height]
    candidates = [one for one in tables if _only_dates(one[1])]
    if not candidates or len(candidates) == len(tables):
        return
    ledgers = [one for one in tables if one not in candidates]
    known = {
        name: {number for _, table in ledgers for number in table.rows[name].drop_nulls()}
        for name in ("asset_no", "serial")
    }
    for part, table in candidates:
        if not all(
            _stands(row, known) for row in table.rows.select("asset_no", "serial").iter_rows(named=True)
        ):
            continue
        called = "、".join(dict.fromkeys(one.sheet.name or "本文件" for one, _ in ledgers))
        at = part.sheet.place(max(0, table.table.body - 1))
        odd.add("check-table", part.sheet.name, at, count=table.rows.height, others=called)
        dated = pl.col("checked_on").is_not_null() | pl.col("valid_until").is_not_null()
        table.checks = table.rows.filter(dated).select(list(frames.CHECKS.columns))
        table.kinds["check"] += table.kinds.pop("asset", 0)
        table.rows = table.rows.clear()
        if table.claims is not None:
            dates = [column.index for column in table.table.columns]
            table.claims.claim(Fate.SUMMARY, range(table.table.body, table.table.end), dates)


def _only_dates(found: TableRead) -> bool:
    fields = {column.field for column in found.table.columns}
    return bool(fields & DATES) and not fields & OF_ASSETS and not found.table.of("bureau")


def _stands(row: dict[str, str | None], known: dict[str, set[str]]) -> bool:
    return any(number is not None and number in known[name] for name, number in row.items())
