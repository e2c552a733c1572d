"""How far a 「没有」 reaches: to equipment that is not there, or past it to a verb, a clause, some of the units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import mark
from equipcheck.section.drafts.statements.words import words

_BARE = mark("bare_no")
_MORE = mark("more_of")
_NOMINAL = ("number", "kinds", "of", "join", "each", "unread", "listed")
_OBJECTS = ("name", "void", "title")


def is_bare_no(token: Token) -> bool:
    """Whether a turn is a no by itself: 「没有」, not 「没有配备」."""
    return token.turn == "none" and _BARE.search(token.text) is not None


def reaches_past(tokens: Sequence[Token], at: int) -> str:
    """The word by which the no at a place is of something else than having what follows it; empty where it is not."""
    token = tokens[at]
    if token.turn != "none":
        return ""
    if is_bare_no(token) and all(one.sort not in _OBJECTS for one in tokens[at + 1 :]):
        verb = next((one for one in tokens[at + 1 :] if one.sort != "filler"), None)
        return verb.text if verb is not None and verb.turn in ("bought", "held", "planned") else ""
    bare = is_bare_no(token)
    for one in tokens[at + 1 :]:
        if one.sort in _OBJECTS:
            return ""
        if one.sort not in _NOMINAL and bare and one.text.strip() not in words("nominal"):
            return one.text if any(each.sort in _OBJECTS for each in tokens[at + 1 :]) else ""
        if one.sort in ("filler", "hedge", "aside", "some") and _MORE.match(one.text):
            return one.text  # 「未购置新的无人机」
    return ""


def one_of_them(tokens: list[Token]) -> list[Token]:
    """「没有1台声级计」 has no number."""
    for at, one in enumerate(tokens[:-2]):
        counted = tokens[at + 1].number
        single = tokens[at + 1].sort == "number" and counted is not None and counted.value == 1
        if single and is_bare_no(one) and tokens[at + 2].sort == "name":
            tokens[at + 1] = replace(tokens[at + 1], sort="filler", text="任何", number=None)
    return tokens
