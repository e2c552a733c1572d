"""Whether a clause may bear on a number: the burden of proof is on it, what is not known to be harmless bears."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache, lru_cache

from equipcheck.standard.annex.language.people import people_in
from equipcheck.standard.annex.language.vocabulary import longest, words
from equipcheck.standard.tokens import UNITS

_COUNTED_THING = re.compile(
    "(?:[配备购设]|配备|配置|购置|发放)(?P<what>[\u4e00-\u9fff]{2,10}?)[0-9一二两三四五六七八九十]+"
    f"(?:{longest(list(UNITS))})$"
)
_NO_THING = re.compile(
    "数量|不少于|不低于|至少|不超过|最少|最多|合计|总数|标准|单位|机构|部门|地区|[省市县区室车上处所站队楼层厅用各]$|[每人的翻增减]"
)


class Bearing(Enum):
    """What a clause may do to a number."""

    NONE = "none"
    CIRCUMSTANCE = "circumstance"  # names heads or a year; beside a row it is that row's
    NUMBER = "number"  # names a number of things, or equipping and changing


@lru_cache(maxsize=8192)
def bearing_of(clause: str) -> Bearing:
    """What a squeezed clause may do to the numbers that it is said of."""
    if people_in(clause) is not None:
        return Bearing.NONE
    known = words()
    rest = known.harmless.sub("·", clause)
    if known.bearing.search(rest):
        return Bearing.NUMBER
    return Bearing.CIRCUMSTANCE if known.circumstances.search(rest) else Bearing.NONE


@lru_cache(maxsize=8192)
def part_in(clause: str) -> str:
    """The part or accessory that a clause counts (「备用电池另配2块」, 「配充电器1个」); "" where it counts none."""
    found = _counted_parts().search(clause)
    return (found["before"] or found["behind"]) if found else ""


@lru_cache(maxsize=8192)
def counted_thing(clause: str) -> str:
    """The thing of which a clause says how many, by its name: 「每人另配证件包1个」; "" where it names none."""
    found = _COUNTED_THING.search(clause)
    if found is None or _NO_THING.search(found["what"]) or words().bearing.search(found["what"]):
        return ""
    return found["what"]


@cache
def _counted_parts() -> re.Pattern[str]:
    number = "[0-9一二两三四五六七八九十]"
    part = f"[\\u4e00-\\u9fff]{{0,6}}?(?:{words().parts})"
    return re.compile(
        f"^(?:每[\u4e00-\u9fff])?(?P<before>{part})(?:应|须|需|可|宜|按|再|单独|统一|也|均|不少于|不低于|至少|不|每.)*(?:另|配|备|附|{number}|$)|"
        f"(?:配|附|带|装|含|备)(?:有|备|套|用|置|带)*(?P<behind>{part})(?={number}|[、和及,]|$)"
    )
