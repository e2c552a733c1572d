"""Adding up: rates over bureaus, what is missing and its price, how it is spread."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import polars as pl

from equipcheck.assess.verdict import COVERAGE_KEYS, coverage
from equipcheck.checking.results import Rates
from equipcheck.fleet.cohorts import Cohort
from equipcheck.fleet.results import Need, Spread

KEYS = (*COVERAGE_KEYS, *(f"attested_{key}" for key in COVERAGE_KEYS))


def coverage_sums(cohorts: Sequence[Cohort], findings: pl.DataFrame) -> pl.DataFrame:
    """bureau, and the sums behind its rates, of all rows and of attested ones (KEYS). Ceilings have no quantities."""
    parts = [pl.DataFrame(schema={"bureau": pl.String(), **dict.fromkeys(KEYS, pl.Int64())})]
    for one in cohorts:
        mine = findings.filter(pl.col("cohort") == one.key)
        attested = [row.id for row in one.loaded.standard.requirements if row.source.kind == "attested"]
        ours = coverage(mine, attested).rename({key: f"attested_{key}" for key in COVERAGE_KEYS})
        sums = coverage(mine).join(ours, on="bureau")
        if one.loaded.standard.limit == "ceiling":
            none = [f"{before}{key}" for before in ("", "attested_") for key in ("filled", "needed")]
            sums = sums.with_columns(pl.lit(0, dtype=pl.Int64).alias(name) for name in none)
        parts.append(sums.select("bureau", *KEYS))
    return pl.concat(parts)


def rates_of(sums: pl.DataFrame, before: str = "") -> list[Rates]:
    """The rates of each line from its sums; empty sums are None, never 1."""
    part = {key: pl.col(f"{before}{key}").fill_null(0) for key in COVERAGE_KEYS}
    met, applicable, needed = part["met"], part["applicable"], part["needed"]
    found = sums.select(
        by_kind=pl.when(applicable > 0).then(met / applicable),
        by_kind_if_verified=pl.when(applicable > 0).then((met + part["unverified"]) / applicable),
        by_quantity=pl.when(needed > 0).then(part["filled"] / needed),
        **{key: part[key] for key in ("applicable", "met", "unrecorded", "undecided")},
    )
    return [Rates(*row) for row in found.iter_rows()]


ACTIONS = ("restore", "transfer", "pool", "service", "purchase")
NEED_KEYS = (
    "gap_units", "gap_kinds", "waived_units", "quota_units", "fen", "priced_units", "unpriced_units",
    *(f"{action}_{what}" for action in ACTIONS for what in ("units", "fen", "unpriced")),
)  # fmt: skip


def need_sums(findings: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """bureau and NEED_KEYS, over required rows."""
    required = findings.filter((pl.col("obligation") == "required") & (pl.col("gap") > 0))
    gaps = required.group_by("bureau").agg(
        gap_units=pl.col("gap").sum(),
        gap_kinds=pl.len().cast(pl.Int64),
        waived_units=pl.col("gap").filter("waived").sum(),
    )
    priced = pl.col("fen").is_not_null()
    mine = steps.join(required.select("bureau", "requirement"), on=["bureau", "requirement"], how="semi")
    held = mine.filter(pl.col("blocked") == "quota").group_by("bureau").agg(quota_units=pl.col("units").sum())
    money = (
        mine.filter(pl.col("blocked").is_null())
        .group_by("bureau")
        .agg(
            fen=pl.col("fen").sum(),
            priced_units=pl.col("units").filter(priced).sum(),
            unpriced_units=pl.col("units").filter(~priced).sum(),
            **{
                f"{action}_{what}": value.filter(pl.col("action") == action).sum()
                for action in ACTIONS
                for what, value in (
                    ("units", pl.col("units")),
                    ("fen", pl.col("fen")),
                    ("unpriced", pl.when(~priced).then(pl.col("units")).otherwise(0)),
                )
            },
        )
    )
    everyone = findings.select(pl.col("bureau").unique())
    joined = everyone
    for one in (gaps, held, money):
        joined = joined.join(one, on="bureau", how="left")
    return joined.select("bureau", *(pl.col(key).fill_null(0).cast(pl.Int64) for key in NEED_KEYS))


def needs_of(sums: pl.DataFrame) -> list[Need]:
    """What is missing, line by line, from its sums (NEED_KEYS)."""
    return [
        Need(
            gap_units, gap_kinds, None if unpriced and not priced else yuan(fen), unpriced, waived, quota,
            tuple(
                (action, units, yuan(cost), open_)
                for action, (units, cost, open_) in zip(ACTIONS, _by_action(steps), strict=True)
                if units
            ),
        )
        for gap_units, gap_kinds, waived, quota, fen, priced, unpriced, *steps in sums.select(NEED_KEYS).iter_rows()
    ]  # fmt: skip


def _by_action(steps: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Units, 分 and unpriced units of each action, as they stand behind one another in NEED_KEYS."""
    return zip(steps[::3], steps[1::3], steps[2::3], strict=True)


def yuan(fen: int) -> Decimal:
    """An amount in 元 from its 分."""
    return Decimal(fen) / 100


def spread(values: Iterable[float | None]) -> Spread:
    """How values in 0…1 are spread; nulls are left out."""
    sound = sorted(value for value in values if value is not None)
    count = len(sound)
    starts = [bisect_left(sound, at, key=lambda value: math.floor(value * 10 + 1e-9)) for at in range(1, 10)]
    bins = [end - start for start, end in pairwise([0, *starts, count])]

    def rank(share: float) -> float | None:
        return sound[max(0, math.ceil(share * count) - 1)] if sound else None

    return Spread(
        count,
        math.fsum(sound) / count if count else None,
        sound[0] if sound else None,
        rank(0.1),
        rank(0.25),
        rank(0.5),
        rank(0.75),
        rank(0.9),
        sound[-1] if sound else None,
        tuple(bins),
    )
