"""Sheets that are one ledger at several times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from .tables import Row, column, noted, read

HEADING = ("资产编号", "资产名称", "规格型号", "数量", "使用状况")
FIRST: list[Row] = [
    ("A1", "烟气分析仪", "3012", 1, "在用"),
    ("A2", "执法记录仪", "DSJ", 5, "在用"),
    ("A3", "相机", "D", 1, "在用"),
]
SECOND: list[Row] = [
    ("A1", "烟气分析仪", "3012", 1, "待报废"),
    ("A2", "执法记录仪", "DSJ", 5, "在用"),
    ("A4", "无人机", "M", 1, "在用"),
]


def book_file(folder: Path, sheets: Mapping[str, Sequence[Row]], heading: Row = HEADING) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in (heading, *rows):
            page.append(list(row))
    path = folder / "台账.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("older", "later"),
    [
        ("2021年", "2022年"), ("2021", "2022"), ("2022年6月", "2022年12月"), ("6月", "12月"),
        ("2022上半年", "2022下半年"),
        ("固定资产2021年度", "固定资产2022年度"),
        ("一季度", "四季度"), ("2021.12", "2022.12"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_a_later_sheet_holds(tmp_path: Path, older: str, later: str, *, turned: bool) -> None:
    sheets = {older: FIRST, later: SECOND}
    ledgers = read(book_file(tmp_path, dict(reversed(sheets.items())) if turned else sheets))
    assert sorted(column(ledgers, "asset_no")) == ["A1", "A2", "A3", "A4"]
    by_number = dict(zip(column(ledgers, "asset_no"), column(ledgers, "status"), strict=True))
    assert by_number["A1"] == "pending_disposal"
    (note,) = [one for one in ledgers.notes if one.code == "older-issue"]
    assert note.ref == f"台账.xlsx#{older}!1"
    assert "第 4 行后面没有" in note.note


@pytest.mark.parametrize(
    ("one", "other"),
    [("一中队", "二中队"), ("2021年", "车辆"), ("2021年办公室", "2022年执法队"), ("Sheet1", "Sheet2")],
)
def test_sheets_that_differ_in_more_than_a_time_stand_for_themselves(
    tmp_path: Path, one: str, other: str
) -> None:
    ledgers = read(book_file(tmp_path, {one: FIRST, other: SECOND}))
    assert ledgers.assets.height == 6
    assert noted(ledgers) == []


def test_purchases_of_each_year_are_all_counted(tmp_path: Path) -> None:
    new: list[Row] = [("B1", "烟气分析仪", "3012", 1, "在用"), ("B2", "执法记录仪", "DSJ", 5, "在用")]
    ledgers = read(book_file(tmp_path, {"2021年": FIRST, "2022年": new}))
    assert ledgers.assets.height == 5
    assert [code for code, _ in noted(ledgers)] == []


def test_without_numbers_it_is_asked(tmp_path: Path) -> None:
    bare = [row[1:] for row in FIRST]
    sheets = {"2021年": bare, "2022年": [*bare, ("无人机", "M", 1, "在用")]}
    ledgers = read(book_file(tmp_path, sheets, HEADING[1:]))
    assert ledgers.assets.height == 7
    assert ("older-issue-doubtful", "台账.xlsx#2021年!1") in noted(ledgers)
