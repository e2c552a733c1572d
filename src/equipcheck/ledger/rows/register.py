"""A register of verification dates → frames.CHECKS, to be joined to assets by asset or serial number."""

from __future__ import annotations

import polars as pl

from equipcheck.ground import frames
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.oddities import Odd
from equipcheck.ledger.rows.assets import code_column, number_column, row_kinds
from equipcheck.ledger.rows.non_assets import Kind
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.rows.validity import read_validity
from equipcheck.ledger.sheet import Sheet
from equipcheck.ledger.sheet_columns import SheetTexts


def read_checks(
    sheet: Sheet, table: Table, every: SheetTexts, odd: Odd
) -> tuple[pl.DataFrame, list[Kind | None]]:
    """Rows of frames.CHECKS without `bureau`, what each row is; those of no use are noted."""
    read = Reading.start(sheet, table, every, odd)
    kinds = row_kinds(read, None)
    rows = [row for row, kind in enumerate(kinds) if kind is Kind.ASSET]
    checked, until = read_validity(read, rows)
    frame = read.texts[rows].with_columns(
        number_column(table, "asset_no"),
        number_column(table, "serial"),
        *code_column(table),
        ref=read.refs(rows),
        checked_on=pl.Series(checked, dtype=pl.Date),
        valid_until=pl.Series(until, dtype=pl.Date),
    )
    numbered = pl.col("asset_no").is_not_null() | pl.col("serial").is_not_null()
    dated = pl.col("checked_on").is_not_null() | pl.col("valid_until").is_not_null()
    for code, wanted in (("check-without-number", numbered), ("check-without-date", dated)):
        for at in frame.select(wanted.not_().arg_true()).to_series().to_list():
            read.note(code, rows[at])
    named = [name for name in frames.CHECKS.columns if name != "bureau" or table.of("bureau")]
    return frame.filter(numbered & dated).select(named), kinds
