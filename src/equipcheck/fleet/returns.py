"""Workbooks that came back: whose each is, and what it says of its bureau beside the table of bureaus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from equipcheck.fleet.members import Failed, Fleet, Member, Row, note
from equipcheck.fleet.table import columns_of, read_row
from equipcheck.ledger import Source
from equipcheck.ledger.containers.detect import open_book, read_file
from equipcheck.ledger.containers.zip_package import Package
from equipcheck.ledger.sheet import Book, Sheet
from equipcheck.ledger.values.text import is_empty, text_of
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.notes import Note
from equipcheck.project.ledger_template import NAMES, SHEET
from equipcheck.project.return_workbook import FACTS, HELP, LEVEL
from equipcheck.standard.bureau import FACT_NAMES, HEAD_COUNTS, as_text, in_chinese

_SEPARATORS = "-_－—–· 　（("
_TEXT_FORMS = frozenset({".csv", ".tsv", ".txt", ".parquet"})


@dataclass(slots=True)
class _Return:
    """One workbook: where it came from, what its page says (by key), and its ledger pages; none is filled in where it
    is `empty`.
    """

    source: Source
    texts: dict[str, str]
    pages: tuple[str, ...]
    unused: list[str] = field(default_factory=list)
    empty: bool = False

    @property
    def untouched(self) -> bool:
        """Whether it is as it was sent out."""
        return self.empty and not any(key in HEAD_COUNTS for key in self.texts)


def with_returns(fleet: Fleet) -> Fleet:
    """The fleet with the workbooks that came back as their bureaus' ledgers, and with the numbers they state."""
    known = frozenset({*fleet.names, *(one.code for one in fleet.members)})
    ledgers: list[Source] = []
    failed: list[Failed] = []
    notes: list[Note] = []
    found: dict[str, list[_Return]] = {}
    returned: dict[str, str] = {}
    for source in fleet.ledgers:
        came = _read(source, known)
        if came is None:
            ledgers.append(source)
            continue
        named, told = code_in(source.path.stem, known), came.texts.get("code", "")
        if named and told and named != told:
            problem = Problem("return-two-codes", Place(source.shown), {"named": named, "told": told})
            failed.append(Failed.of(source.shown, [problem]))
            continue
        code = told or named or source.bureau
        came.texts["code"] = code
        found.setdefault(code, []).append(came)
        if not came.empty:
            pages = source.sheets if source.sheets is not None else came.pages
            ledgers.append(source._replace(bureau=code, sheets=pages))
            returned[code] = source.shown
    rows: dict[str, Row] = {}
    for code, came_back in found.items():
        # a copy of what was sent out may lie beside what came back, and is no second report
        every = [one for one in came_back if not one.untouched] or came_back[:1]
        problems: list[Problem] = []
        for one in every:
            shown = one.source.shown
            notes += [note("return-line-unused", shown, text=text) for text in one.unused]
            notes += [note("return-unfilled", shown)] if one.empty else []
        if len(every) > 1:
            files = "、".join(one.source.shown for one in every)
            problems = [Problem("return-twice", args={"files": files})]
        else:
            place = Place(every[0].source.shown, FACTS)
            rows[code], problems = read_row(every[0].texts, place)
        if problems:
            rows.pop(code, None)
            failed.append(Failed.of(code, problems, fleet.names.get(code) or None))
    members = []
    for member in fleet.members:
        told_so, said = _with_told(member, rows[member.code]) if member.code in rows else (member, [])
        members.append(told_so)
        notes += said
    fleet = replace(fleet, members=tuple(members), ledgers=tuple(ledgers), told=rows, returned=returned)
    lost = {one.bureau for one in fleet.failed}
    return replace(
        fleet.without([one for one in failed if one.bureau not in lost]), notes=(*fleet.notes, *notes)
    )


def code_in(stem: str, known: frozenset[str]) -> str | None:
    """The code with which a file's name begins: the whole of it, or up to a separator; the longest one."""
    if stem in known:
        return stem
    ends = [at for at, letter in enumerate(stem) if letter in _SEPARATORS]
    return next((stem[:at] for at in reversed(ends) if stem[:at] in known), None)


def _read(source: Source, known: frozenset[str]) -> _Return | None:
    """What a workbook of ours says; None for every other ledger, and for files that reading will complain of."""
    if source.role == "verification" or source.path.suffix.lower() in _TEXT_FORMS:
        return None
    try:
        data = read_file(source.path, source.shown)
        if data.startswith(b"PK"):
            package = Package.open(data, source.shown)
            part = "xl/workbook.xml"  # a look at the names of its pages costs little
            if part in package.members and FACTS not in _pages(package, part):
                return None
        elif code_in(source.path.stem, known) in (None, source.path.stem):
            return None  # another form of workbook would have to be read whole
        book = open_book(data, source.shown, frozenset({FACTS, SHEET}))
    except InputError:
        return None
    page = _page(book, FACTS)
    if page is None:
        return None
    came = _Return(
        source, {}, tuple(one for one in book.names if one not in (FACTS, HELP, NAMES)) or (SHEET,)
    )
    if set(came.pages) - {SHEET}:  # pages that the bureau added are of its ledger too
        book = open_book(data, source.shown)
    lines = [
        {page.column_number(at): text_of(cell).strip() for at, cell in enumerate(row)} for row in page.rows
    ]
    labels = [line.get(1, "") for line in lines]
    keys = columns_of(labels)
    for at, line in enumerate(lines):
        value = line.get(2, "")
        if is_empty(value) or labels[at] == "项目":
            continue
        if keys.get(at) in ("code", "name", *FACT_NAMES):
            came.texts[keys[at]] = value
        else:
            came.unused.append(f"{labels[at]} {value}".strip())
    ledgers = [one for one in book.sheets if one.name in came.pages]
    came.empty = bool(ledgers) and not any(
        not is_empty(text_of(cell).strip()) for one in ledgers for row in one.rows[1:] for cell in row
    )
    return came


def _pages(package: Package, part: str) -> set[str]:
    return {one.get("name", "") for one in package.tree(part).iter() if one.tag.endswith("}sheet")}


def _page(book: Book, name: str) -> Sheet | None:
    return next((one for one in book.sheets if one.name == name), None)


def _with_told(member: Member, row: Row) -> tuple[Member, list[Note]]:
    """The bureau with what it says itself: head-counts as told, the rest only where the table has nothing."""
    facts, notes = dict(member.bureau.facts), []

    def differ(name: str, told: str, table: str, which: str) -> None:
        notes.append(note("return-facts-differ", row.place, name=name, told=told, table=table, which=which))

    for key, value in row.facts.items():
        have: Mapping[str, object] = member.bureau.facts
        if key in have and as_text(member.bureau.facts[key]) != as_text(value):
            which = "单位报回的" if key in HEAD_COUNTS else "机构表"
            table = in_chinese(key, member.bureau.facts[key])
            differ(
                LEVEL if key == "level" else FACT_NAMES.get(key, key), in_chinese(key, value), table, which
            )
        if key not in have or key in HEAD_COUNTS:
            facts[key] = value
    if row.name and member.name and row.name != member.name:
        differ("机构名称", row.name, member.name, "机构表")
    bureau = member.bureau._replace(name=member.bureau.name or row.name, facts=facts)
    return replace(member, bureau=bureau), notes
