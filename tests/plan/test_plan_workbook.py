"""The workbook: cell by cell as a person read it, sums as formulas with right values, text never a formula."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

from equipcheck.cli import run
from tests import goldens

SHEETS = [
    "汇总",
    "图表",
    "缺口明细",
    "行动清单",
    "采购意向公开",
    "资产配置计划",
    "送检计划",
    "调剂申请",
    "测算依据",
]


@pytest.fixture
def workbook(project):
    path = project / "计划.xlsx"
    assert (
        run(
            [
                "plan",
                str(project),
                "--budget",
                "10万,15万",
                "--xlsx",
                str(path),
                "-o",
                str(project / "p.json"),
            ]
        )
        == 0
    )
    return path


def cells(path, *, values):
    book = openpyxl.load_workbook(path, data_only=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def test_the_workbook_cell_by_cell(workbook):
    formulas, values = cells(workbook, values=False), cells(workbook, values=True)
    lines = []
    for (sheet, at), value in values.items():
        formula = formulas[sheet, at]
        shown = f"{value}".replace("\n", "⏎")
        lines.append(f"{sheet}!{at}\t{shown}" + (f"\t{formula}" if formula != value else ""))
    goldens.check("plan/workbook.tsv", "\n".join(lines) + "\n")


def test_sheets_are_ready_for_paper(workbook):
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text
    repeated = [sheet.title for sheet in book if sheet.print_title_rows]
    assert repeated == ["缺口明细", "行动清单", "资产配置计划", "送检计划", "调剂申请"]


def test_published_forms_have_their_columns(workbook):
    sheet = openpyxl.load_workbook(workbook)["采购意向公开"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = ["序号", "采购项目名称", "采购需求概况", "预算金额（万元）", "预计采购时间", "备注"]
    assert rows.count(head) == 2, "a table a year"
    assert rows[-1][0].startswith("本次公开的采购意向是本单位政府采购工作的初步安排")


def test_text_is_never_a_formula_and_every_formula_has_its_value(project):
    config = project / "equipcheck.yaml"
    config.write_text(config.read_text("utf-8").replace("合成市局", "=HYPERLINK(1)"), "utf-8")
    prices = project / "prices.csv"
    prices.write_text(prices.read_text("utf-8").replace("合成：三家询价", "+1+1"), "utf-8")
    path = project / "x.xlsx"
    assert run(["plan", str(project), "--xlsx", str(path), "-o", str(project / "p.json")]) == 0
    formulas, values = cells(path, values=False), cells(path, values=True)
    written = {text for text in formulas.values() if isinstance(text, str) and text.startswith("=")}
    assert written
    assert all(text.startswith(("=SUM(", "=SUMIFS(", "=IF(ISNUMBER(", "=G", "=D")) for text in written)
    assert any("=HYPERLINK(1)" in str(value) for value in values.values())
    missing = [
        at for at, text in formulas.items() if isinstance(text, str) and text in written and at not in values
    ]
    assert missing == []


def test_the_same_inputs_give_the_same_bytes(project):
    made = []
    for name in ("a.xlsx", "b.xlsx"):
        assert (
            run(
                [
                    "plan",
                    str(project),
                    "--budget",
                    "6万",
                    "--xlsx",
                    str(project / name),
                    "-o",
                    str(project / "p.md"),
                ]
            )
            == 0
        )
        made.append((project / name).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert archive.testzip() is None


@pytest.mark.libreoffice
def test_libreoffice_computes_the_same_values(workbook, tmp_path):
    folder = tmp_path / "again"
    office = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [
        office,
        "--headless",
        profile,
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder),
        str(workbook),
    ]
    subprocess.run(command, check=True, capture_output=True)
    before, after = cells(workbook, values=True), cells(folder / workbook.name, values=True)
    formulas = {
        at
        for at, text in cells(workbook, values=False).items()
        if isinstance(text, str) and text.startswith("=")
    }
    assert formulas
    for at in formulas:
        assert after[at] == pytest.approx(before[at]), at


def test_the_pictures_are_native_and_say_in_words_what_they_show(workbook):
    book = openpyxl.load_workbook(workbook, data_only=True)
    sheet = book["图表"]
    assert len(sheet._charts) == 2
    actions = [[cell.value for cell in row] for row in book["行动清单"].iter_rows()]
    lines = [row for row in actions if isinstance(row[0], int) and isinstance(row[9], (int, float))]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if row[0] == "年度")
    classes = [name for name in rows[start][1:] if name and name != "合计"]
    for row in rows[start + 1 : start + 3]:
        for at, name in enumerate(classes, start=1):
            assert row[at] == sum(line[9] for line in lines if line[0] == row[0] and line[13] == name)
    with zipfile.ZipFile(workbook) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert drawing.count('descr="') == 2
    assert "达标率" in drawing
