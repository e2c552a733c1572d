"""The pages on standards: every command runs as it stands there, every form is read as the table says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from make_annexes import word_groups

from equipcheck.cli import run
from equipcheck.ground import yamlfile
from equipcheck.standard import library
from equipcheck.standard.grammar import parse_cell
from equipcheck.standard.model import QuantityRule

ROOT = Path(__file__).parents[2]
GRAMMAR = (ROOT / "docs" / "cell-grammar.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "standards.md").read_text("utf-8")


def table(heading: str) -> list[tuple[list[str], str]]:
    part = GRAMMAR.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \| (.*?) \|$", part, re.M)
    return [(re.findall(r"`([^`]+)`", texts), told) for texts, told in rows]


@pytest.mark.parametrize(("texts", "told"), table("读得懂的写法"))
def test_forms_that_are_read(texts, told):
    rule = re.fullmatch(r"`(\{.*\})`", told)
    for text in texts:
        cell = parse_cell(text)
        assert cell.question is None
        if rule is not None:
            assert cell.rule == QuantityRule.model_validate(yamlfile.loads(rule[1].encode(), "form").data)
        elif "不要求" in told:
            assert cell.rule is None
        else:
            assert cell.rule is not None
            assert cell.rule.per is None


@pytest.mark.parametrize(("texts", "told"), table("列为待定的写法"))
def test_forms_that_are_questions(texts, told):
    assert told
    for text in texts:
        cell = parse_cell(text)
        assert cell.question
        assert cell.rule == QuantityRule(text=text)


def test_the_worked_example_runs_from_annex_to_report(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "inventories", tmp_path / "inventories")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(library, "folder", lambda: tmp_path / "library")
    word_groups(Path("附件.docx"))
    commands = [
        line
        for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S)
        for line in block.splitlines()
        if line.startswith("equipcheck ")
    ]
    assert len(commands) > 10
    for line in commands:
        assert run(shlex.split(line)[1:]) == 0, (line, capsys.readouterr().err)
        if " import " in line:
            text = Path("草稿.yaml").read_text("utf-8").replace("kinds: []", "kinds: [water_rapid_tester]")
            text = text.replace("{text: 若干}", "3").replace("{text: 1～2套}", "1")
            Path("草稿.yaml").write_text(text, "utf-8")
    capsys.readouterr()
    assert run(["report", "inventories/sample-district", "--standard", "草稿.yaml", "-f", "json"]) == 0
    trust = json.loads(capsys.readouterr().out)["trust"]
    assert trust["official"] > 0
    assert (trust["reprint"], trust["estimate"]) == (0, 0)


def test_the_local_rule_of_the_page_is_sound(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (example,) = [
        block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.S) if block.startswith("extends")
    ]
    Path("city.yaml").write_text(f"id: city\ntitle: 示例（虚构）\n{example}", "utf-8")
    assert run(["standards", "lint", "city.yaml"]) == 0
    assert run(["standards", "diff", "enforcement-2020", "city.yaml"]) == 0
    assert "新增 1 行，取消 0 行，变化 1 行" in capsys.readouterr().out
