"""What a check of one bureau yields, as typed values: the only thing that renderers and planning read.

Field by field this is `report -f json`. Renderers compute nothing: what they show stands here.
"""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple, Protocol

from equipcheck.ground.inputs import Input
from equipcheck.problems.notes import Note
from equipcheck.project.arrangements import Service, Waiver


class SourceInfo(NamedTuple):
    """Where a requirement comes from and how far it can be trusted."""

    document: str | None
    place: str | None
    status: str  # official | reprint | estimate: of the quantity
    kind: str  # attested | assumed: of the kind's being asked for
    note: str | None = None
    origin: str | None = (
        None  # file:line, and of which standard it raises a row; null where one file says all
    )
    unproven: str | None = None  # unsigned | changed: no signature holds over what is called official


class Suggestion(NamedTuple):
    """A kind that a name might mean."""

    kind: str
    score: float


class MatchInfo(NamedTuple):
    """How a name came to its kind: method, score in 0..1, what spoke for and against it, the runners-up."""

    method: str
    score: float
    decision: str
    evidence: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class Behind(Protocol):
    """What stands behind a line of assets and is only told on asking."""

    def told(self, at: int) -> tuple[MatchInfo, tuple[tuple[str, str], ...]]:
        """How a row's name was matched, and the columns that were not recognised."""


@dataclass(frozen=True, slots=True)
class AssetUse:
    """An asset row as one finding sees it; `excluded` is the reason, `out` the units excluded."""

    ref: str
    asset_no: str | None
    name: str
    model: str | None
    kind: str
    quantity: int
    counted: int
    surplus: int
    out: int
    excluded: str | None
    flags: tuple[str, ...]
    valid_until: dt.date | None = None
    checked_on: dt.date | None = None
    row: int = 0
    at: int = field(default=0, compare=False, repr=False)  # its place among the rows behind it
    behind: Behind | None = field(default=None, compare=False, repr=False)

    @property
    def match(self) -> MatchInfo | None:
        """How the name came to its kind."""
        return None if self.behind is None else self.behind.told(self.at)[0]

    @property
    def extra(self) -> tuple[tuple[str, str], ...]:
        """Columns that were not recognised, as they stood."""
        return () if self.behind is None else self.behind.told(self.at)[1]


class Uses(Sequence[AssetUse]):
    """Lines of assets that are made when somebody looks at them: a ledger of a million rows shows a few hundred."""

    @abstractmethod
    def part(self, units: Units) -> Sequence[AssetUse]:
        """The lines that have units of one sort, in order."""


Units = Literal["counted", "surplus", "out"]


def with_units(assets: Sequence[AssetUse], units: Units) -> Sequence[AssetUse]:
    """The lines that have units of one sort: in a big ledger few count, and most are left over."""
    return assets.part(units) if isinstance(assets, Uses) else [one for one in assets if getattr(one, units)]


class OpenRow(NamedTuple):
    """A ledger row in review, unmatched or not required."""

    ref: str
    name: str
    quantity: int
    suggestions: tuple[Suggestion, ...] = ()


class Priority(NamedTuple):
    """How urgent a gap is: score in (0, 100], rank from 1, each part said in words."""

    score: Decimal
    rank: int
    because: tuple[str, ...]


class Action(NamedTuple):
    """One way to close (part of) a gap; money in CNY, None where no price is known (待询价)."""

    action: str  # restore | transfer | pool | service | purchase
    quantity: int
    unit_cost: Decimal | None
    cost: Decimal | None
    because: str
    role: str = "gap"  # gap: closes it; alternative: stands beside; verify: secures units that count already
    why: str = (
        ""  # of a restore: the reason for which the units do not count; unknown: their validity is not known
    )
    sent: bool = False  # of a restore: the units are (then) sent for verification
    partly: bool = False  # the cost leaves out a fee that nobody knows
    price_basis: str = ""  # where the price is from; empty where none is known
    blocked: str = ""  # quota | unrecorded: may not be bought yet, so its cost is in no sum

    @property
    def closes(self) -> bool:
        """Whether it closes units of the gap by what may be done now: what that costs is the money to close it."""
        return self.role == "gap" and not self.blocked


class Finding(NamedTuple):
    """The answer for one requirement."""

    requirement: str
    name: str
    category: str | None
    obligation: str  # required | optional
    unit: str | None
    kinds: tuple[str, ...]
    column: str
    required: int | None
    held: int
    usable: int
    counted: int
    serviced: int
    gap: int
    surplus: int
    unknown: int
    status: str
    flags: tuple[str, ...]
    waiver: Waiver | None
    rule: str  # in Chinese, with this bureau's numbers
    service_allowed: bool
    source: SourceInfo
    assets: Sequence[AssetUse]
    services: tuple[Service, ...] = ()
    missing_facts: tuple[str, ...] = ()
    candidates: tuple[OpenRow, ...] = ()
    unread: tuple[OpenRow, ...] = ()  # rows of its kinds that could not be read, where there is a gap
    priority: Priority | None = None
    actions: tuple[Action, ...] = ()
    note: str | None = None

    @property
    def unsure(self) -> int:
        """Units of unknown validity without which the requirement is not surely met; 0 where it has a gap anyway."""
        sure = self.counted - self.unknown + self.serviced
        return 0 if self.gap else min(self.unknown, max(0, (self.required or 0) - sure))

    @property
    def helped(self) -> int:
        """Units of services, pools and loans that fill the requirement: what counts, these and the gap make it up."""
        return min(self.serviced, max(0, (self.required or 0) - self.counted))


class Rates(NamedTuple):
    """Coverage of a set of rows, unrounded; None where nothing applies."""

    by_kind: float | None
    by_kind_if_verified: float | None
    by_quantity: float | None
    applicable: int
    met: int
    unrecorded: int
    undecided: int


class Question(NamedTuple):
    """Something only a person can answer: a fact, or an open row of the standard."""

    ask: str
    fact: str | None = None
    requirement: str | None = None
    rows: tuple[str, ...] = ()


class Accounting(NamedTuple):
    """Rows and units by where they ended (`frames.PLACE_NAMES`)."""

    rows: Mapping[str, int]
    units: Mapping[str, int]
    balanced: bool


class Report(NamedTuple):
    """Everything one check of one bureau found."""

    as_of: dt.date
    as_of_given: bool
    bureau: Mapping[str, Any]  # name and facts
    standard: Mapping[str, Any]  # id, title, document, limit, effective, year_only, note, …
    overrides: tuple[str, ...]
    inputs: tuple[Input, ...]
    coverage: Rates
    attested: Rates
    trust: Mapping[str, int]
    findings: tuple[Finding, ...]
    review: tuple[OpenRow, ...]
    unmatched: tuple[OpenRow, ...]
    rejected: tuple[Note, ...]
    notes: tuple[Note, ...]
    questions: tuple[Question, ...]
    accounting: Accounting
    not_required: Sequence[OpenRow] = ()
    kind_names: Mapping[str, str] = {}
