"""A clause with masked names, cut into tokens: names, turns, numbers, words of time and of whose, and what is left.

What no pattern fits is a token of its own (`unread`): a reader that meets one between a name, its turn and its
number has not understood the clause.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from equipcheck.section.drafts.statements import numbers
from equipcheck.section.drafts.statements.form import Sort, Turn
from equipcheck.section.drafts.statements.numbers import Number
from equipcheck.section.drafts.statements.turns import (
    ALL,
    NAME,
    TITLE,
    TURN_PATTERNS,
    VOID,
    phrases,
    turn_patterns,
)
from equipcheck.section.drafts.statements.words import any_of, words


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a clause; `order` is the place of a name among the clause's names."""

    sort: Sort
    text: str
    at: int
    turn: Turn | None = None
    number: Number | None = None
    fact: str | None = None
    rate: str | None = None
    order: int = -1


_YEAR = (
    r"(?P<year>20\d\d)年(?!版|以来|起|至今|标准|度?法治)(?!.{0,4}相比)"
    r"(?:度|底|末|[上下]半年|\d+月(?:底|末|\d+日)?|内|间|全年|年底)?"
)
_NAMES = re.compile(f"[{NAME}{ALL}]")


@functools.cache
def _pattern() -> re.Pattern[str]:
    """One pattern for every token, in the order in which they win at a place."""
    groups = {section: _groups(section) for section in ("before", "after", "last")}
    object_ = f"(?=[^,;:。]{{0,10}}?{NAME})"
    parts = [
        f"(?P<name>[{NAME}{ALL}])",
        f"(?P<void>{VOID})",
        f"(?P<title>{TITLE})",
        _YEAR,
        f"(?P<everyone>{numbers.PER_FACT_ALL}){object_}",
        f"(?P<rule>{numbers.RULE})",
        f"(?P<fact>{numbers.PER_FACT})",
        f"(?P<several>{numbers.PER_SEVERAL})",
        f"(?P<change>{numbers.CHANGE})",
        *groups["before"],
        "|".join(f"(?P<t{index}>{pattern})" for index, (_, pattern) in enumerate(TURN_PATTERNS)),
        f"(?P<number>{numbers.NUMBER})",
        numbers.BARE,
        numbers.BARE_CHINESE,
        *groups["after"],
        f"(?P<word>{any_of(_sorts())})",
        *groups["last"],
    ]
    return re.compile("|".join(parts))


@functools.cache
def _phrases() -> Mapping[str, Sort]:
    """The phrases of the vocabulary, and the sort of each."""
    return {
        f"{section}_{index}": cast("Sort", key.split(".")[0])
        for section in ("before", "after", "last")
        for index, key in enumerate(turn_patterns(section))
    }


def _groups(section: str) -> list[str]:
    patterns = phrases(section)
    return [f"(?P<{section}_{index}>{pattern})" for index, pattern in enumerate(patterns)]


@functools.cache
def _sorts() -> Mapping[str, Sort]:
    """What each word of the vocabulary is; the longest that fits at a place wins."""
    found: dict[str, Sort] = dict.fromkeys(("、", "和", "及", "与", "以及"), "join")
    found["的"] = "of"
    for sort, path in _LISTS:
        for word in words(*path):
            found.setdefault(word, sort)
    return found


_LISTS: tuple[tuple[Sort, tuple[str, ...]], ...] = (
    ("condition", ("condition",)),
    ("area", ("area",)),
    ("unsure", ("whose", "unsure")),
    ("theirs", ("whose", "theirs")),
    ("ours", ("whose", "ours")),
    ("past", ("time", "past")),
    ("now", ("time", "now")),
    ("coming", ("time", "coming")),
    ("soon", ("time", "plan")),
    ("soon", ("time", "soon")),
    ("done", ("time", "done")),
    ("beside", ("beside",)),
    ("act_on", ("whose", "act_on")),
    ("made_to", ("whose", "made_to")),
    ("report", ("reports",)),
    ("some", ("some",)),
    ("hedge", ("hedges",)),
    ("filler", ("filler",)),
)


def scan(text: str) -> list[Token]:
    """The tokens of a masked clause, left to right, nothing left out."""
    found: list[Token] = []
    at = names = 0
    for match in _pattern().finditer(text):
        if match.start() > at:
            found.append(Token("unread", text[at : match.start()], at))
        token = _token(match, names)
        names += len(_NAMES.findall(token.text))
        found.append(token)
        at = match.end()
    if at < len(text):
        found.append(Token("unread", text[at:], at))
    return found


def _token(match: re.Match[str], names: int) -> Token:
    counted = _counted(match)
    if counted is not None:
        return counted
    text, at = match[0], match.start()
    for index, (turn, _) in enumerate(TURN_PATTERNS):
        if match[f"t{index}"]:
            return Token("turn", text, at, turn=turn, rate=match["rate"])
    if match["word"]:
        return Token(_sorts()[text], text, at)
    group = match.lastgroup or ""
    sort = _phrases().get(group) or cast("Sort", group)
    return Token(sort, text, at, order=names if sort == "name" else -1)


def _counted(match: re.Match[str]) -> Token | None:
    """A token that holds a number."""
    text, at = match[0], match.start()
    if match["everyone"]:
        each = "vehicles" if match["cars"] else "teams" if match["squads"] else "staff"
        return Token("fact", text, at, number=Number(1), fact=each)
    if match["number"]:
        number = numbers.number_of(match)
        return Token("number", text, at, number=number) if number else Token("unread", text, at)
    for group, sort in (
        ("bare", "number"),
        ("few", "number"),
        ("changed", "change"),
        ("every", "several"),
        ("year", "year"),
        ("per", "fact"),
    ):
        if match[group]:
            fact = next((name for name in numbers.FACTS if match[name]), None)
            value = numbers.value_of(match[group])
            return Token(sort, text, at, number=None if value is None else Number(value), fact=fact)  # type: ignore[arg-type]
    return None
