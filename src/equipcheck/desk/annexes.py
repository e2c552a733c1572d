"""Drafts of standards in the project folder: an annex read in, its questions answered one by one, two signatures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.desk.project_files import safe_name
from equipcheck.desk.workspace import Workspace
from equipcheck.ground import yamlfile
from equipcheck.ground.closed_words import code_of
from equipcheck.ground.saving import make_folder, save
from equipcheck.match.review.answers import Answers
from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.draft import Question, Wanted
from equipcheck.standard.annex.importing import Imported, import_annex
from equipcheck.standard.annex.writing import rule_data, write_yaml
from equipcheck.standard.grammar import parse_cell

FOLDER = "standards"
ENDINGS = frozenset({".docx", ".xlsx", ".xls", ".html", ".htm", ".csv", ".ods", ".odt", ".pdf"})
DUTIES = {"required": "必配", "optional": "选配"}
OPEN = {"kinds": "对应哪种装备", "obligation": "必配还是选配", "name": "装备名称", "id": "这一行还留不留"}


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A draft on disk and the annex it was read from (None: no longer there)."""

    path: Path
    shown: str
    annex: Path | None
    title: str
    verified: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question beside the row's own words."""

    question: Question
    row: int  # in `requirements`, from 0; -1: the file
    label: str
    words: Mapping[str, str]  # heading → the source's words of the whole row
    options: Mapping[str, str]  # to choose from; none: to be written


def drafts(space: Workspace) -> list[DraftFile]:
    """The project's own standard files."""
    found = []
    for path in space.own_standards():
        shown = path.relative_to(space.root).as_posix()
        try:
            data = yamlfile.load(path, shown).data
        except InputError:
            data = None
        data = data if isinstance(data, dict) else {}
        name = (data.get("x_import") or {}).get("file") if isinstance(data.get("x_import"), dict) else None
        annex = path.parent / str(name) if name and safe_name(str(name)) == name else None
        verified = data.get("verified")
        found.append(
            DraftFile(
                path,
                shown,
                annex if annex is not None and annex.is_file() else None,
                str(data.get("title") or path.stem),
                verified if isinstance(verified, dict) else None,
            )
        )
    return found


def find(space: Workspace, shown: str) -> DraftFile:
    """One of the project's own standard files. Raises InputError."""
    for one in drafts(space):
        if one.shown == shown:
            return one
    raise InputError(Problem("no-such-file", Place(shown), {"near": ""}))


def take(space: Workspace, given: str, data: bytes, wanted: Mapping[str, str]) -> DraftFile:
    """Put an annex into the folder and read it into a draft beside it; an older draft's answers stay.

    Nothing is kept where the annex cannot be read. Raises InputError.
    """
    name = safe_name(given)
    if name is None or Path(name).suffix.lower() not in ENDINGS:
        raise InputError(Problem("not-an-annex-file", Place(given), {"known": "、".join(sorted(ENDINGS))}))
    identity = (
        wanted.get("id") or re.sub(r"[^a-z0-9_.-]+", "-", Path(name).stem.lower()).strip("-_.") or "draft"
    )
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,79}", identity):
        args = {"value": identity, "expected": "小写字母、数字和 - _ .", "near": ""}
        raise InputError(Problem("bad-value", Place("id"), args))
    with space.lock:
        folder = space.root / FOLDER
        path, annex = folder / f"{identity}.yaml", folder / name
        new_folder = not folder.exists()
        make_folder(folder)
        before = annex.read_bytes() if annex.is_file() else None
        save(annex, data)
        try:
            done = _read(space, annex, path, identity, wanted)
        except InputError:
            if before is None:
                annex.unlink()
            else:
                save(annex, before)
            if new_folder:
                folder.rmdir()
            raise
        if not done.unchanged:
            save(path, done.text)
    return find(space, path.relative_to(space.root).as_posix())


def _read(space: Workspace, annex: Path, path: Path, identity: str, wanted: Mapping[str, str]) -> Imported:
    space.said = f"正在读取 {annex.name}"
    try:
        asked = Wanted(
            identity,
            re.sub(r"[-_.]?(19|20)[0-9]{2}$", "", identity) or identity,
            wanted.get("title") or None,
            wanted.get("document") or None,
            wanted.get("effective") or None,
            "official" if wanted.get("status") == "official" else "reprint",
        )
        existing = path if path.is_file() else None
        return import_annex(annex, annex.name, space.catalogue(None), asked, existing)
    finally:
        space.said = ""


