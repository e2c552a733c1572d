"""Reading everything that one check needs, once: ledgers, catalogue, decisions, and names matched to kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from equipcheck.catalogue.kinds import Catalogue, load_catalogue
from equipcheck.ledger import Ledgers, read_ledgers
from equipcheck.match import match
from equipcheck.match.decisions.load import Decisions, load_decisions
from equipcheck.match.review.states import unanswered
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.notes import Note
from equipcheck.project.project import Project

Progress = Callable[[str], None]


class Gathered(NamedTuple):
    """Everything that was read; nothing in it depends on the date or on the bureau's facts."""

    project: Project
    catalogue: Catalogue
    ledgers: Ledgers
    assets: pl.DataFrame  # frames.ASSETS, rows split as decided
    matches: pl.DataFrame  # frames.MATCHES
    decisions: Decisions
    notes: tuple[Note, ...]


def gather(project: Project, progress: Progress | None = None) -> Gathered:
    """Read ledgers, catalogue and decisions, and match names to kinds. Raises InputError."""
    if not project.sources:
        raise InputError(Problem("no-ledgers", Place(str(project.root))))
    catalogue = load_catalogue(project.catalogue)
    decided = [(path, shown) for path, shown in project.decisions if path.exists()]
    try:
        decisions = load_decisions(decided, catalogue)
    except InputError as error:
        raise project.told(error) from None
    ledgers = read_ledgers(project.sources, progress)
    assets, problems = decisions.apply_splits(ledgers.assets)
    if problems:
        raise project.told(InputError(problems))
    if progress is not None and assets.height > 20_000:
        progress(f"正在对应装备名称（{assets.height} 行）")
    matches = match(assets, catalogue, decisions)
    absent = [shown for path, shown in project.decisions if not path.exists()]
    notes = (
        *unanswered(ledgers.notes, assets, ledgers.assets),
        *decisions.notes,
        *decisions.unused(assets),
        *map(_not_there, absent),
    )
    return Gathered(project, catalogue, ledgers, assets, matches, decisions, notes)


def _not_there(shown: str) -> Note:
    """A decisions file comes into being with the first decision; until then a note, in case the path is wrong."""
    return Note("decisions-not-there", Problem("decisions-not-there", args={"path": shown}).message)
