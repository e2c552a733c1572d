"""A plan as typed results: what renderers show, field by field the JSON of `plan`. Money is CNY, exact to the 分."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from equipcheck.checking.results import Rates, Report
from equipcheck.plan.priority import Shift


@dataclass(frozen=True, slots=True)
class Band:
    """A sum with its spread, from every price's low to its high end."""

    low: Decimal = Decimal(0)
    typical: Decimal = Decimal(0)
    high: Decimal = Decimal(0)

    def __add__(self, other: Band) -> Band:
        return Band(self.low + other.low, self.typical + other.typical, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a year: so many units of one requirement by one way."""

    requirement: str
    name: str
    category: str
    unit: str
    action: str  # restore | transfer | pool | service | purchase
    role: str  # gap: closes one; renew: keeps what lapses in the year; verify: secures units of unknown validity
    kind: str
    kind_name: str
    quantity: int
    unit_cost: Decimal | None  # None: 待询价, outside the budget (restores only)
    cost: Decimal | None
    spread: Band | None
    price_basis: str
    because: str
    rank: int | None  # of the report; None for what is no gap of the report
    attested: bool
    why: str = ""  # of a restore: why the units do not count, or will not
    due: dt.date | None = None  # the last day of validity, of what lapses in the year
    sent: bool = False  # of a restore: the units are (then) sent for verification
    after: str = ""  # the services, pools or loans whose end it answers
    partly: bool = False  # the cost leaves out a fee that nobody knows: `price_basis` names it
    units: tuple[tuple[str, int], ...] = ()  # ledger row → units of it

    @property
    def refs(self) -> tuple[str, ...]:
        """The ledger rows concerned."""
        return tuple(ref for ref, _ in self.units)


@dataclass(frozen=True, slots=True)
class Unfunded:
    """Units that no year closes, and why; `cost` None: 待询价."""

    requirement: str
    name: str
    category: str
    unit: str
    action: str
    role: str
    kind: str
    kind_name: str
    quantity: int
    unit_cost: Decimal | None
    cost: Decimal | None
    spread: Band | None
    price_basis: str
    reason: str  # budget | price | quota | unrecorded
    because: str
    rank: int | None
    attested: bool
    why: str = ""
    due: dt.date | None = None
    sent: bool = False
    after: str = ""
    partly: bool = False
    units: tuple[tuple[str, int], ...] = ()  # ledger row → units of it

    @property
    def refs(self) -> tuple[str, ...]:
        """The ledger rows concerned."""
        return tuple(ref for ref, _ in self.units)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that ends on a day: a verification, a service contract, a waiver, a service life."""

    on: dt.date
    what: str  # verification | service | waiver | life
    requirement: str
    name: str
    quantity: int
    note: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Checkup:
    """A line of the verification plan: units to be sent, in the month beginning on `month` (None: at once).

    `year` is the year of the plan in whose items the units stand; None: in none (`because` says why).
    """

    month: dt.date | None
    year: int | None
    requirement: str
    name: str
    kind_name: str
    unit: str
    quantity: int
    unit_cost: Decimal | None
    cost: Decimal | None
    why: str
    code: str
    refs: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage over all required rows, and over attested ones."""

    all: Rates
    attested: Rates


@dataclass(frozen=True, slots=True)
class Unpriced:
    """Restores that are planned although no fee is known: outside `spent` and the budget."""

    lines: int = 0
    units: int = 0


@dataclass(frozen=True, slots=True)
class Year:
    """One budget year; `budget` None: no limit was given."""

    year: int
    day: dt.date  # the state that the year starts from
    budget: Decimal | None
    spent: Decimal
    spread: Band
    items: tuple[Item, ...]
    skipped: tuple[Unfunded, ...]
    unpriced: Unpriced
    gap_units: int  # open when the year begins, but for the next two
    unlisted_units: int  # of what a ledger usually leaves out (台账未登记): first to be looked for
    waived_units: int  # of rows with a waiver in force: not planned
    lapsing_units: int  # what lapses in the course of the year
    new_units: int  # lapsing ones, and gaps that were not open when the year before ended
    coverage_before: Coverage  # when the year begins
    coverage_after: Coverage  # when the year has ended
    coverage_without: Coverage  # then, had nothing been planned
    next_tenth: tuple[Item, ...] = ()  # what a tenth more money would add
    next_tenth_less: tuple[Item, ...] = ()  # what it would take off this plan
    partly_units: int = 0  # restored units whose cost leaves out a fee that nobody knows


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of a purchase and the day by which it should be done."""

    step: str
    by: dt.date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """Purchases of one class in one year, bought in one way."""

    name: str
    year: int
    category: str
    method: str
    why: str
    amount: Decimal
    spread: Band
    items: tuple[str, ...]
    lines: tuple[Item, ...]
    calendar: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A requirement that one plan closes by more (or fewer) units than another, or in another year."""

    requirement: str
    name: str
    before: tuple[tuple[int, int], ...]  # year, units
    now: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The other way to spend the same money: what it closes, what differs."""

    by: str
    value: Decimal  # of this plan: Σ score × units ÷ required
    other_value: Decimal
    spent: Decimal
    other_spent: Decimal
    closed: int
    other_closed: int
    only_here: tuple[tuple[str, str, int], ...]  # requirement, name, units more than in the other
    only_there: tuple[tuple[str, str, int], ...]
    moved: tuple[Moved, ...]  # year by year, all lines: from the other plan to this one
    proof: str


@dataclass(frozen=True, slots=True)
class Task:
    """What can be had for nothing or nearly nothing, or must be bought: units of rows, and their known cost."""

    what: str  # a word of `report.plan_words.TASK`
    rows: tuple[tuple[str, int, str], ...]  # name, units, unit
    units: int
    cost: Decimal | None  # of those with a price; None where nothing is paid
    unpriced: int  # units without a price
    refs: tuple[str, ...] = ()
    partly: int = 0  # units whose cost leaves out a fee that nobody knows


@dataclass(frozen=True, slots=True)
class Used:
    """A setting whose value was used: printed, because no limit is assumed to be law."""

    name: str
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a plan says."""

    as_of: dt.date
    by: str  # priority | value
    with_optional: bool
    what_if: Mapping[str, Any]
    report: Report  # with priorities and actions
    years: tuple[Year, ...]
    unfunded: tuple[Unfunded, ...]
    packages: tuple[Package, ...]
    warnings: tuple[str, ...]
    dues: tuple[Due, ...]
    checkups: tuple[Checkup, ...]
    comparison: Comparison | None
    shifts: tuple[Shift, ...]
    used: tuple[Used, ...]
    laws: tuple[tuple[str, str, str], ...]  # cite, text, trust
    first: tuple[Task, ...] = ()  # for nothing or nearly nothing
    then: tuple[Task, ...] = ()  # for money
