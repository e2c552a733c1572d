"""The project folder as the commands know it, and the last run over it.

Nothing is kept that is not on disk: whatever is asked is answered from the files as they are now, and read again only
where one of them changed. Writes go through the same locks and whole-or-not-at-all saving as the commands'.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.checking.check import Run, check
from equipcheck.checking.reviewing import open_questions
from equipcheck.desk.yaml_patch import patched
from equipcheck.ground import yamlfile
from equipcheck.ground.saving import save
from equipcheck.ledger.inspect import Shown
from equipcheck.ledger.source import Source, find_ledgers
from equipcheck.match.review.questions import Question
from equipcheck.plan.make import Call
from equipcheck.plan.model import Plan
from equipcheck.problems import InputError, Place, Problem
from equipcheck.project.project import CONFIG, Project, open_project, project_of
from equipcheck.standard.annex.importing import Imported
from equipcheck.standard.annex.writing import flow

Value = TypeVar("Value")
Stamp = tuple[tuple[str, int, int], ...]
VERSIONS, FILES_KEPT, MOST_WATCHED = 50, 50, 5000
DRAFT, STANDARDS = "年报草稿.md", "standards"


@dataclass(slots=True)
class Workspace:
    """One project folder. All methods may be called from several threads; one works at a time."""

    root: Path
    today: dt.date | None = None  # of the machine where None
    said: str = ""  # what the present run is doing, for whoever waits
    lock: threading.RLock = field(default_factory=threading.RLock)  # of whoever reads everything, or writes
    _small: threading.Lock = field(
        default_factory=threading.Lock
    )  # of what is remembered, never held for long
    _run: tuple[Stamp, Run] | None = None
    _shown: dict[str, tuple[Stamp, Shown]] = field(default_factory=dict)  # files as they were read
    _seen: dict[str, dict[str, Any]] = field(
        default_factory=dict
    )  # versions of the project file that pages hold
    _imports: dict[str, Imported] = field(default_factory=dict)
    _catalogue: tuple[Stamp, Catalogue] | None = None
    _plans: tuple[Run | None, dict[str, Plan]] = (None, {})
    _questions: tuple[Run | None, list[Question]] = (None, [])
    _states: dict[str, Stamp] = field(default_factory=dict)  # states of the folder that pages hold

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

    def run(self, *, decided: bool = True) -> Run:
        """The run over the files as they are now; with `decided` false, decisions made since may be missing from it.

        Raises InputError.
        """
        with self.lock:
            project = self.project()
            stamp = self._stamp(project, decided=True)
            known = self._run
            if known is not None and known[0] == stamp:
                return known[1]
            if not decided and known is not None:
                ours = self._stamp(project, decided=False)
                if all(one in known[0] for one in ours):
                    return known[1]
            self.said = "正在读取台账并核查"
            try:
                made = check(project, self.day(), self._say)
            finally:
                self.said = ""
            after = self._stamp(project, decided=True, run=made)
            self._run = (
                (after, made) if set(stamp) <= set(after) else None
            )  # a file changed while it was read
            return made

    def last(self) -> Run | None:
        """The last run where it still holds; nothing is read for it."""
        try:
            stamp = self._stamp(self.project(), decided=True)
        except InputError:
            return None
        known = self._run
        return known[1] if known is not None and known[0] == stamp else None

    def _say(self, text: str) -> None:
        self.said = text

    def shown(self, source: Source) -> Shown:
        """What was read as what in one file; read again only where the file or its entry changed. Raises InputError."""
        from equipcheck.ledger.inspect import inspect

        key, stamp = repr(source), _stamps([source.path])
        known = self._shown.get(key)
        if known is None or known[0] != stamp:
            self.said = f"正在读取 {source.shown}"
            try:
                known = (stamp, inspect(source))
            finally:
                self.said = ""
            self._remember(self._shown, key, known, FILES_KEPT)
        return known[1]

    def state(self) -> str:
        """A mark that changes with any file of the folder, by which an open page notices changes on disk."""
        files = [
            path
            for path in self.root.rglob("*")
            if not path.name.startswith((".", "~$")) and path.suffix != ".bak" and path.is_file()
        ]
        stamps = _stamps(sorted(files)[:MOST_WATCHED])
        state = mark(repr(stamps).encode())[:16]
        self._remember(self._states, state, stamps, VERSIONS)
        return state

    def _remember(self, kept: dict[str, Value], key: str, value: Value, most: int) -> None:
        """Keep a value as the newest; the oldest beyond `most` are forgotten."""
        with self._small:
            kept.pop(key, None)
            kept[key] = value
            while len(kept) > most:
                kept.pop(next(iter(kept)))

    def imported(self, annex: Path, draft: Path, read: Callable[[], Imported]) -> Imported:
        """An annex read beside its draft; read again only where one of them changed. Raises InputError."""
        key = repr(_stamps([annex, draft]))
        known = self._imports.get(key)
        if known is None:
            known = read()
            self._remember(self._imports, key, known, FILES_KEPT)
        return known

    def changed_since(self, state: str) -> list[str]:
        """The files that changed since a state that a page holds, by name; nothing where that state is not known."""
        now = self._states.get(self.state(), ())
        before = self._states.get(state)
        if before is None:
            return []
        names = {path for path, *_ in {*before} ^ {*now}}
        return sorted(Path(name).relative_to(self.root).as_posix() for name in names)

    def _stamp(self, project: Project, *, decided: bool, run: Run | None = None) -> Stamp:
        paths = [self.config, *(source.path for source in project.sources), *project.catalogue]
        paths += [path for path, _ in project.decisions] if decided else []
        run = run or (self._run[1] if self._run is not None else None)
        below = run.loaded if run is not None and run.project.standard == project.standard else None
        while below is not None:  # the standard and those that it extends, wherever they lie
            paths += [] if below.shipped else [below.path]
            below = below.base
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
        if data is not None and not isinstance(data, dict):
            raise InputError(Problem("bad-body", Place(CONFIG), {"expected": "键和值"}))
        self._remember(self._seen, mark(raw), data or {}, VERSIONS)
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
            yamlfile.loads(raw, CONFIG)  # says where it is no UTF-8
            text = patched(raw.decode("utf-8-sig"), wanted, CONFIG)
            project_of(yamlfile.loads(text.encode("utf-8"), CONFIG), self.root)
            if text.encode("utf-8") != raw:
                save(self.config, text)
            return mark(text.encode("utf-8"))

    def moved(self, seen: str) -> list[str]:
        """What changed in `equipcheck.yaml` since the version whose mark a page holds, a line a key."""
        with self.lock:
            before = self._seen.get(seen)
            now, _ = self.mapping()
        return [] if before is None else differences(before, now)

    def bureau_name(self) -> str:
        """The bureau's name as the project file has it; nothing where there is none."""
        try:
            data, _ = self.mapping()
        except InputError:
            return ""
        bureau = data.get("bureau")
        return str(bureau.get("name") or "") if isinstance(bureau, dict) else ""

    @property
    def draft_file(self) -> Path:
        """Where the edited passage of the yearly report is kept."""
        return self.root / DRAFT

    def catalogue(self, project: Project | None = None) -> Catalogue:
        """The catalogue with the project's own kinds. Raises InputError."""
        from equipcheck.catalogue.kinds import load_catalogue

        if project is None:
            try:
                project = self.project_without_ledgers()
            except InputError:
                project = None
        paths = project.catalogue if project is not None else ()
        stamp = _stamps(paths)
        if self._catalogue is None or self._catalogue[0] != stamp:
            self._catalogue = (stamp, load_catalogue(paths))
        return self._catalogue[1]

    def project_without_ledgers(self) -> Project:
        """What the project file says of the bureau, whatever its ledgers are. Raises InputError."""
        data = self.config.read_bytes() if self.config.is_file() else b""
        return project_of(yamlfile.loads(data or b"{}", CONFIG), self.root, with_ledgers=False)

    def own_standards(self) -> list[Path]:
        """The standard files in the folder, sorted."""
        return sorted(path for path in (self.root / STANDARDS).glob("*.yaml") if path.is_file())

    def plan(self, call: Call | None = None) -> Plan:
        """A plan over the files as they are; made once for one run and one call. Raises InputError."""
        from equipcheck.plan.make import make_plan

        with self.lock:
            run = self.run()
            key = repr(call)
            if self._plans[0] is not run:
                self._plans = (run, {})
            plans = self._plans[1]
            if key not in plans:
                self.said = "正在安排计划"
                try:
                    plans[key] = make_plan(run, call)
                finally:
                    self.said = ""
            return plans[key]

    def questions(self, *, decided: bool = True) -> list[Question]:
        """The names to decide, the most consequential first; found once for one run. Raises InputError."""
        with self.lock:
            run = self.run(decided=decided)
            if self._questions[0] is not run:
                self._questions = (run, open_questions(run.gathered, self.day()))
            return self._questions[1]


def mark(raw: bytes) -> str:
    """The mark of a file's bytes."""
    return hashlib.sha256(raw).hexdigest()


def differences(before: Any, now: Any, at: str = "") -> list[str]:
    """Where two plain values differ, a line each: `bureau.staff：17 → 21`."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        names = dict.fromkeys([*before, *now])
        inside = [(f"{at}.{name}" if at else name, before.get(name), now.get(name)) for name in names]
        return [line for name, old, new in inside for line in differences(old, new, name)]
    if before == now:
        return []
    return [
        f"{at}：{'（没有）' if before is None else flow(before)} → {'（没有）' if now is None else flow(now)}"
    ]


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
