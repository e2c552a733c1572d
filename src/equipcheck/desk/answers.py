"""Answers from the page: checked like a review workbook's, kept in the project's decisions file."""

from __future__ import annotations

import getpass
from typing import Any

from equipcheck.catalogue.kinds import Catalogue, unknown_kind
from equipcheck.checking.reviewing import DecisionsFilePlace, decisions_file, open_states, protected
from equipcheck.desk.workspace import Workspace
from equipcheck.match.decisions.file import NONE
from equipcheck.match.decisions.write import Decided, DecisionsOnDisk
from equipcheck.match.review.states import as_splits, told_state
from equipcheck.problems import InputError, Place, Problem

KEYS = {"name", "model", "kind", "note", "was", "by"}


def decide(space: Workspace, answers: Any) -> dict[str, Any]:
    """Keep answers and give what became of them; `kind` null takes a decision back. Raises InputError.

    All or nothing: one wrong answer and none is kept. An answer may say what the page saw (`was`: a kind, `none`, or
    null for undecided); where another window or a colleague has decided otherwise since, nothing is kept either.
    """
    with space.lock:
        run = space.run(decided=False)
        wanted, taken_back = _read(answers, run.gathered.catalogue)
        place = decisions_file(run.project, None)
        disk = DecisionsOnDisk(place.path, place.shown)
        open_ = space.questions(decided=False)
        _as_seen(answers, disk)
        for name, model in taken_back:
            disk.remove(name, model)
        kept = disk.merge(protected(wanted, open_), _by(answers) or who(), space.day())
        if kept.added or kept.changed or taken_back:
            _write(space, disk, place, named=bool(run.project.decisions))
    words = {"added": kept.added, "changed": kept.changed, "same": kept.same}
    return {key: [_told(one) for one in found] for key, found in words.items()} | {
        "removed": [{"name": name, "model": model} for name, model in taken_back],
        "file": place.shown,
    }


def tell_state(space: Workspace, ref: str, told: str, units: str, by: str | None) -> None:
    """Keep what is told of a row's state, as a split. Raises InputError where it is not understood."""
    with space.lock:
        run = space.run(decided=False)
        asked = {one.ref: one for one in open_states(run.gathered, settled=True)}
        answer = told_state(asked[ref], told, units, None) if ref in asked else None
        if answer is None:
            code = "review-state-unclear" if ref in asked else "review-state-gone"
            quantity = asked[ref].quantity if ref in asked else 0
            args = {"row": ref, "told": told, "units": units, "quantity": quantity}
            raise InputError(Problem(code, Place("状况"), args))
        place = decisions_file(run.project, None)
        disk = DecisionsOnDisk(place.path, place.shown)
        if disk.merge_splits(as_splits([answer], run.gathered.ledgers.assets), by or who(), space.day()):
            _write(space, disk, place, named=bool(run.project.decisions))


def _write(space: Workspace, disk: DecisionsOnDisk, place: DecisionsFilePlace, *, named: bool) -> None:
    """Write the decisions; the first time, name their file in the project."""
    disk.write()
    if not named and space.config.is_file():
        data, seen = space.mapping()
        space.write_mapping({**data, "decisions": place.path.name}, seen)


def _read(answers: Any, catalogue: Catalogue) -> tuple[list[Decided], list[tuple[str, str | None]]]:
    if not isinstance(answers, list):
        raise InputError(
            Problem("bad-body", Place("decisions"), {"expected": "一个数组，每项 {name, model, kind}"})
        )
    wanted: list[Decided] = []
    taken_back: list[tuple[str, str | None]] = []
    problems: list[Problem] = []
    for at, one in enumerate(answers):
        place = Place(f"decisions[{at}]")
        if not _sound(one):
            expected = "{name: 名称, model: 型号或 null, kind: 种类编号或 none}"
            problems.append(Problem("bad-body", place, {"expected": expected}))
            continue
        name, model, kind = one["name"], one.get("model") or None, one.get("kind")
        if kind is None:
            taken_back.append((name, model))
        elif kind != NONE and (kind not in catalogue.kinds or catalogue.kinds[kind].replaced_by):
            problems.append(unknown_kind(kind, place, catalogue.kinds))
        else:
            wanted.append(Decided(name, kind, model, one.get("note")))
    if problems:
        raise InputError(problems)
    return wanted, taken_back


def _sound(one: Any) -> bool:
    """Whether this is an answer: a name, and texts or nothing beside it."""
    if (
        not isinstance(one, dict)
        or not set(one) <= KEYS
        or not all(value is None or isinstance(value, str) for value in one.values())
    ):
        return False
    return bool((one.get("name") or "").strip())


def _as_seen(answers: list[dict[str, Any]], disk: DecisionsOnDisk) -> None:
    """Refuse where a decision is no longer what the page saw."""
    have = {(e["name"].strip(), (e.get("model") or "").strip()): e for e in disk.data.get("matches") or []}
    problems = []
    for one in answers:
        entry = have.get((one["name"].strip(), (one.get("model") or "").strip()))
        now = entry["kind"] if entry is not None else None
        if "was" in one and now not in (one["was"], one["kind"]):
            args = {"name": one["name"], "now": now or "未定", "by": (entry or {}).get("by") or "未记名"}
            problems.append(Problem("decision-changed", Place(disk.shown), args))
    if problems:
        raise InputError(problems)


def _by(answers: list[dict[str, Any]]) -> str | None:
    return next((one["by"].strip()[:40] for one in answers if (one.get("by") or "").strip()), None)


def _told(one: Decided) -> dict[str, Any]:
    return {"name": one.name, "model": one.model, "kind": one.kind}


def who() -> str | None:
    """Who sits at this machine, as its system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None
