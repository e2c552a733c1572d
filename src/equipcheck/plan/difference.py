"""What moves when money moves: two plans of one report side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from equipcheck.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Moved:
    """A requirement that is closed by more (or fewer) units, or in another year."""

    requirement: str
    name: str
    before: tuple[tuple[int, int], ...]  # year, units
    now: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """From one plan to another: the money, the units closed, and every requirement that moved."""

    spent_before: Decimal
    spent: Decimal
    closed_before: int
    closed: int
    moved: tuple[Moved, ...]


def difference(before: Plan, now: Plan) -> Difference:
    """What another budget or another order changes."""
    old, new = _placed(before), _placed(now)
    names = {
        item.requirement: item.name for plan in (before, now) for year in plan.years for item in year.items
    }
    moved = [
        Moved(key, name, old.get(key, ()), new.get(key, ()))
        for key, name in names.items()
        if old.get(key) != new.get(key)
    ]
    return Difference(_spent(before), _spent(now), _closed(before), _closed(now), tuple(moved))


def _placed(plan: Plan) -> dict[str, tuple[tuple[int, int], ...]]:
    units: dict[str, dict[int, int]] = {}
    for year in plan.years:
        for item in year.items:
            years = units.setdefault(item.requirement, {})
            years[year.year] = years.get(year.year, 0) + item.quantity
    return {key: tuple(sorted(years.items())) for key, years in units.items()}


def _spent(plan: Plan) -> Decimal:
    return sum((year.spent for year in plan.years), Decimal(0))


def _closed(plan: Plan) -> int:
    return sum(item.quantity for year in plan.years for item in year.items)
