"""What `standards lint` finds: all breakage, the questions that still wait for a person, and a few hints."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from equipcheck.ground import yamlfile
from equipcheck.problems import InputError, Problem
from equipcheck.problems.nearby import near
from equipcheck.standard.bureau import USUAL, as_text
from equipcheck.standard.editions import Edition, editions, read_edition
from equipcheck.standard.load import Kinds, Loaded, load_file
from equipcheck.standard.model import ONE_COLUMN, Condition, QuantityRule, Requirement, Standard, When
from equipcheck.standard.places import Places
from equipcheck.standard.signing import changed_since, unproven

WORDS: Mapping[str, frozenset[str]] = {name: frozenset(words) for name, words in USUAL.items()}
"""Facts that are words of a closed set."""


@dataclass(frozen=True, slots=True)
class Linted:
    """One file with what was found in it, by place."""

    shown: str
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether there are no errors."""
        return all(problem.level != "error" for problem in self.problems)


def lint(path: Path, shown: str, catalogue: Kinds, known: Iterable[Edition]) -> Linted:
    """Look through one file. `known` are the standards that it may supersede.

    Raises InputError only where there is no such file.
    """
    if not path.is_file():
        yamlfile.load(path, shown)
    try:
        loaded = load_file(path, shown, catalogue)
    except InputError as broken:
        return Linted(shown, broken.problems)
    standard, places = loaded.standard, loaded.places
    found = [
        *_left_out(loaded),
        *_open(standard, places),
        *_columns(standard, places),
        *_rows(standard, places),
        *_dates(standard, places, known),
        *(one._replace(level="hint") for one in _unsigned(loaded)),
    ]
    return Linted(shown, tuple(sorted(found, key=lambda problem: problem.place)))


def _unsigned(loaded: Loaded) -> Iterable[Problem]:
    """A signature that no longer holds, or rows called official without one."""
    found = (*changed_since(loaded.standard.verified, loaded.document), *unproven(loaded).values())
    return {one.code: one for one in found if one.place.path == loaded.shown}.values()


def _left_out(loaded: Loaded) -> Iterator[Problem]:
    """Tables of the annex with numbers in them that the draft does not hold."""
    told = loaded.document.data.get("x_import") if isinstance(loaded.document.data, dict) else None
    left = told.get("unread") if isinstance(told, dict) else None
    for at, text in enumerate(left if isinstance(left, list) else ()):
        yield Problem("annex-unread", loaded.document.place(("x_import", "unread", at)), {"text": str(text)})


def _open(standard: Standard, places: Places) -> Iterator[Problem]:
    for at, row in enumerate(standard.requirements):
        if not places.own(at):
            continue
        if not row.kinds:
            yield Problem("kinds-open", places.row(at, "kinds"), {"row": row.said})
        for column, rule in row.quantity.items():
            if rule.text is not None:
                args = {"row": row.said, "column": column, "text": rule.text}
                yield Problem("rule-open", places.row(at, "quantity", column), args)


def _columns(standard: Standard, places: Places) -> Iterator[Problem]:
    columns = standard.columns
    used = {column for row in standard.requirements for column in row.quantity}
    for at, column in enumerate(columns):
        place = places.column(at)
        why = _never(column.when)
        if why is not None:
            yield Problem("column-unread", place, {"column": column.id, "why": why})
        if not column.when and (len(columns) > 1 or column.id != ONE_COLUMN):
            yield Problem("column-open", place, {"column": column.id, "label": column.label})
        if column.id not in used:
            yield Problem("column-unused", place, {"column": column.id}, level="hint")
    for (first, one), (second, two) in itertools.combinations(enumerate(columns), 2):
        if one.when and two.when and _both(one.when, two.when):
            line = places.column(first).line
            args = {"column": two.id, "other": one.id, "line": line}
            yield Problem("columns-overlap", places.column(second), args)


def _never(when: When) -> str | None:
    """Why no bureau meets the conditions, if none does."""
    for fact, condition in when.items():
        low, high = condition.min, condition.max
        if low is not None and high is not None and low > high:
            return f"{fact} 的 min 大于 max"
    return None


def _both(one: When, two: When) -> bool:
    """Whether some bureau meets both."""
    return all(_meet(one[fact], two[fact]) for fact in one if fact in two)


