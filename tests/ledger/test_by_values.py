"""Columns whose headings leave open what they hold."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from .tables import Row, column, csv_file, noted, openpyxl_file, read, xlsx_file


@pytest.mark.parametrize("heading", ["编号", "编码", "号码", "No."])
def test_numbers_that_run_on_from_one_number_the_rows(tmp_path: Path, heading: str) -> None:
    rows: list[Row] = [[heading, "资产名称", "数量"], [1, "声级计", 1], [2, "对讲机", 3], [None, "合计", 4]]
    assert column(read(xlsx_file(tmp_path, rows)), "asset_no") == [None, None]


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [("编号", ["101", "102"]), ("编号", ["001", "002"]), ("编号", ["1", "3"]), ("资产编号", ["1", "2"])],
)
def test_other_numbers_are_the_assets(tmp_path: Path, heading: str, numbers: list[str]) -> None:
    rows: list[Row] = [[heading, "资产名称", "数量"], [numbers[0], "声级计", 1], [numbers[1], "对讲机", 3]]
    assert column(read(xlsx_file(tmp_path, rows)), "asset_no") == numbers


@pytest.mark.parametrize("heading", ["最近购入", "购于", "何年购买", "配发", "采购"])
def test_days_under_a_word_of_buying(tmp_path: Path, heading: str) -> None:
    ledgers = read(csv_file(tmp_path, f"资产名称,数量,{heading}\n声级计,1,2021.10\n对讲机,3,2022-06-01\n"))
    assert column(ledgers, "acquired") == [dt.date(2021, 10, 1), dt.date(2022, 6, 1)]
    assert noted(ledgers) == [("date-taken", "台账.csv#1")]


@pytest.mark.parametrize("heading", ["采购合同签订", "购置金额备查", "盘点", "入库单"])
def test_what_is_no_day_of_buying(tmp_path: Path, heading: str) -> None:
    ledgers = read(csv_file(tmp_path, f"资产名称,数量,{heading}\n声级计,1,20211\n对讲机,3,20226\n"))
    assert column(ledgers, "acquired") == [None, None]


def test_a_date_beside_a_voucher_is_that_of_its_entry(tmp_path: Path) -> None:
    ledgers = read(csv_file(tmp_path, "凭证号,日期,财产名称,数量\n记25,2019.6.3,台式电脑,1\n"))
    assert column(ledgers, "acquired") == [dt.date(2019, 6, 3)]
    alone = read(csv_file(tmp_path, "序号,日期,财产名称,数量\n1,2019.6.3,台式电脑,1\n"))
    assert column(alone, "acquired") == [None]


YEARS = [
    ["2021", "2022", "2023"],
    ["2021年", "2022年", "2023年"],
    ["2021年盘点", "2022年盘点", "2023年盘点"],
    ["21年清查情况", "22年清查情况", "23年清查情况"],
    ["2022年6月盘点", "2022年12月盘点", "2023年6月盘点"],
]


@pytest.mark.parametrize("years", YEARS)
@pytest.mark.parametrize("turned", [False, True])
def test_of_states_told_year_by_year_the_latest_holds(tmp_path: Path, years: list[str], turned: bool) -> None:
    told: list[Row] = [["√", "√", "√"], ["√", "待修", "报废"], ["√", "丢失1", None], [None, "√", "未见"]]
    order = -1 if turned else 1
    rows: list[Row] = [["名称", "数量", *years[::order]]]
    rows += [[name, 2, *row[::order]] for name, row in zip("甲乙丙丁", told, strict=True)]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "status") == ["in_use", "pending_disposal", "unknown", "gone"]
    assert column(ledgers, "status_text") == ["在用", "报废", "丢失1", "未见"]
    assert ("status-by-years", "台账.xlsx#Sheet1!1") in noted(ledgers)


def test_years_beside_a_status_are_kept_as_they_stand(tmp_path: Path) -> None:
    rows: list[Row] = [["名称", "使用状况", "2022", "2023"], ["声级计", "在用", "√", "待修"]]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "status") == ["in_use"]
    assert "status-elsewhere" in [code for code, _ in noted(ledgers)]


@pytest.mark.parametrize(
    "heading",
    ["Qty 数量", "数量\nQty.", "数量Quantity", "数量(Qty)", "Quantity/数量", "数量 QTY"],
)
def test_headings_in_two_languages(tmp_path: Path, heading: str) -> None:
    rows: list[Row] = [["No.序号", "设备名称 Name", "Model 规格", heading], [1, "声级计", "AWA", 4]]
    ledgers = read(openpyxl_file(tmp_path, rows))
    assert ledgers.assets.select("name", "model", "quantity").rows() == [("声级计", "AWA", 4)]


def test_an_abbreviation_is_no_second_language(tmp_path: Path) -> None:
    ledgers = read(csv_file(tmp_path, "名称,型号,GPS数量\n越野车,A,3\n"))
    assert column(ledgers, "quantity") == [1]
    assert noted(ledgers) == [("quantity-not-found", "台账.csv#1")]


HEAD: Row = ["序号", "资产名称", "型号", "数量", "状况"]


def test_a_name_that_goes_on_in_the_next_line(tmp_path: Path) -> None:
    rows: list[Row] = [
        HEAD,
        [1, "便携式紫外差分", "MODEL", 1, "在用"],
        [None, "烟气综合分析仪", "3023型", None, None],
        [2, "声级计", "AWA", 2, "在用"],
        [None, None, "(1级)", None, None],
        [3, "对讲机", None, 5, "在用"],
    ]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert ledgers.assets.select("name", "model", "quantity").rows() == [
        ("便携式紫外差分烟气综合分析仪", "MODEL 3023型", 1),
        ("声级计", "AWA (1级)", 2),
        ("对讲机", None, 5),
    ]
    assert noted(ledgers) == [
        ("line-carried-on", "台账.xlsx#Sheet1!3"),
        ("line-carried-on", "台账.xlsx#Sheet1!5"),
    ]


def test_an_open_bracket_is_closed_by_the_lines_below(tmp_path: Path) -> None:
    rows: list[Row] = [
        HEAD,
        [1, "大气颗粒物激光雷达观测系统", "A", 1, "在用"],
        [2, "激光雷达（含", "B", 1, "在用"],
        [None, "数据处理", None, None, None],
        [None, "软件）", None, None, None],
        [3, "对讲机", None, 5, "在用"],
    ]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "name") == ["大气颗粒物激光雷达观测系统", "激光雷达（含数据处理软件）", "对讲机"]


NOT_LOWER: list[Row] = [
    [None, "取证设备", None, None, None],  # may head a group
    [None, "水质采样器", "A", 1, None],
    [None, "水质采样器", "A", None, "在用"],
    [4, "水质采样器", "A", None, None],
]


@pytest.mark.parametrize("row", NOT_LOWER)
def test_what_may_be_an_asset_of_its_own_is_one(tmp_path: Path, row: Row) -> None:
    rows: list[Row] = [
        HEAD,
        [1, "声级计", "AWA", 2, "在用"],
        row,
        [2, "便携式紫外差分烟气分析仪", "B", 1, "在用"],
    ]
    rows.append([3, "对讲机", None, 5, "在用"])
    assert len(column(read(xlsx_file(tmp_path, rows)), "name")) == 4


def test_of_counts_at_the_ends_of_years_the_latest_is_the_quantity(tmp_path: Path) -> None:
    ledgers = read(csv_file(tmp_path, "装备名称,2023年末,2022年末\n对讲机,6,10\n无人机,2,1\n"))
    assert column(ledgers, "quantity") == [6, 2]
    assert [code for code, _ in noted(ledgers)] == ["columns-beside", "quantity-taken"]


@pytest.mark.parametrize("upper", ["数量", ""])
def test_counts_under_years_alone_may_be_purchases_and_are_asked_about(tmp_path: Path, upper: str) -> None:
    rows: list[Row] = [["装备名称", upper, None, "备注"], [None, "2022年", "2023年", None]]
    rows = rows if upper else [["装备名称", "2022年", "2023年", "备注"]]
    ledgers = read(xlsx_file(tmp_path, [*rows, ["对讲机", 10, 6, None], ["无人机", 1, 2, None]]))
    assert column(ledgers, "quantity") == [1, 1]
    assert [code for code, _ in noted(ledgers)] == ["quantity-not-found"]


@pytest.mark.parametrize("heading", ["单位及数量", "单位", "数量单位"])
def test_a_unit_with_its_number_is_the_quantity(tmp_path: Path, heading: str) -> None:
    ledgers = read(
        csv_file(tmp_path, f"物资名称,规格,{heading},单价\n声级计,AWA,2台,3000\n对讲机,GP,5部,800\n")
    )
    assert column(ledgers, "quantity") == [2, 5]


@pytest.mark.parametrize("turned", [False, True])
def test_headings_once_more_in_english_are_one_heading(tmp_path: Path, turned: bool) -> None:
    heads: list[Row] = [["序号", "资产名称", "数量", "购置日期"], ["No.", "Asset Name", "Qty", "Date"]]
    rows: list[Row] = [*heads[:: -1 if turned else 1], [1, "声级计", 2, "2020-01-02"]]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert ledgers.assets.select("name", "quantity", "acquired").rows() == [
        ("声级计", 2, dt.date(2020, 1, 2))
    ]
    assert noted(ledgers) == []


@pytest.mark.parametrize("heading", ["是否盘到", "盘点√", "账实是否相符", "有无实物"])
@pytest.mark.parametrize("text", ["×", "否", "无"])
def test_what_was_not_found_in_a_stocktaking_is_said(tmp_path: Path, heading: str, text: str) -> None:
    rows: list[Row] = [["名称", "数量", heading], ["声级计", 2, "√"], ["对讲机", 5, text]]
    assert ("status-elsewhere", "台账.xlsx#Sheet1!3") in noted(read(xlsx_file(tmp_path, rows)))


@pytest.mark.parametrize("text", ["（含：采样泵1台）", "其中：2台借给交警大队", "说明：1架坠毁", "注：停用"])
def test_words_about_the_row_above_are_no_part_of_its_name(tmp_path: Path, text: str) -> None:
    rows: list[Row] = [HEAD, [1, "便携式气相色谱仪", "A", 3, "在用"], [None, text, None, None, None]]
    rows += [[2, "声级计", "B", 1, "在用"], [3, "对讲机", "C", 5, "在用"]]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "name") == ["便携式气相色谱仪", "声级计", "对讲机"]
    assert any(ref == "台账.xlsx#Sheet1!3" for _, ref in noted(ledgers))


@pytest.mark.parametrize(
    ("best", "next_", "name"),
    [("资产编号", "编号", "asset_no"), ("实际状态", "使用状况", "status"), ("型号规格", "品牌型号", "model")],
)
def test_an_empty_column_does_not_hide_one_that_says_the_same(
    tmp_path: Path, best: str, next_: str, name: str
) -> None:
    rows: list[Row] = [["名称", best, next_], ["声级计", None, "待修"], ["对讲机", "/", "在用"]]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "status_text" if name == "status" else name) == ["待修", "在用"]


@pytest.mark.parametrize(
    ("text", "kept", "units"),
    [
        ("SB-01\nSB-02\nSB-03", "SB-01 SB-02 SB-03", 3),
        ("DJ001\n DJ002", "DJ001 DJ002", 2),
        ("TY2019\n0012", "TY20190012", 1),
    ],
)
def test_asset_numbers_one_below_another_are_several(
    tmp_path: Path, text: str, kept: str, units: int
) -> None:
    ledgers = read(xlsx_file(tmp_path, [["资产编号", "名称", "数量"], [text, "对讲机", None]]))
    assert ledgers.assets.select("asset_no", "quantity").rows() == [(kept, units)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("2022年6月盘点", "2022年末盘点"), ("1999年盘点", "2003年盘点"), ("22年底", "23年1月")],
)
def test_of_states_told_by_year_the_latest_holds(tmp_path: Path, first: str, second: str) -> None:
    for head, row in (((first, second), ("在用", "报废")), ((second, first), ("报废", "在用"))):
        ledgers = read(xlsx_file(tmp_path, [["名称", *head], ["声级计", *row], ["对讲机", "在用", "在用"]]))
        assert column(ledgers, "status") == ["pending_disposal", "in_use"]


@pytest.mark.parametrize("text", ["续表", "续上表", "（续）", "表2（续）", "接上表"])
def test_a_line_that_says_that_a_table_goes_on_is_no_asset(tmp_path: Path, text: str) -> None:
    rows: list[Row] = [["名称", "数量"], ["声级计", 2], [text, None], ["对讲机", 3]]
    assert column(read(xlsx_file(tmp_path, rows)), "name") == ["声级计", "对讲机"]


@pytest.mark.parametrize(
    "heading", ["截至2023年底数量", "2023年末结存", "截止2023年12月现有数量", "2023年末"]
)
def test_a_count_at_a_day_is_the_quantity(tmp_path: Path, heading: str) -> None:
    ledgers = read(csv_file(tmp_path, f"装备名称,{heading},2023年新增,备注\n声级计,2,1,\n对讲机,5,,\n"))
    assert column(ledgers, "quantity") == [2, 5]


def test_what_is_left_at_the_end_of_the_year_is_the_quantity(tmp_path: Path) -> None:
    text = "物品,单位,上年结转,本年购入,本年领用,年末结余\n防护服,套,10,20,8,22\n"
    ledgers = read(csv_file(tmp_path, text))
    assert column(ledgers, "quantity") == [22]
    assert noted(ledgers) == []


@pytest.mark.parametrize(
    ("text", "status"), [("以下为2023年新购", "in_use"), ("以下设备已报废", "gone"), ("以下均为闲置", "idle")]
)
def test_a_line_about_the_rows_below_heads_a_group(tmp_path: Path, text: str, status: str) -> None:
    rows: list[Row] = [["名称", "数量"], ["声级计", 2], [text, None], ["对讲机", 3]]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert ledgers.assets.select("name", "status").rows() == [("声级计", "in_use"), ("对讲机", status)]


def test_group_heads_repeated_over_each_column_are_one_storey(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["基本信息", "基本信息", "使用信息", "使用信息"],
        ["资产编号", "资产名称", "使用人", "使用状况"],
        ["A1", "声级计", "甲", "待修"],
    ]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "status") == ["broken"]
    assert noted(ledgers) == []
