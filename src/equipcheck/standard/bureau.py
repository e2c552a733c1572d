"""The bureau: the facts that columns, conditions and quantity rules read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Fact = str | int | Decimal | bool

FACT_MAX = 10**7
"""The largest head-count or vehicle count that is accepted; with it all sums fit 64-bit integers."""

HEAD_COUNTS = {
    "staff": "执法人员",
    "main_posts": "主要执法岗",
    "authorized": "编制",
    "on_roll": "编制内实有人数",
    "vehicles": "执法车辆",
    "departments": "内设机构",
    "teams": "执法中队",
    "vehicle_quota": "车辆编制",
}
"""The usual numbers, as outputs call them; each is a fact of its own."""

FACT_NAMES = HEAD_COUNTS | {"level": "层级", "region": "地区", "grade": "建设等级", "climate": "气候区"}

FACT_UNITS = dict.fromkeys(HEAD_COUNTS, "人") | {
    "vehicles": "辆",
    "vehicle_quota": "辆",
    "departments": "个",
    "teams": "个",
}


@dataclass(frozen=True, slots=True)
class Bureau:
    """One bureau: its code in a fleet ("" where there is one), its name, and its facts."""

    name: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    code: str = ""


_YES_NO = {"true": "true", "yes": "true", "是": "true", "false": "false", "no": "false", "否": "false"}


def as_text(value: Fact) -> str:
    """A fact as conditions compare it: yes/no as true/false, whole numbers without a point, words as they are."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    text = str(value).strip()
    return _YES_NO.get(text.lower(), text)


def fact_order(name: str) -> tuple[int, str]:
    """The usual head-counts in their order, then all other facts by name."""
    names = list(HEAD_COUNTS)
    return (names.index(name) if name in names else len(names), name)


_IN_CODE = {
    "level": {"省级": "province", "省": "province", "市级": "city", "市": "city", "县级": "county", "区县级": "county",
              "县区级": "county", "区级": "county", "县": "county", "区": "county"},
    "region": {"东部": "east", "中部": "central", "西部": "west"},
}  # fmt: skip


def in_code(name: str, value: Fact) -> Fact:
    """A level or region as standards write it, also where people wrote it in Chinese."""
    known = _IN_CODE.get(name, {})
    return known.get(value.strip(), value) if isinstance(value, str) else value
