"""Column headings: which words name which field. The words are data (`standards/vocabulary/ledger.yaml`)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from equipcheck.ground.patterns import pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.values.numerals import measure_word
from equipcheck.ledger.values.text import squash
from equipcheck.ledger.words.form import LedgerWords, plain

_WORDS = words_of(LedgerWords)
HEADINGS = _WORDS.headings
"""Field → headings, best first: of two columns for one field the better heading wins, the other is kept as is."""
OTHERS = frozenset(_WORDS.other_headings)
"""Headings of no use here: they help to recognise a header row, and their columns are kept as they are."""

_RANK = {
    heading: (field, rank) for field, headings in HEADINGS.items() for rank, heading in enumerate(headings)
}
STRONG = HEADINGS["name"].index("项目名称")  # headings of lower rank name an asset beyond doubt
WEAKER = 100  # added to the rank of a heading that is known by a part of it
_ENDINGS = tuple((field, words) for field, words in _WORDS.heading_endings.items())
_PAIRS = tuple(
    (field, [pattern("|".join(words)) for words in (pair.deed, pair.time)])
    for field, pair in _WORDS.heading_pairs.items()
)
LONGEST_PAIR = 8
_FOREIGN = pattern("|".join(map(re.escape, _WORDS.foreign_words)))
_PARTS = pattern(r"[/、及和与或]")
_IN_YUAN = pattern(r"[,，:：]?(?:单位)?[:：]?(?:人民币)?万?元$")
_BRACKETS = pattern(r"[(\[【〔<《]([^()\[\]【】〔〕<>《》]*)[)\]】〕>》]")
_TWO_LANGUAGES = pattern(r"([!-~]*[A-Za-z][!-~]*)([^!-~]+)|([^!-~]+)([!-~]*[A-Za-z][!-~]*)")
_GENERIC = pattern(r"(?:基本|资产|设备|相关)?(?:信息|情况|内容|资料)$")
NAME_LIKE = (
    r"[名品资資设設仪儀装裝物车車]|(?i:name|description|equipment|instrument)"  # in every heading of a name
)
MAX_LENGTH = 24  # characters of a heading; longer ones are sentences


class Heading(NamedTuple):
    """What a heading means: a field (None: known, but of no use here) and how good a name for it this is."""

    field: str | None
    rank: int = 0


@lru_cache(maxsize=4096)
def heading_of(text: str) -> Heading | None:
    """What a heading's text means, None where it is none that is known."""
    if not text or len(text) > 4 * MAX_LENGTH:
        return None
    word = plain(text)
    bare = _BRACKETS.sub("", word)
    for candidate in (word, bare, _IN_YUAN.sub("", bare)):
        if candidate in _RANK:
            return Heading(*_RANK[candidate])
        if candidate in OTHERS:
            return Heading(None)
    if not bare or len(bare) > MAX_LENGTH:
        return None
    first = _PARTS.split(bare)[0]
    if first != bare and first in _RANK:
        field, rank = _RANK[first]
        return Heading(field, rank + WEAKER)
    return _in_two_languages(bare) or _by_ending(bare)


def _in_two_languages(word: str) -> Heading | None:
    """「Qty 数量」, 「购置日期 Date」: what the Chinese says, where the English is a heading too."""
    found = _TWO_LANGUAGES.fullmatch(word)
    if found is None:
        return None
    english, chinese = plain(found[1] or found[4]).strip("/|-"), (found[2] or found[3]).strip("/|-")
    return heading_of(chinese) if english in _RANK or english in OTHERS else None


def _by_ending(word: str) -> Heading | None:
    """A heading of more words than the vocabulary has: 「执法装备名称」, 「仪器检定有效期至」."""
    if foreign(word):
        return None
    by_end = next((Heading(field, 2 * WEAKER) for field, end in _ENDINGS if word.endswith(end)), None)
    if by_end is not None or len(word) > LONGEST_PAIR:
        return by_end
    return next(
        (Heading(field, 3 * WEAKER) for field, pair in _PAIRS if all(p.search(word) for p in pair)), None
    )


def foreign(word: str) -> bool:
    """Whether a heading speaks of something else than the asset: of a contract, a factory, a licence."""
    return _FOREIGN.search(word) is not None


def heading_under(upper: str, lower: str) -> Heading | None:
    """What a heading below another means: both together, else the lower, else the upper one."""
    if not plain(lower):
        return heading_of(upper)
    both = heading_of(_GENERIC.sub("", plain(upper)) + plain(lower))
    return both or _of_count(upper, lower) or heading_of(lower) or _turned(upper, lower)


def _turned(upper: str, lower: str) -> Heading | None:
    """「账面」 under 「数量」 is 账面数量."""
    found = heading_of(plain(lower) + plain(upper))
    return found if found is not None and heading_of(upper) is not None else None


def _of_count(upper: str, lower: str) -> Heading | None:
    """「账面数」 or 「盘点情况」 over 「数量」: which of the two; under 「盘盈」 nothing counts."""
    low = heading_of(lower)
    if low is None or low.field not in {"quantity", "unit_price", "total_price", "status", "acquired"}:
        return None
    above = plain(upper)
    if re.search(r"期末|年末|结存|现有|实有", above) and low.field in {"quantity", "total_price"}:
        return Heading(low.field, -1)
    if re.search(r"期初|年初|上年", above):
        return Heading(None)
    if low.field == "quantity" and re.search(r"账面|帐面|账存|帐存|登记", above):
        return Heading("book_quantity", 9)
    if low.field == "quantity" and re.search(r"实盘|实存|实有|盘点|清查|盘存", above):
        return Heading("counted_quantity", 9)
    if low.field == "quantity" and (found := re.search(r"盘盈|盘亏", above)):
        return Heading("gained_quantity" if found[0] == "盘盈" else "lost_quantity", 9)
    if re.search(r"盘盈|盘亏|差异|处置|调入|调出|增加|减少|折旧", above):
        return Heading(None)
    return None


_UNIT_ALONE = pattern(r"[(（]?(?:万?元|年[-/.]月([-/.]日)?|[yY]{4}.*)[)）]?")


def unit_alone(text: str) -> bool:
    """Whether a storey of a heading only says in what its column is given: 「台/套」, 「万元」, 「年-月-日」."""
    return bool(_UNIT_ALONE.fullmatch(squash(text))) or measure_word(squash(text))


def money_scale(text: str) -> int:
    """How many 元 one unit of a money column is: 10000 where the heading says 万元."""
    if _UNIT_ALONE.fullmatch(squash(text)):
        return 10_000 if "万" in squash(text) else 1
    found = _BRACKETS.search(squash(text))
    inside = found[1] if found else squash(text).partition(",")[2]
    return 10_000 if "万" in inside else 1
