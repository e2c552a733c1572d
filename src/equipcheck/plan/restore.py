"""Units on the books that can be made to count again, or be kept counting: 送检、校准、维修、收回、补登记."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from equipcheck.checking.results import AssetUse, Finding, with_units
from equipcheck.plan.laws import cite
from equipcheck.plan.means import Means
from equipcheck.plan.prices import Cost
from equipcheck.plan.step import Brought, Source, Step, joined, make_step, months_after

UNKNOWN = ("verification_unknown", "verification_due")

_WORDS = {
    ("verification_expired", "lapsed"): "检定（校准）有效期已过，送检合格即可计入，不需购置",
    ("verification_unknown", "unknown"): "有效期未登记，先查证书补登记，没有有效证书的送检",
    ("broken", "none"): "损坏待修，维修后即可计入",
    ("broken", "valid"): "损坏待修，维修后即可计入（规程要求修后检定的还须送检）",
    ("broken", "lapsed"): "损坏待修，检定（校准）有效期已过：维修并送检，合格后计入",
    ("broken", "ending"): "损坏待修，有效期至 {end}：维修并送检，合格后计入",
    ("broken", "unknown"): "损坏待修，有效期未登记或已超过周期：维修后登记有效证书，没有的送检",
    ("lent_out", "none"): "已出租出借，收回后即可计入，不需经费",
    ("lent_out", "valid"): "已出租出借，收回后即可计入，不需经费",
    ("lent_out", "lapsed"): "已出租出借，检定（校准）有效期已过：收回并送检，合格后计入",
    ("lent_out", "ending"): "已出租出借，有效期至 {end}：收回并送检，合格后计入",
    ("lent_out", "unknown"): "已出租出借，有效期未登记或已超过周期：收回后登记有效证书，没有的送检",
}
"""By the reason why a unit does not count and how its validity stands (`_validity`)."""

COMES_BACK = frozenset(reason for reason, _ in _WORDS)
"""The reasons why a unit does not count that can be mended."""


class Span(NamedTuple):
    """The days that a restore must bridge: how a unit stands on `day`, and that it is valid when `end` has passed."""

    day: dt.date
    end: dt.date


def year_after(day: dt.date) -> Span:
    """What a report looks ahead to: the first year of a plan."""
    return Span(day, dt.date(day.year + 1, 12, 31))


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
    span: Span | None = None,
) -> Iterator[Step]:
    """Steps for the excluded units of `back`, row by row.

    `restored` are the units that are dealt with. With `since`, what lapses from that day on is a renewal before its
    day. What is lent out or broken, and not valid on the days of `span`, is sent for verification too.
    """
    used = dict(restored)
    for asset in back:
        key = (asset.ref, asset.kind)
        units = max(0, asset.out - used.get(key, 0))
        used[key] = max(0, used.get(key, 0) - asset.out)
        if units:
            yield _restore(finding, means, asset, units, since, span)


def cheapest_first(
    steps: Iterable[Step], *, dear: Decimal | None = None, renewing: bool = False
) -> list[Step]:
    """Restores by what a unit costs, of equal ones as they stand; alike neighbours joined.

    A fee that nobody knows is taken for no less than the known ones of its sort: 送检 stands behind all 送检 that
    have a price, 维修 behind everything. But it waits for nothing that costs `dear`, which a year's money did not
    reach. When `renewing`, what the year would lose comes before what could take its place.
    """
    found = list(steps)
    fees = [one.cost.typical for one in found if one.cost is not None and one.why != "broken"]
    unknown = {"broken": Decimal("Infinity")}

    def order(one: Step) -> tuple[bool, Decimal, int]:
        other = renewing and one.due is None and not one.again
        if one.cost is not None and one.cost.lacks != "维修":
            return other, one.cost.typical, 0
        least = unknown.get(one.why, max(fees, default=Decimal(0)))
        return (other, least, 1) if dear is None or least < dear else (other, dear, -1)

    return list(joined(sorted(found, key=order)))


def _restore(
    finding: Finding, means: Means, asset: AssetUse, units: int, since: dt.date | None, span: Span | None
) -> Step:
    reason = asset.excluded or ""
    state, end = _validity(asset, means, since, span)
    due = asset.valid_until if reason == "verification_expired" else None
    if since is None or due is None or due < since:
        due = None
    at_once = (
        due is not None and due == since
    )  # it ends on the day of the report: no day is left before it does
    sent = state in ("lapsed", "ending", "unknown")
    because = "有效期至 {end}，届满前送检，不出现空档" if due else _WORDS[reason, state]
    if at_once:
        because = "有效期至 {end}，当天届满：立即送检，送检合格前不得使用"
    provisions = [*(["repair-in-time"] if reason == "broken" else []), *(["no-unverified"] if sent else [])]
    grounds = f"（{'；'.join(map(cite, provisions))}）" if provisions else ""
    step = make_step(
        finding, asset.kind, "restore", units, _cost(asset.kind, reason, means, sent=sent),
        because.format(end=end) + grounds,
    )  # fmt: skip
    return replace(
        step, sources=(((asset.ref, asset.kind), units),), why=reason, sent=sent, due=due,
        until=None if sent else end,
    )  # fmt: skip


def _validity(
    asset: AssetUse, means: Means, since: dt.date | None, span: Span | None
) -> tuple[str, dt.date | None]:
    """How the validity of a unit stands that is to come back, and the day to which it is recorded.

    none (no instrument) | valid | lapsed | ending (it would not last) | unknown. What is lent out is back at once,
    and lasts as long as its certificate; what is repaired, or takes the place of what lapses, must last to the end.
    """
    if asset.excluded == "verification_expired":
        return "lapsed", asset.valid_until
    if asset.excluded == "verification_unknown":
        return "unknown", None
    if means.months(asset.kind) is None:
        return "none", None
    if {*UNKNOWN} & {*asset.flags}:
        return "unknown", None
    end = asset.valid_until or interval_end(asset, means)
    if span is None or end is None:
        return "valid", end
    if end < span.day:
        return "lapsed", end
    ends = end <= span.end and (asset.excluded == "broken" or since is not None)
    return ("ending" if ends else "valid"), end


def _cost(kind: str, reason: str, means: Means, *, sent: bool) -> Cost | None:
    """Taking back is free, repairing and verifying cost what they cost, both where both are needed."""
    check = means.prices.cost(kind, "verify") if sent else None
    if reason == "lent_out" and not sent:
        return Cost.exactly(Decimal(0), "收回不需经费")
    if reason != "broken":
        return check
    repair = means.prices.cost(kind, "repair")
    return Cost.of_repair_and_check(repair, check) if sent else repair


def again(finding: Finding, means: Means, lapsed: Sequence[Brought], *, past: bool) -> Iterator[Step]:
    """Units that the plan itself brought, due for verification again (`past`: already overdue)."""
    for one in lapsed:
        until = "当年" if one.until is None else f"预计 {one.until} "
        when = "已届满，送检后继续计入" if past else f"{until}届满，届满前再次送检"
        because = f"本计划配齐、送检的仪器检定（校准）有效期{when}（{cite('no-unverified')}）"
        if one.recorded:
            when = "已过，送检后继续计入" if past else "，届满前送检，不出现空档"
            because = f"收回、修好的仪器有效期至 {one.until}{when}（{cite('no-unverified')}）"
        cost = means.prices.cost(one.kind, "verify")
        step = make_step(finding, one.kind, "restore", one.units, cost, because)
        sources = () if one.source is None else ((one.source, one.units),)
        yield replace(
            step, sources=sources, why="verification_expired", sent=True, again=True,
            due=None if past else one.until,
        )  # fmt: skip


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
    return replace(step, sources=(((asset.ref, asset.kind), units),), why="unknown", sent=True, due=due)


def interval_end(asset: AssetUse, means: Means) -> dt.date | None:
    """The day to which the interval of an instrument's kind reaches from its last verification."""
    months = means.months(asset.kind)
    if asset.checked_on is None or months is None:
        return None
    return months_after(asset.checked_on, months)
