"""A mistake is told where it stands, as the caller sees it: the file from here, the option that was typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.cli import run
from equipcheck.problems import InputError
from equipcheck.standard.load import load_file

HEAD = "id: s\nfamily: s\ntitle: 示例\n"
COLUMNS = """columns:
- {id: county, label: 县级, when: {level: county}}
- {id: west, label: 西部, when: {region: west}}
"""
GOOD = "requirements: [{id: a, name: 甲, kinds: [uav], quantity: {per: staff}, source: {status: estimate}}]\n"
BAD = "requirements: [{id: a, name: 甲, kinds: [uavv], quantity: 1, source: {status: estimate}}]\n"
PROJECT = "bureau: {{level: county, staff: 5}}\nas_of: 2023-12-31\nledgers: l.csv\n{}\n"


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    for name in ("p/in", "s", "else where"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "p" / "l.csv").write_text("资产编号,资产名称,数量\nA,声级计,5\n", "utf-8")
    (tmp_path / "s" / "bad.yaml").write_text(HEAD + BAD, "utf-8")
    (tmp_path / "s" / "good.yaml").write_text(HEAD + GOOD, "utf-8")
    (tmp_path / "p" / "bad.yaml").write_text(HEAD + BAD, "utf-8")
    (tmp_path / "p" / "d.yaml").write_text("matches: [{name: 甲, kind: uavv}]\n", "utf-8")
    (tmp_path / "p" / "split.yaml").write_text(
        "splits: [{asset_no: A, parts: [{quantity: 1}, {quantity: 2}]}]\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def project(line: str) -> None:
    Path("p/equipcheck.yaml").write_text(PROJECT.format(line), "utf-8")


def told(capsys, *arguments: str) -> str:
    assert run([*arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


@pytest.mark.parametrize(
    ("cwd", "call", "line", "place"),
    [
        (".", "report p --standard s/bad.yaml", "", "s/bad.yaml:4:"),
        (".", "report p", "standard: ../s/bad.yaml", "s/bad.yaml:4:"),
        (".", "report p", "standard: bad.yaml", "p/bad.yaml:4:"),
        (".", "report p", "standard: bad", "p/bad.yaml:4:"),
        (".", "plan p", "standard: bad.yaml", "p/bad.yaml:4:"),
        (".", "report p/l.csv --standard s/bad.yaml", "", "s/bad.yaml:4:"),
        ("p", "report", "standard: bad.yaml", "\nbad.yaml:4:"),
        (".", "report p", "decisions: d.yaml", "p/d.yaml:1:"),
        (".", "match p", "decisions: d.yaml", "p/d.yaml:1:"),
        ("p", "report", "decisions: d.yaml", "\nd.yaml:1:"),
        (".", "report p", "decisions: split.yaml", "p/split.yaml:1:"),
        # what names a standard that is not there
        (".", "report p", "standard: enforcement-2021", "p/equipcheck.yaml:4:11: 没有标准“enforcement-2021”"),
        (".", "report p", "standard: ../s/goood.yaml", "p/equipcheck.yaml:4:11: 文件“../s/goood.yaml”不存在"),
        (".", "report p --standard s/goood.yaml", "standard: bad", "--standard s/goood.yaml: 找不到文件（是否为“good"),
        (".", "report p --standard enforcement-2021", "", "--standard enforcement-2021: 没有标准"),
        # facts
        (".", "report p --fact staff=abc --standard s/good.yaml", "", "--fact staff=abc: "),
        (".", "plan p --what-if staff=abc --standard s/good.yaml", "", "假设 staff=abc: "),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_stands(here, capsys, monkeypatch, cwd, call, line, place):
    project(line)
    monkeypatch.chdir(here / cwd)
    err = "\n" + told(capsys, *call.split())
    assert place in err
    named = place.strip().split(":")[0]
    if named.endswith(".yaml") and not named.startswith("--"):
        assert Path(named).is_file()


def test_what_results_say_is_the_same_from_everywhere(here, capsys, monkeypatch):
    project("standard: ../s/good.yaml")
    said = []
    for cwd, target in ((".", "p"), ("p", "."), ("else where", "../p")):
        monkeypatch.chdir(here / cwd)
        assert run(["report", target, "-f", "json"]) == 0
        said.append(capsys.readouterr().out)
    assert len(set(said)) == 1


def test_several_columns_name_the_facts_that_decide(here, capsys):
    Path("s/two.yaml").write_text(
        HEAD + COLUMNS + GOOD.replace("{per: staff}", "{county: 1, west: 2}"), "utf-8"
    )
    project("standard: ../s/two.yaml")
    err = told(capsys, "report", "p", "--region", "west")
    for word in ("层级 level=county", "地区 region=west", "县级（level=county）", "西部（region=west）"):
        assert word in err


def test_options_that_add_to_a_project_are_said(here, capsys):
    project("")
    text = (
        Path("p/equipcheck.yaml")
        .read_text("utf-8")
        .replace("as_of: 2023-12-31\n", "")
        .replace(", staff: 5", "")
    )
    Path("p/equipcheck.yaml").write_text(text, "utf-8")
    call = "report p -f json --as-of 2023-12-31 --standard s/good.yaml --staff 5 --level 县级 --region 东部"
    assert run(call.split()) == 0
    assert json.loads(capsys.readouterr().out)["overrides"] == [
        "地区 （未写明） → east", "执法人员 （未写明） → 5",
        "标准 （未写明） → s/good.yaml", "截至日期 （未写明） → 2023-12-31",
    ]  # fmt: skip
    assert run(["report", "p/l.csv", "-f", "json", "--staff", "5", "--standard", "s/good.yaml"]) == 0
    assert json.loads(capsys.readouterr().out)["overrides"], (
        "facts of the project above a bare ledger are its too"
    )


def test_of_bare_ledgers_options_are_all_there_is(here, capsys):
    (here / "p" / "equipcheck.yaml").unlink(missing_ok=True)
    assert (
        run(
            [
                "report",
                "p/l.csv",
                "-f",
                "json",
                "--staff",
                "5",
                "--standard",
                "s/good.yaml",
                "--as-of",
                "2023-12-31",
            ]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out)["overrides"] == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--staff 9 --fact staff=3", ("--staff 9", "--fact staff=3")),
        ("--fact teams=1 --fact teams=2", ("--fact teams=1", "--fact teams=2")),
        ("--level 县级 --fact level=city", ("--level county", "--fact level=city")),
    ],
)
def test_one_fact_is_stated_once(here, capsys, options, words):
    project("")
    err = told(capsys, "report", "p", *options.split())
    assert all(word in err for word in words)


def test_the_same_fact_twice_alike_is_no_mistake(here):
    project("standard: ../s/good.yaml")
    assert run(["report", "p", "--staff", "9", "--fact", "staff=9"]) == 0


ROW = "- {{id: {0}, name: {0}, kinds: [{1}], obligation: {2}, quantity: {{county: 1}}, source: {{status: {3}}}}}\n"


def test_all_mistakes_of_a_standard_are_told_at_once(here):
    rows = [
        ("a", "uav", "{county: requird}", "offical"),
        ("b", "ph_meter", "{}", "estimate"),
        ("c", "ph_meterr", "{county: required}", "estimate"),
        ("d", "sound_level_meter", "{county: required}", "estimate"),
        ("e", "sound_level_meter", "{county: required}", "estimate"),
    ]
    path = Path("s/wrong.yaml")
    one = COLUMNS.split("- {id: west", maxsplit=1)[0]
    path.write_text(HEAD + one + "requirements:\n" + "".join(ROW.format(*row) for row in rows), "utf-8")
    with pytest.raises(InputError) as raised:
        load_file(path, str(path), load_catalogue())
    assert sorted((one.place.line, one.code) for one in raised.value.problems) == [
        (7, "bad-value"), (7, "bad-value"), (8, "obligation-missing"), (9, "unknown-kind"), (11, "kinds-overlap"),
    ]  # fmt: skip


LEDGER = "ledgers: [{{path: l.csv, {}}}]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('format: "1"', "这里写的是“1”；要求：数 1，不加引号\n"),
        ("format: 2", "这里写的是“2”；要求：1\n"),
        ("metrology: strcit", "要求：record / strict（是否为“strict”？）\n"),
        (
            LEDGER.format("columns: {name: 资产名}"),
            "没有列标题“资产名”（是否为“资产名称”？）。认得的列标题有：",
        ),
        (
            LEDGER.format("columns: {name: 无此}"),
            "没有列标题“无此”。认得的列标题有：资产编号、资产名称、数量",
        ),
        (LEDGER.format("columns: {nmae: 资产名称}"), "不认识的键“nmae”（是否为“name”？）。"),
    ],
)
def test_sentences_end_as_they_should(here, capsys, text, said):
    project(text)
    if "ledgers" in text:
        path = Path("p/equipcheck.yaml")
        path.write_text(path.read_text("utf-8").replace("ledgers: l.csv\n", ""), "utf-8")
    err = told(capsys, "report", "p")
    assert said in err
    assert "？。" not in err


def test_no_known_heading_is_said_with_the_way_out(here, capsys):
    Path("p/l.csv").write_text("甲,乙\n丙,丁\n", "utf-8")
    project("")
    path = Path("p/equipcheck.yaml")
    path.write_text(path.read_text("utf-8").replace("l.csv", "{path: l.csv, columns: {name: 无此}}"), "utf-8")
    err = told(capsys, "report", "p")
    assert "header_row" in err


def test_no_command_shows_the_help_and_calls_it_no_error(capsys):
    err = told(capsys)
    assert err.startswith("用法：equipcheck")
