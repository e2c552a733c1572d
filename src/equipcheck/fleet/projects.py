"""A folder of projects as a fleet: every `equipcheck.yaml` below it is one bureau."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from equipcheck.fleet.form import FleetService
from equipcheck.fleet.members import Failed, Fleet, Member
from equipcheck.problems import InputError, Place, Problem
from equipcheck.project.project import CONFIG, Project, open_project
from equipcheck.standard.bureau import as_text

CODE_FACTS = ("code", "parent")
"""Keys under `bureau:` that a project in a fleet may carry; without a code its folder is its code."""


def find_projects(folder: Path) -> list[Path]:
    """Every folder below this one that holds a project, sorted; hidden folders left out."""
    found = sorted(path.parent for path in folder.rglob(CONFIG) if path.is_file())
    return [one for one in found if not any(part.startswith(".") for part in one.relative_to(folder).parts)]


def of_projects(root: Path, folders: Sequence[Path]) -> Fleet:
    """One bureau a project; a code that two projects claim is neither's."""
    members: list[Member] = []
    failed: list[Failed] = []
    for folder in folders:
        shown = folder.relative_to(root).as_posix() if folder != root else root.resolve().name
        try:
            member = _member(open_project([folder]), shown)
        except InputError as error:
            failed.append(Failed.of(shown, error.problems))
            continue
        if not member.sources:
            problem = Problem("bureau-without-ledger", Place(shown))
            failed.append(Failed.of(member.code, [problem], member.name))
        else:
            members.append(member)
    claims: dict[str, list[Member]] = {}
    for one in members:
        claims.setdefault(one.code, []).append(one)
    for code, claimed in claims.items():
        if len(claimed) > 1:
            places = "、".join(one.origin for one in claimed)
            problem = Problem("bureau-twice", args={"bureau": code, "places": places})
            failed.append(Failed.of(code, [problem], claimed[0].name))
    kept = tuple(one for one in members if len(claims[one.code]) == 1)
    return Fleet(
        root.resolve().name,
        root,
        kept,
        failed=tuple(failed),
        names={one.code: one.name or "" for one in members},
        parents={one.code: one.parent for one in members if one.parent is not None},
    )


def _member(project: Project, shown: str) -> Member:
    facts = dict(project.bureau.facts)
    code, parent = (facts.pop(name, None) for name in CODE_FACTS)
    bureau = project.bureau._replace(code=shown if code is None else as_text(code), facts=facts)
    sources = tuple(one._replace(bureau=bureau.code) for one in project.sources)
    return Member(
        bureau,
        None if parent is None else as_text(parent),
        sources,
        project.standard,
        project.root,
        shown,
        as_of=project.as_of,
        metrology=project.metrology,
        decisions=project.decisions,
        catalogue=project.catalogue,
        prices=project.prices,
        services=tuple(FleetService(**one.model_dump()) for one in project.services),
        project=project._replace(bureau=bureau),
    )
