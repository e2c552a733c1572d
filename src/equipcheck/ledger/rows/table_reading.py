"""A table being read: its cells, their texts, and where oddities go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

import polars as pl

from equipcheck.ground.mutable import Mutable
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.oddities import Odd
from equipcheck.ledger.rows.table_columns import Cells
from equipcheck.ledger.sheet import Sheet, spans
from equipcheck.ledger.sheet_columns import SheetTexts

OPEN_CODES = frozenset({
    "status-unknown", "partial-remark", "remark-unclear", "states-differ", "heading-state-unclear",
    "heading-state-differs", "status-elsewhere", "not-own", "check-failed", "balance-unclear",
})  # fmt: skip
"""Notes after which nobody knows whether all units of a row may be used, or are the bureau's own."""


class Reading(Mutable):
    """One table on its way to a frame. Rows are counted from the first under the heading."""

    sheet: Sheet
    table: Table
    cells: Cells
    texts: pl.DataFrame  # by column index as text; merged cells hold for every row they cover
    odd: Odd
    groups: dict[int, str] = field(default_factory=dict)  # rows that head a group, with their words
    statuses: Mapping[str, str] = field(default_factory=dict)  # the project's own status words
    open: dict[int, str] = field(
        default_factory=dict
    )  # rows whose state or owner is asked about: by which note

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
        read = Reading(sheet, table, cells, cells.texts(), odd, statuses=statuses or {})
        for column in table.columns:
            if rows := cells.ditto.get(column.index):
                places = spans([sheet.number(table.body + row) for row in rows])
                read.note("ditto-marks", rows[0], heading=column.heading, rows=places)
        return read

    def place(self, row: int) -> int | str:
        """The physical number of a row; on a sheet turned over, the cell of its name."""
        return self.sheet.place(self.table.body + row)

    def note(self, code: str, row: int, **args: object) -> None:
        """Note something about a row."""
        self.odd.add(code, self.sheet.name, self.place(row), **args)
        self.asked(code, [row])

    def asked(self, code: str, rows: Iterable[int]) -> None:
        """Keep which rows a note leaves open, if it is one that asks for their state or owner."""
        if code in OPEN_CODES:
            for row in rows:
                self.open.setdefault(row, code)

    def refs(self, rows: list[int]) -> pl.Series:
        """`file#sheet!row` of each row."""
        before = self.odd.ref(self.sheet.name) + ("#" if self.odd.text else "!")
        at, sheet = pl.Series("ref", rows, dtype=pl.Int64) + self.table.body, self.sheet
        if sheet.across:
            places = pl.Series("ref", [sheet.place(row) for row in at], dtype=pl.String)
        elif sheet.numbers is not None:
            places = pl.Series("ref", sheet.numbers, dtype=pl.Int64).gather(at)
        else:
            places = at + sheet.first_row
        return before + places.cast(pl.String)
