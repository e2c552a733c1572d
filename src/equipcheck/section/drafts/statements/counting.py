"""Which number of a clause belongs to which of its names, under one turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from equipcheck.section.drafts.names import Target
from equipcheck.section.drafts.statements.groups import Group, dealt, each_number, own_numbers
from equipcheck.section.drafts.statements.numbers import Number
from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import WEAK_HELD, mark

NUMBERED = "台数"
"""What leaves open of which of several names a number is told."""
_BEFORE_A_NUMBER = (*"此就才为有共约仅只了达到是尚还都均", "共计", "数量", "还有", "尚有", "只有", "仅有")
_LACK = mark("lack_noun")


@dataclass(frozen=True, slots=True)
class Span:
    """A turn among the tokens of a clause, between the turns (or ends) beside it."""

    tokens: list[Token]
    before: int
    at: int
    after: int

    @property
    def token(self) -> Token:
        """The turn itself."""
        return self.tokens[self.at]


@dataclass(frozen=True, slots=True)
class Counted:
    """A target, its number under the turn, and the number of all where the turn tells of a part."""

    target: Target
    number: Number | None
    of_all: Number | None = None
    unread: str = ""


def counted(
    span: Span, group: Group | None, names: Sequence[int], targets: Sequence[Target]
) -> Iterator[Counted]:
    """Each target with its number. `names` are the places of the group's names; empty for a carried subject."""
    token, tokens = span.token, span.tokens
    if token.sort == "fact":
        each = own_numbers(tokens, names) if names and names[0] > span.at else {}
        for order, target in enumerate(targets):  # 「人均配备执法记录仪1台」
            yield Counted(target, (each.get(names[order]) if names else None) or token.number)
        return
    alone = len(targets) == 1
    behind_names = names[-1] + 1 if names else span.before + 1
    deal = dealt(tokens, behind_names if names and names[-1] < span.at else span.before + 1, len(targets))
    spread = each_number(tokens, behind_names, span.after)
    own = own_numbers(tokens, names) if names else {}
    undealt = deal is None and not alone and is_apart(tokens, behind_names, names, span)
    for order, target in enumerate(targets):
        mine = own.get(names[order]) if names else None
        if deal is not None and not alone:
            yield Counted(target, deal[order])
        elif undealt:
            yield Counted(target, None, unread="分别")
        elif spread is not None:
            yield Counted(target, spread)
        elif group is not None and group.as_object:
            yield Counted(target, _of_object(span, mine, alone=alone, whole_sum=len(own) < len(names)))
        else:
            yield _of_subject(span, target, mine, names, alone=alone)


def is_apart(tokens: Sequence[Token], start: int, names: Sequence[int], span: Span) -> bool:
    """Whether 「分别」 deals out numbers, though not as many as there are names."""
    if names and names[-1] > span.at:
        return False
    words = [one for one in tokens[start:] if one.sort == "apart" or "分别" in one.text]
    return bool(words) and any(one.sort == "number" for one in tokens[start:])


def _of_object(span: Span, mine: Number | None, *, alone: bool, whole_sum: bool) -> Number | None:
    if span.token.turn in ("usable", "unusable") and alone and mine is None:
        return number_ahead(span.tokens, span.at) or number_at(span.tokens, span.at + 1)
    if not alone and whole_sum and re.search("共|合计|总计", span.token.text):
        return None  # the sum of all
    return mine if mine is not None or not alone else number_at(span.tokens, span.at + 1)


