"""What the province hands round: its forms, its words, and what it is told where a table of bureaus does not fit."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from equipcheck.fleet.rollup import roll_up
from equipcheck.problems import InputError
from equipcheck.report import rollup_terminal, rollup_workbook
from tests.fleet import made
from tests.fleet.made import bureau
from tests.fleet.test_parts import TODAY


def province(root: Path) -> Path:
    """A province, its city and three counties; one has sent nothing, one does not tell its posts."""
    table = [
        bureau("c1", 级别="区县", 上级机构代码="b", 主要执法岗数=9),
        bureau("c2", 级别="县级市", 上级机构代码="b"),
        bureau("c3", 上级机构代码="b", 主要执法岗数=5),
        bureau("b", 级别="地级市", 上级机构代码="a", 主要执法岗数=20),
        bureau("a", 级别="省级", 人员数=30, 主要执法岗数=25),
    ]
    made.fleet(root, table, rows=40)
    (root / "ledgers" / "c3.csv").unlink()
    return root


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory):
    return roll_up(province(tmp_path_factory.mktemp("province")), TODAY)


@pytest.fixture(scope="module")
def book(found):
    return openpyxl.load_workbook(io.BytesIO(rollup_workbook.render(found)))


def test_levels_stand_in_their_order_and_none_is_best_and_worst(found):
    assert [one.key for one in found.levels] == ["province", "city", "county"]
    assert not {*found.worst} & {*found.best}
    assert {*found.worst} | {*found.best} == {"a", "b", "c1", "c2"}


def test_posts_that_nobody_told_are_left_empty(tmp_path: Path):
    told = roll_up(made.fleet(tmp_path, [bureau("a"), bureau("b")]), TODAY)
    page = openpyxl.load_workbook(io.BytesIO(rollup_workbook.render(told)))["汇总"]
    line = next(row for row in page.iter_rows(values_only=True) if row[0] == "层级")
    assert line[-2:] == (24, None)


def test_the_statistics_form(book, found):
    rows = [[cell.value for cell in row] for row in book["配备情况统计表"]]
    assert rows[1][0] == "截至：2023-12-31"
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["c3局"] == ["—"] * 7 + ["未报送"]
    assert by_name["c2局"][-1] == "未填报主要执法岗数"
    assert by_name["c2局"][-2] == "—"
    whole = by_name["合计"]
    line = next(at for at, row in enumerate(rows, start=1) if row[0] == "合计")
    assert whole[5] == f"=ROUND(B{line}/E{line},2)"
    told = [one for one in found.bureaus if one.main_posts]
    each = sum(one.held for one in told) / sum(one.main_posts for one in told)
    assert whole[6] == pytest.approx(each, abs=0.005)


def test_each_request_form_begins_a_page_and_names_who_agrees(book, found):
    sheet = book["调剂申请表"]
    heads = [row[0].row for row in sheet.iter_rows() if row[0].value == "国有资产调剂申请表"]
    givers = {one.giver for one in found.transfers.lines}
    assert len(heads) == len(givers) > 1
    assert [one.id for one in sheet.row_breaks.brk] == [row - 1 for row in heads[1:]]
    assert not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
    texts = [str(row[0].value) for row in sheet.iter_rows()]
    for one in found.transfers.lines:
        assert any(text.startswith(f"{one.taker}局意见（盖章）") for text in texts)


def test_who_all_lack_it_is_said_in_a_word(book, found):
    row = next(one for one in found.requirements if one.bureaus > 1 and one.bureaus == one.bureaus_none)
    cells = next(line for line in book["各项装备"].iter_rows(values_only=True) if line[2] == row.name)
    assert cells[-1] == f"适用的 {row.bureaus} 个单位都没有"


def test_how_many_of_the_units_are_idle(tmp_path: Path):
    rows = [
        (f"N{at}", "声级计", 1, "闲置" if at < 2 else "在用", "2020-05-01", "2024-06-30") for at in range(9)
    ]
    made.fleet(tmp_path, [bureau("a"), bureau("b", 人员数=90, 车辆数=20)])
    made.write_csv(tmp_path / "ledgers" / "a.csv", made.HEAD, rows)
    made.write_csv(tmp_path / "ledgers" / "b.csv", made.HEAD, [("N1", "办公桌", 1, "在用", "", "")])
    found = roll_up(tmp_path, TODAY)
    (move,) = found.transfers.lines
    assert move.quantity > 2
    assert f"2{move.unit}闲置）" in rollup_terminal.render(found, colour=False, width=200)


def test_a_pattern_that_fits_nothing_is_noted_and_stops_only_where_nothing_fits(tmp_path: Path):
    root = made.fleet(tmp_path, [bureau("a")])
    text = (root / "fleet.yaml").read_text(encoding="utf-8")
    (root / "fleet.yaml").write_text(
        text.replace("ledgers/*.csv", "[ledgers/*.xlsx, ledgers/*.csv]"), encoding="utf-8"
    )
    found = roll_up(root, TODAY)
    assert [one.code for one in found.bureaus] == ["a"]
    assert "fleet-pattern-empty" in {one.code for one in found.notes}
    (root / "ledgers" / "a.csv").unlink()
    with pytest.raises(InputError) as error:
        roll_up(root, TODAY)
    assert [one.code for one in error.value.problems] == ["listed-file-missing"] * 2


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"气候区": "火热"}, "热区"),
        ({"级别": "街道"}, "“层级”写的是“街道”"),
        ({"截至日期": "2022年底"}, "“截至日期”写的是“2022年底”"),
        ({"计量": "看着办"}, "“计量”写的是“看着办”"),
        ({"标准": "supervision-2006-east"}, "请在机构表里写“建设等级”列：1、2、3"),
    ],
)
def test_what_a_table_says_wrong_is_said_where_it_is_mended(tmp_path: Path, more: dict[str, str], says: str):
    found = roll_up(made.fleet(tmp_path, [bureau("a", **more), bureau("b")]), TODAY)
    assert [one.bureau for one in found.failed] == ["a"]
    assert says in found.failed[0].why
    assert [one.code for one in found.bureaus] == ["b"]
