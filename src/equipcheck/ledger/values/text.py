"""Text of cells: one spelling of spaces, widths and empty marks."""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import lru_cache

from equipcheck.ledger.sheet import Value
from equipcheck.ledger.values.traditional import SIMPLIFIED


def word_list(text: str) -> tuple[str, ...]:
    """Words written one after another, as vocabularies are kept."""
    return tuple(text.split())


EMPTY = frozenset({"", *word_list(r"/ ／ \ - -- --- — —— － – 一一 ―― * N/A n/a NULL null")})
NOTHING = frozenset(word_list("无 無 暂无 没有 none None"))
NO_NUMBER = NOTHING | frozenset(  # the asset has no number yet
    word_list("待编 待编号 未编 未编号 无编号 待定 待补 空 无号 不详 新购待编 无资产编号")
)

DITTO = frozenset(
    word_list('同上 同上行 同前 ditto ′′ 〃 " ″ ＂ “ ” \'\' `` "" 々')
)  # what stands above once more
ERRORS = frozenset(word_list("#N/A #REF! #NAME? #VALUE! #DIV/0! #NULL! #NUM! #GETTING_DATA"))  # of formulas

_LAST = SIMPLIFIED | {0x200B: None, 0xFEFF: None}  # characters without width are blanks too


def text_of(value: Value) -> str:
    """A cell's value as a person would read it; "" for an empty one."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


@lru_cache(maxsize=50_000)
def squash(text: str) -> str:
    """Full-width digits and letters made plain, traditional characters simplified, all spaces taken out."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_LAST)


def is_empty(text: str) -> bool:
    """「」, 「/」, 「—」 and the like."""
    return text.strip() in EMPTY or squash(text) in EMPTY
