"""The ladder: each unit of a gap goes to the cheapest lawful way that is open to it.

restore (送检、维修、收回) → transfer (调剂) → purchase (购置). A third party's service or a shared pool stands beside
as the alternative where the row allows it, and takes purchase's place where the project prices it lower.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from equipcheck.checking.results import AssetUse, Finding
from equipcheck.ground.money import yuan
from equipcheck.plan.laws import cite
from equipcheck.plan.means import Means
from equipcheck.plan.prices import Cost
from equipcheck.plan.quota import beyond_in_words
from equipcheck.plan.restore import Span, again, cheapest_first, restorable, returning, uncertain
from equipcheck.plan.settings import Transfer
from equipcheck.plan.step import Brought, Source, Step, make_step
from equipcheck.project.arrangements import HOW, Service

FREE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Before:
    """What a plan has already done for a requirement, and what of it comes to an end."""

    restored: Mapping[Source, int] = field(default_factory=dict)  # units of ledger rows dealt with
    lapsed: Sequence[Brought] = ()  # units that the plan brought and whose verification is over
    transferred: int = 0  # units that agreed transfers have brought
    dear: Decimal | None = None  # what a unit costs whose restore the year's money did not reach


def ladder(
    finding: Finding,
    means: Means,
    *,
    gap: int | None = None,
    before: Before | None = None,
    since: dt.date | None = None,
    back: Sequence[AssetUse] | None = None,
    span: Span | None = None,
) -> tuple[Step, ...]:
    """The steps that close a finding's gap (their quantities sum to it), then what stands beside.

    In a plan `gap` is what is still open and `before` what the plan has done. With `since`, the gap is what lapses
    from that day on (role `renew`). `back` are the excluded units that can come back (the finding's own, unless
    given), `span` the days on which they must be valid.
    """
    if back is None:
        back = returning([finding])[finding.requirement]
    left = finding.gap if gap is None else gap
    before = before or Before()
    role = "gap" if since is None else "renew"
    steps: list[Step] = []
    restores = list(restorable(finding, means, back, before.restored, since, span)) if left else []
    restores += again(finding, means, before.lapsed, past=since is None)
    for step in cheapest_first(restores, dear=before.dear, renewing=since is not None):
        taken = replace(step.first(left), role=role)
        left -= taken.quantity
        steps += [taken] if taken.quantity else []
    transferred = before.transferred
    for offer in means.transfers(finding.requirement):
        gone = min(transferred, offer.quantity)
        transferred -= gone
        quantity = min(left, offer.quantity - gone)
        left -= quantity
        steps += [replace(_transfer(finding, means, offer, quantity), role=role)] if quantity else []
    if left:
        last = None if span is None else span.day if since is None else span.end
        over = () if last is None else ended(finding, means, last)
        steps += [
            _after(step, over, renewing=since is not None) for step in _acquire(finding, means, left, role)
        ]
    if finding.status == "unrecorded":
        steps = [replace(step, blocked="unrecorded") for step in steps]
    if not finding.gap:
        steps += uncertain(finding, means)
    return tuple(steps)


def within_quota(step: Step, means: Means, left: int) -> tuple[Step | None, Step | None]:
    """The part of a step that `left` vehicles under quota still allow, and the part beyond."""
    if (
        step.action not in ("purchase", "transfer")
        or step.role == "alternative"
        or not means.under_quota(step.kind)
    ):
        return step, None
    allowed = max(0, min(step.quantity, left))
    beyond = step.quantity - allowed
    text = (
        f"车辆编制 {means.vehicle_quota}，账上已有 {means.vehicles}，在编制数以内（{cite('vehicle-quota')}）"
    )
    return (
        replace(step, quantity=allowed, because=f"{text}；{step.because}") if allowed else None,
        replace(
            step,
            quantity=beyond,
            blocked="quota",
            because=beyond_in_words(means.vehicle_quota, means.vehicles),
        )
        if beyond
        else None,
    )


def dealt_with(steps: Iterable[Step], before: Mapping[Source, int]) -> dict[Source, int]:
    """Units of ledger rows that are dealt with once these steps are taken."""
    restored = dict(before)
    for source, units in (pair for step in steps if not step.again for pair in step.sources):
        restored[source] = restored.get(source, 0) + units
    return restored


def _transfer(finding: Finding, means: Means, offer: Transfer, quantity: int) -> Step:
    because = f"从{offer.from_}调入，不需购置；优先调剂（{cite('transfer-first')}）"
    kind = bought(finding, means)
    return make_step(finding, kind, "transfer", quantity, Cost.exactly(FREE, "调剂不需购置经费"), because)


def ended(finding: Finding, means: Means, last: dt.date) -> tuple[Service, ...]:
    """The services, pools and loans of a row that have come to an end by a day."""
    return tuple(
        one
        for one in means.arranged.get(finding.requirement, ())
        if one.until is not None and one.until <= last and one not in finding.services
    )


def _after(step: Step, over: Sequence[Service], *, renewing: bool) -> Step:
    """A step that takes the place of what came to an end says so, and that it may go on instead."""
    if not over or step.role == "alternative":
        return step
    what = "、".join(
        f"{HOW[one.how]}（{one.by or '提供方未写明'}，{one.quantity}{step.unit}）至 {one.until} 到期"
        for one in over
    )
    then = (
        "续签的"
        if step.action in ("service", "pool")
        else "先商续期（续期有报价且低于购置的代替购置），不能续的"
    )
    due = max(one.until for one in over if one.until is not None) if renewing else None
    return replace(step, because=f"{what}，{then}：{step.because}", due=due, after=what)


def _acquire(finding: Finding, means: Means, units: int, role: str) -> list[Step]:
    """Purchase with the alternatives beside it, or the alternative in its place where the project prices it lower."""
    kind = bought(finding, means)
    because = f"先查公物仓和其他单位闲置，不能调剂的购置（{cite('transfer-first')}）"
    if finding.status == "unrecorded":
        because = f"台账一般不含，先补充清单核实，核实后仍缺的{because.removeprefix('先')}"
    price = means.prices.cost(kind, "purchase")
    purchase = make_step(finding, kind, "purchase", units, price, because, role)
    beside = [
        step for how in ("service", "pool") if (step := _shared(finding, means, kind, how, units)) is not None
    ]
    cheaper = [
        step
        for step in beside
        if step.cost is not None and purchase.cost is not None and step.cost.typical < purchase.cost.typical
    ]
    if not cheaper:
        return [purchase, *beside]
    best = min(cheaper, key=lambda step: (step.cost.typical if step.cost else FREE, step.action != "pool"))
    price_text = yuan(purchase.unit_cost or FREE)
    chosen = replace(
        best, role=role, because=f"{best.because}；项目询价低于购置单价（{price_text} 元），代替购置"
    )
    return [chosen, replace(purchase, role="alternative"), *(step for step in beside if step is not best)]


def _shared(finding: Finding, means: Means, kind: str, how: str, units: int) -> Step | None:
    """A third party's service where the row allows it; a pool there too, or wherever the project prices one."""
    cost = means.services.get((finding.requirement, how)) or means.prices.cost(kind, how)
    if not finding.service_allowed and (how == "service" or cost is None):
        return None
    if how == "service":
        source = "，".join(filter(None, (finding.source.document, finding.source.place)))
        where = f"（{source}）" if source else ""
        because = f"所用标准此行允许以第三方服务满足{where}，按年付费、到期须续"
    else:
        because = f"申请上级统调或共享（{cite('sharing')}）"
    return make_step(finding, kind, how, units, cost, because, "alternative")


def bought(finding: Finding, means: Means) -> str:
    """The kind that is bought for a row: its first, under the id that it goes by now."""
    catalogue = means.prices.catalogue
    first = finding.kinds[0]
    return catalogue.resolve(first) if first in catalogue.kinds else first
