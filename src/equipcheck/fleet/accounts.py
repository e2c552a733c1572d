"""The books of many bureaus at once: every row and every unit in exactly one place, bureau by bureau.

The same rule as `checking.books`, over columns; a test holds the two equal.
"""

from __future__ import annotations

import polars as pl

from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.problems import InputError, Problem

ACCOUNT_COLUMNS = [f"{what}_{place}" for what in ("rows", "units") for place in ("read", *PLACE_NAMES)]


def accounts(assets: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """bureau, rows_read, rows_counted, …, units_read, …. Raises InputError (`unbalanced-books`)."""
    rank = {name: at for at, name in enumerate(PLACE_NAMES)}
    owed = assets.select(
        "bureau",
        "row",
        _KEY,
        owed=pl.when(pl.col("rejected").is_null()).then(pl.col("quantity")).otherwise(0),
    ).sort("key")
    placed = places.select(_KEY, "units", rank=pl.col("place").replace_strict(rank, return_dtype=pl.Int8))
    seen = placed.group_by("key").agg(
        pl.col("units").sum(), pl.col("rank").min(), least=pl.col("units").min()
    )
    seen = seen.sort("key")
    sound = (
        owed.height == seen.height
        and bool((owed["key"] == seen["key"]).all())
        and bool((owed["owed"] == seen["units"]).all())
        and bool((seen["least"] >= 0).all())
    )
    if not sound:
        reason = "台账行没有归入任何一处，或归入各处的合计与件数不等"
        raise InputError(Problem("unbalanced-books", args={"reason": reason}))
    best = owed.select("bureau", "row").with_columns(seen["rank"])
    if assets["part"].max():
        best = best.group_by("row").agg(pl.col("bureau").first(), pl.col("rank").min())
    rows = best.group_by("bureau").agg(
        rows_read=pl.len(), **{f"rows_{name}": (pl.col("rank") == at).sum() for name, at in rank.items()}
    )
    units = places.group_by("bureau").agg(
        units_read=pl.col("units").sum(),
        **{f"units_{name}": pl.col("units").filter(pl.col("place") == name).sum() for name in PLACE_NAMES},
    )
    return (
        rows.join(units, on="bureau")
        .select("bureau", *ACCOUNT_COLUMNS)
        .with_columns(pl.col(ACCOUNT_COLUMNS).cast(pl.Int64))
    )


_KEY = (pl.col("row") * (1 << 20) + pl.col("part")).alias("key")
"""One number for a row and its part; decisions split a row into far fewer parts."""
