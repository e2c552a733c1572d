"""Excel workbooks of before 2007 (.xls), as a reader sees them."""

from __future__ import annotations

import itertools
from io import StringIO
from pathlib import Path
from typing import Any

from equipcheck.standard.annex.containers.displayed import displayed
from equipcheck.standard.annex.containers.sheets import Outside, grids_of, hidden_sheet
from equipcheck.standard.annex.grid import SUPERSCRIPTS, Annex, Grid

_SUPERSCRIPT = 1


def read_xls(path: Path, shown: str) -> Annex:
    """The sheets of an .xls workbook."""
    import xlrd

    book = xlrd.open_workbook(str(path), formatting_info=True, logfile=StringIO())
    grids: list[Grid] = []
    remarks: list[str] = []
    for sheet in book.sheets():
        texts = {
            (row, column): _text(book, sheet, row, column)
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
        }
        if sheet.visibility:
            remarks += hidden_sheet(sheet.name, texts)
            continue
        outside = Outside(
            {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells},
            {row for row, about in sheet.rowinfo_map.items() if about.hidden},
            {column for column, about in sheet.colinfo_map.items() if about.hidden},
        )
        found, said = grids_of(sheet.name, texts, outside, shown)
        grids += found
        remarks += said
    return Annex(tuple(grids), (), {}, tuple(remarks))


def _text(book: Any, sheet: Any, row: int, column: int) -> str:
    import xlrd

    cell = sheet.cell(row, column)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return displayed(bool(cell.value), "General")
    if cell.ctype == xlrd.XL_CELL_DATE:
        return displayed(xlrd.xldate_as_datetime(cell.value, book.datemode), "General")
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return displayed(cell.value, form)
    text = str(cell.value)
    runs = [*sheet.rich_text_runlist_map.get((row, column), ()), (len(text), 0)]
    for (start, font), (end, _) in itertools.pairwise(runs):
        if book.font_list[font].escapement == _SUPERSCRIPT:
            text = text[:start] + text[start:end].translate(SUPERSCRIPTS) + text[end:]
    return text
