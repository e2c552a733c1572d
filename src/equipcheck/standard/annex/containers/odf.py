"""OpenDocument texts and spreadsheets (.odt, .ods): tables as a reader sees them, without any office program.

Cells are read as displayed: the file holds the words beside the values. Deleted, hidden and covered words are not
read but told.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.containers.flow import Flow, Merges, Texts
from equipcheck.standard.annex.containers.odf_text import OFFICE, TEXT, Words, styles_of
from equipcheck.standard.annex.containers.sheets import Outside, grids_of, hidden_sheet
from equipcheck.standard.annex.grid import MAX_CELLS, Annex

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_COVERED = f"{_TABLE}covered-table-cell"
_CELLS = (f"{_TABLE}table-cell", _COVERED)
_MAX_ROWS, _MAX_COLUMNS = 1 << 20, 1 << 14
_HIDDEN = ("collapse", "filter")


def read_odf(path: Path, shown: str) -> Annex:
    """The tables of an .odt or .ods. Raises InputError."""
    with zipfile.ZipFile(path) as package:
        manifest = "META-INF/manifest.xml"
        if manifest in package.namelist() and b"encryption-data" in package.read(manifest):
            raise InputError(Problem("annex-unreadable", Place(shown), {"reason": "加了密码"}))
        with package.open("content.xml") as file:
            return read_content(file, shown)


def read_content(file: IO[bytes], shown: str) -> Annex:
    """The tables of a content.xml, or of a flat document (.fodt, .fods). Raises InputError."""
    reader = _Reader(shown)
    body = reader.collect(file)
    if body is None:
        raise InputError(Problem("annex-unknown-form", Place(shown)))
    return reader.sheets(body) if body.tag == f"{OFFICE}spreadsheet" else reader.document(body)


@dataclass(slots=True)
class _Table:
    """One table's cells as they were collected."""

    texts: Texts = field(default_factory=dict)
    merges: Merges = field(default_factory=dict)
    hidden: Outside = field(default_factory=Outside)
    covered: list[str] = field(default_factory=list)
    inner: list[_Table] = field(default_factory=list)
    name: str = ""
    seen: bool = True


