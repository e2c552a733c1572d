"""Step 1: ledgers dropped, picked or found in the folder, and what was read as what, to be corrected by clicking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from equipcheck.desk import project_files
from equipcheck.desk.forms import Form, Refused
from equipcheck.desk.pages import Page, anchor
from equipcheck.desk.workspace import Workspace
from equipcheck.ground.validation import validate
from equipcheck.ground.yamlfile import loads
from equipcheck.ledger.inspect import SheetShown, Shown
from equipcheck.ledger.shown_json import rejected
from equipcheck.ledger.source import READABLE, Source
from equipcheck.ledger.words.form import FIELD_NAMES
from equipcheck.problems import InputError, Place, Problem
from equipcheck.project.form import LedgerSource, ProjectFile
from equipcheck.project.project import CONFIG
from equipcheck.project.sources import listed, own_words
from equipcheck.project.starter_files import found_ledgers

ROLES = {"ledger": "固定资产台账", "supplement": "补充清单（低值易耗品等）", "verification": "检定、校准台账"}
SHOWN_ROWS, SHOWN_NOTES = 8, 200
COLUMNS = ("name", "model", "quantity", "asset_no", "acquired", "checked_on", "valid_until")


@dataclass(frozen=True, slots=True)
class Card:
    """One file as the page shows it."""

    path: str
    role: str
    entry: LedgerSource
    shown: Shown | None
    sheets: tuple[SheetShown, ...]  # all of the file's, those left out by `sheets:` too
    problems: tuple[Problem, ...]
    rows: list[list[Any]]
    heads: list[str]
    rejected: list[dict[str, Any]]


def show(space: Workspace, _: Mapping[str, Any], form: Form | None) -> dict[str, Any]:
    """Every ledger of the project as it was read, and the files that lie in the folder beside them."""
    data, seen = space.mapping()
    sources, lost = _sources(space)
    cards = [_card(space, source, entry) for source, entry in sources]
    taken = {card.path for card in cards} | {entry.path for entry in lost}
    return {
        "cards": cards,
        "lost": lost,
        "found": [one for one in found_ledgers(space.root) if one.path not in taken],
        "seen": seen,
        "roles": ROLES,
        "fields": FIELD_NAMES,
        "endings": ",".join(sorted(READABLE)),
        "most": SHOWN_NOTES,
        "has_config": bool(data) or space.config.is_file(),
        "chosen": form,
    }


def _sources(space: Workspace) -> tuple[list[tuple[Source, LedgerSource]], list[LedgerSource]]:
    """The files behind `ledgers:` with their entries, and the entries without a file. Raises InputError."""
    if not space.config.is_file():
        return [], []
    document = loads(space.config.read_bytes(), CONFIG)
    entry, problems = validate(ProjectFile, document)
    if entry is None or problems:
        raise InputError(problems)
    lost = [one for one in entry.ledgers if not _files(space, one, document)]
    sound = ProjectFile(ledgers=tuple(one for one in entry.ledgers if one not in lost))
    found, _ = listed(sound, document, space.root)
    by_path = {(space.root / one.path).resolve(): one for one in entry.ledgers}
    words, _ = own_words(entry, document)
    return [
        (
            one._replace(words=words),
            by_path.get(one.path.resolve()) or LedgerSource(path=one.shown, as_=one.role),
        )
        for one in found
    ], lost


def _files(space: Workspace, entry: LedgerSource, document: Any) -> bool:
    found, problems = listed(ProjectFile(ledgers=(entry,)), document, space.root)
    return bool(found) and not [one for one in problems if one.code == "listed-file-missing"]


def _card(space: Workspace, source: Source, entry: LedgerSource) -> Card:
    try:
        shown = space.shown(source)
        whole = space.shown(source._replace(sheets=None)) if source.sheets is not None else shown
    except InputError as error:
        return Card(
            source.shown, source.role, entry, None, _sheets(space, source), error.problems, [], [], []
        )
    names = [name for name in COLUMNS if name in shown.rows.columns]
    first = shown.rows.head(SHOWN_ROWS)
    used = [name for name in names if first[name].null_count() < first.height]
    rows = [list(row) for row in first.select("ref", *used).rows()]
    heads = ["位置", *(FIELD_NAMES[name] for name in used)]
    return Card(source.shown, source.role, entry, shown, whole.sheets, (), rows, heads, rejected(shown))


def _sheets(space: Workspace, source: Source) -> tuple[SheetShown, ...]:
    """The sheets of a file that cannot be read as it is wanted."""
    try:
        return space.shown(source._replace(sheets=None, columns={}, header_row=None)).sheets
    except InputError:
        return ()


def add(space: Workspace, form: Form) -> str:
    """Take in what was dropped, and what was ticked of the files lying there."""
    found = [one.path for one in found_ledgers(space.root)]
    ticked = [path for path in form.all("found") if path in found]
    if not form.files and not ticked:
        raise Refused([Problem("no-upload", Place("files"))], {"files": [Problem("no-upload").message]})
    paths = project_files.take_in(space, form.files) if form.files else []
    if ticked:
        project_files.list_ledgers(space, ticked)
    first = [*paths, *ticked][0]
    return f"/ledgers?done=taken#file-{anchor(first)}"


def save(space: Workspace, form: Form) -> str:
    """Write how one file is to be read: role, sheets, heading row, columns."""
    path = form.text("path")
    sources, _ = _sources(space)
    found = next(((source, entry) for source, entry in sources if entry.path == path), None)
    if found is None:
        raise InputError(Problem("no-such-file", Place(path), {"near": ""}))
    source, entry = found
    wanted: dict[str, Any] = {"path": path}
    role = form.text("role", source.role)
    if role != "ledger":
        wanted["as"] = role
    row = form.text("header_row")
    if row:
        wanted["header_row"] = int(row) if row.isascii() and row.isdigit() else row
    sheets = form.all("sheet")
    every = form.all("every")
    if every and len(sheets) < len(every):
        wanted["sheets"] = sheets
    columns = _columns(source, entry, form)
    if columns:
        wanted["columns"] = columns
    project_files.write_ledger(space, path, wanted, form.text("seen"))
    return f"/ledgers?done=saved#file-{anchor(source.shown)}"


def _columns(source: Source, entry: LedgerSource, form: Form) -> dict[str, str]:
    """`columns:` after the page's selects: what stood there, less and plus what was changed."""
    columns = dict(entry.columns)
    changed: dict[str, str] = {}
    for number, heading in enumerate(form.all("heading")):
        was, now = form.text(f"was.{number}"), form.text(f"field.{number}")
        if was == now:
            continue
        if columns.get(was) == heading:
            del columns[was]
        if now in changed:
            said = Problem("column-twice", Place(source.shown), {"field": FIELD_NAMES.get(now, now)})
            raise Refused([said], {f"file-{anchor(source.shown)}.{number}": [said.message]})
        if now:
            changed[now] = heading
    return columns | changed


