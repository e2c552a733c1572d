"""Totals, checked against the rows they sum; they count nowhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from equipcheck.ground.mutable import Mutable
from equipcheck.ledger.rows.non_assets import Kind
from equipcheck.ledger.rows.quantities import Quantities
from equipcheck.ledger.rows.table_reading import Reading

BREAKS = 12  # of the last ones, how many a sum may go back to


class _Sum(Mutable):
    """Units of rows: as written (an empty cell adds nothing), and as understood (an empty cell is one)."""

    written: int = 0
    understood: int = 0

    def add(self, other: _Sum) -> None:
        self.written += other.written
        self.understood += other.understood

    def states(self, number: int) -> bool:
        """Whether a total says this."""
        return number in (self.written, self.understood)


def settle_groups(
    read: Reading, kinds: list[Kind | None], quantities: Quantities, groups: Mapping[int, str]
) -> None:
    """Group headings whose quantity is the sum of the rows below, up to the next one, are no assets."""
    for row, text in groups.items():
        stated = quantities.units[row]
        below = range(row + 1, len(kinds))
        end = next((at for at in below if at in groups or kinds[at] in (Kind.TOTAL, Kind.GROUP)), len(kinds))
        section = _sum(kinds, quantities, row + 1, end)
        if stated is not None and end > row + 1 and section.states(stated):
            kinds[row] = Kind.GROUP
            read.groups[row] = text
            read.note("group-total", row, text=text, stated=stated)


def check_totals(read: Reading, kinds: list[Kind | None], quantities: Quantities) -> None:
    """Note every total, and whether it is the sum of the rows since one of the last breaks or of all above.

    Breaks are totals and headings of groups: a page's sum, a department's that ends on the next page, sums carried.
    """
    table, start = _Sum(), 0
    since: deque[_Sum] = deque([_Sum()], maxlen=BREAKS)  # the rows after each of the last breaks
    for row, kind in enumerate(kinds):
        if kind not in (Kind.TOTAL, Kind.GROUP):
            continue
        section = _sum(kinds, quantities, start, row)
        table.add(section)
        for one in since:
            one.add(section)
        start = row + 1
        since_last = since[-1]
        since.append(_Sum())
        if kind is Kind.GROUP:
            continue
        section = since_last
        stated = quantities.units[row]
        if stated is None:
            read.note("total-row", row)
        elif (
            table.states(stated)
            or section.states(stated)
            or any(one.states(stated) for one in since if one.understood)
        ):
            read.note("total-agrees", row, stated=stated)
        else:
            sums = {"section": section.understood, "table": table.understood}
            read.note("total-differs", row, stated=stated, **sums)


def _sum(kinds: list[Kind | None], quantities: Quantities, start: int, end: int) -> _Sum:
    rows = [row for row in range(start, end) if kinds[row] is Kind.ASSET]
    written = sum(quantities.units[row] or 0 for row in rows)
    return _Sum(written, written + sum(quantities.codes[row] == "empty" for row in rows))
