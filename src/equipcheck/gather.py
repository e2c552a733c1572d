"""Reading everything that one check needs, once: ledgers, catalogue, decisions, and names matched to kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from equipcheck.catalogue import Catalogue, load_catalogue
from equipcheck.ledger import Ledgers, read_ledgers
from equipcheck.match import match
from equipcheck.match.decisions import Decisions, load_decisions
from equipcheck.problems import InputError, Place, Problem
from equipcheck.project import Project
from equipcheck.results import Note

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Gathered:
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
    decisions = load_decisions(project.decisions, catalogue)
    ledgers = read_ledgers(project.sources, progress)
    assets, problems = decisions.apply_splits(ledgers.assets)
    if problems:
        raise InputError(problems)
    if progress is not None and assets.height > 20_000:
        progress(f"正在对应装备名称（{assets.height} 行）")
    matches = match(assets, catalogue, decisions)
    notes = (*ledgers.notes, *decisions.unused(assets))
    return Gathered(project, catalogue, ledgers, assets, matches, decisions, notes)
