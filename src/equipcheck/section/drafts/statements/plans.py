"""Plans that were carried out, and what was fitted out with something: neither is what the clause tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import mark

_DONE = mark("meaning_done")
_NOT = mark("negates")
_PLANS = ("planned", "bought", "held")
_THERE = ("held", "bought", "no_gap", "usable")
_SOFT = ("filler", "aside", "number", "year", "now")


def carried_out(tokens: list[Token]) -> list[Token]:
    """「年初计划购置的声级计已到位」: a plan that is told of equipment which is there is none any more."""
    for at, one in enumerate(tokens):
        if one.sort != "of" or not at or not _is_plan(tokens, at - 1):
            continue
        name = next((i for i in range(at + 1, len(tokens)) if tokens[i].sort not in _SOFT), len(tokens))
        if name == len(tokens) or tokens[name].sort != "name" or not _is_there(tokens[name + 1 :]):
            continue
        start = at - 1
        while start and tokens[start - 1].sort in (
            "soon",
            "filler",
            "aside",
            "year",
            "coming",
            "done",
            "now",
        ):
            start -= 1
        tokens[start:at] = [replace(each, sort="aside", turn=None, number=None) for each in tokens[start:at]]
    return tokens


def _is_plan(tokens: Sequence[Token], at: int) -> bool:
    turn = tokens[at].turn
    return turn == "planned" or (turn in _PLANS and any(one.sort == "soon" for one in tokens[:at]))


def _is_there(behind: Sequence[Token]) -> bool:
    """Whether what follows says that it is there, and nothing says no."""
    if any(one.turn in ("gap", "none", "planned") or _NOT.search(one.text) for one in behind):
        return False
    done = any(one.sort == "done" for one in behind)
    return any(
        one.turn in _THERE and (done or _DONE.search(one.text) or one.turn != "bought") for one in behind
    )


def fitted_out(tokens: list[Token]) -> list[Token]:
    """「为1辆执法车配备了车载定位设备」「在2辆执法车上安装了…」: the vehicle is neither counted nor what is told of."""
    for at, one in enumerate(tokens):
        if one.text not in ("为", "给", "在", "对"):
            continue
        name = next((i for i in range(at + 1, len(tokens)) if tokens[i].sort not in _SOFT), len(tokens))
        if name == len(tokens) or tokens[name].sort != "name":
            continue
        verb = next(
            (i for i in range(name + 1, len(tokens)) if tokens[i].sort not in (*_SOFT, "done")), len(tokens)
        )
        if verb + 1 < len(tokens) and tokens[verb].turn in _PLANS:
            tokens[at : name + 1] = [
                replace(each, sort="aside", number=None) for each in tokens[at : name + 1]
            ]
    return tokens
