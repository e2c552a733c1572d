"""What is called 正式文本 without a signature that holds is called so nowhere, in report and section."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from equipcheck.cli import run
from equipcheck.ground import yamlfile
from equipcheck.standard.signing import content_of

STANDARD = """\
id: signed-2023
family: signed
title: 签字标准（虚构）
effective: "2023"
requirements:
  - {id: camera, name: 照相机, kinds: [still_camera], unit: 部, quantity: 5, source: {place: 表1, status: official}}
  - {id: mask, name: 防毒面具, kinds: [gas_mask], unit: 套, quantity: 2, source: {place: 表1, status: official}}
  - {id: uav, name: 无人机, kinds: [uav], unit: 架, quantity: 1, source: {place: 表1, status: reprint}}
"""
PROJECT = """\
bureau: {name: 虚构区分局, level: county}
standard: std.yaml
as_of: 2023-12-31
ledgers: [台账.csv]
"""
UNSIGNED, CHANGED = "没有两人核对的签字", "签字之后改过"


def signed(text: str) -> str:
    content = content_of(yamlfile.loads(text.encode(), "std.yaml"))
    record = f'{{on: 2023-05-01, by: [甲, 乙], sha256: "{"0" * 64}", content: "{content}"}}'
    return text.replace("requirements:", f"verified: {record}\nrequirements:")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    (tmp_path / "台账.csv").write_text("资产名称,数量\n照相机,3\n无人机,1\n", "utf-8")
    (tmp_path / "equipcheck.yaml").write_text(PROJECT, "utf-8")
    return tmp_path


STATES = {
    "unsigned": (STANDARD, UNSIGNED, "未签字"),
    "changed": (signed(STANDARD).replace("quantity: 5", "quantity: 4"), CHANGED, "签后改动"),
}


def shown(made: Path, form: str, capsys) -> str:
    if form == "xlsx":
        assert run(["report", str(made), "-o", str(made / "核查.xlsx")]) == 0
        book = openpyxl.load_workbook(made / "核查.xlsx")
        cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
        return "\n".join(str(cell) for cell in cells if cell is not None)
    if form == "html":
        assert run(["report", str(made), "-o", str(made / "page.html")]) == 0
        return re.sub(r"<[^>]+>", "", (made / "page.html").read_text("utf-8"))
    assert run(["section", str(made)] if form == "section" else ["report", str(made), "-f", form]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("form", ["terminal", "md", "html", "xlsx", "csv", "section"])
@pytest.mark.parametrize("state", STATES)
def test_every_form_says_what_no_signature_holds(made, form, state, capsys):
    text, told, label = STATES[state]
    (made / "std.yaml").write_text(text, "utf-8")
    found = shown(made, form, capsys).replace("\n", "")
    if form == "section":
        assert {UNSIGNED: "尚待对照标准原件核对签字", CHANGED: "在核对签字之后改过"}[told] in found
        return
    assert label in found
    assert "其中 1 项写作正式文本" in found or form == "csv"  # of those that are counted: 台账未登记 is not
    assert told in found or form == "csv"


@pytest.mark.parametrize("form", ["terminal", "md", "html", "xlsx", "csv", "section"])
def test_a_signature_that_holds_is_said_to(made, form, capsys):
    (made / "std.yaml").write_text(signed(STANDARD), "utf-8")
    found = shown(made, form, capsys).replace("\n", "")
    assert UNSIGNED not in found
    assert CHANGED not in found
    if form != "section":
        assert "正式文本" in found


@pytest.mark.parametrize("state", STATES)
def test_programs_read_it_and_lint_hints_at_it(made, state, capsys):
    text, _, _ = STATES[state]
    (made / "std.yaml").write_text(text, "utf-8")
    assert run(["report", str(made), "-f", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    camera, mask, uav = data["findings"]
    assert mask["status"] == "unrecorded"
    assert (camera["source"]["status"], camera["source"]["unproven"]) == ("official", state)
    assert uav["source"]["unproven"] is None
    assert {"unsigned": "official-unsigned", "changed": "verified-changed"}[state] in [
        one["code"] for one in data["notes"]
    ]
    assert run(["standards", "lint", str(made / "std.yaml"), "-f", "json"]) == 0
    codes = [one["code"] for one in json.loads(capsys.readouterr().out)]
    assert {"unsigned": "official-unsigned", "changed": "verified-changed"}[state] in codes


def test_each_file_of_a_layered_standard_answers_for_its_own_rows(made, capsys):
    (made / "base.yaml").write_text(signed(STANDARD), "utf-8")
    local = """\
id: local-2023
family: signed
title: 本地标准（虚构）
effective: "2023"
extends: base.yaml
requirements:
  - {id: radio, name: 对讲机, kinds: [two_way_radio], unit: 部, quantity: 1, source: {place: 第二条, status: official}}
"""
    (made / "std.yaml").write_text(local, "utf-8")
    assert run(["report", str(made), "-f", "json"]) == 0
    found = {
        one["requirement"]: one["source"]["unproven"]
        for one in json.loads(capsys.readouterr().out)["findings"]
    }
    assert found == {"camera": None, "mask": None, "uav": None, "radio": "unsigned"}


@pytest.mark.parametrize("state", STATES)
def test_the_section_passes_its_own_check(made, state, capsys):
    (made / "std.yaml").write_text(STATES[state][0], "utf-8")
    (made / "稿.md").write_text(shown(made, "section", capsys), "utf-8")
    assert run(["section", str(made), "--check", str(made / "稿.md"), "--strict"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if "未读懂" in line and "防毒面具" not in line] == []
