"""Rows as people write them: who 人 is, whom a note means, 必配 and 选配 in columns, who signed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground.yamlfile import loads
from equipcheck.standard.annex.draft import Wanted
from equipcheck.standard.annex.drafting.drafted import listed
from equipcheck.standard.annex.importing import Imported, account, import_annex
from equipcheck.standard.annex.language.people import people_in
from equipcheck.standard.load import load_file
from equipcheck.standard.verify import compare

CATALOGUE = load_catalogue()
HEAD = ["序号", "装备名称", "单位", "配备数量"]


def imported(path: Path, rows: list[list[str]], existing: Path | None = None) -> Imported:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return import_annex(path, path.name, CATALOGUE, Wanted("demo", "demo"), existing)


def rows_of(done: Imported) -> list[tuple[str, object, object]]:
    data = loads(done.text.encode(), "draft").data
    return [(row["name"], row.get("quantity"), row["obligation"]) for row in data["requirements"]]


def quantities(done: Imported) -> dict[str, object]:
    return {name: quantity for name, quantity, _ in rows_of(done)}


def is_open(rule: object) -> bool:
    return isinstance(rule, dict) and "text" in rule


@pytest.mark.parametrize(
    ("clause", "per", "numbers"),
    [
        ("注：1.表中人数按编制内实有人数计算", "on_roll", False),
        ("每人指在编执法人员", "staff", False),
        ("说明：本标准所称“人”指在编在岗的环境监察人员", "staff", False),
        ("本表“人”指持有执法证的人员", None, False),
        ("（数量上限以编制内实有人数为计算基数）", "on_roll", True),
        ("人员数以核定编制为准", "authorized", False),
        ("本表按执法人员数计算", "staff", True),
        ("人数按一线巡查员计算", None, False),
    ],
)
def test_whom_a_clause_counts_as_people(clause, per, numbers):
    found = people_in(clause)
    assert found is not None
    assert (found.per, found.numbers) == (per, numbers)


@pytest.mark.parametrize(
    "clause",
    ["车载设备按实有执法车辆计算", "执法记录仪按执法人员数计算", "每3人1台", "本标准自印发之日起施行"],
)
def test_a_clause_about_something_else_says_nothing_of_people(clause):
    assert people_in(clause) is None


def test_heads_are_those_that_the_note_means(tmp_path):
    note = ["注：表中人数按编制内实有人数计算。"]
    rows = [HEAD, ["1", "执法记录仪", "台", "每人1台"], ["2", "照相机", "台", "2"]]
    rows.append(["3", "对讲机", "部", "每2名执法人员1部"])
    found = quantities(imported(tmp_path / "a.csv", [*rows, note]))
    assert found["执法记录仪"] == {"per": "on_roll"}
    assert found["照相机"] == 2
    assert found["对讲机"] == {"per": "staff", "every": 2} or is_open(found["对讲机"])
    assert quantities(imported(tmp_path / "b.csv", rows))["执法记录仪"] == {"per": "staff"}


def test_heads_in_words_nobody_knows_are_asked_about(tmp_path):
    rows = [
        HEAD,
        ["1", "执法记录仪", "台", "每人1台"],
        ["2", "照相机", "台", "2"],
        ["注：人数按一线巡查员计算。"],
    ]
    found = quantities(imported(tmp_path / "a.csv", rows))
    assert is_open(found["执法记录仪"])
    assert found["照相机"] == 2


def test_a_title_that_counts_all_numbers_by_heads_leaves_plain_ones_open(tmp_path):
    title = ["（数量上限以编制内实有人数为计算基数）"]
    rows = [title, HEAD, ["1", "台式计算机", "台", "50%"], ["2", "投影仪", "台", "2"]]
    found = quantities(imported(tmp_path / "a.csv", rows))
    assert found["台式计算机"] == {"per": "on_roll", "percent": 50}
    assert is_open(found["投影仪"])


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("注：车载设备按实有执法车辆计算。", {"车载冰箱"}),
        ("注：执法车辆按每3人1辆配备。", {"执法车辆"}),
        ("注：取证装备每车配备1套。", {"照相机"}),
        ("注：表中数量按执法人员计配。", {"车载冰箱", "执法车辆", "照相机"}),
    ],
)
def test_a_note_speaks_of_its_subject_and_not_of_what_it_counts_by(tmp_path, note, asked):
    rows = [HEAD, ["1", "执法车辆", "辆", "3"], ["2", "车载冰箱", "台", "2"]]
    rows += [["一、取证装备", "", "", ""], ["3", "照相机", "台", "2"], [note]]
    found = quantities(imported(tmp_path / "a.csv", rows))
    assert {name for name, rule in found.items() if is_open(rule)} == asked


@pytest.mark.parametrize("head", ["配备要求", "类别", "装备类别", "情况"])
def test_a_column_of_duties_is_no_class_and_no_number(tmp_path, head):
    rows = [
        ["序号", "装备名称", head, "数量"],
        ["1", "执法记录仪", "必配", "2"],
        ["2", "照相机", "选配", "3"],
    ]
    done = imported(tmp_path / "a.csv", rows)
    assert rows_of(done) == [("执法记录仪", 2, "required"), ("照相机", 3, "optional")]
    assert not done.questions


def test_a_word_among_the_duties_that_is_none_is_asked_about(tmp_path):
    rows = [["序号", "装备名称", "配备要求", "数量"]]
    rows += [
        [str(at), name, "必配", "2"]
        for at, name in enumerate(("执法记录仪", "录音笔", "对讲机", "声级计"), 1)
    ]
    done = imported(tmp_path / "a.csv", [*rows, ["5", "照相机", "视情", "3"]])
    assert [(one.name, one.key) for one in done.questions] == [("照相机", "quantity.all")]


def test_duties_alone_leave_the_number_open(tmp_path):
    done = imported(tmp_path / "a.csv", [["序号", "装备名称", "配备要求"], ["1", "执法记录仪", "必配"]])
    assert is_open(quantities(done)["执法记录仪"])


def test_duties_under_levels_beside_one_number(tmp_path):
    rows = [["序号", "装备名称", "省级", "市级", "数量"], ["1", "执法记录仪", "必配", "选配", "2"]]
    rows += [["2", "声级计", "选配", "—", "1台"]]
    done = imported(tmp_path / "a.csv", rows)
    assert rows_of(done) == [
        ("执法记录仪", {"province": 2, "city": 2}, {"province": "required", "city": "optional"}),
        ("声级计", {"province": 1}, "optional"),
    ]
    assert not done.questions


BOTH = [
    ["序号", "装备名称", "单位", "县级", ""],
    ["", "", "", "必配", "选配"],
    ["1", "照相机", "台", "2", "1"],
    ["2", "声级计", "台", "1", ""],
    ["3", "无人机", "架", "", "1"],
    ["4", "录音笔", "支", "2", "若干"],
]


def test_a_row_with_both_numbers_is_two_requirements(tmp_path):
    done = imported(tmp_path / "a.csv", BOTH)
    assert rows_of(done)[:4] == [
        ("照相机", {"county": 2}, "required"),
        ("照相机", {"county": 1}, "optional"),
        ("声级计", {"county": 1}, "required"),
        ("无人机", {"county": 1}, "optional"),
    ]
    assert [(one.name, one.key) for one in done.questions] == [("录音笔", "quantity.county")]
    assert any("分作两行：表1 第3行、表1 第6行" in text for text in account(done))


def test_both_rows_keep_their_answers_and_are_verified_apart(tmp_path):
    rows = [*BOTH[:3], ["2", "声级计", "台", "1", ""]]
    first = imported(tmp_path / "a.csv", rows)
    draft = tmp_path / "draft.yaml"
    draft.write_text(first.text.replace("county: 1", "county: 7", 1), "utf-8")
    again = imported(tmp_path / "a.csv", rows, draft)
    assert rows_of(again)[:2] == [
        ("照相机", {"county": 2}, "required"),
        ("照相机", {"county": 7}, "optional"),
    ]
    assert not again.back
    draft.write_text(again.text, "utf-8")
    compared = compare(load_file(draft, "draft.yaml", CATALOGUE), tmp_path / "a.csv", "a.csv", CATALOGUE)
    assert [(one.name, one.words, one.verdict) for one in compared.cells] == [
        ("照相机", "2", "一致"),
        ("照相机", "1", "不同"),
        ("声级计", "1", "一致"),
    ]


def test_one_question_of_several_levels_is_listed_once(tmp_path):
    rows = [["序号", "装备名称", "省级", "市级", "县级"], ["1", "声级计", "若干", "若干", "2"]]
    done = imported(tmp_path / "a.csv", rows)
    assert len(done.questions) == 2
    assert listed(done.questions) == ["表1 第2行 声级计（省级、市级）：“若干”里没有数"]
    assert done.text.count("声级计（省级、市级）") == 1


@pytest.mark.parametrize(
    "signed",
    [
        ["制表人：张三", "审核人：李四", "日期：2024年1月"],
        ["制表：", "", "审核：", "2024.1.5"],
        ["", "编制单位（盖章）：示例局", "", ""],
        ["审核人", "", "经办人", ""],
    ],
)
def test_who_signed_is_no_equipment(tmp_path, signed):
    done = imported(tmp_path / "a.csv", [HEAD, ["1", "声级计", "台", "2"], signed])
    assert rows_of(done) == [("声级计", 2, "required")]
    assert any("第3行" in text for text in done.reading.notes)


def test_equipment_of_those_who_sign_stays_equipment(tmp_path):
    done = imported(tmp_path / "a.csv", [HEAD, ["1", "审核：专用章", "枚", "2"], ["2", "声级计", "台", "2"]])
    assert [name for name, _, _ in rows_of(done)] == ["审核：专用章", "声级计"]


def test_people_that_the_table_means_in_its_own_words_are_asked_about(tmp_path):
    rows = [HEAD, ["1", "执法记录仪", "台", "1台/人"], ["注：1.本表“人”指持有执法证的人员。2.其他按需。"]]
    assert is_open(quantities(imported(tmp_path / "a.csv", rows))["执法记录仪"])


def test_a_tick_under_optional_says_that_it_is_optional(tmp_path):
    rows = [["序号", "装备名称", "必配", "选配"], ["1", "执法记录仪", "√", ""], ["2", "照相机", "", "√"]]
    done = imported(tmp_path / "a.csv", rows)
    assert [(name, duty) for name, _, duty in rows_of(done)] == [
        ("执法记录仪", "required"),
        ("照相机", "optional"),
    ]
    assert len(done.questions) == 2  # the numbers


def test_a_class_that_says_optional_in_few_rows(tmp_path):
    rows = [
        ["序号", "装备名称", "类型", "数量"],
        ["1", "执法记录仪", "选配装备", "2"],
        ["2", "声级计", "检测装备", "1"],
    ]
    rows += [["3", "照相机", "必配/选配", "1"]]
    done = imported(tmp_path / "a.csv", rows)
    assert [duty for _, _, duty in rows_of(done)][:2] == ["optional", "required"]
    assert [one.name for one in done.questions] == ["照相机"]


@pytest.mark.parametrize("note", ["注：选配数量含必配数量。", "说明：必配数量包括在选配数量内，计入选配。"])
def test_optional_numbers_that_may_hold_the_required_ones_are_asked_about(tmp_path, note):
    rows = [["序号", "装备名称", "必配", "选配"], ["1", "照相机", "2", "5"], [note]]
    done = imported(tmp_path / "a.csv", rows)
    (_, required, _), (_, optional, duty) = rows_of(done)
    assert (required, duty) == (2, "optional")
    assert is_open(optional)
    assert [one.key for one in done.questions] == ["quantity.all"]
