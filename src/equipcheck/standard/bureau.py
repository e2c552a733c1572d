"""The bureau: the facts that columns, conditions and quantity rules read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from equipcheck.ground.closed_words import SETS, codes_by_word
from equipcheck.problems.nearby import near

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


class Bureau(NamedTuple):
    """One bureau: its code in a fleet ("" where there is one), its name, and its facts."""

    name: str = ""
    facts: Mapping[str, Fact] = {}
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


USUAL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    name: SETS[name] for name in ("level", "region", "grade", "climate")
}
"""The usual facts that are words of a closed set: each word, and how people write it in Chinese (first: as shown)."""

CODES = {name: codes_by_word(name) for name in USUAL}
"""Each usual fact's words as people may write them → the word."""


def in_code(name: str, value: Fact) -> Fact:
    """A usual fact's value as standards write it, also where people wrote it in Chinese."""
    return CODES.get(name, {}).get(as_text(value), value) if isinstance(value, str) else value


def in_chinese(name: str, value: Fact) -> str:
    """A usual fact's value as people say it; others as they are."""
    text = as_text(value)
    return USUAL.get(name, {}).get(text, (text,))[0]


def stray(name: str, value: Fact) -> tuple[str, str] | None:
    """What a usual fact may be, and the word that a value outside that set comes nearest to; None where it is good."""
    known = CODES.get(name)
    if known is None or as_text(value) in known:
        return None
    return "、".join(f"{words[0]} {code}" for code, words in USUAL[name].items()), near(as_text(value), known)
