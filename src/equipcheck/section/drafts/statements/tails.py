"""What stands behind all that a clause claims, as a predicate of its own: 「电脑五台分给三个科」「…挂在墙上落灰」.

Such a tail is told by its shape: it is no bare noun (that may go on with the name before it), and no word in it says
no, supposes, tells of another owner or of another time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import mark

_VERBAL = mark("tail_verbal")
_TURNS_IT = mark("tail_turns_it")
_HANDED_ON = mark("handed_on")
_CORE = ("name", "void", "turn", "fact", "change", "each", "title", "kinds")
_PLAIN = (
    "unread",
    "filler",
    "aside",
    "of",
    "number",
    "heads",
    "made_to",
    "act_on",
    "beside",
    "apart",
    "ours",
    "now",
    "done",
)
_OPEN_ENDED = ("held", "bought", "none", "required", "planned")
"""What is said with these goes on to an object, which may have no known name."""
_SHORT = 3


def without_tail(tokens: list[Token]) -> list[Token]:
    """The tokens of a clause, those of its tail as `aside`."""
    start = _core_ends(tokens)
    tail = tokens[start:]
    if _HANDED_ON.match("".join(one.text for one in tail)) and all(one.sort != "theirs" for one in tail):
        return [*tokens[:start], *(replace(one, sort="aside", number=None) for one in tail)]
    if not any(one.sort == "unread" for one in tail) or not _is_predicate(tail):
        return tokens
    last = tokens[start - 1]
    if last.sort in ("void", "title", "each") or last.turn in _OPEN_ENDED:
        return tokens
    return [*tokens[:start], *(replace(one, sort="aside", number=None) for one in tail)]


def _core_ends(tokens: Sequence[Token]) -> int:
    """The place behind the last name, turn and number that belong together."""
    last = max((at for at, one in enumerate(tokens) if one.sort in _CORE), default=-1)
    at = last + 1
    while at < len(tokens) and tokens[at].sort in ("number", "filler", "aside", "done"):
        if tokens[at].sort == "number":
            last = at
        at += 1
    named = any(one.sort == "name" for one in tokens[: last + 1])
    told = any(one.sort in ("turn", "fact", "number", "change") for one in tokens[: last + 1])
    return last + 1 if named and told else len(tokens)


def _is_predicate(tail: Sequence[Token]) -> bool:
    text = "".join(one.text for one in tail)
    return (
        len(text) >= _SHORT
        and all(one.sort in _PLAIN for one in tail)
        and _VERBAL.search(text) is not None
        and _TURNS_IT.search(text) is None
    )
