"""The same table through every container and layout gives the same assets; every row is accounted for."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equipcheck.ground import frames
from equipcheck.ledger import Source
from equipcheck.ledger.inspect import inspect

from .tables import read
from .writers import WRITERS

NAMES = st.sampled_from(
    [
        "声级计",
        "便携式烟气分析仪",
        "无人机（四旋翼）",
        "pH计",
        "合计仪表",
        "执法记录仪 DSJ-V8",
        "小计算器",
        None,
    ]
)
QUANTITIES = st.sampled_from([1, 2, "3台", "４", "两台", "十二", 0, None, "/", "若干", "1.5", "-1"])
DATES = st.sampled_from(
    ["2020-05-06", "2020.5", "2020年5月6日", "20200506", 2019, None, "/", "说不清", "二〇二〇年五月"]
)
STATES = st.sampled_from(["在用", "闲置", "待报废", "已处置", "出借", "躺平", None, "维修中"])
NUMBERS = st.sampled_from(["007", "TY-1", "待编", "/", None, "0x1F"])
PRICES = st.sampled_from([4000, "35,000", "4000元/台", None, "面议"])
HEADING = ("资产编号", "资产名称", "数量", "购置日期", "使用状况", "单价")
ROWS = st.lists(st.tuples(NUMBERS, NAMES, QUANTITIES, DATES, STATES, PRICES), min_size=1, max_size=8)
KEPT = ("asset_no", "name", "quantity", "status", "acquired", "unit_price", "rejected")


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """(the bare table, the same with titles, blank rows, repeated headings, a total, another order of columns)."""
    rows = draw(ROWS)
    order = draw(st.permutations(range(len(HEADING))))
    heading = tuple(HEADING[at] for at in order)
    laid: list[tuple[object, ...]] = [("固定资产台账（合成）",)] * draw(st.integers(0, 2)) + [heading]
    for row in rows:
        extra = draw(st.sampled_from(["none", "none", "blank", "heading", "signature"]))
        if extra == "blank":
            laid.append(())
        elif extra == "heading":
            laid.append(heading)
        elif extra == "signature":
            laid.append(("制表人：某甲", None, "审核人：某乙"))
        laid.append(tuple(row[at] for at in order))
    return [HEADING, *rows], laid


def assets(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    return frame.select(KEPT).rows()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables=layouts(), data=st.data())
def test_the_same_table_in_any_container_and_layout(
    tables: tuple[list[tuple[object, ...]], list[tuple[object, ...]]], data: st.DataObject
) -> None:
    bare, laid = tables
    with tempfile.TemporaryDirectory() as folder:
        first = read(WRITERS["xlsxwriter"](Path(folder), [*bare, ("甲", "声级计", 1, None, None, None)]))
        name = data.draw(st.sampled_from(sorted(WRITERS)))
        second = read(
            WRITERS[name](Path(folder), [*laid, _in_order(laid, ("甲", "声级计", 1, None, None, None))])
        )
    assert assets(frames.ASSETS.check(second.assets)) == assets(first.assets)


def _in_order(laid: list[tuple[object, ...]], row: tuple[object, ...]) -> tuple[object, ...]:
    heading = next(line for line in laid if len(line) == len(HEADING))
    return tuple(row[HEADING.index(str(name))] for name in heading)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables=layouts())
def test_every_row_of_the_sheet_is_accounted_for(
    tables: tuple[list[tuple[object, ...]], list[tuple[object, ...]]],
) -> None:
    _, laid = tables
    laid = [*laid, _in_order(laid, ("甲", "声级计", 1, None, None, None))]
    with tempfile.TemporaryDirectory() as folder:
        path = WRITERS["xlsxwriter"](Path(folder), laid)
        shown = inspect(Source(path, path.name))
    (sheet,) = shown.sheets
    (table,) = sheet.tables
    assert sheet.above + len(table.heading_rows) + sum(table.rows.values()) == len(laid)
    named = {str(ref).rpartition("!")[2] for ref in shown.rows["ref"]}
    noted = {str(note.ref).rpartition("!")[2] for note in shown.notes}
    for number, row in enumerate(laid, start=1):
        filled = any(cell not in (None, "", "/") for cell in row)
        above = number < table.heading_rows[0]
        assert str(number) in named | noted or not filled or above or number in table.heading_rows, (
            number,
            row,
        )


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_every_container_once(tmp_path: Path, name: str) -> None:
    rows = [
        HEADING,
        ("007", "声级计", "两台", "2020.5", "在用", "35,000"),
        ("008", "无人机", 3, 2019, "闲置", 4000),
    ]
    ledgers = read(WRITERS[name](tmp_path, rows))
    assert [row[:3] for row in assets(ledgers.assets)] == [("007", "声级计", 2), ("008", "无人机", 3)]
