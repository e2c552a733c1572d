"""Mistakes that few people make, each said once: standards at odds with themselves or others, facts that fit none."""

from __future__ import annotations

import json

import pytest

from equipcheck.cli import run

STANDARD = """id: demo
family: demo
title: 示例
effective: "2020"
supersedes: [demo, demo-2010]
columns:
  - {id: low, label: 小, when: {size: {max: 10}}}
  - {id: high, label: 大, when: {size: {min: 10}}}
requirements:
  - id: sound
    name: 声级计
    kinds: [sound_level_meter]
    obligation: {low: required, high: required}
    unit: 台
    quantity: {low: {per: staff, tiers: [{upto: 10, every: 5}, {upto: 20, every: 10}]}}
    source: {status: estimate}
"""
BASE = """id: base
family: demo
title: 示例
effective: "2020"
columns:
  - {id: all, label: 数量}
requirements:
  - id: sound
    name: 声级计
    kinds: [sound_level_meter]
    obligation: required
    unit: 台
    quantity: {all: 2}
    source: {status: estimate}
"""
LEDGER = "资产名称,数量\n声级计,2\n"


@pytest.fixture
def demo(tmp_path, monkeypatch):
    (tmp_path / "demo.yaml").write_text(STANDARD, "utf-8")
    (tmp_path / "台账.csv").write_text(LEDGER, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_lint_says_of_a_standard_at_odds_with_itself(demo, capsys):
    run(["standards", "lint", "demo.yaml", "-f", "json"])
    codes = {one["code"] for one in json.loads(capsys.readouterr().out)}
    assert {"supersedes-itself", "supersedes-unknown", "tiers-end", "obligation-without-rule"} <= codes


@pytest.mark.parametrize(
    ("size", "said"),
    [("10", "（现有：size=10）：小（size ～10）；大（size 10～）"), ("11.5", None), ("x", "size=x")],
    ids=["two fit", "one fits", "none fits"],
)
def test_exactly_one_column_must_fit(demo, capsys, size, said):
    text = (demo / "demo.yaml").read_text("utf-8").replace("supersedes: [demo, demo-2010]\n", "")
    (demo / "demo.yaml").write_text(text.replace("high: required}", "high: required}"), "utf-8")
    code = run(["report", "台账.csv", "--standard", "demo.yaml", "--staff", "5", "--fact", f"size={size}"])
    captured = capsys.readouterr()
    assert code == (0 if said is None else 2)
    assert said is None or said in captured.err


def test_a_waiver_written_twice_and_a_ledger_that_counts_other_vehicles(sample, capsys):
    config = sample / "equipcheck.yaml"
    text = config.read_text("utf-8")
    two = "waivers:\n" + "  - {requirement: uav, reason: 甲, until: 2030-12-31}\n" * 2
    config.write_text(text.split("waivers:")[0] + two if "waivers:" in text else text + two, "utf-8")
    assert run(["report", str(sample), "--vehicles", "9", "-f", "json"]) == 0
    codes = {one["code"] for one in json.loads(capsys.readouterr().out)["notes"]}
    assert {"waived-twice", "vehicles-differ"} <= codes


def test_a_quantity_beyond_all_reason_is_rejected(demo, capsys):
    (demo / "台账.csv").write_text(LEDGER + "照相机,99999999999999999999\n", "utf-8")
    assert run(["ledger", "show", "台账.csv", "-f", "json"]) == 0
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["rejected"]] == ["quantity-too-large"]


def test_an_empty_sheet_is_said(tmp_path, capsys):
    import xlsxwriter

    path = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("台账")
        for at, row in enumerate([("资产名称", "数量"), ("声级计", 2)]):
            sheet.write_row(at, 0, row)
        book.add_worksheet("空的")
    assert run(["ledger", "show", str(path), "-f", "json"]) == 0
    assert "sheet-empty" in {one["code"] for one in json.loads(capsys.readouterr().out)["notes"]}


def lint_codes(capsys, path="demo.yaml"):
    capsys.readouterr()
    run(["standards", "lint", path, "-f", "json"])
    return {one["code"] for one in json.loads(capsys.readouterr().out)}


def test_a_single_column_must_say_for_whom(demo, capsys):
    text = (demo / "demo.yaml").read_text("utf-8")
    only = text.replace("  - {id: high, label: 大, when: {size: {min: 10}}}\n", "").replace(
        ", high: required", ""
    )
    (demo / "demo.yaml").write_text(only, "utf-8")
    assert "column-open" not in lint_codes(capsys)
    (demo / "demo.yaml").write_text(only.replace(", when: {size: {max: 10}}", ""), "utf-8")
    assert "column-open" in lint_codes(capsys)


def test_two_editions_of_one_family_from_the_same_day(demo, capsys):
    text = (demo / "demo.yaml").read_text("utf-8")
    assert "dates-cross-family" not in lint_codes(capsys)
    (demo / "demo.yaml").write_text(text.replace("family: demo", "family: enforcement"), "utf-8")
    assert "dates-cross-family" in lint_codes(capsys)


def test_a_local_layer_cannot_turn_a_floor_into_a_ceiling(demo, capsys):
    layer = "id: local\nfamily: demo\ntitle: 本地\nextends: demo.yaml\nlimit: {}\nrequirements: []\n"
    (demo / "local.yaml").write_text(layer.format("floor"), "utf-8")
    assert "extends-limit" not in lint_codes(capsys, "local.yaml")
    (demo / "local.yaml").write_text(layer.format("ceiling"), "utf-8")
    assert "extends-limit" in lint_codes(capsys, "local.yaml")


def test_a_standard_that_rests_on_a_file_stays_out_of_the_library(demo, capsys):
    (demo / "base.yaml").write_text(BASE, "utf-8")
    (demo / "local.yaml").write_text(
        "id: local\nfamily: demo\ntitle: 本地\nextends: base.yaml\nrequirements: []\n", "utf-8"
    )
    assert run(["standards", "add", "local.yaml"]) == 2
    assert "base.yaml" in capsys.readouterr().err


def test_an_annex_without_a_row_of_the_standard_stamps_nothing(demo, capsys):
    (demo / "base.yaml").write_text(BASE, "utf-8")
    (demo / "annex.csv").write_text("序号,装备名称,单位,数量\n1,无人机,架,2\n", "utf-8")
    call = ["standards", "verify", "base.yaml", "--against", "annex.csv", "--by", "甲", "--by", "乙"]
    assert run(call) == 2
    assert "没有一行能按 source.place 在附件里找到" in capsys.readouterr().err
    assert (demo / "base.yaml").read_text("utf-8") == BASE


@pytest.mark.parametrize("squads", ["2.5", "两个", "-3"])
def test_what_a_quantity_is_counted_by_is_a_whole_number(demo, capsys, squads):
    text = BASE.replace("quantity: {all: 2}", "quantity: {all: {per: squads}}")
    (demo / "base.yaml").write_text(text, "utf-8")
    call = ["report", "台账.csv", "--standard", "base.yaml", "--staff", "5", "--fact"]
    assert run([*call, "squads=2"]) == 0
    capsys.readouterr()
    assert run([*call, f"squads={squads}"]) == 2
    assert f"写的是“{squads}”；要求：不小于 0 的整数" in capsys.readouterr().err


def test_explaining_what_no_row_is_called(sample, capsys):
    assert run(["explain", "声级汁", str(sample)]) == 2
    assert "是否为" in capsys.readouterr().err
