"""The turns in which drafts speak of equipment: the patterns of the vocabulary, over clauses with masked names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from equipcheck.ground.vocabulary import words_of
from equipcheck.section.drafts.statements.form import DraftTurns, Turn
from equipcheck.section.drafts.statements.numbers import DIGITS, NOT_COUNTED, UNIT
from equipcheck.section.drafts.statements.words import longest, words

NAME, ALL, VOID, TITLE = "\ue000", "\ue001", "\ue003", "\ue004"
"""A name of equipment, equipment as a whole, what only belongs to equipment (「声级计电池」), a title in 《》."""

_X = f"[^,;:。{NAME}{ALL}{VOID}{TITLE}]"
FORMS = {
    "x": _X,
    "x_colon": _X.replace(":", ""),
    "x_plain": _X.replace("^", "^未没无内"),
    "digits": DIGITS,
    "unit": UNIT,
    "counted": f"{DIGITS}{UNIT}(?!{NOT_COUNTED})",
    "name": NAME,
    "all": ALL,
    "title": TITLE,
    "void": VOID,
    "han": "[\u4e00-\u9fff]",
    "body": "(?:(?![的了未没不有配缺购和及与对为将把由向])[\u4e00-\u9fff])",
    "few": "[约近仅]?[\\d一二两三四五六七八九十]",
    **{one: "|".join(longest(words(one))) for one in ("reports", "own_look")},
    **{
        one: "|".join(longest(words("whose", one))) for one in ("unsure", "fields", "background", "inspected")
    },
}


def _spelled(pattern: str, forms: Mapping[str, str]) -> str:
    """A pattern of the vocabulary as a regular expression."""
    reaching = re.sub(r"…(\d+)", rf"{_X}{{0,\1}}?", pattern)
    return re.sub(r"\{([a-z_]+)\}", lambda one: forms[one[1]], reaching)


def turn_patterns(section: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of one section of the vocabulary, as written."""
    found: Mapping[str, tuple[str, ...]] = getattr(words_of(DraftTurns), section)
    return found


def phrases(section: str) -> list[str]:
    """The patterns of one section of phrases, in their order."""
    return ["|".join(_spelled(one, FORMS) for one in listed) for listed in turn_patterns(section).values()]


def mark(name: str) -> re.Pattern[str]:
    """A pattern of `marks`, by its name."""
    return re.compile("|".join(_spelled(one, FORMS) for one in turn_patterns("marks")[name]))


def _patterns() -> tuple[tuple[Turn, str], ...]:
    forms = dict(FORMS)
    for part, listed in turn_patterns("parts").items():
        forms[part] = "|".join(_spelled(one, forms) for one in listed)
    return tuple(
        (cast("Turn", key.split(".")[0]), "|".join(_spelled(one, forms) for one in listed))
        for key, listed in turn_patterns("turns").items()
    )


TURN_PATTERNS: tuple[tuple[Turn, str], ...] = _patterns()
"""`standards/vocabulary/turns.yaml`, in its order."""

TAKES_OBJECT: frozenset[Turn] = frozenset(
    {"gap", "none", "no_gap", "required", "held", "usable", "bought", "planned", "unusable"}
)
WEAK_HELD = frozenset({"只有", "仅有", "配备", "配置", "有", "仅", "只", "共", "共计", "合计", "总计"})
"""Words that say that something is there only with a number or a name right behind."""

EXPIRED = re.compile("期|检|校|周期|证书")
BROKEN = re.compile("损|坏|故障|修|失灵|瘫痪|停")
SCRAPPED = re.compile("报废|处置")
LENT = re.compile("借")
GONE = re.compile("丢失|遗失")
