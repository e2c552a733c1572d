"""From counted units to findings, and from findings to coverage."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from equipcheck.assess.coding import codes_of, look_up, table
from equipcheck.assess.need import Need
from equipcheck.assess.usable import COUNTED, EXCLUDED, REASONS, REJECTED, SURPLUS, Units
from equipcheck.ground import frames
from equipcheck.standard.model import Standard

NOT_HELD = ("duplicate", "after_as_of", "gone")
UNKNOWN = ("verification_unknown", "verification_due")


def verdicts(
    ends: pl.DataFrame,
    asked: Need,
    services: pl.DataFrame,
    units: Units,
    standard: Standard,
    supplemented: Collection[str],
) -> pl.DataFrame:
    """One finding per bureau × row of the standard (frames.FINDINGS)."""
    zero = ["held", "usable", "counted", "surplus", "unknown", "serviced"]
    unseen = _never_recorded(asked, units, supplemented)
    table_ = (
        asked.rows.with_row_index("line")
        .with_columns(unseen=pl.lit(unseen))
        .join(_sums(ends, units), on="line", how="left", maintain_order="left")
        .join(
            services.rename({"quantity": "serviced"}),
            on=["bureau", "requirement"],
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.col(zero).fill_null(0))
    )
    floor = standard.limit == "floor"
    gap = (pl.col("required").fill_null(0) - pl.col("counted") - pl.col("serviced")).clip(lower_bound=0)
    return table_.with_columns(
        gap=gap if floor else pl.lit(0, dtype=pl.Int64), status=_status(floor=floor)
    ).select(list(frames.FINDINGS.columns))


def _sums(ends: pl.DataFrame, units: Units) -> pl.DataFrame:
    """By line of what is asked."""
    counted, surplus = pl.col("place") == COUNTED, pl.col("place") == SURPLUS
    away = [REASONS.index(one) for one in NOT_HELD]
    held = counted | surplus | ((pl.col("place") == EXCLUDED) & pl.col("kept"))
    at = pl.col("at")
    state = (
        pl.col("line") * 64 + look_up(units.lines["unknown"], at).cast(pl.UInt32) * 32 + pl.col("place") * 4
    )  # rows of one state are summed first: one number, one sum
    state += look_up(~units.lines["reason"].is_in(away), at).fill_null(value=False).cast(pl.UInt32)
    sums = ends.select(state.alias("state"), "units").drop_nulls("state")
    return (
        sums.group_by("state")
        .agg(pl.col("units").sum())
        .select(
            "units",
            line=pl.col("state") // 64,
            unsure=pl.col("state") // 32 % 2 == 1,
            place=pl.col("state") // 4 % 8,
            kept=pl.col("state") % 2 == 1,
        )
        .group_by("line")
        .agg(
            counted=pl.col("units").filter(counted).sum(),
            surplus=pl.col("units").filter(surplus).sum(),
            held=pl.col("units").filter(held).sum(),
            unknown=pl.col("units").filter(counted & pl.col("unsure")).sum(),
        )
        .with_columns(usable=pl.col("counted") + pl.col("surplus"))
    )


def _never_recorded(asked: Need, units: Units, supplemented: Collection[str]) -> pl.Series:
    """By line of what is asked: whether the ledger usually leaves such things out, and this one does."""
    off = {
        kind for kind, light in units.about.select("kind", "off_ledger").iter_rows() if light
    }  # usually below the value at which things are entered
    light = [
        row
        for row, kinds in asked.kinds.group_by("requirement", maintain_order=True).agg("kind").iter_rows()
        if set(kinds) <= off
    ]
    none = pl.repeat(value=False, n=asked.rows.height, eager=True)
    if not light or not asked.rows.height:
        return none
    cells = len(asked.bureaus) * len(units.kinds)
    there = units.lines.filter((pl.col("place") != REJECTED).fill_null(value=True))["cell"].drop_nulls()
    standing = table(cells, there, pl.repeat(value=True, n=len(there), eager=True)).fill_null(value=False)
    of = asked.kinds.filter(pl.col("requirement").is_in(light))
    of = of.with_columns(codes_of(of["kind"], units.kinds).alias("kind"))
    seen = (
        asked.rows.select("bureau", "requirement")
        .with_row_index("line")
        .join(of, on="requirement")
        .with_columns(
            cell=(pl.col("line") // asked.count * len(units.kinds) + pl.col("kind")).cast(pl.UInt32)
        )
        .with_columns(stands=look_up(standing, pl.col("cell")))
        .group_by("line")
        .agg(pl.col("bureau").first(), pl.col("stands").any())
        .filter(~pl.col("stands") & ~pl.col("bureau").is_in(list(supplemented)))
    )
    return none.scatter(seen["line"], True) if seen.height else none


def _status(*, floor: bool) -> pl.Expr:
    """The status by its first fitting condition."""
    decided = pl.when(pl.col("state").is_not_null()).then(pl.col("state"))
    if not floor:
        return decided.when(pl.col("surplus") > 0).then(pl.lit("over")).otherwise(pl.lit("met"))
    reached = pl.col("counted") + pl.col("serviced") >= pl.col("required")
    surely = pl.col("counted") - pl.col("unknown") + pl.col("serviced") >= pl.col("required")
    nothing = pl.col("counted") + pl.col("serviced") == 0
    return (
        decided.when(reached & (pl.col("surplus") > 0))
        .then(pl.lit("surplus"))
        .when(reached & ~surely)
        .then(pl.lit("unverified"))
        .when(~reached & pl.col("unseen").fill_null(value=False))
        .then(pl.lit("unrecorded"))
        .when(reached)
        .then(pl.lit("met"))
        .when(pl.col("obligation") == "optional")
        .then(pl.lit("optional"))
        .when(nothing)
        .then(pl.lit("absent"))
        .otherwise(pl.lit("short"))
    )


COVERAGE_KEYS = ("applicable", "met", "unverified", "unrecorded", "undecided", "filled", "needed")


def coverage(findings: pl.DataFrame, only: Collection[str] | None = None) -> pl.DataFrame:
    """Per bureau, over required rows that apply: applicable, met, unverified, unrecorded, undecided, filled, needed.

    `only` limits it to some rows (the attested ones). Rates are quotients of these sums, so that they can be
    added up over bureaus first.
    """
    rows = findings.filter(pl.col("obligation") == "required")
    if only is not None:
        rows = rows.filter(pl.col("requirement").is_in(list(only)))
    status = pl.col("status")
    counts = ~status.is_in(["not_applicable", "as_needed", "unrecorded", "undecided"])
    filled = pl.min_horizontal(pl.col("counted") + pl.col("serviced"), pl.col("required"))
    sums = rows.group_by("bureau").agg(
        applicable=counts.sum().cast(pl.Int64),
        met=status.is_in(["met", "surplus"]).sum().cast(pl.Int64),
        unverified=(status == "unverified").sum().cast(pl.Int64),
        unrecorded=(status == "unrecorded").sum().cast(pl.Int64),
        undecided=(status == "undecided").sum().cast(pl.Int64),
        filled=filled.filter(counts).sum().cast(pl.Int64),
        needed=pl.col("required").filter(counts).sum().cast(pl.Int64),
    )
    everyone = findings.select(pl.col("bureau").unique())
    return (
        everyone.join(sums, on="bureau", how="left")
        .with_columns(pl.col(COVERAGE_KEYS).fill_null(0))
        .sort("bureau")
    )
