"""Small tables written by real writers, and short ways to ask what was read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt

from equipcheck.ledger import Ledgers, Source, read_ledgers

from .test_columnar import same

Row = Sequence[object]
HEADING = ("序号", "资产编号", "资产名称", "规格型号", "单位", "数量", "购置日期", "使用状况", "备注")


def csv_file(folder: Path, text: str, encoding: str = "utf-8", name: str = "台账.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def xlsx_file(folder: Path, rows: Sequence[Row], name: str = "台账.xlsx", sheet: str = "Sheet1") -> Path:
    """By xlsxwriter; None leaves a cell out."""
    path = folder / name
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return path


def openpyxl_file(
    folder: Path,
    rows: Sequence[Row],
    name: str = "台账.xlsx",
    merged: Sequence[str] = (),
    sheet: str = "Sheet1",
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    path = folder / name
    book.save(path)
    return path


def xls_file(folder: Path, rows: Sequence[Row], name: str = "台账.xls", sheet: str = "Sheet1") -> Path:
    book = xlwt.Workbook()
    page = book.add_sheet(sheet)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                page.write(at, column, value)
    path = folder / name
    book.save(str(path))
    return path


def read(*paths: Path, role: str = "ledger", **options: object) -> Ledgers:
    """Read files as bare ledgers."""
    """Text files are read by columns too, where they can be: both ways must say the same."""
    sources = [Source(path, path.name, role, **options) for path in paths]  # type: ignore[arg-type]
    for one in sources:
        if one.path.suffix in (".csv", ".tsv", ".txt"):
            same(one.path.read_bytes(), one)
    return read_ledgers(sources)


def column(ledgers: Ledgers, name: str) -> list[object]:
    return ledgers.assets[name].to_list()


def noted(ledgers: Ledgers) -> list[tuple[str, str | None]]:
    """(code, ref) of every note."""
    return [(note.code, note.ref) for note in ledgers.notes]
