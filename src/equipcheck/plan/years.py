"""The years of a plan, in turn: what is open, what the money buys, and what lapses until the next year.

Pure: the state that each year begins from comes in, nothing is read and no clock is asked.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from equipcheck.checking.results import Finding, Priority
from equipcheck.plan.choose import Choice, Offer, by_rank, by_value, everything
from equipcheck.plan.coverage import coverage
from equipcheck.plan.ladder import Means, Step, ladder
from equipcheck.plan.lines import as_item, as_unfunded, total
from equipcheck.plan.model import Coverage, Item, Unfunded, Year
from equipcheck.plan.priority import rank, trait
from equipcheck.plan.progress import Progress

TENTH = Decimal("1.1")
WAYS: dict[str, Callable[[Sequence[Offer], Decimal], Choice]] = {"priority": by_rank, "value": by_value}


@dataclass(frozen=True, slots=True)
class Stand:
    """How a bureau stands when a budget year begins, had nothing been planned."""

    year: int
    day: dt.date
    findings: tuple[Finding, ...]
    ceiling: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """A step that a year may take, with its rank and score."""

    step: Step
    place: int
    priority: Priority
    required: int
    attested: bool


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
        year, unfunded, gained = _year(
            stand,
            budgets[at] if budgets is not None else None,
            means,
            progress,
            first,
            WAYS[by],
            with_optional,
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
    choose: Callable[[Sequence[Offer], Decimal], Choice],
    with_optional: bool,
) -> tuple[Year, tuple[Unfunded, ...], Fraction]:
    ended = stand.year - 1
    progress.end(ended)
    names = {one.requirement: one for one in stand.findings}
    closed = {name: progress.active(name, ended) for name in names}
    before = _coverage(stand, closed)
    open_, held_back = _open(stand, means, progress, first, closed, with_optional=with_optional)
    offers = [
        Offer(one.step.unit_cost or Decimal(0), one.step.quantity, _worth(one), 0 if one.attested else 1)
        for one in open_
    ]
    choice = everything(offers) if budget is None else choose(offers, budget)
    items = tuple(as_item(one, units, means) for one, units in zip(open_, choice, strict=True) if units)
    for one, units in zip(open_, choice, strict=True):
        progress.record(one.step, units, stand.year, means)
    left = budget - sum((one.cost for one in items), Decimal(0)) if budget is not None else Decimal(0)
    skipped = tuple(
        as_unfunded(one, one.step.quantity - units, means, "budget", left=left)
        for one, units in zip(open_, choice, strict=True)
        if units < one.step.quantity
    )
    gaps = _units_by_requirement([*open_, *held_back])
    new_units = sum(max(0, units - progress.left_open.get(name, 0)) for name, units in gaps.items())
    for one, units in zip(open_, choice, strict=True):
        gaps[one.step.requirement] -= units
    progress.left_open = gaps
    for item in items:
        closed[item.requirement] += item.quantity
    year = Year(
        year=stand.year,
        day=stand.day,
        budget=budget,
        spent=sum((one.cost for one in items), Decimal(0)),
        spread=total(one.spread for one in items),
        items=items,
        skipped=skipped,
        gap_units=sum(gaps.values()) + sum(choice),
        new_units=new_units,
        coverage_before=before,
        coverage_after=_coverage(stand, closed),
        coverage_without=_coverage(stand, {}),
        next_tenth=_more(open_, offers, choice, choose, budget, means),
    )
    blocked = tuple(
        as_unfunded(one, one.step.quantity, means, one.step.blocked or "price") for one in held_back
    )
    rest = tuple(sorted((*skipped, *blocked), key=lambda one: (one.rank, one.reason)))
    return (
        year,
        rest,
        sum((_worth(one) * units for one, units in zip(open_, choice, strict=True)), Fraction(0)),
    )


def _worth(one: Open) -> Fraction:
    return Fraction(one.priority.score) / one.required


def _coverage(stand: Stand, closed: Mapping[str, int]) -> Coverage:
    return Coverage(
        coverage(stand.findings, closed, ceiling=stand.ceiling),
        coverage(stand.findings, closed, ceiling=stand.ceiling, attested=True),
    )


def _open(
    stand: Stand,
    means: Means,
    progress: Progress,
    first: Mapping[str, Priority],
    closed: Mapping[str, int],
    *,
    with_optional: bool,
) -> tuple[list[Open], list[Open]]:
    """Steps that money can take, in order of rank, and those that wait for a price, a quota or a ledger."""
    found = []
    for place, one in enumerate(stand.findings):
        gap = max(0, one.gap - closed[one.requirement])
        waived = one.waiver is not None and one.waiver.in_force
        if not gap or not one.kinds or waived or (one.obligation != "required" and not with_optional):
            continue
        name = one.requirement
        lapsed = progress.lapsed(name, stand.year - 1)
        steps = ladder(
            one,
            means,
            gap=gap,
            restored=progress.restored[name],
            lapsed=lapsed,
            transferred=progress.transferred[name],
        )
        found.append((place, replace(one, gap=gap), tuple(step for step in steps if step.role == "gap")))
    known = _priorities(stand, means, first, found)
    found.sort(key=lambda item: _order(item[1], known[item[1].requirement], item[0]))
    open_: list[Open] = []
    held_back: list[Open] = []
    for place, one, steps in found:
        for step in steps:
            line = Open(step, place, known[one.requirement], one.required or 1, one.source.kind == "attested")
            if step.blocked is not None:
                held_back.append(line)
                continue
            within, beyond = _within_quota(line, means, progress)
            held_back += [beyond] if beyond else []
            if within is not None:
                (held_back if within.step.cost is None else open_).append(within)
    return open_, held_back


def _order(one: Finding, priority: Priority, place: int) -> tuple[bool, bool, Decimal, int]:
    return one.source.kind != "attested", one.obligation != "required", -priority.score, place


def _priorities(
    stand: Stand,
    means: Means,
    first: Mapping[str, Priority],
    found: Sequence[tuple[int, Finding, tuple[Step, ...]]],
) -> dict[str, Priority]:
    """The report's priorities; gaps that opened later are scored as they stand, and ranked after their equals."""
    fresh = [(one, steps) for _, one, steps in found if one.requirement not in first]
    settings = means.settings
    late = rank([trait(one, steps, settings, stand.day) for one, steps in fresh], settings.weights)
    after = max((one.rank for one in first.values()), default=0)
    return dict(first) | {name: replace(one, rank=after + one.rank) for name, one in late.items()}


