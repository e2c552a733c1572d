"""What people must tell in a project: which names and states, in what order, and the file that keeps the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from equipcheck.checking.check import evaluate
from equipcheck.checking.gather import Gathered
from equipcheck.match.decisions.write import Decided
from equipcheck.match.review.questions import Question, questions
from equipcheck.match.review.states import StateQuestion, state_questions
from equipcheck.problems import InputError
from equipcheck.project.project import CONFIG, Project, shown_path

REQUIRED_FIRST = 1_000_000.0


def open_questions(gathered: Gathered, today: dt.date) -> list[Question]:
    """The doubtful names, those first that could close a gap; `today` stands in where the project names no date."""
    return questions(gathered.assets, gathered.matches, _weights(gathered, today))


def open_states(gathered: Gathered, *, settled: bool = False) -> list[StateQuestion]:
    """The rows whose state people must tell, in ledger order; `settled`: those too that have been told."""
    if settled:
        return state_questions(gathered.ledgers.assets, gathered.ledgers.notes)
    return state_questions(gathered.assets, gathered.notes)


def _weights(gathered: Gathered, today: dt.date) -> dict[str, float]:
    """Kinds of rows with a gap, required rows before optional ones; nothing where facts are missing."""
    try:
        findings = evaluate(gathered, today).report.findings
    except InputError:
        return {}
    weights: dict[str, float] = {}
    for finding in findings:
        if finding.gap:
            weight = finding.gap + (REQUIRED_FIRST if finding.obligation == "required" else 0)
            for kind in finding.kinds:
                weights[kind] = max(weights.get(kind, 0.0), weight)
    return weights


def protected(answers: Iterable[Decided], open_: Iterable[Question]) -> list[Decided]:
    """The answers, and for a name whose other models were decided without asking, those models as they are."""
    settled: Mapping[str, tuple[tuple[str, str], ...]] = {
        one.name: one.settled for one in open_ if one.model is None
    }
    found: list[Decided] = []
    for answer in answers:
        found.append(answer)
        if answer.model is None:
            found += [
                Decided(answer.name, kind, model)
                for model, kind in settled.get(answer.name, ())
                if model and kind != answer.kind
            ]
    return found


@dataclass(frozen=True, slots=True)
class DecisionsFilePlace:
    """A decisions file: its path, as messages show it, and what to tell where no project names it yet."""

    path: Path
    shown: str
    hint: str = ""


def decisions_file(project: Project, given: Path | None) -> DecisionsFilePlace:
    """Where decisions are kept: the option, else the project's first file, else `decisions.yaml` beside it."""
    if given is not None:
        return DecisionsFilePlace(given, str(given))
    if project.decisions:
        path, _ = project.decisions[0]
        return DecisionsFilePlace(path, shown_path(path))
    path = project.root / "decisions.yaml"
    return DecisionsFilePlace(
        path, shown_path(path), f"（请在 {CONFIG} 写上 decisions: decisions.yaml，以后核查即采用）"
    )
