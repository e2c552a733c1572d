"""A word nobody knows, put over, beside or under a number: the number is asked about, never stated with confidence."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground.yamlfile import loads
from equipcheck.standard.annex.draft import Wanted
from equipcheck.standard.annex.importing import account, import_annex

CATALOGUE = load_catalogue()
UNKNOWN = st.text("玄苍朔溟岚璟堃翊珩", min_size=2, max_size=4)
Sure = dict[tuple[str, str], object]


@dataclass(frozen=True)
class Made:
    """A small annex, part by part."""

    sheet: str = "Sheet1"
    title: str = "示例省执法装备标准化建设标准（2025年版，虚构）"
    name: str = "装备名称"
    unit: str = "单位"
    city: str = "市级"
    county: str = "县级"
    group: str = "一、取证装备（含附件）"
    units: tuple[str, str] = ("架", "台（套）")
    numbers: tuple[str, str, str, str] = ("2", "1", "每3人1台", "1台/5人")
    remark: str = "含校准器，使用年限5年"
    note: str = "注：本表由示例省厅负责解释。"

    def rows(self) -> list[list[str]]:
        head = ["序号", self.name, self.unit, self.city, self.county, "备注"]
        first = ["1", "无人机", self.units[0], *self.numbers[:2], ""]
        second = ["2", "声级计", self.units[1], *self.numbers[2:], self.remark]
        return [[self.title], head, [self.group], first, second, [self.note]]


def read(made: Made) -> tuple[Sure, str]:
    """What is stated without a question, by name and column; and the account."""
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = made.sheet
        rows = made.rows()
        for at, row in enumerate(rows, start=1):
            sheet.append(row)
            if len(row) == 1:
                sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=len(rows[1]))
        path = Path(folder) / "annex.xlsx"
        book.save(path)
        done = import_annex(path, path.name, CATALOGUE, Wanted("demo", "demo"), None)
    data = loads(done.text.encode(), "draft").data
    asked = {(one.place, one.key) for one in done.questions}
    known = {str(column["id"]) for column in data["columns"] if column["when"]}
    sure = {
        (row["name"], column): rule
        for row in data["requirements"]
        for column, rule in row["quantity"].items()
        if column in known
        and not (isinstance(rule, dict) and "text" in rule)
        and (row["source"]["place"], f"quantity.{column}") not in asked
    }
    return sure, "\n".join([*account(done), done.text])


BASE = Made()
ALL = {(name, column) for name in ("无人机", "声级计") for column in ("city", "county")}


def test_what_is_understood_is_not_asked_about():
    sure, _ = read(BASE)
    assert sure == {
        ("无人机", "city"): 2,
        ("无人机", "county"): 1,
        ("声级计", "city"): {"per": "staff", "every": 3},
        ("声级计", "county"): {"per": "staff", "every": 5},
    }


@settings(max_examples=25, deadline=None)
@given(
    UNKNOWN,
    st.sampled_from(["（{}）", "【{}】", "——{}", "{}", "每{}", "（台/{}）", "（仅限{}）", "（{}、试行）"]),
)
@pytest.mark.parametrize(
    ("part", "kept"),
    [("title", "示例省执法装备标准"), ("group", "一、取证装备"), ("sheet", "装备清单"), ("name", "装备名称")],
)
def test_an_unknown_word_over_all_numbers_opens_them_all(part, kept, word, form):
    text = (kept + form.format(word)).replace("/", "每" if part == "sheet" else "/")
    sure, told = read(replace(BASE, **{part: text}))
    assert sure.keys() & ALL == set(), text
    assert word in told


@settings(max_examples=25, deadline=None)
@given(
    UNKNOWN,
    st.sampled_from(["{}县级", "县级{}", "县级（{}）", "县级/{}", "县级每{}", "县级（台/{}）", "县级\n{}"]),
)
def test_an_unknown_word_in_a_columns_heading_opens_that_column_alone(word, form):
    sure, told = read(replace(BASE, county=form.format(word)))
    assert sure.keys() & ALL == {key for key in ALL if key[1] == "city"}
    assert word in told


@settings(max_examples=25, deadline=None)
@given(UNKNOWN, st.sampled_from(["架{}", "{}", "架（{}）", "架/{}", "{}架", "架、{}"]))
def test_an_unknown_word_in_a_unit_opens_that_row_alone(word, form):
    sure, told = read(replace(BASE, units=(form.format(word), "台")))
    assert sure.keys() & ALL == {key for key in ALL if key[0] == "声级计"}
    assert word in told


@settings(max_examples=25, deadline=None)
@given(UNKNOWN, st.sampled_from(["{}2", "2{}", "2台{}", "2（{}）", "2 {}", "2\n{}", "每{}2台", "2台/{}"]))
def test_an_unknown_word_in_a_cell_opens_that_cell_alone(word, form):
    sure, told = read(replace(BASE, numbers=(form.format(word), *BASE.numbers[1:])))
    assert sure.keys() & ALL == ALL - {("无人机", "city")}
    assert word in told


@settings(max_examples=25, deadline=None)
@given(
    UNKNOWN,
    st.sampled_from(["仅限{}地区配备", "{}地区另增1台", "有{}任务的单位配备", "每{}1台", "{}二选一"]),
)
def test_a_condition_in_a_remark_opens_the_row(word, form):
    sure, told = read(replace(BASE, remark=form.format(word)))
    assert sure.keys() & ALL == {key for key in ALL if key[0] == "无人机"}
    assert word in told


@settings(max_examples=10, deadline=None)
@given(UNKNOWN)
def test_a_remark_that_begins_with_a_level_opens_that_level_alone(word):
    sure, told = read(replace(BASE, remark=f"县级{word}1台"))
    assert sure.keys() & ALL == ALL - {("声级计", "county")}
    assert word in told


@pytest.mark.parametrize(
    ("note", "open_"),
    [
        ("注：玄朔地区各类装备数量上浮20%。", ALL),
        ("注：1.声级计可减半配备。2.本表由示例省厅解释。", {key for key in ALL if key[0] == "声级计"}),
        ("注：县级人员不足10人的，减半配备。", {key for key in ALL if key[1] == "county"}),
        ("注：无人机含电池3块；声级计应经检定。", set()),
    ],
)
def test_a_note_that_changes_numbers_opens_those_that_it_speaks_of(note, open_):
    sure, _ = read(replace(BASE, note=note))
    assert sure.keys() & ALL == ALL - open_


@pytest.mark.parametrize(
    "title",
    [
        "附件1：示例市生态环境保护综合行政执法装备配备标准（试行）",
        "表2 应急救援器材配备一览表（单位：台、套）",
        "XX市执法装备配备标准及缺口表",
        "示例省消防救援队伍个人防护装备配备标准（征求意见稿）",
        "装备目录（示例〔2025〕3号）",
        "二、通信指挥类（共12种）",
        "渔政执法装备目录（标*为必配，其余选配）",
        "2025年度装备配备表（续）",
    ],
)
def test_usual_titles_leave_nothing_open(title):
    sure, _ = read(replace(BASE, title=title))
    assert sure.keys() & ALL == ALL
