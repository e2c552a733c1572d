"""What the desk writes into the project folder: ledgers taken in, how they are read, answers, prices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from equipcheck.desk.forms import Refused
from equipcheck.desk.workspace import Workspace
from equipcheck.desk.yaml_patch import patched
from equipcheck.ground import yamlfile
from equipcheck.ground.saving import make_folder, save
from equipcheck.ledger.source import READABLE
from equipcheck.problems import InputError, Place, Problem
from equipcheck.project.project import CONFIG
from equipcheck.project.starter_files import DECISIONS, role_of

NAME_BYTES = 200  # of an uploaded file's name, well below what file systems allow
PRICES = "prices.csv"


def take_in(space: Workspace, files: Sequence[tuple[str, bytes]]) -> list[str]:
    """Put dropped ledgers into the folder and name them in `equipcheck.yaml`; gives their paths.

    A file of the same name and contents stays; one of the same name and other contents replaces it, the old one
    kept as `名称.旧1.xlsx`. Raises InputError on names that are none or kinds of file that are no ledgers.
    """
    with space.lock:
        names = [safe_name(name) for name, _ in files]
        wrong = [
            Problem("not-a-ledger-file", Place(given), {"known": "、".join(sorted(READABLE))})
            for (given, _), name in zip(files, names, strict=True)
            if name is None or Path(name).suffix.lower() not in READABLE
        ]
        for (given, _), name in zip(files, names, strict=True):
            if name is not None and names.count(name) > 1:
                wrong.append(Problem("same-name-twice", Place(given)))
        if wrong:
            raise InputError(wrong)
        folder = space.root / "inventories"
        make_folder(folder)
        kept = []
        for name, (_, data) in zip(names, files, strict=True):
            assert name is not None
            path = _listed(space, name) or folder / name
            if path.exists() and path.read_bytes() == data:
                kept.append(path.relative_to(space.root).as_posix())
                continue
            if path.exists():
                save(_free(path), path.read_bytes())
            save(path, data)
            kept.append(path.relative_to(space.root).as_posix())
        list_ledgers(space, kept)
        return kept


def _listed(space: Workspace, name: str) -> Path | None:
    """The ledger of this name that the project reads already, wherever in its folder it lies."""
    entries = space.mapping()[0].get("ledgers") or []
    for entry in entries if isinstance(entries, list) else [entries]:
        path = entry if isinstance(entry, str) else entry.get("path")
        here = (space.root / str(path)).resolve()
        if here.name == name and here.is_file() and here.is_relative_to(space.root.resolve()):
            return space.root / str(path)
    return None


def list_ledgers(space: Workspace, paths: Sequence[str]) -> None:
    """Name ledgers in `equipcheck.yaml`, which comes to be where there is none. Raises InputError."""
    data, seen = space.mapping()
    listed = data.get("ledgers") or []
    entries = list(listed) if isinstance(listed, list) else [listed]
    have = {entry if isinstance(entry, str) else entry.get("path") for entry in entries}
    for path in paths:
        role = role_of(Path(path).name)
        if path not in have:
            entries.append(path if role == "ledger" else {"path": path, "as": role})
    if "decisions" not in data:
        decisions = space.root / "decisions.yaml"
        if not decisions.exists():
            save(decisions, DECISIONS)
        data["decisions"] = "decisions.yaml"
    space.write_mapping({**data, "ledgers": entries}, seen)


def write_ledger(space: Workspace, path: str, wanted: Mapping[str, Any], seen: str) -> None:
    """Say how one ledger is to be read. Raises InputError."""
    data, _ = space.mapping()
    listed = data.get("ledgers") or []
    entries = list(listed) if isinstance(listed, list) else [listed]
    at = next((n for n, one in enumerate(entries) if _path(one) == path), None)
    entry: Any = path if set(wanted) == {"path"} else dict(wanted)
    if at is None:  # read through a folder or a pattern until now
        entries.append(entry)
    else:
        entries[at] = entry
    write_answers(space, {**data, "ledgers": entries}, seen)


def _path(entry: Any) -> Any:
    return entry if isinstance(entry, str) else entry.get("path")


def write_answers(space: Workspace, wanted: Mapping[str, Any], seen: str) -> None:
    """`write_mapping` for a page: a mistake is told beside the field (`bureau.staff`) that it is about."""
    try:
        space.write_mapping(wanted, seen)
    except InputError as error:
        raw = space.config.read_bytes() if space.config.is_file() else b""
        document = yamlfile.loads(patched(raw.decode("utf-8-sig"), wanted, CONFIG).encode("utf-8"), CONFIG)
        where = {place: path for path, place in [*document.keys.items(), *document.marks.items()]}
        fields: dict[str, list[str]] = {}
        for one in error.problems:
            path = where.get((one.place.line, one.place.column))
            if path:
                fields.setdefault(".".join(map(str, path)), []).append(one.message)
        raise Refused(error.problems, fields) from None


def prices_path(space: Workspace) -> Path:
    """The project's price list, where it is or would come to be."""
    named = space.project_without_ledgers().prices
    return named if named is not None else space.root / PRICES


def name_prices(space: Workspace, path: Path) -> None:
    """Name the price list in the project file where none is named yet."""
    data, seen = space.mapping()
    if not data.get("prices"):
        space.write_mapping({**data, "prices": path.relative_to(space.root).as_posix()}, seen)


def safe_name(given: str) -> str | None:
    """The last part of an uploaded file's name, where it can be a file's name on every system; else None."""
    name = re.split(r"[/\\]", given)[-1].strip().rstrip(".")
    bad = re.search(r'[<>:"|?*\x00-\x1f\u202a-\u202e\u2066-\u2069]', name)
    device = re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name)
    if not name or name.startswith((".", "~")) or bad or device or len(name.encode("utf-8")) > NAME_BYTES:
        return None
    return name


def _free(path: Path) -> Path:
    """A name for a file that makes room: 台账.旧1.xlsx, 台账.旧2.xlsx, …"""
    number = 1
    while (found := path.with_name(f"{path.stem}.旧{number}{path.suffix}.bak")).exists():
        number += 1
    return found
