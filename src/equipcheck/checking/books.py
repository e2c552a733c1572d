"""The books: every row and every unit in exactly one place. Counted here anew, sharing nothing with the engine.

The engine sums frames; this walks plain rows. A run whose books do not balance is an error, never a warning.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from equipcheck.checking.results import Accounting
from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.problems import InputError, Problem

if TYPE_CHECKING:
    import polars as pl


def balance(assets: pl.DataFrame, places: pl.DataFrame) -> Accounting:
    """Rows and units by place. Raises InputError (`unbalanced-books`) when anything is lost or doubled."""
    owed: dict[tuple[int, int], int] = {}
    for row, part, quantity, rejected in assets.select("row", "part", "quantity", "rejected").iter_rows():
        if (row, part) in owed:
            _stop(f"台账行 {row}/{part} 出现两次")
        owed[row, part] = 0 if rejected is not None else quantity
    seen: dict[tuple[int, int], int] = defaultdict(int)
    best: dict[int, int] = {}
    units = [0] * len(PLACE_NAMES)
    rank = {name: index for index, name in enumerate(PLACE_NAMES)}
    for row, part, place, count in places.select("row", "part", "place", "units").iter_rows():
        if count < 0:
            _stop(f"台账行 {row} 的件数为负")
        seen[row, part] += count
        units[rank[place]] += count
        best[row] = min(best.get(row, len(rank)), rank[place])
    for key, quantity in owed.items():
        if key not in seen:
            _stop(f"台账行 {key[0]} 没有归入任何一处")
        if seen[key] != quantity:
            _stop(f"台账行 {key[0]} 有 {quantity} 件，归入各处的合计是 {seen[key]} 件")
    if len(seen) != len(owed):
        _stop("有归处却不在台账里的行")
    rows = [0] * len(PLACE_NAMES)
    for place_rank in best.values():
        rows[place_rank] += 1
    return Accounting(
        rows={"read": len({row for row, _ in owed}), **dict(zip(PLACE_NAMES, rows, strict=True))},
        units={"read": sum(owed.values()), **dict(zip(PLACE_NAMES, units, strict=True))},
        balanced=True,
    )


def _stop(reason: str) -> None:
    raise InputError(Problem("unbalanced-books", args={"reason": reason}))
