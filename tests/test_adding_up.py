"""What a reader adds up: the books, the columns and the remarks of every form come to the totals beneath them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from equipcheck.cli import run

STANDARD = """\
id: sums-2023
family: sums
title: 合计标准（虚构）
effective: "2023"
requirements:
  - {id: ph, name: 酸度计, kinds: [ph_meter], unit: 部, quantity: 2, source: &at {place: 表1, status: reprint}}
  - {id: sound, name: 声级计, kinds: [sound_level_meter], unit: 部, quantity: 9, source: *at}
  - {id: uav, name: 无人机, kinds: [uav], unit: 架, quantity: 2, service: true, source: *at}
  - {id: camera, name: 照相机, kinds: [still_camera], unit: 部, quantity: 4, service: true, source: *at}
"""
LEDGER = """\
资产编号,资产名称,数量,使用状况,购置日期,有效期至
1,酸度计,5,在用,2020-01-01,2024-06-30
2,声级计,3,在用,2020-01-01,2024-06-30
3,声级计,2,在用,2020-01-01,2022-06-30
4,声级计,1,出租,2020-01-01,2024-06-30
5,声级计,1,已报废,2010-01-01,
6,声级计,1,在用,2024-03-01,2025-06-30
2,声级计,3,在用,2020-01-01,2024-06-30
7,照相机,1,在用,2020-01-01,
8,照相机,若干,在用,2020-01-01,
"""
PROJECT = """\
bureau: {name: 虚构区分局, level: county}
standard: sums.yaml
as_of: 2023-12-31
ledgers: [台账.csv]
services:
  - {requirement: uav, quantity: 3, how: service, by: 甲公司}
  - {requirement: camera, quantity: 1, how: pool, by: 市局}
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Split rows with a surplus, units that are out or not held at all, more services than are needed."""
    (tmp_path / "sums.yaml").write_text(STANDARD, "utf-8")
    (tmp_path / "台账.csv").write_text(LEDGER, "utf-8")
    (tmp_path / "equipcheck.yaml").write_text(PROJECT, "utf-8")
    return tmp_path


def shown(made: Path, form: str, capsys: pytest.CaptureFixture[str]) -> str:
    if form == "html":
        path = made / "page.html"
        assert run(["report", str(made), "-o", str(path)]) == 0
        return re.sub(r"<[^>]+>", "", path.read_text("utf-8"))
    assert run(["report", str(made), "-f", form]) == 0
    return capsys.readouterr().out


def workbook(made: Path) -> openpyxl.Workbook:
    path = made / "核查.xlsx"
    assert run(["report", str(made), "-o", str(path)]) == 0
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)


def under(sheet, head: str) -> list[list]:
    """The lines beneath a heading, to the first empty one."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if row[0] == head)
    lines = []
    for row in rows[start + 1 :]:
        if row[0] in (None, ""):
            break
        lines.append(row)
    return lines


@pytest.mark.parametrize("form", ["terminal", "md", "html"])
def test_the_books_line_adds_up(made, form, capsys):
    line = next(one for one in shown(made, form, capsys).splitlines() if "账目相符" in one)
    (rows, units), *places = re.findall(r"(\d+) ?行 ?(\d+) ?件", line)
    assert (int(rows), int(units)) == (sum(int(one) for one, _ in places), sum(int(one) for _, one in places))
    assert (int(rows), int(units)) == (9, 17)


def test_the_workbooks_books_add_up(made):
    *places, total = under(workbook(made)["汇总"], "去向")
    assert (total[0], total[1]) == ("合计", sum(row[1] for row in places))
    assert (total[1], sum(row[2] for row in places)) == (9, 17)


def test_the_picture_of_the_books_shows_every_unit(made):
    path = made / "page.html"
    assert run(["report", str(made), "-o", str(path)]) == 0
    flow = re.search(r'<ul class="to">(.*?)</ul>', path.read_text("utf-8"), re.DOTALL)[1]
    assert sum(int(one) for one in re.findall(r"(\d+) 件", flow)) == 17


def cells(line: str) -> list[str]:
    return [one.strip() for one in line.strip().strip("|").split("|")]


