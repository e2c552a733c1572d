"""Stretches of a clause that cannot turn its claim, whatever words stand in them.

What a clause claims hangs on whose, which, the turn, the numbers and the time; negation, supposition, modality and
another subject change it, and the words for these are known. A word that is in no list passes where grammar leaves it
no such part: within an adverbial that begins on a preposition or ends on a word of circumstance, as an attribute
before the object of what is said to be there, between 「我局」 and its verb, and behind a word of purpose or effect.
Anywhere else it stays unread, and the claim open.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.words import any_of, words

_SOFT = ("unread", "filler", "of", "aside", "beside")
_TURNS_IT = re.compile("[不未没无非莫勿否]")
_BODY = re.compile(
    "[局站所院厂店司校镇乡村社户部委会心场员者家们队区园城楼某商网报人组盟团军警方师生客友邻厅科股室]$"
)
_CARRIES: tuple[str, ...] = ("held", "bought", "planned", "usable")


def settled(tokens: Sequence[Token], *, ours: bool) -> list[Token]:
    """The tokens of a clause, those within a harmless stretch as `aside`. `ours`: the sentence speaks of us."""
    found = _without_tail(list(tokens))
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end].sort in _SOFT:
            end += 1
        run = found[at:end]
        if any(one.sort == "unread" for one in run) and _harmless(found, at, end, ours=ours):
            found[at:end] = [one if one.sort == "of" else replace(one, sort="aside") for one in run]
        at = end + 1
    return found


def _harmless(tokens: Sequence[Token], at: int, end: int, *, ours: bool) -> bool:
    run = tokens[at:end]
    text = "".join(one.text for one in run)
    unread = [one.text for one in run if one.sort == "unread"]
    if any(_TURNS_IT.search(one) for one in unread):
        return False
    left = tokens[at - 1] if at else None
    right = tokens[end] if end < len(tokens) else None
    if _is_adverbial(text, right):
        return True
    if any(_BODY.search(one) for one in unread):
        return False
    return _is_attribute(tokens, at, right) or _is_manner(left, right, text, ours=ours)


def _is_adverbial(text: str, right: Token | None) -> bool:
    """「经反复论证」「在资金紧张情况下」「创造性地」"""
    if right is not None and right.sort not in ("turn", "fact", "name", "ours", "now", "done", "soon", "number"):
        return False
    return _opening().match(text) is not None or _closing().search(text) is not None


def _is_attribute(tokens: Sequence[Token], at: int, right: Token | None) -> bool:
    """「配备了续航持久的无人机」「购置葡萄牌声级计」: what stands before the object of what is there or to be had."""
    if right is None or right.sort != "name":
        return False
    left = at - 1
    while left >= 0 and tokens[left].sort in ("number", "join", "name", "each", "kinds"):
        left -= 1
    return left >= 0 and tokens[left].sort == "turn" and tokens[left].turn in _CARRIES


def _is_manner(left: Token | None, right: Token | None, text: str, *, ours: bool) -> bool:
    """「我局率先购置」: between us and what we do."""
    if right is None or right.sort not in ("turn", "done", "soon") or len(text) > 8:
        return False
    if left is not None:
        return left.sort in ("ours", "done")
    return ours and right.turn in ("bought", "held")


def _without_tail(tokens: list[Token]) -> list[Token]:
    """What tells of purpose or effect, to the end of the clause: 「…，有效提升了监管能力」."""
    text = "".join(one.text for one in tokens)
    for found in _effect().finditer(text):
        start = next((index for index, one in enumerate(tokens) if one.at >= found.start()), len(tokens))
        before, rest = tokens[:start], tokens[start:]
        if not rest or rest[0].at != found.start():
            continue
        said = any(one.sort in ("turn", "fact", "number") for one in before)
        alone = not before and all(one.sort != "name" for one in rest)
        if (said or alone) and not any(one.sort in ("condition", "report") for one in rest):
            return [*before, *(replace(one, sort="aside", turn=None, number=None) for one in rest)]
    return tokens


@functools.cache
def _opening() -> re.Pattern[str]:
    return re.compile(any_of(words("frames", "opening")))


@functools.cache
def _closing() -> re.Pattern[str]:
    return re.compile(any_of(words("frames", "closing")) + "$")


@functools.cache
def _effect() -> re.Pattern[str]:
    return re.compile(f"{any_of(words('frames', 'degree'))}*{any_of(words('frames', 'effect'))}")
