"""A project: `equipcheck.yaml`, everything one run needs to know."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from equipcheck.ground.closed_words import in_chinese
from equipcheck.ground.validation import read, validate
from equipcheck.ground.yamlfile import Document
from equipcheck.ledger import Source, find_ledgers
from equipcheck.ledger.words.vocabulary import OwnWords
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near_file
from equipcheck.project.form import LedgerSource, ProjectFile, ServiceContract, WaiverEntry
from equipcheck.project.sources import fitting, listed, once, own_words, relative, source_of, told_apart
from equipcheck.standard.bureau import (
    FACT_MAX,
    FACT_NAMES,
    HEAD_COUNTS,
    Bureau,
    Fact,
    as_text,
    in_code,
    stray,
)

CONFIG = "equipcheck.yaml"


class Project(NamedTuple):
    """Everything one run needs, with all paths resolved."""

    bureau: Bureau
    sources: tuple[Source, ...]
    words: OwnWords = OwnWords()  # the project's own, known in each of its sources
    standard: str | None = None
    as_of: dt.date | None = None
    root: Path = Path()
    decisions: tuple[tuple[Path, str], ...] = ()
    catalogue: tuple[Path, ...] = ()
    prices: Path | None = None
    metrology: str = "record"
    services: tuple[ServiceContract, ...] = ()
    waivers: tuple[WaiverEntry, ...] = ()
    plan: Mapping[str, Any] = {}
    section: Mapping[str, Any] = {}
    document: Document | None = None  # equipcheck.yaml, for the places of errors
    overrides: tuple[str, ...] = ()  # what options replaced or added, in words
    borrowed: str | None = None  # the equipcheck.yaml that a bare ledger takes its facts from
    given: Mapping[str, str] = {}  # what options gave (standard, facts), as it was typed

    def place_of_fact(self, name: str) -> Place:
        """Where a fact is written: in an option, in the project's file, or nowhere that is known."""
        if name in self.given:
            return Place(self.given[name])
        at = ("bureau", name)
        known = self.document is not None and self.document.value(at) is not None
        return self.document.place(at) if known and self.document is not None else Place()

    def told(self, error: InputError) -> InputError:
        """The same mistakes, their files named as the caller sees them: from the working directory.

        Results name files as the project does, so that they are the same from wherever it is checked.
        """
        return InputError([one._replace(place=self._seen(one.place)) for one in error.problems])

    def _seen(self, place: Place) -> Place:
        if not place.path or Path(place.path).is_absolute() or not (self.root / place.path).is_file():
            return place
        here = Path(self.document.path).parent if self.document is not None else Path(shown_path(self.root))
        return place._replace(path=Path(os.path.normpath(here / place.path)).as_posix())


class Options(NamedTuple):
    """What the command line says beside the project."""

    standard: str | None = None
    as_of: dt.date | None = None
    facts: Mapping[str, Fact] = {}
    metrology: str | None = None
    typed: Mapping[str, str] = {}  # each fact's option as it was typed


METROLOGY = in_chinese("metrology")


def open_project(targets: Sequence[Path], options: Options | None = None) -> Project:
    """The project of a call: a folder or file of a project, or bare ledgers. Raises InputError.

    Without targets the nearest `equipcheck.yaml` upward is taken. Bare ledgers take their facts from the
    nearest one above the first ledger, which outputs name.
    """
    options = options or Options()
    cwd = Path.cwd()
    targets = [found for target in targets for found in _expand(target)]
    if not targets:
        config = find_upward(cwd)
        if config is None:
            raise InputError(Problem("no-project", Place(str(cwd))))
        return _with_options(_from_file(config), options, cwd)
    if len(targets) == 1 and (config := _config_of(targets[0])) is not None:
        return _with_options(_from_file(config), options, cwd)
    return _with_options(_bare(targets), options, cwd)


