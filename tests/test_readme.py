"""Every command in the two README files runs as it stands there."""

from __future__ import annotations

import re
import shlex
import shutil

import pytest

from equipcheck.cli import run
from tests.conftest import ROOT


def commands() -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for name in ("README.md", "README.zh-CN.md", "docs/guide.md", "docs/plan.md"):
        for block in re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S):
            for line in block.splitlines():
                if line.startswith("equipcheck "):
                    found[line] = shlex.split(line, comments=True)[1:]
    return list(found.values())


@pytest.mark.parametrize("arguments", commands(), ids=" ".join)
def test_every_command_of_the_readme_runs(arguments, tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "inventories", tmp_path / "inventories")
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 0, capsys.readouterr().err


def test_both_readmes_name_the_same_commands():
    english, chinese = (
        re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S)
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
    assert english[0] == "python run.py\npython run.py test\n"
