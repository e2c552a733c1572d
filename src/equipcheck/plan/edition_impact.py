"""What another standard means for one bureau: the same ledger assessed by both, row beside row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from equipcheck.checking.check import evaluate
from equipcheck.checking.gather import Gathered
from equipcheck.checking.results import Finding
from equipcheck.plan.propose import propose
from equipcheck.standard.diff import pair
from equipcheck.standard.load import Loaded
from equipcheck.standard.normal import number


@dataclass(frozen=True, slots=True)
class Side:
    """What one standard says of a row: None where it has no number."""

    required: int | None
    gap: int
    cost: Decimal | None  # of closing the gap; None: a price is missing


NOTHING = Side(0, 0, Decimal(0))
"""A row that the standard does not have, or that does not bind this bureau."""


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """A row under both standards; `obligation` is the newer's."""

    requirement: str
    name: str
    obligation: str
    assumed: bool
    old: Side
    new: Side


@dataclass(frozen=True, slots=True)
class Impact:
    """All rows that change for this bureau, and the sums over required rows."""

    as_of: dt.date
    rows: tuple[ImpactRow, ...]
    gap_units: tuple[int, int]
    gap_cost: tuple[Decimal, Decimal]  # of what has a price
    unpriced: tuple[int, int]  # rows with a gap and no price

    def as_json(self) -> dict[str, Any]:
        """For `standards diff --for -f json`."""
        return {
            "as_of": self.as_of.isoformat(),
            "gap_units": list(self.gap_units),
            "gap_cost": [number(amount) for amount in self.gap_cost],
            "unpriced": list(self.unpriced),
            "rows": [
                {
                    "requirement": row.requirement,
                    "name": row.name,
                    "obligation": row.obligation,
                    "required": [row.old.required, row.new.required],
                    "gap": [row.old.gap, row.new.gap],
                    "gap_cost": [number(row.old.cost), number(row.new.cost)],
                }
                for row in self.rows
            ],
        }


def impact(gathered: Gathered, today: dt.date, old: Loaded, new: Loaded) -> Impact:
    """Assess by both standards on the same day. Raises InputError where a column cannot be told."""
    runs = [evaluate(gathered, today, standard=one) for one in (old, new)]
    before, after = (propose(run).findings for run in runs)
    pairs = {second: first for first, second in pair(old.standard.requirements, new.standard.requirements)}
    rows = [
        _row(after[at], _side(before[pairs[at]]) if at in pairs else NOTHING, _side(after[at]))
        for at in range(len(after))
    ]
    continued = set(pairs.values())
    rows += [_row(one, _side(one), NOTHING) for at, one in enumerate(before) if at not in continued]
    return Impact(
        runs[1].as_of,
        tuple(row for row in rows if row.old != row.new),
        _units(before, after),
        (_cost(before), _cost(after)),
        (_unpriced(before), _unpriced(after)),
    )


def _row(one: Finding, old: Side, new: Side) -> ImpactRow:
    return ImpactRow(one.requirement, one.name, one.obligation, one.source.kind == "assumed", old, new)


def _side(one: Finding) -> Side:
    if one.status == "not_applicable":
        return NOTHING
    return Side(one.required, one.gap, _cost_of(one))


def _cost_of(one: Finding) -> Decimal | None:
    costs = [action.cost for action in one.actions if action.closes]
    known = [cost for cost in costs if cost is not None]
    return sum(known, Decimal(0)) if len(known) == len(costs) else None


def _binding(findings: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in findings if one.obligation == "required" and one.gap]


def _units(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> tuple[int, int]:
    return sum(one.gap for one in _binding(before)), sum(one.gap for one in _binding(after))


def _cost(findings: tuple[Finding, ...]) -> Decimal:
    return sum((_cost_of(one) or Decimal(0) for one in _binding(findings)), Decimal(0))


def _unpriced(findings: tuple[Finding, ...]) -> int:
    return sum(_cost_of(one) is None for one in _binding(findings))
