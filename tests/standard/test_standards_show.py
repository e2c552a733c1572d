"""`standards list`, `show`, `diff` and `lint` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equipcheck.cli import run

SAMPLE = str(Path(__file__).parents[2] / "inventories" / "sample-district")

OLD = """id: demo-2020
family: demo
title: 示例（2020年版，虚构）
columns:
  - {id: city, label: 市级, when: {level: city}}
  - {id: county, label: 县级, when: {level: county}}
requirements:
  - {id: uav, name: 无人机, kinds: [uav], unit: 架, quantity: {city: 2, county: 1},
     source: {status: reprint, place: 表1 第2行}}
  - {id: camera, name: 照相机, kinds: [still_camera], quantity: {county: {per: staff, every: 5}},
     source: {status: reprint, place: 表1 第3行}}
  - {id: fax, name: 传真机, kinds: [fax], quantity: {city: 1}, source: {status: reprint, place: 表1 第4行}}
"""
NEW = """id: demo-2024
family: demo
title: 示例（2024年版，虚构）
supersedes: [demo-2020]
columns:
  - {id: city, label: 市级, when: {level: city}}
  - {id: county, label: 县级, when: {level: county}}
requirements:
  - {id: still-camera, name: 照相机, kinds: [still_camera], quantity: {county: {per: staff, every: 5}},
     source: {status: official, place: 表2 第9行}}
  - {id: drone, name: 无人驾驶航空器, kinds: [uav], unit: 架, obligation: {city: required, county: optional},
     quantity: {city: {per: staff, every: 20, min: 2}, county: 1}, source: {status: reprint, place: 表2 第2行}}
  - {id: usv, name: 无人船, kinds: [usv], quantity: {city: 1}, source: {status: reprint, place: 表2 第3行}}
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(OLD, "utf-8")
    Path("new.yaml").write_text(NEW, "utf-8")
    return tmp_path


