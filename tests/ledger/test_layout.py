"""Layouts of real ledgers: headings of several storeys, several tables, groups, cards, hidden rows."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from equipcheck.ledger import Source, read_ledgers
from equipcheck.ledger.words.headings import HEADINGS, NAME_LIKE, heading_of

from .tables import column, csv_file, noted, openpyxl_file, read, xlsx_file

TWO_STOREYS = [
    ("固定资产盘点表（合成）",),
    ("序号", "资产信息", None, None, "数量", None, "单价（万元）", "使用单位", "备注"),
    (None, "编号", "名称", "规格型号", "账面数", "实盘数", None, None, None),
    (1, "001", "声级计", "AWA", 2, 1, 0.35, "一大队", None),
    (2, "002", "无人机", "M30", 1, 1, "5.2", "二大队", None),
]
MERGED = ["A1:I1", "A2:A3", "B2:D2", "E2:F2", "G2:G3", "H2:H3", "I2:I3"]


def test_a_heading_of_two_storeys_with_merged_cells(tmp_path: Path) -> None:
    ledgers = read(openpyxl_file(tmp_path, TWO_STOREYS, merged=MERGED))
    assert column(ledgers, "asset_no") == ["001", "002"]
    assert column(ledgers, "name") == ["声级计", "无人机"]
    assert column(ledgers, "quantity") == [1, 1]
    assert column(ledgers, "unit_price") == [350_000, 5_200_000]
    assert column(ledgers, "department") == ["一大队", "二大队"]
    assert noted(ledgers) == [("count-differs", "台账.xlsx#Sheet1!4")]


def test_the_same_heading_without_any_trace_of_merging(tmp_path: Path) -> None:
    rows = [",".join("" if cell is None else str(cell) for cell in row) for row in TWO_STOREYS]
    ledgers = read(csv_file(tmp_path, "\n".join(rows)))
    assert column(ledgers, "name") == ["声级计", "无人机"]
    assert column(ledgers, "quantity") == [1, 1]
    assert column(ledgers, "unit_price") == [350_000, 5_200_000]


def test_a_heading_of_three_storeys(tmp_path: Path) -> None:
    rows = [
        ("资产", None, None, "盘点情况", None, None),
        ("编号", "名称", "购置", "账面", None, "实盘"),
        (None, None, "日期", "数量", "金额", "数量"),
        ("001", "声级计", "2020-05", 3, 9000, 2),
    ]
    merged = ["A1:C1", "D1:F1", "A2:A3", "B2:B3", "D2:E2"]
    ledgers = read(openpyxl_file(tmp_path, rows, merged=merged))
    assert ledgers.assets.select("name", "quantity", "unit_price").rows() == [("声级计", 2, 450_000)]
    assert str(column(ledgers, "acquired")[0]) == "2020-05-01"


@pytest.mark.parametrize(
    ("values", "unit", "department"), [(("台", "套"), "台", None), (("一大队", "办公室"), None, "一大队")]
)
def test_unit_is_told_from_organisation_by_its_values(
    tmp_path: Path, values: tuple[str, str], unit: str | None, department: str | None
) -> None:
    ledgers = read(csv_file(tmp_path, f"资产名称,数量,单位\n声级计,1,{values[0]}\n无人机,1,{values[1]}\n"))
    assert (column(ledgers, "unit")[0], column(ledgers, "department")[0]) == (unit, department)


def test_several_tables_one_under_another_each_by_its_own_heading(tmp_path: Path) -> None:
    rows = [
        ("一、通用设备",), ("资产名称", "数量"), ("声级计", 2), ("合计", 2), (),
        ("二、车辆",), ("序号", "车辆名称", "车牌号", "购置日期"), (1, "执法车", "宁A0（虚构）", "2019-1-1"),
    ]  # fmt: skip
    ledgers = read(xlsx_file(tmp_path, rows))
    assert ledgers.assets.select("name", "quantity", "ref").rows() == [
        ("声级计", 2, "台账.xlsx#Sheet1!3"),
        ("执法车", 1, "台账.xlsx#Sheet1!8"),
    ]
    assert noted(ledgers) == [
        ("group-row", "台账.xlsx#Sheet1!6"),
        ("total-agrees", "台账.xlsx#Sheet1!4"),
        ("further-table", "台账.xlsx#Sheet1!7"),
    ]


def test_groups_with_and_without_a_sum(tmp_path: Path) -> None:
    rows = [
        ("序号", "资产名称", "型号", "数量"),
        ("一", "交通装备", None, 3),
        (1, "执法车", "甲", 1),
        (2, "执法艇", "乙", 2),
        ("（二）取证装备", None, None, None),
        (3, "照相机", "丙", 4),
        ("三", "防护装备", None, None),
        (4, "防毒面具", None, 5),
    ]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "name") == ["执法车", "执法艇", "照相机", "防毒面具"]
    assert sorted(noted(ledgers)) == [
        ("group-row", "台账.xlsx#Sheet1!5"),
        ("group-row", "台账.xlsx#Sheet1!7"),
        ("group-total", "台账.xlsx#Sheet1!2"),
    ]


def test_a_numbered_row_that_sums_nothing_is_an_asset(tmp_path: Path) -> None:
    ledgers = read(
        xlsx_file(tmp_path, [("序号", "资产名称", "数量"), ("一", "执法车", 1), ("二", "照相机", 4)])
    )
    assert column(ledgers, "quantity") == [1, 4]


def test_one_card_a_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number, name in enumerate(("声级计", "无人机"), start=1):
        page = book.active if number == 1 else book.create_sheet()
        page.title = f"卡片{number}"
        for row in (
            ("固定资产卡片",),
            ("卡片编号", f"00{number}", "资产名称", name),
            ("规格型号", "甲", "数量", "1台"),
            ("取得日期", "2020年5月6日", "使用状况", "在用"),
            ("存放地点：一室", None, "单价（元）", 4000),
        ):
            page.append(list(row))
    book.save(tmp_path / "卡片.xlsx")
    ledgers = read(tmp_path / "卡片.xlsx")
    assert ledgers.assets.select(
        "ref", "asset_no", "name", "model", "quantity", "status", "location"
    ).rows() == [
        ("卡片.xlsx#卡片1!2", "001", "声级计", "甲", 1, "in_use", "一室"),
        ("卡片.xlsx#卡片2!2", "002", "无人机", "甲", 1, "in_use", "一室"),
    ]
    assert column(ledgers, "unit_price") == [400_000, 400_000]
    assert noted(ledgers) == [("card-form", "卡片.xlsx#卡片1"), ("card-form", "卡片.xlsx#卡片2")]


@pytest.mark.parametrize("head", ["资产名称,数量", "名称,使用状态"])
def test_two_columns_are_a_table_even_where_labels_come_again_below(tmp_path: Path, head: str) -> None:
    value = "2" if "数量" in head else "盘亏"
    ledgers = read(csv_file(tmp_path, f"{head}\n声级计,{value}\n{head}\n无人机,{value}\n照相机,{value}\n"))
    assert column(ledgers, "name") == ["声级计", "无人机", "照相机"]
    assert noted(ledgers) == [("repeated-heading", "台账.csv#3")]


def test_cards_one_under_another_and_side_by_side(tmp_path: Path) -> None:
    def card(name: str, number: str) -> list[tuple[object, ...]]:
        return [("资产名称", name, "数量", 2), ("资产编号", number, "型号", "甲"), ()]

    below = read(xlsx_file(tmp_path, card("声级计", "1") + card("无人机", "2"), name="上下.xlsx"))
    assert below.assets.select("name", "asset_no", "quantity", "ref").rows() == [
        ("声级计", "1", 2, "上下.xlsx#Sheet1!1"),
        ("无人机", "2", 2, "上下.xlsx#Sheet1!4"),
    ]
    beside = [one + other for one, other in zip(card("声级计", "1"), card("无人机", "2"), strict=True)]
    ledgers = read(xlsx_file(tmp_path, beside, name="左右.xlsx"))
    assert sorted(ledgers.assets.select("name", "asset_no", "quantity").rows()) == [
        ("声级计", "1", 2),
        ("无人机", "2", 2),
    ]


def test_hidden_rows_and_sheets_are_read_and_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for row in (("资产名称", "数量"), ("声级计", 1), ("无人机", 1), ("照相机", 1)):
        page.append(row)
    page.row_dimensions[3].hidden = page.row_dimensions[4].hidden = True
    other = book.create_sheet("往年")
    other.append(["资产名称"])
    other.append(["录音笔"])
    other.sheet_state = "hidden"
    book.save(tmp_path / "台账.xlsx")
    ledgers = read(tmp_path / "台账.xlsx")
    assert column(ledgers, "name") == ["声级计", "无人机", "照相机", "录音笔"]
    assert noted(ledgers) == [("hidden-sheet", "台账.xlsx#往年"), ("hidden-rows", "台账.xlsx#Sheet!3")]
    assert "3-4" in ledgers.notes[1].note


def test_a_name_merged_over_rows_holds_for_all_of_them(tmp_path: Path) -> None:
    rows = [
        ("资产名称", "出厂编号", "数量"),
        ("声级计", "S1", 1),
        (None, "S2", 1),
        (None, None, None),
        ("无人机", "U1", 1),
    ]
    ledgers = read(openpyxl_file(tmp_path, rows, merged=["A2:A4"]))
    assert ledgers.assets.select("name", "serial", "quantity").rows() == [
        ("声级计", "S1", 1),
        ("声级计", "S2", 1),
        ("无人机", "U1", 1),
    ]


def test_money_in_ten_thousands_stated_above_the_table(tmp_path: Path) -> None:
    rows = [
        ("固定资产台账",),
        ("编制单位：某局", None, "金额单位：万元"),
        ("资产名称", "数量", "原值"),
        ("声级计", 2, 0.8),
    ]
    assert column(read(xlsx_file(tmp_path, rows)), "unit_price") == [400_000]


def test_traditional_characters_and_stray_spaces(tmp_path: Path) -> None:
    text = "資 產 名 稱,數 量,使用狀況,購置日期\n"
    text += "聲級計,２ 臺,報 廢,２０２０ 年 ５ 月\n小 計,2,,\n製表人：某,,,\n"
    ledgers = read(csv_file(tmp_path, text))
    assert ledgers.assets.select("name", "quantity", "status").rows() == [("聲級計", 2, "pending_disposal")]
    assert str(column(ledgers, "acquired")[0]) == "2020-05-01"
    assert noted(ledgers) == [("not-an-asset", "台账.csv#4"), ("total-agrees", "台账.csv#3")]


def test_a_blank_row_ends_nothing(tmp_path: Path) -> None:
    rows = [("资产名称",), ("声级计",), *[()] * 30, ("无人机",)]
    assert column(read(xlsx_file(tmp_path, rows)), "ref")[-1] == "台账.xlsx#Sheet1!33"


def test_columns_that_are_not_known_are_kept_as_they_stand(tmp_path: Path) -> None:
    ledgers = read(csv_file(tmp_path, "资产名称,甲乙,数量,甲乙\n声级计,x,1,/\n"))
    assert ledgers.assets["extra"].to_list() == [[{"column": "甲乙", "value": "x"}]]


def test_a_two_storey_heading_is_a_table_and_no_card(tmp_path):
    sheet = [
        ["资产编号", "资产名称", "规格型号", "数量", "价值", "", "取得日期"],
        ["", "", "", "", "单价", "原值", ""],
        ["A1", "声级计", "AWA5688", "2", "10", "20", "2020-05-06"],
        ["A2", "酸度计", "PHS-3C", "1", "10", "10", "2020-05-06"],
    ]
    path = tmp_path / "台账.csv"
    path.write_text("\n".join(",".join(row) for row in sheet), "utf-8")
    assets = read_ledgers([Source(path, "台账.csv", "ledger")]).assets
    assert assets.select("name", "model", "quantity").rows() == [
        ("声级计", "AWA5688", 2),
        ("酸度计", "PHS-3C", 1),
    ]


def test_a_page_with_two_halves_side_by_side(tmp_path: Path) -> None:
    half = ("序号", "资产名称", "数量")
    rows = [("资产清单",), half + half, (1, "声级计", 2, 3, "照相机", 1), (2, "无人机", 1, None, None, None)]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert ledgers.assets.select("name", "quantity", "ref").rows() == [
        ("声级计", 2, "台账.xlsx#Sheet1!3"),
        ("无人机", 1, "台账.xlsx#Sheet1!4"),
        ("照相机", 1, "台账.xlsx#Sheet1!3"),
    ]
    assert noted(ledgers) == [("side-by-side", "台账.xlsx#Sheet1!2")]


def test_a_row_that_numbers_the_columns_is_no_asset(tmp_path: Path) -> None:
    rows = [("序号", "资产名称", "数量", "单价"), ("栏次", 1, 2, 3), (1, "声级计", 2, 400)]
    assert column(read(xlsx_file(tmp_path, rows)), "name") == ["声级计"]
    rows[1] = ("（1）", "（2）", "（3）", "（4）")
    assert column(read(xlsx_file(tmp_path, rows, name="二.xlsx")), "name") == ["声级计"]


def test_of_opening_and_closing_balances_the_closing_one_counts(tmp_path: Path) -> None:
    rows = [
        ("名称", "期初数", None, "本期增加", None, "期末数", None),
        (None, "数量", "金额", "数量", "金额", "数量", "金额"),
        ("声级计", 1, 100, 2, 200, 3, 300),
    ]
    ledgers = read(openpyxl_file(tmp_path, rows, merged=["A1:A2", "B1:C1", "D1:E1", "F1:G1"]))
    assert ledgers.assets.select("quantity", "unit_price").rows() == [(3, 10_000)]


def test_numbers_kept_as_text_by_tricks_of_spreadsheets(tmp_path: Path) -> None:
    ledgers = read(
        csv_file(tmp_path, '资产编号,资产名称,使用状况\n="00123",声级计,01-在用\n\'00124,无人机,闲置(02)\n')
    )
    assert ledgers.assets.select("asset_no", "status").rows() == [("00123", "in_use"), ("00124", "idle")]


def test_a_long_number_kept_as_a_number_is_said_to_be_imprecise(tmp_path: Path) -> None:
    ledgers = read(xlsx_file(tmp_path, [("资产编号", "资产名称"), (12345678901234567890, "声级计")]))
    assert noted(ledgers) == [("number-imprecise", "台账.xlsx#Sheet1!2")]


def test_vehicles_without_a_column_of_names(tmp_path: Path) -> None:
    text = "序号,车牌号,车辆类型,厂牌型号,购置日期\n1,宁A0（虚构）,执法车,甲,2020-1-1\n"
    assert column(read(csv_file(tmp_path, text)), "name") == ["执法车"]


def test_every_heading_of_a_name_is_looked_for() -> None:
    import re

    assert all(re.search(NAME_LIKE, heading) for heading in HEADINGS["name"])


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("*资产\n名称", "name"),
        ("执法装备名称", "name"),
        ("供应商名称", None),
        ("类别名称", "category"),
        ("数量/单位", "quantity"),
        ("数量（台）", "quantity"),
        ("单价，元", "unit_price"),
        ("原 值（万元）", "total_price"),
        ("仪器检定有效期至", "valid_until"),
        ("保修有效期", None),
        ("使用部门/使用人", "department"),
        ("报废数量", None),
        ("3.规格型号", "model"),
    ],
)
def test_headings_in_many_words(heading: str, field: str | None) -> None:
    found = heading_of(heading)
    assert (found.field if found else None) == field


def test_a_validity_given_as_a_term_runs_from_the_check(tmp_path: Path) -> None:
    text = "资产名称,检定日期,检定有效期\n声级计,2023-05-06,一年\n流速仪,,1年\n"
    ledgers = read(csv_file(tmp_path, text))
    assert [str(day) for day in column(ledgers, "valid_until")] == ["2024-05-05", "None"]
    assert noted(ledgers) == [("date-unclear", "台账.csv#3")]
