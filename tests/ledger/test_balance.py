"""Whole sheets balance: every cell that holds something became something, or is named as unread."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from equipcheck.ledger import Source
from equipcheck.ledger.inspect import Shown, inspect

from .tables import Row, column, csv_file, noted, openpyxl_file, read, xlsx_file

HEADING = ("序号", "资产编号", "资产名称", "数量", "购置日期", "使用状况")


def asset(n: int, name: str, quantity: object = 1, status: str = "在用") -> tuple[object, ...]:
    return (n, f"TY{n:04}", name, quantity, "2020-05-06", status)


def shown(path: Path) -> Shown:
    return inspect(Source(path, path.name))


def unread(path: Path) -> list[tuple[str, str]]:
    """(address, words) of every cell that went nowhere."""
    return [cell for sheet in shown(path).cells for block in sheet.unread for cell in block.cells]


def codes(path: Path) -> set[str]:
    return {code for code, _ in noted(read(path))}


def test_a_plain_ledger_has_nothing_left(tmp_path: Path) -> None:
    rows = [("固定资产台账",), ("填报单位：示例局", None, None, "金额单位：元"), HEADING, asset(1, "声级计")]
    (sheet,) = shown(xlsx_file(tmp_path, rows)).cells
    assert (sheet.cells, sheet.nothing) == (15, 0)
    assert sheet.became == {"title": 3, "heading": 6, "field": 5, "extra": 1}


# --- what stands outside the columns -----------------------------------------------------------


@pytest.mark.parametrize("beside", ["已坏", 3, "2024-01-01"])
def test_a_cell_in_a_column_without_a_heading_is_named(tmp_path: Path, beside: object) -> None:
    path = xlsx_file(
        tmp_path, [HEADING, asset(1, "声级计"), (*asset(2, "对讲机"), beside), asset(3, "无人机")]
    )
    assert unread(path) == [("G3", str(beside))]
    (note,) = [note for note in read(path).notes if note.code == "cells-unread"]
    assert note.ref == "台账.xlsx#Sheet1!3"
    assert "G3" in note.note
    assert str(beside) in note.note


def test_ragged_lines_of_a_text_ledger_are_named(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "资产名称,数量\n声级计,1,已报废\n对讲机,2\n无人机,1,,借出\n")
    assert unread(path) == [("C2", "已报废"), ("D4", "借出")]


def test_a_column_of_words_without_a_heading_is_one_note(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [HEADING, *((*asset(n, f"仪器{n}"), f"放在{n}号柜") for n in range(1, 60))])
    assert len(unread(path)) == 59
    assert len([code for code, _ in noted(read(path)) if code == "cells-unread"]) == 1


def test_a_small_table_beside_is_named_and_takes_nothing_from_the_ledger(tmp_path: Path) -> None:
    rows = [
        (*HEADING, None, "类别", "数量"),
        (*asset(1, "声级计"), None, "通用设备", 7),
        (*asset(2, "对讲机", 2), None, "专用设备", 8),
    ]
    path = xlsx_file(tmp_path, rows)
    assert column(read(path), "quantity") == [1, 2]
    assert [cell for cell, _ in unread(path)] == ["H1", "I1", "H2", "I2", "H3", "I3"]


# --- tables on their side -----------------------------------------------------------------------


SIDE: list[Row] = [
    ("资产名称", "声级计", "对讲机", "无人机"),
    ("规格型号", "AWA5688", "TD350", "M300"),
    ("资产编号", "TY01", "TY02", "TY03"),
    ("数量", 1, 2, "3台"),
    ("购置日期", "2020-05-06", "2021-05-06", "2022年"),
    ("使用状况", "在用", "待修", "在用"),
]


@pytest.mark.parametrize("writer", [xlsx_file, openpyxl_file])
def test_a_ledger_on_its_side_is_read_by_columns(tmp_path: Path, writer: object) -> None:
    path = writer(tmp_path, [("固定资产台账",), *SIDE])  # type: ignore[operator]
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计", "对讲机", "无人机"]
    assert column(ledgers, "quantity") == [1, 2, 3]
    assert column(ledgers, "status") == ["in_use", "broken", "in_use"]
    assert column(ledgers, "ref") == [f"台账.xlsx#Sheet1!{letter}2" for letter in "BCD"]
    assert unread(path) == []
    assert ("sideways", "台账.xlsx#Sheet1!2") in noted(ledgers)


def test_a_text_ledger_on_its_side(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "\n".join(",".join(map(str, row)) for row in SIDE))
    assert column(read(path), "ref") == ["台账.csv#B1", "台账.csv#C1", "台账.csv#D1"]


def test_blocks_on_their_side_under_each_other_with_a_total_and_a_signature(tmp_path: Path) -> None:
    upper = [("资产名称", "声级计", "对讲机", "合计"), ("数量", 1, 2, 3), ("使用状况", "在用", "在用")]
    lower = [("资产名称", "无人机", "打印机"), ("数量", 4, 5), ("存放地点", "库房", "二楼")]
    path = xlsx_file(tmp_path, [*upper, (None,), *lower, (None,), ("填表人：张三",)])
    assert column(read(path), "name") == ["声级计", "对讲机", "无人机", "打印机"]
    assert {"total-agrees", "not-an-asset", "sideways"} <= codes(path)
    assert unread(path) == []


def test_labels_in_the_second_column_and_words_nobody_knows(tmp_path: Path) -> None:
    rows = [(None, "编号情况", "甲", "乙"), (None, "资产名称", "声级计", "对讲机"), (None, "数量", 1, 2)]
    path = xlsx_file(tmp_path, rows)
    assert column(read(path), "name") == ["声级计", "对讲机"]
    assert unread(path) == [("B1", "编号情况"), ("C1", "甲"), ("D1", "乙")]


def test_one_card_stays_a_card_and_its_unknown_labels_stay_with_it(tmp_path: Path) -> None:
    rows = [
        ("固定资产卡片",),
        ("资产名称", "声级计", "规格型号", "AWA5688"),
        ("资产编号", "TY01", "额定电压", "220V"),
        ("使用状况", "在用", "数量", 1),
    ]
    path = xlsx_file(tmp_path, rows)
    ledgers = read(path)
    assert column(ledgers, "ref") == ["台账.xlsx#Sheet1!2"]
    assert column(ledgers, "extra") == [[{"column": "额定电压", "value": "220V"}]]
    assert unread(path) == []


def test_a_card_with_more_than_it_says_names_the_rest(tmp_path: Path) -> None:
    rows = [("资产名称", "声级计"), ("数量", 1, "对讲机"), ("使用状况", "在用", "待修")]
    assert unread(xlsx_file(tmp_path, rows)) == [("C2", "对讲机"), ("C3", "待修")]


# --- tables beside and under others -----------------------------------------------------------


def test_two_tables_with_other_headings_side_by_side(tmp_path: Path) -> None:
    left = [("序号", "资产名称", "数量"), (1, "声级计", 1), (2, "对讲机", 2)]
    right = [("编号", "设备名称", "台数"), ("A1", "无人机", 3), ("A2", "打印机", 4)]
    rows = [(*a, None, *b) for a, b in zip(left, right, strict=True)]
    rows.append((None, None, None, None, "A3", "扫描仪", 5))
    path = xlsx_file(tmp_path, rows)
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计", "对讲机", "无人机", "打印机", "扫描仪"]
    assert column(ledgers, "asset_no") == [None, None, "A1", "A2", "A3"]
    assert unread(path) == []


def test_a_gap_inside_one_table_is_no_border(tmp_path: Path) -> None:
    rows = [
        ("资产编号", "资产名称", "数量", None, "存放地点", "备注"),
        ("A1", "声级计", 1, None, "库房", "好"),
    ]
    (location,) = column(read(xlsx_file(tmp_path, rows)), "location")
    assert location == "库房"


def test_tables_of_other_things_under_a_ledger(tmp_path: Path) -> None:
    rows = [
        HEADING,
        asset(1, "声级计"),
        ("序号", "软件名称", "版本", "许可数", "取得日期", "使用状况"),
        (1, "执法系统", "V3", 20, "2020-01-02", "在用"),
        ("序号", "证件号", "持证人", "发证日期", "备注"),
        (1, "Z001", "张三", "2020-01-02", "无"),
    ]
    path = xlsx_file(tmp_path, rows)
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计", "执法系统"]
    assert column(ledgers, "quantity") == [1, 20]
    assert "张三" in [text for _, text in unread(path)]
    assert ("heading-without-name", "台账.xlsx#Sheet1!5") in noted(ledgers)


def test_rows_above_the_heading_are_read_under_it(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [asset(1, "声级计", 2), asset(2, "对讲机"), HEADING, asset(3, "无人机")])
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计", "对讲机", "无人机"]
    assert ("rows-above-heading", "台账.xlsx#Sheet1!1") in noted(ledgers)


def test_rows_above_the_heading_that_do_not_fit_are_named(tmp_path: Path) -> None:
    rows = [("甲", "乙", "丙", "丁"), (1, 2, 3, 4), HEADING, asset(1, "声级计")]
    path = xlsx_file(tmp_path, rows)
    assert column(read(path), "name") == ["声级计"]
    assert [cell for cell, _ in unread(path)] == ["A1", "B1", "C1", "D1", "A2", "B2", "C2", "D2"]


# --- sheets ---------------------------------------------------------------------------------------


def book(folder: Path, sheets: dict[str, list[Row]]) -> Path:
    import xlsxwriter

    path = folder / "台账.xlsx"
    with xlsxwriter.Workbook(path) as out:
        for name, rows in sheets.items():
            page = out.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return path


def test_a_sheet_without_a_heading_goes_on_with_the_one_before(tmp_path: Path) -> None:
    more = [asset(2, "对讲机", 2), asset(3, "无人机", "3台")]
    path = book(tmp_path, {"一": [HEADING, asset(1, "声级计")], "二": [("续表",), *more]})
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计", "对讲机", "无人机"]
    assert column(ledgers, "ref")[1:] == ["台账.xlsx#二!2", "台账.xlsx#二!3"]
    assert ("sheet-continued", "台账.xlsx#二!2") in noted(ledgers)


@pytest.mark.parametrize(
    "rows",
    [
        [("甲", "乙", "丙", "丁", "戊", "己"), ("一", "二", "三", "四", "五", "六")],
        [("说明：本表由办公室填写",), ("每年更新",)],
        [(1, "TY01", "声级计", "若干", "不详", "未知")],
    ],
)
def test_a_sheet_that_does_not_fit_is_passed_over_and_said(tmp_path: Path, rows: list[Row]) -> None:
    path = book(tmp_path, {"一": [HEADING, asset(1, "声级计")], "二": rows})
    ledgers = read(path)
    assert column(ledgers, "name") == ["声级计"]
    (note,) = [note.note for note in ledgers.notes if note.code == "sheet-skipped"]
    assert str(rows[0][0]) in note


DETAIL: list[Row] = [
    HEADING,
    asset(1, "声级计"),
    asset(2, "声级计", 2),
    asset(3, "对讲机"),
    asset(4, "无人机"),
]


def test_a_summary_of_other_sheets_counts_nothing_twice(tmp_path: Path) -> None:
    sums: list[Row] = [("资产名称", "数量"), ("声级计", 3), ("对讲机", 1), ("无人机", 1), ("合计", 5)]
    for name in ("汇总表", "表二"):
        ledgers = read(book(tmp_path, {"明细": DETAIL, name: sums}))
        assert sum(column(ledgers, "quantity")) == 5  # type: ignore[arg-type]
        assert ("summary-table", f"台账.xlsx#{name}!1") in noted(ledgers)


def test_a_summary_that_differs_adds_only_what_stands_nowhere_else(tmp_path: Path) -> None:
    sums: list[Row] = [("资产名称", "数量"), ("声级计", 4), ("对讲机", 1), ("打印机", 2)]
    ledgers = read(book(tmp_path, {"明细": DETAIL, "汇总": sums}))
    assert column(ledgers, "name")[4:] == ["打印机"]
    (note,) = [note.note for note in ledgers.notes if note.code == "summary-differs"]
    assert "声级计（此处 4，别处 3）" in note


def test_sheets_of_departments_with_the_same_things_all_count(tmp_path: Path) -> None:
    rows: list[Row] = [("资产名称", "数量"), ("声级计", 1), ("对讲机", 2)]
    ledgers = read(book(tmp_path, {"一中队": rows, "二中队": rows}))
    assert sum(column(ledgers, "quantity")) == 6  # type: ignore[arg-type]


def test_a_sheet_copied_whole_without_numbers_is_asked_about(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("资产名称", "规格型号", "数量"),
        ("声级计", "A", 1),
        ("对讲机", "B", 2),
        ("无人机", "C", 1),
    ]
    ledgers = read(book(tmp_path, {"台账": rows, "备份": rows}))
    assert ("table-twice", "台账.xlsx#备份!1") in noted(ledgers)


# --- states that stand over rows --------------------------------------------------------------------

NO_STATE: Row = ("序号", "资产编号", "资产名称", "数量")


def test_a_group_heading_says_the_state_of_its_rows(tmp_path: Path) -> None:
    rows = [NO_STATE, ("一、在用资产",), (1, "A1", "声级计", 1), ("二、已报废",), (2, "A2", "对讲机", 1)]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "status") == ["in_use", "gone"]
    assert ("status-from-heading", "台账.xlsx#Sheet1!4") in noted(ledgers)


@pytest.mark.parametrize(
    ("sheet", "title", "status"),
    [
        ("待报废", None, "pending_disposal"),
        ("Sheet1", "2023年拟报废资产清单", "pending_disposal"),
        ("闲置资产", "固定资产台账", "idle"),
        ("出借", None, "lent_out"),
        ("在用", "固定资产台账", "in_use"),
        ("Sheet1", "固定资产报废、盘亏登记表", "in_use"),
    ],
)
def test_a_sheet_or_title_says_the_state(tmp_path: Path, sheet: str, title: str | None, status: str) -> None:
    rows = [(title,), NO_STATE, (1, "A1", "声级计", 1)]
    ledgers = read(xlsx_file(tmp_path, rows if title else rows[1:], sheet=sheet))
    assert column(ledgers, "status") == [status]
    told = {code for code, _ in noted(ledgers)} & {"status-from-heading", "heading-state-unclear"}
    assert bool(told) == (sheet != "在用")


def test_what_a_row_says_itself_holds_and_the_difference_is_noted(tmp_path: Path) -> None:
    path = xlsx_file(
        tmp_path, [HEADING, asset(1, "声级计", 1, "在用"), asset(2, "对讲机", 1, "")], sheet="已报废"
    )
    ledgers = read(path)
    assert column(ledgers, "status") == ["in_use", "gone"]
    assert {"heading-state-differs", "status-from-heading"} <= codes(path)


# --- cells that point elsewhere ---------------------------------------------------------------------


def test_ditto_marks_take_what_stands_above(tmp_path: Path) -> None:
    rows = [HEADING, asset(1, "声级计"), asset(2, "同上", 2), asset(3, "〃", 3, "同上"), asset(4, "对讲机")]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "name") == ["声级计", "声级计", "声级计", "对讲机"]
    assert ("ditto-marks", "台账.xlsx#Sheet1!3") in noted(ledgers)


def test_formulas_without_values_are_no_empty_cells(tmp_path: Path) -> None:
    rows = [
        HEADING,
        asset(1, "声级计", "=1+1"),
        asset(2, '="对讲"&"机"', 2),
        asset(3, "无人机", 1, '=IF(1,"报废","")'),
    ]
    path = openpyxl_file(tmp_path, rows)
    ledgers = read(path)
    assert column(ledgers, "rejected") == ["quantity-not-a-number", None, None]
    assert column(ledgers, "status") == ["in_use", "in_use", "unknown"]
    said = [note.note for note in ledgers.notes if note.code == "formula-without-value"]
    assert [note.split(" ")[0] for note in said] == ["C", "D", "F"]


def test_a_formula_in_the_last_column_is_seen_and_one_worked_out_to_nothing_is_empty(tmp_path: Path) -> None:
    path = openpyxl_file(tmp_path, [("资产名称", "数量", "备注"), ("声级计", 1, '=""'), ("对讲机", 1)])
    assert ("formula-without-value", "台账.xlsx#Sheet1!2") in noted(read(path))
    rewritten(path, b'<c r="C2">', b'<c r="C2" t="str">')
    assert "formula-without-value" not in codes(path)


def rewritten(path: Path, old: bytes, new: bytes) -> None:
    """Change the first worksheet of a file as it stands in it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    parts[sheet] = parts[sheet].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_a_name_that_is_an_error_is_no_name(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "资产编号,资产名称,数量\nA1,#N/A,2\nA2,声级计,1\n")
    assert column(read(path), "rejected") == ["name-missing", None]


