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
    return _by_place(owed, placed, seen["rank"], split=bool(assets["part"].max()))


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


def _by_place(owed: pl.DataFrame, placed: pl.DataFrame, best: pl.Series, *, split: bool) -> pl.DataFrame:
    """bureau and ACCOUNT_COLUMNS. `best`: the first of each asset row's places; `split`: some rows are parts of one."""
    first, more = placed[: owed.height], placed[owed.height :]
    if not split and first["key"].equals(owed["key"]) and first["bureau"].equals(owed["bureau"]):
        # a line a row, in order: rows and units are summed together, and only what differs is put right
        moved = first["rank"] != best
        sums = pl.concat([
            _sums(first, first["rank"], pl.len().cast(pl.Int64), pl.col("units").sum()),
            _sums(more, more["rank"], _NONE, pl.col("units").sum()),
            _sums(first.filter(moved), first["rank"].filter(moved), -pl.len().cast(pl.Int64), _NONE),
            _sums(first.filter(moved), best.filter(moved), pl.len().cast(pl.Int64), _NONE),
        ])  # fmt: skip
    else:
        rows = owed.select("bureau", "row").with_columns(best.alias("rank"))
        if split:
            rows = rows.group_by("row").agg(pl.col("bureau").first(), pl.col("rank").min())
        sums = pl.concat([
            _sums(rows, rows["rank"], pl.len().cast(pl.Int64), _NONE),
            _sums(placed, placed["rank"], _NONE, pl.col("units").sum()),
        ])  # fmt: skip
    both = ("rows", "units")
    table = sums.group_by("bureau").agg(
        *(pl.col(what).sum().alias(f"{what}_read") for what in both),
        *(
            pl.col(what).filter(pl.col("rank") == at).sum().alias(f"{what}_{name}")
            for what in both
            for at, name in enumerate(PLACE_NAMES)
        ),
    )
    return table.select("bureau", *ACCOUNT_COLUMNS)


_NONE = pl.lit(0, dtype=pl.Int64)


def _sums(lines: pl.DataFrame, rank: pl.Series, rows: pl.Expr, units: pl.Expr) -> pl.DataFrame:
    """bureau (as text), rank, and sums over the lines of each. Both as one number: the quickest to group by."""
    words = lines["bureau"].cast(pl.Categorical())
    code = words.to_physical().cast(pl.UInt32) * 8 + rank
    units_of = lines["units"] if "units" in lines.columns else None
    grouped = pl.DataFrame({"code": code} | ({} if units_of is None else {"units": units_of})).group_by(
        "code"
    )
    return grouped.agg(rows=rows, units=units).select(
        (pl.col("code") // 8).cat.to(words.dtype).cast(pl.String).alias("bureau"),
        (pl.col("code") % 8).cast(pl.UInt8).alias("rank"),
        "rows",
        "units",
    )


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
