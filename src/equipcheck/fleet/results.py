"""What a roll-up yields, as typed values: all that renderers read. Field by field this is `rollup -f json`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from equipcheck.checking.results import Rates
from equipcheck.fleet.members import Failed
from equipcheck.ground.inputs import Input
from equipcheck.problems.notes import Note

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Spread:
    """How a rate is spread over bureaus, by nearest rank; `bins` counts bureaus by tenths (1.0 in the last)."""

    bureaus: int
    mean: float | None
    least: float | None
    p10: float | None
    p25: float | None
    median: float | None
    p75: float | None
    p90: float | None
    most: float | None
    bins: tuple[int, ...]


class Need(NamedTuple):
    """What is missing and what closing it takes. `cost` None: nothing of it has a price."""

    gap_units: int
    gap_kinds: int  # required rows with a gap, summed over bureaus
    cost: Decimal | None
    unpriced_units: int
    waived_units: int
    steps: tuple[tuple[str, int, Decimal, int], ...] = ()  # action, units, cost, unpriced units


class Quality(NamedTuple):
    """How far a bureau's numbers can be trusted: shares of its rows and instruments, None where there are none."""

    rows: int
    review_rows: int
    unmatched_rows: int
    rejected_rows: int
    review_rate: float | None  # rows in review or rejected
    unknown_rate: float | None  # usable instruments whose validity is not recorded
    undated_rate: float | None
    unnumbered_rate: float | None
    unstated_rate: float | None
    notes: int


class BureauLine(NamedTuple):
    """One bureau."""

    code: str
    name: str | None
    parent: str | None
    level: str | None
    region: str | None
    column: str | None
    staff: int | None
    main_posts: int | None
    standard: str
    as_of: dt.date
    coverage: Rates
    attested: Rates
    required: int
    held: int
    usable: int
    counted: int
    excluded: int
    scrapped: int  # held, waiting for disposal
    surplus: int
    need: Need
    quality: Quality
    undecided: int
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Bureaus with the same parent, level or region; `key` None: those that say none."""

    key: str | None
    name: str | None
    bureaus: int
    failed: int
    coverage: Rates
    attested: Rates
    need: Need
    staff: int
    main_posts: int
    by_kind: Spread
    under: Mapping[str, Any] = field(default_factory=dict)  # of a parent: it and all beneath it, at any depth


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One row of one edition over all bureaus that read it."""

    standard: str
    requirement: str
    name: str
    category: str | None
    unit: str | None
    kinds: tuple[str, ...]
    obligations: tuple[str, ...]
    trust: tuple[str, str]  # of the quantity, of the kind
    required: int
    held: int
    usable: int
    counted: int
    serviced: int
    gap: int
    required_gap: int
    surplus: int
    bureaus: int  # to which it applies
    bureaus_met: int
    bureaus_short: int
    bureaus_none: int
    undecided: int
    none: tuple[str, ...]  # bureaus that must have it and have none at all
    cost: Decimal | None
    unpriced_units: int
    spread: Spread


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind over all editions: rows whose first kind it is, required ones only."""

    kind: str
    name: str
    standards: tuple[str, ...]
    required: int
    counted: int
    gap: int
    surplus: int
    bureaus_short: int
    bureaus_none: int


@dataclass(frozen=True, slots=True)
class Moved:
    """One ledger row (or some of its units) that goes to another bureau."""

    ref: str
    asset_no: str | None
    name: str
    model: str | None
    units: int
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TransferLine:
    """Units that one bureau has over and another lacks."""

    standard: str
    requirement: str
    name: str
    unit: str | None
    kind: str
    giver: str
    taker: str
    quantity: int
    distance: int  # 1 same parent (or parent and child), 2 same city, 3 same province, 4 farther
    saves: Decimal | None  # what buying them would cost
    assets: tuple[Moved, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Transfers:
    """What could move, and what that does to the bill."""

    lines: tuple[TransferLine, ...]
    objective: str
    basis: tuple[tuple[str, str, str], ...]  # cite, text, trust
    units: int
    saves: Decimal
    unpriced_units: int
    left_over: int  # surplus units that nobody lacks


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that bureaus of the fleet are held to."""

    id: str
    title: str
    document: str | None
    limit: str
    sha256: str
    bureaus: int
    coverage: Rates
    attested: Rates
    note: str | None


@dataclass(frozen=True, slots=True)
class Rollup:
    """Everything one roll-up found."""

    title: str
    as_of: dt.date | None  # None: bureaus report different days
    dates: Mapping[str, int]  # day → bureaus
    editions: tuple[Edition, ...]
    listed: int
    coverage: Rates
    attested: Rates
    need: Need
    by_kind: Spread
    by_quantity: Spread
    bureaus: tuple[BureauLine, ...]
    requirements: tuple[RequirementLine, ...]
    kinds: tuple[KindLine, ...]
    parents: tuple[GroupLine, ...]
    levels: tuple[GroupLine, ...]
    regions: tuple[GroupLine, ...]
    transfers: Transfers
    failed: tuple[Failed, ...]
    notes: tuple[Note, ...]
    accounting: Mapping[str, Mapping[str, int]]
    inputs: tuple[Input, ...]
    cached: int
    findings: pl.DataFrame  # bureau × requirement, for exports
    worst: tuple[str, ...] = ()
    best: tuple[str, ...] = ()
    kind_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def not_reported(self) -> Sequence[Failed]:
        """Bureaus that gave no ledger."""
        return [one for one in self.failed if one.code == "bureau-without-ledger"]
