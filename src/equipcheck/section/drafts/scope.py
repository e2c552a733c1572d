"""Of which names a turn is said: names masked in a clause, their runs, and the run that a turn takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from equipcheck.section.drafts import phrases
from equipcheck.section.drafts.counting import COUNTED, number_at
from equipcheck.section.drafts.mentions import Lexicon, Mention
from equipcheck.section.drafts.phrases import ALL, NAME, Turn

VOID = "\ue003"
JOINT = re.compile(r"[、和及与以或等\s\"'“”‘’]*")
FILLER = re.compile(r"[\s但而且并其中也还仍均都已目前实际数量为只仅、我局有的了较]*")
REACH = 14
"""How many characters may stand between a name and what is said of it."""
_SUCH = re.compile("等[^,;。、]{0,8}")  # 「A、B等应急装备」
_SOME_KINDS = re.compile("(?<!等)[\\d一二两三四五六七八九十]+[种类项]")


@dataclass(slots=True)
class Clause:
    """A clause with names masked; `mentions` has one for each masked name, in order."""

    text: str
    mentions: list[Mention]
    colon: bool = False  # it follows a colon
    subject: list[int] | None = None  # of a bracket: positions in the sentence's mentions


def mask(text: str, lexicon: Lexicon) -> tuple[str, list[Mention]]:
    """The text with each name as one character (void ones apart), and the names in order."""
    parts, kept, at = [], [], 0
    for one in lexicon.find(text):
        parts.append(text[at : one.start])
        if one.void:
            parts.append(VOID)
        else:
            parts.append(ALL if one.target.whole else NAME)
            kept.append(one)
        at = one.end
    parts.append(text[at:])
    return "".join(parts), kept


def turns(text: str) -> list[re.Match[str]]:
    """Every turn of a text, left to right."""
    return list(phrases.TURNS.finditer(text))


def count(text: str) -> int:
    """How many names stand in a masked text."""
    return text.count(NAME) + text.count(ALL)


def position(text: str, order: int) -> int:
    """Where the mention of an order stands."""
    return [m.start() for m in re.finditer(phrases.M, text)][order]


def groups_of(text: str) -> list[list[int]]:
    """Runs of names joined by 、和及… and their numbers."""
    places = [m.start() for m in re.finditer(phrases.M, text)]
    groups: list[list[int]] = []
    for order, place in enumerate(places):
        between = text[places[order - 1] + 1 : place] if order else None
        if between is not None and (_joins(between) or (text[place] == ALL and _SUCH.fullmatch(between))):
            groups[-1].append(order)
        else:
            groups.append([order])
    return groups


def _joins(between: str) -> bool:
    """Whether what stands between two names makes them one list."""
    return (
        JOINT.fullmatch(COUNTED.sub("", re.sub("等[\\d一二三四五六七八九十]+[种类项]", "", between)))
        is not None
    )


def without_whole(group: Sequence[int], mentions: Sequence[Mention]) -> list[int]:
    """「A、B等装备」 speaks of A and B."""
    named = [i for i in group if not mentions[i].target.whole]
    return named or list(group)


def target_of(
    clause: Clause, groups: list[list[int]], turn: Turn, match: re.Match[str], *, numbered: bool
) -> tuple[list[int], bool]:
    """The names that a turn speaks of, and whether they are its object."""
    text = clause.text
    ends = [(position(text, group[0]), position(text, group[-1]), group) for group in groups]
    inside = [group for first, last, group in ends if first < match.end() and last >= match.start()]
    if inside:
        return without_whole(inside[0], clause.mentions), True
    following = next(((first, group) for first, _, group in ends if first >= match.end()), None)
    preceding = next(((last, group) for _, last, group in reversed(ends) if last < match.start()), None)
    subject = None
    if preceding is not None:
        between = COUNTED.sub("", phrases.TURNS.sub("", text[preceding[0] + 1 : match.start()]))
        built = turn == "full" and "建设" in between  # 「装备建设达到要求」 counts no units
        if _reaches(between) and not _SOME_KINDS.search(between) and not built:
            subject = preceding[1]
    if following is not None and turn in phrases.TAKES_OBJECT and not (numbered and subject):
        between = text[match.end() : following[0]]
        free = not re.match("[、和及与以并而]", between) and not phrases.TURNS.search(
            between.replace("的", "")
        )
        if free and _reaches(between):
            return without_whole(following[1], clause.mentions), True
    return (without_whole(subject, clause.mentions), False) if subject else ([], False)


def _reaches(between: str) -> bool:
    """Whether nothing between a name and a turn makes it a statement on something else."""
    return len(between) <= REACH and not phrases.OTHER_SUBJECT.search(between) and VOID not in between


def is_bare(text: str) -> bool:
    """Whether a clause is nothing but a turn and numbers, so that its subject stands before it."""
    rest = COUNTED.sub("", phrases.TURNS.sub("", text))
    return (
        not re.search(phrases.M, text)
        and len(FILLER.sub("", rest)) <= 6
        and not phrases.OTHER_SUBJECT.search(rest)
        and not _SOME_KINDS.search(rest)
    )


def says(text: str, match: re.Match[str], *, as_object: bool) -> bool:
    """Whether 「有」「配备」 alone says that something is there: 「配备情况」 and 「有关」 do not."""
    if text[: match.start()].endswith("中") and match[0] == "有":
        return False  # 「3台中有2台过期」 is no count of what is held
    number = number_at(text, match.end())
    if match[0] == "有" and number is not None and phrases.UNFIT.match(text, number[2]):
        return False
    if number is not None or text[match.end() : match.end() + 1] == NAME:
        return True
    return as_object and match[0] != "有"
