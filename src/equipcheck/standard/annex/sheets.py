"""Excel workbooks: each sheet a table, with merges, number formats and raised digits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.displayed import displayed
from equipcheck.standard.annex.grid import SUPERSCRIPTS, Annex, lay_out


def read_xlsx(path: Path, shown: str) -> Annex:
    """The sheets of an .xlsx workbook. A formula without a stored value is shown as the formula itself."""
    import openpyxl

    try:
        values = openpyxl.load_workbook(path, data_only=True, rich_text=True)
        formulas = openpyxl.load_workbook(path, data_only=False, rich_text=True)
    except Exception as error:  # the library raises many kinds for damaged workbooks
        args = {"reason": type(error).__name__}
        raise InputError(Problem("annex-unreadable", Place(shown), args)) from error
    grids = []
    for sheet, written in zip(values.worksheets, formulas.worksheets, strict=True):
        texts = {}
        # Only cells that exist are walked over: one stray far cell costs nothing.
        for row, column in sorted(sheet._cells):
            cell = sheet._cells[row, column]
            value = cell.value if cell.value is not None else written._cells[row, column].value
            texts[row - 1, column - 1] = _text(value, cell.number_format)
        merges = {
            (area.min_row - 1, area.min_col - 1): (
                area.max_row - area.min_row + 1,
                area.max_col - area.min_col + 1,
            )
            for area in sheet.merged_cells.ranges
        }
        grid = lay_out(texts, merges, name=sheet.title, shown=shown)
        if grid is not None:
            grids.append(grid)
    return Annex(tuple(grids))


def _text(value: Any, number_format: str) -> str:
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if not isinstance(value, CellRichText):
        return displayed(value, number_format)
    parts = []
    for piece in value:
        if isinstance(piece, TextBlock):
            raised = piece.font is not None and piece.font.vertAlign == "superscript"
            parts.append(piece.text.translate(SUPERSCRIPTS) if raised else piece.text)
        else:
            parts.append(str(piece))
    return "".join(parts)


def read_xls(path: Path, shown: str) -> Annex:
    """The sheets of an .xls workbook."""
    import xlrd

    try:
        book = xlrd.open_workbook(str(path), formatting_info=True)
    except Exception as error:  # the library raises many kinds for damaged workbooks
        args = {"reason": type(error).__name__}
        raise InputError(Problem("annex-unreadable", Place(shown), args)) from error
    grids = []
    for sheet in book.sheets():
        texts = {
            (row, column): _old_text(book, sheet.cell(row, column))
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
        }
        merges = {
            (top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells
        }
        grid = lay_out(texts, merges, name=sheet.name, shown=shown)
        if grid is not None:
            grids.append(grid)
    return Annex(tuple(grids))


def _old_text(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return displayed(bool(cell.value), "General")
    if cell.ctype == xlrd.XL_CELL_DATE:
        return displayed(xlrd.xldate_as_datetime(cell.value, book.datemode), "General")
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return displayed(cell.value, form)
    return str(cell.value)
