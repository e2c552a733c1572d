"""The ladder: each unit of a gap goes to the cheapest lawful way that is open to it.

restore (送检、维修、收回) → transfer (调剂) → purchase (购置). A third party's service or a shared pool stands beside
as the alternative where the row allows it, and takes purchase's place where the project prices it lower.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from equipcheck.checking.results import AssetUse, Finding
from equipcheck.plan.laws import cite
from equipcheck.plan.money import yuan
from equipcheck.plan.prices import Cost, PriceList
from equipcheck.plan.settings import Settings, Transfer

FREE = Decimal(0)

Source = tuple[str, str]
"""A ledger row (its ref) and the reason for which its units do not count."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a plan has to go on beside the findings."""

    prices: PriceList
    settings: Settings
    services: Mapping[tuple[str, str], Cost] = field(
        default_factory=dict
    )  # (requirement, service | pool) → a year
    vehicle_quota: int | None = None
    vehicles: int = 0  # units under quota on the books
    level: str = "county"

    def transfers(self, requirement: str) -> tuple[Transfer, ...]:
        """What other bodies have agreed to hand over for a requirement."""
        return tuple(one for one in self.settings.transfers if one.requirement == requirement)

    def under_quota(self, kind: str) -> bool:
        """Whether a kind's numbers are under 编制管理."""
        known = self.prices.catalogue.kinds.get(kind)
        return known is not None and known.quota

    def months(self, kind: str) -> int | None:
        """Months between two verifications of a kind; None for kinds that need none."""
        known = self.prices.catalogue.kinds.get(kind)
        if known is None or known.metrology.mode == "none":
            return None
        return known.metrology.months or self.settings.default_months


@dataclass(frozen=True, slots=True)
class Step:
    """One step for some units of one requirement; `cost` None: 待询价."""

    requirement: str
    name: str
    unit: str
    category: str
    kind: str
    action: str  # restore | transfer | pool | service | purchase
    role: str  # gap: closes it; alternative: stands beside; verify: secures units that count already
    quantity: int
    cost: Cost | None
    because: str
    sources: tuple[tuple[Source, int], ...] = ()
    blocked: str | None = None  # unrecorded | quota: may not be planned yet

    @property
    def unit_cost(self) -> Decimal | None:
        """The typical cost of one unit."""
        return None if self.cost is None else self.cost.typical

    @property
    def refs(self) -> tuple[str, ...]:
        """The ledger rows concerned."""
        return tuple(dict.fromkeys(source[0] for source, _ in self.sources))


def ladder(
    finding: Finding,
    means: Means,
    *,
    gap: int | None = None,
    restored: Mapping[Source, int] | None = None,
    lapsed: int = 0,
    transferred: int = 0,
) -> tuple[Step, ...]:
    """The steps that close a finding's gap (`role` gap; their quantities sum to it), then what stands beside.

    In later years of a plan `gap` is what is still open, `restored` the units of each ledger row that the plan has
    dealt with, `lapsed` units that the plan brought and that are due for verification again, and `transferred` units
    that agreed transfers have already brought.
    """
    left = finding.gap if gap is None else gap
    steps: list[Step] = []
    for step in _restorable(finding, means, restored or {}, lapsed):
        taken = _first(step, left)
        left -= taken.quantity
        steps += [taken] if taken.quantity else []
    for offer in means.transfers(finding.requirement):
        gone = min(transferred, offer.quantity)
        transferred -= gone
        quantity = min(left, offer.quantity - gone)
        left -= quantity
        steps += [_transfer(finding, means, offer, quantity)] if quantity else []
    if left:
        steps += _acquire(finding, means, left)
    if finding.status == "unrecorded":
        steps = [replace(step, blocked="unrecorded") for step in steps]
    if not finding.gap:
        steps += _uncertain(finding, means)
    return tuple(steps)


def _first(step: Step, units: int) -> Step:
    """The step for at most so many units, taken from its ledger rows in order."""
    if step.quantity <= units:
        return step
    sources, left = [], units
    for source, count in step.sources:
        if left:
            sources.append((source, min(count, left)))
            left -= min(count, left)
    return replace(step, quantity=units, sources=tuple(sources))


def _restorable(
    finding: Finding, means: Means, restored: Mapping[Source, int], lapsed: int
) -> Iterator[Step]:
    """One step per row and reason, in ledger order, neighbours with the same reason and cost joined."""
    pending: Step | None = None
    used = dict(restored)
    for asset in finding.assets:
        if asset.excluded is None or asset.excluded not in _RESTORE or not asset.out:
            continue
        key = (asset.ref, asset.excluded)
        units = max(0, asset.out - used.get(key, 0))
        used[key] = max(0, used.get(key, 0) - asset.out)
        if not units:
            continue
        step = _restore(finding, means, asset, units)
        if pending is not None and (pending.because, pending.cost, pending.kind) == (
            step.because,
            step.cost,
            step.kind,
        ):
            pending = replace(
                pending, quantity=pending.quantity + units, sources=(*pending.sources, *step.sources)
            )
        else:
            if pending is not None:
                yield pending
            pending = step
    if pending is not None:
        yield pending
    if lapsed:
        kind = bought(finding, means)
        because = f"本计划配齐的仪器检定（校准）有效期届满，送检后继续计入（{cite('no-unverified')}）"
        yield _step(finding, kind, "restore", lapsed, means.prices.cost(kind, "verify"), because)


