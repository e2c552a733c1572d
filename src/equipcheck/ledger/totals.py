"""Totals, checked against the rows they sum; they count nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from equipcheck.ledger.quantities import Quantities
from equipcheck.ledger.reading import Reading
from equipcheck.ledger.special import Kind


@dataclass(slots=True)
class _Sum:
    """Units of rows: as written (an empty cell adds nothing), and as understood (an empty cell is one)."""

    written: int = 0
    understood: int = 0

    def add(self, units: int, empty: int) -> None:
        self.written += units
        self.understood += units + empty


def check_totals(read: Reading, kinds: list[Kind | None], quantities: Quantities) -> None:
    """Note every total, and whether it is the sum of the rows since the last one or of all rows above."""
    section, table = _Sum(), _Sum()
    for row, kind in enumerate(kinds):
        if kind is Kind.ASSET:
            for total in (section, table):
                total.add(quantities.units[row] or 0, quantities.codes[row] == "empty")
        elif kind is Kind.TOTAL:
            stated = quantities.units[row]
            if stated is None:
                read.note("total-row", row)
            elif stated in {section.written, section.understood, table.written, table.understood}:
                read.note("total-agrees", row, stated=stated)
            else:
                args = {"section": section.understood, "table": table.understood}
                read.note("total-differs", row, stated=stated, **args)
            section = _Sum()
