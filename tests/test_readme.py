"""Every command in the two README files runs as it stands there."""

from __future__ import annotations

import re
import shlex
import shutil

import pytest

from equipcheck.cli import run
from tests.conftest import ROOT

COVERED = {"standards.md"}  # run, with files of its own, by tests/standard/test_standards_docs.py
PAGES = [
    path
    for path in (ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md")))
    if path.name not in COVERED and "```sh\nequipcheck " in path.read_text("utf-8")
]


def commands(path) -> list[list[str]]:
    """The commands of a page, in order."""
    blocks = re.findall(r"```sh\n(.*?)```", path.read_text("utf-8"), re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("equipcheck ")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_of_the_docs_runs_as_it_stands(path, tmp_path, monkeypatch, capsys):
    """A page's commands run one after another in one folder, as a reader would run them."""
    shutil.copytree(ROOT / "inventories", tmp_path / "inventories")
    monkeypatch.chdir(tmp_path)
    assert run(["section", "inventories/sample-district", "-o", "年度报告.docx"]) == 0
    found = commands(path)
    assert found
    for arguments in found:
        assert run(arguments) == 0, (arguments, capsys.readouterr().err)


def test_both_readmes_name_the_same_commands():
    english, chinese = (
        re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S)
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
    assert english[0] == "python run.py\npython run.py test\n"
