"""Decisions that people took: `decisions.yaml`, read and checked; nearest file first.

`matches` say what a name (and, where narrowed, a model) is; `splits` take one row apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from equipcheck.catalogue.kinds import Catalogue, unknown_kind
from equipcheck.ground import yamlfile
from equipcheck.ground.validation import read
from equipcheck.ledger.words.statuses import parse_status
from equipcheck.match.decisions.file import NONE, Confirmed, DecisionsFile, Split, SplitEntry
from equipcheck.match.decisions.splits import apply_splits, part_kinds, unused_splits
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.notes import Note

if TYPE_CHECKING:
    import polars as pl


class Decisions(NamedTuple):
    """All decisions of a run. `matches` is keyed by (name, model or "")."""

    matches: Mapping[tuple[str, str], Confirmed]
    splits: tuple[Split, ...] = ()
    notes: tuple[Note, ...] = ()
    catalogue: Catalogue | None = None

    def find(self, name: str, model: str | None) -> Confirmed | None:
        """The decision on a name: for this model before that for any model."""
        name = name.strip()
        narrowed = self.matches.get((name, model.strip())) if model and model.strip() else None
        return narrowed or self.matches.get((name, ""))

    def apply_splits(self, assets: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
        """The assets with split rows replaced by their parts (part = 1, 2, …), and what is wrong."""
        return apply_splits(assets, self.splits)

    def part_kinds(self, assets: pl.DataFrame) -> dict[tuple[int, int], Confirmed]:
        """(row, part) → the kind that a split gives to that part."""
        return part_kinds(assets, self.splits, self.catalogue)

    def unused(self, assets: pl.DataFrame) -> list[Note]:
        """Decisions that no row of the ledger uses."""
        pairs = assets.select("name", "model").unique()
        names = {(name or "").strip() for name in pairs["name"].to_list()}
        models = {
            ((name or "").strip(), (model or "").strip())
            for name, model in zip(pairs["name"].to_list(), pairs["model"].to_list(), strict=True)
        }
        notes = []
        for (name, model), decision in self.matches.items():
            if (model and (name, model) not in models) or name not in names:
                problem = Problem(
                    "decision-unused", decision.place, {"name": name, "model": _with_model(model)}
                )
                notes.append(Note("decision-unused", problem.message, str(decision.place)))
        return notes + unused_splits(assets, self.splits)


def load_decisions(paths: Sequence[tuple[Path, str]], catalogue: Catalogue) -> Decisions:
    """Read decisions files (path, name in messages), nearest first: the nearest wins.

    InputError with every mistake in all files; other conclusions farther off become `notes`.
    """
    problems: list[Problem] = []
    notes: list[Note] = []
    matches: dict[tuple[str, str], Confirmed] = {}
    splits: dict[str, Split] = {}
    for path, shown in paths:
        try:
            file, document = read(DecisionsFile, path, shown, ["match/decisions/file.py"])
        except InputError as error:
            problems += error.problems
            continue
        near, found = _matches_of(file, document, catalogue)
        problems += found
        for where, decision in near.items():
            first = matches.setdefault(where, decision)
            if first.kind != decision.kind:
                notes.append(_contradiction(where, first, decision))
        own, found = _splits_of(file, document, catalogue)
        problems += found
        for row, split in own.items():
            splits.setdefault(row, split)
    if problems:
        raise InputError(problems)
    return Decisions(matches, tuple(splits.values()), tuple(notes), catalogue)


def _matches_of(
    file: DecisionsFile, document: yamlfile.Document, catalogue: Catalogue
) -> tuple[dict[tuple[str, str], Confirmed], list[Problem]]:
    found: dict[tuple[str, str], Confirmed] = {}
    problems: list[Problem] = []
    for position, entry in enumerate(file.matches):
        place = document.place(("matches", position))
        kind, wrong = _kind(entry.kind, document.place(("matches", position, "kind")), catalogue)
        if wrong is not None:
            problems.append(wrong)
            continue
        where = (entry.name, entry.model or "")
        decision = Confirmed(kind, place, entry.note or entry.why)
        first = found.setdefault(where, decision)
        if first is not decision and first.kind != kind:
            args = {
                "name": entry.name,
                "model": _with_model(entry.model),
                "first": first.place.line,
                "first_kind": first.kind or NONE,
                "kind": entry.kind,
            }
            problems.append(Problem("decision-twice", place, args))
    return found, problems


def _splits_of(
    file: DecisionsFile, document: yamlfile.Document, catalogue: Catalogue
) -> tuple[dict[str, Split], list[Problem]]:
    found: dict[str, Split] = {}
    problems: list[Problem] = []
    for position, entry in enumerate(file.splits):
        at: yamlfile.Path_ = ("splits", position)
        split = Split(entry, document.place(at))
        problems += list(_wrong_parts(entry, document, at, catalogue))
        if (entry.ref is None) == (entry.asset_no is None):
            problems.append(Problem("split-target", split.place))
        elif split.row in found:
            args = {"row": split.row, "first": found[split.row].place}
            problems.append(Problem("split-twice", split.place, args))
        else:
            found[split.row] = split
    return found, problems


def _wrong_parts(
    entry: SplitEntry, document: yamlfile.Document, at: yamlfile.Path_, catalogue: Catalogue
) -> Iterator[Problem]:
    for number, part in enumerate(entry.parts):
        here = (*at, "parts", number)
        if part.kind is not None:
            _, wrong = _kind(part.kind, document.place((*here, "kind")), catalogue)
            if wrong is not None:
                yield wrong
        if part.status is not None and parse_status(part.status) == "unknown":
            yield Problem("split-status", document.place((*here, "status")), {"status": part.status})


def _kind(text: str, place: Place, catalogue: Catalogue) -> tuple[str | None, Problem | None]:
    if text == NONE:
        return None, None
    if text not in catalogue.kinds:
        return None, unknown_kind(text, place, [*catalogue.kinds, NONE])
    return catalogue.resolve(text), None


def _contradiction(where: tuple[str, str], near: Confirmed, far: Confirmed) -> Note:
    problem = Problem(
        "decision-contradiction",
        far.place,
        {
            "name": where[0],
            "model": _with_model(where[1]),
            "near_path": near.place,
            "kind": near.kind or NONE,
            "far_path": far.place,
            "far_kind": far.kind or NONE,
        },
    )
    return Note("decision-contradiction", problem.message, str(far.place))


def _with_model(model: str | None) -> str:
    return f"（型号“{model}”）" if model else ""


def no_decisions() -> Decisions:
    """A run without decisions."""
    return Decisions({})
