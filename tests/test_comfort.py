"""What makes daily use easy: help by topic, completion, environment variables, quiet and verbose, `doctor`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from equipcheck.cli import run
from equipcheck.cli.base import talk
from equipcheck.cli.completion import SHELLS
from tests.conftest import ROOT, SAMPLE


@pytest.fixture(autouse=True)
def _as_usual(monkeypatch):
    monkeypatch.setattr(talk, "level", 0)


@pytest.mark.parametrize("page", sorted(path.stem for path in (ROOT / "docs" / "guide").glob("*.md")))
def test_every_page_of_the_guide_is_a_topic(page, capsys):
    assert run(["help", page]) == 0
    said = capsys.readouterr().out
    assert said.startswith("# ")
    assert "<!--" not in said


def test_help_of_a_command_and_of_nothing_known(capsys):
    assert run(["help", "report"]) == 0
    assert "--staff" in capsys.readouterr().out
    assert run(["help", "revew"]) == 2
    assert "是否为“review”" in capsys.readouterr().err


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_has_a_script_for_every_shell(shell, capsys):
    assert run(["completion", shell]) == 0
    assert "_EQUIPCHECK_COMPLETE" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine")
def test_bash_completes_commands_and_options():
    """By the protocol that the scripts speak: words and position in, one `kind,value` a line out."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "_EQUIPCHECK_COMPLETE": "bash_complete"}

    def completed(words: str, position: int) -> set[str]:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sys; sys.argv[0] = 'equipcheck'; from equipcheck.cli import main; main()",
            ],
            env={**environment, "COMP_WORDS": words, "COMP_CWORD": str(position)},
            capture_output=True,
            text=True,
            check=False,
        )
        return {line.split(",", 1)[1] for line in done.stdout.splitlines() if "," in line}

    assert {"report", "match", "section"} <= completed("equipcheck ", 1)
    assert completed("equipcheck rep", 1) == {"report"}
    assert "--staff" in completed("equipcheck report --st", 2)


def test_every_option_has_an_environment_variable(monkeypatch, capsys):
    monkeypatch.setenv("EQUIPCHECK_REPORT_STAFF", "18")
    assert run(["report", str(SAMPLE), "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["bureau"]["staff"] == 18
    assert run(["report", str(SAMPLE), "--staff", "19", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["bureau"]["staff"] == 19  # what is typed wins


def test_the_project_found_upward_is_named_unless_quiet(sample, monkeypatch, capsys):
    below = sample / "inventories"
    below.mkdir(exist_ok=True)
    monkeypatch.chdir(below)
    assert run(["report", "-f", "json"]) == 0
    assert "equipcheck.yaml" in capsys.readouterr().err
    assert run(["-q", "report", "-f", "json"]) == 0
    assert capsys.readouterr().err == ""


def test_quiet_still_writes_and_still_complains(sample, tmp_path, capsys):
    assert run(["--quiet", "report", str(sample), "-o", str(tmp_path / "a.json")]) == 0
    assert (tmp_path / "a.json").is_file()
    assert capsys.readouterr().err == ""
    assert run(["--quiet", "report", str(tmp_path / "none.xlsx")]) == 2
    assert "找不到文件" in capsys.readouterr().err


def test_verbose_tells_progress_where_nobody_watches(capsys):
    assert run(["--verbose", "report", str(SAMPLE), "-f", "json"]) == 0
    assert "读取 固定资产台账.xlsx" in capsys.readouterr().err


def test_version_names_the_data_too(capsys):
    assert run(["--version"]) == 0
    first, standards, words = capsys.readouterr().out.splitlines()
    assert first.startswith("equipcheck ")
    assert "enforcement-2024" in standards
    assert "目录、用词和依据" in words


def test_doctor_says_what_is_there_and_what_is_missing(capsys, monkeypatch):
    assert run(["doctor"]) == 0
    assert capsys.readouterr().out.endswith("核查可以正常进行。\n")
    assert run(["doctor", "-f", "json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["内置数据"]["state"] == "ok"
    from equipcheck.cli import environment

    monkeypatch.setattr(environment, "NEEDED", ("no_such_module_here",))
    assert run(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "有误  组件 no_such_module_here：没有安装" in said


@pytest.mark.parametrize("encoding", ["cp936", "gbk", "ascii"])
@pytest.mark.parametrize("arguments", [["doctor"], ["help"], ["plan", str(SAMPLE)], ["match", str(SAMPLE)]])
def test_no_code_page_stops_a_result(encoding, arguments):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": f"{encoding}:strict"}
    done = subprocess.run(
        [sys.executable, "-m", "equipcheck", *arguments], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    if encoding != "ascii":
        assert b"?" not in done.stdout


def test_long_paths_spaces_and_chinese_in_paths(sample, tmp_path, capsys):
    folder = tmp_path / "二〇二三年 年度 核查" / ("很长的文件夹名" * 8) / "项目 1"
    shutil.copytree(sample, folder)
    assert run(["report", str(folder), "-o", str(folder / "核查 结果.json")]) == 0
    assert json.loads((folder / "核查 结果.json").read_text("utf-8"))["accounting"]["balanced"]


def test_a_file_that_a_spreadsheet_program_holds_open_loses_no_work(sample, tmp_path, monkeypatch, capsys):
    """Windows refuses to replace an open file: the finished one is kept and named."""
    from equipcheck.ground import saving

    def refuse(source, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(saving.os, "replace", refuse)
    monkeypatch.setattr(saving.time, "sleep", lambda seconds: None)
    assert run(["report", str(sample), "-o", str(tmp_path / "核查.json")]) == 2
    said = capsys.readouterr().err
    assert "请先关闭" in said
    (kept,) = tmp_path.glob(".核查-*.json")
    assert str(kept) in said
    assert json.loads(kept.read_text("utf-8"))["accounting"]["balanced"]
