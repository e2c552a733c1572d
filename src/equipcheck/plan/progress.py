"""What a plan's earlier years have brought, and until when it counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from equipcheck.plan.ladder import Means, Source, Step


@dataclass(slots=True)
class Held:
    """Units that the plan has brought to a requirement. They lapse (送检) or end (services) with a year."""

    units: int
    lapses: int | None  # the year at whose end their verification has lapsed
    ends: int | None = None  # the year at whose end they are gone


@dataclass(slots=True)
class Progress:
    """What earlier years have done, by requirement."""

    held: dict[str, list[Held]] = field(default_factory=lambda: defaultdict(list))
    restored: dict[str, dict[Source, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    transferred: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    vehicles: int = 0  # added under the quota
    left_open: dict[str, int] = field(default_factory=dict)

    def active(self, requirement: str, year: int) -> int:
        """Units that count at the end of a year."""
        return sum(one.units for one in self.held[requirement] if one.lapses is None or one.lapses > year)

    def lapsed(self, requirement: str, year: int) -> int:
        """Units whose verification has lapsed by the end of a year."""
        return sum(
            one.units for one in self.held[requirement] if one.lapses is not None and one.lapses <= year
        )

    def quota_left(self, means: Means) -> int:
        """Vehicles that may still be added; none where no quota was stated."""
        return 0 if means.vehicle_quota is None else means.vehicle_quota - means.vehicles - self.vehicles

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
        held = self.held[step.requirement]
        if step.action in ("service", "pool"):
            held.append(Held(units, None, ends=year))
            return
        if step.action == "transfer":
            self.transferred[step.requirement] += units
        if step.action == "restore" and not step.sources:
            _renew(held, units, year)
        left = units
        for source, count in step.sources:
            self.restored[step.requirement][source] += min(left, count)
            left -= min(left, count)
        months = means.months(step.kind)
        held.append(Held(units, None if months is None else year + months // 12))


def _renew(held: list[Held], units: int, year: int) -> None:
    """Take units whose verification has lapsed off the list; they are entered again as verified."""
    for one in held:
        if one.lapses is not None and one.lapses < year:
            taken = min(one.units, units)
            one.units -= taken
            units -= taken