_RESTORE = {
    "verification_expired": "检定（校准）有效期已过，送检合格即可计入，不需购置",
    "verification_unknown": "有效期未登记，先查证书补登记，没有有效证书的送检",
    "broken": "损坏待修，维修后即可计入（计量器具修后送检）",
    "lent_out": "已出租出借，收回后即可计入，不需经费",
}

_RESTORE_LAW = {
    "verification_expired": "no-unverified",
    "verification_unknown": "no-unverified",
    "broken": "repair-in-time",
    "lent_out": "transfer-first",
}


def _restore(finding: Finding, means: Means, asset: AssetUse, units: int) -> Step:
    reason = asset.excluded or ""
    if reason == "lent_out":
        cost: Cost | None = Cost.exactly(FREE, "收回不需经费")
    else:
        cost = means.prices.cost(asset.kind, "repair" if reason == "broken" else "verify")
    law = "" if reason == "lent_out" else f"（{cite(_RESTORE_LAW[reason])}）"
    return _step(
        finding,
        asset.kind,
        "restore",
        units,
        cost,
        f"{_RESTORE[reason]}{law}",
        (((asset.ref, reason), units),),
    )


def _transfer(finding: Finding, means: Means, offer: Transfer, quantity: int) -> Step:
    because = f"从{offer.from_}调入，不需购置；优先调剂（{cite('transfer-first')}）"
    kind = bought(finding, means)
    return _step(finding, kind, "transfer", quantity, Cost.exactly(FREE, "调剂不需购置经费"), because)


def _acquire(finding: Finding, means: Means, units: int) -> list[Step]:
    """Purchase with the alternatives beside it, or the alternative in its place where the project prices it lower."""
    kind = bought(finding, means)
    because = f"先查公物仓和其他单位闲置，不能调剂的购置（{cite('transfer-first')}）"
    if means.under_quota(kind):
        because = f"先核编制：编制数以内才可购置（{cite('vehicle-quota')}）；{because}"
    if finding.status == "unrecorded":
        because = f"台账一般不含，先补充清单核实，核实后仍缺的{because.removeprefix('先')}"
    purchase = _step(finding, kind, "purchase", units, means.prices.cost(kind, "purchase"), because)
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
    price = yuan(purchase.unit_cost or FREE)
    chosen = replace(
        best, role="gap", because=f"{best.because}；项目询价低于购置单价（{price} 元），代替购置"
    )
    return [chosen, replace(purchase, role="alternative"), *(step for step in beside if step is not best)]


def _shared(finding: Finding, means: Means, kind: str, how: str, units: int) -> Step | None:
    """A third party's service where the row allows it; a pool there too, or wherever the project prices one."""
    cost = means.services.get((finding.requirement, how)) or means.prices.cost(kind, how)
    if not finding.service_allowed and (how == "service" or cost is None):
        return None
    if how == "service":
        because = f"标准此行允许以第三方服务满足（{cite('third-party')}），按年付费、到期须续"
    else:
        because = f"申请上级统调或共享（{cite('sharing')}）"
    return _step(finding, kind, how, units, cost, because, role="alternative")


def _uncertain(finding: Finding, means: Means) -> list[Step]:
    """Counted units without which the row is not met and whose validity is not known: 登记或送检."""
    needed = (finding.required or 0) - (finding.counted - finding.unknown) - finding.serviced
    units = min(finding.unknown, needed)
    if units <= 0:
        return []
    unsure = [
        one
        for one in finding.assets
        if one.counted and {"verification_unknown", "verification_due"} & {*one.flags}
    ]
    kind = unsure[0].kind if unsure else bought(finding, means)
    sources = tuple(((one.ref, "unknown"), one.counted) for one in unsure)
    because = f"有效期未登记或距上次检定已超过周期：登记有效证书，没有的送检（{cite('no-unverified')}）"
    step = _step(
        finding,
        kind,
        "restore",
        finding.unknown,
        means.prices.cost(kind, "verify"),
        because,
        sources,
        "verify",
    )
    return [_first(step, units)]


def bought(finding: Finding, means: Means) -> str:
    """The kind that is bought for a row: its first, under the id that it goes by now."""
    catalogue = means.prices.catalogue
    first = finding.kinds[0]
    return catalogue.resolve(first) if first in catalogue.kinds else first


def _step(
    finding: Finding,
    kind: str,
    action: str,
    quantity: int,
    cost: Cost | None,
    because: str,
    sources: tuple[tuple[Source, int], ...] = (),
    role: str = "gap",
) -> Step:
    return Step(
        finding.requirement,
        finding.name,
        finding.unit or "件",
        finding.category or "其他",
        kind,
        action,
        role,
        quantity,
        cost,
        because,
        sources,
    )