def test_a_lot_is_no_number(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "资产名称,数量\n声级计,一批\n对讲机,2批\n无人机,一台\n")
    assert column(read(path), "quantity") == [0, 0, 1]


def test_several_numbers_in_one_cell_are_no_number(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, [("资产名称", "数量"), ("电脑\n打印机", "2\n1"), ("声级计", 3)])
    assert column(read(path), "quantity") == [0, 3]


def test_thousands_that_nobody_quoted_are_put_together_again(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "资产名称,单价,数量,使用状况\n声级计,1,200,2,在用\n对讲机,800,3,在用\n")
    ledgers = read(path)
    assert column(ledgers, "quantity") == [2, 3]
    assert column(ledgers, "unit_price") == [120_000, 80_000]
    assert ("thousands-joined", "台账.csv#2") in noted(ledgers)


def test_thousands_that_may_be_put_together_in_two_ways_are_left(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "资产名称,单价,原值,使用状况\n声级计,1,200,1,200,在用,好\n")
    assert "thousands-joined" not in codes(path)
    assert unread(path)


def test_a_count_inside_a_name_is_asked_about_where_no_quantity_stands(tmp_path: Path) -> None:
    rows = [("资产名称",), ("执法记录仪2台",), ("对讲机×6",), ("声级计（3台）",), ("M2台",), ("打印机",)]
    found = [ref for code, ref in noted(read(xlsx_file(tmp_path, rows))) if code == "count-in-name"]
    assert found == [f"台账.xlsx#Sheet1!{row}" for row in (2, 3, 4)]