def _meet(one: Condition, two: Condition) -> bool:
    if one.values is not None and two.values is not None:
        return bool(_texts(one) & _texts(two))
    if one.values is not None:
        return any(_within(text, two) for text in _texts(one))
    if two.values is not None:
        return any(_within(text, one) for text in _texts(two))
    lows = [bound for bound in (one.min, two.min) if bound is not None]
    highs = [bound for bound in (one.max, two.max) if bound is not None]
    return not lows or not highs or max(lows) <= min(highs)


def _within(text: str, bounds: Condition) -> bool:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return False
    above = bounds.min is None or number >= bounds.min
    return above and (bounds.max is None or number <= bounds.max)


def _texts(condition: Condition) -> frozenset[str]:
    return frozenset(as_text(value) for value in condition.values or ())


def _rows(standard: Standard, places: Places) -> Iterator[Problem]:
    for at, row in enumerate(standard.requirements):
        if not places.own(at):
            continue
        why = _never(row.when)
        if why is not None:
            yield Problem("row-never-binds", places.row(at, "when"), {"row": row.said, "why": why})
        if not row.quantity:
            yield Problem("row-applies-nowhere", places.row(at), {"row": row.said}, level="hint")
        if row.source.place is None:
            yield Problem("place-missing", places.row(at, "source"), {"row": row.said}, level="hint")
        yield from _obligations(row, places, at)
        for column, rule in row.quantity.items():
            place = places.row(at, "quantity", column)
            yield from _rule(rule, standard, {"row": row.said, "column": column}, place)


def _obligations(row: Requirement, places: Places, at: int) -> Iterator[Problem]:
    for column in row.obligation:
        if column not in row.quantity:
            place = places.row(at, "obligation", column, key=True)
            args = {"row": row.said, "column": column}
            yield Problem("obligation-without-rule", place, args, level="hint")


def _rule(rule: QuantityRule, standard: Standard, args: dict[str, Any], place: Any) -> Iterator[Problem]:
    for fact in sorted(rule.facts & WORDS.keys()):
        yield Problem("rule-impossible", place, args | {"why": f"{fact} 不是数，不能按它计算"})
    if standard.limit == "floor" and _zero(rule):
        yield Problem("rule-zero", place, args, level="hint")
    if rule.tiers is not None and rule.tiers[-1].upto is not None:
        yield Problem("tiers-end", place, args | {"upto": rule.tiers[-1].upto}, level="hint")


def _zero(rule: QuantityRule) -> bool:
    """Whether the rule asks for nothing, whatever the bureau's numbers are."""
    if rule.as_needed or rule.text is not None or rule.min:
        return False
    if rule.max == 0:
        return True
    if rule.sum is not None:
        return all(_zero(part) for part in rule.sum)
    parts = rule.tiers if rule.tiers is not None else (rule,)
    return all(part.count == 0 or part.percent == 0 for part in parts)


def _dates(standard: Standard, places: Places, others: Iterable[Edition]) -> Iterator[Problem]:
    known = {edition.id: edition for edition in others if edition.id != standard.id}
    start = standard.in_force_from
    for at, older in enumerate(standard.supersedes):
        place = places.top("supersedes", at)
        if older == standard.id:
            yield Problem("supersedes-itself", place, {"id": older})
        elif older not in known:
            args = {"id": older, "near": near(older, known)}
            yield Problem("supersedes-unknown", place, args, level="hint")
        elif _crosses(start, known[older].start):
            args = {"id": older, "start": str(start), "other": str(known[older].start)}
            yield Problem("dates-cross", place, args)
    if start is None:
        args = {"id": standard.id}
        yield Problem("effective-open", places.top("effective"), args, level="hint")
    for one in known.values():
        if one.family == standard.family and one.start == start is not None:
            args = {"other": one.id, "start": str(start)}
            yield Problem("dates-cross-family", places.top("effective"), args, level="hint")


def _crosses(start: dt.date | None, older: dt.date | None) -> bool:
    return start is not None and older is not None and older >= start


def known_editions(paths: Iterable[Path]) -> tuple[Edition, ...]:
    """The heads of the shipped standards and of the files looked through together (broken ones left out)."""
    found = {edition.id: edition for edition in editions()}
    for path in paths:
        try:
            edition = read_edition(path)
        except (OSError, InputError, ValueError, TypeError):
            continue
        found[edition.id] = edition
    return tuple(found.values())
