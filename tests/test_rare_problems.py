"""Mistakes that few people make, each said once: standards that contradict themselves, facts that fit no column."""

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
    [("10", "小、大"), ("11.5", None), ("x", "size=x")],
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
