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

from equipcheck.section.drafts.statements import others, plans, scope, tails
from equipcheck.section.drafts.statements.others import CAUSES, GIVEN, SOFT
from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import WEAK_HELD, mark
from equipcheck.section.drafts.statements.words import any_of, ends_as_a_body, words

_TURNS_IT = mark("turns_it")
_LOOKS_INTO = mark("looks_into")
_AWAITS = mark("awaits")
_ALREADY = mark("already")
_MEANS = ("经", "经过", "通过", "借助", "依托", "与", "同", "会同", "联合", "向")
_CARRIES: tuple[str, ...] = ("held", "bought", "planned", "usable")


def settled(tokens: Sequence[Token], *, ours: bool) -> list[Token]:
    """The tokens of a clause, those within a harmless stretch as `aside`. `ours`: the sentence speaks of us."""
    found = others.settled(list(tokens))
    found = _pivots(_squads(_attributes(_without_tail(others.givers(_topic(found))))))
    found = plans.carried_out(plans.fitted_out(scope.one_of_them(found)))
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end].sort in SOFT:
            end += 1
        run = found[at:end]
        if any(one.sort == "unread" for one in run) and _harmless(found, at, end, ours=ours):
            found[at:end] = [one if one.sort == "of" else replace(one, sort="aside") for one in run]
            if not at and end < len(found) and found[end].turn == "gap" and run[-1].sort == "beside":
                found[end] = replace(found[end], sort="aside", turn=None)  # 「克服人手吃紧等困难」
        at = end + 1
    return tails.without_tail(found)


def is_aside(tokens: Sequence[Token]) -> bool:
    """Whether a clause without a name tells of no other things or bodies: 「克服人手吃紧等困难」「给工作带来便利」."""
    text = "".join(one.text for one in tokens)
    if _opening().match(text):
        return all(one.sort not in _TELLS for one in tokens)
    return all(one.sort not in (*_TELLS, "act_on", "beside", "soon") for one in tokens) and not re.search(
        r"\d", text
    )


_TELLS = (
    "name", "void", "turn", "fact", "number", "change", "rule", "heads", "theirs", "unsure", "parts", "inspected",
    "condition", "report", "past", "coming",
)  # fmt: skip


def _harmless(tokens: Sequence[Token], at: int, end: int, *, ours: bool) -> bool:
    run = tokens[at:end]
    text = "".join(one.text for one in run)
    unread = [one.text for one in run if one.sort == "unread"]
    if unread == ["非"] and _before_umbrella(tokens, at, end):
        return True  # 「A、B等非现场执法装备」
    if any(_TURNS_IT.search(one) for one in unread) or _AWAITS.search(text):
        return False
    left = tokens[at - 1] if at else None
    right = tokens[end] if end < len(tokens) else None
    if _before_umbrella(tokens, at, end):
        return True  # 「A、B等排口溯源设备」
    if right is not None and right.sort == "heads" and text.endswith("的"):
        return True  # 「划转过来的15名同志」
    if _is_adverbial(text, right):
        return True
    means = left is not None and left.sort in ("act_on", "join") and left.text in _MEANS
    if means and right is not None and right.turn in ("bought", "held", "planned", "no_gap"):
        return True  # 「经政采云平台采购」
    if any(map(ends_as_a_body, unread)):
        return False
    return _is_attribute(tokens, at, right) or _is_manner(left, right, text, ours=ours)


