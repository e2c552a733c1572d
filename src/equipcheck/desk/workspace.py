"""The project folder as the commands know it, and the last run over it.

Nothing is kept that is not on disk: whatever is asked is answered from the files as they are now, and read again only
where one of them changed. Writes go through the same locks and whole-or-not-at-all saving as the commands'.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from equipcheck.checking.check import Run, check
from equipcheck.ground import yamlfile
from equipcheck.ground.saving import save
from equipcheck.ledger.source import EXTENSIONS, find_ledgers
from equipcheck.problems import InputError, Place, Problem
from equipcheck.project.project import CONFIG, Project, open_project, project_of
from equipcheck.project.starter_files import DECISIONS, role_of

Stamp = tuple[tuple[str, int, int], ...]
NAME_BYTES = 200  # of an uploaded file's name, well below what file systems allow


@dataclass(slots=True)
class Workspace:
    """One project folder. All methods may be called from several threads; one works at a time."""

    root: Path
    today: dt.date | None = None  # of the machine where None
    said: str = ""  # what the present run is doing, for whoever waits
    lock: threading.RLock = field(default_factory=threading.RLock)
    _run: tuple[Stamp, Run] | None = None

    @property
    def config(self) -> Path:
        """The project file."""
        return self.root / CONFIG

    def day(self) -> dt.date:
        """The day of the call."""
        return self.today or dt.datetime.now().astimezone().date()

    def project(self) -> Project:
        """The project as it stands on disk. Raises InputError."""
        if self.config.is_file() or find_ledgers(self.root):
            return open_project([self.root])
        raise InputError(Problem("no-ledgers", Place(self.root.name)))

    def run(self) -> Run:
        """The run over the files as they are now. Raises InputError."""
        with self.lock:
            project = self.project()
            stamp = self._stamp(project)
            if self._run is None or self._run[0] != stamp:
                try:
                    self._run = (stamp, check(project, self.day(), self._say))
                finally:
                    self.said = ""
            return self._run[1]

    def _say(self, text: str) -> None:
        self.said = text

    def state(self) -> str:
        """A mark that changes with any file of the folder, by which an open page notices changes on disk."""
        files = [
            path for path in self.root.rglob("*") if path.is_file() and not path.name.startswith((".", "~$"))
        ]
        return hashlib.sha256(repr(_stamps(sorted(files)[:5000])).encode()).hexdigest()[:16]

    def _stamp(self, project: Project) -> Stamp:
        paths = [self.config, *(source.path for source in project.sources), *project.catalogue]
        paths += [path for path, _ in project.decisions]
        paths += [project.prices] if project.prices is not None else []
        if project.standard is not None and project.standard.lower().endswith((".yaml", ".yml")):
            paths.append(project.root / project.standard)
        return (*_stamps(paths), (self.day().isoformat(), 0, 0))

    def mapping(self) -> tuple[dict[str, Any], str]:
        """`equipcheck.yaml` as a mapping, and the mark of its bytes; an empty one where there is none yet."""
        if not self.config.is_file():
            return {}, mark(b"")
        raw = self.config.read_bytes()
        data = yamlfile.loads(raw, CONFIG).data
        return dict(data or {}), mark(raw)

    def write_mapping(self, wanted: Mapping[str, Any], seen: str | None) -> str:
        """Replace what changed in `equipcheck.yaml`, comments kept; gives the new mark.

        `seen` is the mark of the file as the page knew it. Raises InputError where it was changed since, or where
        the mapping is no sound project; nothing is written then.
        """
        with self.lock:
            raw = self.config.read_bytes() if self.config.is_file() else b""
            if seen is not None and seen != mark(raw):
                raise InputError(Problem("project-changed", Place(CONFIG)))
            text = patched(raw.decode("utf-8-sig"), wanted)
            project_of(yamlfile.loads(text.encode("utf-8"), CONFIG), self.root)
            save(self.config, text)
            return mark(text.encode("utf-8"))

    def take_in(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """Put dropped ledgers into the folder and name them in `equipcheck.yaml`; gives their paths.

        A file of the same name and contents stays; one of the same name and other contents replaces it, the old one
        kept as `名称.旧1.xlsx`. Raises InputError on names that are none or kinds of file that are no ledgers.
        """
        with self.lock:
            names = [safe_name(name) for name, _ in files]
            wrong = [
                Problem("not-a-ledger-file", Place(given), {"known": "、".join(sorted(EXTENSIONS))})
                for (given, _), name in zip(files, names, strict=True)
                if name is None or Path(name).suffix.lower() not in EXTENSIONS
            ]
            if wrong:
                raise InputError(wrong)
            folder = self.root / "inventories"
            folder.mkdir(exist_ok=True)
            kept = []
            for name, (_, data) in zip(names, files, strict=True):
                assert name is not None
                path = folder / name
                if path.exists() and path.read_bytes() != data:
                    path.replace(_free(path))
                save(path, data)
                kept.append(path.relative_to(self.root).as_posix())
            self._list(kept)
            return kept

    def _list(self, paths: Sequence[str]) -> None:
        """Name ledgers in `equipcheck.yaml`, which comes to be where there is none."""
        data, seen = self.mapping()
        listed = data.get("ledgers") or []
        entries = list(listed) if isinstance(listed, list) else [listed]
        have = {entry if isinstance(entry, str) else entry.get("path") for entry in entries}
        for path in paths:
            role = role_of(Path(path).name)
            if path not in have:
                entries.append(path if role == "ledger" else {"path": path, "as": role})
        if "decisions" not in data:
            decisions = self.root / "decisions.yaml"
            if not decisions.exists():
                save(decisions, DECISIONS)
            data["decisions"] = "decisions.yaml"
        self.write_mapping({**data, "ledgers": entries}, seen)


def mark(raw: bytes) -> str:
    """The mark of a file's bytes."""
    return hashlib.sha256(raw).hexdigest()


def _stamps(paths: Sequence[Path]) -> Stamp:
    found = []
    for path in paths:
        try:
            about = path.stat()
        except OSError:
            found.append((str(path), -1, -1))
        else:
            found.append((str(path), about.st_mtime_ns, about.st_size))
    return tuple(found)


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


def patched(text: str, wanted: Mapping[str, Any]) -> str:
    """A YAML mapping's text with the top-level values that differ replaced, everything else as it stands."""
    document = yamlfile.loads(text.encode("utf-8"), CONFIG)
    have: dict[str, Any] = document.data or {}
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = sorted((document.keys[key,][0] - 1, key) for key in have)
    ends = {
        key: _end(lines, start, stop)
        for (start, key), stop in zip(starts, _stops(starts, lines), strict=True)
    }
    for start, key in reversed(starts):
        if key not in wanted:
            lines[start : ends[key]] = []
        elif wanted[key] != have[key]:
            lines[start : ends[key]] = [_entry(key, wanted[key])]
    added = [_entry(key, value) for key, value in wanted.items() if key not in have]
    return "".join([*lines, *added])


def _stops(starts: Sequence[tuple[int, str]], lines: Sequence[str]) -> list[int]:
    return [*(start for start, _ in starts[1:]), len(lines)][: len(starts)]


def _end(lines: Sequence[str], start: int, stop: int) -> int:
    """Where a value ends: comments and blank lines before the next key belong to that key."""
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].startswith("#")):
        stop -= 1
    return stop


def _entry(key: str, value: Any) -> str:
    text: str = yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=110)
    return text