def test_a_state_in_a_column_of_another_name_is_asked_about(tmp_path: Path) -> None:
    rows = [(*HEADING, "处置状态"), (*asset(1, "声级计"), "已报废"), (*asset(2, "对讲机"), None)]
    assert ("status-elsewhere", "台账.xlsx#Sheet1!2") in noted(read(xlsx_file(tmp_path, rows)))


def test_a_card_over_a_table_of_its_parts_is_named(tmp_path: Path) -> None:
    rows = [
        ("资产名称", "走航监测车", "资产编号", "TY01"),
        ("规格型号", "JX5041", "计量单位", "辆"),
        ("序号", "设备名称", "数量", "备注"),
        (1, "质谱仪", 1, None),
    ]
    path = xlsx_file(tmp_path, rows)
    assert column(read(path), "name") == ["质谱仪"]
    assert "走航监测车" in [text for _, text in unread(path)]


# --- the books themselves ---------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["", "", "声级计", "资产名称", "数量", "2", "在用", "合计", "填表人：张三", "备注", "2020-05-06"]
)


@example(
    [["", "", "资产名称", "", "资产名称"], ["", "", "资产名称", "", "资产名称"], ["", "", "", "资产名称"]]
)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=7), min_size=1, max_size=9))
def test_cells_read_are_the_cells_of_the_sheet(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    heading = "资产编号,资产名称,数量"
    lines = [",".join(row) for row in rows]
    path = csv_file(tmp_path_factory.mktemp("books"), "\n".join([heading, "A1,无人机,1", *lines]))
    (sheet,) = shown(path).cells
    filled = 6 + sum(bool(cell) for row in rows for cell in row)
    assert sheet.cells == filled
    assert sum(sheet.became.values()) + sheet.nothing == filled
    assert len([cell for block in sheet.unread for cell in block.cells]) == sheet.nothing