def _of_subject(
    span: Span, target: Target, mine: Number | None, names: Sequence[int], *, alone: bool
) -> Counted:
    behind = number_at(span.tokens, span.at + 1)
    if span.token.turn == "none" and not names and (lacking := number_ahead(span.tokens, span.at)):
        clear = alone and lacking.value > 1  # 「我局2台未配」; 「我局1台未配」 may be one of them, or not one
        return Counted(target, lacking if alone else None, unread="" if clear else NUMBERED)
    if behind is None and span.token.turn in ("gap", "none") and alone and names:
        lacking = number_ahead(span.tokens, span.at)
        if lacking is not None and (_LACK.search(span.token.text) or _is_of_some(span)):
            return Counted(target, lacking)
    if span.token.turn in ("usable", "unusable"):
        told = _in_a_state(span, target, mine, names, alone=alone)
        if told is not None:
            return told
    if not alone:
        return Counted(target, mine if behind is None else None)
    if behind is not None and mine is not None and span.token.turn in ("gap", "none", "no_gap"):
        return Counted(target, behind, mine)
    return Counted(target, behind if behind is not None else mine)


def _in_a_state(
    span: Span, target: Target, mine: Number | None, names: Sequence[int], *, alone: bool
) -> Counted | None:
    """The number that works or does not, and of how many; None where no part is told."""
    behind = number_at(span.tokens, span.at + 1)
    ahead = number_ahead(span.tokens, span.at)
    part = next((i for i in range(span.before + 1, span.at) if span.tokens[i].sort == "part"), None)
    if part is not None:
        if names and names[0] > part:
            return Counted(target, mine or ahead or behind)  # 「其中声级计1台过期」
        of_all = mine or number_ahead(span.tokens, part)  # 「12台中4台无法开机」
        return Counted(target, number_at(span.tokens, part + 1) or ahead or behind, of_all)
    if ahead is not None and alone:
        among = any(one.text[0] in "中里" for one in span.tokens[span.before + 1 : span.at])
        if among and behind is not None:
            return Counted(target, behind, ahead)  # 「28台中能够正常使用的只有17台」
        every = any(one.text in ("全部", "所有") for one in span.tokens[: span.at])
        return Counted(target, ahead, ahead if every else None)  # 「全部26台…均能正常使用」
    return None


def _is_of_some(span: Span) -> bool:
    """「声级计有3台没有配」"""
    return any(
        one.sort == "filler" and one.text.endswith("有") for one in span.tokens[span.before + 1 : span.at]
    )


def number_at(tokens: Sequence[Token], at: int) -> Number | None:
    """The number right at a place, with 为、有、共 or 各 before it allowed."""
    while at < len(tokens) and (
        tokens[at].sort in ("each", "done")
        or (tokens[at].sort == "filler" and tokens[at].text in _BEFORE_A_NUMBER)
    ):
        at += 1
    return tokens[at].number if at < len(tokens) and tokens[at].sort in ("number", "change") else None


def in_total(span: Span, names: Sequence[int]) -> Number | None:
    """The number of all the names together: 「A、B合计缺3台」「共有A、B4台」."""
    behind = names[-1] + 1 if names else 0
    first, last = min(span.at, behind), max(span.at, behind - 1)
    if names and any(one.sort == "listed" for one in span.tokens[names[0] : span.at]):
        return None  # 「A、B等装备共计121件」
    own = [index for index in range(last + 1, len(span.tokens)) if span.tokens[index].sort == "number"]
    if len(own) != 1 or not all(
        one.sort in ("filler", "turn", "aside", "done") for one in span.tokens[last + 1 : own[0]]
    ):
        return None
    said = "".join(one.text for one in span.tokens[first : own[0]] if one.sort in ("turn", "filler"))
    inside = any(one.sort == "number" for one in span.tokens[first : own[0]])
    return span.tokens[own[0]].number if re.search("合计|总计|总共|一共|共", said) and not inside else None


def number_ahead(tokens: Sequence[Token], at: int) -> Number | None:
    """The number right before a turn, unless it is that of another: 「待报废1部、过期1部均不能使用」."""
    at -= 1
    while at > 0 and tokens[at].sort in ("filler", "done", "of", "aside"):
        at -= 1
    if (
        at < 0
        or tokens[at].sort != "number"
        or (at and tokens[at - 1].sort == "turn" and tokens[at - 1].text not in WEAK_HELD)
    ):
        return None
    return tokens[at].number
