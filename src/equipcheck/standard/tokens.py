"""The words of a standard's cell: numbers, measure words, heads to count by, and the few verbs between them.

Texts are read as displayed. Full-width forms and Chinese numerals are numbers; white space separates
numbers (「5 3」 is two) and nothing else. A character that belongs to no word is a token of its own, so that
a text the grammar does not know can never be taken for one that it knows.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from equipcheck.ground.patterns import pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.values.numerals import chinese_number
from equipcheck.standard.annex.language.form import AnnexWords
from equipcheck.standard.halfwidth import MARKS, halfwidth

TokenKind = Literal[
    "number", "percent", "unit", "head", "vehicle", "fact", "measure", "word", "mark", "dash", "other"
]


class Token(NamedTuple):
    """One word: its kind, its canonical text, and its value where it is a number."""

    kind: TokenKind
    text: str
    value: Decimal | None = None


UNITS = (
    *"台套部辆个件只支把艘架条双副付顶具组箱块张本根枚瓶盒包对份卷袋桶盏间处座项式批节片颗株匹幅面杆罐筒捆",
    *"盘床身头门口米升",
    *("公斤", "千克", "人份", "台套", "台件", "套件"),
)
"""Measure words that can follow a number of things."""

VERBS = {
    "不少于": "min",
    "不低于": "min",
    "不得少于": "min",
    "不得低于": "min",
    "不小于": "min",
    "最低": "min",
    "至少": "min",
    "最少": "min",
    "下限": "min",
    "≥": "min",
    ">=": "min",
    "≧": "min",
    "⩾": "min",
    "不超过": "max",
    "不得超过": "max",
    "不多于": "max",
    "不高于": "max",
    "不大于": "max",
    "至多": "max",
    "最多": "max",
    "最高": "max",
    "上限": "max",
    "≤": "max",
    "<=": "max",
    "≦": "max",
    "⩽": "max",
    "每": "per",
    "人均": "per-head",
    "人手": "per-head",
    "单位": "self",
    "机构": "self",
    "局": "self",
    "按照": "by",
    "按": "by",
    "配备": "give",
    "配置": "give",
    "配": "give",
    "应配备": "give",
    "应配": "give",
    "须配备": "give",
    "设置": "give",
    "共计": "give",
    "总计": "give",
    "共": "give",
    "各": "each",
    "的": "of",
    "数": "of",
    "数量": "of",
    "总数": "of",
    "总量": "of",
    "计": "counted",
    "计算": "counted",
    "核定": "counted",
    "且": "and",
    "并": "and",
    "及以上": "or-more",
    "以上": "above",
    "尾数": "rest",
    "余数": "rest",
    "不足": "short-of",
    "选配": "optional",
    "选备": "optional",
    "选装": "optional",
    "必配": "required",
    "必备": "required",
    "必装": "required",
    "向下取整": "down",
    "向上取整": "up",
}
_MEASURES = frozenset("名位个辆台部")
DASHES = frozenset("-‐‑‒–—―−─━﹘﹣⸺⸻ｰー")

_CHINESE_DIGITS = "零〇一壹二两贰三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟"
_ARABIC = pattern(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?")
_NUMERAL = f"0-9{_CHINESE_DIGITS}"
_BLANK = pattern(rf"(?<![{_NUMERAL}.,]) | (?![{_NUMERAL}])")
"""A blank separates numbers (「5 3」 is two); elsewhere it is only the width of a column."""
_BREAK = pattern(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]\s*(?=[^\x00-\x7f])")
_AS_NEEDED = pattern(
    "(?:按需要?|(?:按照?|根据|视)(?:实际|工作|业务|执法|任务|自身)*(?:需要|需求)(?:情况)?)(?:合理|适当)?(?:配备|配置|配(?!备|置))?"
)
NO_NUMBER = frozenset(
    ("无", "不配备", "不配", "不要求", "不作要求", "无要求", "不需配备", "无需配备", "不设", *"×✕✗✘")
)
"""Cells that say in words that nothing is asked for."""
_CHINESE = pattern(f"[{_CHINESE_DIGITS}]+")


@cache
def fact_words() -> dict[str, str]:
    """Words that say what is counted by, beside 人 (`staff`) and 车 (`vehicles`): the annexes' own list.

    A measure word in front is read by itself: 每名执法人员, 每台车.
    """
    turned = {word: fact for fact, written in words_of(AnnexWords).bases.items() for word in written}
    return {
        word: fact
        for word, fact in turned.items()
        if len(word) > 1 and not (word[0] in _MEASURES and word[1:] in turned)
    }


@cache
def _words() -> list[tuple[str, TokenKind, str]]:
    """Every word that the grammar knows, the longest first."""
    found: list[tuple[str, TokenKind, str]] = [
        *((word, "unit", word) for word in UNITS),
        *((word, "fact", fact) for word, fact in fact_words().items()),
        *((word, "word", verb) for word, verb in VERBS.items()),
        *((word, "mark", mark) for word, mark in MARKS.items()),
        ("人", "head", "staff"),
        ("车", "vehicle", "vehicles"),
        ("名", "measure", "名"),
        ("位", "measure", "位"),
        ("%", "percent", "%"),
        ("％", "percent", "%"),
    ]
    return sorted(found, key=lambda item: -len(item[0]))


def flat(text: str) -> str:
    """A text on one line; a line break between Chinese characters separates nothing."""
    return " ".join(_BREAK.sub("", text.strip()).split())


def tokens(text: str) -> list[Token]:
    """The words of a text, in order."""
    text = _BLANK.sub("", " ".join(halfwidth(text).split()))
    found: list[Token] = []
    at = 0
    while at < len(text):
        token, at = _next(text, at)
        if token is not None:
            found.append(token)
    return found


def _next(text: str, at: int) -> tuple[Token | None, int]:
    char = text[at]
    if char == " ":
        return None, at + 1
    number = _ARABIC.match(text, at)
    if number:
        return Token("number", number[0], Decimal(number[0].replace(",", ""))), number.end()
    needed = _AS_NEEDED.match(text, at)
    if needed:
        return Token("word", "as-needed"), needed.end()
    for word, kind, canonical in _words():
        if text.startswith(word, at):
            return Token(kind, canonical), at + len(word)
    numeral = _CHINESE.match(text, at)
    if numeral:
        value = chinese_number(numeral[0])
        if value is not None:
            return Token("number", numeral[0], Decimal(value)), numeral.end()
        return Token("other", numeral[0]), numeral.end()
    if char in DASHES:
        end = at
        while end < len(text) and text[end] in DASHES:
            end += 1
        return Token("dash", "-"), end
    return Token("other", char), at + 1
