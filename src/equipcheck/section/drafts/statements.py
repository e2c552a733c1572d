"""What a sentence says of equipment: pairs of a turn (missing, held, …) and what it is said of.

A clause's turn takes the names that follow it (「缺少声级计2台」), else those before it (「声级计不足」), else the
subject of the clause before. What is said of others, of the past or on a condition says nothing of this year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from equipcheck.section.drafts import phrases
from equipcheck.section.drafts.counting import beside, looseness, number_at, number_for
from equipcheck.section.drafts.mentions import Lexicon, Mention, Target
from equipcheck.section.drafts.phrases import ALL, NAME, TURN_OF, Turn
from equipcheck.section.drafts.pieces import Sentence, without_marker
from equipcheck.section.drafts.scope import (
    Clause,
    count,
    groups_of,
    is_bare,
    mask,
    position,
    says,
    target_of,
    turns,
    without_whole,
)

_SPACE = re.compile(r"\s+(?![a-z0-9])|(?<![a-z0-9])\s+|(?<=\d)\s+|\s+(?=\d)")  # kept between Latin words only
_TITLE = re.compile("《(?![^》]*装备[^》]*标准)[^》]*》")  # names in other titles name documents
_BRACKET = re.compile(r"\(([^()]*)\)")
_WEAK_VERBS = ("配备", "配置", "有", "配备了", "配置了")
_THIS_YEAR = re.compile("今年|本年|年内|新")
_NOW = re.compile("目前|现|今年|本年|本年度|当前|截至|截止|年底|年末")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of one target; `number` with it, `loose` where it is about or at least that many."""

    turn: Turn
    target: Target
    number: int | None = None
    loose: str = ""  # "" | about | least
    rate: str | None = None
    besides: tuple[str, ...] = ()  # requirements that 「除…外」 takes out of a statement on all


@dataclass(slots=True)
class _State:
    group: list[Target] = field(default_factory=list)
    turn: Turn | None = None
    past: bool = False
    others: bool = False


def statements(sentence: Sentence, lexicon: Lexicon, year: int) -> list[Said]:
    """Everything that a sentence says of equipment."""
    return list(dict.fromkeys(_Reader(sentence, lexicon, year).read()))


def names_in(sentence: Sentence, lexicon: Lexicon) -> tuple[str, list[Mention]]:
    """The sentence with names masked, and its names in order."""
    return mask(_TITLE.sub("", _SPACE.sub("", without_marker(sentence.folded))), lexicon)


