"""Services, pools and loans that meet a requirement, and waivers: which are in force on a day, and what is odd.

A waiver hides nothing: numbers and coverage stay, the finding shows it, the plan leaves the row out.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from equipcheck.ground.closed_words import in_chinese
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near
from equipcheck.problems.notes import Note
from equipcheck.project.project import Project
from equipcheck.standard.model import Standard

if TYPE_CHECKING:
    import polars as pl

HOW = in_chinese("how")


class Service(NamedTuple):
    """What a contract, a shared pool or a loan contributes to a requirement."""

    how: str  # service | pool | loan
    quantity: int
    by: str | None
    paper: str | None
    until: dt.date | None


class Waiver(NamedTuple):
    """A bureau's reasoned, dated exception."""

    reason: str
    until: dt.date
    in_force: bool


class Arrangements(NamedTuple):
    """What stands beside the ledger for each requirement."""

    services: dict[str, tuple[Service, ...]]  # in force only
    waivers: dict[str, Waiver]  # expired ones too, marked
    notes: tuple[Note, ...] = ()

    def frame(self) -> pl.DataFrame:
        """frames.SERVICES of one bureau."""
        from equipcheck.ground import frames

        rows: list[dict[str, object]] = [
            {"bureau": "", "requirement": name, "quantity": sum(one.quantity for one in given)}
            for name, given in self.services.items()
        ]
        return frames.SERVICES.build(rows)


def read_arrangements(project: Project, standard: Standard, day: dt.date) -> Arrangements:
    """Services and waivers of a project against a standard on a day. Raises InputError on unknown requirements."""
    rows = {row.id: row for row in standard.requirements}
    problems = [
        *_unknown("services", [one.requirement for one in project.services], rows, project, standard),
        *_unknown("waivers", [one.requirement for one in project.waivers], rows, project, standard),
    ]
    if problems:
        raise InputError(problems)
    notes: list[Note] = []
    services: dict[str, list[Service]] = defaultdict(list)
    for one in project.services:
        name = rows[one.requirement].said
        if one.until is not None and one.until < day:
            notes.append(_note("service-expired", name=name, how=HOW[one.how], until=one.until))
        elif one.how == "service" and not rows[one.requirement].service:
            notes.append(_note("service-not-allowed", name=name))
        else:
            services[one.requirement].append(Service(one.how, one.quantity, one.by, one.paper, one.until))
    waivers: dict[str, Waiver] = {}
    for waiver in project.waivers:
        name = rows[waiver.requirement].said
        in_force = waiver.until >= day
        if not in_force:
            notes.append(_note("waiver-expired", name=name, until=waiver.until))
        known = waivers.get(waiver.requirement)
        if known is not None and known.in_force:
            notes.append(_note("waived-twice", name=name))
            continue
        waivers[waiver.requirement] = Waiver(waiver.reason, waiver.until, in_force)
    return Arrangements({name: tuple(given) for name, given in services.items()}, waivers, tuple(notes))


def _unknown(
    key: str, ids: list[str], rows: Mapping[str, object], project: Project, standard: Standard
) -> list[Problem]:
    found = []
    for index, one in enumerate(ids):
        if one not in rows:
            place = project.document.place((key, index, "requirement")) if project.document else Place()
            args = {"value": one, "near": near(one, rows), "standard": standard.id}
            found.append(Problem("unknown-requirement", place, args))
    return found


def _note(code: str, **args: object) -> Note:
    return Note(code, Problem(code, args=args, level="hint").message)
