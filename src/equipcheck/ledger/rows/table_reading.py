"""A table being read: its cells, their texts, and where oddities go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.oddities import Odd
from equipcheck.ledger.rows.table_columns import Cells
from equipcheck.ledger.sheet import Sheet
from equipcheck.ledger.sheet_columns import SheetTexts


@dataclass(slots=True)
class Reading:
    """One table on its way to a frame. Rows are counted from the first under the heading."""

    sheet: Sheet
    table: Table
    cells: Cells
    texts: pl.DataFrame  # by column index as text; merged cells hold for every row they cover
    odd: Odd
    statuses: Mapping[str, str] = field(default_factory=dict)  # the project's own status words

    @staticmethod
    def start(
        sheet: Sheet,
        table: Table,
        every: SheetTexts,
        odd: Odd,
        statuses: Mapping[str, str] | None = None,
    ) -> Reading:
        """Take up a table."""
        cells = Cells(sheet, table, every)
        return Reading(sheet, table, cells, cells.texts(), odd, statuses or {})

    def number(self, row: int) -> int:
        """The physical number of a row."""
        return self.sheet.number(self.table.body + row)

    def note(self, code: str, row: int, **args: object) -> None:
        """Note something about a row."""
        self.odd.add(code, self.sheet.name, self.number(row), **args)

    def refs(self, rows: list[int]) -> pl.Series:
        """`file#sheet!row` of each row."""
        before = self.odd.ref(self.sheet.name) + ("#" if self.odd.text else "!")
        numbers = pl.Series("ref", [self.number(row) for row in rows], dtype=pl.Int64)
        return before + numbers.cast(pl.String)
