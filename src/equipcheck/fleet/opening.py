"""What a call names → a fleet: `fleet.yaml`, a folder of projects, a folder of ledgers, or one consolidated export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from equipcheck.fleet.form import FleetFile, FleetLedger, FleetService
from equipcheck.fleet.members import CODE_HEADINGS, Fleet, Member, note
from equipcheck.fleet.projects import find_projects, of_projects
from equipcheck.fleet.returns import with_returns
from equipcheck.fleet.table import Table, read_table
from equipcheck.ground.validation import validate
from equipcheck.ground.yamlfile import load
from equipcheck.ledger import Source
from equipcheck.ledger.source import EXTENSIONS
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near, near_file
from equipcheck.problems.notes import Note
from equipcheck.project.project import shown_path
from equipcheck.project.sources import fitting, relative, source_of
from equipcheck.standard.bureau import Bureau

CONFIG = "fleet.yaml"
TABLES = ("bureaus", "机构表", "机构", "单位表", "机构名单")
"""Names (without ending) of a table of bureaus that is taken where nothing names one."""
LEDGER_ENDINGS = EXTENSIONS | {".parquet"}


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says beside the fleet."""

    standard: str | None = None
    as_of: dt.date | None = None
    metrology: str | None = None
    bureaus: Path | None = None
    ledgers: bool = True  # False: only which bureaus there are; no ledger need have come in


def open_fleet(target: Path, options: Options | None = None) -> Fleet:
    """The fleet that a path names. Raises InputError where it names none."""
    options = options or Options()
    if not target.exists():
        raise InputError(Problem("no-such-file", Place(str(target)), {"near": near_file(target)}))
    if options.bureaus is not None and not options.bureaus.is_file():
        place = Place(str(options.bureaus))
        raise InputError(Problem("no-such-file", place, {"near": near_file(options.bureaus)}))
    return _with_options(_open(target, options), options)


def _open(target: Path, options: Options) -> Fleet:
    if target.is_dir():
        if (target / CONFIG).is_file():
            return _from_file(target / CONFIG, options)
        projects = find_projects(target)
        if projects:
            if options.bureaus is not None:
                raise InputError(Problem("fleet-table-no-use", Place(str(target))))
            return of_projects(target, projects)
        table = options.bureaus or _table_in(target)
        found = sorted(path for path in target.rglob("*") if _is_ledger(path) and path != table)
        if not options.ledgers:
            found = []
        elif not found:
            raise InputError(Problem("fleet-nothing", Place(str(target))))
        return _assembled(target, FleetFile(bureaus="", ledgers=()), table, [(one, _PLAIN) for one in found])
    if target.suffix.lower() in (".yaml", ".yml"):
        return _from_file(target, options)
    table = options.bureaus or _table_in(target.parent)
    return _assembled(target.parent, FleetFile(bureaus="", ledgers=()), table, [(target, _PLAIN)])


_PLAIN = FleetLedger(path="")


def _from_file(config: Path, options: Options) -> Fleet:
    document = load(config, shown_path(config))
    file, problems = validate(FleetFile, document)
    if file is None or problems:
        raise InputError(problems)
    root = config.parent
    found: list[tuple[Path, FleetLedger]] = []
    named = {(root / one.path).resolve() for one in file.ledgers}
    nowhere: list[Problem] = []  # patterns that fit nothing: no mistake while others fit
    for index, entry in enumerate(file.ledgers):
        path = root / entry.path
        fits = [path] if path.is_file() else []
        if any(mark in entry.path for mark in "*?["):
            fits = [one for one in fitting(root, entry.path) if one.is_file() and one.resolve() not in named]
        elif path.is_dir():
            fits = sorted(one for one in path.rglob("*") if _is_ledger(one))
        if not fits and options.ledgers:
            args = {"value": entry.path, "near": near_file(path)}
            wrong = Problem("listed-file-missing", document.place(("ledgers", index)), args)
            (nowhere if any(mark in entry.path for mark in "*?[") else problems).append(wrong)
        found += [(one, entry) for one in fits]
    table = options.bureaus or root / file.bureaus
    if not table.is_file():
        args = {"value": file.bureaus, "near": near_file(table)}
        problems.append(Problem("listed-file-missing", document.place(("bureaus",)), args))
    if problems or (nowhere and not found):
        raise InputError([*nowhere, *problems])
    fleet = _assembled(root, file, table, found if options.ledgers else ())
    said = [
        note("fleet-pattern-empty", str(one.place._replace(path=config.name)), value=one.args["value"])
        for one in nowhere
    ]
    if options.bureaus is not None:
        said.append(note("fleet-overridden", what="机构表", value=shown_path(table)))
    return replace(fleet, notes=(*said, *fleet.notes))


