"""From counted units to findings, and from findings to coverage."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from equipcheck.assess.allocate import served
from equipcheck.assess.coding import codes_of, look_up, table
from equipcheck.assess.need import Need
from equipcheck.assess.usable import COUNTED, EXCLUDED, REASONS, REJECTED, SURPLUS, Units
from equipcheck.ground import frames
from equipcheck.standard.model import Standard

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
    table_ = asked.rows.with_columns(
        **_sums(ends, units, asked.rows.height),
        serviced=served(services, asked),
        unseen=_never_recorded(asked, units, supplemented),
    )
    floor = standard.limit == "floor"
    gap = (pl.col("required").fill_null(0) - pl.col("counted") - pl.col("serviced")).clip(lower_bound=0)
    return table_.with_columns(
        gap=gap if floor else pl.lit(0, dtype=pl.Int64), status=_status(floor=floor)
    ).select(list(frames.FINDINGS.columns))


def _sums(ends: pl.DataFrame, units: Units, lines: int) -> dict[str, pl.Series]:
    """By line of what is asked: counted, surplus, held, unknown, usable."""
    away = [REASONS.index(one) for one in frames.NOT_HELD]
    kept = ~units.lines["reason"].is_in(away).fill_null(value=False)
    state = units.lines["unknown"].cast(pl.UInt8) * 2 + kept.cast(pl.UInt8)
    of = look_up(state, pl.col("at"))
    sort = (
        pl.when(pl.col("place") == COUNTED)
        .then(of // 2)  # 0: counted; 1: counted, its validity not known
        .when(pl.col("place") == SURPLUS)
        .then(2)
        .when((pl.col("place") == EXCLUDED) & (of % 2 == 1))
        .then(3)  # held all the same
    )
    # a line and what its units are as one number: one sum
    sums = (
        ends.lazy()
        .filter(pl.col("line").is_not_null())
        .select((pl.col("line") * 4 + sort.cast(pl.UInt32)).alias("key"), "units")
        .drop_nulls("key")
        .group_by("key")
        .agg(pl.col("units").sum())
        .collect()
    )
    each = [
        table(lines, one["key"] // 4, one["units"]).fill_null(0)
        for one in (sums.filter(pl.col("key") % 4 == at) for at in range(4))
    ]
    sure, unknown, surplus, held = each
    counted = sure + unknown
    usable = counted + surplus
    return {
        "counted": counted,
        "surplus": surplus,
        "held": usable + held,
        "unknown": unknown,
        "usable": usable,
    }


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
