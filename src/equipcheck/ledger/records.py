"""A big parquet export as typed columns: rows picked out by their numbers, each distinct value looked at once.

The heading counts as line 0, so that a row's line is its number.
"""

from __future__ import annotations

import polars as pl

from equipcheck.ledger.cells import Cells, how_kept
from equipcheck.ledger.containers.parquet import as_book, value_of
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.one_file import FileRead, read_book
from equipcheck.ledger.source import Source
from equipcheck.ledger.values.text import text_of

LONG = 1e15
"""Numbers from here on lose digits on the careful reader's way, which says so."""


class Records:
    """The rows of one file."""

    base = 0  # the number of the first line
    breaks = True  # whether a cell may hold several lines

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame
        self.count = self.frame.height + 1

    def read(self, numbers: pl.Series, source: Source) -> FileRead:
        """Some lines read carefully, as if there were no others. Raises InputError."""
        return read_book(as_book(self.frame[numbers.filter(numbers > 0) - 1]), source)

    def cells(self, table: Table) -> dict[int, Cells] | None:
        """Cells by column; None where the names of the columns are not the heading, or a number is too long."""
        if (table.head, table.body) != (0, 1):
            return None
        found = [_cells(column) for column in self.frame]
        sound = {at: one for at, one in enumerate(found) if one is not None}
        return sound if len(sound) == len(found) else None


def _cells(column: pl.Series) -> Cells | None:
    if column.dtype in (pl.String, pl.Null) or isinstance(column.dtype, (pl.Categorical, pl.Enum)):
        texts = column.cast(pl.String)
        return Cells.of(texts.cast(how_kept(texts)))
    distinct = column.unique()
    values = [value_of(one) for one in distinct.to_list()]
    if any(isinstance(one, float) and abs(one) >= LONG for one in values):
        return None
    known = distinct.to_frame("value").with_row_index("code")
    codes = column.to_frame("value").join(
        known, on="value", how="left", nulls_equal=True, maintain_order="left"
    )
    return Cells(pl.Series([text_of(one) for one in values], dtype=pl.String), codes["code"], values)
