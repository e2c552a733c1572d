"""What moves when money moves: two plans of one report side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from equipcheck.plan.model import Moved, Plan, Year


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
    return Difference(
        _spent(before), _spent(now), _closed(before), _closed(now), moved(before.years, now.years)
    )


def moved(before: Sequence[Year], now: Sequence[Year]) -> tuple[Moved, ...]:
    """Every requirement with other units, or the same ones in other years."""
    old, new = _placed(before), _placed(now)
    names = {item.requirement: item.name for years in (before, now) for year in years for item in year.items}
    return tuple(
        Moved(key, name, old.get(key, ()), new.get(key, ()))
        for key, name in names.items()
        if old.get(key) != new.get(key)
    )


def _placed(years: Sequence[Year]) -> dict[str, tuple[tuple[int, int], ...]]:
    units: dict[str, dict[int, int]] = {}
    for year in years:
        for item in year.items:
            known = units.setdefault(item.requirement, {})
            known[year.year] = known.get(year.year, 0) + item.quantity
    return {key: tuple(sorted(years.items())) for key, years in units.items()}


def _spent(plan: Plan) -> Decimal:
    return sum((year.spent for year in plan.years), Decimal(0))


def _closed(plan: Plan) -> int:
    return sum(item.quantity for year in plan.years for item in year.items)
