"""What it takes to close the gaps of many bureaus: the same ladder as one bureau's plan, walked once a distinct case.

Bureaus that miss as many of the same thing, with as many units to restore, climb the same steps; so each case is put
to `plan.ladder` once, and its steps are dealt out to all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from equipcheck.assess.usable import validity
from equipcheck.checking.results import AssetUse, Finding, SourceInfo
from equipcheck.plan.ladder import ladder
from equipcheck.plan.means import Means
from equipcheck.plan.restore import COMES_BACK, Span
from equipcheck.standard.model import Requirement, Standard

STEPS = {
    "bureau": pl.String(),
    "cohort": pl.Int64(),
    "requirement": pl.String(),
    "obligation": pl.String(),
    "action": pl.String(),  # restore | transfer | pool | service | purchase
    "kind": pl.String(),
    "units": pl.Int64(),
    "fen": pl.Int64(),  # null: 待询价
    "blocked": pl.String(),  # waived | quota: not planned, so neither priced nor asked of others
}


Climb = list[tuple[str, str, int, int | None]]
"""The steps of one case: action, kind, units, 分."""

Climbed = dict[tuple[object, ...], Climb]
"""What was climbed before with the same standard and means, by case."""


def coming_back(places: pl.DataFrame, assets: pl.DataFrame, checks: pl.DataFrame, span: Span) -> pl.DataFrame:
    """The excluded units that can come back, in ledger order, with what is known of their validity.

    A recorded end is put to the day that stands for all that mean the same for `span`: few cases remain to be climbed.
    """
    out = places.filter(
        pl.col("reason").is_in(list(COMES_BACK)) & pl.col("requirement").is_not_null() & (pl.col("units") > 0)
    ).sort("row", "part")
    known = validity(assets[out["at"]], checks, span.day).select("valid_to", "checked_last")
    end = pl.col("valid_to")
    return (
        out.select(pl.col("bureau", "requirement", "kind", "reason", "flag").cast(pl.String), "units")
        .hstack(known)
        .with_columns(
            checked_last=pl.when(end.is_null()).then(pl.col("checked_last")),
            valid_to=pl.when(end < span.day)
            .then(pl.lit(span.day - dt.timedelta(1)))
            .when(end <= span.end)
            .then(pl.lit(span.end))
            .when(end.is_not_null())
            .then(pl.lit(span.end + dt.timedelta(1))),
        )
    )


def steps_of(
    findings: pl.DataFrame,
    back: pl.DataFrame,
    standard: Standard,
    means: Means,
    quotas: pl.DataFrame,
    climbed: Climbed,
    span: Span,
) -> pl.DataFrame:
    """STEPS: how each gap is closed in the cheapest lawful way, each unit of a gap once; `back` of `coming_back`.

    `findings` with `waived`; `quotas`: bureau, left (vehicles that its 编制 still allows).
    """
    gaps = findings.filter(pl.col("gap") > 0).select(
        "bureau", "cohort", "requirement", "gap", "status", "waived", "obligation", "order"
    )
    alike = ["kind", "reason", "flag", "valid_to", "checked_last"]
    out = (
        back.join(gaps.select("bureau", "requirement", "gap"), on=["bureau", "requirement"])
        .group_by("bureau", "requirement", "gap", *alike, maintain_order=True)
        .agg(pl.col("units").sum())
        .with_columns(units=pl.min_horizontal("units", "gap"))  # no more than the gap takes
        .group_by("bureau", "requirement", maintain_order=True)
        .agg(case=pl.concat_str(*(pl.col(one).cast(pl.String).fill_null("") for one in [*alike, "units"]),
                                separator=" ").str.join(";"))
    )  # fmt: skip
    cases = ["requirement", "gap", "status", "case"]
    asked = gaps.join(out, on=["bureau", "requirement"], how="left").with_columns(
        pl.col("case").fill_null("")
    )
    distinct = asked.select(cases).unique(maintain_order=True).with_row_index("which")
    by_id = {row.id: row for row in standard.requirements}
    steps: list[tuple[int, str, str, int, int | None]] = []
    for which, *case in distinct.iter_rows():
        key = tuple(case)
        if key not in climbed:
            requirement, *rest = case
            climbed[key] = _climb(_finding(by_id[requirement], *rest), means, span)
        steps += [(which, *step) for step in climbed[key]]
    schema = {"which": pl.UInt32(), **{name: STEPS[name] for name in ("action", "kind", "units", "fen")}}
    taken = pl.DataFrame(steps, schema=schema, orient="row")
    joined = asked.join(distinct, on=cases).join(taken, on="which")
    joined = joined.with_columns(blocked=pl.when("waived").then(pl.lit("waived")))
    limited = [name for name, kind in means.prices.catalogue.kinds.items() if kind.quota]
    held = pl.col("blocked").is_null() & (pl.col("action") == "purchase") & pl.col("kind").is_in(limited)
    attested = [row.id for row in standard.requirements if row.source.kind == "attested"]
    parts = [joined.filter(~held), *_within_quota(joined.filter(held), quotas, attested)]
    return pl.concat([one.select(list(STEPS)).cast(pl.Schema(STEPS)) for one in parts])


def _within_quota(
    steps: pl.DataFrame, quotas: pl.DataFrame, attested: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The part of purchases that a bureau's quota still allows, attested and required rows first; and the rest."""
    dealt = (
        steps.join(quotas, on="bureau", how="left")
        .sort(
            "bureau", ~pl.col("requirement").is_in(list(attested)), pl.col("obligation") != "required", "order"
        )
        .with_columns(before=(pl.col("units").cum_sum() - pl.col("units")).over("bureau"))
        .with_columns(
            allowed=(pl.col("left").fill_null(0) - pl.col("before")).clip(0, pl.col("units")),
            each=pl.col("fen") // pl.col("units"),
        )
    )  # fmt: skip
    within = dealt.filter(pl.col("allowed") > 0).with_columns(
        units="allowed", fen=pl.col("each") * pl.col("allowed")
    )
    beyond = dealt.filter(pl.col("allowed") < pl.col("units")).with_columns(
        units=pl.col("units") - pl.col("allowed"), fen=None, blocked=pl.lit("quota")
    )
    return within, beyond