def find_upward(start: Path) -> Path | None:
    """The nearest `equipcheck.yaml` in a folder or above it."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder / CONFIG
    return None


def _expand(target: Path) -> list[Path]:
    if not target.exists() and any(mark in target.name for mark in "*?["):
        found = fitting(target.parent, target.name)
        if found:
            return found
    if not target.exists():
        raise InputError(Problem("no-such-file", Place(str(target)), {"near": near_file(target)}))
    return [target]


def _config_of(target: Path) -> Path | None:
    if target.is_dir():
        config = target / CONFIG
        return config if config.is_file() else None
    return target if target.suffix.lower() in (".yaml", ".yml") else None


def _from_file(config: Path, *, with_ledgers: bool = True) -> Project:
    entry, document = read(ProjectFile, config, shown_path(config), ["project/form.py"])
    return _described(entry, document, config.parent, with_ledgers=with_ledgers)


def project_of(document: Document, root: Path, *, with_ledgers: bool = True) -> Project:
    """The project that a document describes, seen from a folder. Raises InputError."""
    entry, problems = validate(ProjectFile, document)
    if entry is None or problems:
        raise InputError(problems)
    return _described(entry, document, root, with_ledgers=with_ledgers)


def _described(entry: ProjectFile, document: Document, root: Path, *, with_ledgers: bool) -> Project:
    problems = [
        problem for name in entry.bureau if (problem := _bad_fact(document, name, entry.bureau[name]))
    ]
    sources: list[Source] = []
    words, wrong = own_words(entry, document)
    problems += wrong
    if with_ledgers:
        sources, wrong = listed(entry, document, root)
        problems += wrong
    if problems:
        raise InputError(problems)
    facts = {name: in_code(name, value) for name, value in entry.bureau.items()}
    name = str(facts.pop("name", ""))
    return Project(
        bureau=Bureau(name=name, facts=facts),
        sources=once([source._replace(words=words) for source in sources]),
        words=words,
        standard=entry.standard,
        as_of=entry.as_of,
        root=root,
        decisions=tuple((root / path, path) for path in entry.decisions),
        catalogue=tuple(root / path for path in entry.catalogue),
        prices=root / entry.prices if entry.prices else None,
        metrology=entry.metrology,
        services=entry.services,
        waivers=entry.waivers,
        plan=entry.plan,
        section=entry.section,
        document=document,
    )


def _bad_fact(document: Document, name: str, value: Fact) -> Problem | None:
    """Head-counts are whole numbers ≥ 0; usual words are of their sets."""
    if name in HEAD_COUNTS and (
        isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= FACT_MAX
    ):
        return Problem(
            "bad-value",
            document.place(("bureau", name)),
            {"value": value, "expected": f"不小于 0 的整数（{name}）", "near": ""},
        )
    wrong = stray(name, value)
    if wrong is not None:
        place = document.place(("bureau", name))
        return Problem("bad-value", place, {"value": value, "expected": wrong[0], "near": wrong[1]})
    return None


def _bare(targets: Sequence[Path]) -> Project:
    """Bare ledgers, with what the nearest project above them says of the bureau."""
    sources: list[Source] = []
    for target in targets:
        if target.is_dir():
            found = find_ledgers(target)
            if not found:
                raise InputError(Problem("no-ledgers", Place(str(target))))
            sources += [
                source_of(one, relative(one, target), LedgerSource.known(path=one.name)) for one in found
            ]
        else:
            sources.append(source_of(target, target.name, LedgerSource.known(path=target.name)))
    first = targets[0] if targets[0].is_dir() else targets[0].parent
    config = find_upward(first)
    if config is None:
        return Project(bureau=Bureau(), sources=tuple(told_apart(once(sources))), root=first)
    above = _from_file(config, with_ledgers=False)
    known = [source._replace(words=above.words) for source in told_apart(once(sources))]
    return above._replace(sources=tuple(known), borrowed=shown_path(config))


def shown_path(path: Path) -> str:
    """A path as messages name it: relative to the working directory where that is shorter."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def _with_options(project: Project, options: Options, cwd: Path) -> Project:
    """Options win over the project; what they replaced, or added to it, is kept in words."""
    said: list[str] = []

    def say(what: str, was: object, now: object) -> None:
        if project.document is not None and was != now:  # of bare ledgers, options are all there is
            said.append(f"{what} {'（未写明）' if was is None else was} → {now}")

    facts = dict(project.bureau.facts)
    for name, value in options.facts.items():
        was = as_text(facts[name]) if name in facts else None
        say(FACT_NAMES.get(name, name), was, as_text(value))
        facts[name] = in_code(name, value)
    given = dict(options.typed)
    changes: dict[str, Any] = {"bureau": project.bureau._replace(facts=facts)}
    if options.standard is not None:
        say("标准", project.standard, options.standard)
        changes["standard"] = _from_root(options.standard, cwd, project.root)
        given["standard"] = options.standard
    if options.as_of is not None:
        say("截至日期", project.as_of, options.as_of)
        changes["as_of"] = options.as_of
    if options.metrology is not None:
        if options.metrology != project.metrology:
            said.append(f"计量 {METROLOGY[project.metrology]} → {METROLOGY[options.metrology]}")
        changes["metrology"] = options.metrology
    return project._replace(overrides=tuple(said), given=given, **changes)


def _from_root(standard: str, cwd: Path, root: Path) -> str:
    """A standard as an option names it: an id as it is, a path seen from the project's folder."""
    if Path(standard).suffix.lower() not in (".yaml", ".yml"):
        return standard
    path = (cwd / standard).resolve()
    try:
        return Path(os.path.relpath(path, root.resolve())).as_posix()
    except ValueError:  # another drive on Windows
        return str(path)
