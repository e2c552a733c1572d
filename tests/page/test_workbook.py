"""`report -f xlsx`: five sheets ready for paper, sums as formulas with right values, text never a formula."""

from __future__ import annotations

import subprocess

import openpyxl
import pytest

from equipcheck.cli import run
from tests.conftest import SAMPLE
from tests.page.made import BARE, HOSTILE, hostile_ledger

SHEETS = ["汇总", "核查结果", "资产明细", "待复核", "依据与来源"]


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "核查.xlsx"
    assert run(["report", str(SAMPLE), "-o", str(path)]) == 0
    return path


def table(sheet, head):
    """The rows under the heading whose first cells are `head`, to the next row whose first cell is empty."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if row[: len(head)] == head)
    found = []
    for row in rows[start + 1 :]:
        if row[0] in (None, ""):
            break
        found.append(row)
    return found


def test_sheets_are_ready_for_paper(workbook):
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert "&P" in sheet.oddFooter.right.text
    assert [sheet.title for sheet in book if sheet.print_title_rows] == ["核查结果", "资产明细"]
    assert [sheet.title for sheet in book if sheet.auto_filter.ref] == ["核查结果", "资产明细"]
    drawings = [chart for sheet in book for chart in sheet._charts]
    assert len(drawings) == 2


def test_every_unit_of_the_ledger_stands_in_the_asset_sheet(workbook):
    book = openpyxl.load_workbook(workbook, data_only=True)
    lines = table(book["资产明细"], ["归处", "件数", "原因"])
    assert lines[-1][0] in ("合计", "不计入", "非装备", "标准不要求", "待复核")
    lines = [line for line in lines if line[10]]
    assert sum(line[1] for line in lines) == 181
    for line in lines:
        assert (line[2] not in (None, "")) == (line[0] == "不计入")
    by_place = {
        place: sum(line[1] for line in lines if line[0] == place) for place in {one[0] for one in lines}
    }
    books = {row[0]: row[2] for row in table(book["汇总"], ["去向", "行数", "件数"])}
    assert {place: units for place, units in books.items() if place != "合计"} == by_place


def test_the_answer_stands_at_the_top_and_assumed_rows_after_attested_ones(workbook):
    book = openpyxl.load_workbook(workbook, data_only=True)
    texts = [row[0].value for row in book["汇总"].iter_rows() if isinstance(row[0].value, str)]
    assert any(text.startswith("标准有据的必配装备 4 项，达标 0 项，有缺口 4 项") for text in texts)
    trusts = [row[16] for row in table(book["核查结果"], ["编号", "类别"]) if row[12] != "不适用"]
    assert trusts == sorted(trusts, key=["有据", "推定"].index)


@pytest.mark.libreoffice
def test_formulas_give_what_was_written(workbook, tmp_path):
    """LibreOffice calculates every formula anew; each must give the value that stands in our file."""
    out = tmp_path / "recalculated"
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "ods"]
    subprocess.run(
        [*command, "--outdir", str(out), str(workbook)], check=True, capture_output=True, timeout=180
    )
    command[-1] = "xlsx"
    ods = next(out.glob("*.ods"))
    subprocess.run([*command, "--outdir", str(out), str(ods)], check=True, capture_output=True, timeout=180)
    ours = openpyxl.load_workbook(workbook, data_only=True)
    formulas = openpyxl.load_workbook(workbook)
    theirs = openpyxl.load_workbook(next(out.glob("*.xlsx")), data_only=True)
    checked = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert (
                        theirs[sheet.title][cell.coordinate].value == ours[sheet.title][cell.coordinate].value
                    )
                    checked += 1
    assert checked > 40


def test_text_is_never_a_formula(tmp_path):
    path = tmp_path / "x.xlsx"
    assert run(["report", str(hostile_ledger(tmp_path)), *BARE, "-o", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    values = {cell.value for row in book["资产明细"].iter_rows() for cell in row}
    assert next(name for name in HOSTILE if name.startswith("=")) in values
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert cell.value.startswith(("=SUM(", "=SUMIFS("))


def test_the_same_inputs_give_the_same_workbook(workbook, tmp_path):
    again = tmp_path / "again.xlsx"
    assert run(["report", str(SAMPLE), "-o", str(again)]) == 0
    assert again.read_bytes() == workbook.read_bytes()


def test_a_bureau_without_anything_has_its_workbook(tmp_path):
    ledger = tmp_path / "空.csv"
    ledger.write_text("资产名称,数量\n", "utf-8")
    path = tmp_path / "x.xlsx"
    assert run(["report", str(ledger), *BARE, "-o", str(path)]) == 0
    assert openpyxl.load_workbook(path).sheetnames == SHEETS