def _assembled(
    root: Path, file: FleetFile, table_path: Path | None, ledgers: Sequence[tuple[Path, FleetLedger]]
) -> Fleet:
    """Bureaus from a table, or to be told by the ledgers themselves; whose each ledger is shows when it is read."""
    sources: dict[tuple[Path, bool], Source] = {}
    for path, entry in ledgers:
        source = source_of(path, relative(path, root), entry)
        headings = (entry.code,) if entry.code is not None else CODE_HEADINGS
        key = (path.resolve(), entry.as_ == "verification")
        sources.setdefault(key, source._replace(bureau=path.stem, code_columns=headings))
    decisions, own = _decisions(root, file.decisions)
    template = Member(
        Bureau(), None, (), file.standard, root, "",
        as_of=file.as_of,
        metrology=file.metrology,
        decisions=tuple(decisions),
        catalogue=tuple(root / path for path in file.catalogue),
        prices=root / file.prices if file.prices else None,
        services=file.services,
    )  # fmt: skip
    fleet = Fleet(root.resolve().name, root, (), tuple(sources.values()), template, as_of=file.as_of, own=own)
    if table_path is not None:
        fleet = with_table(fleet, read_table(table_path, relative(table_path, root)))
    return with_returns(fleet)


def with_table(fleet: Fleet, table: Table) -> Fleet:
    """The fleet with its bureaus."""
    template = fleet.template
    if template is None:
        return fleet
    parents = {row.code: row.parent for row in table.rows if row.parent}
    names = {row.code: row.name for row in table.rows} | {one.bureau: one.name or "" for one in table.failed}
    _check_services(template.services, {*names, *parents.values()})
    astray = [shown for code in sorted({*fleet.own} - {*names}) for _, shown in fleet.own[code]]
    said = [note("fleet-decisions-unused", files="、".join(astray))] if astray else []
    members = tuple(
        replace(
            template,
            bureau=Bureau(row.name, row.facts, row.code),
            parent=row.parent,
            origin=row.place,
            standard=row.standard or template.standard,
            as_of=row.as_of or template.as_of,
            metrology=row.metrology or template.metrology,
            decisions=(*fleet.own.get(row.code, ()), *template.decisions),
            services=tuple(one for one in template.services if _serves(one, row.code, parents)),
        )
        for row in table.rows
    )
    return replace(
        fleet,
        members=members,
        template=None,
        failed=(*fleet.failed, *table.failed),
        notes=(*fleet.notes, *table.notes, *said),
        names=names,
        parents=parents,
    )


def _decisions(
    root: Path, paths: Sequence[str]
) -> tuple[list[tuple[Path, str]], dict[str, list[tuple[Path, str]]]]:
    """Shared decision files in order, and a bureau's own: the files of a folder, each named by its code."""
    shared: list[tuple[Path, str]] = []
    own: dict[str, list[tuple[Path, str]]] = {}
    for path in paths:
        if (root / path).is_dir():
            for one in sorted((root / path).glob("*.y*ml")):
                own.setdefault(one.stem, []).append((one, relative(one, root)))
        else:
            shared.append((root / path, path))
    return shared, own


def _check_services(services: Sequence[FleetService], known: set[str]) -> None:
    problems = [
        Problem(
            "fleet-unknown-bureau",
            Place(CONFIG),
            {"key": key, "value": code, "near": near(code, sorted(known), likeness=0.8)},
        )
        for one in services
        for key, codes in (("bureaus", one.bureaus), ("under", one.under))
        for code in codes
        if code not in known
    ]
    if problems:
        raise InputError(problems)


def _serves(service: FleetService, code: str, parents: Mapping[str, str]) -> bool:
    if not service.bureaus and not service.under:
        return True
    above: list[str] = []
    here = parents.get(code)
    while here is not None and here not in above:
        above.append(here)
        here = parents.get(here)
    return code in service.bureaus or any(one in above for one in service.under)


def _table_in(folder: Path) -> Path | None:
    """The table of bureaus that lies in a folder."""
    for name in TABLES:
        for ending in (".csv", ".xlsx", ".xls", ".ods", ".tsv"):
            if (folder / f"{name}{ending}").is_file():
                return folder / f"{name}{ending}"
    return None


def _is_ledger(path: Path) -> bool:
    return (
        path.is_file()
        and path.suffix.lower() in LEDGER_ENDINGS
        and not path.name.startswith(("~$", ".", ".~"))
        and path.name.lower() not in ("prices.csv", "readme.txt")
        and path.stem not in TABLES
    )


def _with_options(fleet: Fleet, options: Options) -> Fleet:
    """Options win over what the fleet says; what they replaced is said."""
    notes: list[Note] = []
    template = () if fleet.template is None else (fleet.template,)
    members = [*fleet.members, *template]
    given: dict[str, Any] = {}
    if options.standard is not None:
        root = Path.cwd()
        if any(one.standard not in (None, options.standard) for one in members):
            notes.append(note("fleet-overridden", what="标准", value=options.standard))
        given |= {"standard": options.standard, "root": root}
    if options.as_of is not None:
        if any(one.as_of not in (None, options.as_of) for one in members):
            notes.append(note("fleet-overridden", what="截至日期", value=options.as_of))
        given["as_of"] = options.as_of
    if options.metrology is not None:
        given["metrology"] = options.metrology
    if given:
        members = [replace(one, **given) for one in members]
    return replace(
        fleet,
        members=tuple(members[: len(fleet.members)]),
        template=members[-1] if template else None,
        as_of=options.as_of or fleet.as_of,
        notes=(*fleet.notes, *notes),
    )
