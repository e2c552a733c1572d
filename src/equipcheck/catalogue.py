"""The catalogue: kinds of equipment, their names, metrology and working prices."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from equipcheck.fields import Id, Part


class Metrology(Part):
    """Verification or calibration of a kind. `basis` says where code and months come from."""

    mode: Literal["verify", "calibrate", "none"]
    code: str | None = None
    months: Annotated[int, Field(ge=1, le=600)] | None = None
    fee: Annotated[Decimal, Field(ge=0)] | None = None
    basis: str | None = None


class Price(Part):
    """A working price band in CNY; never a quotation."""

    low: Annotated[Decimal, Field(ge=0)]
    typical: Annotated[Decimal, Field(ge=0)]
    high: Annotated[Decimal, Field(ge=0)]
    basis: str


class Kind(Part):
    """One kind of equipment."""

    id: Id
    name: Annotated[str, StringConstraints(min_length=1)]
    aliases: tuple[str, ...] = ()
    not_: Annotated[tuple[str, ...], Field(alias="not")] = ()
    category: str | None = None
    unit: str | None = None
    off_ledger: bool = False
    quota: bool = False
    fact: str | None = None
    replaced_by: Id | None = None
    metrology: Metrology = Metrology(mode="none")
    life_years: Annotated[int, Field(ge=0)] | None = None
    price: Price | None = None
    note: str | None = None
