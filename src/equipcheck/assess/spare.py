"""What of a bureau's surplus it can spare even if every question that is open about its rows went against it.

A row is in doubt where its ledger leaves open in what state its units are or whose they are, where its status is no
word that is known, where its number stands in an earlier row with other contents, or where its validity is not known.
Counted once with and once without such rows, what stands over both times is spare: to give it changes neither answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from equipcheck.assess.allocate import allocate
from equipcheck.assess.coding import codes_of, look_up, table
from equipcheck.assess.need import Need
from equipcheck.assess.usable import COUNTED, EXCLUDED, SURPLUS, Units, numbered_again, usable_on
from equipcheck.ground import frames
from equipcheck.standard.model import Standard

Day = tuple[dt.date, bool]
"""A day on which units would count, and whether such of unknown validity do not."""

SPARE = {
    "at": pl.UInt32(),  # the asset row, by its position
    "units": pl.Int64(),  # that stand over
    "free": pl.Int64(),  # of them, that can be spared
    "why": pl.Enum(("need_unknown", "state_open", "kept")),  # why not all of them
    "valid_to": pl.Date(),  # of kinds under verification
    "unfit": pl.Categorical(),  # positions of the days on which they would not count, each followed by a comma
}
CERTAIN = [frames.STATUSES.index(one) for one in ("in_use", "idle")]


def spare(
    units: Units,
    ends: pl.DataFrame,
    asked: Need,
    services: pl.DataFrame,
    checks: pl.DataFrame,
    standard: Standard,
    *,
    own: Day,
    days: Sequence[Day],
) -> pl.DataFrame:
    """SPARE: a line for each row with units over. `ends` are as `allocate` gave them."""
    over = ends.filter((pl.col("place") == SURPLUS) & (pl.col("units") > 0)).select("at", "units")
    if over.is_empty():
        return pl.DataFrame(schema=SPARE)
    open_ = _open(units)
    unsure = units.lines["unknown"]
    doubt = open_ | unsure
    unknown = _cells(asked, units, asked.rows["state"].is_in(["undecided", "as_needed"]))
    sure, short = over.rename({"units": "sure"}), pl.repeat(value=False, n=len(unknown), eager=True)
    if (doubt & units.lines["place"].is_null()).any():
        again = allocate(_without(units, doubt), asked, services, standard)
        sure = again.filter(pl.col("place") == SURPLUS).group_by("at").agg(sure=pl.col("units").sum())
        if standard.limit == "floor":
            short = _cells(asked, units, _lacking(again, asked))
    cell = units.lines["cell"].gather(over["at"])
    lines = over.join(sure, on="at", how="left", maintain_order="left").with_columns(
        cell=cell, open=open_.gather(over["at"]), unsure=unsure.gather(over["at"])
    )
    lines = lines.with_columns(
        unknown=look_up(unknown, pl.col("cell")), short=look_up(short, pl.col("cell"))
    ).with_columns(
        free=pl.when(pl.col("unknown") | pl.col("open"))
        .then(0)
        .when("unsure")
        .then(pl.when("short").then(0).otherwise("units"))
        .otherwise(pl.min_horizontal("units", pl.col("sure").fill_null(0)))
    )
    why = (
        pl.when("unknown")
        .then(pl.lit("need_unknown"))
        .when("open")
        .then(pl.lit("state_open"))
        .when(pl.col("free") < pl.col("units"))
        .then(pl.lit("kept"))
    )
    valid = usable_on(units, over["at"], checks, *own)
    unfit = [
        pl.select(
            pl.when(~usable_on(units, over["at"], checks, *day)["usable"]).then(pl.lit(f"{n},"))
        ).to_series()
        for n, day in enumerate(days)
        if day != own
    ]
    named = [one.alias(str(n)) for n, one in enumerate(unfit)]
    said = pl.DataFrame(named).select(pl.concat_str(pl.all(), ignore_nulls=True)) if named else None
    return lines.select(
        "at", "units", "free", why=why, valid_to=valid["valid_to"],
        unfit=pl.lit("") if said is None else said.to_series(),
    ).cast(pl.Schema(SPARE))  # fmt: skip


def _open(units: Units) -> pl.Series:
    """Rows whose units may be in another state than counted, another's, or the same as an earlier row's."""
    said = units.assets["open"].is_not_null()
    plain = codes_of(units.assets["status"], frames.STATUSES).is_in(CERTAIN)
    return said | ~plain | numbered_again(units)


def _without(units: Units, doubt: pl.Series) -> Units:
    """The same with none of the rows in doubt."""
    place = (
        pl.when(pl.col("place").is_null() & doubt).then(pl.lit(EXCLUDED, dtype=pl.UInt8)).otherwise("place")
    )
    return units._replace(lines=units.lines.with_columns(place=place))


def _lacking(ends: pl.DataFrame, asked: Need) -> pl.Series:
    """By line of what is asked: whether less is counted than it takes."""
    sums = ends.filter(pl.col("place") == COUNTED).group_by("line").agg(pl.col("units").sum()).drop_nulls()
    filled = table(asked.rows.height, sums["line"], sums["units"]).fill_null(0)
    return asked.rows["binds"] & (asked.rows["required"].fill_null(0) > filled)


def _cells(asked: Need, units: Units, which: pl.Series) -> pl.Series:
    """By cell: whether one of these lines of what is asked takes the kind."""
    kinds = asked.kinds.with_columns(codes_of(asked.kinds["kind"], units.kinds).alias("kind"))
    at = pl.int_range(pl.len(), dtype=pl.UInt32) // max(1, asked.count)
    cells = (
        asked.rows.select("requirement", at=at)
        .filter(which)
        .join(kinds, on="requirement")
        .select((pl.col("at") * len(units.kinds) + pl.col("kind")).cast(pl.UInt32))
        .to_series()
        .unique()
    )
    size = len(asked.bureaus) * len(units.kinds)
    return table(size, cells, pl.repeat(value=True, n=len(cells), eager=True)).fill_null(value=False)
