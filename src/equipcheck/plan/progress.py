"""What a plan's earlier years have brought, and until when it counts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from equipcheck.checking.results import Finding, with_units
from equipcheck.plan.ladder import Before
from equipcheck.plan.means import Means
from equipcheck.plan.quota import left_in
from equipcheck.plan.restore import UNKNOWN, narrow_first
from equipcheck.plan.step import Brought, Source, Step, months_after


@dataclass(slots=True)
class Held:
    """Units that the plan has brought to a requirement. They are due again (送检) in, or end (services) with a year."""

    units: int
    due: int | None  # the year in which their verification ends
    ends: int | None = None  # the year at whose end they are gone
    kind: str = ""
    source: Source | None = None  # the ledger row that they stand in
    until: dt.date | None = None  # the day to which they are valid, where it can be told
    recorded: bool = False  # by a certificate that the ledger tells of


@dataclass(slots=True)
class Progress:
    """What earlier years have done."""

    held: dict[str, list[Held]] = field(default_factory=lambda: defaultdict(list))  # by requirement
    restored: dict[Source, int] = field(default_factory=lambda: defaultdict(int))
    secured: dict[Source, list[Held]] = field(default_factory=lambda: defaultdict(list))
    transferred: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # by requirement
    vehicles: int = 0  # added under the quota
    left_open: dict[str, int] | None = None  # by requirement, when the year before ended

    def active(self, requirement: str, year: int) -> int:
        """Units that the plan brought and that count when a year has ended."""
        return sum(one.units for one in self.held[requirement] if one.due is None or one.due > year)

    def lapsed(self, requirement: str, first: int, last: int) -> tuple[Brought, ...]:
        """Units whose verification ends in the years from `first` to `last`."""
        return tuple(
            Brought(one.kind, one.source, one.units, one.until, one.recorded)
            for one in self.held[requirement]
            if one.units and one.due is not None and first <= one.due <= last
        )

    def before(
        self, requirement: str, year: int, restored: Mapping[Source, int], steps: Sequence[Step] = ()
    ) -> Before:
        """What the ladder begins from: after `steps` were offered, what ended in a year, else what ended up to it."""
        lapsed = (*self.lapsed(requirement, year if steps else 0, year), *ending(steps, year))
        moved = sum(step.quantity for step in steps if step.action == "transfer")
        return Before(restored, lapsed, self.transferred[requirement] + moved)

    def sure(self, year: int) -> dict[Source, int]:
        """Units of uncertain validity that the plan has had verified, as they stand when a year has ended."""
        return {
            source: sum(one.units for one in held if one.due is None or one.due > year)
            for source, held in self.secured.items()
        }

    def quota_left(self, means: Means) -> int:
        """Vehicles that may still be added; none where no quota was stated."""
        return left_in(means.vehicle_quota, means.vehicles + self.vehicles)

    def end(self, year: int) -> None:
        """Let go of what ends with a year."""
        for name, held in self.held.items():
            self.held[name] = [one for one in held if one.ends is None or one.ends > year]

    def record(self, step: Step, units: int, year: int, means: Means) -> None:
        """Keep what a step brought, and which ledger rows it has dealt with."""
        if step.action in ("purchase", "transfer") and means.under_quota(step.kind):
            self.vehicles -= step.quantity - units  # given back: the year's money did not reach
        if not units:
            return
        if step.until is None:
            due = means.due_year(step.kind, year)
            until = _valid_to(step, due, year, means)
        else:
            due, until = step.until.year, step.until
        if step.role == "verify":
            for source, count in step.first(units).sources:
                self.secured[source].append(Held(count, due, until=until))
            return
        held = self.held[step.requirement]
        if step.action in ("service", "pool"):
            held.append(Held(units, None, ends=year))
            return
        if step.action == "transfer":
            self.transferred[step.requirement] += units
        if step.again:
            _take_off(held, step, units, year)
        left = units
        for source, count in step.first(units).sources:
            self.restored[source] += 0 if step.again else count
            held.append(Held(count, due, None, step.kind, source, until, step.until is not None))
            left -= count
        if left:
            held.append(Held(left, due, None, step.kind, None, until))


def ending(steps: Sequence[Step], year: int) -> tuple[Brought, ...]:
    """Units that come back without being sent for verification and whose certificate ends in the same year."""
    return tuple(
        Brought(step.kind, source, units, step.until, recorded=True)
        for step in steps
        if step.until is not None and step.until.year <= year
        for source, units in step.sources
    )


def _valid_to(step: Step, due: int | None, year: int, means: Means) -> dt.date | None:
    """The day to which what is renewed before a known day, or accepted on the wanted one, is valid.

    None where it does not fall into the year in which the step's units are due again.
    """
    months = means.months(step.kind)
    start = step.due
    if step.action == "purchase":
        start = dt.date.fromisoformat(f"{year}-{means.settings.calendar.wanted}")
    if start is None or months is None:
        return None
    until = months_after(start, months)
    return until if until.year == due else None


def _take_off(held: list[Held], step: Step, units: int, year: int) -> None:
    """Take units whose verification ends by a year off the list; they are entered again as verified."""
    sources: set[Source | None] = {source for source, _ in step.sources} or {None}
    for one in held:
        if one.kind == step.kind and one.source in sources and one.due is not None and one.due <= year:
            taken = min(one.units, units)
            one.units -= taken
            units -= taken


def split_sure(findings: Sequence[Finding], sure: dict[Source, int]) -> dict[str, dict[Source, int]]:
    """By requirement, the units of uncertain validity that the plan has secured there; each counts once.

    Required rows come first: for them they were secured.
    """
    left = dict(sure)
    found: dict[str, dict[Source, int]] = {}
    for one in narrow_first(findings):
        here: dict[Source, int] = defaultdict(int)
        for asset in with_units(one.assets, "counted"):
            key = (asset.ref, asset.kind)
            units = min(asset.counted, left.get(key, 0)) if {*UNKNOWN} & {*asset.flags} else 0
            if units:
                left[key] -= units
                here[key] += units
        found[one.requirement] = here
    return found
