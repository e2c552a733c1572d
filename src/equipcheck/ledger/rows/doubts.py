"""What may make a table another thing than a list of assets: samples of how to fill in, quantities not found."""

from __future__ import annotations

import polars as pl

from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.rows.non_assets import SAMPLE, SAMPLE_SHEET
from equipcheck.ledger.sheet import Sheet
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import squash, text_of
from equipcheck.ledger.words.headings import heading_of

MOST = 100_000  # a bigger number is hardly a quantity
QUANTITIES = ("quantity", "counted_quantity", "book_quantity")


def sample_title(sheet: Sheet, table: Table) -> str | None:
    """The sheet's name, or the line right above a table, where it says that what follows is a sample."""
    if SAMPLE_SHEET.fullmatch(squash(sheet.name)):
        return sheet.name
    for at in range(table.head - 1, -1, -1):
        texts = [text for cell in sheet.rows[at] if (text := text_of(cell).strip())]
        if texts:
            return texts[0] if len(texts) == 1 and SAMPLE.fullmatch(squash(texts[0])) else None
    return None


def numeric_columns(table: Table, rows: pl.DataFrame) -> list[str]:
    """Where no column was taken for the quantity: the unknown headings under which only whole numbers stand."""
    if any(table.of(name) for name in QUANTITIES):
        return []
    unknown = [
        c.heading
        for c in table.columns
        if c.field is None and c.means is None and heading_of(c.heading) is None
    ]
    if not unknown:
        return []
    cells = rows.select("extra").explode("extra").unnest("extra").drop_nulls()
    found: list[str] = []
    for heading in dict.fromkeys(unknown):
        texts = cells.filter(pl.col("column") == heading)["value"].unique().to_list()
        numbers = [parse_quantity(text) for text in texts]
        if texts and all(code is None and units is not None and units < MOST for units, code in numbers):
            found.append(heading)
    return found