def _before_umbrella(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether what stands from one place to another is between a list and the word that sums it up."""
    return (
        0 < at < end < len(tokens)
        and tokens[at - 1].sort == "listed"
        and tokens[end].sort in ("name", "void")
    )


def _is_adverbial(text: str, right: Token | None) -> bool:
    """「经反复论证」「在资金紧张情况下」「创造性地」"""
    if right is not None and right.sort not in (
        "turn",
        "fact",
        "name",
        "ours",
        "now",
        "done",
        "soon",
        "number",
    ):
        return False
    return _opening().match(text) is not None or _closing().search(text) is not None


def _is_attribute(tokens: Sequence[Token], at: int, right: Token | None) -> bool:
    """「配备了续航持久的无人机」「购置葡萄牌声级计」: what stands before the object of what is there or to be had."""
    if right is None or right.sort != "name":
        return False
    left = at - 1
    while left >= 0 and tokens[left].sort in ("number", "join", "name", "each", "kinds", "aside", "of"):
        left -= 1
    return left >= 0 and tokens[left].sort == "turn" and tokens[left].turn in _CARRIES


def _is_manner(left: Token | None, right: Token | None, text: str, *, ours: bool) -> bool:
    """「我局率先购置」: between us and what we do."""
    if right is None or right.sort not in ("turn", "done", "soon") or len(text) > 8:
        return False
    if left is not None:
        return left.sort == "ours"
    return ours and right.turn in ("bought", "held")


def _attributes(tokens: list[Token]) -> list[Token]:
    """「购置了性能先进、操作简便的测距仪」: what is told of the object ahead of it is no claim of its own."""
    for at, one in enumerate(tokens):
        if one.turn == "bought" and at and tokens[at - 1].sort == "listed" and _is_named(tokens, at + 1):
            tokens[at] = replace(one, sort="aside", turn=None)  # 「A、B等新增装备尚未配备」
        if one.sort == "act_on" and _LOOKS_INTO.search(one.text) and _is_named(tokens, at + 1):
            ahead = next((each for each in reversed(tokens[:at]) if each.sort not in SOFT), None)
            if ahead is not None and ahead.sort == "listed":
                tokens[at] = replace(one, sort="aside")  # 「A、B等管网排查装备」
        if one.sort == "denies":
            _denied(tokens, at)
        made = one.sort == "unread" and one.text[-1] in "型式款级版牌" and not _TURNS_IT.search(one.text)
        if made and any(each.sort == "name" for each in tokens[at + 1 : at + 2]):
            tokens[at] = replace(one, sort="aside")  # 「防爆型PID」
        if one.sort == "listed":
            _summed_up(tokens, at)
        if one.sort == "of" and at and tokens[at - 1].turn == "required":
            tokens[at - 1] = replace(tokens[at - 1], sort="aside", turn=None)  # 「标准规定的必配装备」
        if one.turn == "bought" and at and tokens[at - 1].sort == "year" and _is_of(tokens, at + 1):
            tokens[at - 1] = replace(tokens[at - 1], sort="aside")  # 「2018年配发的终端已有7台损坏」
        if one.sort == "name":
            _described(tokens, at)
    return tokens


def _described(tokens: list[Token], at: int) -> None:
    """What is told with 的 of a name: who gave it, what it is like."""
    counted = 2 if at > 1 and tokens[at - 1].sort == "number" else 1  # 「下发的2台热成像仪」
    if at < counted or not tokens[at - counted].text.endswith("的"):
        return
    giver = _giver(tokens, at - counted + 1)
    if giver is not None:
        tokens[giver : at - 1] = [replace(each, sort="aside", turn=None) for each in tokens[giver : at - 1]]
        return
    start = at - 1
    while start > 0 and (
        tokens[start - 1].sort in (*SOFT, "join") or tokens[start - 1].turn in ("usable", "weak")
    ):
        start -= 1
    if start and tokens[start].sort == "join" and tokens[start - 1].sort in ("name", "number"):
        start += 1
    if any(each.turn in _CARRIES for each in tokens[:start]) and start < at - 1:
        tokens[start : at - 1] = [replace(each, sort="aside", turn=None) for each in tokens[start : at - 1]]


def _denied(tokens: list[Token], at: int) -> None:
    """「不存在影响执法办案的装备短缺」: what the lack would do."""
    name = next((i for i in range(at + 1, len(tokens)) if tokens[i].sort == "name"), 0)
    if name > at + 2 and tokens[name - 1].text.endswith("的"):
        tokens[at + 1 : name] = [replace(each, sort="aside", turn=None) for each in tokens[at + 1 : name]]


def _summed_up(tokens: list[Token], at: int) -> None:
    """「A、B等投诉处置急需的设备」: what is told of the word that sums a list up is no claim."""
    end = next((i for i in range(at + 1, len(tokens)) if tokens[i].sort in ("name", "void", "number")), 0)
    if end > at + 2 and tokens[end].sort != "number" and tokens[end - 1].sort == "of":
        tokens[at + 1 : end - 1] = [
            replace(each, sort="aside", turn=None) for each in tokens[at + 1 : end - 1]
        ]


def _is_named(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name follows, past what is told of it."""
    while at < len(tokens) and tokens[at].sort in ("of", "filler"):
        at += 1
    return at < len(tokens) and tokens[at].sort == "name"


def _is_of(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].sort == "of"


def _giver(tokens: Sequence[Token], name: int) -> int | None:
    """Where 「市局统一配发的」 before a name begins: who gave it says nothing of whose it is."""
    start = name - 1
    while start > 0 and (tokens[start].sort in (*SOFT, "now", "year") or tokens[start].turn == "bought"):
        start -= 1
    gave = GIVEN.search("".join(one.text for one in tokens[start:name]))
    return start if tokens[start].sort == "unsure" and gave is not None else None


def _topic(tokens: list[Token]) -> list[Token]:
    """「辐射监管方面配备…」: what a clause is about."""
    end = next((at for at, one in enumerate(tokens[:5]) if one.text == "方面"), 0)
    soft = end and all(one.sort in (*SOFT, "act_on", "inspected") for one in tokens[:end])
    return (
        [*(replace(one, sort="aside") for one in tokens[: end + 1]), *tokens[end + 1 :]] if soft else tokens
    )


def _pivots(tokens: list[Token]) -> list[Token]:
    """「28台中仅7台能正常使用」「有2台声级计未送检」: 仅 and 有 before what has a state say nothing by themselves."""
    _without_cause(tokens)
    for at, one in enumerate(tokens[:-2]):
        _counts_state(tokens, at)
        if one.turn == "none" and tokens[at + 1].text == "自有":
            tokens[at + 1] = replace(tokens[at + 1], sort="aside", turn=None)
        if one.text[0] == "一" and one.sort == "number" and tokens[at + 2].text[0] in "也都":
            tokens[at] = replace(one, sort="filler", number=None)  # 「一台声级计也没有」
        light = one.text in WEAK_HELD or _ALREADY.fullmatch(one.text) is not None
        if one.turn != "held" or not light or not _is_counted(tokens, at + 1):
            continue
        behind = [
            each for each in tokens[at + 1 :] if each.sort not in (*SOFT, "done", "number", "kinds", "join")
        ]
        named = bool(behind) and behind[0].sort == "name"
        state = next((each for each in behind if each.sort != "name"), None)
        if state is not None and state.turn in (
            "usable",
            "unusable",
            "weak",
            *(("gap", "none") if named or _is_next(tokens, at + 2, state) else ()),
        ):
            tokens[at] = replace(one, sort="filler", turn=None)
    return tokens


def _without_cause(tokens: list[Token]) -> None:
    """「因密码卡换发滞后暂停使用的7台」: of several turns behind a cause, the last is what came of it."""
    cause = next((at for at, one in enumerate(tokens) if one.text in CAUSES), len(tokens))
    turns = [at for at, one in enumerate(tokens) if at > cause and one.sort == "turn"]
    same = all(tokens[at].turn == "unusable" for at in turns)  # 「因检定过期停用」
    if len(turns) < 2 or same or any(one.sort in ("name", "number") for one in tokens[cause : turns[-1]]):
        return
    if tokens[turns[-1]].turn in ("gap", "none", "unusable", "planned"):
        tokens[cause : turns[-1]] = [
            replace(each, sort="aside", turn=None) for each in tokens[cause : turns[-1]]
        ]


def _counts_state(tokens: list[Token], at: int) -> None:
    """「不能用的有2台」「过期的声级计有2台」: the number is of those in the state."""
    if tokens[at].turn not in ("usable", "unusable", "gap", "none", "planned") or tokens[at + 1].sort != "of":
        return
    if tokens[at].turn in ("usable", "unusable") and tokens[at + 2].sort == "number":
        tokens[at + 1] = replace(tokens[at + 1], sort="filler", text="有")  # 「好使的七部」
        return
    verb = at + 3 if tokens[at + 2].sort == "kinds" else at + 2
    light = verb + 1 < len(tokens) and tokens[verb].text in ("有", "是", "为", "包括", "主要是", "主要有")
    if light and tokens[verb + 1].sort == "name":  # 「流标的有…」「未补齐的2项为…」
        for index in range(at + 1, verb + 1):
            tokens[index] = replace(tokens[index], sort="filler", text="有", turn=None)
        return
    carries = at + 3 if tokens[at + 2].sort == "name" else at + 2
    if carries + 1 >= len(tokens) or tokens[carries + 1].sort != "number":
        return
    if tokens[carries].text in WEAK_HELD or tokens[carries].sort == "filler":
        for index in (at + 1, carries):
            tokens[index] = replace(tokens[index], sort="filler", text="有", turn=None)


def _is_next(tokens: Sequence[Token], at: int, state: Token) -> bool:
    """Whether a state is told right behind a number: 「有2台未配」「尚有2台的缺口」."""
    while at < len(tokens) and tokens[at].sort in ("of", "filler"):
        at += 1
    return at < len(tokens) and tokens[at] is state


def _is_counted(tokens: Sequence[Token], at: int) -> bool:
    """「2台声级计」「声级计2台」"""
    sorts = [one.sort for one in tokens[at : at + 2]]
    return sorts[0] in ("number", "kinds") or sorts == ["name", "number"]


def _squads(tokens: list[Token]) -> list[Token]:
    """「桥头中队」: a squad of ours by its name, which need not lack what it has not of its own."""
    at = next((index for index, one in enumerate(tokens) if one.sort != "unread" and len(one.text) > 1), 0)
    name = "".join(one.text for one in tokens[:at])
    named = (
        1 < len(name) <= 4
        and (name[-1] not in "县区市旗州盟后前时" or _is_squad(name, tokens[at].text))
        and all(one.sort in ("unread", "filler") for one in tokens[:at])
    )
    if named and tokens[at].sort == "ours" and tokens[at].text in words("whose", "squads"):
        return [
            *(replace(one, sort="aside") for one in tokens[:at]),
            replace(tokens[at], sort="parts"),
            *tokens[at + 1 :],
        ]
    return tokens


def _is_squad(name: str, squad: str) -> bool:
    """「山区中队」, and not 「本区中队」."""
    return len(name) == 2 and name[0] not in "本我全该各某" and squad in ("中队", "分队")


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
    cause = next((at for at, one in enumerate(tokens) if at and one.text in CAUSES), len(tokens))
    if any(one.sort in (*_TELLS, "made_to") for one in tokens[cause:]):
        return tokens
    return [
        *tokens[:cause],
        *(replace(one, sort="aside") for one in tokens[cause:]),
    ]  # 「执法艇因水域较小，暂未配备」


@functools.cache
def _opening() -> re.Pattern[str]:
    return re.compile(any_of(words("frames", "opening")))


@functools.cache
def _closing() -> re.Pattern[str]:
    return re.compile(any_of(words("frames", "closing")) + "$")


@functools.cache
def _effect() -> re.Pattern[str]:
    tail = "对.{1,30}(?:进行|开展|实施|实行)"  # 「启用3台无人机对河湖进行核查」
    return re.compile(f"{any_of(words('frames', 'degree'))}*(?:{any_of(words('frames', 'effect'))}|{tail})")
