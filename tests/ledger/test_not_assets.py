"""Rows and tables that look like assets and are none: parts, samples, sums carried, plans of checks, lendings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from equipcheck.ledger import Ledgers, Source
from equipcheck.ledger.inspect import inspect
from equipcheck.ledger.rows.non_assets import SPECIAL_MARK, SUSPECT, looks_special

from .tables import Row, column, csv_file, noted, openpyxl_file, read, xlsx_file

HEADING = ("序号", "资产名称", "规格型号", "数量", "使用状况")


def counted(ledgers: Ledgers) -> list[tuple[object, object]]:
    return [*zip(column(ledgers, "name"), column(ledgers, "quantity"), strict=True)]


def places(ledgers: Ledgers, code: str) -> list[str | None]:
    return [ref and ref.rpartition("!")[2] for one, ref in noted(ledgers) if one == code]


def whole(path: Path) -> None:
    """No cell of the file went nowhere."""
    for sheet in inspect(Source(path, path.name)).cells:
        assert sheet.nothing == 0, sheet.unread


# --- 其中 -----------------------------------------------------------------------------------------------


def test_parts_of_the_row_above_count_once(tmp_path: Path) -> None:
    rows = [
        (1, "执法记录仪", "A", 5, "在用"),
        (None, "其中：一中队", None, 2, "在用"),
        (None, "　　二中队", None, 3, "损坏"),
        (2, "声级计", "B", 1, "在用"),
        (3, "便携式检测设备", None, 3, "在用"),
        (None, "其中：pH计", None, 1, "在用"),
        (None, "其中：溶氧仪", None, 2, "在用"),
        (4, "无人机", "C", 1, "在用"),
    ]
    path = xlsx_file(tmp_path, [HEADING, *rows])
    result = read(path)
    assert counted(result) == [("执法记录仪", 5), ("声级计", 1), ("便携式检测设备", 3), ("无人机", 1)]
    assert places(result, "part-row") == ["3", "4", "7", "8"]
    assert places(result, "parts-differ") == []
    whole(path)


def test_without_row_numbers_parts_go_as_far_as_they_sum_to_the_whole(tmp_path: Path) -> None:
    rows = [("对讲机", 3), ("其中：一中队", 1), ("二中队", 2), ("望远镜", 4)]
    assert counted(read(xlsx_file(tmp_path, [("资产名称", "数量"), *rows]))) == [("对讲机", 3), ("望远镜", 4)]


def test_parts_that_do_not_sum_are_said_and_what_is_not_marked_counts(tmp_path: Path) -> None:
    rows = [("对讲机", 9), ("其中：一中队", 1), ("测距仪", 2), ("望远镜", 4)]
    result = read(xlsx_file(tmp_path, [("资产名称", "数量"), *rows]))
    assert counted(result) == [("对讲机", 9), ("测距仪", 2), ("望远镜", 4)]
    assert (places(result, "part-row"), places(result, "parts-differ")) == (["3"], ["2"])


@pytest.mark.parametrize("above", [("办公设备", None), ("合计", 3), ("办公设备", 0)])
def test_parts_with_nothing_above_that_holds_them_are_assets(tmp_path: Path, above: Row) -> None:
    rows = [("资产名称", "数量"), above, ("其中：对讲机", 2), ("望远镜", 1)]
    result = read(xlsx_file(tmp_path, rows))
    assert counted(result)[-2:] == [("其中：对讲机", 2), ("望远镜", 1)]
    assert places(result, "part-row") == []


# --- samples --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sample",
    [("示例", "声级计", "A", 7, "在用"), ("例：", "声级计", "A", 7, "在用"), ("（样例）", "声级计", "A", 7, "在用"),
     (None, "示例：声级计", "A", 7, "在用"), (None, "（填写示例）声级计", "A", 7, "在用")],
)  # fmt: skip
def test_a_row_that_shows_how_to_fill_in_is_no_asset(tmp_path: Path, sample: Row) -> None:
    path = xlsx_file(tmp_path, [HEADING, sample, (1, "声级计", "A", 1, "在用"), ("合计", None, None, 1)])
    result = read(path)
    assert counted(result) == [("声级计", 1)]
    assert (places(result, "sample-row"), places(result, "total-agrees")) == (["2"], ["4"])
    whole(path)


def test_a_table_under_the_word_sample_is_no_ledger(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    pages = [book.active, book.create_sheet("样表"), book.create_sheet("说明一")]
    pages[0].title = "台账"
    for page, title in zip(pages, ("固定资产台账", "固定资产台账", "填写样例："), strict=True):
        for row in ((title,), HEADING, (1, "声级计", "A", 1, "在用")):
            page.append(row)
    path = tmp_path / "台账.xlsx"
    book.save(path)
    result = read(path)
    assert column(result, "ref") == ["台账.xlsx#台账!3"]
    assert [ref for code, ref in noted(result) if code == "sample-table"] == [
        "台账.xlsx#样表!2", "台账.xlsx#说明一!2",
    ]  # fmt: skip
    whole(path)
    assert column(read(path, sheets=("样表",)), "ref") == ["台账.xlsx#样表!3"]  # asked for by name


# --- sums carried from page to page ---------------------------------------------------------------------


def test_sums_carried_are_no_assets_and_are_checked(tmp_path: Path) -> None:
    rows = [
        (1, "声级计", "A", 2), (2, "对讲机", "A", 3), ("本页小计", None, None, 5), (None, "过次页", None, 5),
        (None, "承前页", None, 5), (3, "望远镜", "A", 1), ("本页小计", None, None, 1), (None, "过次页", None, 6),
        (None, "承前页", None, 7), (4, "测距仪", "A", 1), ("合计", None, None, 7),
    ]  # fmt: skip
    result = read(xlsx_file(tmp_path, [HEADING, *rows]))
    assert column(result, "quantity") == [2, 3, 1, 1]
    assert places(result, "total-agrees") == ["4", "5", "6", "8", "9", "12"]
    assert places(result, "total-differs") == ["10"]


def test_a_departments_sum_may_stand_behind_a_pages_sum(tmp_path: Path) -> None:
    rows = [
        ("一、办公室",), (1, "声级计", "A", 2), ("本页小计", None, None, 2), (2, "对讲机", "A", 3),
        ("办公室小计", None, None, 5), ("二、大队",), (3, "望远镜", "A", 1), ("本页小计", None, None, 1),
        (4, "测距仪", "A", 2), ("大队小计", None, None, 3), ("合计", None, None, 99),
    ]  # fmt: skip
    result = read(xlsx_file(tmp_path, [HEADING, *rows]))
    assert places(result, "total-agrees") == ["4", "6", "9", "11"]
    assert places(result, "total-differs") == ["12"]


def test_a_groups_sum_goes_back_to_its_heading(tmp_path: Path) -> None:
    rows = [
        ("一、办公室",), (1, "声级计", "A", 2), ("二、大队",), (3, "望远镜", "A", 1), ("本页小计", None, None, 3),
        (4, "测距仪", "A", 4), ("大队小计", None, None, 5),
    ]  # fmt: skip
    result = read(xlsx_file(tmp_path, [HEADING, *rows]))
    assert (places(result, "total-agrees"), places(result, "total-differs")) == (["6", "8"], [])


# --- which of several quantities; none found -------------------------------------------------------------


def test_of_a_balance_of_stock_the_end_counts(tmp_path: Path) -> None:
    heading = ("物资名称", "期初结存", "本期入库", "本期出库", "期末结存")
    assert counted(read(xlsx_file(tmp_path, [heading, ("吸油毡", 20, 10, 12, 18)]))) == [("吸油毡", 18)]


def test_numbers_under_unknown_headings_are_named_where_no_quantity_was_found(tmp_path: Path) -> None:
    heading = ("资产名称", "头批", "次批", "置放", "原值", "内线", "备注")
    result = read(
        xlsx_file(
            tmp_path,
            [heading, ("声级计", 2, 3, "三楼", 100, 660123), ("对讲机", 1, None, "四楼", 50, 660124)],
        )
    )
    (note,) = [note for note in result.notes if note.code == "quantity-not-found"]
    assert "“头批”、“次批”" in note.note
    assert "置放" not in note.note
    assert "内线" not in note.note
    assert note.ref == "台账.xlsx#Sheet1!1"


@pytest.mark.parametrize(
    "rows",
    [
        [("资产名称", "数量", "一中队", "备注"), ("声级计", 2, 1, None)],
        [("资产名称", "型号", "楼层", "备注"), ("声级计", "A", "三楼", None)],
        [("序号", "资产名称", "使用年限", "备注"), (1, "声级计", 6, None)],
    ],
)
def test_nothing_is_asked_where_a_quantity_stands_or_no_number_does(tmp_path: Path, rows: list[Row]) -> None:
    assert places(read(xlsx_file(tmp_path, rows)), "quantity-not-found") == []


# --- dates in columns of their own -----------------------------------------------------------------------


def test_year_month_and_day_side_by_side_are_one_date(tmp_path: Path) -> None:
    rows = [
        ("序号", "资产名称", "取得日期", None, None, "检定有效期至", None, "数量"),
        (None, None, "年", "月", "日", "年", "月", None),
        (1, "声级计", 2015, 9, 12, 2024, 2, 1),
        (2, "对讲机", 2016, 11, None, None, None, 1),
        (3, "望远镜", "2017年", "3月", "5日", 2024, 13, 1),
        (4, "测距仪", "2018-05-06", 5, None, 2024, 12, 1),
        (5, "无人机", None, 7, 1, 2024, None, 1),
        (6, "照相机", 2019, None, None, None, None, 1),
    ]
    merged = ("A1:A2", "B1:B2", "C1:E1", "F1:G1", "H1:H2")
    path = openpyxl_file(tmp_path, rows, merged=merged)
    result = read(path)
    assert column(result, "acquired") == [
        dt.date(2015, 9, 12), dt.date(2016, 11, 1), dt.date(2017, 3, 5), dt.date(2018, 5, 6), None,
        dt.date(2019, 1, 1),
    ]  # fmt: skip
    assert column(result, "valid_until") == [
        dt.date(2024, 2, 29),
        None,
        None,
        dt.date(2024, 12, 31),
        None,
        None,
    ]
    assert sorted(places(result, "date-unclear")) == ["5", "7", "7"]
    whole(path)


# --- registers -------------------------------------------------------------------------------------------


def test_a_register_of_lendings_is_said_and_its_dates_are_not_of_acquisition(tmp_path: Path) -> None:
    rows = [
        ("领用日期", "装备名称", "装备编号", "数量", "归还日期"),
        ("2023-02-03", "声级计", "ZF-01", 1, "2023-02-04"),
    ]
    path = xlsx_file(tmp_path, rows)
    result = read(path)
    assert (column(result, "acquired"), column(result, "asset_no")) == ([None], ["ZF-01"])
    assert places(result, "lending-register") == ["1"]
    whole(path)


def test_a_ledger_with_a_day_of_return_keeps_its_day_of_acquisition(tmp_path: Path) -> None:
    rows = [("购置日期", "装备名称", "归还日期"), ("2023-02-03", "声级计", "2023-02-04")]
    result = read(xlsx_file(tmp_path, rows))
    assert column(result, "acquired") == [dt.date(2023, 2, 3)]
    assert places(result, "lending-register") == []


LEDGER = [
    ("资产编号", "仪器名称", "出厂编号", "数量"),
    ("JC1", "声级计", "SN-1", 1),
    ("JC2", "烟气分析仪", "SN-2", 1),
]


def two_sheets(folder: Path, plan: list[Row]) -> Path:
    book = openpyxl.Workbook()
    for page, rows in ((book.active, LEDGER), (book.create_sheet("检定计划"), plan)):
        for row in rows:
            page.append(row)
    book.save(folder / "台账.xlsx")
    return folder / "台账.xlsx"


def test_a_plan_of_checks_in_the_file_of_the_ledger_is_joined_not_counted(tmp_path: Path) -> None:
    plan = [("器具名称", "出厂编号", "上次检定日期", "检定周期（月）"), ("烟气分析仪", "SN-2", "2023-05-20", 12),
            ("声级计", "SN-1", "2023-03-15", 12), ("声级计", "SN-1", None, 12)]  # fmt: skip
    path = two_sheets(tmp_path, plan)
    result = read(path)
    assert column(result, "name") == ["声级计", "烟气分析仪"]
    checks = result.checks.select("ref", "serial", "checked_on", "valid_until").rows()
    assert checks == [
        ("台账.xlsx#检定计划!2", "SN-2", dt.date(2023, 5, 20), dt.date(2024, 5, 19)),
        ("台账.xlsx#检定计划!3", "SN-1", dt.date(2023, 3, 15), dt.date(2024, 3, 14)),
    ]
    assert [ref for code, ref in noted(result) if code == "check-table"] == ["台账.xlsx#检定计划!1"]
    whole(path)


@pytest.mark.parametrize(
    "plan",
    [
        [
            ("器具名称", "出厂编号", "上次检定日期"),
            ("烟气分析仪", "SN-2", "2023-05-20"),
            ("天平", "SN-9", "2023-03-15"),
        ],
        [("器具名称", "出厂编号", "上次检定日期", "数量"), ("烟气分析仪", "SN-2", "2023-05-20", 1)],
        [("器具名称", "上次检定日期"), ("烟气分析仪", "2023-05-20")],
    ],
)
def test_what_may_be_further_assets_counts(tmp_path: Path, plan: list[Row]) -> None:
    result = read(two_sheets(tmp_path, plan))
    assert len(result.assets) == len(LEDGER) - 1 + len(plan) - 1
    assert result.checks.is_empty()


# --- cards over a list -----------------------------------------------------------------------------------


def test_a_card_over_a_list_is_read_too(tmp_path: Path) -> None:
    card = [("固定资产卡片",), ("资产编号", "HB-1", "资产分类", "专用设备"), ("资产名称", "采样器", "规格型号", "X"),
            ("数量", 2, "计量单位", "台"), ("附：清单",)]  # fmt: skip
    path = xlsx_file(tmp_path, [*card, HEADING, (1, "流速仪", "A", 3, "在用")])
    result = read(path)
    assert counted(result) == [("采样器", 2), ("流速仪", 3)]
    assert column(result, "ref") == ["台账.xlsx#Sheet1!3", "台账.xlsx#Sheet1!7"]
    whole(path)


def test_labels_over_a_list_that_say_whose_it_is_are_no_card(tmp_path: Path) -> None:
    above = [("单位名称", "某某局", "填报日期", "2023-12-31"), ("项目名称", "资产盘点", "负责人", "李"),
             ("使用部门", "执法大队", "联系人", "王")]  # fmt: skip
    result = read(xlsx_file(tmp_path, [*above, HEADING, (1, "流速仪", "A", 3, "在用")]))
    assert counted(result) == [("流速仪", 3)]


# --- text ledgers, which are read by columns where they are clean ------------------------------------------


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("序号,资产名称,数量\n1,对讲机,3\n,其中：一中队,1\n,二中队,2\n2,望远镜,1\n", [3, 1]),
        ("序号,资产名称,数量\n示例,对讲机,3\n1,望远镜,1\n", [1]),
        ("序号,资产名称,数量\n1,对讲机,3\n,过次页,3\n,承前页,3\n2,望远镜,1\n", [3, 1]),
        ("领用日期,资产名称,数量,归还日期\n2023-01-02,对讲机,3,2023-01-03\n", [3]),
        ("资产名称,型号,甲,乙\n对讲机,A,3,4\n望远镜,B,1,2\n", [1, 1]),
        ("资产名称,型号,一中队,二中队\n对讲机,A,3,4\n望远镜,B,1,2\n", [7, 3]),
    ],
)
def test_text_ledgers_say_the_same_both_ways(tmp_path: Path, text: str, units: list[int]) -> None:
    assert column(read(csv_file(tmp_path, text)), "quantity") == units  # `read` compares the two
    many = text + "".join(f"{line}\n" for line in text.splitlines()[-1:] * 40)
    read(csv_file(tmp_path, many, name="长.csv"))


@pytest.mark.parametrize(
    ("text", "special"),
    [
        ("合计", True), ("合 計：", True), ("本页小计", True),
        ("声级计 汇总", True), ("声级计 计数", True), ("总计数", True),
        ("汇总打印机", False), ("一中队", False), ("（含：卷尺1）", True),
        ("粒子计数器", False),
        ("Total", True), ("sub total", True),
        ("一、办公设备", True), ("（二）执法设备", True), ("第三类 通讯", True), ("四", True),
        ("制表人：张三", True), ("備註：见附件", True),
        ("填表人", True), ("2024年1月5日", True), ("其中：一中队", True), ("示例：声级计", True), ("（样例）", True),
        ("第2页 共3页", True), ("以下空白", True), ("声级计", False), ("合计数字万用表", False), ("一体机", False),
        ("总磷分析仪", False), ("Total-N analyser", False), ("GC-2014", False), ("12", False), ("统计软件", False),
    ],
)  # fmt: skip
def test_few_rows_and_many_are_suspected_by_the_same_words(text: str, special: bool) -> None:
    """The words as patterns of Python, for a ledger of usual size, and as one pattern of the engine."""
    column = pl.Series([text])
    marked = column.str.contains(SPECIAL_MARK) & column.str.replace_all(r"\s", "").str.contains(SUSPECT)
    assert (looks_special(text), marked.item()) == (special, special)


def test_subtotals_that_a_spreadsheet_made_are_no_assets(tmp_path: Path) -> None:
    rows = [
        ("资产名称", "型号", "数量"), ("照相机", "D90", 1), ("照相机", "D91", 2), ("照相机 汇总", None, 3),
        ("录音笔", "A", 1), ("录音笔 汇总", None, 1), ("总计", None, 4),
    ]  # fmt: skip
    result = read(xlsx_file(tmp_path, rows))
    assert column(result, "name") == ["照相机", "照相机", "录音笔"]
    assert [code for code, _ in noted(result)] == ["total-agrees"] * 3


@pytest.mark.parametrize(
    ("title", "planned"),
    [
        ("2024年装备购置计划", True), ("执法装备采购需求表", True), ("拟购置设备清单", True), ("设备申购表", True),
        ("2023年采购计划执行情况", False), ("采购设备一览表", False), ("装备配备情况", False), ("货物验收清单", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("by_sheet", [False, True])
def test_what_is_yet_to_be_bought_is_no_asset(
    tmp_path: Path, title: str, *, planned: bool, by_sheet: bool
) -> None:
    rows: list[Row] = [(title,), ("序号", "装备名称", "数量", "单价（元）"), (1, "无人机", 2, 30000)]
    path = xlsx_file(tmp_path, rows[1:] if by_sheet else rows, sheet=title if by_sheet else "Sheet1")
    result = read(path)
    assert column(result, "quantity") == ([] if planned else [2])
    assert [code for code, _ in noted(result)] == (["plan-table"] if planned else [])
    whole(path)


def test_a_plan_whose_rows_have_numbers_holds_assets(tmp_path: Path) -> None:
    rows = [("装备配备计划",), ("资产编号", "装备名称", "数量"), ("A1", "无人机", 2)]
    assert column(read(xlsx_file(tmp_path, rows)), "quantity") == [2]


def test_a_named_sheet_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    rows = [("装备名称", "数量"), ("无人机", 2)]
    path = xlsx_file(tmp_path, rows, sheet="采购计划")
    assert column(read(path, sheets=("采购计划",)), "quantity") == [2]


def test_a_register_of_use_is_said(tmp_path: Path) -> None:
    text = "使用日期,仪器名称,使用人,使用前状态,使用后状态\n2023-01-02,声级计,张,正常,正常\n"
    result = read(csv_file(tmp_path, text))
    assert [code for code, _ in noted(result)] == ["lending-register"]
    assert column(result, "acquired") == [None]


def test_a_sheet_of_what_went_is_asked_about(tmp_path: Path) -> None:
    path = openpyxl_file(
        tmp_path, [("资产编号", "资产名称", "数量"), ("A1", "打印机", 2)], sheet="2022年减少"
    )
    assert [code for code, _ in noted(read(path))] == ["heading-state-unclear"]


@pytest.mark.parametrize("heading", [("名称", "数量", "型号"), ("名称", "资产编号", "型号")])
def test_a_team_alone_in_its_row_heads_those_below(tmp_path: Path, heading: Row) -> None:
    rows = [
        heading, ("一中队",), ("执法工具箱", 1, "A"),
        ("（含：卷尺、手电各1）",), ("监察大队办公室",), ("无人机", 1, "B"),
    ]  # fmt: skip
    result = read(xlsx_file(tmp_path, rows))
    assert column(result, "name") == ["执法工具箱", "无人机"]
    assert [code for code, _ in noted(result)] == ["group-row", "not-an-asset", "group-row"]


def test_a_ledger_that_begins_each_row_with_its_team_is_none_of_headings(tmp_path: Path) -> None:
    lines = "".join(f"一中队,声级计,{n + 1}\n" for n in range(30))
    text = f"部门,资产名称,数量\n{lines}"
    assert column(read(csv_file(tmp_path, text)), "quantity") == [*range(1, 31)]
    lines = "".join(f"声级计,A,{n + 1}\n" for n in range(2100))
    alone = f"资产名称,型号,数量\n一中队,,\n{lines}"
    assert read(csv_file(tmp_path, alone, name="二.csv")).assets.height == 2100
