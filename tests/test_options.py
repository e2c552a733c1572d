"""Options as such: each by its environment variable, bars, `-` for stdout, what does not go together."""

from __future__ import annotations

import json
from pathlib import Path

import click
import openpyxl
import pytest

from equipcheck.cli import cli, run
from equipcheck.match.review.workbook_write import ANSWER

CONFIG = "bureau: {level: county, region: west, staff: 9, vehicles: 1}\nas_of: 2023-12-31\nledgers: l.csv\n"
STANDARD = """id: s
family: s
title: 示例
requirements:
- {id: a, name: 甲, kinds: [uav], quantity: 1, when: {boats: true}, source: {status: estimate}}
"""


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    (tmp_path / "l.csv").write_text("资产名称,数量\n声级计,1\n便携式检测仪,1\n", "utf-8")
    (tmp_path / "equipcheck.yaml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys, call: str, *said: str) -> None:
    assert run(call.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    for word in said:
        assert word in err


def commands(command: click.Command, name: str, parent: click.Context | None):
    settings = command.context_settings if parent is None else {}
    context = command.context_class(command, info_name=name, parent=parent, **settings)
    yield context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            one = command.get_command(context, below)
            assert one is not None
            yield from commands(one, below, context)


def test_every_option_of_every_command_has_its_variable(monkeypatch):
    """`--as-of` of `report` is EQUIPCHECK_REPORT_AS_OF, whatever the code calls it."""
    seen = set()
    for context in commands(cli, "equipcheck", None):
        path = [part.upper() for part in context.command_path.split()]
        for option in context.command.get_params(context):
            if not isinstance(option, click.Option) or not option.expose_value:
                continue
            for long in (one for one in option.opts if one.startswith("--")):
                name = "_".join([*path, long.lstrip("-").replace("-", "_").upper()])
                monkeypatch.setenv(name, "x")
                assert option.resolve_envvar_value(context) == "x", name
                monkeypatch.delenv(name)
                seen.add(name)
    assert {"EQUIPCHECK_REPORT_FORMAT", "EQUIPCHECK_LEDGER_SHOW_AS", "EQUIPCHECK_STANDARDS_IMPORT_ID"} <= seen


def test_what_the_variables_say_is_done(project, monkeypatch, capsys):
    monkeypatch.setenv("EQUIPCHECK_REPORT_FORMAT", "json")
    monkeypatch.setenv("EQUIPCHECK_REPORT_STAFF", "20")
    monkeypatch.setenv("EQUIPCHECK_REPORT_FACT", "teams=3 boats=是")
    assert run(["report"]) == 0
    assert (
        json.loads(capsys.readouterr().out)["bureau"].items()
        >= {"staff": 20, "teams": 3, "boats": True}.items()
    )
    assert run(["report", "--staff", "7"]) == 0  # an option wins over its variable
    assert json.loads(capsys.readouterr().out)["bureau"]["staff"] == 7
    monkeypatch.setenv("EQUIPCHECK_PLAN_FROM", "2026")
    assert run(["plan", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["years"][0]["year"] == 2026
    monkeypatch.setenv("EQUIPCHECK_REPORT_AS_OF", "2023-12")
    refused(capsys, "report", "--as-of", "2023-12")


def test_a_flag_takes_yes_and_no(project, monkeypatch, capsys):
    for word, code in (("1", 1), ("0", 0), ("", 0)):
        monkeypatch.setenv("EQUIPCHECK_REPORT_STRICT", word)
        assert run(["report"]) == code
    monkeypatch.setenv("EQUIPCHECK_REPORT_STRICT", "也许")
    capsys.readouterr()
    refused(capsys, "report", "--strict", "也许", "应为 1")


def test_a_variable_of_the_version_is_no_option(monkeypatch, capsys):
    monkeypatch.setenv("EQUIPCHECK_VERSION", "0.2.0")
    monkeypatch.setenv("EQUIPCHECK_ERRORS_HELP", "no such thing")
    assert run(["errors", "bad-usage"]) == 0
    assert "bad-usage" in capsys.readouterr().out


@pytest.mark.parametrize("bar", ["nan", "NaN", "-nan", "1.1", "-0.1", "inf", "百分之八十"])
def test_a_bar_is_a_share(project, capsys, bar):
    refused(capsys, f"report --fail-under={bar}", "--fail-under", "0–1", bar)


@pytest.mark.parametrize(("bar", "code"), [("1", 1), ("0.01", 1), ("0", 0)])
def test_no_rate_is_not_a_full_one(project, capsys, bar, code):
    (project / "s.yaml").write_text(STANDARD, "utf-8")
    call = f"report -f json --standard s.yaml --fact boats=否 --fail-under {bar}"
    assert run(call.split()) == code
    out, err = capsys.readouterr()
    assert json.loads(out)["coverage"]["by_kind"] is None
    assert ("没有可算达标率" in err) == bool(code)


@pytest.mark.parametrize(
    "call", ["report -f json", "match -f json", "plan -f json", "standards list -f json"]
)
def test_a_dash_is_stdout(project, capsys, call):
    assert run(call.split()) == 0
    plain = capsys.readouterr().out
    if "list" not in call:
        assert run([*call.split(), "-o", "-"]) == 0
        assert capsys.readouterr().out == plain
    assert not (project / "-").exists()


@pytest.mark.parametrize("way", ["--review r.xlsx", "--apply r.xlsx", "--ask"])
@pytest.mark.parametrize("form", ["-f json", "-o x.json"])
def test_match_does_one_thing_at_a_time(project, capsys, way, form):
    refused(capsys, f"match {form} {way}", way.split()[0], "-f、-o")
    assert sorted(one.name for one in project.iterdir()) == ["equipcheck.yaml", "l.csv"]


@pytest.mark.parametrize(
    ("call", "said"),
    [("plan --xlsx p.xls", ".xlsx"), ("plan --xlsx p", ".xlsx"), ("plan --from 2020", "2023-12-31")],
)
def test_what_a_plan_cannot_be(project, capsys, call, said):
    refused(capsys, call, said)
    assert sorted(one.name for one in project.iterdir()) == ["equipcheck.yaml", "l.csv"]


def test_a_plan_may_begin_in_the_year_of_its_date(project):
    assert run(["plan", "--from", "2023", "-f", "json"]) == 0


def test_answers_that_wait_to_be_read_back_are_not_written_over(project, capsys):
    (project / "equipcheck.yaml").write_text(CONFIG + "decisions: d.yaml\n", "utf-8")
    call = "match --review r.xlsx"
    assert run(call.split()) == 0
    assert run(call.split()) == 0, "nothing was filled in"
    path = project / "r.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book for row in one.iter_rows() for cell in row if cell.value == ANSWER)
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == ANSWER)
    sheet.cell(head.row + 1, head.column).value = "不是装备"
    book.save(path)
    before = path.read_bytes()
    capsys.readouterr()
    refused(capsys, call, "r.xlsx", "1 条", "--apply")
    assert path.read_bytes() == before
    assert run(["match", "--apply", "r.xlsx"]) == 0
    assert run(call.split()) == 0, "all was read back"
