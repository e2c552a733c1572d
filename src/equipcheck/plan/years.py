"""The years of a plan, in turn: what is open, what the money buys, and what of it counts when the year has ended.

Pure: the states that each year begins and ends with come in, nothing is read and no clock is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from equipcheck.checking.results import Finding, Priority
from equipcheck.plan.choose import by_rank, by_value, everything
from equipcheck.plan.coverage import coverage
from equipcheck.plan.lines import Open, as_item, as_unfunded, spent, total
from equipcheck.plan.means import Means
from equipcheck.plan.model import Coverage, Item, Unfunded, Unpriced, Year
from equipcheck.plan.offers import Choice, Offer
from equipcheck.plan.opening import Opening, Stand, opening, plannable, waived
from equipcheck.plan.progress import Progress, split_sure

TENTH = Decimal("1.1")
Way = Callable[[Sequence[Offer], Decimal], Choice]
WAYS: dict[str, Way] = {"priority": by_rank, "value": by_value}


@dataclass(frozen=True, slots=True)
class Outcome:
    """All years, and what stays open after the last."""

    years: tuple[Year, ...]
    unfunded: tuple[Unfunded, ...]
    value: Fraction  # Σ score × units ÷ required over all years


def plan_years(
    stands: Sequence[Stand],
    budgets: Sequence[Decimal] | None,
    means: Means,
    *,
    by: str = "priority",
    with_optional: bool = False,
) -> Outcome:
    """Plan each year in turn. `stands[0]` carries the report's priorities; no budgets: everything open, in one year."""
    progress = Progress()
    first = {one.requirement: one.priority for one in stands[0].findings if one.priority is not None}
    years: list[Year] = []
    unfunded: tuple[Unfunded, ...] = ()
    worth = Fraction(0)
    for at, stand in enumerate(stands):
        budget = budgets[at] if budgets is not None else None
        progress.end(stand.year - 1)
        year, unfunded, gained = _year(
            stand, budget, means, progress, first, WAYS[by], with_optional=with_optional
        )
        years.append(year)
        worth += gained
    return Outcome(tuple(years), unfunded, worth)


def _year(
    stand: Stand,
    budget: Decimal | None,
    means: Means,
    progress: Progress,
    first: Mapping[str, Priority],
    choose: Way,
    *,
    with_optional: bool,
) -> tuple[Year, tuple[Unfunded, ...], Fraction]:
    before = _coverage(stand.findings, progress, stand.year - 1, ceiling=stand.ceiling)
    dear: dict[str, Decimal] = {}
    while True:
        vehicles = progress.vehicles
        found = opening(stand, means, progress, first, dear, with_optional=with_optional)
        lines = found.open
        offers = [
            Offer(one.step.unit_cost or Decimal(0), one.step.quantity, _worth(one), 0 if one.attested else 1)
            for one in lines
        ]
        choice = everything(offers) if budget is None else choose(offers, budget)
        unpaid = _unpaid(lines, choice)
        if all(name in dear and dear[name] <= cost for name, cost in unpaid.items()):
            break
        dear |= {name: min(cost, dear.get(name, cost)) for name, cost in unpaid.items()}
        progress.vehicles = vehicles
    chosen = [(one, units) for one, units in zip(lines, choice, strict=True) if units]
    items = tuple(as_item(one, units, means) for one, units in chosen)
    for one, units in zip(lines, choice, strict=True):
        progress.record(one.step, units, stand.year, means)
    more, less = _with_a_tenth(lines, offers, choice, choose, budget, means)
    left = budget - spent(items) if budget is not None else Decimal(0)
    skipped = [
        (one, as_unfunded(one, one.step.quantity - units, means, "budget", left=left))
        for one, units in zip(lines, choice, strict=True)
        if units < one.step.quantity
    ]
    new_units = _new_units(found, progress)
    unlisted = sum(
        one.step.quantity
        for one in found.held_back
        if one.step.blocked == "unrecorded" and one.step.role == "gap"
    )
    progress.left_open = _gap_units([*lines, *found.held_back])
    for one, units in chosen:
        if one.step.role != "verify":
            progress.left_open[one.step.requirement] -= units
    year = Year(
        year=stand.year,
        day=stand.day,
        budget=budget,
        spent=spent(items),
        spread=total(one.spread for one in items),
        items=items,
        skipped=tuple(line for _, line in skipped),
        unpriced=_unpriced(items),
        partly_units=sum(one.quantity for one in items if one.partly),
        gap_units=_units(found, "gap") - unlisted,
        unlisted_units=unlisted,
        waived_units=sum(
            one.gap
            for one in stand.findings
            if plannable(one, with_optional=with_optional) and waived(one, stand.year)
        ),
        lapsing_units=_units(found, "renew"),
        new_units=new_units,
        coverage_before=before,
        coverage_after=_coverage(stand.ended, progress, stand.year, ceiling=stand.ceiling),
        coverage_without=_coverage(stand.ended, Progress(), stand.year, ceiling=stand.ceiling),
        next_tenth=more,
        next_tenth_less=less,
    )
    blocked = [
        (one, as_unfunded(one, one.step.quantity, means, one.step.blocked or "price"))
        for one in found.held_back
    ]
    rest = sorted([*skipped, *blocked], key=lambda pair: (pair[0].place, pair[1].reason))
    worth = sum((_worth(one) * units for one, units in chosen), Fraction(0))
    return year, tuple(line for _, line in rest), worth


