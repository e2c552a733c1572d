"""The next step never says that all is well where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipcheck.cli import run

ROW = "  - {{id: laptop, name: 便携式计算机, kinds: [laptop], unit: 台, quantity: {0}, source: {{status: reprint}}}}\n"
HEAD = "id: s-2023\nfamily: s\ntitle: 上限（虚构）\neffective: '2023'\nlimit: {limit}\nrequirements:\n"
PROJECT = "bureau: {level: county}\nstandard: s.yaml\nas_of: 2023-12-31\nledgers: [l.csv]\n"


def last_line(folder: Path, capsys: pytest.CaptureFixture[str], standard: str, ledger: str) -> str:
    (folder / "s.yaml").write_text(standard, "utf-8")
    (folder / "l.csv").write_text(ledger, "utf-8")
    (folder / "equipcheck.yaml").write_text(PROJECT, "utf-8")
    assert run(["report", str(folder)]) == 0
    return capsys.readouterr().out.partition("下一步：")[2].replace("\n", "")


def test_what_is_over_a_ceiling_is_the_next_step(tmp_path, capsys):
    standard = HEAD.format(limit="ceiling") + ROW.format(1)
    said = last_line(tmp_path, capsys, standard, "资产名称,数量\n便携式计算机,3\n")
    assert said.startswith("1 项超过配置上限（便携式计算机）")


def test_where_nothing_is_asked_nothing_is_met(tmp_path, capsys):
    standard = HEAD.format(limit="floor") + ROW.format("{as_needed: true}")
    said = last_line(tmp_path, capsys, standard, "资产名称,数量\n便携式计算机,3\n")
    assert "没有适用于本单位" in said


def test_an_open_row_is_asked_about(tmp_path, capsys):
    standard = HEAD.format(limit="floor") + ROW.format("{text: 若干}")
    said = last_line(tmp_path, capsys, standard, "资产名称,数量\n便携式计算机,3\n")
    assert "1 项待定" in said


def test_within_the_limits_all_is_said_to_be_met(tmp_path, capsys):
    standard = HEAD.format(limit="ceiling") + ROW.format(5)
    said = last_line(tmp_path, capsys, standard, "资产名称,数量\n便携式计算机,3\n")
    assert said.startswith("核查的必配项均已达标")


def test_no_more_are_sent_than_are_missing(tmp_path, capsys):
    """Two are out and one is needed; what is optional is no reason to go."""
    row = "  - {{id: {0}, name: {1}, kinds: [{2}], obligation: {3}, quantity: 1, source: {{status: reprint}}}}\n"
    rows = row.format("sound", "声级计", "sound_level_meter", "required")
    rows += row.format("ph", "酸度计", "ph_meter", "optional")
    ledger = "资产名称,数量,有效期至\n声级计,2,2022-06-30\n酸度计,1,2022-06-30\n"
    said = last_line(tmp_path, capsys, HEAD.format(limit="floor") + rows, ledger)
    assert said.startswith("1 台检定过期的仪器送检后即可计入（声级计）")