def _climb(finding: Finding, means: Means, span: Span) -> Climb:
    return [
        (step.action, step.kind, step.quantity, _fen(step.unit_cost, step.quantity))
        for step in ladder(finding, means, span=span)
        if step.role == "gap"
    ]


def _fen(unit_cost: object, quantity: int) -> int | None:
    return None if unit_cost is None else int(unit_cost * 100) * quantity  # type: ignore[operator]


def _finding(row: Requirement, gap: int, status: str, case: str) -> Finding:
    """As much of a finding as the ladder reads."""
    return Finding(
        requirement=row.id, name=row.name, category=row.category, obligation="required", unit=row.unit,
        kinds=row.kinds, column="", required=gap, held=0, usable=0, counted=0, serviced=0, gap=gap, surplus=0,
        unknown=0, status=status, flags=(), waiver=None, rule="", service_allowed=row.service,
        source=SourceInfo(None, None, row.source.status, row.source.kind),
        assets=tuple(_assets(case.split(";") if case else ())),
    )  # fmt: skip


def _assets(cases: Sequence[str]) -> list[AssetUse]:
    found = []
    for at, one in enumerate(cases):
        kind, reason, flag, until, checked, units = one.rsplit(" ", 5)
        number = int(units)
        said = (flag,) if flag else ()
        dates = (_day(until), _day(checked))
        found.append(
            AssetUse(str(at), None, "", None, kind, number, 0, 0, number, reason, said, *dates, row=at)
        )
    return found


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
