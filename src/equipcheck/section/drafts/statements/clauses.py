"""A sentence with its names masked, cut into clauses; what stands in brackets after a name is said of that name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from equipcheck.section.drafts.names import WHOLE, Lexicon, Target
from equipcheck.section.drafts.sentences import without_marker
from equipcheck.section.drafts.statements import numbers
from equipcheck.section.drafts.statements.turns import ALL, NAME, TITLE, TURN_PATTERNS, VOID, mark

_SPACE = re.compile(r"\s+(?![a-z0-9])|(?<![a-z0-9])\s+|(?<=\d)\s+")  # kept behind Latin words only
_TITLE = re.compile("《[^》]*》")
_BRACKET = re.compile(r"\(([^()]*)\)")
_STOP = re.compile(
    f"(?<=的{ALL})(?:主要|分别)?(?:包括|有|为|是)(?={NAME})|"  # 「急需补充的装备包括A、B」
    r"(?<!\d),|,(?!\d)|[;:。!?]|[—―]+|(?<![,;:。、尚暂况而并姑])(?:但是|但(?!书)|并且|而且|且|然而|不过(?![来去关]))(?=[^,;:。])"
)
_OWN = re.compile(f"(?<=[{NAME}])[,:](?=(?:共|计)?{numbers.DIGITS}{numbers.UNIT}(?:$|[,;。)]))")
"""「声级计：2台」"""
_LAST = re.compile(
    f"(?<=[{numbers.UNITS}])、(?=[{NAME}](?P<said>[^,;:。、{NAME}{ALL}{VOID}{TITLE}]{{1,16}})(?:$|[,;。]))"
)
_BEFORE_ITEM = re.compile(f"[,;:。、和及与{NAME}{ALL}{VOID}{TITLE}]")
_ITEM = re.compile("(?:仪|器|机|计|车|船|艇|设备|装置|系统|终端)$")
_SOME_OF_ALL = re.compile(
    r"(?P<items>\d+)[项种类](?=(?:尚|还|仍|均|都)*(?:未|不|没有|缺|短缺)(?:能|完全|全部)?(?:达标|配齐|配备|到位|达到|足|配))"
)
"""「41项装备中…15项未达标」"""
_MASKS = re.compile(f"[{NAME}{ALL}{VOID}{TITLE}]")
_TURNS = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", pattern) for _, pattern in TURN_PATTERNS))
_COUNT = re.compile("(?:共|计|合计)?" + re.sub(r"\?P<\w+>", "?:", numbers.NUMBER))
_AMONG_THEM = re.compile("其中|含|包括")
_EVERY = mark("every")
_RULE_ONLY = re.compile(f"{numbers.UNIT}|{numbers.RULE}")


@dataclass(frozen=True, slots=True)
class Masked:
    """What stands behind a mask: the words as written, and what they name (None for titles and void names)."""

    words: str
    target: Target | None


@dataclass(slots=True)
class Clause:
    """A clause with masks; `targets` has one for each name, in order, `written` is the clause as it stood."""

    text: str
    targets: list[Target]
    written: str
    colon: bool = False  # it follows a colon
    subject: list[Target] = field(default_factory=list)  # of a clause in brackets: the name before


@dataclass(slots=True)
class Text:
    """A masked text and what its masks stand for."""

    text: str
    masks: list[Masked]

    def part(self, start: int, end: int) -> Text:
        """The text from one place to another."""
        first = len(_MASKS.findall(self.text[:start]))
        inside = self.text[start:end]
        return Text(inside, self.masks[first : first + len(_MASKS.findall(inside))])

    def __add__(self, other: Text) -> Text:
        return Text(self.text + other.text, self.masks + other.masks)

    @property
    def targets(self) -> list[Target]:
        """What its names name, in order."""
        return [one.target for one in self.masks if one.target is not None]

    @property
    def written(self) -> str:
        """The words as they stood."""
        masks = iter(self.masks)
        return _MASKS.sub(lambda _: next(masks).words, self.text)


def masked(sentence: str, lexicon: Lexicon) -> Text:
    """A folded sentence without its number, its names and titles masked."""
    text = _SPACE.sub("", without_marker(sentence))
    parts: list[str] = []
    masks: list[Masked] = []
    at = 0
    titles = [(one.start(), one.end()) for one in _TITLE.finditer(text)]
    spans: list[tuple[int, int, str, Target | None]] = [(start, end, TITLE, None) for start, end in titles]
    for one in lexicon.find(text):
        if not any(start <= one.start < end for start, end in titles):
            sign = VOID if one.void else ALL if one.target.whole else NAME
            spans.append((one.start, one.end, sign, None if one.void else one.target))
    whole = next((end for _, end, sign, _ in spans if sign == ALL), None)
    if whole is not None:
        spans += [
            (one.start(), one.end(), ALL, replace(WHOLE, items=int(one["items"])))
            for one in _SOME_OF_ALL.finditer(text, whole)
        ]
    for start, end, sign, target in sorted(spans, key=lambda one: one[0]):
        parts += [text[at:start], sign]
        masks.append(Masked(text[start:end], target))
        at = end
    return Text("".join(parts) + text[at:], masks)


def clauses_of(text: Text) -> Iterator[Clause]:
    """The clauses of a masked sentence; one in brackets follows the clause it stands in."""
    text, brackets = _brackets(Text(_OWN.sub("", text.text), text.masks))
    text = Text(_LAST.sub(_parted, text.text), text.masks)
    at = 0
    colon = False
    for stop in [*_STOP.finditer(text.text), None]:
        end = stop.start() if stop else len(text.text)
        part = text.part(at, end)
        yield Clause(part.text, part.targets, part.written, colon)
        for place, inner, subject in brackets:
            if at <= place <= end:
                yield from _inner_clauses(inner, subject)
        at = stop.end() if stop else end
        colon = stop is not None and stop[0][-1] in ":括有为是"


def _parted(found: re.Match[str]) -> str:
    """「声级计1台、无人机未配」: only the last of these has what is said of it."""
    turn = _TURNS.match(found["said"].lstrip("暂尚还仍则也目前"))
    alone = turn is not None and not _EVERY.search(found["said"]) and not _COUNT.search(found["said"])
    return "," if alone else "、"


def _inner_clauses(inner: Text, subject: Sequence[Target]) -> Iterator[Clause]:
    at = 0
    for stop in [*re.finditer("[,;:。]", inner.text), None]:
        part = inner.part(at, stop.start() if stop else len(inner.text))
        yield Clause(part.text, part.targets, part.written, subject=list(subject))
        at = stop.end() if stop else 0


def _unknown_item(text: str) -> int:
    """How many characters at the end of a text are an item that has no known name: 「、挥发性有机物检测仪」."""
    item = text[max((found.end() for found in _BEFORE_ITEM.finditer(text)), default=0) :]
    item = item[max((found.end() for found in _TURNS.finditer(item) if len(found[0]) > 1), default=0) :]
    return len(item) if len(item) > 2 and _ITEM.search(item) else 0


def _brackets(text: Text) -> tuple[Text, list[tuple[int, Text, list[Target]]]]:
    """The text with its brackets resolved, and those that are clauses of their own, with place and subject.

    After an umbrella word, names in brackets explain it; after a word for equipment as a whole they are the list
    meant; a number in brackets is the number of the name before it.
    """
    found: list[tuple[int, Text, list[Target]]] = []
    while (bracket := _BRACKET.search(text.text)) is not None:
        before, after = text.part(0, bracket.start()), text.part(bracket.end(), len(text.text))
        inner = text.part(bracket.start() + 1, bracket.end() - 1)
        says = _TURNS.search(inner.text) is not None
        unknown = _unknown_item(before.text)
        if inner.text == NAME and unknown and not says:
            text = before.part(0, len(before.text) - unknown) + inner + after  # 「…检测仪（PID）」
        elif inner.targets and before.text.endswith(ALL) and not says:
            text = before.part(0, len(before.text) - 1) + inner + after
        elif inner.targets and before.targets and _AMONG_THEM.match(inner.text) and _COUNT.search(inner.text):
            text = before + after
            found.append((bracket.start(), inner, before.targets[-1:]))  # 「执法车3辆（其中越野车1辆）」
        elif inner.targets and not says:
            text = before + after if before.targets else before + Text("、", []) + inner + after
        elif before.text.endswith((NAME, ALL)) and _COUNT.fullmatch(inner.text):
            text = before + inner + after  # 「缺少声级计（2台）」
        else:
            text = before + after
            clause = re.split("[,;:。]", before.text)[-1]
            last = before.part(len(before.text) - len(clause), len(before.text)).targets[-1:]
            if (
                (says or _COUNT.search(inner.text) or re.search(numbers.PER_FACT, inner.text))
                and not _RULE_ONLY.fullmatch(inner.text)
                and last
            ):
                found.append((bracket.start(), inner, last))
    return text, found
