"""The heads of the shipped standards, and which edition of a family is in force on a date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from equipcheck.ground import yamlfile
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.validation import without_private_keys
from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.model import Standard


class Edition(NamedTuple):
    """The head of a shipped standard: enough to choose the one in force."""

    id: str
    family: str
    title: str
    document: str | None
    start: dt.date | None
    year_only: bool


def editions() -> tuple[Edition, ...]:
    """The heads of the shipped standards, by family and date."""
    found = [read_edition(path) for path in sorted(shipped_dir().glob("*.yaml"))]
    return tuple(sorted(found, key=lambda one: (one.family, one.start or dt.date.max, one.id)))


def read_edition(path: Path) -> Edition:
    """The head of one sound file."""
    head = path.read_bytes().split(b"\nrequirements:", 1)[0]  # rows are not needed to choose an edition
    data = without_private_keys(yamlfile.loads(head, path.name).data)
    shell = Standard.model_validate({**data, "requirements": []})
    return Edition(shell.id, shell.family, shell.title, shell.document, shell.in_force_from, shell.year_only)


def in_force(family: str, on: dt.date) -> tuple[str, str | None]:
    """The id of a family's shipped edition in force on a date, and a note where that rests on a year only.

    Raises InputError (`no-edition-in-force`) where the family has none on that date.
    """
    known = [one for one in editions() if one.family == family]
    dated = [one for one in known if one.start is not None and one.start <= on]
    if not dated:
        starts = [one for one in known if one.start is not None]
        first = f"最早的一版“{starts[0].id}”自 {starts[0].start} 起施行" if starts else "没有内置的版本"
        args = {"family": family, "on": on.isoformat(), "first": first}
        raise InputError(Problem("no-edition-in-force", Place(), args))
    chosen = dated[-1]
    if not chosen.year_only or chosen.start is None:
        return chosen.id, None
    note = f"“{chosen.id}”的施行日期只知年份，按 {chosen.start} 起适用"
    if on.year == chosen.start.year and len(dated) > 1:
        note += f"；如当日仍适用旧版，请写明 standard: {dated[-2].id}"
    return chosen.id, note
