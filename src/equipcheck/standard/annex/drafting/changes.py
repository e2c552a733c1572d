"""Remarks and notes by which numbers would be others: 另增1台, 减半, 二选一, 仅限沿海地区; and of what they say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from equipcheck.standard.annex.drafting.duties import CLAUSES, RIDER, counts_otherwise
from equipcheck.standard.annex.language.bearing import Bearing, bearing_of, counted_thing, part_in
from equipcheck.standard.annex.language.marks import NOTE_HEAD
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.prose import bureaus_in
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import Facts, longest, words
from equipcheck.standard.tokens import UNITS, flat

_VERBS = re.compile("可以?|应(?!急)当?|须|必须|宜|再|均|都|适当|酌情|统一|数量|配[备置]|按|由|每")
_NO_THING = re.compile(
    "[0-9一二两三四五六七八九十每人]|(?:单位|机构|部门|地区|区域|数量|标准|[省市县区镇局队站所])$|^(?:本|上|以|各|其余|其他|有|无|仅|限|可|与|和|同|用|由|按|含|包括|采用|使用)"
)
_MORE = re.compile("(?:可|宜|鼓励|支持|酌情|适当).*(?:增[配加设购]?|加配|提高|上浮|高于|扩充)")
_OF_THE_ROW = re.compile("选|代|抵|折")
_BINDING = re.compile("应|须|不得|减|倍|比例|折|替代|代替|选[一二1-9]")
_NOT_ALONE = re.compile("由|统一|统配|集中|采购|负责|以[上下外]|[除仅只限]|不含")
_SHORT_LEVELS = re.compile("[省市县区](?:[、和及与][省市县区])+(?=[不可应须宜自按均暂])")
_CONDITION = re.compile("(?:的|时|后|的?(?:单位|机构|地区|[县区市站所队点]))$")
_MEANS = re.compile(
    r"^[“\"'「]?(?P<what>[^“”\"'「」]{1,8})[”\"'」]?(?:标准|类)?(?P<verb>适用于|表示|代表|是指|系指)"
)
_CLASS = re.compile("[A-Za-z甲乙丙丁ⅠⅡⅢ一二三四]+(?:类|档|级|型)?(?:地区|机构|单位|站|队)?")


@dataclass(frozen=True, slots=True)
class Change:
    """What a clause would change: its words, and the thing it says it of ("" where it may be of all)."""

    words: str
    thing: str
    part: str = ""  # the accessory whose number it is, not the row's
    other: str = ""  # the thing of which it says how many; of a row that is called otherwise it says nothing
    weak: bool = False  # names heads or a year, and no equipment


@lru_cache(maxsize=4096)
def changes_in(text: str, limit: str, *, known: bool = False) -> tuple[Change, ...]:
    """The clauses by which numbers would be others, or some bureaus' alone, or that are not known to be harmless.

    That more may be had changes no floor; what a sign or a column's name means changes nothing. `known`: the text is
    a title or a column's of which nothing else bears on numbers: only what surely changes one is told.
    """
    found = []
    clauses = [clause for clause in CLAUSES.split(text) if clause.strip()]
    for clause, behind in zip(clauses, [*clauses, ""][1:], strict=True):
        plain = NOTE_HEAD.sub("", squeeze(clause))
        if RIDER.search(plain) or _explains(plain) or _only_more(plain, limit):
            continue
        told = words().changes.search(plain) or words().conditions.search(plain)
        bears = Bearing.NUMBER if told else Bearing.NONE if known else _unless_counted(plain)
        if bears is Bearing.NONE or (_CONDITION.search(plain) and _only_more(squeeze(behind), limit)):
            continue
        of_row = told is not None and _OF_THE_ROW.search(told[0])
        thing = "" if of_row else _thing(plain[: told.start()] if told else plain)
        whole = f"{flat(clause)}，{flat(behind)}" if behind and _CONDITION.search(plain) else flat(clause)
        weak = bears is Bearing.CIRCUMSTANCE
        found.append(Change(whole, thing, part_in(plain), counted_thing(plain), weak))
    return tuple(found)


def _only_more(plain: str, limit: str) -> bool:
    """Whether a clause only allows more than the number, which changes no floor."""
    return limit == "floor" and bool(_MORE.search(plain)) and not _BINDING.search(plain)


def _unless_counted(plain: str) -> Bearing:
    """How a clause bears on a number, where nobody else reads it: by what numbers count, required or optional."""
    if counts_otherwise(plain) or words().duty_hints.search(plain):
        return Bearing.NONE
    return bearing_of(plain)


def _explains(plain: str) -> bool:
    """Whether a clause says what a sign or a column's own name means: 「一级适用于省级站」."""
    told = _MEANS.match(plain)
    if told is None:
        return False
    if told["verb"] == "表示" or told["verb"] == "代表":
        return True
    return bool(facts_of(told["what"])) or _CLASS.fullmatch(told["what"]) is not None


def _thing(subject: str) -> str:
    """The one thing that a clause begins with; "" where it is none, or bureaus, or equipment as such."""
    plain = _VERBS.split(subject)[0].removesuffix("的")
    if not plain or len(plain) > 10 or _NO_THING.search(plain) or facts_of(plain):
        return ""
    return "" if words().bureau_words.search(plain) or plain in words().quantity_words else plain


def is_class(thing: str) -> bool:
    """Whether a thing's name is that of a class: 防护装备."""
    return re.search(f"(?:{longest(words().class_words)})$", thing) is not None


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(f"[0-9一二两三四五六七八九十]({longest(UNITS)})|[配免]")


def levels_of(clause: str) -> Facts:
    """The bureaus that alone a remark's clause is of, where it begins with them: 「市级含应急处置车1辆」."""
    found = Facts()
    for one in CLAUSES.split(clause):
        plain = NOTE_HEAD.sub("", squeeze(one))
        short = _SHORT_LEVELS.match(plain)
        if short and not _NOT_ALONE.search(plain):
            found |= facts_of(f"{short[0]}级")
        elif not _NOT_ALONE.search(plain) and any(bureaus_in(plain[:end]) for end in range(2, 6)):
            found |= bureaus_in(plain)
    return found


@lru_cache(maxsize=4096)
def speaks_of_bureaus(text: str) -> str:
    """The clause of a remark that begins with a level, a region or a grade (「县级1架」); "" where none does."""
    for clause in CLAUSES.split(text):
        plain = re.sub("^(?:仅|只|限|对|在|于|除|不?含|包括)+", "", squeeze(clause))
        speaks = _counted().search(plain)
        if (
            speaks
            and not re.search("[栏列行]", plain)
            and any(bureaus_in(plain[:end]) for end in range(2, 6))
        ):
            return flat(clause)
    return ""
