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
    """What is missing and what closing it takes. `cost` None: nothing of it has a price.

    What is waived, and vehicles beyond the 编制, are missing all the same, but neither planned nor priced.
    """

    gap_units: int
    gap_kinds: int  # required rows with a gap, summed over bureaus
    cost: Decimal | None
    unpriced_units: int
    waived_units: int
    quota_units: int
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
    unknown_units: int  # what `unknown_rate` is of usable instruments
    open_rows: int  # whose state, or whose owner, must be asked for
    open_units: int


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
    missing_facts: tuple[str, ...] = ()
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


class Tally(NamedTuple):
    """A row of an edition over the bureaus of which it is required, or for which it is optional."""

    obligation: str
    required: int
    held: int
    usable: int
    counted: int
    serviced: int
    helped: int  # of what is serviced, as much as is not counted: required = counted + helped + gap
    unknown: int  # counted, with a validity that is not recorded
    gap: int
    surplus: int
    waived_units: int  # of the gap
    quota_units: int  # of the gap, beyond the 编制
    bureaus: int
    bureaus_met: int
    bureaus_short: int
    bureaus_none: int
    none: tuple[str, ...]  # bureaus that have none at all
    cost: Decimal | None
    unpriced_units: int


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
    helped: int
    unknown: int
    gap: int
    required_gap: int
    surplus: int
    waived_units: int
    quota_units: int
    bureaus: int  # to which it applies
    bureaus_met: int
    bureaus_short: int
    bureaus_none: int
    undecided: int
    none: tuple[str, ...]  # bureaus that must have it and have none at all
    cost: Decimal | None
    unpriced_units: int
    spread: Spread
    tallies: tuple[Tally, ...] = ()  # required before optional; of bureaus to which it applies

    def of(self, obligation: str) -> Tally | None:
        """Over the bureaus of which it is required, or for which it is optional."""
        return next((one for one in self.tallies if one.obligation == obligation), None)

    @property
    def must(self) -> Tally | None:
        """Over the bureaus of which it is required."""
        return self.of("required")


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
    valid_until: dt.date | None = None  # where it ends soon after the taker's day


@dataclass(frozen=True, slots=True)
class TransferLine:
    """Units that one bureau has over and another lacks."""

    standard: str
    requirement: str
    name: str
    unit: str | None
    obligation: str  # of the taker
    kind: str
    giver: str
    taker: str
    quantity: int
    distance: int  # 1 same parent (or parent and child), 2 same city, 3 same province, 4 farther
    saves: Decimal | None  # what buying them would cost
    assets: tuple[Moved, ...]
    because: str


class Withheld(NamedTuple):
    """Units over, of a kind that somebody lacks, which are not offered; `why`: need_unknown | state_open | kept |
    not_then (they would not count on every taker's day).
    """

    bureau: str
    kind: str
    ref: str
    asset_no: str | None
    name: str
    model: str | None
    quantity: int
    why: str
    asked: str | None  # of state_open: code of the question
    valid_until: dt.date | None


class HeldBack(NamedTuple):
    """What a bureau lacks and may not add: beyond its 编制, or none was stated (`quota` None)."""

    bureau: str
    requirement: str
    name: str
    unit: str | None
    quantity: int
    obligation: str
    quota: int | None


@dataclass(frozen=True, slots=True)
class Transfers:
    """What could move, and what that does to the bill."""

    lines: tuple[TransferLine, ...]
    objective: str
    basis: tuple[tuple[str, str, str], ...]  # cite, text, trust
    units: int
    saves: Decimal
    saves_optional: Decimal  # of it, for optional rows
    unpriced_units: int
    left_over: int  # units that can be spared and that nobody lacks
    withheld: tuple[Withheld, ...] = ()
    held_back: tuple[HeldBack, ...] = ()


class Question(NamedTuple):
    """A ledger row whose state or owner must be asked for; `place`: where it stands meanwhile."""

    bureau: str
    ref: str
    asset_no: str | None
    name: str
    quantity: int
    code: str
    place: str | None
    ask: str


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
    questions: tuple[Question, ...] = ()

    @property
    def not_reported(self) -> Sequence[Failed]:
        """Bureaus that gave no ledger."""
        return [one for one in self.failed if one.code == "bureau-without-ledger"]
