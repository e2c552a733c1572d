"""Headings and cells as people write them: other words, English, two things in one cell, no word for the name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from equipcheck.ledger.words.headings import heading_of

from .tables import Row, column, csv_file, noted, read, xlsx_file


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("计量编号", "asset_no"), ("资产代码", "asset_no"), ("器材编号", "asset_no"), ("Asset Tag", "asset_no"),
        ("asset_no", "asset_no"), ("证书编号", None), ("合同编号", None), ("流程编号", "-"), ("出厂编号", "serial"),
        ("物品状况", "status"), ("情况", "status"), ("情况说明", "remark"), ("车辆状况", "status"),
        ("实际状态", "status"), ("审批状态", "-"), ("折旧状态", None),
        ("预期状态", "-"), ("什么时候买的", "acquired"), ("哪年配的", "-"), ("采购年月", "acquired"),
        ("计划采购时间", "-"), ("保险购买日期", "-"), ("Purchase Date", "acquired"), ("Cal. Due Date", "valid_until"),
        ("下次检定", "valid_until"), ("上次校准", "checked_on"), ("In-service Date", "acquired"), ("S/N", "serial"),
    ],
)  # fmt: skip
def test_what_further_headings_mean(text: str, field: str | None) -> None:
    """ "-": not known."""
    found = heading_of(text)
    assert ("-" if found is None else found.field) == field


def test_a_ledger_in_english(tmp_path: Path) -> None:
    text = (
        "Asset Tag,Description,Model,Serial No.,Qty,Location,Condition,Purchase Date,Cal. Due Date\n"
        "E-1,Sound level meter 声级计,NL-42,00396,1,Room 305,In use,2020-03-18,2024-03-11\n"
        "E-2,UAV 无人机,M3T,15F5,2,Staff,Under repair,2022-07-01,\n"
        "E-3,Camera 照相机,M50,2310,1,Room 301,Scrapped,2012-02-20,\n"
        "E-4,Tripod 三脚架,,,1,Room 301,Idle,2012-02-20,\n"
    )
    ledgers = read(csv_file(tmp_path, text))
    assert column(ledgers, "asset_no") == ["E-1", "E-2", "E-3", "E-4"]
    assert column(ledgers, "status") == ["in_use", "broken", "gone", "idle"]
    assert column(ledgers, "valid_until")[0] == dt.date(2024, 3, 11)
    assert column(ledgers, "acquired")[1] == dt.date(2022, 7, 1)
    assert noted(ledgers) == []


@pytest.mark.parametrize("kind", ["车型", "厂牌型号", "品牌"])
def test_vehicles_without_a_name_are_called_by_their_make(tmp_path: Path, kind: str) -> None:
    rows: list[Row] = [
        ["执法车辆情况表"],
        ["序号", kind, "车牌号", "登记日期", "使用部门", "状态"],
        [1, "尼桑皮卡", "某A·F1203", "2012-08", "一中队", "在用"],
        [2, "福特全顺", "某A·F2250", "2018-08", "二中队", "停驶"],
    ]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "name") == ["尼桑皮卡", "福特全顺"]
    assert column(ledgers, "status") == ["in_use", "broken"]


def test_a_name_is_before_the_make_of_a_vehicle(tmp_path: Path) -> None:
    text = "资产名称,品牌,车牌号\n执法车,尼桑,某A·F1203\n"
    assert column(read(csv_file(tmp_path, text)), "name") == ["执法车"]


@pytest.mark.parametrize("heading", ["单价×数量", "数量*单价"])
def test_price_times_quantity_in_one_cell(tmp_path: Path, heading: str) -> None:
    first, second = ("3.2万元", "2架") if heading.startswith("单价") else ("2架", "3.2万元")
    sign = "×" if "×" in heading else "*"
    rows: list[Row] = [
        ["设备名称", heading, "备注"],
        ["无人机", f"{first}{sign}{second}", None],
        ["车载冰箱", f"2680元{sign}3台", None],
        ["声级计", f"1.45万元{sign}2", None],
        ["对讲机", "面议", None],
    ]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "quantity") == [2, 3, 2, 0]
    assert column(ledgers, "rejected") == [None, None, None, "quantity-not-a-number"]


def test_the_only_counts_beside_the_unit_are_the_quantity_and_that_is_said(tmp_path: Path) -> None:
    text = "登记日期,物品名称,单位,收入,领用人\n2016-03-08,照相机,台,2,张\n2017-07-19,雨靴,双,12,李\n"
    ledgers = read(csv_file(tmp_path, text))
    assert column(ledgers, "quantity") == [2, 12]
    assert noted(ledgers) == [("quantity-taken", "台账.csv#1")]
    text = "物品名称,单位,房间,收入\n照相机,台,301,2\n雨靴,双,302,12\n"
    ledgers = read(csv_file(tmp_path, text, name="二.csv"))
    assert column(ledgers, "quantity") == [1, 1]
    assert [code for code, _ in noted(ledgers)] == ["quantity-not-found"]


@pytest.mark.parametrize(
    "line", ["大写：陆拾捌万元整", "验收意见：同意验收。", "联系电话：010-1234", "大写:陆万元"]
)
def test_a_label_with_nothing_beside_it_is_no_asset(tmp_path: Path, line: str) -> None:
    rows: list[Row] = [
        ["序号", "标的名称", "数量"], [1, "风速仪", 2], [None, line, None], [2, "其他：三脚架", 1],
    ]  # fmt: skip
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "name") == ["风速仪", "其他：三脚架"]
    assert ("not-an-asset", "台账.xlsx#Sheet1!3") in noted(ledgers)


def test_many_known_headings_make_a_heading_among_any_number_of_others(tmp_path: Path) -> None:
    heading = [
        "资产编号",
        "资产名称",
        "规格型号",
        "数量",
        "使用状况",
        "取得日期",
        *(f"备用{n}" for n in range(60)),
    ]
    ledgers = read(xlsx_file(tmp_path, [heading, ["A1", "声级计", "B", 2, "在用", "2020-05-06"]]))
    assert column(ledgers, "quantity") == [2]


def test_what_is_struck_through_is_said(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
        page.write_row(0, 0, ["资产名称", "数量", "存放地点"])
        page.write_row(1, 0, ["声级计", 1, "301"])
        page.write_row(2, 0, ["测油仪", 2, "301"], struck)
        page.write_row(3, 0, ["照相机", 3])
        page.write(3, 2, "301", struck)
    ledgers = read(path)
    assert column(ledgers, "quantity") == [1, 2, 3]
    (note,) = ledgers.notes
    assert (note.code, note.ref) == ("struck-through", "台账.xlsx#Sheet1!3")
    assert "第 3 行" in note.note


def test_most_cells_that_are_days_are_asked_about(tmp_path: Path) -> None:
    text = "资产名称,数量,进门\n声级计,1,2020-05-06\n测油仪,1,2019-05-06\n照相机,1,2018年3月\n无人机,1,记不清了\n"
    assert [code for code, _ in noted(read(csv_file(tmp_path, text)))] == ["date-not-found"]
    text = "资产名称,数量,时间\n声级计,1,2006\n测油仪,1,2010.4\n"
    assert [code for code, _ in noted(read(csv_file(tmp_path, text, name="二.csv")))] == ["date-not-found"]
