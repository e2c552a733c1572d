"""Writing decisions: merged into the file as it stands, sorted, whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from equipcheck.ground import yamlfile
from equipcheck.ground.saving import save
from equipcheck.ground.validation import validate
from equipcheck.match.decisions.file import DecisionsFile
from equipcheck.problems import InputError, Place, Problem

HEAD = """\
# 名称对应的决定：人工确认过的名称，以后不再询问。可手工修改，可纳入版本管理，可在单位之间共用。
# matches 每行一条：name 按台账原样书写；model 只在要按型号区分时写；kind 是种类编号，none 表示不是目录里的装备。
"""


@dataclass(frozen=True, slots=True)
class Decided:
    """One answer to be kept."""

    name: str
    kind: str
    model: str | None = None
    note: str | None = None


@dataclass(slots=True)
class Kept:
    """What became of the answers."""

    added: list[Decided] = field(default_factory=list)
    changed: list[Decided] = field(default_factory=list)
    same: list[Decided] = field(default_factory=list)


class DecisionsOnDisk:
    """A decisions file between reading and writing; writing refuses where it was changed meanwhile."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path = path
        self.shown = shown
        self.raw = path.read_bytes() if path.exists() else b""
        document = yamlfile.loads(self.raw, shown)
        if document.data is not None:
            _, problems = validate(DecisionsFile, document)
            if problems:
                raise InputError(problems)
        self.data: dict[str, Any] = document.data or {}
        text = self.raw.decode("utf-8-sig") if self.raw.strip() else HEAD
        self.head = "".join(line + "\n" for line in _leading_comments(text))

    def merge(self, answers: Iterable[Decided], by: str | None = None, on: dt.date | None = None) -> Kept:
        """Take answers in; those that say what stands already change nothing."""
        kept = Kept()
        entries: list[dict[str, Any]] = list(self.data.get("matches") or [])
        at = {_where(entry): position for position, entry in enumerate(entries)}
        for answer in answers:
            position = at.get((answer.name.strip(), (answer.model or "").strip()))
            if position is None:
                at[answer.name.strip(), (answer.model or "").strip()] = len(entries)
                entries.append(_entry(answer, by, on))
                kept.added.append(answer)
            elif entries[position]["kind"] != answer.kind:
                extra = {k: v for k, v in entries[position].items() if str(k).startswith("x_")}
                entries[position] = _entry(answer, by, on) | extra
                kept.changed.append(answer)
            else:
                kept.same.append(answer)
        self.data["matches"] = sorted(entries, key=_where)
        return kept

    def merge_splits(
        self, entries: Iterable[Mapping[str, Any]], by: str | None = None, on: dt.date | None = None
    ) -> int:
        """Take apart rows as told, each in place of what the file said of it; how many are new or other."""
        rows = {_row(one): dict(one) for one in self.data.get("splits") or []}
        signed = ({"by": by} if by else {}) | ({"date": on.isoformat()} if on else {})
        changed = 0
        for one in entries:
            before = rows.get(_row(one))
            if before is None or before["parts"] != one["parts"]:
                rows[_row(one)] = dict(one) | signed
                changed += 1
        if changed:
            self.data["splits"] = [rows[row] for row in sorted(rows)]
        return changed

    def remove(self, name: str, model: str | None) -> None:
        """Take a decision back."""
        where = (name.strip(), (model or "").strip())
        self.data["matches"] = [one for one in self.data.get("matches") or [] if _where(one) != where]

    def write(self) -> None:
        """Replace the file. Raises InputError where it was changed since it was read."""
        now = self.path.read_bytes() if self.path.exists() else b""
        if hashlib.sha256(now).digest() != hashlib.sha256(self.raw).digest():
            raise InputError(Problem("decisions-changed", Place(self.shown)))
        text = self.head + _dump(self.data)
        if text.encode("utf-8") != self.raw:
            save(self.path, text)
            self.raw = text.encode("utf-8")


def _where(entry: Mapping[str, Any]) -> tuple[str, str]:
    return str(entry["name"]).strip(), str(entry.get("model") or "").strip()


def _row(entry: Mapping[str, Any]) -> str:
    return str(entry.get("ref") or entry.get("asset_no") or "")


def _entry(answer: Decided, by: str | None, on: dt.date | None) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": answer.name.strip()}
    if answer.model:
        entry["model"] = answer.model.strip()
    entry["kind"] = answer.kind
    if answer.note:
        entry["note"] = answer.note
    if by:
        entry["by"] = by
    if on:
        entry["date"] = on.isoformat()
    return entry


def _leading_comments(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            break
        lines.append(line)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _dump(data: Mapping[str, Any]) -> str:
    """The file's text: one line an entry, so that two people's changes merge."""
    parts = []
    order = {"format": 0, "matches": 1, "splits": 2}
    for name in sorted(data, key=lambda one: (order.get(one, 3), one)):
        value = data[name]
        if isinstance(value, list) and value:
            lines = "".join(f"  - {_line(item)}\n" for item in value)
            parts.append(f"{name}:\n{lines}")
        else:
            parts.append(f"{name}: {_line(value)}\n")
    return "".join(parts)


def _line(value: Any) -> str:
    text: str = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=10**6, sort_keys=False
    )
    return text.removesuffix("\n").removesuffix("...").strip()


class _Dumper(yaml.SafeDumper):
    """Plain data; dates stand as text, aliases are spelled out."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (the library's signature)
        """Never write anchors."""
        return True
