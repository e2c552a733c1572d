"""By parent, level and region: bureaus added up; for parents also everything beneath them at any depth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from equipcheck.fleet.members import Failed
from equipcheck.fleet.results import GroupLine
from equipcheck.fleet.sums import needs_of, rates_of, spread
from equipcheck.fleet.view import SUMMED, View
from equipcheck.standard.bureau import USUAL


def group_lines(table: pl.DataFrame, by: str, view: View, failed: Sequence[Failed]) -> tuple[GroupLine, ...]:
    """A line for each parent, level or region (None last), of the view's table."""
    sums = table.group_by(by).agg(
        pl.col(SUMMED).sum(),
        pl.len(),
        pl.col("staff").sum(),
        pl.col("main_posts").sum(),
        rates=pl.col("rate"),
    )
    if by in USUAL:  # a closed set in its own order
        sums = sums.sort(pl.col(by).cast(pl.Enum([*USUAL[by]]), strict=False), by, nulls_last=True)
    else:
        sums = sums.sort(by, nulls_last=True)
    lost: dict[str | None, int] = {}
    if by == "parent":
        for one in failed:
            if one.bureau in view.fleet.names:
                above = view.parents.get(one.bureau)
                lost[above] = lost.get(above, 0) + 1
    under = _beneath(table, view) if by == "parent" else {}
    own = sums.select(by, "len", "staff", "main_posts", "rates")
    return tuple(
        GroupLine(
            key=key,
            name=view.fleet.names.get(key or "") or None if by == "parent" else None,
            bureaus=count,
            failed=lost.get(key, 0),
            coverage=coverage,
            attested=attested,
            need=need,
            staff=staff,
            main_posts=posts,
            by_kind=spread(shares),
            under=under.get(key, {}),
        )
        for (key, count, staff, posts, shares), coverage, attested, need in zip(
            own.iter_rows(), rates_of(sums), rates_of(sums, "attested_"), needs_of(sums), strict=True
        )
    )


def _beneath(table: pl.DataFrame, view: View) -> dict[str | None, dict[str, Any]]:
    """Parent → the sums of itself and of all beneath it."""
    pairs = []
    for code in table["bureau"].to_list():
        here: str | None = code
        while here is not None:
            pairs.append((here, code))
            here = view.parents.get(here)
    links = pl.DataFrame(pairs, schema={"above": pl.String(), "bureau": pl.String()}, orient="row")
    links = links.filter(pl.col("above").is_in(table["parent"].unique().drop_nulls().to_list()))
    sums = links.join(table, on="bureau").group_by("above").agg(pl.len(), pl.col(SUMMED).sum())
    return {
        above: {"bureaus": count, "coverage": coverage, "attested": attested, "need": need}
        for (above, count), coverage, attested, need in zip(
            sums.select("above", "len").iter_rows(), rates_of(sums), rates_of(sums, "attested_"), needs_of(sums),
            strict=True,
        )
    }  # fmt: skip
