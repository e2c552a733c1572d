"""Every word of a clause is accounted for: what no part of the reading explains leaves its statements open.

A statement explains its names, its turn and its numbers; words of whose, of time, of money and the words that change
nothing explain themselves. What is left — an unknown word, a hedge, a number of something else, a second turn that
said nothing — may change what is said, so it is handed back as not understood.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from equipcheck.section.drafts.statements.form import Sort, Turn
from equipcheck.section.drafts.statements.groups import PARTS, is_item
from equipcheck.section.drafts.statements.numbers import CHANGE, DIGITS, UNIT, value_of
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import ALL, LENT, TURN_PATTERNS, WEAK_HELD, mark
from equipcheck.section.drafts.statements.words import any_of, ends_as_a_body, words

MUCH = 12
"""With so many characters not understood, a clause without 「我局」 speaks of something else."""
_WORK = mark("work")
_LACKS: tuple[Turn, ...] = ("gap", "none", "planned", "unusable", "weak")
_NUMBERLESS: tuple[Turn, ...] = ("none", "planned", "no_gap", "rate", "bought")
_LIGHT = mark("light")
_TOGETHER = mark("together")
_RULED = mark("ruled")
_HELD_TO = mark("held_to")
_SAYS = mark("says")
_OWN_LOOK = mark("own_look")


def left_over(tokens: Sequence[Token], statements: Sequence[Statement], past: Container[int] = ()) -> str:
    """The words that no statement of the clause and no other part of it explains; `past` turns are explained."""
    return "、".join(dict.fromkeys(_Clause(tokens, statements, past).left()))


class _Clause:
    """The tokens of a clause, and what its statements explain of them."""

    def __init__(
        self, tokens: Sequence[Token], statements: Sequence[Statement], past: Container[int]
    ) -> None:
        self.tokens = tokens
        self.statements = statements
        self.past = past
        self.turns = {one.turn for one in statements}
        self.words = "".join(one.words for one in statements)
        self.whole = all(one.target.whole for one in statements)
        self.lacks = self.turns <= set(_LACKS)
        self.last_name = max((index for index, one in enumerate(tokens) if one.sort == "name"), default=-1)
        self.last_turn = max(
            (index for index, one in enumerate(tokens) if one.sort in ("turn", "fact")), default=-1
        )
        self.dealt = any(one.sort == "apart" or _TOGETHER.search(one.text) for one in tokens)

    def before(self, at: int) -> Token | None:
        """The token before, past words that change nothing."""
        return next((one for one in reversed(self.tokens[:at]) if one.sort != "filler"), None)

    def left(self) -> Iterator[str]:
        """The words that nothing explains."""
        for index, token in enumerate(self.tokens):
            if token.sort in _NEVER or (token.sort in _EXPLAINED and not _EXPLAINED[token.sort](self, index)):
                yield token.text if token.sort != "void" else "附属物"
            elif token.sort in ("turn", "change"):
                yield from _inside(token.text)


def _unread(clause: _Clause, at: int) -> bool:
    return _mark(clause.tokens[at].text) or (is_item(clause.tokens, at) and not clause.dealt)


def _made_to(clause: _Clause, at: int) -> bool:
    token = clause.tokens[at]
    of = token.text == "要求" and at > 0 and clause.tokens[at - 1].sort in ("of", "title")
    return of or token.text in ("为", "给")


def _others(clause: _Clause, at: int) -> bool:
    """「对企业」「市局为我局」「借给县水利局」: others as the object of our act, or as those who gave or borrowed."""
    before = clause.before(at)
    acted = before is not None and before.sort in ("act_on", "made_to")
    lent = before is not None and before.sort == "turn" and LENT.search(before.text) is not None
    gave = at + 1 < len(clause.tokens) and clause.tokens[at + 1].sort in ("made_to", "ours", "act_on")
    gave = gave and any(one.sort == "ours" or one.text in ("为", "给") for one in clause.tokens[at:])
    return acted or lent or gave


def _of_time(clause: _Clause, at: int) -> bool:
    return at < clause.last_turn or bool(clause.turns & {"planned", "no_gap"})


def _planned(clause: _Clause, at: int) -> bool:
    taken = clause.tokens[at].text == "将"  # it takes an object, too
    return taken or not clause.turns & {"usable", "unusable", "rate"}


def _void(clause: _Clause, at: int) -> bool:
    behind = clause.tokens[clause.last_name + 1 : at]
    summed = clause.last_name < at and any(one.sort == "listed" for one in behind)
    return summed or _in_list(clause.tokens, at)


def _some(clause: _Clause, at: int) -> bool:
    """「部分装备不足」 is clear; 「部分声级计过期」 and 「部分已配齐」 leave open which."""
    del at
    numbered = any(one.number is not None for one in clause.statements)
    if clause.lacks:
        return clause.whole
    return not (numbered or clause.turns & {"no_gap", "usable"})


def _kinds(clause: _Clause, at: int) -> bool:
    before = clause.before(at)
    names = sum(one.sort == "name" for one in clause.tokens[:at])
    count = re.match(DIGITS, clause.tokens[at].text)
    if names > 1 and count and value_of(count[0]) == names:
        return True  # 「尚缺A、B、C3种」
    summing = at + 1 < len(clause.tokens) and clause.tokens[at + 1].sort == "name"  # 「A、B两类取证设备」
    sorts = ("listed", "name") if summing else ("listed",)
    return (clause.whole and clause.lacks) or (before is not None and before.sort in sorts)


def _sums_up(clause: _Clause, at: int) -> bool:
    """「A3台、B等快检设备10余台」: the number of what 等 stands for."""
    return at > 0 and clause.tokens[at - 1].sort == "listed" and len(clause.tokens[at - 1].text) > 1


def _is_part(clause: _Clause, at: int) -> bool:
    """「2台存储故障」: what of the thing is out of order."""
    counted = at > 0 and clause.tokens[at - 1].sort in ("number", "part")
    return counted and clause.tokens[at].text in PARTS and "unusable" in clause.turns


def _restricts(tokens: Sequence[Token], at: int) -> bool:
    """「水质检测设备」「大气类装备」: not the equipment as a whole."""
    follows = next((one for one in tokens[at + 1 :] if one.text != "必配"), None)
    whole = follows is not None and follows.text == ALL
    summing = at > 0 and tokens[at - 1].sort == "listed"  # 「走航监测车等大型装备」
    return whole and not summing and tokens[at].text in _restricting()


@functools.cache
def _restricting() -> frozenset[str]:
    listed = {
        word
        for one in words("classes")
        if one not in ("heads", "lapsed", "broken")
        for word in words("classes", one)
    }
    return frozenset({*listed, *words("restricts")})


def _supposed(clause: _Clause, at: int) -> bool:
    """「如A、B等尚未配备」 gives examples; 「如A不足」 may suppose it."""
    names = sum(one.sort == "name" for one in clause.tokens)
    listed = any(one.sort == "listed" and one.text.startswith("等") for one in clause.tokens)
    if clause.tokens[at].text == "如" and names > 1 and listed:
        return True
    return clause.last_turn < 0 and all(one.sort != "change" for one in clause.tokens)


def _turned(clause: _Clause, at: int) -> bool:
    token = clause.tokens[at]
    if token.turn == "weak" or at in clause.past:
        return True
    if token.turn in ("gap", "none") and clause.turns <= {"planned", "no_gap"}:
        return True  # 「补齐…短板」
    if token.turn == "bought" and clause.turns & {"gap", "none", "planned"}:
        return True  # 「购置的…尚未到货」
    measure = _is_measure(clause.tokens, at)
    if _RULED.search(token.text) and len(clause.turns) > 1 and not measure:
        return False
    return measure or _is_used(token, clause.words, clause.turns)


_CLEAR: tuple[tuple[str, set[Turn]], ...] = (
    ("再", {"planned"}),
    ("另行", {"planned"}),
    ("或", {"unusable"}),
)
"""Hedges that leave nothing open under one turn: 「再购2台」 among plans, 「损坏或待报废」."""
_NEVER: tuple[Sort, ...] = ("area", "report", "condition", "inspected")
_EXPLAINED: Mapping[Sort, Callable[[_Clause, int], bool]] = {
    "unread": _unread,
    "made_to": _made_to,
    "hedge": lambda clause, at: (clause.tokens[at].text, clause.turns) in _CLEAR,
    "rule": lambda clause, _at: any(one.fact for one in clause.statements),
    "filler": lambda clause, at: not _restricts(clause.tokens, at),
    "theirs": _others,
    "unsure": _others,
    "past": _of_time,
    "coming": _of_time,
    "soon": _planned,
    "void": _void,
    "beside": lambda clause, at: is_item(clause.tokens, at) or _is_part(clause, at),
    "act_on": lambda clause, at: _WORK.search(clause.tokens[at].text) is None,
    "some": _some,
    "kinds": _kinds,
    "supposed": _supposed,
    "number": lambda clause, at: (
        _is_told(clause.tokens[at], clause.statements)
        or _sums_up(clause, at)
        or (is_item(clause.tokens, at) and not clause.dealt)
        or (at > 0 and clause.tokens[at - 1].sort == "part" and clause.turns == {"held"})
    ),
    "change": lambda clause, at: _is_told(clause.tokens[at], clause.statements),
    "several": lambda clause, at: _is_told(clause.tokens[at], clause.statements),
    "turn": _turned,
}
"""What explains a token, by its sort; a sort that is not here changes nothing of what is said."""


@functools.cache
def _inside(text: str) -> tuple[str, ...]:
    """What a turn reaches over without saying so: 「列入明年…预算」. Of all ways to cut it into words, the best."""
    best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for end in range(1, len(text) + 1):
        left, unknown = best[end - 1]
        goes_on = unknown and unknown[-1].endswith(text[end - 2])
        found = (
            left + 1,
            (*unknown[:-1], unknown[-1] + text[end - 1]) if goes_on else (*unknown, text[end - 1]),
        )
        for start in range(max(0, end - 12), end):
            if _known().fullmatch(text, start, end):
                found = min(found, best[start], key=lambda one: one[0])
        best.append(found)
    return tuple(one for one in best[-1][1] if not _mark(one))


@functools.cache
def _known() -> re.Pattern[str]:
    """The words that turns are made of, and those that change nothing."""
    made_of: set[str] = {"由", "从", "人均", "人手", "每人", "辖区", "需要", "需求", "排查", "等"}
    made_of |= {
        "爬到",
        "升到",
        "涨到",
        "跌到",
        "降到",
        "提到",
        "冲到",
        "只有",
        "仅有",
        "才",
        "跃升至",
        "提升至",
    }
    made_of |= {"样", "件", "个", "种", "项", "条", "支", "只"}
    made_of |= {"移交", "划转", "划归", "调剂", "调拨", "调配", "下拨", "拨付", "转交", "交付", "分配"}
    for pattern in (*(one for _, one in TURN_PATTERNS), CHANGE):
        for run, maybe in re.findall(r"([\u4e00-\u9fff]+)(\?)?", pattern):
            made_of |= {run, run[:-1]} if maybe else {run}
    for one in words("classes"):
        made_of |= set(words("classes", one))
    for one in ("now", "past", "coming", "plan", "soon", "done"):
        made_of |= set(words("time", one))
    plain = any_of((made_of | set(words("filler"))) - {""})
    month = r"(?:20\d\d年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:底|份|\d{1,2}日)?"
    return re.compile(rf"{plain}|{month}|20\d\d年版?|[\d.%,]+|{DIGITS}|{UNIT}")


def is_work(token: Token) -> bool:
    """Whether a word tells of work among others: 「检查」「出动」「对」."""
    return token.sort == "act_on" and (_WORK.search(token.text) is not None or token.text == "对")


def _mark(text: str) -> bool:
    return re.search("[\\w\u4e00-\u9fff%]", text) is None


def _in_list(tokens: Sequence[Token], at: int) -> bool:
    """「防毒面具电池、声级计」: an item beside others, or what sums the items up."""
    beside = [tokens[index].sort for index in (at - 1, at + 1) if 0 <= index < len(tokens)]
    return any(one in ("join", "listed") for one in beside)


def _is_told(token: Token, statements: Sequence[Statement]) -> bool:
    if token.number is None or any(one.turn in _NUMBERLESS and one.number is None for one in statements):
        return True
    told = {one.number for one in statements} | {one.per for one in statements}
    return token.number.value in told or all(
        one.number is None and one.turn in ("held", "gap") and not one.target.whole for one in statements
    )  # the sum of several, 「不足3台」


def _is_measure(tokens: Sequence[Token], at: int) -> bool:
    """Whether a rule is what something is held to (「按标准要求」「与标准要求」), and not what is told."""
    return tokens[at].turn == "required" and at > 0 and _HELD_TO.search(tokens[at - 1].text) is not None


def _is_used(token: Token, said: str, turns: set[Turn]) -> bool:
    """Whether a turn made a statement, or is a word like 有、为 that only carries one."""
    words_ = token.text.removesuffix("了")
    return token.turn in turns or token.text in said or words_ in WEAK_HELD or bool(_LIGHT.fullmatch(words_))


def names_others(tokens: Sequence[Token]) -> str:
    """Words that were not understood where the subject stands, ahead of all else: 「镇政府配备…」「水库管理所的…」."""
    anchored = (index for index, one in enumerate(tokens) if one.sort in ("name", "turn", "fact", "ours"))
    ahead = range(next(anchored, len(tokens)))
    for soft, run in itertools.groupby(ahead, lambda at: tokens[at].sort in ("unread", "filler", "beside")):
        places = list(run)
        if any(is_item(tokens, at) for at in places):
            continue
        parts = [tokens[at] for at in places]
        unread = [one.text for one in parts if one.sort == "unread"]
        text = "".join(one.text for one in parts)
        if soft and unread and (max(map(len, unread)) > 1 or ends_as_a_body(text)):
            return text
    return ""


def is_told_by_others(text: str) -> bool:
    """Whether a clause ends as a report of what others say: 「专家认为，」; our own checks are none."""
    return _SAYS.search(text) is not None and not is_own_look(text)


def is_own_look(text: str) -> bool:
    """Whether a clause tells what we hold ourselves to or found out: 「对照省级标准要求」「经自查」."""
    return _OWN_LOOK.search(text) is not None
