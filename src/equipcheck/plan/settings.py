"""What a plan may be steered by: the shipped defaults, and over them the project's own `plan:`.

Limits, dates and weights are settings, never law; every output prints the values that were used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from equipcheck.ground.records import Record
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.validation import read, validate
from equipcheck.ground.yamlfile import Document, load
from equipcheck.problems import InputError
from equipcheck.project.project import Project

if TYPE_CHECKING:
    from pydantic import AfterValidator, Field

    from equipcheck.ground.fields import Id

Weight: TypeAlias = "Annotated[Decimal, Field(ge=0, le=1000)]"
Share: TypeAlias = "Annotated[Decimal, Field(ge=0, le=1)]"
Money: TypeAlias = "Annotated[Decimal, Field(ge=0)]"
Days: TypeAlias = "Annotated[int, Field(ge=0, le=400)]"


def _month_day(text: str) -> str:
    """A day of every year, as 「11-30」."""
    try:
        dt.date.fromisoformat(f"2023-{text}")
    except ValueError:
        raise ValueError("月-日，如 11-30") from None
    return text


MonthDay: TypeAlias = "Annotated[str, AfterValidator(_month_day)]"


class Weights(Record):
    """What makes a gap urgent; only the proportions matter. Some share must always be missing, so its weight is > 0."""

    attested: Weight
    required: Weight
    nothing_held: Weight
    share_missing: Annotated[Decimal, Field(gt=0, le=1000)]
    on_site: Weight
    named: Weight
    lapsing: Weight
    cost: Weight


class CostBand(Record):
    """A gap that costs at most `upto` CNY gets this share of the cost weight."""

    upto: Money
    share: Share


class Limits(Record):
    """分散采购限额 in CNY by level."""

    province: Money
    city: Money
    county: Money


class Procurement(Record):
    """公开招标数额标准 and 分散采购限额, in CNY."""

    open_tender: Money
    limit: Limits


class Calendar(Record):
    """Days between the steps of a purchase, counted back from the wanted date. Three of them have a legal minimum."""

    wanted: MonthDay
    budget_request: MonthDay
    intention_days: Annotated[int, Field(ge=30, le=400)]  # 财库〔2020〕10号
    tender_days: Annotated[int, Field(ge=20, le=400)]  # 政府采购法 art. 35
    consultation_days: Annotated[int, Field(ge=10, le=400)]  # 财库〔2014〕214号 art. 10
    quotation_days: Days
    evaluation_days: Days
    contract_days: Days
    delivery_days: Days
    acceptance_days: Days
    verification_lead_days: Days


class Transfer(Record):
    """Units that another body has agreed to hand over."""

    requirement: Id
    quantity: Annotated[int, Field(ge=1)]
    from_: Annotated[str, Field(alias="from", min_length=1)]


class Settings(Record):
    """Everything that steers a plan."""

    format: Literal[1] = 1
    weights: Weights
    on_site_kinds: tuple[Id, ...]
    named: tuple[Id, ...]
    cost_bands: tuple[CostBand, ...]
    default_months: Annotated[int, Field(ge=1, le=600)]
    procurement: Procurement
    calendar: Calendar
    transfers: tuple[Transfer, ...] = ()


def _path() -> Path:
    return shipped_dir() / "plan" / "settings.yaml"


def shipped_settings() -> Settings:
    """The settings of a project that says nothing of its own."""
    return read(Settings, _path(), "plan/settings.yaml", ["plan/settings.py"])[0]


def read_settings(project: Project) -> Settings:
    """The shipped settings with the project's `plan:` over them. Raises InputError with every mistake."""
    if not project.plan:
        return shipped_settings()
    shipped = load(_path(), "plan/settings.yaml")
    own = project.document or Document("equipcheck.yaml", {"plan": dict(project.plan)})
    merged = own.but(data={"plan": _over(shipped.data, project.plan)})
    settings, problems = validate(Settings, merged, ("plan",))
    if settings is None or problems:
        raise InputError(problems)
    return settings


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The base with the project's values over it, mapping by mapping; lists are replaced whole."""
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        merged[key] = (
            _over(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
        )
    return merged
