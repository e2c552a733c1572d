"""The form of `equipcheck.yaml`, as written."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from equipcheck.ground.records import Record, before
from equipcheck.ledger.words.form import FieldName, OwnVocabulary

if TYPE_CHECKING:
    from pydantic import BeforeValidator, Field, StringConstraints

    from equipcheck.ground.fields import Day, FactName, Id, InChinese, Yuan


class LedgerSource(Record):
    """A ledger, a supplement or a verification register, and how its columns are to be read."""

    path: str
    as_: Annotated[Literal["ledger", "supplement", "verification"], InChinese("role"), Field(alias="as")] = (
        "ledger"
    )
    columns: dict[FieldName, str] = field(default_factory=dict)
    sheets: tuple[str, ...] | None = None
    header_row: Annotated[int, Field(ge=1, le=1_048_576)] | None = None  # as many as a sheet has

    @before
    @classmethod
    def _spell_out(cls, data: Any) -> Any:
        return {"path": data} if isinstance(data, str) else data


class ServiceContract(Record):
    """A third party's service, a shared pool or a loan that meets (part of) a requirement."""

    requirement: Id
    quantity: Annotated[int, Field(ge=1)] = 1
    how: Annotated[Literal["service", "pool", "loan"], InChinese("how")] = "service"
    by: str | None = None
    paper: str | None = None
    until: Day | None = None
    price: Yuan | None = None


class WaiverEntry(Record):
    """A reasoned, dated exception to a requirement."""

    requirement: Id
    reason: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
    until: Day


def as_list(value: Any) -> Any:
    """One thing as a list of it."""
    return [value] if isinstance(value, (str, dict)) else value


Paths: TypeAlias = "Annotated[tuple[str, ...], BeforeValidator(as_list)]"


class ProjectFile(Record):
    """`equipcheck.yaml`, as written; a key with nothing behind it says nothing."""

    format: Literal[1] = 1
    bureau: dict[FactName, str | int | Decimal | bool] = field(default_factory=dict)
    standard: str | None = None
    as_of: Day | None = None
    vocabulary: OwnVocabulary = OwnVocabulary.known()
    ledgers: Annotated[tuple[LedgerSource, ...], BeforeValidator(as_list)] = ()
    decisions: Paths = ()
    catalogue: Paths = ()
    prices: str | None = None
    metrology: Annotated[Literal["record", "strict"], InChinese("metrology")] = "record"
    services: tuple[ServiceContract, ...] = ()
    waivers: tuple[WaiverEntry, ...] = ()
    plan: dict[str, Any] = field(default_factory=dict)
    section: dict[str, Any] = field(default_factory=dict)

    @before
    @classmethod
    def _left_open(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        said = {
            key: value for key, value in data.items() if value is not None or key not in ProjectFile.FIELDS
        }
        if isinstance(facts := said.get("bureau"), dict):
            said["bureau"] = {name: value for name, value in facts.items() if value is not None}
        return said
