"""What a plan has to go on beside the findings: prices, settings, contracts, the vehicle quota."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from equipcheck.plan.prices import Cost, PriceList
from equipcheck.plan.settings import Settings, Transfer
from equipcheck.project.arrangements import Service


@dataclass(frozen=True, slots=True)
class Means:
    """What a plan has to go on beside the findings."""

    prices: PriceList
    settings: Settings
    services: Mapping[tuple[str, str], Cost] = field(
        default_factory=dict
    )  # (requirement, service | pool) → a year
    arranged: Mapping[str, Sequence[Service]] = field(default_factory=dict)  # by requirement, ended ones too
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

    def due_year(self, kind: str, verified_in: int) -> int | None:
        """The year in which a kind that was verified in a year is due again: at the earliest the next."""
        months = self.months(kind)
        return None if months is None else verified_in + max(1, months // 12)
