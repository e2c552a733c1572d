"""From the ledgers that a project lists to the files that are read: patterns, folders, each file once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from equipcheck.ground.frames import STATUSES
from equipcheck.ground.yamlfile import Document
from equipcheck.ledger import Source, find_ledgers
from equipcheck.ledger.source import FIELDS
from equipcheck.ledger.values.text import squash
from equipcheck.ledger.words.headings import plain
from equipcheck.ledger.words.statuses import parse_status
from equipcheck.ledger.words.vocabulary import OwnWords
from equipcheck.problems import Problem
from equipcheck.problems.nearby import near, near_file
from equipcheck.project.form import LedgerSource, ProjectFile


def listed(entry: ProjectFile, document: Document, root: Path) -> tuple[list[Source], list[Problem]]:
    """The files behind `ledgers:`, in order; what is missing or written wrong, with its place."""
    sources: list[Source] = []
    problems: list[Problem] = []
    named = {(root / source.path).resolve() for source in entry.ledgers}
    for index, source in enumerate(entry.ledgers):
        problems += [
            Problem(
                "unknown-key",
                document.place(("ledgers", index, "columns", name), key=True),
                {"key": name, "near": near(name, FIELDS), "expected": "、".join(FIELDS)},
            )
            for name in source.columns
            if name not in FIELDS
        ]
        path = root / source.path
        found = [path]
        if any(mark in source.path for mark in "*?["):
            found = fitting(root, source.path)
        elif path.is_dir():
            found = find_ledgers(path)
        missing = [one for one in found if not one.is_file()]
        if not found or missing:
            place = document.place(("ledgers", index))
            problems.append(
                Problem("listed-file-missing", place, {"value": source.path, "near": near_file(path)})
            )
        own = found == [path]  # what has an entry of its own is not read again through a pattern or a folder
        sources += [
            source_of(one, relative(one, root), source)
            for one in found
            if one.is_file() and (own or one.resolve() not in named)
        ]
    return sources, problems


def own_words(entry: ProjectFile, document: Document) -> tuple[OwnWords, list[Problem]]:
    """The project's `vocabulary:`; fields and statuses that are none, with their places."""
    problems = [
        _no_such(document, "headings", name, FIELDS)
        for name in entry.vocabulary.headings
        if name not in FIELDS
    ]
    states = {name: name if name in STATUSES else parse_status(name) for name in entry.vocabulary.statuses}
    problems += [
        _no_such(document, "statuses", name, STATUSES) for name, state in states.items() if state == "unknown"
    ]
    headings = {plain(word): name for name, words in entry.vocabulary.headings.items() for word in words}
    statuses = {
        squash(word): states[name] for name, words in entry.vocabulary.statuses.items() for word in words
    }
    return OwnWords(headings, statuses), problems


def _no_such(document: Document, part: str, name: str, known: Sequence[str]) -> Problem:
    place = document.place(("vocabulary", part, name), key=True)
    return Problem(
        "unknown-key", place, {"key": name, "near": near(name, known), "expected": "、".join(known)}
    )


def fitting(folder: Path, pattern: str) -> list[Path]:
    """The files that fit a pattern, sorted, without the lock files that office programs leave beside open ones."""
    return sorted(path for path in folder.glob(pattern) if not path.name.startswith(("~$", ".~")))


def once(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Each file once, however often it is named: a unit on the books counts once."""
    seen: dict[object, Source] = {}
    for one in sources:
        seen.setdefault((one.path.resolve(), one.sheets, one.role == "verification"), one)
    return tuple(seen.values())


def source_of(path: Path, shown: str, entry: LedgerSource) -> Source:
    """One file, read as its entry says; `shown` is the prefix of its rows' refs."""
    return Source(
        path=path,
        shown=shown,
        role=entry.as_,
        columns=entry.columns,
        sheets=entry.sheets,
        header_row=entry.header_row,
    )


def relative(path: Path, root: Path) -> str:
    """A path as refs show it: relative to the project, the base name outside it."""
    return (
        path.resolve().relative_to(root.resolve()).as_posix()
        if path.resolve().is_relative_to(root.resolve())
        else path.name
    )