def again(space: Workspace, one: DraftFile) -> Imported | None:
    """The draft read again beside its annex: what is still open. None where the annex is gone. Raises InputError."""
    if one.annex is None:
        return None
    data = yamlfile.load(one.path, one.shown).data
    status = "official" if "official" in str(_statuses(data)) else "reprint"
    annex, identity = one.annex, str(data.get("id") or one.path.stem)
    return space.imported(
        annex, one.path, lambda: _read(space, annex, one.path, identity, {"status": status})
    )


def _statuses(data: Any) -> list[Any]:
    return [
        code_of("status", (row.get("source") or {}).get("status"))
        for row in data.get("requirements") or []
        if isinstance(row, dict)
    ]


def asked(one: DraftFile, done: Imported) -> list[Asked]:
    """Every open question with the words of its row."""
    data = yamlfile.loads(done.text.encode("utf-8"), one.shown).data
    rows = [row for row in data.get("requirements") or [] if isinstance(row, dict)]
    columns = {
        str(column["id"]): str(column.get("label", column["id"])) for column in data.get("columns") or []
    }
    at = {str((row.get("source") or {}).get("place")): number for number, row in enumerate(rows)}
    names = {str(row.get("name")): number for number, row in enumerate(rows)}
    found = []
    for question in done.questions:
        number = at.get(question.place, names.get(question.name, -1)) if question.key else -1
        words = rows[number].get("x_words") if number >= 0 else None
        found.append(
            Asked(
                question,
                number,
                _label(question.key, columns),
                {str(key): str(value) for key, value in words.items()} if isinstance(words, dict) else {},
                DUTIES if question.key == "obligation" else {},
            )
        )
    return found


def _label(key: str, columns: Mapping[str, str]) -> str:
    if key.startswith("quantity."):
        return f"{columns.get(key.removeprefix('quantity.'), '')}配多少".removeprefix("all")
    return OPEN.get(key, "要由人写明")


def answer(space: Workspace, shown: str, row: int, key: str, typed: str) -> None:
    """Write one answer into the draft; its words are read as the annex's cells are. Raises InputError."""
    with space.lock:
        one = find(space, shown)
        done = again(space, one)
        if done is None:
            raise InputError(Problem("no-such-file", Place(shown), {"near": ""}))
        data = yamlfile.loads(done.text.encode("utf-8"), shown).data
        rows = data.get("requirements") or []
        if not 0 <= row < len(rows):
            raise InputError(Problem("bad-body", Place(shown), {"expected": "草稿里的一行"}))
        _put(rows[row], key, typed, str(data.get("limit") or "floor"), space.catalogue(None), shown)
        head = {name: value for name, value in data.items() if name != "requirements"}
        save(one.path, write_yaml(head, rows, {}, []))
        left = again(space, find(space, shown))
        if left is not None:
            save(one.path, left.text)  # with the questions that are left, beside their rows


def _put(row: dict[str, Any], key: str, typed: str, limit: str, catalogue: Catalogue, shown: str) -> None:
    if key == "kinds":
        kinds = []
        for word in re.split("[、,，;；]", typed):
            read = Answers(catalogue).read(word)
            if read.kind is None or read.kind not in catalogue.kinds:
                raise InputError(
                    Problem("unknown-answer", Place(shown), {"value": word, "near": read.wrong or ""})
                )
            kinds.append(read.kind)
        row["kinds"] = kinds
    elif key == "obligation" and typed in DUTIES:
        row["obligation"] = typed
    elif key == "name" and typed:
        row["name"] = typed
    elif key.startswith("quantity"):
        _put_rule(row, key.removeprefix("quantity").removeprefix("."), typed, limit, shown)
    else:
        raise InputError(Problem("bad-body", Place(shown), {"expected": "一个答复"}))


def _put_rule(row: dict[str, Any], column: str, typed: str, limit: str, shown: str) -> None:
    cell = parse_cell(typed, "ceiling" if code_of("limit", limit) == "ceiling" else "floor")
    if cell.rule is None or cell.rule.text is not None or cell.question is not None:
        why = cell.question or "读不成配备数量"
        raise InputError(Problem("answer-unread", Place(shown), {"value": typed, "why": why}))
    rule = rule_data(cell.rule)
    if column in ("", "all"):  # a standard with one column
        row["quantity"] = rule
    else:
        row["quantity"] = {**(row.get("quantity") or {}), column: rule}
    if cell.obligation:
        row["obligation"] = cell.obligation
    if cell.note:  # 「4辆，其中越野车2辆」
        row["note"] = "；".join(dict.fromkeys(filter(None, (row.get("note"), cell.note))))