def _within_quota(one: Open, means: Means, progress: Progress) -> tuple[Open | None, Open | None]:
    """The part of a step that the vehicle quota still allows, and the part beyond it."""
    step = one.step
    if step.action not in ("purchase", "transfer") or not means.under_quota(step.kind):
        return one, None
    left = progress.quota_left(means)
    allowed = max(0, min(step.quantity, left))
    progress.vehicles += allowed if step.cost is not None else 0
    beyond = step.quantity - allowed
    return (
        replace(one, step=replace(step, quantity=allowed)) if allowed else None,
        replace(one, step=replace(step, quantity=beyond, blocked="quota")) if beyond else None,
    )


def _units_by_requirement(lines: Sequence[Open]) -> dict[str, int]:
    units: dict[str, int] = defaultdict(int)
    for one in lines:
        units[one.step.requirement] += one.step.quantity
    return units


def _more(
    open_: Sequence[Open],
    offers: Sequence[Offer],
    choice: Choice,
    choose: Callable[[Sequence[Offer], Decimal], Choice],
    budget: Decimal | None,
    means: Means,
) -> tuple[Item, ...]:
    """What a tenth more money would add."""
    if budget is None or choice == everything(offers):
        return ()
    more = choose(offers, budget * TENTH)
    return tuple(
        as_item(one, after - now, means)
        for one, now, after in zip(open_, choice, more, strict=True)
        if after > now
    )
