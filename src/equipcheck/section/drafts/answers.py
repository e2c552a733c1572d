"""Which problems of a draft no measure answers.

A problem is one numbered item (or a sentence without a number) that says equipment is missing or lapsed; a measure
answers it when it names the kind in any of its names, its umbrella word or class, or the equipment as a whole, with
a verb of closing. Training in its use is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from equipcheck.section.drafts.classes import Classes
from equipcheck.section.drafts.names import Lexicon, Target
from equipcheck.section.drafts.sentences import Item, Sentence
from equipcheck.section.drafts.statements.clauses import masked
from equipcheck.section.drafts.statements.statement import Reading, Statement
from equipcheck.section.drafts.statements.turns import ALL
from equipcheck.section.drafts.statements.words import any_of, words

PROBLEM_TURNS = ("gap", "none", "weak", "unusable")

_CLOSING = any_of(words("closing"))
_DOES = re.compile(_CLOSING + "|送[^,;。]{0,6}(?:检|修|校)")
_TRAINS = re.compile(
    "培训|演练|练兵|比武|学习|教学|考核|授课|操作(?:规程|技能)|使用管理|管理制度|责任制|专人保管|专人管理"
)
_ACTS = re.compile("购|配备|配齐|补[充齐足配]|送检|检定|校准|维修|调剂|调拨|更新|租")
_COVERED = re.compile(
    "第三方[^,;。]{0,8}服务|(?:由|委托|依托|购买)第三方|统一?调配|统调|借用|共享共用|购买服务|服务合同|续签"
)
_DOES_WHOLE = re.compile(
    f"(?:{_CLOSING})[^,;。]{{0,14}}?{ALL}(?!使用|操作|管理|培训|台账)"
    f"|{ALL}[^,;。、和与及]{{0,8}}?(?:建设|投入|保障|短板|缺口|不足|到位|{_CLOSING})"
    "|(?:补齐|补足|补强)[^,;。]{0,10}?(?:装备|设备|仪器)[^,;。]{0,4}?(?:短板|弱项|缺口)?"
)
_AHEAD = re.compile(
    "下一?步|今后|(?<!现)将|拟|计划|力争|争取(?!中)|尽快|逐步|抓紧|加快|明年"
    r"|(?:20\d\d年)?\d{1,2}月(?:底|末|\d+日)?前|20\d\d年(?:底|末)?前|年内|[一二三四]季度"
)
_DONE = re.compile("已(?!落实|列入|纳入|安排|报)")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A problem as written, its place, and what no measure names."""

    problem: str
    place: str
    because: str


@dataclass(slots=True)
class _Thing:
    """What one name of a problem stands for, and whether it is lapsed or broken rather than missing."""

    name: str
    keys: set[str]
    target: Target
    statement: Statement


@dataclass(slots=True)
class _Problem:
    """What one item says is missing, and whether the equipment as a whole."""

    things: list[_Thing] = field(default_factory=list)
    whole: bool = False


def unanswered(
    sentences: Sequence[Sentence],
    items: Sequence[Item],
    readings: Sequence[Sequence[Reading]],
    lexicon: Lexicon,
) -> tuple[Unanswered, ...]:
    """The problems that no measure answers, in the order of the text."""
    problems: dict[int, _Problem] = {}
    answered: set[str] = set()
    whole = False
    classes = Classes(lexicon)
    named: list[str] = []
    for sentence, clauses in zip(sentences, readings, strict=True):
        statements = [one for reading in clauses for one in reading.statements]
        if sentence.mode != "measure":
            _gather(problems, sentence, statements)
        does, keys, text = _does(sentence, statements, lexicon)
        whole |= does
        answered |= keys
        if text:
            named.append(text)
        if _ACTS.search(text) and not keys and sentence.mode != "measure" and sentence.item in problems:
            # 「…尚属空白。已落实资金，3月前完成采购。」 within one problem
            answered |= {key for one in problems[sentence.item].things for key in one.keys}
    if whole:
        return ()
    result = []
    for index, problem in sorted(problems.items()):
        left = [
            one.name
            for one in problem.things
            if not one.keys & answered
            and not any(classes.names(text, one.target, one.statement) for text in named)
        ]
        if left:
            result.append(Unanswered(items[index].text, items[index].place, f"没有措施提到{'、'.join(left)}"))
        elif problem.whole and not problem.things and not answered and not any(map(classes.any, named)):
            result.append(Unanswered(items[index].text, items[index].place, "没有措施提到补齐装备"))
    return tuple(result)


def _gather(problems: dict[int, _Problem], sentence: Sentence, statements: Sequence[Statement]) -> None:
    """One thing is named once, under the first of its names."""
    for one in statements:
        if one.turn not in PROBLEM_TURNS or not one.ours:
            continue
        problem = problems.setdefault(sentence.item, _Problem())
        if one.target.whole:
            problem.whole = True
            continue
        keys = _keys(one.target)
        same = next((each for each in problem.things if each.keys & keys), None)
        if same is None:
            problem.things.append(_Thing(one.target.name, keys, one.target, one))


def _keys(target: Target) -> set[str]:
    return {*target.requirements, *(f"kind:{kind}" for kind in target.kinds)}


def _does(
    sentence: Sentence, statements: Sequence[Statement], lexicon: Lexicon
) -> tuple[bool, set[str], str]:
    """Whether a sentence answers for the equipment as a whole, the kinds for which it does, and its closing clauses."""
    text = masked(sentence.folded, lexicon)
    planned = any(one.turn == "planned" for one in statements)
    ahead = sentence.mode == "measure" or (planned and _AHEAD.search(text.text) is not None)
    keys: set[str] = set()
    closing: list[str] = []
    whole = False
    carried = False
    for part in re.finditer("[^,;。]+", text.text):
        clause = text.part(part.start(), part.end())
        does = _DOES.search(clause.text) is not None
        trains = _TRAINS.search(clause.text) is not None and not re.search(
            "购|配备|补|送检|检定", clause.text
        )
        soon = _AHEAD.search(text.text[: part.end()]) is not None and not _DONE.search(clause.text)
        if trains:
            carried = False
            continue
        if _COVERED.search(clause.text) or (does and (ahead or soon)) or (carried and ahead and not does):
            keys |= {key for one in clause.targets for key in _keys(one)}
            closing.append(clause.written)
            carried = does
        if _DOES_WHOLE.search(clause.text) and (sentence.mode == "measure" or soon):
            whole = True
    answers = _COVERED.search(text.text) is not None or bool(closing)
    if answers and not _TRAINS.search(text.text):
        keys |= {key for one in text.targets for key in _keys(one)}
    return whole, keys, ",".join(closing)
