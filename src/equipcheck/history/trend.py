"""The years side by side: coverage, what changed from each to the next, money planned against done."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from equipcheck.history.changes import Change, Money, changes, money
from equipcheck.history.snapshot import Row, Snapshot
from equipcheck.problems.notes import Note


@dataclass(frozen=True, slots=True)
class Step:
    """From one snapshot to the next."""

    before: int
    now: int
    edition_changed: bool
    changes: tuple[Change, ...]
    money: Money


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement through the years (None where a year's standard does not have it)."""

    requirement: str
    name: str
    kind: str
    rows: tuple[Row | None, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything that the trend shows."""

    snapshots: tuple[Snapshot, ...]
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]  # of every requirement that was open in some year
    notes: tuple[Note, ...]


def trend(snapshots: Sequence[Snapshot], notes: Sequence[Note] = ()) -> Trend:
    """The trend over snapshots in the order of their years."""
    steps = tuple(
        Step(
            before.year,
            now.year,
            before.standard.id != now.standard.id,
            changes(before, now, snapshots[:index]),
            money(before, now),
        )
        for index, (before, now) in enumerate(itertools.pairwise(snapshots))
    )
    names: dict[str, Row] = {}
    for snapshot in snapshots:
        for row in snapshot.findings:
            if row.open:
                names[row.requirement] = row
    lines = tuple(
        Line(
            one.requirement,
            one.name,
            one.kind,
            tuple(snapshot.row(one.requirement) for snapshot in snapshots),
        )
        for one in names.values()
    )
    return Trend(tuple(snapshots), steps, lines, tuple(notes))
