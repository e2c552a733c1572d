"""A published equipment standard as data: editions, columns, rows and their quantity rules.

The form is that of `standards/*.yaml`. Shorthands (`county: 2`, a bare rule where there is one column) are
spelled out on reading, so that the rest of the program sees one form only.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, cast

from equipcheck.ground.days import EXPECTED, parse_day
from equipcheck.ground.records import Record, after, before
from equipcheck.standard.bureau import in_code

if TYPE_CHECKING:
    from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints

    from equipcheck.ground.fields import Count, Day, FactName, Id, InChinese, Yuan

ONE_COLUMN = "all"
"""The id of the column of a standard that names none."""

Level = Literal["province", "city", "county"]
Obligation = Literal["required", "optional"]
TrustInQuantity = Literal["official", "reprint", "estimate"]
TrustInKind = Literal["attested", "assumed"]
Scalar = str | int | Decimal | bool


class Condition(Record):
    """What one fact must be: one of `values`, or a number from `min` to `max`."""

    values: tuple[Scalar, ...] | None = None
    min: Decimal | None = None
    max: Decimal | None = None

    @before
    @classmethod
    def _spell_out(cls, data: Any) -> Any:
        if isinstance(data, Condition) or (isinstance(data, dict) and "values" in data):
            return data
        if isinstance(data, dict):
            if not data:
                raise ValueError("一个值、一组值，或 {min: 下限, max: 上限}")
            return data
        if isinstance(data, list):
            if not data or any(item is None or isinstance(item, (dict, list)) for item in data):
                raise ValueError("一组值，如 [east, central]")
            return {"values": tuple(data)}
        if data is None:
            raise ValueError("一个值、一组值，或 {min: 下限, max: 上限}")
        return {"values": (data,)}


def _in_code(data: Any) -> Any:
    """Usual facts' values in Chinese (「市级」) as the words that they stand for."""
    if not isinstance(data, dict):
        return data
    return {
        name: [in_code(name, one) for one in value] if isinstance(value, list) else in_code(name, value)
        for name, value in data.items()
    }


When: TypeAlias = "Annotated[dict[FactName, Condition], BeforeValidator(_in_code)]"


class Tier(Record):
    """One slice of a tiered rule: the fact's part up to `upto` (None: without end)."""

    upto: Annotated[int, Field(ge=1)] | None = None
    every: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    count: Count = 1
    percent: Annotated[Decimal, Field(ge=0, le=10000)] | None = None
    round: Annotated[Literal["up", "down"], InChinese("round")] = "up"


class QuantityRule(Record):
    """How many units a column of a row asks for.

    amount = fact × percent/100 ÷ every, rounded by `round`, × count; then at least `min`, at most `max`.
    Without `per` the rule is `count`. `tiers` apply the same to each slice of the fact; `sum` adds parts.
    """

    per: FactName | None = None
    every: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    count: Count = 1
    percent: Annotated[Decimal, Field(ge=0, le=10000)] | None = None
    min: Count | None = None
    max: Count | None = None
    round: Annotated[Literal["up", "down"], InChinese("round")] = "up"
    tiers: tuple[Tier, ...] | None = None
    sum: tuple[QuantityRule, ...] | None = None
    as_needed: bool = False
    text: str | None = None
    note: str | None = None

    @before
    @classmethod
    def _spell_out(cls, data: Any) -> Any:
        if isinstance(data, bool) or data is None or isinstance(data, (str, list, Decimal)):
            raise ValueError("一个整数，或数量规则（per、count、sum、tiers、as_needed、text 之一）")
        if isinstance(data, int):
            return {"count": data}
        return data

    @after
    def _one_way(self) -> QuantityRule:
        given = cast("BaseModel", self).model_fields_set  # a validator runs on the model that checks
        ways = [
            name
            for name, used in (
                ("per", self.per is not None and self.tiers is None),
                ("tiers", self.tiers is not None),
                ("sum", self.sum is not None),
                ("as_needed", self.as_needed),
                ("text", self.text is not None),
            )
            if used
        ]
        if len(ways) > 1:
            raise ValueError(f"只用一种写法（现有 {'、'.join(ways)}）")
        if not ways:
            if "count" not in given:
                raise ValueError("写明 per、count、sum、tiers、as_needed 或 text 之一；min、max 不能单独使用")
            if given & {"every", "percent", "round"}:
                raise ValueError("写明 per（按哪个人数或车辆数计算），every、percent、round 才有意义")
        if (
            ways
            and ways[0] in ("tiers", "sum", "as_needed", "text")
            and given & {"every", "percent", "count", "round"}
        ):
            raise ValueError(f"{ways[0]} 不与 every、percent、count、round 同写（写进各分段或各部分）")
        self._check_parts(ways)
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min（{self.min}）不大于 max（{self.max}）")
        return self

    def _check_parts(self, ways: list[str]) -> None:
        if self.tiers is not None:
            if self.per is None:
                raise ValueError("tiers 与 per 同写（按哪个人数分段）")
            ends = [tier.upto for tier in self.tiers]
            if not ends:
                raise ValueError("tiers 至少一段")
            if None in ends[:-1] or any(
                first >= second for first, second in itertools.pairwise(ends) if first and second
            ):
                raise ValueError("tiers 的 upto 依次增大，只有最后一段可以不写")
        if self.sum is not None:
            if not self.sum:
                raise ValueError("sum 至少一部分")
            if any(part.as_needed or part.text is not None for part in self.sum):
                raise ValueError("sum 的各部分是能算出数的规则")
        if ways and ways[0] in ("as_needed", "text") and (self.min is not None or self.max is not None):
            raise ValueError(f"{ways[0]} 不与 min、max 同写")

    @after
    def _ratio_is_sane(self) -> QuantityRule:
        slices: tuple[QuantityRule | Tier, ...] = (self, *(self.tiers or ()))
        for part in slices:
            share = Fraction(100 if part.percent is None else part.percent) / 100 / Fraction(part.every)
            if share > 1000 or max(share.numerator, share.denominator) > 10**9:
                raise ValueError("percent、every 的取值合乎常理（每份不少于千分之一，小数位不过多）")
        return self

    @property
    def facts(self) -> frozenset[str]:
        """The bureau's numbers that the rule reads."""
        own = {self.per} if self.per else set()
        return frozenset(own.union(*(part.facts for part in self.sum or ())))


