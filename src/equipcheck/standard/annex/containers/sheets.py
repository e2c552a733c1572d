"""Excel workbooks: each sheet a table, with merges, number formats and raised digits, as a reader sees it."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

from equipcheck.ground.column_letters import column_number
from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.containers.displayed import displayed
from equipcheck.standard.annex.grid import MAX_CELLS, STRUCK, SUPERSCRIPTS, Annex, Grid, lay_out

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)


@dataclass(slots=True)
class Outside:
    """What stands beside the cells of a sheet."""

    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)  # hidden ones, from 0
    columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)  # cells of which a part is, written in the cell


def read_xlsx(path: Path, shown: str) -> Annex:
    """The sheets of an .xlsx workbook. A formula without a stored value is shown as the formula itself."""
    import openpyxl

    values = openpyxl.load_workbook(path, data_only=True, rich_text=True, read_only=True)
    formulas = openpyxl.load_workbook(path, data_only=False, rich_text=True, read_only=True)
    grids: list[Grid] = []
    remarks: list[str] = []
    notes: dict[str, str] = {}
    with zipfile.ZipFile(path) as package:
        for sheet, written in zip(values.worksheets, formulas.worksheets, strict=True):
            texts = _texts(sheet, written, shown)
            if sheet.sheet_state != "visible":
                remarks += hidden_sheet(sheet.title, texts)
                continue
            part = sheet._worksheet_path
            outside = _outside(package, part)
            for place in outside.struck & texts.keys():
                texts[place] = STRUCK.format(texts[place])
            for place, text in comments(package, part):
                mark = f"〔批注{len(notes) + 1}〕"
                notes[mark] = text
                if texts.get(place, "").strip():
                    texts[place] += mark
                else:
                    remarks.append(f"工作表“{sheet.title}”有批注没有归到哪一行：{text[:80]}")
            found, said = grids_of(sheet.title, texts, outside, shown)
            grids += found
            remarks += said
    return Annex(tuple(grids), (), notes, tuple(remarks))


def grids_of(
    name: str, texts: dict[tuple[int, int], str], outside: Outside, shown: str
) -> tuple[list[Grid], list[str]]:
    """The table of a sheet, if it has one, and what is said of cells that were left out. Raises InputError."""
    seen, said = without_hidden(name, texts, outside)
    far: list[str] = []
    grid = lay_out(seen, outside.merges, name=name, shown=shown, far=far)
    if far:
        said = [*said, f"工作表“{name}”远处的单元格没有读入：{'、'.join(far[:20])}"]
    return [] if grid is None else [grid], said


def comments(package: zipfile.ZipFile, part: str) -> list[tuple[tuple[int, int], str]]:
    """The comments on a sheet's cells, by place."""
    folder, _, name = part.lstrip("/").rpartition("/")
    found: list[tuple[tuple[int, int], str]] = []
    try:
        relations = ET.fromstring(package.read(f"{folder}/_rels/{name}.rels"))
        for relation in relations:
            if not relation.get("Type", "").endswith("/comments"):
                continue
            target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
            for one in ET.fromstring(package.read(target.lstrip("/"))).iter():
                place = _place(one.get("ref", ""))
                if one.tag.endswith("}comment") and place is not None:
                    told = "".join(t.text or "" for t in one.iter() if t.tag.endswith("}t"))
                    found.append((place, " ".join(told.split())))
    except (KeyError, ET.ParseError):
        pass  # no comments, or none that can be read: the cells stand without them
    return found


def hidden_sheet(name: str, texts: dict[tuple[int, int], str]) -> list[str]:
    """What is said of a sheet that nobody sees."""
    filled = [place for place, text in sorted(texts.items()) if text.strip()]
    if not filled:
        return []
    rows = len({row for row, _ in filled})
    return [
        f"工作表“{name}”是隐藏的，{rows} 行没有读入，首行是“{texts[filled[0]][:30]}”。需要时取消隐藏再导入"
    ]