def _unpaid(lines: Sequence[Open], choice: Choice) -> dict[str, Decimal]:
    """By requirement, what the cheapest restore costs that the money did not reach: no unpriced one waits for it."""
    found: dict[str, Decimal] = {}
    for one, units in zip(lines, choice, strict=True):
        step = one.step
        if step.action == "restore" and step.role != "verify" and units < step.quantity and step.unit_cost:
            found[step.requirement] = min(step.unit_cost, found.get(step.requirement, step.unit_cost))
    return found


def _worth(one: Open) -> Fraction:
    return Fraction(one.priority.score) / one.required


def _unpriced(items: Sequence[Item]) -> Unpriced:
    lines = [one.quantity for one in items if one.cost is None]
    return Unpriced(len(lines), sum(lines))


def _coverage(findings: Sequence[Finding], progress: Progress, year: int, *, ceiling: bool) -> Coverage:
    """Coverage with what the plan has brought, as it stands when a year has ended."""
    closed = {one.requirement: progress.active(one.requirement, year) for one in findings}
    sure = {name: sum(units.values()) for name, units in split_sure(findings, progress.sure(year)).items()}
    return Coverage(
        coverage(findings, closed, sure, ceiling=ceiling),
        coverage(findings, closed, sure, ceiling=ceiling, attested=True),
    )


def _units(found: Opening, role: str) -> int:
    lines = (*found.open, *found.held_back)
    return sum(one.step.quantity for one in lines if one.step.role == role)


def _gap_units(lines: Sequence[Open]) -> dict[str, int]:
    units: dict[str, int] = defaultdict(int)
    for one in lines:
        if one.step.role != "verify":
            units[one.step.requirement] += one.step.quantity
    return units


def _new_units(found: Opening, progress: Progress) -> int:
    """What lapses in the year, and gaps that were not open when the year before ended."""
    known = progress.left_open
    if known is None:
        return _units(found, "renew")
    gaps: dict[str, int] = defaultdict(int)
    for one in (*found.open, *found.held_back):
        gaps[one.step.requirement] += one.step.quantity if one.step.role == "gap" else 0
    reopened = sum(max(0, units - known.get(name, 0)) for name, units in gaps.items())
    return _units(found, "renew") + reopened


def _with_a_tenth(
    lines: Sequence[Open],
    offers: Sequence[Offer],
    choice: Choice,
    choose: Way,
    budget: Decimal | None,
    means: Means,
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """What a tenth more money would add, and what it would take away."""
    if budget is None or choice == everything(offers):
        return (), ()
    changed = [
        (one, after - now)
        for one, now, after in zip(lines, choice, choose(offers, budget * TENTH), strict=True)
    ]
    return (
        tuple(as_item(one, units, means) for one, units in changed if units > 0),
        tuple(as_item(one, -units, means) for one, units in changed if units < 0),
    )
