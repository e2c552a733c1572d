"""What a sentence says of equipment: pairs of a turn (missing, held, …) and what it is said of.

A clause's turn takes the names that follow it (「缺少声级计2台」), else those before it (「声级计不足」), else the
subject of the clause before. What is said of others, of the past or on a condition says nothing of this year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from equipcheck.ledger.numerals import chinese_number
from equipcheck.section.drafts import phrases
from equipcheck.section.drafts.mentions import Lexicon, Mention, Target
from equipcheck.section.drafts.phrases import ALL, NAME, TURN_OF, Turn
from equipcheck.section.drafts.pieces import Sentence, without_marker

_VOID = "\ue003"
_JOINT = re.compile(r"[、和及与以或等\s\"'“”‘’]*")
_COUNTED = re.compile(f"(?:各|共|约)?{phrases.DIGITS}[余多]?{phrases.UNIT}(?:以上)?")
_FILLER = re.compile(r"[\s但而且并其中也还仍均都已目前实际数量为只仅、我局有的了较]*")
_BRACKET = re.compile(r"\(([^()]*)\)")
_WEAK_VERBS = ("配备", "配置", "有", "配备了", "配置了")
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
class _Clause:
    text: str
    mentions: list[Mention]  # one per NAME or ALL character, in order
    colon: bool = False
    subject: list[int] | None = None  # for a bracket: positions in `mentions`


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
    return _mask(without_marker(sentence.folded), lexicon)


def _mask(text: str, lexicon: Lexicon) -> tuple[str, list[Mention]]:
    parts, kept, at = [], [], 0
    for one in lexicon.find(text):
        parts.append(text[at : one.start])
        if one.void:
            parts.append(_VOID)
        else:
            parts.append(ALL if one.target.whole else NAME)
            kept.append(one)
        at = one.end
    parts.append(text[at:])
    return "".join(parts), kept


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
        if not any(TURN_OF[str(m.lastgroup)] in ("full", "denied", "short", "none") for m in _turns(self.text[found.end() :])):
            return
        first = _count(self.text[: found.start()])
        inside = self.mentions[first : first + _count(found[0])]
        self.besides = tuple(row for one in inside for row in one.target.requirements)
        self.text = self.text[: found.start()] + self.text[found.end() :]
        self.mentions = [one for one in self.mentions if one not in inside]
        yield from (Said("short", one.target) for one in inside if not one.target.whole)

    def _clauses(self) -> Iterator[_Clause]:
        text, brackets = self._brackets()
        at = seen = 0
        colon = False
        for stop in [*re.finditer("[,:;。!?]", text), None]:
            end = stop.start() if stop else len(text)
            piece = text[at:end]
            count = _count(piece)
            yield _Clause(piece, self.mentions[seen : seen + count], colon)
            for position, inner in brackets:
                if at <= position <= end:
                    before = _count(text[:position])
                    yield from (
                        _Clause(part, [], subject=[before - 1]) for part in re.split("[,;:、]", inner) if before
                    )
            at, seen = end + 1, seen + count
            colon = bool(stop) and stop[0] == ":"  # type: ignore[index]

    def _brackets(self) -> tuple[str, list[tuple[int, str]]]:
        """「声级计（应配3台，缺2台）」: what stands in brackets after a name is said of it; other brackets are open."""
        text, found = self.text, []
        while (bracket := _BRACKET.search(text)) is not None:
            inner = bracket[1]
            before = text[: bracket.start()]
            if _count(inner):
                text = f"{before.removesuffix(ALL) if before.endswith(ALL) else before}、{inner}{text[bracket.end() :]}"
                if before.endswith(ALL):
                    del self.mentions[_count(before) - 1]
            else:
                text = before + text[bracket.end() :]
                if before.endswith(NAME):
                    found.append((bracket.start(), inner))
        return text, found

    # -- reading -------------------------------------------------------------------------------------------

    def _clause(self, clause: _Clause) -> Iterator[Said]:
        text = clause.text
        if clause.subject is not None:
            self.state.group = [self.mentions[index].target for index in clause.subject if index < len(self.mentions)]
        groups = _groups(text)
        said_any = False
        start_past = self.state.past
        for match in _turns(text):
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
            self.state.group = [clause.mentions[i].target for i in _without_whole(groups[-1], clause.mentions)]

    def _time(self, before: str, past: bool) -> tuple[bool, bool]:
        """Whether the nearest word of time before a turn lies in the past, or in years to come."""
        marks = [(m.start(), True, False) for m in phrases.PAST.finditer(before)]
        marks += [(m.start(), False, False) for m in _NOW.finditer(before)]
        marks += [(m.start(), int(m[1]) < self.year, int(m[1]) > self.year) for m in phrases.YEAR.finditer(before)]
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
        self, clause: _Clause, groups: list[list[int]], turn: Turn, match: re.Match[str], *, coming: bool
    ) -> Iterator[Said]:
        text = clause.text
        follows = _number_at(text, match.end())
        chosen, as_object = _target(clause, groups, turn, match, numbered=follows is not None)
        if turn == "held" and match[0] in _WEAK_VERBS and not _says(text, match, as_object=as_object):
            return
        turn = self._settled(turn, match[0], coming=coming)
        carried: list[Target] = []
        if not chosen:
            if not _bare(text) or not self.state.group:
                self.state.turn = turn
                return
            carried = self.state.group
        if match["rate"]:
            first = carried[0] if carried else clause.mentions[chosen[0]].target
            lone = len(carried or chosen) == 1
            scope = first if lone else replace(first, requirements=(), kind=None, whole=True)
            yield Said("rate", scope, None, _looseness(match), match["rate"])
            return
        self.state.turn = turn
        targets = carried or [clause.mentions[i].target for i in chosen]
        for index, target in enumerate(targets):
            place = None if carried else _position(text, chosen[index])
            number, loose = _number_for(text, match, place, as_object=as_object, alone=len(targets) == 1)
            yield from self._said(turn, target, number, loose)

    def _settled(self, turn: Turn, words: str, *, coming: bool) -> Turn:
        """Among measures, and of years to come, what is bought or made complete is a plan."""
        ahead = (self.mode == "measure" or coming) and not re.search("已|现|了$", words)
        return "plan" if ahead and turn in ("bought", "full", "held") and not re.search("有$|可用", words) else turn

    def _said(self, turn: Turn, target: Target, number: int | None, loose: str) -> Iterator[Said]:
        if turn == "none" and number is not None:
            turn = "short"
        if turn in ("required", "usable") and number is None:
            return
        if target.whole and turn not in ("short", "none", "full", "denied", "weak"):
            return
        besides = self.besides if target.whole else ()
        if turn == "plan":
            number, loose = None, ""
        yield Said(turn, target, number, loose, None, besides)

    def _carried(self, clause: _Clause) -> Iterator[Said]:
        """A clause of names alone goes on with what was said before: 「已配备声级计3台，无人机1架」."""
        turn = self.state.turn
        if turn is None or self.state.past or self.state.others:
            return
        for order, mention in enumerate(clause.mentions):
            at = _position(clause.text, order)
            number, loose = _beside(clause.text, at)
            if not mention.target.whole and (number is not None or clause.colon) and turn not in ("weak", "rate"):
                yield from self._said(turn, mention.target, number, loose)


def _looseness(match: re.Match[str]) -> str:
    """Whether a rate is stated as exact, as a lower or upper bound, or as an approximation."""
    words = match[0].removesuffix(match["rate"])
    if match["least"] or phrases.AT_LEAST.search(words):
        return "least"
    if phrases.BELOW.search(words):
        return "below"
    return "about" if phrases.APPROXIMATE.search(words) else ""


def _turns(text: str) -> list[re.Match[str]]:
    return list(phrases.TURNS.finditer(text))


def _count(text: str) -> int:
    return text.count(NAME) + text.count(ALL)


def _position(text: str, order: int) -> int:
    """Where the mention of an order stands."""
    return [m.start() for m in re.finditer(phrases.M, text)][order]


def _groups(text: str) -> list[list[int]]:
    """Runs of names joined by 、和及… and their numbers."""
    places = [m.start() for m in re.finditer(phrases.M, text)]
    groups: list[list[int]] = []
    for order, place in enumerate(places):
        between = _COUNTED.sub("", text[places[order - 1] + 1 : place]) if order else None
        if between is not None and _JOINT.fullmatch(re.sub(r"等(?:[\d一二三四五六七八九十]+[种类项])?", "", between)):
            groups[-1].append(order)
        else:
            groups.append([order])
    return groups


def _without_whole(group: Sequence[int], mentions: Sequence[Mention]) -> list[int]:
    """「A、B等装备」 speaks of A and B."""
    named = [i for i in group if not mentions[i].target.whole]
    return named or list(group)


def _target(
    clause: _Clause, groups: list[list[int]], turn: Turn, match: re.Match[str], *, numbered: bool
) -> tuple[list[int], bool]:
    """The names that a turn speaks of, and whether they are its object."""
    text = clause.text
    ends = [(_position(text, group[0]), _position(text, group[-1]), group) for group in groups]
    inside = [group for first, last, group in ends if first < match.end() and last >= match.start()]
    if inside:
        return _without_whole(inside[0], clause.mentions), True
    following = next(((first, group) for first, _, group in ends if first >= match.end()), None)
    preceding = next(((last, group) for _, last, group in reversed(ends) if last < match.start()), None)
    subject = None
    if preceding is not None:
        between = _COUNTED.sub("", phrases.TURNS.sub("", text[preceding[0] + 1 : match.start()]))
        if len(between) <= 14 and not phrases.OTHER_SUBJECT.search(between) and _VOID not in between:
            subject = preceding[1]
    if following is not None and turn in phrases.TAKES_OBJECT and not (numbered and subject):
        between = text[match.end() : following[0]]
        free = not re.match("[、和及与以并而]", between) and not phrases.TURNS.search(between.replace("的", ""))
        if free and len(between) <= 14 and not phrases.OTHER_SUBJECT.search(between) and _VOID not in between:
            return _without_whole(following[1], clause.mentions), True
    return (_without_whole(subject, clause.mentions), False) if subject else ([], False)


def _bare(text: str) -> bool:
    """Whether a clause is nothing but a turn and numbers, so that its subject stands before it."""
    rest = _COUNTED.sub("", phrases.TURNS.sub("", text))
    return not re.search(phrases.M, text) and len(_FILLER.sub("", rest)) <= 6 and not phrases.OTHER_SUBJECT.search(rest)


def _says(text: str, match: re.Match[str], *, as_object: bool) -> bool:
    """Whether 「有」「配备」 alone says that something is there: 「配备情况」 and 「有关」 do not."""
    if text[: match.start()].endswith("中") and match[0] == "有":
        return False  # 「3台中有2台过期」 is no count of what is held
    if _number_at(text, match.end()) is not None or text[match.end() : match.end() + 1] == NAME:
        return True
    return as_object and match[0] != "有"


def _number_at(text: str, at: int) -> tuple[int, str, int] | None:
    """The number that stands at a place (a word such as 约 before it allowed): value, looseness, its end."""
    lead = re.compile(r"(?:约|近|仅|只|了|有|为|共|各|达|到|不少于|超过|至少|大约|将近|尚|还)*").match(text, at)
    start = lead.end() if lead else at
    found = phrases.NUMBER.match(text, start) or phrases.BARE_NUMBER.match(text, start)
    if found is None:
        return None
    value = _value(found["digits"])
    if value is None:
        return None
    words = lead[0] if lead else ""
    loose = ""
    if found["above"] or phrases.AT_LEAST.search(words):
        loose = "least"
    elif found["more"] or phrases.APPROXIMATE.search(words):
        loose = "about"
    return value, loose, found.end()


def _value(digits: str) -> int | None:
    return int(digits) if digits.isdigit() else chinese_number(digits)


def _beside(text: str, at: int) -> tuple[int | None, str]:
    """The number right after a name, or right before it (「2台声级计」)."""
    after = _number_at(text, at + 1)
    if after is not None and text[at + 1 : at + 2] not in ("共",):
        return after[0], after[1]
    for found in phrases.NUMBER.finditer(text[:at]):
        if found.end() == at or text[found.end() : at] == "的":
            return _value(found["digits"]), ""
    return None, ""


def _number_for(
    text: str, match: re.Match[str], place: int | None, *, as_object: bool, alone: bool
) -> tuple[int | None, str]:
    """The number said of one name under a turn."""
    follows = _number_at(text, match.end())
    each = follows is not None and phrases.EACH.search(text[match.start() : follows[2]]) is not None
    if TURN_OF[str(match.lastgroup)] == "lapsed":
        before = [m for m in phrases.NUMBER.finditer(text[: match.start()]) if text[m.end() : match.start()] in ("", "已")]
        if before:
            return _value(before[-1]["digits"]), ""
    if place is None or not as_object:
        if follows is not None and (alone or each):
            return follows[0], follows[1]
        return (None, "") if place is None or follows is not None else _beside(text, place)
    beside = _beside(text, place)
    if beside[0] is not None:
        return (None, "") if not alone and phrases.IN_ALL.search(match[0]) else beside
    trailing = re.search(f"各(?:配)?({phrases.DIGITS}){phrases.UNIT}", text[place:])
    if trailing:
        return _value(trailing[1]), ""
    return (follows[0], follows[1]) if follows is not None and alone and follows[2] <= place else (None, "")