def remove(space: Workspace, form: Form) -> str:
    """Take a file out of the project; the file itself stays where it is."""
    path = form.text("path")
    data, _ = space.mapping()
    listed_ = data.get("ledgers") or []
    entries = list(listed_) if isinstance(listed_, list) else [listed_]
    left: list[Any] = []
    there = False
    for entry in entries:
        named = entry if isinstance(entry, str) else entry["path"]
        files = _behind(space, named) if named != path else []
        there = there or named == path or path in files
        if path in files:  # a folder or a pattern that the file was read through: its other files by name
            more = {} if isinstance(entry, str) else {key: one for key, one in entry.items() if key != "path"}
            left += [{"path": one, **more} if more else one for one in files if one != path]
        elif named != path:
            left.append(entry)
    if not there:
        raise Refused([Problem("listed-file-missing", Place(CONFIG), {"value": path, "near": ""})])
    project_files.write_answers(space, {**data, "ledgers": left}, form.text("seen"))
    return "/ledgers?done=removed"


def _behind(space: Workspace, named: str) -> list[str]:
    """The files behind a folder or a pattern, as the project would name them."""
    found, _ = listed(ProjectFile(ledgers=(LedgerSource(path=named),)), loads(b"{}", CONFIG), space.root)
    return [one.shown for one in found if one.path.resolve() != (space.root / named).resolve()]


PAGE = Page("ledgers", show, {"add": add, "save": save, "remove": remove})
