"""Two standards compared row by row: what was added, removed and changed.

Rows are paired by id, kinds and name, so that an edition that numbers its rows anew is still compared row
with row. What a row says is compared in the normal form; where it stands in the annex is no difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equipcheck.catalogue import spelling
from equipcheck.standard.model import Requirement, Standard
from equipcheck.standard.normal import normal_row

SPREAD = ("quantity", "obligation", "source")
"""Parts of a row that are compared key by key."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that stands in both, and what differs: path → (old, new); None where it is absent."""

    old: Requirement
    new: Requirement
    what: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Standard `new` compared with `old`; rows in their standard's order."""

    old: Standard
    new: Standard
    added: tuple[Requirement, ...]
    removed: tuple[Requirement, ...]
    changed: tuple[Change, ...]
    renamed: tuple[tuple[str, str], ...]  # (id in old, id in new) of rows that differ in nothing else


def diff(old: Standard, new: Standard) -> Difference:
    """Compare two standards."""
    pairs = pair(old.requirements, new.requirements)
    before = {second: first for first, second in pairs}
    changed, renamed = [], []
    for at, row in enumerate(new.requirements):
        if at not in before:
            continue
        was = old.requirements[before[at]]
        what = _what(normal_row(was, old), normal_row(row, new))
        if _document(was, old) == _document(row, new):
            what.pop("source.document", None)  # said by the row or by its standard: the same document
        if what:
            changed.append(Change(was, row, what))
        elif was.id != row.id:
            renamed.append((was.id, row.id))
    paired = {first for first, _ in pairs}
    return Difference(
        old,
        new,
        added=tuple(row for at, row in enumerate(new.requirements) if at not in before),
        removed=tuple(row for at, row in enumerate(old.requirements) if at not in paired),
        changed=tuple(changed),
        renamed=tuple(renamed),
    )


def _document(row: Requirement, standard: Standard) -> str:
    return row.source.document or standard.document or standard.title


def pair(old: tuple[Requirement, ...], new: tuple[Requirement, ...]) -> list[tuple[int, int]]:
    """Which row of `new` continues which row of `old`: the likest pairs first, each row once."""
    likeness = [
        (-score, first, second)
        for first, one in enumerate(old)
        for second, two in enumerate(new)
        if (score := _likeness(one, two))
    ]
    pairs: list[tuple[int, int]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, first, second in sorted(likeness):
        if first not in taken_old and second not in taken_new:
            pairs.append((first, second))
            taken_old.add(first)
            taken_new.add(second)
    return sorted(pairs)


def _likeness(one: Requirement, two: Requirement) -> int:
    """0 where nothing speaks for the same row."""
    shared = len(set(one.kinds) & set(two.kinds))
    return (
        8 * (one.id == two.id)
        + 6 * (spelling.key(one.name) == spelling.key(two.name))
        + 4 * (shared > 0 and set(one.kinds) == set(two.kinds))
        + 2 * (shared > 0 and one.kinds[0] == two.kinds[0])
        + min(shared, 1)
    )


def _what(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    before, after = _flat(old), _flat(new)
    return {
        path: (before.get(path), after.get(path))
        for path in dict.fromkeys([*before, *after])
        if before.get(path) != after.get(path)
    }


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if name == "id":
            continue
        if name in SPREAD:
            flat |= {f"{name}.{part}": _rule(one) for part, one in value.items()}
        else:
            flat[name] = value
    flat.pop("source.place")
    return flat


def _rule(value: Any) -> Any:
    """A rule without a percentage of 100, which is what holds where none is written."""
    return value | {"percent": None} if isinstance(value, dict) and value.get("percent") == 100 else value


def as_json(difference: Difference) -> dict[str, Any]:
    """The published form of `standards diff -f json`."""
    return {
        "old": {"id": difference.old.id, "title": difference.old.title},
        "new": {"id": difference.new.id, "title": difference.new.title},
        "added": [row.id for row in difference.added],
        "removed": [row.id for row in difference.removed],
        "changed": [
            {
                "requirement": change.new.id,
                "was": change.old.id,
                "what": {path: list(values) for path, values in change.what.items()},
            }
            for change in difference.changed
        ],
        "renamed": [{"requirement": new, "was": old} for old, new in difference.renamed],
    }
