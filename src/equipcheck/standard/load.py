"""Standards from files: by the id of a shipped edition or by a path, and the edition in force on a date."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from equipcheck import yamlfile
from equipcheck.catalogue import Kind
from equipcheck.data import shipped_dir
from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.checks import check
from equipcheck.standard.model import Standard


class Kinds(Protocol):
    """What loading needs of a catalogue."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Kinds by id."""

    def resolve(self, kind: str, /) -> str:
        """The id that a kind has today."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A standard that was read and found sound, with the file it came from.

    `open_rows` are rows that still wait for an answer (a `text` rule, or no kinds): shown, not assessed.
    """

    standard: Standard
    path: Path
    shown: str
    sha256: str
    shipped: bool
    document: yamlfile.Document = field(repr=False)

    @property
    def open_rows(self) -> tuple[str, ...]:
        """Ids of the rows with an open question, in the standard's order."""
        return tuple(
            row.id
            for row in self.standard.requirements
            if not row.kinds or any(rule.text is not None for rule in row.quantity.values())
        )


def shipped_ids() -> tuple[str, ...]:
    """The ids of the shipped standards, sorted."""
    return tuple(sorted(path.stem for path in shipped_dir().glob("*.yaml")))


def find(ref: str, base: Path) -> tuple[Path, str, bool]:
    """The file of a shipped id or of a path relative to `base`: (path, as messages name it, shipped).

    Raises InputError (`unknown-standard`) with a near match.
    """
    ids = shipped_ids()
    if ref in ids:
        return shipped_dir() / f"{ref}.yaml", f"standards/{ref}.yaml", True
    path = base / ref
    if path.is_file():
        return path, ref, False
    looks_like_path = ref.endswith((".yaml", ".yml")) or "/" in ref or "\\" in ref
    if looks_like_path:
        raise InputError(Problem("no-such-file", Place(ref), {"near": yamlfile.near_file(path)}))
    args = {"ref": ref, "near": yamlfile.near(ref, ids), "known": "、".join(ids)}
    raise InputError(Problem("unknown-standard", Place(), args))


def load_standard(ref: str, base: Path, catalogue: Kinds) -> Loaded:
    """Read a standard by shipped id, or by path relative to `base`. Raises InputError with every mistake.

    Kinds that the catalogue has renamed are replaced by their present ids.
    """
    path, shown, shipped = find(ref, base)
    return load_file(path, shown, catalogue, shipped=shipped)


def load_file(path: Path, shown: str, catalogue: Kinds, *, shipped: bool = False) -> Loaded:
    """Read one file. `shown` is its name in messages. Raises InputError with every mistake."""
    document = yamlfile.load(path, shown)
    standard, problems = yamlfile.validate(Standard, document)
    if standard is not None:
        problems = [one for one in check(standard, document, catalogue.kinds) if one.level == "error"]
    if standard is None or problems:
        raise InputError(problems)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Loaded(_with_present_kinds(standard, catalogue), path, shown, digest, shipped, document)


def _with_present_kinds(standard: Standard, catalogue: Kinds) -> Standard:
    rows = []
    for row in standard.requirements:
        present = tuple(dict.fromkeys(catalogue.resolve(kind) for kind in row.kinds))
        rows.append(row if present == row.kinds else row.model_copy(update={"kinds": present}))
    return standard.model_copy(update={"requirements": tuple(rows)})


@dataclass(frozen=True, slots=True)
class Edition:
    """The head of a shipped standard: enough to choose the one in force."""

    id: str
    family: str
    title: str
    document: str | None
    start: dt.date | None
    year_only: bool


def editions() -> tuple[Edition, ...]:
    """The heads of the shipped standards, by family and date."""
    found = [_edition(path) for path in sorted(shipped_dir().glob("*.yaml"))]
    return tuple(sorted(found, key=lambda one: (one.family, one.start or dt.date.max, one.id)))


def _edition(path: Path) -> Edition:
    head = path.read_bytes().split(b"\nrequirements:", 1)[0]  # rows are not needed to choose an edition
    data = yamlfile.loads(head, path.name).data
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
