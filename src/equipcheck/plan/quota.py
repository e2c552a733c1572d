"""编制管理: how many vehicles a bureau may add. Planned, priced and transferred is only what its quota still allows."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from equipcheck.ground.frames import NOT_HELD
from equipcheck.plan.laws import cite


def quota_of(facts: Mapping[str, object]) -> int | None:
    """The vehicle quota that a bureau states."""
    quota = facts.get("vehicle_quota")
    return quota if isinstance(quota, int) and not isinstance(quota, bool) else None


def units_on_books() -> pl.Expr:
    """`units` of lines with their `reason` that stand on the books, whatever state they are in."""
    absent = pl.col("reason").cast(pl.String).is_in(list(NOT_HELD)).fill_null(value=False)
    return pl.col("units").filter(~absent).sum()


def left_in(quota: int | None, on_books: int) -> int:
    """What a quota still allows: nothing where none was stated."""
    return 0 if quota is None else max(0, quota - on_books)


def beyond_in_words(quota: int | None, on_books: int) -> str:
    """Why no more may be added."""
    if quota is None:
        return f"先核编制：未填报车辆编制（vehicle_quota），不能列入购置（{cite('vehicle-quota')}）"
    return f"先核编制：车辆编制 {quota}，账上已有 {on_books}，超出编制的不能购置（{cite('vehicle-quota')}）"
