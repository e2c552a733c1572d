"""An ods looked through before a reader is let in: what repeats would grow to, merged cells, hidden rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from equipcheck.ledger.containers.zip_package import Package, refuse_declarations, refuse_long_text
from equipcheck.ledger.sheet import Span
from equipcheck.problems import InputError, Place, Problem

MAX_CELLS = 6_000_000
MAX_TEXT = 250 << 20

MAX_FORMULA = 60  # characters of a formula that are kept
_RESULTS = {f"office:{kind}value" for kind in ("", "string-", "date-", "time-", "boolean-")}
_ROW = "table:table-row"
_CELLS = ("table:table-cell", "table:covered-table-cell")


@dataclass(slots=True)
class OdsSheet:
    """One table: the size of the rectangle of its values, merged cells and hidden rows (from 1)."""

    name: str
    values: int = 0
    text: int = 0
    rows: int = 0  # of the last value
    columns: int = 0
    merged: list[Span] = field(default_factory=list)  # absolute, from 0
    hidden_rows: set[int] = field(default_factory=set)
    formulas: dict[tuple[int, int], str] = field(
        default_factory=dict
    )  # without a value; by row and column, from 1


class _Walk:
    """The state of one walk over content.xml."""

    def __init__(self) -> None:
        self.sheets: list[OdsSheet] = []
        self.row = self.column = 0
        self.row_repeat = self.cell_repeat = 1
        self.row_values = 0
        self.cell_text = 0
        self.in_cell = False
        self.has_value = False
        self.formula = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.sheets.append(OdsSheet(attributes.get("table:name", "")))
            self.row = 0
        elif not self.sheets:
            return
        elif tag == _ROW:
            self.row_repeat = _count(attributes.get("table:number-rows-repeated"))
            self.column = self.row_values = 0
            if attributes.get("table:visibility") in {"collapse", "filter"} and self.row_repeat < 100_000:
                self.sheets[-1].hidden_rows.update(range(self.row + 1, self.row + self.row_repeat + 1))
        elif tag in _CELLS:
            self.cell_repeat = _count(attributes.get("table:number-columns-repeated"))
            self.in_cell, self.cell_text = True, 0
            self.has_value = "office:value-type" in attributes or "calcext:value-type" in attributes
            worked_out = _RESULTS & attributes.keys()
            self.formula = "" if worked_out else attributes.get("table:formula", "").partition(":")[2]
            down = _count(attributes.get("table:number-rows-spanned"))
            across = _count(attributes.get("table:number-columns-spanned"))
            if down > 1 or across > 1:
                span = (self.row, self.column, self.row + down - 1, self.column + across - 1)
                self.sheets[-1].merged.append(span)

    def text(self, data: str) -> None:
        if self.in_cell:
            self.cell_text += len(data)

    def end(self, tag: str) -> None:
        if not self.sheets:
            return
        sheet = self.sheets[-1]
        if tag in _CELLS:
            if self.formula and not self.cell_text:
                sheet.formulas[self.row + 1, self.column + 1] = self.formula[:MAX_FORMULA]
            self.column += self.cell_repeat
            if self.has_value or self.cell_text:
                self.row_values += self.cell_repeat
                sheet.columns = max(sheet.columns, self.column)
                sheet.text += self.cell_text * self.cell_repeat * self.row_repeat
            self.in_cell = False
        elif tag == _ROW:
            self.row += self.row_repeat
            if self.row_values:
                sheet.rows = self.row
                sheet.values += self.row_values * self.row_repeat


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def scan_ods(package: Package) -> dict[str, OdsSheet]:
    """Every table by its name. Raises InputError where the file must not be read."""
    if "meta-inf/manifest.xml" in package.members and b"encryption-data" in package.read(
        "meta-inf/manifest.xml"
    ):
        raise InputError(Problem("encrypted-file", Place(package.shown)))
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    parser.buffer_text = True
    try:
        for piece in package.pieces("content.xml"):
            refuse_declarations(piece, package.shown, "content.xml")
            refuse_long_text(piece, package.shown, "content.xml")
            parser.Parse(piece, False)
            _refuse_big(package, walk)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):  # also: an encoding that is none
        problem = Problem("broken-file", Place(package.shown), {"reason": "“content.xml”不是完整的 XML"})
        raise InputError(problem) from None
    return {sheet.name: sheet for sheet in walk.sheets}


def _refuse_big(package: Package, walk: _Walk) -> None:
    for sheet in walk.sheets:
        if max(sheet.values, sheet.rows * sheet.columns) > MAX_CELLS or sheet.text > MAX_TEXT:
            extent = f"第 {sheet.rows} 行第 {sheet.columns} 列"
            reason = f"工作表“{sheet.name}”的内容铺到{extent}，上限 {MAX_CELLS} 个单元格"
            raise InputError(Problem("too-big-file", Place(package.shown, sheet.name), {"reason": reason}))
