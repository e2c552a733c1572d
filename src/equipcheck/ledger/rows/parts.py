"""Rows that say what a row above is made of (「其中：一中队 2」): their units are in that row already."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from equipcheck.ledger.layout.by_values import numbering
from equipcheck.ledger.rows.non_assets import Kind
from equipcheck.ledger.rows.quantities import Quantities
from equipcheck.ledger.rows.table_reading import Reading


def settle_parts(
    read: Reading, kinds: list[Kind | None], quantities: Quantities, marked: Sequence[int]
) -> None:
    """`marked`: rows that begin with 其中. They, and the rows after them that go with them, count nowhere, noted.

    Which go with them: as far as the parts sum to the whole; where rows are numbered, those without a number.
    """
    column = numbering(read.table)
    numbers = None if column is None else column.index
    done = -1
    for row in marked:
        if row <= done or kinds[row] is not Kind.ASSET:
            continue
        whole = next((at for at in range(row - 1, -1, -1) if kinds[at] is not Kind.BLANK), None)
        if whole is None or kinds[whole] is not Kind.ASSET or not quantities.units[whole]:
            continue  # nothing above that could hold them
        parts = _parts(read, kinds, quantities, row, whole, numbers, marked)
        units = sum(quantities.units[at] or 0 for at in parts)
        for at in parts:
            kinds[at] = Kind.PART
            text = " ".join(" ".join(one.split()) for one in read.cells.written(at).values())
            read.note("part-row", at, text=text[:40], whole=read.place(whole))
        if units != (quantities.units[whole] or 0):
            read.note("parts-differ", whole, parts=units, whole=quantities.units[whole] or 0)
        done = parts[-1]


def _parts(
    read: Reading,
    kinds: list[Kind | None],
    quantities: Quantities,
    row: int,
    whole: int,
    numbers: int | None,
    marked: Sequence[int],
) -> list[int]:
    """The marked row and those that go with it."""
    found = [row]
    for at in range(row + 1, len(kinds)):
        numbered = numbers is not None and bool(str(read.cells.own[numbers][at] or "").strip())
        if kinds[at] is not Kind.ASSET or numbered:
            break
        found.append(at)
    sums = [*accumulate(quantities.units[at] or 0 for at in found)]
    wanted = quantities.units[whole]
    if wanted in sums:
        return found[: sums.index(wanted) + 1]
    own = numbers is not None and bool(str(read.cells.own[numbers][whole] or "").strip())
    return found if own else [at for at in found if at in marked]