def test_the_columns_add_up_to_the_line_beneath_them(made, capsys):
    lines = shown(made, "md", capsys).splitlines()
    head = next(at for at, line in enumerate(lines) if line.startswith("| 装备名称"))
    names = cells(lines[head])
    rows = []
    for line in lines[head + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(dict(zip(names, cells(line), strict=True)))
    *rows, total = rows
    for column in ("要求", "计入", "服务等抵充", "缺口"):
        assert sum(int(row[column]) for row in rows) == int(total[column])
    for row in (*rows, total):
        assert int(row["要求"]) == int(row["计入"]) + int(row["服务等抵充"]) + int(row["缺口"])


@pytest.mark.parametrize("form", ["terminal", "md", "html"])
def test_services_have_a_column_only_where_there_are_any(made, form, capsys):
    assert "服务等" in shown(made, form, capsys)
    plain = (made / "equipcheck.yaml").read_text("utf-8").partition("services:")[0]
    (made / "equipcheck.yaml").write_text(plain, "utf-8")
    assert "服务等抵充" not in shown(made, form, capsys)


def test_the_workbooks_rows_add_up(made):
    sheet = workbook(made)["核查结果"]
    rows = [row for row in under(sheet, "编号") if row[0] in ("ph", "sound", "uav", "camera")]
    assert len(rows) == 4
    for row in rows:
        assert row[5] == row[8] + row[9] + row[10]


def test_a_remarks_sum_is_of_what_stands_on_the_books(made, capsys):
    """应 9，账上 6（3 计入、2 过期、1 出租）；已报废、截止日后、重复的不在账上数内."""
    text = shown(made, "md", capsys)
    remark = next(line for line in text.splitlines() if line.startswith("| 声级计"))
    assert "要9，账上6，其中检定过期2、出租出借1，可计3" in remark
    assert "另有重复登记3、截止日后取得1、已处置1，不在账上数内" in remark
    camera = next(line for line in text.splitlines() if line.startswith("| 照相机"))
    assert "要4，账上1，可计1" in camera
    assert "统调共享1" in camera


def test_the_quantity_rate_and_its_parts_agree(made, capsys):
    """计入 2＋3＋0＋1，抵充 2＋1 of 17."""
    assert "数量配备率 52.9%" in shown(made, "terminal", capsys)
    assert "要求 17 件，计入 6 件，服务等抵充 3 件" in shown(made, "html", capsys)


def test_a_rate_that_is_printed_passes_the_check_of_drafts(made, capsys):
    """9 of 16 is 56.25%: every form rounds it as the check does."""
    (made / "台账.csv").write_text("资产名称,数量\n照相机,7\n无人机,2\n", "utf-8")
    row = "  - {{id: {0}, name: {1}, kinds: [{2}], unit: 部, quantity: {3}, source: {{place: 表1, status: reprint}}}}\n"
    head = STANDARD.partition("requirements:")[0] + "requirements:\n"
    rows = row.format("camera", "照相机", "still_camera", 14) + row.format("uav", "无人机", "uav", 2)
    (made / "sums.yaml").write_text(head + rows, "utf-8")
    (made / "equipcheck.yaml").write_text(PROJECT.partition("services:")[0], "utf-8")
    (made / "稿.md").write_text("我局数量配备率为56.3%。", "utf-8")
    for form in ("terminal", "md", "html"):
        assert "56.3%" in shown(made, form, capsys)
    assert run(["section", str(made), "--check", str(made / "稿.md"), "-f", "json"]) == 0
    assert '"contradicts"' not in capsys.readouterr().out


@pytest.mark.parametrize("form", ["terminal", "md", "html", "xlsx", "section"])
def test_more_than_needed_is_not_known_to_be_valid(made, form, capsys):
    """要 2、有 3，都没有有效期: met by the contract, and every form says how many are not known to be valid."""
    (made / "台账.csv").write_text("资产名称,数量\n酸度计,3\n", "utf-8")
    (made / "sums.yaml").write_text(STANDARD.partition("  - {id: sound")[0], "utf-8")
    (made / "equipcheck.yaml").write_text(PROJECT.partition("services:")[0], "utf-8")
    if form == "section":
        assert run(["section", str(made)]) == 0
        text = capsys.readouterr().out
        assert "酸度计2部的检定（校准）有效期也未登记，虽按件数计入，同样尚待核实" in text
        assert "补登酸度计的检定（校准）有效期" in text
        (made / "稿.md").write_text(text, "utf-8")
        assert run(["section", str(made), "--check", str(made / "稿.md"), "--strict"]) == 0
        return
    sheets = workbook(made)["汇总"].iter_rows(values_only=True) if form == "xlsx" else []
    text = "\n".join(str(cell) for row in sheets for cell in row) or shown(made, form, capsys)
    assert "达标的项里有 1 项要靠有效期未登记的仪器：酸度计2部" in text
    if form not in ("terminal",):
        assert "1 项全部达标（其中 1 项要靠有效期未登记的仪器）" in text
    assert "补登检定台账" in text  # the next step
