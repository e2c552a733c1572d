"""From steps to the lines of a plan: names, costs with their spread, and why a line is not planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from equipcheck.checking.results import Priority
from equipcheck.ground.money import UNPRICED, yuan
from equipcheck.plan.means import Means
from equipcheck.plan.model import Band, Item, Unfunded
from equipcheck.plan.quota import beyond_in_words
from equipcheck.plan.step import Step


@dataclass(frozen=True, slots=True)
class Open:
    """A step that a year may take, with its place in the year's order and its score."""

    step: Step
    place: int
    priority: Priority
    rank: int | None  # of the report
    required: int
    attested: bool


def total(bands: Iterable[Band | None]) -> Band:
    """The sum of bands."""
    return sum((band for band in bands if band is not None), Band())


def spent(items: Iterable[Item]) -> Decimal:
    """What lines cost, as far as their prices are known."""
    return sum((one.cost for one in items if one.cost is not None), Decimal(0))


def as_item(one: Open, units: int, means: Means) -> Item:
    """A planned line. Only a restore may be without a price."""
    if one.step.cost is None and one.step.action != "restore":
        raise ValueError("a planned step has a price")
    return Item(because=one.step.because, **_line(one, units, means, skip=0))


def as_unfunded(one: Open, units: int, means: Means, reason: str, *, left: Decimal = Decimal(0)) -> Unfunded:
    """A line that is not planned, and why."""
    skip = one.step.quantity - units
    because = _why(one, means, reason, left)
    if one.step.after and one.step.after not in because:
        because += f"；{one.step.after}，先商续期"
    return Unfunded(reason=reason, because=because, **_line(one, units, means, skip=skip))


def _line(one: Open, units: int, means: Means, *, skip: int) -> dict[str, Any]:
    """What a line says whether it is planned or not; its rows are those behind the `skip` first units."""
    step = one.step
    return {
        "requirement": step.requirement,
        "name": step.name,
        "category": step.category,
        "unit": step.unit,
        "action": step.action,
        "role": step.role,
        "kind": step.kind,
        "kind_name": kind_name(step, means),
        "quantity": units,
        "unit_cost": step.unit_cost,
        "cost": None if step.unit_cost is None else step.unit_cost * units,
        "spread": _spread(step, units),
        "price_basis": UNPRICED if step.cost is None else step.cost.basis,
        "rank": one.rank,
        "attested": one.attested,
        "why": step.why,
        "due": step.due,
        "sent": step.sent,
        "after": step.after,
        "partly": step.cost is not None and bool(step.cost.lacks),
        "units": _units(step, skip, units),
    }


def _why(one: Open, means: Means, reason: str, left: Decimal) -> str:
    step = one.step
    if reason == "unrecorded":
        return "台账一般不含，先补充清单核实"
    if reason == "quota":
        return beyond_in_words(means.vehicle_quota, means.vehicles)
    if reason == "price":
        fee = {"service": "服务费", "pool": "统调费用"}.get(step.action, "单价")
        return f"{fee}待询价，询价后列入；{step.because}"
    if step.unit_cost is not None and step.unit_cost > left:
        return f"经费不足：单价 {yuan(step.unit_cost)} 元，当年余 {yuan(left)} 元"
    return "经费不足：余款不用于此项（按价值选取）"


def kind_name(step: Step, means: Means) -> str:
    """The kind's Chinese name."""
    known = means.prices.catalogue.kinds.get(step.kind)
    return known.name if known is not None else step.kind


def _spread(step: Step, units: int) -> Band | None:
    if step.cost is None:
        return None
    return Band(step.cost.low * units, step.cost.typical * units, step.cost.high * units)


def _units(step: Step, skip: int, units: int) -> tuple[tuple[str, int], ...]:
    """The ledger rows of so many units of a step, after those that are left out; units of one row together."""
    rows: dict[str, int] = {}
    for (ref, _), count in step.sources:
        left_out = min(skip, count)
        skip -= left_out
        taken = min(units, count - left_out)
        units -= taken
        if taken:
            rows[ref] = rows.get(ref, 0) + taken
    return tuple(rows.items())
