"""The books: every row and every unit in exactly one place, bureau by bureau. Summed here anew, from the rows alone.

Sharing nothing with the engine but the two frames: rows and their units on one side, places on the other, each row of
the one held against its neighbours of the other. A run whose books do not balance is an error, never a warning.
"""

from __future__ import annotations

from typing import NoReturn

import polars as pl

from equipcheck.checking.results import Accounting
from equipcheck.ground.frames import PLACE_NAMES, row_key
from equipcheck.problems import InputError, Problem

ACCOUNT_COLUMNS = [f"{what}_{place}" for what in ("rows", "units") for place in ("read", *PLACE_NAMES)]


def balance(assets: pl.DataFrame, places: pl.DataFrame) -> Accounting:
    """Rows and units by place, of one bureau. Raises InputError (`unbalanced-books`): something lost or doubled."""
    table = accounts(assets, places)
    sums = table.row(0, named=True) if table.height else dict.fromkeys(ACCOUNT_COLUMNS, 0)
    rows, units = (
        {place: sums[f"{what}_{place}"] for place in ("read", *PLACE_NAMES)} for what in ("rows", "units")
    )
    return Accounting(rows=rows, units=units, balanced=True)


def accounts(assets: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """bureau, rows_read, rows_counted, …, units_read, …. Raises InputError (`unbalanced-books`).

    Of `places` bureau, row, part, place and units are read; its words may be coded.
    """
    owed = _in_order(
        assets.select(
            "bureau",
            "row",
            row_key(),
            owed=pl.when(pl.col("rejected").is_null()).then(pl.col("quantity")).otherwise(0),
        )
    )
    placed = places.select(
        "bureau",
        row_key(),
        "units",
        rank=pl.col("place").cast(pl.Enum(PLACE_NAMES)).to_physical().cast(pl.UInt8),
    )
    seen = _each_row(placed, owed["key"])
    sound = (
        owed.height == seen.height
        and owed["key"].equals(seen["key"])
        and owed["owed"].equals(seen["units"])
        and (placed.is_empty() or int(placed["units"].min()) >= 0)  # type: ignore[arg-type]
    )
    if not sound:
        _stop(owed, placed)
    best = owed.select("bureau", "row").with_columns(seen["rank"])
    if assets["part"].max():
        best = best.group_by("row").agg(pl.col("bureau").first(), pl.col("rank").min())
    rows = _by_place(best, "rows")
    units = _by_place(placed.rename({"units": "number"}), "units")
    joined = rows.join(units, on="bureau")
    return joined.select(pl.col("bureau").cast(pl.String), *ACCOUNT_COLUMNS)


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    return frame if frame["key"].is_sorted() else frame.sort("key")


def _each_row(placed: pl.DataFrame, keys: pl.Series) -> pl.DataFrame:
    """key, units, rank of each asset row: the sum of its units and the first of its places.

    Where the first lines are those of `keys`, one each and in their order, only what comes behind is looked for.
    """
    first, more = placed[: len(keys)].select("key", "units", "rank"), placed[len(keys) :]
    if not first["key"].equals(keys) or not (keys.diff().drop_nulls() > 0).all():
        first, more = first.clear(), placed
    sums = more.group_by("key").agg(pl.col("units").sum(), pl.col("rank").min()).sort("key")
    if first.is_empty() or sums.is_empty():
        return sums if first.is_empty() else first
    at = keys.search_sorted(sums["key"])
    if at.max() == len(keys) or not keys.gather(at).equals(sums["key"]):
        return sums.clear()  # a key that is none of the rows': it does not balance
    here = first[at]
    return first.with_columns(
        first["units"].scatter(at, here["units"] + sums["units"]),
        first["rank"].scatter(at, pl.select(pl.min_horizontal(here["rank"], sums["rank"])).to_series()),
    )


def _by_place(lines: pl.DataFrame, what: str) -> pl.DataFrame:
    """bureau, what_read, what_counted, …: the sums of `number`, or how many lines where there is none."""
    words = lines["bureau"].cast(pl.Categorical())
    # bureau and place as one number: the quickest to group by
    code = words.to_physical().cast(pl.UInt64) * 8 + lines["rank"]
    number = pl.col("number")
    sums = (
        lines.select(code.alias("code"), *lines.select(pl.col("^number$")))
        .group_by("code")
        .agg((number.sum() if "number" in lines.columns else pl.len().cast(pl.Int64)).alias("number"))
        .with_columns(rank=pl.col("code") % 8, bureau=(pl.col("code") // 8).cast(pl.UInt32))
    )
    table = sums.group_by("bureau").agg(
        number.sum().alias(f"{what}_read"),
        *(
            number.filter(pl.col("rank") == at).sum().alias(f"{what}_{name}")
            for at, name in enumerate(PLACE_NAMES)
        ),
    )
    return table.with_columns(pl.col("bureau").cat.to(words.dtype))


def _stop(owed: pl.DataFrame, placed: pl.DataFrame) -> NoReturn:
    """Say of the first row that is out of balance what is wrong with it."""
    seen = placed.group_by("key").agg(pl.col("units").sum(), least=pl.col("units").min())
    both = owed.join(seen, on="key", how="full", coalesce=True).sort("key")
    number = pl.col("key") // (1 << 20)
    wrong = both.select(
        pl.when(pl.col("key").is_duplicated())
        .then(pl.format("台账行 {} 出现两次", number))
        .when(pl.col("owed").is_null())
        .then(pl.lit("有归处却不在台账里的行"))
        .when(pl.col("units").is_null())
        .then(pl.format("台账行 {} 没有归入任何一处", number))
        .when(pl.col("least") < 0)
        .then(pl.format("台账行 {} 的件数为负", number))
        .when(pl.col("units") != pl.col("owed"))
        .then(pl.format("台账行 {} 有 {} 件，归入各处的合计是 {} 件", number, "owed", "units"))
        .alias("reason")
    ).drop_nulls()
    raise InputError(Problem("unbalanced-books", args={"reason": wrong["reason"][0]}))
