"""A year's snapshot: what a check found, small enough to live in version control for decades."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from equipcheck.checking.results import Finding, Rates, Report, with_units
from equipcheck.ground.fields import Day, Id, Part
from equipcheck.standard.bureau import as_text

NOT_OPEN = ("unrecorded", "undecided", "not_applicable", "as_needed")


class FileHash(Part):
    """An input file of that year's check."""

    path: str
    sha256: str
    role: str


class Edition(Part):
    """The standard that was used."""

    id: Id
    title: str
    document: str | None = None
    limit: Literal["floor", "ceiling"] = "floor"


class Coverage(Part):
    """Coverage of all required rows, or of the attested ones."""

    applicable: int
    met: int
    by_kind: Decimal | None
    by_kind_if_verified: Decimal | None
    by_quantity: Decimal | None


class Row(Part):
    """One finding: numbers, what did not count and why, what was bought that year, what was planned for the next."""

    requirement: Id
    name: str
    unit: str | None = None
    kind: Literal["attested", "assumed"]
    obligation: Literal["required", "optional"]
    rule: str
    required: int | None
    held: int
    usable: int
    counted: int
    serviced: int
    gap: int
    status: str
    waived: bool = False
    out: dict[str, int] = Field(default_factory=dict)
    bought: int = 0
    spent: Decimal = Decimal(0)  # CNY, of what was bought and has a price
    unpriced: int = 0  # units bought whose price is not in the ledger
    planned: Decimal = Decimal(0)  # CNY, of the actions proposed
    planned_units: int = 0

    @property
    def open(self) -> bool:
        """Whether a required row has a gap that is known."""
        return self.obligation == "required" and self.gap > 0 and self.status not in NOT_OPEN


class Snapshot(Part):
    """One year, as its file holds it."""

    format: Literal[1] = 1
    year: Annotated[int, Field(ge=1900, le=9999)]
    as_of: Day
    bureau: dict[str, str | int | bool | None]
    standard: Edition
    inputs: tuple[FileHash, ...] = ()
    coverage: Coverage
    attested: Coverage
    findings: tuple[Row, ...]

    def row(self, requirement: str) -> Row | None:
        """The finding of a requirement."""
        return next((one for one in self.findings if one.requirement == requirement), None)


@dataclass(frozen=True, slots=True)
class Purchase:
    """When a ledger row was acquired, and the price of one unit in 分."""

    acquired: dt.date | None
    unit_price: int | None


def take(report: Report, purchases: Mapping[int, Purchase] | None = None) -> Snapshot:
    """The snapshot of a report; `purchases` (ledger row → purchase) says what was bought in its year."""
    return Snapshot(
        year=report.as_of.year,
        as_of=report.as_of,
        bureau={
            name: as_text(value) if isinstance(value, Decimal) else value
            for name, value in report.bureau.items()
        },
        standard=Edition(
            id=report.standard["id"],
            title=report.standard["title"],
            document=report.standard["document"],
            limit=report.standard["limit"],
        ),
        inputs=tuple(FileHash(path=one.path, sha256=one.sha256, role=one.role) for one in report.inputs),
        coverage=_coverage(report.coverage),
        attested=_coverage(report.attested),
        findings=tuple(_row(one, report.as_of.year, purchases or {}) for one in report.findings),
    )


def _coverage(rates: Rates) -> Coverage:
    return Coverage(
        applicable=rates.applicable,
        met=rates.met,
        by_kind=_decimal(rates.by_kind),
        by_kind_if_verified=_decimal(rates.by_kind_if_verified),
        by_quantity=_decimal(rates.by_quantity),
    )


def _decimal(rate: float | None) -> Decimal | None:
    return None if rate is None else Decimal(repr(rate)).quantize(Decimal("0.000001"))


def _row(one: Finding, year: int, purchases: Mapping[int, Purchase]) -> Row:
    out: Counter[str] = Counter()
    for asset in with_units(one.assets, "out"):
        if asset.excluded is not None:
            out[asset.excluded] += asset.out
    bought, unpriced, cents = 0, 0, 0
    for asset in one.assets:
        purchase = purchases.get(asset.row)
        if purchase is None or purchase.acquired is None or purchase.acquired.year != year:
            continue
        if asset.excluded in ("duplicate", "after_as_of"):
            continue
        units = asset.counted + asset.surplus + asset.out
        bought += units
        if purchase.unit_price is None:
            unpriced += units
        else:
            cents += units * purchase.unit_price
    proposed = [action for action in one.actions if action.role != "alternative" and not action.blocked]
    return Row(
        requirement=one.requirement,
        name=one.name,
        unit=one.unit,
        kind="attested" if one.source.kind == "attested" else "assumed",
        obligation="required" if one.obligation == "required" else "optional",
        rule=one.rule,
        required=one.required,
        held=one.held,
        usable=one.usable,
        counted=one.counted,
        serviced=one.serviced,
        gap=one.gap,
        status=one.status,
        waived=one.waiver is not None and one.waiver.in_force,
        out=dict(sorted(out.items())),
        bought=bought,
        spent=Decimal(cents) / 100,
        unpriced=unpriced,
        planned=sum((action.cost for action in proposed if action.cost is not None), Decimal(0)),
        planned_units=sum(action.quantity for action in proposed),
    )