class _Reader:
    def __init__(self, sentence: Sentence, lexicon: Lexicon, year: int) -> None:
        self.mode = sentence.mode
        self.year = year
        self.text, self.mentions = names_in(sentence, lexicon)
        self.state = _State()
        self.besides: tuple[str, ...] = ()

    def read(self) -> Iterator[Said]:
        if not self.mentions or phrases.NO_NOT.search(self.text):
            return
        yield from self._exceptions()
        for clause in self._clauses():
            yield from self._clause(clause)

    # -- cutting -------------------------------------------------------------------------------------------

    def _exceptions(self) -> Iterator[Said]:
        """「除A外，其余装备均已配齐」 says that A is missing, and something on all others."""
        found = phrases.EXCEPT.search(self.text)
        if found is None or NAME not in found["inside"] or phrases.TURNS.search(found["inside"]):
            return
        if not any(
            TURN_OF[str(m.lastgroup)] in ("full", "denied", "short", "none")
            for m in turns(self.text[found.end() :])
        ):
            return
        first = count(self.text[: found.start()])
        inside = self.mentions[first : first + count(found[0])]
        self.besides = tuple(row for one in inside for row in one.target.requirements)
        self.text = self.text[: found.start()] + self.text[found.end() :]
        self.mentions = [one for one in self.mentions if one not in inside]
        yield from (Said("short", one.target) for one in inside if not one.target.whole)

    def _clauses(self) -> Iterator[Clause]:
        text, brackets = self._brackets()
        at = seen = 0
        colon = False
        for stop in [*re.finditer("[,:;。!?]", text), None]:
            end = stop.start() if stop else len(text)
            piece = text[at:end]
            named = count(piece)
            yield Clause(piece, self.mentions[seen : seen + named], colon)
            for place, inner in brackets:
                if at <= place <= end:
                    before = count(text[:place])
                    yield from (
                        Clause(part, [], subject=[before - 1])
                        for part in re.split("[,;:、]", inner)
                        if before
                    )
            at, seen = end + 1, seen + named
            colon = bool(stop) and stop[0] == ":"  # type: ignore[index]

    def _brackets(self) -> tuple[str, list[tuple[int, str]]]:
        """「声级计（应配3台，缺2台）」: what stands in brackets after a name is said of it; other brackets are open."""
        text, found = self.text, []
        while (bracket := _BRACKET.search(text)) is not None:
            inner = bracket[1]
            before = text[: bracket.start()]
            if count(inner):
                text = f"{before.removesuffix(ALL) if before.endswith(ALL) else before}、{inner}{text[bracket.end() :]}"
                if before.endswith(ALL):
                    del self.mentions[count(before) - 1]
            elif before.endswith(NAME) and phrases.NUMBER.fullmatch(inner):
                text = before + inner + text[bracket.end() :]  # 「缺少声级计（2台）」
            else:
                text = before + text[bracket.end() :]
                if before.endswith(NAME):
                    found.append((bracket.start(), inner))
        return text, found

    # -- reading -------------------------------------------------------------------------------------------

    def _clause(self, clause: Clause) -> Iterator[Said]:
        text = clause.text
        if clause.subject is not None:
            self.state.group = [
                self.mentions[index].target for index in clause.subject if index < len(self.mentions)
            ]
        groups = groups_of(text)
        said_any = False
        start_past = self.state.past
        if groups and not phrases.OTHERS.search(text):
            first = phrases.TURNS.search(text)
            if first is None or position(text, groups[0][0]) < first.start():
                self.state.others = False  # 「企业众多，声级计不足」: a subject of its own
        for match in turns(text):
            turn = TURN_OF[str(match.lastgroup)]
            past, coming = self._time(text[: match.start()], start_past)
            self.state.past = past
            if past or self._skips(text[: match.end()]):
                said_any = True
                continue
            for said in self._turn(clause, groups, turn, match, coming=coming):
                said_any = True
                yield said
        if not said_any:
            self.state.past = self._time(text, start_past)[0]
            self._others(text)
            yield from self._carried(clause)
        if groups:
            self.state.group = [clause.mentions[i].target for i in without_whole(groups[-1], clause.mentions)]

    def _time(self, before: str, past: bool) -> tuple[bool, bool]:
        """Whether the nearest word of time before a turn lies in the past, or in years to come."""
        marks = [(m.start(), True, False) for m in phrases.PAST.finditer(before)]
        marks += [(m.start(), False, False) for m in _NOW.finditer(before)]
        marks += [
            (m.start(), int(m[1]) < self.year, int(m[1]) > self.year) for m in phrases.YEAR.finditer(before)
        ]
        return max(marks)[1:] if marks else (past, False)

    def _skips(self, text: str) -> bool:
        self._others(text)
        return bool(self.state.others or phrases.CONDITION.search(text) or phrases.RESOLVED.search(text))

    def _others(self, text: str) -> None:
        theirs = [m.start() for m in phrases.OTHERS.finditer(text)]
        ours = [m.start() for m in phrases.OURS.finditer(text)]
        if theirs or ours:
            self.state.others = max(theirs, default=-1) > max(ours, default=-1)

    def _turn(
        self, clause: Clause, groups: list[list[int]], turn: Turn, match: re.Match[str], *, coming: bool
    ) -> Iterator[Said]:
        text = clause.text
        follows = number_at(text, match.end())
        chosen, as_object = target_of(clause, groups, turn, match, numbered=follows is not None)
        if turn == "held" and match[0] in _WEAK_VERBS and not says(text, match, as_object=as_object):
            return
        if match[0] in ("配备", "配置") and _THIS_YEAR.search(text[: match.start()]):
            turn = "bought"
        turn = self._settled(turn, match[0], coming=coming)
        carried: list[Target] = []
        if not chosen:
            if not is_bare(text) or not self.state.group:
                self.state.turn = turn
                return
            carried = self.state.group
        if match["rate"]:
            if self.mode == "measure" or coming or phrases.AHEAD.search(text[: match.start()]):
                return  # a goal
            scope = _together(carried or [clause.mentions[i].target for i in chosen])
            yield Said("rate", scope, None, looseness(match), match["rate"])
            return
        if turn == "bought" and not (as_object or follows):
            return
        self.state.turn = turn
        targets = carried or [clause.mentions[i].target for i in chosen]
        for index, target in enumerate(targets):
            place = None if carried else position(text, chosen[index])
            number, loose = number_for(text, match, place, as_object=as_object, alone=len(targets) == 1)
            yield from self._said(turn, target, number, loose)

    def _settled(self, turn: Turn, words: str, *, coming: bool) -> Turn:
        """Among measures, and of years to come, what is bought or made complete is a plan."""
        ahead = (self.mode == "measure" or coming) and not re.search("已|现|了$", words)
        return (
            "plan"
            if ahead and turn in ("bought", "full", "held") and not re.search("有$|可用", words)
            else turn
        )

    def _said(self, turn: Turn, target: Target, number: int | None, loose: str) -> Iterator[Said]:
        if turn == "none" and number:
            turn = "short"
        if turn == "none":
            number = None
        if turn in ("required", "usable") and number is None:
            return
        if target.whole and turn not in ("short", "none", "full", "denied", "weak"):
            return
        besides = self.besides if target.whole else ()
        if turn == "plan":
            number, loose = None, ""
        yield Said(turn, target, number, loose, None, besides)

    def _carried(self, clause: Clause) -> Iterator[Said]:
        """A clause of names alone goes on with what was said before: 「已配备声级计3台，无人机1架」."""
        turn = self.state.turn
        if turn is None or self.state.past or self.state.others:
            return
        listed = clause.colon or phrases.LIKE.match(clause.text) is not None
        for order, mention in enumerate(clause.mentions):
            at = position(clause.text, order)
            number, loose = beside(clause.text, at)
            if not mention.target.whole and (number is not None or listed) and turn not in ("weak", "rate"):
                yield from self._said(turn, mention.target, number, loose)


def _together(targets: list[Target]) -> Target:
    """Several names under one rate: all their rows."""
    if len(targets) == 1:
        return targets[0]
    rows = tuple(dict.fromkeys(row for one in targets for row in one.requirements))
    return replace(targets[0], requirements=rows, kind=None, whole=not rows)
