"""Quantities spread over columns: by state, by team, with a sum beside them or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from .tables import Row, column, csv_file, noted, openpyxl_file, read, xlsx_file

SPREAD = [
    (["装备名称", "总数", "在用", "闲置", "待报废"], ["执法记录仪", 10, 7, 2, 1]),
    (["装备名称", "数量", "在用", "闲置", "待报废"], ["执法记录仪", 10, 7, 2, 1]),
    (["装备名称", "在用数量", "闲置数量", "报废数量", "合计"], ["执法记录仪", "7台", "2台", "1台", "10台"]),
    (["装备名称", "在用（台）", "闲置（台）", "待报废（台）"], ["执法记录仪", 7, 2, 1]),
    (["装备名称", "型号", "在用台数", "闲置台数", "报废台数"], ["执法记录仪", "DSJ", 7, 2, 1]),
]


@pytest.mark.parametrize(("heading", "row"), SPREAD)
def test_units_in_columns_of_states_are_parts_of_their_row(tmp_path: Path, heading: Row, row: Row) -> None:
    alone = [0 if isinstance(cell, int) else cell for cell in row]
    alone[0], alone[len(row) - 3] = "无人机", 0
    first = next(at for at, cell in enumerate(heading) if "在用" in str(cell))
    alone[first] = 2
    for at, name in enumerate(heading):
        if name in ("总数", "数量", "合计"):
            alone[at] = 2
        elif at > first:
            alone[at] = None
    ledgers = read(xlsx_file(tmp_path, [heading, row, alone]))
    assert ledgers.assets.select("row", "part", "quantity", "status").rows() == [
        (1, 1, 7, "in_use"),
        (1, 2, 2, "idle"),
        (1, 3, 1, "pending_disposal"),
        (2, 0, 2, "in_use"),
    ]
    assert noted(ledgers) == [("units-by-state", "台账.xlsx#Sheet1!2")]


def test_states_under_a_storey(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["装备名称", "数量", None, None, "备注"],
        [None, "完好", "待修", "合计", None],
        ["执法记录仪", 7, 2, 9, None],
        ["无人机", None, 1, 1, None],
    ]
    ledgers = read(openpyxl_file(tmp_path, rows, merged=["B1:D1", "A1:A2", "E1:E2"]))
    assert column(ledgers, "quantity") == [7, 2, 1]
    assert column(ledgers, "status") == ["in_use", "broken", "broken"]
    assert column(ledgers, "status_text") == ["完好", "待修", "待修"]


def test_what_is_told_apart_within_a_quantity_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["装备名称", "数量", "其中", None],
        [None, None, "损坏", "报废"],
        ["执法记录仪", 10, 2, 1],
        ["无人机", 3, None, None],
    ]
    ledgers = read(openpyxl_file(tmp_path, rows, merged=["C1:D1", "A1:A2", "B1:B2"]))
    assert column(ledgers, "quantity") == [7, 2, 1, 3]
    assert column(ledgers, "status") == ["in_use", "broken", "pending_disposal", "in_use"]


def test_states_that_do_not_sum_to_the_quantity_are_a_question(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["装备名称", "数量", "在用", "待报废"],
        ["执法记录仪", 10, 7, 3],
        ["无人机", 3, 3, None],
        ["声级计", 5, 3, 1],
    ]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "quantity") == [7, 3, 3, 5]
    assert ("states-differ", "台账.xlsx#Sheet1!4") in noted(ledgers)


TEAMS: list[tuple[Sequence[object], ...]] = [
    (
        ["装备名称", "一中队", "二中队", "三中队", "合计"],
        ["执法记录仪", 4, 4, 5, 13],
        ["照相机", 1, 1, None, 2],
    ),
    (
        ["装备名称", "合计", "一中队", "二中队", "三中队"],
        ["执法记录仪", 13, 4, 4, 5],
        ["照相机", 2, 1, 1, None],
    ),
    (["装备名称", "一中队", "二中队", "办公室"], ["执法记录仪", 4, 4, 5], ["照相机", 1, 1, None]),
    (
        ["装备名称", "型号", "2019年", "2020年", "总计"],
        ["执法记录仪", "A", 8, 5, 13],
        ["照相机", "B", None, 2, 2],
    ),
]


@pytest.mark.parametrize("rows", TEAMS)
def test_units_in_columns_of_teams_are_summed(tmp_path: Path, rows: Sequence[Row]) -> None:
    ledgers = read(xlsx_file(tmp_path, [*rows, ["合计", *[None] * (len(rows[0]) - 1)]]))
    assert column(ledgers, "quantity") == [13, 2]
    assert [code for code, _ in noted(ledgers)] == ["total-row"]


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (["装备名称", "型号", "甲", "乙"], ["执法记录仪", "A", 4, 5]),
        (["装备名称", "型号", "入库数量", "出库数量"], ["手套", "A", 100, 60]),
        (["装备名称", "型号", "应配", "缺口"], ["执法记录仪", "A", 4, 1]),
        (["装备名称", "数量", "报废"], ["执法记录仪", 4, 2]),
        (["装备名称", "型号", "一中队", "二中队"], ["执法记录仪", "A", 4, "若干"]),
    ],
)
def test_columns_that_may_be_anything_are_asked_about(tmp_path: Path, heading: Row, row: Row) -> None:
    ledgers = read(xlsx_file(tmp_path, [heading, row]))
    assert ledgers.assets.height == 1
    assert noted(ledgers)[0][0] in ("quantity-not-found", "status-elsewhere")


CHANGES: list[tuple[list[Row], list[str]]] = [
    (
        [
            ["资产编号", "资产名称", "账面数量", "盘盈数量", "盘亏数量"],
            ["A1", "打印机", 2, None, None],
            ["A2", "照相机", 2, None, 1],
            ["A3", "录音笔", None, 1, None],
            ["", "合计", 4, 1, 1],
        ],
        [],
    ),
    (
        [
            ["资产编号", "资产名称", "数量", "盘盈", None, "盘亏", None],
            [None, None, None, "数量", "金额", "数量", "金额"],
            ["A1", "打印机", 2, 0, 0, 0, 0],
            ["A2", "照相机", 2, 0, 0, 1, 3000],
            ["A3", "录音笔", 0, 1, 500, 0, 0],
        ],
        ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"],
    ),
]


@pytest.mark.parametrize(("rows", "merged"), CHANGES)
def test_what_a_stocktaking_found_more_or_less_counts(
    tmp_path: Path, rows: list[Row], merged: list[str]
) -> None:
    ledgers = read(openpyxl_file(tmp_path, rows, merged=merged))
    assert column(ledgers, "name") == ["打印机", "照相机", "录音笔"]
    assert column(ledgers, "quantity") == [2, 1, 1]
    assert [code for code, _ in noted(ledgers)][:2] == ["count-differs"] * 2


def test_losses_in_money_or_ticks_change_no_quantity(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["资产编号", "资产名称", "数量", "盘亏"],
        ["A1", "打印机", 2, None],
        ["A2", "照相机", 2, 3000],
    ]
    assert column(read(xlsx_file(tmp_path, rows)), "quantity") == [2, 2]
    rows[2] = ["A2", "照相机", 2, "√"]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert column(ledgers, "quantity") == [2, 2]
    assert ("status-elsewhere", "台账.xlsx#Sheet1!3") in noted(ledgers)


def test_a_quantity_under_each_team_is_summed_and_what_else_stands_there_is_said(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["装备名称", "型号", "一中队", None, "二中队", None],
        [None, None, "数量", "状态", "数量", "状态"],
        ["执法记录仪", "DSJ", 4, "在用", 5, "在用"],
        ["无人机", "M30", 1, "在用", None, None],
    ]
    ledgers = read(openpyxl_file(tmp_path, rows, merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1"]))
    assert column(ledgers, "quantity") == [9, 1]
    (note,) = ledgers.notes
    assert (note.code, "“二中队/状态”" in note.note) == ("columns-beside", True)


def test_quantities_of_several_years_are_said(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["装备名称", "型号", "2021年", None, "2022年", None],
        [None, None, "数量", "金额", "数量", "金额"],
        ["执法记录仪", "DSJ", 4, 100, 5, 200],
    ]
    ledgers = read(openpyxl_file(tmp_path, rows, merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1"]))
    assert column(ledgers, "quantity") == [4]
    assert ("columns-beside", "台账.xlsx#Sheet1!1") in noted(ledgers)


PARTED: list[tuple[Row, Row]] = [
    (["序号", "装备名称", "数量", "使用状况", None, None, "备注"], [None, None, None, "在用", "闲置", "待报废", None]),
    (["序号", "装备名称", "数量", "其中", None, None, "备注"], [None, None, None, "完好", "库存", "报废", None]),
    (["序", "装备名称", "总数", "其中", None, None, "备注"], [None, None, None, "在用数", "闲置数", "报废数", None]),
    (["序号", "装备名称", "数量", None, None, None, "备注"], [None, None, "合计", "在用", "闲置", "待报废", None]),
]  # fmt: skip
ROWS: list[Row] = [[1, "执法记录仪", 10, 7, 2, 1, "甲"], [2, "无人机", 2, 2, None, None, None]]


@pytest.mark.parametrize(("upper", "lower"), PARTED)
@pytest.mark.parametrize("form", ["bare", "merged", "csv"])
def test_a_head_of_states_below_cells_that_are_not_merged_downwards(
    tmp_path: Path, upper: Row, lower: Row, form: str
) -> None:
    rows = [upper, lower, *ROWS]
    if form == "csv":
        lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
        path = csv_file(tmp_path, "\n".join(lines))
    else:
        wide = [] if form == "bare" else ["D1:F1" if upper[3] else "C1:F1"]
        path = openpyxl_file(tmp_path, rows, merged=wide)
    ledgers = read(path)
    assert column(ledgers, "quantity") == [7, 2, 1, 2]
    assert column(ledgers, "status") == ["in_use", "idle", "pending_disposal", "in_use"]
    assert [code for code, _ in noted(ledgers)] == ["units-by-state"]


def test_a_head_of_states_in_three_storeys(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["装备名称", "数量", "其中", None, None],
        [None, None, "可用", "不可用", None],
        [None, None, "在用", "损坏", "待报废"],
        ["执法记录仪", 10, 7, 2, 1],
    ]
    ledgers = read(openpyxl_file(tmp_path, rows))
    assert ledgers.assets.select("quantity", "status_text").rows() == [
        (7, "在用"),
        (2, "损坏"),
        (1, "待报废"),
    ]


def test_states_to_be_ticked_below_cells_that_are_not_merged(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["装备名称", "数量", "使用状况", None, None],
        [None, None, "在用", "闲置", "待报废"],
        ["执法记录仪", 10, "√", None, None],
        ["声级计", 1, None, None, "√"],
    ]
    assert column(read(openpyxl_file(tmp_path, rows)), "status") == ["in_use", "pending_disposal"]


def test_a_row_of_teams_alone_is_no_head(tmp_path: Path) -> None:
    rows: list[Row] = [["装备名称", "数量", "状况"], ["一中队", None, None], ["声级计", 2, "在用"]]
    assert column(read(openpyxl_file(tmp_path, rows)), "name") == ["声级计"]


def test_a_title_of_states_says_nothing_where_columns_tell_them(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["装备在用、待报废统计表"],
        ["装备名称", "总数", "在用", "待报废"],
        ["执法记录仪", 10, 7, 3],
    ]
    assert [code for code, _ in noted(read(openpyxl_file(tmp_path, rows)))] == ["units-by-state"]
