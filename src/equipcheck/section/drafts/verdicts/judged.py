"""A verdict on one statement, before it has a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from equipcheck.section.drafts.statements.form import Turn
from equipcheck.section.drafts.statements.statement import Statement

About = Literal["missing", "held", "number", "rate", "standard"]
Verdict = Literal["agrees", "contradicts", "unknown"]

_ABOUT: Mapping[Turn, About] = {
    "none": "missing",
    "gap": "missing",
    "planned": "missing",
    "no_gap": "held",
    "held": "held",
    "bought": "held",
    "usable": "held",
    "unusable": "held",
    "required": "number",
    "rate": "rate",
}
_WORDS: Mapping[Turn, str] = {
    "none": "没有",
    "gap": "不足",
    "planned": "计划配备（即尚缺）",
    "no_gap": "已配齐",
    "held": "已配备",
    "bought": "购置",
    "usable": "可用",
    "unusable": "不能使用",
    "required": "应配",
    "rate": "配备率",
    "weak": "落后老化",
}
_FACT = {"staff": "每人", "vehicles": "每车", "teams": "每队"}
_LOOSE = {"about": "约", "least": "至少", "most": "不到"}
_LACK = re.compile("缺|不足|空白")


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim without its place: what it is about, of which requirement and kind, and the verdict."""

    requirement: str | None
    kind: str | None
    about: About
    verdict: Verdict
    because: str


def about(said: Statement) -> About:
    """What a statement is about."""
    if said.turn == "rate":
        return "rate"
    if said.number is not None:
        return "number"
    if said.turn == "no_gap" and _LACK.search(said.words):
        return "missing"  # 「不存在短缺」
    return _ABOUT[said.turn]


def stated(said: Statement) -> str:
    """What the draft says, in a word: 「缺2」「已配备3」「每人1」."""
    if said.rate:
        return f"配备率{said.rate}"
    word = "没有缺口" if said.turn == "no_gap" and _LACK.search(said.words) else _WORDS[said.turn]
    if said.number is None:
        return word
    if said.fact:
        return f"{_FACT[said.fact] if said.per == 1 else f'每{said.per}人'}{said.number}"
    word = "缺" if said.turn in ("gap", "none") else word
    return word + _LOOSE.get(said.loose, "") + str(said.number)