class _Reader:
    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.words = Words()
        self.tables: dict[ET.Element, _Table] = {}
        self.unseen: set[str] = set()  # styles of tables that are not shown

    def collect(self, file: IO[bytes]) -> ET.Element | None:
        """Read the tables while the file streams by, each row let go once read; the body that holds the rest."""
        body = None
        open_: list[ET.Element] = []
        table, at = _Table(), 0
        for event, element in ET.iterparse(file, events=("start", "end")):
            if element.tag == f"{_TABLE}table":
                if event == "start":
                    open_.append(element)
                    if len(open_) == 1:
                        table, at = _Table(), 0
                else:
                    open_.pop()
                    if not open_:
                        self.tables[element] = self._of_head(element, table)
            elif event == "end" and element.tag == f"{_TABLE}table-row" and len(open_) == 1:
                at = self._row(element, table, at)
                element.clear()
            elif event == "end" and element.tag == f"{OFFICE}automatic-styles":
                self.words.styles = styles_of(element)
                self.unseen = {
                    style.get(f"{_STYLE}name", "")
                    for style in element
                    if (about := style.find(f"{_STYLE}table-properties")) is not None
                    and about.get(f"{_TABLE}display") == "false"
                }
            elif event == "end" and element.tag in (f"{OFFICE}spreadsheet", f"{OFFICE}text"):
                body = element
        return body

    def sheets(self, body: ET.Element) -> Annex:
        """A spreadsheet: each table a sheet."""
        grids, remarks = [], []
        for element in body.iter(f"{_TABLE}table"):
            table = self.tables.get(element)
            if table is None:
                continue
            if not table.seen:
                remarks += hidden_sheet(table.name, table.texts)
                continue
            table.hidden.merges = table.merges
            found, said = grids_of(table.name, table.texts, table.hidden, self.shown)
            grids += found
            remarks += said
            if table.covered:
                told = "、".join(table.covered[:8])
                remarks.append(f"工作表“{table.name}”合并单元格盖住的文字没有读入：{told[:120]}")
        return Annex(tuple(grids), (), self.words.notes, (*remarks, *self.words.told()))

    def document(self, body: ET.Element) -> Annex:
        """A text: tables between paragraphs."""
        flow = Flow(self.shown)
        self._blocks(body, flow)
        return Annex(tuple(flow.grids), tuple(flow.between), self.words.notes, tuple(self.words.told()))

    def _blocks(self, parent: ET.Element, flow: Flow) -> None:
        for block in parent:
            if block.tag in (f"{TEXT}p", f"{TEXT}h"):
                flow.paragraph(self.words.paragraph(block))
                for box in self.words.boxes():
                    self._blocks(box, flow)
            elif block.tag == f"{_TABLE}table":
                self._table(self.tables.get(block) or self._nested(block), flow)
            elif block.tag == f"{TEXT}tracked-changes":
                self.words.deleted(block)
            else:
                self._blocks(block, flow)

    def _table(self, table: _Table, flow: Flow) -> None:
        gone = table.hidden.rows
        texts = {place: text for place, text in table.texts.items() if place[0] not in gone}
        self.words.hidden += [
            text for place, text in table.texts.items() if place[0] in gone and text.strip()
        ]
        flow.table(texts, table.merges, holds_tables=bool(table.inner))
        for inner in table.inner:
            self._table(inner, flow)

    def _nested(self, element: ET.Element) -> _Table:
        table, at = _Table(), 0
        for row in _rows(element):
            at = self._row(row, table, at)
        return self._of_head(element, table)

    def _of_head(self, element: ET.Element, table: _Table) -> _Table:
        """What the table says of itself: its name, whether it is shown, which columns are hidden."""
        table.name = element.get(f"{_TABLE}name", "")
        table.seen = element.get(f"{_TABLE}style-name") not in self.unseen
        column = 0
        for one in element.iter(f"{_TABLE}table-column"):
            repeat = _count(one.get(f"{_TABLE}number-columns-repeated"), _MAX_COLUMNS)
            if one.get(f"{_TABLE}visibility") in _HIDDEN:
                table.hidden.columns |= set(range(column, min(column + repeat, _MAX_COLUMNS)))
            column += repeat
        return table

    def _row(self, row: ET.Element, table: _Table, at: int) -> int:
        """One row, as often as it repeats; the number of the next one."""
        repeat = _count(row.get(f"{_TABLE}number-rows-repeated"), _MAX_ROWS)
        column = 0
        told = False
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            across = _count(cell.get(f"{_TABLE}number-columns-repeated"), _MAX_COLUMNS)
            text = self._cell(cell, table)
            if cell.tag == _COVERED:
                table.covered += [text] if text.strip() else []
            elif text.strip():
                told = True
                self._put(text, table, range(at, at + repeat), range(column, column + across))
            down, wide = (
                _count(cell.get(f"{_TABLE}number-{what}-spanned"), most)
                for what, most in (("rows", _MAX_ROWS), ("columns", _MAX_COLUMNS))
            )
            if (down, wide) != (1, 1):
                table.merges[at, column] = (down, wide)
            column += across
        if row.get(f"{_TABLE}visibility") in _HIDDEN and told:
            table.hidden.rows |= set(range(at, at + repeat))
        return at + repeat

    def _put(self, text: str, table: _Table, rows: range, columns: range) -> None:
        if len(table.texts) + len(rows) * len(columns) > MAX_CELLS:
            args = {"rows": rows.stop, "columns": columns.stop}
            raise InputError(Problem("annex-too-large", Place(self.shown, sheet=table.name), args))
        table.texts |= {(row, column): text for row in rows for column in columns}

    def _cell(self, cell: ET.Element, table: _Table) -> str:
        lines = list(self._lines(cell, table))
        text = "\n".join(line for line in lines if line.strip())
        formula = cell.get(f"{_TABLE}formula")
        if formula and not text.strip() and cell.get(f"{OFFICE}value-type") is None:
            text = "=" + formula.partition("=")[2]  # without a stored value: shown as the formula itself
        return text

    def _lines(self, parent: ET.Element, table: _Table) -> Iterator[str]:
        for block in parent:
            if block.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield self.words.paragraph(block)
                for box in self.words.boxes():
                    yield from self._lines(box, table)
            elif block.tag == f"{OFFICE}annotation":
                yield self.words.annotation(block)
            elif block.tag == f"{_TABLE}table":
                table.inner.append(self._nested(block))
            else:
                yield from self._lines(block, table)


def _rows(parent: ET.Element) -> Iterator[ET.Element]:
    """The rows of a table, inside headers and groups too, not those of tables in its cells."""
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag not in _CELLS:
            yield from _rows(child)


def _count(text: str | None, most: int) -> int:
    return min(max(int(text), 1), most) if text and text.isascii() and text.isdecimal() else 1
