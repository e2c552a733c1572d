"""From counted units to findings, and from findings to coverage."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from equipcheck.assess.need import Need
from equipcheck.ground import frames
from equipcheck.standard.model import Standard

NOT_HELD = ("duplicate", "after_as_of", "gone")
UNKNOWN = ("verification_unknown", "verification_due")


def verdicts(
    places: pl.DataFrame,
    asked: Need,
    services: pl.DataFrame,
    units: pl.DataFrame,
    kinds: pl.DataFrame,
    standard: Standard,
    supplemented: Collection[str],
) -> pl.DataFrame:
    """One finding per bureau × row of the standard (frames.FINDINGS)."""
    sums = _sums(places)
    zero = ["held", "usable", "counted", "surplus", "unknown", "serviced"]
    table = (
        asked.rows.join(sums, on=["bureau", "requirement"], how="left")
        .join(services.rename({"quantity": "serviced"}), on=["bureau", "requirement"], how="left")
        .join(_never_recorded(asked, units, kinds, supplemented), on=["bureau", "requirement"], how="left")
        .with_columns(pl.col(zero).fill_null(0))
    )
    floor = standard.limit == "floor"
    gap = (pl.col("required").fill_null(0) - pl.col("counted") - pl.col("serviced")).clip(lower_bound=0)
    return (
        table.with_columns(gap=gap if floor else pl.lit(0, dtype=pl.Int64), status=_status(floor=floor))
        .select(list(frames.FINDINGS.columns))
        .sort("bureau", "order")
    )


def _sums(places: pl.DataFrame) -> pl.DataFrame:
    counted, surplus = pl.col("place") == "counted", pl.col("place") == "surplus"
    excluded = (pl.col("place") == "excluded") & ~pl.col("reason").is_in(NOT_HELD).fill_null(value=False)
    unsure = pl.any_horizontal(pl.col("flags").list.contains(flag) for flag in UNKNOWN)

    def total(which: pl.Expr) -> pl.Expr:
        return pl.col("units").filter(which).sum()

    return (
        places.filter(pl.col("requirement").is_not_null())
        .group_by("bureau", "requirement")
        .agg(
            counted=total(counted),
            surplus=total(surplus),
            usable=total(counted | surplus),
            held=total(counted | surplus | excluded),
            unknown=total(counted & unsure),
        )
    )


def _never_recorded(
    asked: Need, units: pl.DataFrame, kinds: pl.DataFrame, supplemented: Collection[str]
) -> pl.DataFrame:
    """bureau, requirement, unseen: rows whose kinds the ledger usually leaves out and this one does."""
    light = (
        asked.kinds.join(kinds, on="kind", how="left")
        .group_by("requirement")
        .agg(light=pl.col("off_ledger").fill_null(value=False).all())
    )
    standing = (
        units.filter(pl.col("kind").is_not_null() & (pl.col("place") != "rejected").fill_null(value=True))
        .join(asked.kinds, on="kind")
        .select("bureau", "requirement", stands=pl.lit(value=True))
        .unique()
    )
    return (
        asked.rows.select("bureau", "requirement")
        .join(light.filter("light"), on="requirement")
        .join(standing, on=["bureau", "requirement"], how="left")
        .filter(pl.col("stands").is_null() & ~pl.col("bureau").is_in(list(supplemented)))
        .select("bureau", "requirement", unseen=pl.lit(value=True))
    )


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