def without_hidden(
    name: str, texts: dict[tuple[int, int], str], outside: Outside
) -> tuple[dict[tuple[int, int], str], list[str]]:
    """The texts that are seen, and what is said of hidden rows and columns."""
    seen, left = {}, []
    for place, text in texts.items():
        if place[0] in outside.rows or place[1] in outside.columns:
            left += [(place, text)] if text.strip() else []
        else:
            seen[place] = text
    if not left:
        return seen, []
    rows = sorted({row + 1 for (row, _), _ in left})
    words = "、".join(text for _, text in left[:8])
    where = "、".join(map(str, rows[:20]))
    return seen, [f"工作表“{name}”第 {where} 行有隐藏的单元格，没有读入：{words[:120]}。需要时取消隐藏再导入"]


def _texts(sheet: Any, written: Any, shown: str) -> dict[tuple[int, int], str]:
    sheet.reset_dimensions()
    written.reset_dimensions()
    texts: dict[tuple[int, int], str] = {}
    formulas: dict[tuple[int, int], Any] = {}
    for cells in written.iter_rows():
        for cell in cells:
            value = getattr(cell, "value", None)
            if isinstance(value, str) and value.startswith("="):
                formulas[cell.row - 1, cell.column - 1] = value
    for cells in sheet.iter_rows():
        for cell in cells:
            value = getattr(cell, "value", None)
            if value is not None:
                text = _text(value, cell.number_format)
                struck = cell.font is not None and cell.font.strike and text.strip()
                texts[cell.row - 1, cell.column - 1] = STRUCK.format(text) if struck else text
        if len(texts) > MAX_CELLS:
            args = {"rows": len(texts), "columns": 1}
            raise InputError(Problem("annex-too-large", Place(shown, sheet=sheet.title), args))
    for place, formula in formulas.items():
        texts.setdefault(place, formula)
    return texts


def _text(value: Any, number_format: str) -> str:
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if not isinstance(value, CellRichText):
        return displayed(value, number_format)
    parts = []
    for piece in value:
        if isinstance(piece, TextBlock):
            raised = piece.font is not None and piece.font.vertAlign == "superscript"
            told = piece.text.translate(SUPERSCRIPTS) if raised else piece.text
            struck = piece.font is not None and piece.font.strike and told.strip()
            parts.append(STRUCK.format(told) if struck else told)
        else:
            parts.append(str(piece))
    return "".join(parts)


def _outside(package: zipfile.ZipFile, part: str) -> Outside:
    """Merges and what is hidden, in one pass over the sheet's XML: the library would unfold every merge."""
    found = Outside()
    at: tuple[int, int] | None = None

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal at
        name = tag.rpartition(":")[2]
        if name == "c":
            at = _place(given.get("r", ""))
        elif name == "strike" and at is not None and given.get("val") not in ("0", "false"):
            found.struck.add(at)
        if name == "mergeCell":
            ends = [place for text in given.get("ref", "").split(":") if (place := _place(text)) is not None]
            if len(ends) == 2:
                (top, left), (bottom, right) = ends
                found.merges[min(top, bottom), min(left, right)] = (
                    abs(bottom - top) + 1,
                    abs(right - left) + 1,
                )
        elif name == "row" and given.get("hidden") in ("1", "true") and given.get("r", "").isdecimal():
            found.rows.add(int(given["r"]) - 1)
        elif name == "col" and given.get("hidden") in ("1", "true"):
            first, last = given.get("min", ""), given.get("max", "")
            if first.isdecimal() and last.isdecimal():
                found.columns |= set(range(int(first) - 1, min(int(last), 16_384)))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with package.open(part.lstrip("/")) as file:
        parser.ParseFile(file)
    return found


def _place(text: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(text.strip())
    return None if found is None else (int(found[2]) - 1, column_number(found[1]) - 1)
