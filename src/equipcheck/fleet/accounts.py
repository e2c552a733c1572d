"""The books of many bureaus at once: every row and every unit in exactly one place, bureau by bureau.

The same rule as `checking.books`, over columns; a test holds the two equal.
"""

from __future__ import annotations

import polars as pl

from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.problems import InputError, Problem

KEY = ["row", "part"]
ACCOUNT_COLUMNS = [f"{what}_{place}" for what in ("rows", "units") for place in ("read", *PLACE_NAMES)]


def accounts(assets: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """bureau, rows_read, rows_counted, …, units_read, …. Raises InputError (`unbalanced-books`)."""
    owed = assets.select(
        "bureau", *KEY, owed=pl.when(pl.col("rejected").is_null()).then(pl.col("quantity")).otherwise(0)
    )
    rank = {name: at for at, name in enumerate(PLACE_NAMES)}
    placed = places.select(
        *KEY, "place", "units", rank=pl.col("place").replace_strict(rank, return_dtype=pl.Int8)
    )
    seen = placed.group_by(KEY).agg(pl.col("units").sum(), least=pl.col("units").min())
    table = owed.join(seen, on=KEY, how="full", coalesce=True)
    wrong = table.filter(
        pl.col("owed").is_null() | (pl.col("least") < 0) | pl.col("owed").ne_missing(pl.col("units"))
    )
    if wrong.height or owed.select(KEY).is_duplicated().any():
        reason = "台账行没有归入任何一处，或归入各处的合计与件数不等"
        raise InputError(Problem("unbalanced-books", args={"reason": reason}))
    whose = owed.group_by("row").agg(pl.col("bureau").first())
    best = placed.group_by("row").agg(pl.col("rank").min()).join(whose, on="row")
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
