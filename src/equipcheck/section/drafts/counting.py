"""Numbers in running text, and of which name they are said: 「缺2台」「声级计3台」「各1台」「共5台」."""

from __future__ import annotations

import re

from equipcheck.ledger.values.numerals import chinese_number
from equipcheck.section.drafts import phrases
from equipcheck.section.drafts.phrases import TURN_OF

COUNTED = re.compile(f"(?:各|共|约)?{phrases.DIGITS}[余多]?{phrases.UNIT}(?:以上)?")
_LEAD = re.compile(r"(?:约|近|仅|只|了|有|为|共|各|达|到|不少于|超过|至少|大约|将近|尚|还)*")
_TRAILING = re.compile(f"各(?:配)?({phrases.DIGITS}){phrases.UNIT}")


def number_at(text: str, at: int) -> tuple[int, str, int] | None:
    """The number that stands at a place (a word such as 约 before it allowed): value, looseness, its end."""
    lead = _LEAD.match(text, at)
    start = lead.end() if lead else at
    found = phrases.NUMBER.match(text, start) or phrases.BARE_NUMBER.match(text, start)
    if found is None:
        return None
    value = value_of(found["digits"])
    if value is None:
        return None
    words = lead[0] if lead else ""
    loose = ""
    if found["above"] or phrases.AT_LEAST.search(words):
        loose = "least"
    elif found["more"] or phrases.APPROXIMATE.search(words):
        loose = "about"
    return value, loose, found.end()


def value_of(digits: str) -> int | None:
    """Digits or a Chinese numeral as a number."""
    return int(digits) if digits.isdigit() else chinese_number(digits)


def beside(text: str, at: int) -> tuple[int | None, str]:
    """The number right after a name, or right before it (「2台声级计」)."""
    after = number_at(text, at + 1)
    if after is not None and text[at + 1 : at + 2] not in ("共",):
        return after[0], after[1]
    for found in phrases.NUMBER.finditer(text[:at]):
        if found.end() == at or text[found.end() : at] == "的":
            return value_of(found["digits"]), ""
    return None, ""


def number_for(
    text: str, match: re.Match[str], place: int | None, *, as_object: bool, alone: bool
) -> tuple[int | None, str]:
    """The number said of one name under a turn."""
    turn = TURN_OF[str(match.lastgroup)]
    if turn == "short" and not phrases.COUNTS.search(match[0]):
        return None, ""
    if turn == "none" and "一" in match[0]:
        return None, ""  # 「没有一台」
    follows = number_at(text, match.end())
    each = follows is not None and phrases.EACH.search(text[match.start() : follows[2]]) is not None
    if turn == "lapsed":
        before = [
            m
            for m in phrases.NUMBER.finditer(text[: match.start()])
            if text[m.end() : match.start()] in ("", "已", "因", "已经")
        ]
        if before:
            return value_of(before[-1]["digits"]), ""
    if place is None or not as_object:
        if follows is not None and (alone or each):
            return follows[0], follows[1]
        return (None, "") if place is None or follows is not None else beside(text, place)
    own = beside(text, place)
    if own[0] is not None:
        return (None, "") if not alone and phrases.IN_ALL.search(match[0]) else own
    trailing = _TRAILING.search(text[place:])
    if trailing:
        return value_of(trailing[1]), ""
    return (follows[0], follows[1]) if follows is not None and alone and follows[2] <= place else (None, "")


def looseness(match: re.Match[str]) -> str:
    """Whether a rate is stated as exact, as a lower or upper bound, or as an approximation."""
    words = match[0].removesuffix(match["rate"])
    if match["least"] or phrases.AT_LEAST.search(words):
        return "least"
    if phrases.BELOW.search(words):
        return "below"
    return "about" if phrases.APPROXIMATE.search(words) else ""
