"""Whether a clause may bear on a number: the burden of proof is on it, what is not known to be harmless bears."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache, lru_cache

from equipcheck.standard.annex.language.people import people_in
from equipcheck.standard.annex.language.vocabulary import words


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


@cache
def _counted_parts() -> re.Pattern[str]:
    number = "[0-9一二两三四五六七八九十]"
    part = f"[\\u4e00-\\u9fff]{{0,6}}?(?:{words().parts})"
    return re.compile(
        f"^(?P<before>{part})(?:应|须|需|可|宜|按|再|单独|统一|也|均|不|每.)*(?:另|配|备|附|{number}|$)|"
        f"(?:配|附|带|装|含|备)(?:有|备|套|用|置|带)*(?P<behind>{part})(?={number}|[、和及,]|$)"
    )
