"""Rows that are no assets of their own: totals, signatures and notes, headings of groups, samples, parts."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from enum import Enum

from equipcheck.ground.patterns import pattern
from equipcheck.ground.signatures import SIGNED
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.values.text import squash
from equipcheck.ledger.values.traditional import both
from equipcheck.ledger.words.form import LedgerWords


class Kind(Enum):
    """What a row under a heading is."""

    ASSET = "asset"
    BLANK = "blank"
    TOTAL = "total"
    GROUP = "group"
    NOTE = "note"
    SAMPLE = "sample"  # how to fill in
    PLAN = "plan"  # yet to be bought
    PART = "part"  # of the row above: 「其中：…」
    EARLIER = "earlier"  # what was left of a thing before: a later row says it anew
    CARRIED_ON = "carried_on"  # the lower line of the row above


_WORDS = {
    name: "|".join(map(re.escape, words))
    for name, words in words_of(LedgerWords).row_words.model_dump().items()
}
_TAIL = r"(?:$|[:：(（\d共].*)"
_TOTAL = (  # 「声级计 汇总」 is how a spreadsheet's subtotals are called
    r"(?:.{1,20}(?:汇总|计数|平均值)|总计数)$|(?:.{0,12}(?:合计|小计|总计|总合计)|(?:本页|本表|本期|全部|以上)?(?:共计|累计|总共)|(?i:(?:sub)?total)"
    rf"|{_WORDS['carried']})" + _TAIL + r"|(?:本页|本表|以上)(?:共计|合计|总计|累计|总共).{1,30}$"
)
_SIGNATURE = (
    SIGNED.pattern + r"|(?:备?注|附注|说明|填表说明|填报说明|注意事项)\d*[:：.、].*"
    r"|第\d+页.*|共\d+页.*|(?:日期|时间)[:：].*|\d{4}年\d{1,2}月\d{1,2}日|年月日|以下空白|此页无正文|[(（]?续(?:表|上表)?\d*[)）]?|接上表|未完待续|下页续|表\d+[(（]?续?[)）]?"
)
_HAN = "[一二三四五六七八九十]{1,3}"
ORDINAL = rf"(?:{_HAN}[、.,，)）]|[(（]{_HAN}[)）]|第{_HAN}(?:类|部分|章|节))"

_BELOW = r"以下(?:为|是|均|系|全部|资产|设备|各项|物品|装备|属|已).{1,30}"  # 「以下为已报废资产」

_SAMPLE = rf"[(（\[【]?(?:{_WORDS['sample']})\d{{0,2}}[)）\]】]?[:：]?"
_SAMPLE_OF = rf"(?:[(（\[【](?:{_WORDS['sample']})[)）\]】]|(?:{_WORDS['sample']})[:：]).+"
# With nothing else in the row: 「大写：…」, 「（含：卷尺、手电）」, and 「一中队」 over the rows of a team.
_LABEL = r"(?:[一-龥]{2,8}[:：].*|[(（].*[)）])"
_TEAM = r"[一-龥]{1,10}(?:队|科|股|局|办公室)"
_PART = rf"[(（]?(?:{_WORDS['part']})[)）]?[:：].+"

SUSPECT = both(
    rf"^(?:{_TOTAL}|{_SIGNATURE}|{ORDINAL}.*|{_BELOW}|{_HAN}|{_SAMPLE}|{_SAMPLE_OF}|{_PART}|{_LABEL})$"
)
SUSPECT_NAME = both(f"^(?:{_TEAM})$")  # among the names alone: many a ledger begins each row with its team
SPECIAL_MARK = r"[^ -~]|(?i:total)"  # numbers and codes of assets begin no special row
TOTAL = pattern(_TOTAL)
SAMPLE = pattern(rf"{_SAMPLE}|{_SAMPLE_OF}")
SAMPLE_SHEET = pattern(_WORDS["sample_sheet"])
PART = pattern(_PART)
LABEL = pattern(_LABEL)
TEAM = pattern(_TEAM)
SIGNATURE = pattern(_SIGNATURE)
GROUP = pattern(rf"{ORDINAL}.*|{_BELOW}")
_CODE = pattern(r"(?=.*\d)[!-~]{2,}")
NUMERAL = pattern(rf"{_HAN}|[(（]{_HAN}[)）]")


def looks_special(text: str) -> bool:
    """Whether a text is of the words that special rows begin with: SUSPECT for one text."""
    if text.isascii() and "total" not in text.lower():  # as SPECIAL_MARK says
        return False
    word = squash(text)
    return any(words.fullmatch(word) for words in (TOTAL, SIGNATURE, GROUP, NUMERAL, SAMPLE, PART, LABEL))


def classify(
    cells: Mapping[int, str],
    name: int | None,
    quantity: str | None,
    *,
    wide: bool = False,
    numbers: Container[int] = (),
) -> Kind:
    """What a row is. `cells`: its texts by column; `name`: the name's column; `quantity`: state of the cell.

    `quantity` is "number", "empty", a rejecting code, or None without such a column; `wide`: one cell merged
    over the row; `numbers`: the columns of asset and serial numbers, by which a row without a name is one.
    """
    if not cells:
        return Kind.BLANK
    words = {at: squash(text) for at, text in cells.items()}
    first = words[min(words)]
    called = words.get(name, "") if name is not None else ""
    if TOTAL.fullmatch(first) or TOTAL.fullmatch(called):
        return Kind.TOTAL
    if SAMPLE.fullmatch(first) or re.fullmatch(_SAMPLE_OF, called):
        return Kind.SAMPLE
    if quantity != "number":
        signed = [word for word in words.values() if SIGNED.fullmatch(word)]
        open_name = not called or bool(SIGNATURE.fullmatch(called))
        labelled = len(words) == 1 and LABEL.fullmatch(first) and not PART.fullmatch(first)
        if SIGNED.fullmatch(first) or SIGNATURE.fullmatch(called) or len(signed) > 1 or labelled:
            return Kind.NOTE
        numbered = any(at in numbers and _CODE.fullmatch(word) for at, word in words.items())
        numbered = numbered and not called and len(words) > 2
        # a date or a page alone: a name or a number beside it makes an asset
        if SIGNATURE.fullmatch(first) and open_name and not numbered:
            return Kind.NOTE
        if _is_group(words, first, called, wide=wide):
            return Kind.GROUP
        if name is not None and not called:
            return Kind.ASSET if numbered else Kind.NOTE
    return Kind.ASSET


def _is_group(words: Mapping[int, str], first: str, called: str, *, wide: bool) -> bool:
    if len(words) == 1:
        return wide or bool(GROUP.fullmatch(first)) or bool(TEAM.fullmatch(first))
    return len(words) == 2 and bool(called) and first != called and bool(NUMERAL.fullmatch(first))


def names_group(cells: Mapping[int, str], name: int | None) -> bool:
    """Whether a row with a quantity may head a group: numbered like one, with hardly anything else."""
    words = {at: squash(text) for at, text in cells.items()}
    first = words[min(words)]
    called = words.get(name if name is not None else -1, "")
    numbered = GROUP.fullmatch(first) or (called and NUMERAL.fullmatch(first)) or GROUP.fullmatch(called)
    return bool(numbered) and len(words) <= 4
