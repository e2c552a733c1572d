"""Assets of two lines, statuses to be ticked, several numbers in one cell, words behind a quantity."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipcheck.ledger import Source
from equipcheck.ledger.inspect import inspect
from equipcheck.ledger.values.number_runs import how_many

from .tables import column, csv_file, noted, openpyxl_file, read, xlsx_file

UPPER = ("序号", "资产编号", "仪器设备名称", "数量", "购置日期", "使用状况")
LOWER = (None, "出厂编号", "规格型号", "计量单位", "检定有效期至", "保管人")
FIRST = [(1, "Y-1", "声级计", 1, "2019-04-08", "在用"), (None, "A-22", "AWA5688", "台", "2024-04-20", "陈")]
SECOND = [(2, "Y-2", "测油仪", 2, "2016-03-03", "停用"), (None, "O-3", "OIL460", "台", "/", "黄")]
TOTAL = ("合计", None, None, 3, None, None)


def cells_balance(path: Path) -> None:
    for sheet in inspect(Source(path, path.name)).cells:
        assert sheet.nothing == 0
        assert sum(sheet.became.values()) == sheet.cells


@pytest.mark.parametrize("merged", [(), ("A1:A2", "A3:A4", "A5:A6")])
def test_an_asset_of_two_lines_is_one(tmp_path: Path, merged: tuple[str, ...]) -> None:
    path = openpyxl_file(tmp_path, [UPPER, LOWER, *FIRST, *SECOND, TOTAL], merged=merged)
    ledgers = read(path)
    assert ledgers.assets.select("ref", "name", "model", "serial", "unit", "quantity", "status").rows() == [
        ("台账.xlsx#Sheet1!3", "声级计", "AWA5688", "A-22", "台", 1, "in_use"),
        ("台账.xlsx#Sheet1!5", "测油仪", "OIL460", "O-3", "台", 2, "broken"),
    ]
    assert [str(day) for day in column(ledgers, "valid_until")] == ["2024-04-20", "None"]
    codes = [code for code, _ in noted(ledgers)]
    assert codes == ["two-line-rows", "total-agrees"]
    cells_balance(path)


def test_titles_blank_lines_signatures_and_an_asset_without_its_second_line(tmp_path: Path) -> None:
    rows = [("某局台账",), UPPER, LOWER, *FIRST, (), *SECOND, (3, "Y-3", "无人机", 1, "2020-01-01", "在用"), TOTAL,
            ("制表人：", "张三")]  # fmt: skip
    path = openpyxl_file(tmp_path, [(*row, *(None,) * (6 - len(row))) for row in rows])
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计", "测油仪", "无人机"]
    assert column(ledgers, "model") == ["AWA5688", "OIL460", None]
    assert column(ledgers, "ref") == [f"台账.xlsx#Sheet1!{at}" for at in (4, 7, 9)]
    cells_balance(path)


def test_a_first_line_without_its_number_is_known_by_its_serial(tmp_path: Path) -> None:
    third = [(3, "Y-3", "无人机", None, "2020-01-01", "在用"), (None, "M-9", "M300", "架", None, "陈")]
    ledgers = read(openpyxl_file(tmp_path, [UPPER, LOWER, *FIRST, *third, *SECOND]))
    assert column(ledgers, "name") == ["声级计", "无人机", "测油仪"]
    assert column(ledgers, "model") == ["AWA5688", "M300", "OIL460"]
    assert [code for code, _ in noted(ledgers)] == ["two-line-rows", "quantity-empty"]


def test_a_second_line_without_a_first_is_no_asset_and_is_said(tmp_path: Path) -> None:
    stray = (None, "X-1", "DSJ", "台", None, "黄")
    path = openpyxl_file(tmp_path, [UPPER, LOWER, *FIRST, stray, *SECOND])
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计", "测油仪"]
    assert ("cells-unread", "台账.xlsx#Sheet1!5") in noted(ledgers)


def test_a_department_merged_over_several_assets_holds_for_each(tmp_path: Path) -> None:
    upper, lower = (*UPPER, "使用部门"), (*LOWER, None)
    rows = [upper, lower, (*FIRST[0], "一中队"), (*FIRST[1], None), (*SECOND[0], None), (*SECOND[1], None)]
    path = openpyxl_file(tmp_path, rows, merged=("G1:G2", "G3:G6"))
    assert column(read(path), "department") == ["一中队", "一中队"]


def test_a_heading_of_two_storeys_is_not_one_of_two_lines(tmp_path: Path) -> None:
    rows = [("名称", "数量", None, "检定"), (None, "账面数量", "实盘数量", "检定日期"), ("声级计", 2, 1, "2024-01-02"),
            ("无人机", 1, 1, "2024-01-02")]  # fmt: skip
    ledgers = read(openpyxl_file(tmp_path, rows, merged=("A1:A2", "B1:C1")))
    assert column(ledgers, "name") == ["声级计", "无人机"]
    assert "two-line-rows" not in [code for code, _ in noted(ledgers)]


def test_two_headings_over_single_lines_are_left_alone(tmp_path: Path) -> None:
    lines = [(1, "Y-1", "声级计", 1, "2019-04-08", "在用"), (2, "Y-2", "测油仪", 2, "2016-03-03", "停用")]
    ledgers = read(openpyxl_file(tmp_path, [UPPER, *lines, *lines]))
    assert column(ledgers, "name") == ["声级计", "测油仪"] * 2


TICKED = [
    ("设备名称", "数量", "使用状况", None, None, "备注"),
    (None, None, "在用", "待修", "待报废", None),
    ("声级计", 1, "√", None, None, None),
    ("无人机", 1, None, "✓", None, None),
    ("照相机", 1, None, None, "√", None),
]


def test_the_ticked_status_is_the_assets_own(tmp_path: Path) -> None:
    path = openpyxl_file(tmp_path, TICKED, merged=("A1:A2", "B1:B2", "C1:E1", "F1:F2"))
    ledgers = read(path)
    assert column(ledgers, "status") == ["in_use", "broken", "pending_disposal"]
    assert column(ledgers, "status_text") == ["在用", "待修", "待报废"]
    assert noted(ledgers) == []
    cells_balance(path)


def test_status_words_as_headings_of_their_own(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, "资产名称,数量,规格型号,在用,闲置,报废\n声级计,1,A,√,,\n无人机,1,B,,,√\n录音笔,1,C,,√,\n"
    )
    assert column(read(path), "status") == ["in_use", "pending_disposal", "idle"]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("资产名称,数量,是否在用\n声级计,1,是\n无人机,1,否\n", ["in_use", "unknown"]),
        ("资产名称,数量,是否闲置\n声级计,1,否\n无人机,1,是\n", ["in_use", "idle"]),
        ("资产名称,数量,是否在用,是否报废\n声级计,1,是,否\n无人机,1,否,是\n录音笔,1,是,是\n",
         ["in_use", "pending_disposal", "unknown"]),
        ("资产名称,数量,是否在用,是否完好\n声级计,1,是,是\n无人机,1,是,否\n", ["in_use", "unknown"]),
        ("资产名称,数量,在用,损坏\n声级计,1,√,×\n无人机,1,×,√\n", ["in_use", "broken"]),
        ("资产名称,数量,使用状况,是否报废\n声级计,1,在用,否\n", ["in_use"]),
    ],
)  # fmt: skip
def test_states_that_are_asked_with_yes_and_no(tmp_path: Path, text: str, states: list[str]) -> None:
    ledgers = read(csv_file(tmp_path, text))
    assert column(ledgers, "status") == states
    assert [code for code, _ in noted(ledgers)] == ["status-unknown"] * states.count("unknown")


def test_a_sum_of_the_ticks_is_none(tmp_path: Path) -> None:
    ledgers = read(csv_file(tmp_path, "资产名称,数量,在用,报废\n声级计,1,√,\n无人机,1,,√\n合计,2,1,1\n"))
    assert column(ledgers, "status") == ["in_use", "pending_disposal"]


def test_two_ticks_or_words_are_asked_about(tmp_path: Path) -> None:
    rows = [
        *TICKED,
        ("摄像机", 1, "√", "√", None, None),
        ("对讲机", 1, None, "送修", None, None),
        ("测距仪", 1, None, None, "√", None),
    ]
    ledgers = read(openpyxl_file(tmp_path, rows, merged=("A1:A2", "B1:B2", "C1:E1", "F1:F2")))
    assert column(ledgers, "status")[3:] == ["unknown", "broken", "pending_disposal"]
    assert [code for code, _ in noted(ledgers)] == ["status-unknown", "status-from-words"]


def test_numbers_under_status_words_are_no_ticks(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, "资产名称,数量,规格型号,在用,报废\n声级计,3,A,2,1\n无人机,2,B,2,0\n录音笔,1,C,1,\n"
    )
    ledgers = read(path)
    assert column(ledgers, "quantity") == [2, 1, 2, 1]
    assert column(ledgers, "status") == ["in_use", "pending_disposal", "in_use", "in_use"]
    assert noted(ledgers) == [("units-by-state", "台账.csv#2")]


@pytest.mark.parametrize(
    ("text", "count"),
    [("GS-0001~0005", 5), ("0006至0008", 3), ("GS-0009、0010、0011", 3), ("ZC001-ZC005", 5), ("ZC001~05", 5),
     ("0001~0003、0007", 4), ("TY-2021-0005", None), ("ZC001", None), ("ZC005~ZC001", None), ("A甲~B乙", None),
     ("TY2021-YQ0005", None), ("A5-1~A5-3", 3), ("9~11", None)],
)  # fmt: skip
def test_how_many_numbers_a_text_names(text: str, count: int | None) -> None:
    assert how_many(text) == count


def test_numbers_and_quantity_are_held_against_each_other(tmp_path: Path) -> None:
    rows = [
        "资产编号,资产名称,数量",
        "A01~A05,声级计,5",
        "A06至A08,无人机,",
        "A09-A12,照相机,3",
        "A13,录音笔,2",
    ]
    ledgers = read(csv_file(tmp_path, "\n".join(rows)))
    assert column(ledgers, "quantity") == [5, 3, 3, 2]
    assert noted(ledgers) == [("quantity-from-numbers", "台账.csv#3"), ("numbers-differ", "台账.csv#4")]


@pytest.mark.parametrize(
    ("written", "units", "code"),
    [("1套（3件）", 1, "quantity-with-aside"), ("2台（含备用1台）", 2, "quantity-with-aside"),
     ("3（其中1台损坏）", 3, "partial-remark"), ("1架(含3电池)", 1, "quantity-with-aside"),
     ("5（实有3）", None, None), ("5台（缺1台）", None, None), ("2台（3台）", None, None)],
)  # fmt: skip
def test_words_in_brackets_behind_a_quantity(
    tmp_path: Path, written: str, units: int | None, code: str | None
) -> None:
    ledgers = read(xlsx_file(tmp_path, [("资产名称", "数量"), ("声级计", written)]))
    rejected = column(ledgers, "rejected")
    assert column(ledgers, "quantity") == [units or 0]
    assert (rejected == [None]) == (units is not None)
    assert [one for one, _ in noted(ledgers)] == ([code] if code else [])


def test_days_under_a_heading_that_does_not_say_of_what(tmp_path: Path) -> None:
    ledgers = read(csv_file(tmp_path, "设备名,型号,数量,日期\n声级计,A,1,2020/3\n无人机,B,2,2021.4.5\n"))
    assert column(ledgers, "name") == ["声级计", "无人机"]
    assert column(ledgers, "acquired") == [None, None]
    assert noted(ledgers) == [("date-not-found", "台账.csv#1")]
    other = read(csv_file(tmp_path, "设备名,型号,数量,停用日期\n声级计,A,1,2020/3\n", name="二.csv"))
    assert noted(other) == [("status-elsewhere", "二.csv#2")]


def test_a_comment_is_no_part_of_its_cell(tmp_path: Path) -> None:
    def row(*texts: str) -> str:
        return (
            "<Row>"
            + "".join(f"<Cell><Data ss:Type='String'>{text}</Data></Cell>" for text in texts)
            + "</Row>"
        )

    said = row("声级计", "1").replace("</Data>", "</Data><Comment><ss:Data>2023年清查</ss:Data></Comment>", 1)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path = tmp_path / "台账.xml"
    path.write_text(
        f"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook xmlns='{space}' xmlns:ss='{space}'>"
        f"<Worksheet ss:Name='表'><Table>{row('名称', '数量')}{said}</Table></Worksheet></Workbook>",
        "utf-8",
    )
    assert column(read(path), "name") == ["声级计"]
