"""The form of `fleet.yaml`, as written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from equipcheck.ground.records import Record
from equipcheck.project.form import LedgerSource, Paths, ServiceContract, as_list

if TYPE_CHECKING:
    from pydantic import BeforeValidator

    from equipcheck.ground.fields import Day, InChinese


class FleetLedger(LedgerSource):
    """Ledgers of many bureaus: with a column of bureau codes (`code` where it is called otherwise), or a file each."""

    code: str | None = None


class FleetService(ServiceContract):
    """A service, pool or loan for the bureaus named, or for all beneath one (`under`); without either: for all."""

    bureaus: Paths = ()
    under: Paths = ()


class FleetFile(Record):
    """`fleet.yaml`, as written."""

    format: Literal[1] = 1
    standard: str | None = None
    as_of: Day | None = None
    bureaus: str
    ledgers: Annotated[tuple[FleetLedger, ...], BeforeValidator(as_list)]
    decisions: Paths = ()
    catalogue: Paths = ()
    prices: str | None = None
    metrology: Annotated[Literal["record", "strict"], InChinese("metrology")] = "record"
    services: tuple[FleetService, ...] = ()
