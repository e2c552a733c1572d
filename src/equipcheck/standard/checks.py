"""What must hold inside a standard beyond the form of its file: ids, columns, kinds, rows that share kinds.

`check` finds breakage: nothing can work with such a file. What only `lint` minds stands in `lint.py`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Set
from functools import partial

from equipcheck.catalogue.kinds import Kind
from equipcheck.problems import Place, Problem
from equipcheck.problems.nearby import near
from equipcheck.standard.bureau import as_text, stray
from equipcheck.standard.model import ONE_COLUMN, Requirement, Standard
from equipcheck.standard.places import Places


def check(standard: Standard, places: Places, kinds: Mapping[str, Kind]) -> list[Problem]:
    """Every breakage of a standard whose form is sound, with its place."""
    columns = {column.id for column in standard.columns}
    found = [*_twice(standard, places), *_stray_values(standard, places)]
    for at, row in enumerate(standard.requirements):
        if places.own(at):
            found += _columns(row, at, columns, places)
            found += _kinds(row, at, kinds, places)
    found += _shared_kinds(standard, places, kinds)
    return found


def _twice(standard: Standard, places: Places) -> Iterator[Problem]:
    """Ids that stand twice, of columns and of rows."""
    columns = [(column.id, places.column(at, "id")) for at, column in enumerate(standard.columns)]
    rows = [(row.id, places.row(at, "id")) for at, row in enumerate(standard.requirements)]
    for what, named in (("列", columns), ("配备要求", rows)):
        first: dict[str, Place] = {}
        for name, place in named:
            if name in first:
                yield Problem("duplicate-id", place, {"what": what, "id": name, "first": first[name].line})
            first.setdefault(name, place)


def _stray_values(standard: Standard, places: Places) -> Iterator[Problem]:
    """Conditions on a usual fact that name a value outside its set: no bureau could meet them."""
    own = [(one.when, partial(places.column, at)) for at, one in enumerate(standard.columns)]
    own += [
        (one.when, partial(places.row, at)) for at, one in enumerate(standard.requirements) if places.own(at)
    ]
    for when, place in own:
        for fact, condition in when.items():
            for value in condition.values or ():
                wrong = stray(fact, value)
                if wrong is not None:
                    args = {"value": as_text(value), "expected": f"{fact} 之一：{wrong[0]}", "near": wrong[1]}
                    yield Problem("bad-value", place("when", fact), args)


def _columns(row: Requirement, at: int, columns: Set[str], places: Places) -> Iterator[Problem]:
    for field in ("quantity", "obligation"):
        written = places.written(at, field)
        bare = columns == {ONE_COLUMN}
        for name in written if isinstance(written, dict) and not (bare and field == "quantity") else ():
            if name not in columns and not name.startswith("x_"):
                args = {"column": name, "known": "、".join(sorted(columns)), "near": near(name, columns)}
                yield Problem("unknown-column", places.row(at, field, name, key=True), args)
    for name in row.quantity:
        if name in columns and name not in row.obligation:
            yield Problem(
                "obligation-missing", places.row(at, "obligation"), {"row": row.said, "column": name}
            )


def _kinds(row: Requirement, at: int, kinds: Mapping[str, Kind], places: Places) -> Iterator[Problem]:
    for position, kind in enumerate(row.kinds):
        place = places.row(at, "kinds", position)
        if kind not in kinds:
            yield Problem("unknown-kind", place, {"kind": kind, "near": _near_kind(kind, row.name, kinds)})
        elif kind in row.kinds[:position]:
            yield Problem("kind-twice", place, {"kind": kind})


def _near_kind(kind: str, name: str, kinds: Mapping[str, Kind]) -> str:
    by_id = near(kind, kinds)
    if by_id:
        return by_id
    named = [one.id for one in kinds.values() if name == one.name or name in one.aliases]
    named += [one.id for one in kinds.values() if kind == one.name or kind in one.aliases]
    return f"（是否为“{named[0]}”？）" if named else ""


def _shared_kinds(standard: Standard, places: Places, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    """Rows that share kinds in a column, neither one inside the other nor equal, one required and one not."""
    rows = list(enumerate(standard.requirements))
    sets = {at: _present(row, kinds) for at, row in rows}
    for (first, one), (second, two) in itertools.combinations(rows, 2):
        shared = sets[first] & sets[second]
        if not shared or sets[first] < sets[second] or sets[second] < sets[first]:
            continue
        columns = [
            column
            for column in one.quantity
            if column in two.quantity
            and not (sets[first] == sets[second] and one.obligation.get(column) != two.obligation.get(column))
        ]
        if columns:
            names = "、".join(kinds[kind].name for kind in sorted(shared) if kind in kinds)
            args = {
                "row": two.said,
                "other": one.said,
                "where": places.other(first, second),
                "kinds": names,
                "columns": "、".join(columns),
            }
            yield Problem("kinds-overlap", places.row(second, "kinds"), args)


def _present(row: Requirement, kinds: Mapping[str, Kind]) -> frozenset[str]:
    """The row's kinds under their present ids."""
    found = set()
    for kind in row.kinds:
        present, seen = kind, {kind}
        while present in kinds and (following := kinds[present].replaced_by) and following not in seen:
            present = following
            seen.add(present)
        found.add(present)
    return frozenset(found)