class Source(Record):
    """Where a row comes from, and how far its quantity (`status`) and its kind can be trusted."""

    place: str | None = None
    status: Annotated[TrustInQuantity, InChinese("status")]
    kind: Annotated[TrustInKind, InChinese("trust")] = "attested"
    document: str | None = None
    note: str | None = None


class Requirement(Record):
    """One row of a standard."""

    id: Id
    name: Annotated[str, StringConstraints(min_length=1)]
    category: str | None = None
    kinds: tuple[Id, ...] = ()
    obligation: dict[str, Annotated[Obligation, InChinese("obligation")]] = field(default_factory=dict)
    unit: str | None = None
    quantity: dict[str, QuantityRule] = field(default_factory=dict)
    when: When = field(default_factory=dict)
    service: bool = False
    source: Source
    price_limit: Yuan | None = None
    life_years: Annotated[int, Field(ge=0)] | None = None
    parameters: str | None = None
    note: str | None = None

    @property
    def said(self) -> str:
        """How messages name the row: by its name and its id."""
        return self.id if self.name == self.id else f"{self.name}（{self.id}）"


class Column(Record):
    """One column of the published table, and which bureaus read it."""

    id: Id
    label: str
    when: When = field(default_factory=dict)


class Verified(Record):
    """Who compared the file with the issuer's text, when, and the hash of what they compared.

    `content` is the fingerprint of the file's own content as they signed it (None: signed before there was one).
    """

    on: Day
    by: str | tuple[str, ...]
    sha256: str
    content: str | None = None

    @property
    def said(self) -> str:
        """Who signed what, in words."""
        names = self.by if isinstance(self.by, str) else "、".join(self.by)
        return f"{names} 于 {self.on} 核对，附件 SHA-256 {self.sha256}"


def _as_tuple(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def a_day_or_a_year(text: str) -> str:
    """A day in its usual writings as 2020-12-09, a year as it is. Raises ValueError with what is expected."""
    text = text.strip()
    if re.fullmatch(r"[0-9]{4}", text):
        return text
    day = parse_day(text)
    if day is None:
        raise ValueError(f'{EXPECTED}；只知年份时写年份（如 "2020"），不知道写 null')
    return day.isoformat()


def _a_date_or_a_year(value: str | dt.date | None) -> str | dt.date | None:
    return a_day_or_a_year(value) if isinstance(value, str) else value


class Standard(Record):
    """One edition of a published standard."""

    format: Literal[1] = 1
    id: Id
    family: Id
    title: Annotated[str, StringConstraints(min_length=1)]
    document: str | None = None
    issuer: str | None = None
    effective: Annotated[str | dt.date | None, AfterValidator(_a_date_or_a_year)] = None
    limit: Annotated[Literal["floor", "ceiling"], InChinese("limit")] = "floor"
    supersedes: Annotated[tuple[Id, ...], BeforeValidator(_as_tuple)] = ()
    extends: str | None = None
    note: str | None = None
    verified: Verified | None = None
    columns: tuple[Column, ...] = ()
    requirements: tuple[Requirement, ...]

    @before
    @classmethod
    def _spell_out(cls, data: Any) -> Any:
        """One column where none is named; obligations per column; `effective: 2020` as text."""
        if not isinstance(data, dict):
            return data
        data = dict(data)
        if isinstance(data.get("effective"), int) and not isinstance(data.get("effective"), bool):
            data["effective"] = str(data["effective"])
        bare = not data.get("columns")
        if bare:
            data["columns"] = [{"id": ONE_COLUMN, "label": "配备数量"}]
        rows = data.get("requirements")
        if isinstance(rows, list):
            data["requirements"] = [
                _spell_out_row(row, bare) if isinstance(row, dict) else row for row in rows
            ]
        return data

    @property
    def in_force_from(self) -> dt.date | None:
        """The first day in force; 1 January where only the year is known."""
        if self.effective is None or isinstance(self.effective, dt.date):
            return self.effective
        text = self.effective
        return dt.date(int(text), 1, 1) if len(text) == 4 else dt.date.fromisoformat(text)

    @property
    def year_only(self) -> bool:
        """Whether only the year of coming into force is known."""
        return isinstance(self.effective, str) and len(self.effective) == 4


def _spell_out_row(row: dict[str, Any], bare: bool) -> dict[str, Any]:
    row = dict(row)
    quantity = row.get("quantity")
    if bare and quantity is not None:
        row["quantity"] = {ONE_COLUMN: quantity}
    elif quantity is None:
        row.pop("quantity", None)
    given = row.get("obligation", "required")
    if isinstance(given, str) and isinstance(row.get("quantity"), dict):
        row["obligation"] = dict.fromkeys(row["quantity"], given)
    elif isinstance(given, str) and "quantity" not in row:
        row["obligation"] = {}
    return row
