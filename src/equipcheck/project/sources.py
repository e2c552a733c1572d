"""From the ledgers that a project lists to the files that are read: patterns, folders, each file once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from equipcheck.ground.frames import STATUSES
from equipcheck.ground.vocabulary import meanings, no_word
from equipcheck.ground.yamlfile import Document, Path_
from equipcheck.ledger import Source, find_ledgers
from equipcheck.ledger.values.text import squash
from equipcheck.ledger.words.form import plain
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
    """The project's `vocabulary:`; statuses that are none and words of two meanings, with their places."""
    own = entry.vocabulary
    states = {name: name if name in STATUSES else parse_status(name) for name in own.statuses}
    problems = [
        Problem(
            "unknown-key",
            document.place(("vocabulary", "statuses", name), key=True),
            {"key": name, "near": near(name, STATUSES), "expected": "、".join(STATUSES)},
        )
        for name, state in states.items()
        if state == "unknown"
    ]
    for part, lists, spelled in (("headings", own.headings, plain), ("statuses", own.statuses, squash)):
        said: dict[Path_, tuple[str, ...]] = {
            ("vocabulary", part, name): tuple(map(spelled, words)) for name, words in lists.items()
        }
        problems += [no_word(document, *one) for one in meanings(said, ["vocabulary"])]
    headings = {plain(word): name for name, words in own.headings.items() for word in words}
    statuses = {squash(word): states[name] for name, words in own.statuses.items() for word in words}
    return OwnWords(headings, statuses), problems


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
    """A path as refs show it: relative to the project, also outside of it."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # another drive on Windows
        return path.absolute().as_posix()


def told_apart(sources: Sequence[Source]) -> list[Source]:
    """Bare ledgers by their base names; those of one name with as many folders before it as tell them apart."""
    named: dict[str, list[Source]] = {}
    for one in sources:
        named.setdefault(one.shown, []).append(one)
    return [
        one if len(named[one.shown]) == 1 else one._replace(shown=_apart(one, named[one.shown]))
        for one in sources
    ]


def _apart(one: Source, alike: Sequence[Source]) -> str:
    parts = [other.path.resolve().parts for other in alike]
    mine = one.path.resolve().parts
    length = next(n for n in range(1, len(mine) + 1) if [other[-n:] for other in parts].count(mine[-n:]) == 1)
    return "/".join(mine[-length:])
