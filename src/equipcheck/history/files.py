"""Snapshots on disk: `history/<year>.yaml` beside the project, one line a finding, sealed by a checksum.

The seal is the SHA-256 of everything above it with line ends as LF, so that a checkout on Windows keeps it and
an edit by hand is noticed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from equipcheck.ground import yamlfile
from equipcheck.ground.saving import make_folder, save
from equipcheck.ground.validation import validate
from equipcheck.history.snapshot import Snapshot
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.notes import Note

FOLDER = "history"
_HEAD = "# equipcheck 的年度快照，由 equipcheck history record 写出。手工改动会被发现；要更正，请改台账后重新登记。\n"
_SEAL = re.compile(r"^checksum: ([0-9a-f]{64})\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording did: the file, and whether it was new, the same as before, or replaced."""

    path: Path
    state: Literal["new", "same", "replaced"]


def record(snapshot: Snapshot, root: Path, *, force: bool = False) -> Recorded:
    """Write a snapshot; the same one twice changes nothing. InputError where the year holds another one."""
    path = root / FOLDER / f"{snapshot.year}.yaml"
    text = to_text(snapshot)
    if path.exists():
        present = path.read_bytes().replace(b"\r\n", b"\n").decode("utf-8", errors="replace")
        if present == text:
            return Recorded(path, "same")
        if not force:
            code = "snapshot-differs" if _sealed(present) else "snapshot-edited-kept"
            raise InputError(Problem(code, Place(f"{FOLDER}/{path.name}"), {"year": snapshot.year}))
        save(path, text)
        return Recorded(path, "replaced")
    make_folder(path.parent)
    save(path, text)
    return Recorded(path, "new")


def read_all(root: Path) -> tuple[tuple[Snapshot, ...], tuple[Note, ...]]:
    """Every snapshot of a project by year, and notes on those that were edited. Raises InputError on broken ones."""
    found: dict[int, Snapshot] = {}
    notes: list[Note] = []
    problems: list[Problem] = []
    for path in sorted((root / FOLDER).glob("*.yaml")):
        shown = f"{FOLDER}/{path.name}"
        try:
            snapshot, sealed = read(path, shown)
        except InputError as error:
            problems += error.problems
            continue
        if not sealed:
            notes.append(Note("snapshot-edited", Problem("snapshot-edited", level="hint").message, shown))
        if snapshot.year in found:
            problems.append(Problem("snapshot-twice", Place(shown), {"year": snapshot.year}))
        found[snapshot.year] = snapshot
    if problems:
        raise InputError(problems)
    return tuple(found[year] for year in sorted(found)), tuple(notes)


def read(path: Path, shown: str) -> tuple[Snapshot, bool]:
    """A snapshot and whether its seal holds. Raises InputError."""
    document = yamlfile.load(path, shown)
    data = document.data
    if isinstance(data, dict):
        data = {key: value for key, value in data.items() if key != "checksum"}
    snapshot, problems = validate(Snapshot, yamlfile.Document(shown, data, document.marks, document.keys))
    if snapshot is None:
        raise InputError(problems)
    return snapshot, _sealed(path.read_bytes().decode("utf-8-sig"))


def to_text(snapshot: Snapshot) -> str:
    """The file of a snapshot: YAML, one line a value or a finding."""
    data = snapshot.model_dump()
    lines = [_HEAD]
    for key, value in data.items():
        if key in ("inputs", "findings"):
            lines.append(f"{key}:\n" if value else f"{key}: []\n")
            lines += [f"  - {_flow(item)}\n" for item in value]
        else:
            lines.append(f"{key}: {_flow(value)}\n")
    body = "".join(lines)
    return f"{body}checksum: {_digest(body)}\n"


def _flow(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value.normalize())
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def _sealed(text: str) -> bool:
    text = text.replace("\r\n", "\n")
    seal = _SEAL.search(text)
    return seal is not None and seal[1] == _digest(text[: seal.start()]) and not text[seal.end() :].strip()


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()
