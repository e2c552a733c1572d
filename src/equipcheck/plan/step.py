"""One step towards closing a gap, before any budget."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from equipcheck.checking.results import Finding
from equipcheck.plan.prices import Cost

Source = tuple[str, str]
"""A ledger row (its ref) and the kind of its units."""


@dataclass(frozen=True, slots=True)
class Brought:
    """Units that a plan has brought: their kind, the ledger row where they stand in one, the day they are valid to."""

    kind: str
    source: Source | None
    units: int
    until: dt.date | None = None
    recorded: bool = False  # the day is a certificate's


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Step:
    """One step for some units of one requirement; `cost` None: 待询价."""

    requirement: str
    name: str
    unit: str
    category: str
    kind: str
    action: str  # restore | transfer | pool | service | purchase
    role: str  # gap | renew (what lapses in the year) | verify (validity not known) | alternative (stands beside)
    quantity: int
    cost: Cost | None
    because: str
    sources: tuple[tuple[Source, int], ...] = ()
    why: str = ""  # of a restore: the reason for which the units do not count
    sent: bool = False  # of a restore: the units are (then) sent for verification
    again: bool = False  # a restore of units that the plan itself brought
    due: dt.date | None = None  # the last day of validity that is known
    until: dt.date | None = (
        None  # of units that come back without being sent: the day to which they are valid
    )
    blocked: str | None = None  # unrecorded | quota: may not be planned yet
    after: str = ""  # the services, pools or loans whose end it answers, in words

    @property
    def unit_cost(self) -> Decimal | None:
        """The typical cost of one unit."""
        return None if self.cost is None else self.cost.typical

    @property
    def refs(self) -> tuple[str, ...]:
        """The ledger rows concerned."""
        return tuple(dict.fromkeys(source[0] for source, _ in self.sources))

    def first(self, units: int) -> Step:
        """The step for at most so many units, taken from its ledger rows in order."""
        if self.quantity <= units:
            return self
        sources, left = [], units
        for source, count in self.sources:
            if left:
                sources.append((source, min(count, left)))
                left -= min(count, left)
        return replace(self, quantity=units, sources=tuple(sources))


def make_step(
    finding: Finding,
    kind: str,
    action: str,
    quantity: int,
    cost: Cost | None,
    because: str,
    role: str = "gap",
) -> Step:
    """A step for units of a finding."""
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
    )


def joined(steps: Iterable[Step]) -> Iterator[Step]:
    """Neighbours that differ in nothing but their ledger rows, as one step."""
    pending: Step | None = None
    for step in steps:
        if pending is not None and _alike(pending) == _alike(step):
            pending = replace(
                pending,
                quantity=pending.quantity + step.quantity,
                sources=(*pending.sources, *step.sources),
            )
            continue
        if pending is not None:
            yield pending
        pending = step
    if pending is not None:
        yield pending


def _alike(step: Step) -> tuple[object, ...]:
    return step.because, step.cost, step.kind, step.due, step.until, step.role, not step.sources
