"""Where results go: the encoding of stdout, a stdout that takes nothing more, folders that cannot be made."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from equipcheck.cli import cli, run
from equipcheck.desk import annexes
from equipcheck.desk.workspace import Workspace
from equipcheck.problems import InputError
from equipcheck.standard import library
from tests.conftest import ROOT
from tests.desk.conftest import client_of

ODD = "AWA5688® 😀"
LEDGER = f"单位代码,资产名称,规格型号,数量\na,声级计,{ODD},1\na,便携式检测仪{ODD},X,1\n"
CONSOLE = ("terminal", "text")
FILES = ("html", "xlsx", "docx", "parquet")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "p"
    root.mkdir()
    (root / "a.csv").write_text(LEDGER, "utf-8")
    (root / "草稿.md").write_text(f"一是缺声级计1台{ODD}。", "utf-8")
    (root / "bureaus.csv").write_text("机构代码,级别,人员数,车辆数\na,县级,9,1\n", "utf-8")
    (root / "equipcheck.yaml").write_text(
        f"bureau: {{name: 某局{ODD}, level: county, region: west, staff: 9, vehicles: 1}}\n"
        "as_of: 2023-12-31\nledgers: a.csv\n",
        "utf-8",
    )
    (root / "fleet.yaml").write_text(
        "standard: enforcement-2020\nas_of: 2023-12-31\nbureaus: bureaus.csv\nledgers: a.csv\n", "utf-8"
    )
    (root / "s.yaml").write_text(
        f"id: s\nfamily: s\ntitle: 示例{ODD}\nrequirements:\n"
        "- {id: a, name: 甲, kinds: [uav], quantity: 1, source: {status: estimate}}\n",
        "utf-8",
    )
    return root


CALLS = {
    "report": "report {}",
    "match": "match {}",
    "plan": "plan {}",
    "section": "section {}",
    "section --check": "section {} --check {}/草稿.md",
    "rollup": "rollup {}/fleet.yaml --no-cache",
    "history trend": "history trend {}",
    "ledger show": "ledger show {}/a.csv",
    "standards list": "standards list",
    "standards show": "standards show {}/s.yaml",
    "standards diff": "standards diff {0}/s.yaml {0}/s.yaml",
    "standards lint": "standards lint {}/s.yaml",
    "standards verify": "standards verify {}/s.yaml --against {}/s.csv",
    "errors": "errors",
    "doctor": "doctor",
}


def commands(group: click.Group, path: str = "") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        if isinstance(one, click.Group):
            found |= commands(one, f"{path}{name} ")
        elif one is not None:
            found[f"{path}{name}"] = one
    return found


def forms(command: click.Command) -> list[str]:
    return [
        form
        for option in command.params
        if "--format" in option.opts and isinstance(option.type, click.Choice)
        for form in map(str, option.type.choices)
    ]


ALL = [
    (call, form)
    for call, text in CALLS.items()
    for form in forms(commands(cli)[call.removesuffix(" --check")])
    if form not in (*CONSOLE, *FILES)
]


def test_every_command_with_forms_is_here():
    assert {name for name, command in commands(cli).items() if forms(command)} == {
        call.removesuffix(" --check") for call in CALLS
    }


@contextlib.contextmanager
def stdout(encoding: str, monkeypatch: pytest.MonkeyPatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict")
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", stream)
        yield stream
        stream.flush()


def said(call: str, form: str, project: Path, encoding: str, monkeypatch) -> bytes:
    if call == "history trend":
        run(["history", "record", str(project)])
    (project / "s.csv").write_text("名称,数量\n甲,1台\n", "utf-8")
    arguments = [part.replace("{0}", "{}").replace("{}", str(project)) for part in CALLS[call].split()]
    with stdout(encoding, monkeypatch) as stream:
        assert run([*arguments, "-f", form]) == 0
        stream.flush()
        data = stream.buffer.getvalue()
    assert data
    return data


@pytest.mark.parametrize(("call", "form"), [one for one in ALL if one != ("section", "json")])
def test_what_programs_and_files_take_is_utf_8_whatever_the_console_is(call, form, project, monkeypatch):
    data = said(call, form, project, "gbk", monkeypatch)
    text = data.decode("utf-8")
    assert "\ufffd" not in text
    assert text.startswith("\ufeff") == (form == "csv")
    if form == "json":
        json.loads(text)
    if form in ("json", "md") and call in ("report", "match", "ledger show", "standards show"):
        assert "😀" in text


def test_what_people_read_is_in_the_encoding_of_their_console(project, monkeypatch):
    text = said("report", "terminal", project, "gbk", monkeypatch).decode("gbk")
    assert "声级计" in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "arguments",
    [["report", "{}"], ["report", "{}", "-f", "json"], ["standards", "list"], ["errors"], ["--help"]],
)
def test_a_full_disk_behind_stdout_is_told_and_no_missed_bar(arguments, project):
    call = [sys.executable, "-m", "equipcheck", *(one.format(project) for one in arguments)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            call, stdout=full, stderr=subprocess.PIPE, check=False,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
    told = done.stderr.decode("utf-8")
    assert done.returncode == 2
    assert "磁盘已满" in told
    assert "Traceback" not in told
    assert "Exception ignored" not in told


@pytest.mark.parametrize(
    "call",
    [
        "history record {}",
        "rollup {}/fleet.yaml --blank {}/history",
        "rollup {}/fleet.yaml --blank {}/history/below",
        "rollup {}/fleet.yaml --no-cache -f json -o {}/history/x.json",
        "init {}/history --no-input",
        "init {}/history/below --no-input",
        "desk {}/history/below --no-browser",
        "desk {}/history --no-browser",
        "standards add {}/s.yaml",
        "standards new x -o {}/history/x.yaml",
        "standards pack {}/s.yaml -o {}/history/x.zip",
        "plan {} --xlsx {}/history/x.xlsx",
        "match {} --review {}/history/x.xlsx",
        "section {} --save-template {}/history/x.md",
        "report {} -o {}/history/x.json",
    ],
)
def test_a_folder_that_cannot_be_made_is_a_wrong_call(call, project, capsys, monkeypatch):
    (project / "history").write_text("", "utf-8")  # a file where a folder is wanted
    monkeypatch.setattr(library, "folder", lambda: project / "history" / "standards")
    before = sorted(project.rglob("*"))
    assert run([part.replace("{}", str(project)) for part in call.split()]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert str(project / "history") in err
    assert any("一" <= mark <= "鿿" for mark in err)
    for word in ("Errno", "Not a directory", "is a file", "exists", "Directory"):
        assert word not in err
    assert sorted(project.rglob("*")) == before


def test_the_desk_tells_of_a_folder_that_cannot_be_made(project):
    for name in ("inventories", "standards"):
        (project / name).write_text("", "utf-8")
    answer = client_of(project).post("/api/ledgers", files=[("files", ("b.csv", LEDGER.encode()))])
    assert answer.status_code == 422
    assert [one["code"] for one in answer.json()["problems"]] == ["no-folder-made"]
    with pytest.raises(InputError) as raised:
        annexes.take(Workspace(project), "附件.csv", "名称,数量\n甲,1台\n".encode(), {})
    assert [one.code for one in raised.value.problems] == ["no-folder-made"]