def shown(capsys, *call: str):
    assert run(["standards", *call, "-f", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_rows_are_compared_though_their_ids_and_names_differ(files, capsys):
    found = shown(capsys, "diff", "old.yaml", "new.yaml")
    assert found["added"] == ["usv"]
    assert found["removed"] == ["fax"]
    camera, uav = found["changed"]
    assert (camera["requirement"], camera["was"]) == ("still-camera", "camera")
    assert camera["what"] == {"source.status": ["reprint", "official"]}
    assert (uav["requirement"], uav["was"]) == ("drone", "uav")
    assert set(uav["what"]) == {"name", "obligation.county", "quantity.city"}
    assert uav["what"]["obligation.county"] == ["required", "optional"]
    old, new = uav["what"]["quantity.city"]
    assert (old["count"], new["per"], new["every"], new["min"]) == (2, "staff", 20, 2)


def test_a_standard_does_not_differ_from_itself(files, capsys):
    for name in ("old.yaml", "enforcement-2020", "office-central-2016"):
        found = shown(capsys, "diff", name, name)
        assert (found["added"], found["removed"], found["changed"]) == ([], [], [])
    assert run(["standards", "diff", "old.yaml", "old.yaml"]) == 0
    assert "各行相同" in capsys.readouterr().out


def test_a_percentage_of_100_is_what_holds_where_none_is_written(files, capsys):
    Path("same.yaml").write_text(OLD.replace("every: 5}", "every: 5, percent: 100}"), "utf-8")
    assert shown(capsys, "diff", "old.yaml", "same.yaml")["changed"] == []
    Path("half.yaml").write_text(OLD.replace("every: 5}", "percent: 50}"), "utf-8")
    assert [one["was"] for one in shown(capsys, "diff", "old.yaml", "half.yaml")["changed"]] == ["camera"]


def test_the_difference_is_told_in_words(files, capsys):
    assert run(["standards", "diff", "old.yaml", "new.yaml", "-f", "md"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "新增 1 行，取消 1 行，变化 2 行" in lines
    assert "| 变化 | 无人驾驶航空器 | 市级 数量 | 2架 | 每20人1架，不少于2架 |" in lines
    assert "| 变化 | 无人驾驶航空器 | 县级 必配或选配 | 必配 | 选配 |" in lines
    assert "| 变化 | 照相机 | 数量的依据 | 转载件 | 正式文本 |" in lines


def test_what_a_new_edition_costs_a_bureau(capsys):
    found = shown(capsys, "diff", "enforcement-2020", "enforcement-2024", "--for", SAMPLE)["impact"]
    assert [row["requirement"] for row in found["rows"]] == ["fid", "hot-wire-anemometer", "sound-calibrator"]
    before, after = found["gap_units"]
    assert after - before == sum(row["gap"][1] - row["gap"][0] for row in found["rows"])
    before, after = found["gap_cost"]
    assert after - before == sum(row["gap_cost"][1] for row in found["rows"])
    backwards = shown(capsys, "diff", "enforcement-2024", "enforcement-2020", "--for", SAMPLE)["impact"]
    assert backwards["gap_units"] == found["gap_units"][::-1]
    assert backwards["gap_cost"] == found["gap_cost"][::-1]


def test_show_for_a_bureau_puts_its_numbers_in(capsys):
    own = shown(capsys, "show", "enforcement-2020", "--for", SAMPLE)["own"]
    assert own["column"] == "county"
    assert own["required"]["body-camera"] == 9
    assert own["required"]["vehicle-positioning"] == 3
    assert own["required"]["usv"] == 0
    assert run(["standards", "show", "enforcement-2020", "--for", SAMPLE, "-f", "md"]) == 0
    out = capsys.readouterr().out
    assert "| 取证装备 | 执法记录仪 | 台 | 每2人1台 | 每2人1台 | 每2人1台，不少于2台 | 9台 |" in out
    assert "| 取证装备 | 无人船 | 艘 | 选配1艘 | 选配1艘 | — | 不适用 |" in out


def test_show_for_a_bureau_whose_column_is_not_known_asks(capsys):
    assert run(["standards", "show", "uniform-2020", "--for", SAMPLE]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "climate" in err


def test_columns_without_a_rule_are_absent(capsys):
    rows = {row["id"]: row for row in shown(capsys, "show", "enforcement-2020")["requirements"]}
    assert list(rows["usv"]["quantity"]) == ["province", "city"]
    assert list(rows["usv"]["obligation"]) == ["province", "city"]
    assert rows["body-camera"]["quantity"]["county"] == {
        "per": "staff",
        "every": 2,
        "count": 1,
        "percent": None,
        "min": 2,
        "max": None,
        "round": "up",
        "tiers": None,
        "sum": None,
        "as_needed": False,
        "text": None,
        "note": None,
    }


def test_tables_are_whole_and_aligned_in_a_pipe(capsys):
    assert run(["standards", "show", "office-central-2016"]) == 0
    lines = capsys.readouterr().out.splitlines()
    head = next(line for line in lines if line.startswith("类别"))
    width = sum(2 if ord(char) > 0x2E7F else 1 for char in head[: head.index("备注")])
    for line in lines[lines.index(head) + 1 :]:
        cells, at = 0, 0
        while cells < width:
            cells += 2 if ord(line[at]) > 0x2E7F else 1
            at += 1
        assert cells == width
        assert line[at - 1] == " "
        assert line[at] != " "
    assert any("超过100人的部分每30人1台，不足30人的按30人计算" in line for line in lines)


def test_list_tells_the_trust_of_each(capsys):
    listed = {one["id"]: one for one in shown(capsys, "list")}
    assert listed["enforcement-2020"]["trust"] == {"official": 0, "reprint": 0, "estimate": 45}
    assert run(["standards", "list"]) == 0
    assert "工作值" in capsys.readouterr().out


def test_markdown_goes_to_a_file_whole(files, capsys):
    assert run(["standards", "show", "old.yaml", "-o", "old.md"]) == 0
    assert capsys.readouterr().out == ""
    assert "| 无人机 | 架 | 2架 | 1架 |" in Path("old.md").read_text("utf-8")


BROKEN = """id: local
family: demo
title: 示例（虚构）
effective: "2019"
supersedes: [demo-2020]
columns:
  - {id: city, label: 市级, when: {level: city}}
  - {id: any, label: 各级, when: {vehicles: {min: 1}}}
  - {id: town, label: 乡级, when: {level: county, staff: {min: 5, max: 3}}}
requirements:
  - {id: one, name: 无人机, kinds: [uav], quantity: {city: {per: level}}, source: {status: reprint}}
  - {id: two, name: 快检箱, quantity: {city: 0, any: {text: 若干}}, source: {status: reprint, place: 表1 第2行}}
  - {id: three, name: 无人船, kinds: [usv], quantity: {city: 1}, when: {vehicles: {min: 3, max: 1}},
     source: {status: reprint, place: 表1 第3行}}
"""


def test_lint_tells_errors_and_hints_with_their_places(files, capsys):
    Path("old.yaml").write_text(OLD.replace("title:", 'effective: "2020"\ntitle:'), "utf-8")
    Path("local.yaml").write_text(BROKEN, "utf-8")
    assert run(["standards", "lint", "local.yaml", "old.yaml", "-f", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert sorted(
        (one["line"], one["level"], one["code"]) for one in found if one["file"] == "local.yaml"
    ) == [
        (5, "error", "dates-cross"),
        (8, "error", "columns-overlap"),
        (9, "error", "column-unread"),
        (9, "error", "columns-overlap"),
        (9, "hint", "column-unused"),
        (11, "error", "rule-impossible"),
        (11, "hint", "place-missing"),
        (12, "error", "kinds-open"),
        (12, "error", "rule-open"),
        (12, "hint", "rule-zero"),
        (13, "error", "row-never-binds"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("kinds: [fax]", "kinds: [faxx]", "unknown-kind", 12),
        ("kinds: [fax]", "kinds: [uav]", "kinds-overlap", 12),
        ("quantity: {city: 1}", "quantity: {cty: 1}", "unknown-column", 12),
        ("quantity: {city: 1}", "quantity: {city: {min: 1}}", "bad-value", 12),
        ("quantity: {city: 1}", "quantity: {city: {per: staff, tiers: []}}", "bad-value", 12),
        (", source: {status: reprint, place: 表1 第4行}", "", "missing-key", 12),
        ("id: fax", "id: uav", "duplicate-id", 12),
        ("name: 传真机", "nmae: 传真机", "unknown-key", 12),
        ("title: 示例", "title: [示例", "yaml-syntax", 4),
    ],
)
def test_breakage_is_an_error_of_lint_and_refused_elsewhere(old, new, code, line, files, capsys):
    Path("old.yaml").write_text(OLD.replace(old, new), "utf-8")
    assert run(["standards", "lint", "old.yaml", "-f", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (code, line) in [(one["code"], one["line"]) for one in found]
    assert run(["standards", "show", "old.yaml"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"old.yaml:{line}:" in err


def test_lint_of_a_file_that_is_not_there_is_a_wrong_call(tmp_path, capsys):
    assert run(["standards", "lint", str(tmp_path / "none.yaml")]) == 2
    assert "找不到文件" in capsys.readouterr().err
