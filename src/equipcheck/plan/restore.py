"""Units on the books that can be made to count again, or be kept counting: 送检、校准、维修、收回、补登记."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from equipcheck.checking.results import AssetUse, Finding, with_units
from equipcheck.plan.laws import cite
from equipcheck.plan.means import Means
from equipcheck.plan.prices import Cost
from equipcheck.plan.step import Brought, Source, Step, joined, make_step, months_after

UNKNOWN = ("verification_unknown", "verification_due")

_WORDS = {
    "verification_expired": "检定（校准）有效期已过，送检合格即可计入，不需购置",
    "verification_unknown": "有效期未登记，先查证书补登记，没有有效证书的送检",
    "broken": "损坏待修，维修后即可计入（计量器具修后送检）",
    "lent_out": "已出租出借，收回后即可计入，不需经费",
}

COMES_BACK = frozenset(_WORDS)
"""The reasons why a unit does not count that can be mended."""

_LAW = {
    "verification_expired": "no-unverified",
    "verification_unknown": "no-unverified",
    "broken": "repair-in-time",
}


def narrow_first(findings: Iterable[Finding]) -> list[Finding]:
    """Rows in the order in which they take units: required ones first, narrow before wide."""
    return sorted(findings, key=lambda one: (one.obligation != "required", len({*one.kinds})))


def returning(
    findings: Sequence[Finding], wanted: Collection[str] | None = None
) -> dict[str, tuple[AssetUse, ...]]:
    """By requirement, the excluded units that can come back to it: its own, then those that stand at nested rows.

    `wanted` are the requirements asked about (all, unless given).
    """
    asked = [one for one in findings if wanted is None or one.requirement in wanted]
    theirs = {kind for one in asked for kind in one.kinds}
    out = [
        (one.requirement, asset)
        for one in findings
        if theirs & {*one.kinds}
        for asset in with_units(one.assets, "out")
        if asset.excluded in COMES_BACK
    ]
    found = {}
    for one in asked:
        here = [pair for pair in out if pair[0] == one.requirement or pair[1].kind in one.kinds]
        found[one.requirement] = tuple(
            asset for _, asset in sorted(here, key=lambda pair: (pair[0] != one.requirement, pair[1].row))
        )
    return found


def restorable(
    finding: Finding,
    means: Means,
    back: Sequence[AssetUse],
    restored: Mapping[Source, int],
    since: dt.date | None = None,
) -> Iterator[Step]:
    """Steps for the excluded units of `back`, in that order, alike neighbours joined.

    `restored` are the units that are dealt with. With `since`, what lapses from that day on comes first, as a
    renewal before its day.
    """
    used = dict(restored)
    rows: list[Step] = []
    for asset in back:
        key = (asset.ref, asset.kind)
        units = max(0, asset.out - used.get(key, 0))
        used[key] = max(0, used.get(key, 0) - asset.out)
        if units:
            rows.append(_restore(finding, means, asset, units, since))
    return joined(sorted(rows, key=lambda step: step.due is None))


def _restore(finding: Finding, means: Means, asset: AssetUse, units: int, since: dt.date | None) -> Step:
    reason = asset.excluded or ""
    due = asset.valid_until if reason == "verification_expired" else None
    if since is None or due is None or due < since:
        due = None
    because = _WORDS[reason] if due is None else f"有效期至 {due}，届满前送检，不出现空档"
    if reason == "lent_out":
        cost: Cost | None = Cost.exactly(Decimal(0), "收回不需经费")
    else:
        cost = means.prices.cost(asset.kind, "repair" if reason == "broken" else "verify")
        because += f"（{cite(_LAW[reason])}）"
    step = make_step(finding, asset.kind, "restore", units, cost, because)
    return replace(step, sources=(((asset.ref, asset.kind), units),), why=reason, due=due)


def again(finding: Finding, means: Means, lapsed: Sequence[Brought], *, past: bool) -> Iterator[Step]:
    """Units that the plan itself brought, due for verification again (`past`: already overdue)."""
    for one in lapsed:
        until = "当年" if one.until is None else f"预计 {one.until} "
        when = "已届满，送检后继续计入" if past else f"{until}届满，届满前再次送检"
        because = f"本计划配齐、送检的仪器检定（校准）有效期{when}（{cite('no-unverified')}）"
        cost = means.prices.cost(one.kind, "verify")
        step = make_step(finding, one.kind, "restore", one.units, cost, because)
        sources = () if one.source is None else ((one.source, one.units),)
        yield replace(
            step, sources=sources, why="verification_expired", again=True, due=None if past else one.until
        )


def uncertain(
    finding: Finding, means: Means, secured: Mapping[Source, int] | None = None, since: dt.date | None = None
) -> tuple[Step, ...]:
    """Counted units without which the row is not surely met and whose validity is not known: 登记或送检.

    `secured` are units that the plan has had verified; with `since`, what passes its interval from that day on is
    due on its day.
    """
    left = min(
        finding.unknown, (finding.required or 0) - (finding.counted - finding.unknown) - finding.serviced
    )
    known = dict(secured or {})
    rows: list[Step] = []
    for asset in with_units(finding.assets, "counted"):
        if not {*UNKNOWN} & {*asset.flags}:
            continue
        key = (asset.ref, asset.kind)
        sure = min(asset.counted, known.get(key, 0))
        known[key] = known.get(key, 0) - sure
        left -= sure
        units = min(asset.counted - sure, max(0, left))
        left -= units
        if units:
            rows.append(_verify(finding, means, asset, units, since))
    return tuple(joined(rows))


def _verify(finding: Finding, means: Means, asset: AssetUse, units: int, since: dt.date | None) -> Step:
    due = interval_end(asset, means) if "verification_due" in asset.flags else None
    if since is None or due is None or due < since:
        due = None
        because = f"有效期未登记或距上次检定已超过周期：登记有效证书，没有的送检（{cite('no-unverified')}）"
    else:
        because = (
            f"上次检定 {asset.checked_on}，周期至 {due} 届满：登记证书上的有效期，没有的届满前送检"
            f"（{cite('no-unverified')}）"
        )
    cost = means.prices.cost(asset.kind, "verify")
    step = make_step(finding, asset.kind, "restore", units, cost, because, "verify")
    return replace(step, sources=(((asset.ref, asset.kind), units),), why="unknown", due=due)


def interval_end(asset: AssetUse, means: Means) -> dt.date | None:
    """The day to which the interval of an instrument's kind reaches from its last verification."""
    months = means.months(asset.kind)
    if asset.checked_on is None or months is None:
        return None
    return months_after(asset.checked_on, months)
