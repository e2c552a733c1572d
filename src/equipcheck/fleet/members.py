"""A fleet: its bureaus, what belongs to each, and what could not be taken up and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from equipcheck.fleet.form import FleetService
from equipcheck.ledger import Source
from equipcheck.problems import Problem
from equipcheck.problems.notes import Note
from equipcheck.project.project import Project
from equipcheck.standard.bureau import Bureau, Fact

CODE_HEADINGS = (
    "单位代码", "机构代码", "单位编码", "机构编码", "单位编号", "机构编号", "填报单位代码", "组织机构代码",
    "使用单位代码", "统一社会信用代码", "bureau", "bureau_code", "unit_code",
)  # fmt: skip
"""Headings under which an export of many bureaus names whose a row is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bureau as its line in the table (or its own workbook) says it."""

    code: str
    name: str
    parent: str | None
    facts: Mapping[str, Fact]
    place: str
    standard: str | None = None
    as_of: dt.date | None = None
    metrology: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A bureau (or a file, or rows under a code) that is not in the sums, and why."""

    bureau: str
    code: str  # of the problem catalogue
    why: str
    name: str | None = None
    rows: int | None = None  # ledger rows that are therefore outside, where they are known
    units: int | None = None

    @staticmethod
    def of(bureau: str, problems: Sequence[Problem], name: str | None = None) -> Failed:
        """From what was wrong; the first three problems are said, and how many more there are."""
        said = "；".join(str(one) for one in problems[:3])
        more = f"；另有 {len(problems) - 3} 处" if len(problems) > 3 else ""
        return Failed(bureau, problems[0].code, said + more, name)


@dataclass(frozen=True, slots=True)
class Member:
    """One bureau of a fleet with everything of its own. `origin` says where it is named."""

    bureau: Bureau  # its code, name and facts
    parent: str | None
    sources: tuple[Source, ...]
    standard: str | None  # None: the edition in force on the day
    root: Path  # what `standard` is relative to
    origin: str
    as_of: dt.date | None = None
    metrology: str = "record"
    decisions: tuple[tuple[Path, str], ...] = ()
    catalogue: tuple[Path, ...] = ()
    prices: Path | None = None
    services: tuple[FleetService, ...] = ()
    project: Project | None = None

    @property
    def code(self) -> str:
        """The bureau's code."""
        return self.bureau.code

    @property
    def name(self) -> str | None:
        """The bureau's name, None where it is not written."""
        return self.bureau.name or None


@dataclass(frozen=True, slots=True)
class Fleet:
    """Everything that one roll-up needs.

    `ledgers` belong to the bureaus that their rows name, or else to the one that their file is called after; a
    member's `sources` are its own. Without a table of bureaus (`template` given) the ledgers themselves name them.
    """

    title: str
    root: Path
    members: tuple[Member, ...]
    ledgers: tuple[Source, ...] = ()
    template: Member | None = None  # what every bureau shares, where the ledgers say which there are
    failed: tuple[Failed, ...] = ()
    notes: tuple[Note, ...] = ()
    as_of: dt.date | None = None
    names: Mapping[str, str] = field(default_factory=dict)  # of every code in the table, failed ones too
    parents: Mapping[str, str] = field(default_factory=dict)  # likewise
    told: Mapping[str, Row] = field(default_factory=dict)  # what workbooks that came back say, by code
    returned: Mapping[str, str] = field(
        default_factory=dict
    )  # code → the workbook whose ledger came back filled
    own: Mapping[str, Sequence[tuple[Path, str]]] = field(
        default_factory=dict
    )  # decisions of one bureau, by code

    def without(self, failed: Sequence[Failed]) -> Fleet:
        """The fleet less bureaus that turned out to be of no use."""
        gone = {one.bureau for one in failed}
        members = tuple(one for one in self.members if one.code not in gone)
        return replace(self, members=members, failed=(*self.failed, *failed))


def note(code: str, ref: str | None = None, **args: object) -> Note:
    """A note of the fleet, in the catalogue's words."""
    return Note(code, Problem(code, args=args, level="hint").message, ref)
