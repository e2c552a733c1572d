"""The command line as such: help, near matches, code pages, start-up."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest

from equipcheck.cli import COMMANDS, run
from tests.conftest import ROOT, SAMPLE

HEAVY = ("polars", "pydantic", "rich", "yaml", "python_calamine", "openpyxl", "docx", "rapidfuzz", "highspy")


def python(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **env}
    return subprocess.run([sys.executable, *arguments], capture_output=True, env=environment, check=False)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["report", "--help"]])
def test_help_and_version_import_nothing_heavy(arguments):
    script = (
        "import sys\nfrom equipcheck.cli import run\n"
        f"assert run({arguments!r}) == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = python("-c", script)
    assert done.stderr.decode().strip() == "[]"
    assert done.stdout


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_in_chinese(name, capsys):
    assert run([name, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("用法：equipcheck")
    assert "Options" not in said
    assert "Show this message" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["reprt"], "是否为“report”"),
        (["report", "--stadard", "x"], "是否为“--standard”"),
        (["report", "--level", "district"], "应为 省级|市级|县级（province、city、county）之一"),
        (["report", "--staff", "十七"], "应为整数"),
        (["explain"], "缺少"),
        (["report", "没有的.xlsx"], "没有的.xlsx: 找不到文件"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments, said, capsys):
    assert run(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err


def test_a_chinese_code_page_never_stops_a_finished_result(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp936", errors="strict")
    monkeypatch.setattr(sys, "stdout", stream)
    assert run(["report", str(SAMPLE)]) == 0
    stream.flush()
    text = stream.buffer.getvalue().decode("cp936")
    assert "车载样品保存设备" in text
    assert "?" not in text  # nothing that this code page lacks


def test_no_project_anywhere_is_said_with_the_way_out(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["report"]) == 2
    assert "equipcheck.yaml" in capsys.readouterr().err


def test_python_m_runs_the_same_command():
    done = python("-m", "equipcheck", "--version")
    assert done.stdout.decode().startswith("equipcheck ")
