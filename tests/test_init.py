"""`equipcheck init`: a new project in a folder, nothing overwritten, and the template that it leaves."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from equipcheck.cli import run
from equipcheck.ledger import Source, read_ledgers
from equipcheck.ledger.words.statuses import CHOICES, parse_status
from equipcheck.project.ledger_template import HEADINGS, ledger_template
from equipcheck.project.project import open_project
from equipcheck.standard.bureau import Bureau

SAMPLE = Path(__file__).parents[1] / "inventories" / "sample-district"
FLAGS = ["--level", "county", "--region", "west", "--staff", "17", "--vehicles", "3"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inventories").mkdir()
    shutil.copy(SAMPLE / "固定资产台账.xlsx", tmp_path / "inventories")
    shutil.copy(SAMPLE / "检定台账.xlsx", tmp_path)
    return tmp_path


def test_a_project_from_flags_finds_the_ledgers_and_reports(folder, capsys):
    assert run(["init", str(folder), *FLAGS, "--standard", "enforcement-2020"]) == 0
    out, err = capsys.readouterr()
    assert "车载样品保存设备" in out
    assert "认出台账：inventories/固定资产台账.xlsx" in err
    project = open_project([folder])
    assert project.bureau.facts == {"level": "county", "region": "west", "staff": 17, "vehicles": 3}
    assert [(source.path.name, source.role) for source in project.sources] == [
        ("检定台账.xlsx", "verification"),
        ("固定资产台账.xlsx", "ledger"),
    ]


def test_questions_are_answered_in_the_words_people_use(folder, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("区县\n区县级\n１７人\n三\n"))
    assert run(["init", str(folder)]) == 0
    assert "没有看懂" in capsys.readouterr().err
    facts = open_project([folder]).bureau.facts
    assert facts == {"level": "county", "staff": 17, "vehicles": 3}


def test_what_is_not_answered_is_left_to_fill_in(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(["init", str(tmp_path / "new")]) == 0
    text = (tmp_path / "new" / "equipcheck.yaml").read_text("utf-8")
    assert "#staff: 17" in text
    assert "待填" in text
    assert open_project([tmp_path / "new"]).bureau.facts == {}
    assert "还没有台账" in capsys.readouterr().err


def test_nothing_is_overwritten(folder, capsys):
    (folder / "decisions.yaml").write_text("matches: []\n", "utf-8")
    assert run(["init", str(folder), *FLAGS, "--no-report"]) == 0
    assert (folder / "decisions.yaml").read_text("utf-8") == "matches: []\n"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run(["init", str(folder), *FLAGS]) == 2
    assert capsys.readouterr().out == ""
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_wrong_standard_is_told_before_anything_is_written(tmp_path, capsys):
    assert run(["init", str(tmp_path), *FLAGS, "--standard", "enforcement-2002"]) == 2
    assert "enforcement-2020" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_that_cannot_be_read_does_not_lose_the_project(tmp_path, capsys):
    (tmp_path / "固定资产台账.xlsx").write_bytes(b"PK\x03\x04broken")
    assert run(["init", str(tmp_path), *FLAGS]) == 0
    assert "第一次核查没有完成" in capsys.readouterr().err
    assert (tmp_path / "equipcheck.yaml").exists()


def test_the_template_has_lists_and_the_reader_knows_all_of_it(tmp_path):
    path = tmp_path / "台账模板.xlsx"
    path.write_bytes(ledger_template(["无人机", "声级计"]))
    book = openpyxl.load_workbook(path)
    sheet = book["台账"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert {rule.type for rule in rules.values()} == {"list", "whole", "date"}
    assert [cell.value for cell in sheet[1]] == [heading for heading, _, _ in HEADINGS]
    sheet.append(["A1", "无人机", "X", "架", 2, "闲置", "2020-05-06", "S1", "2024-05-05", 30000, "", "", ""])
    book.save(path)
    read = read_ledgers([Source(path, "台账模板.xlsx")])
    (row,) = read.assets.iter_rows(named=True)
    assert (row["name"], row["quantity"], row["status"], row["serial"]) == ("无人机", 2, "idle", "S1")
    assert row["valid_until"].isoformat() == "2024-05-05"
    assert row["unit_price"] == 3_000_000
    assert row["extra"] == []
    assert {note.code for note in read.notes} == {"sheet-skipped"}


def test_every_status_of_the_template_is_understood():
    assert "unknown" not in {parse_status(word) for word in CHOICES}


def test_the_same_template_has_the_same_bytes():
    assert ledger_template(["无人机"]) == ledger_template(["无人机"])


ANSWERS = [
    [],
    ["--level", "county"],
    ["--staff", "17", "--vehicles", "3"],
    ["--name", "某局", "--region", "west"],
    FLAGS,
    ["--fact", "teams=2"],
    [*FLAGS, "--standard", "enforcement-2020"],
]
UNUSED = re.compile(r"^(\s*)#(?=[a-z]+:)|^#(?=  - )", re.MULTILINE)


def uncommented(text: str, which: set[int] | None = None) -> str:
    """What the file tells people to do: the # before a setting is taken away, nothing else."""
    seen = iter(range(1000))
    return UNUSED.sub(
        lambda found: (found[1] or "") if which is None or next(seen) in which else found[0], text
    )


@pytest.mark.parametrize("given", ANSWERS)
def test_the_file_is_sound_after_what_it_tells_people_to_do(tmp_path, capsys, given):
    assert run(["init", str(tmp_path), "--no-input", "--no-report", *given]) == 0
    (tmp_path / "inventories" / "固定资产台账.xlsx").write_bytes((SAMPLE / "固定资产台账.xlsx").read_bytes())
    config = tmp_path / "equipcheck.yaml"
    text = config.read_text("utf-8")
    lines = [line for line in text.splitlines() if UNUSED.match(line)]
    assert len(lines) > 5
    assert open_project([tmp_path]).sources == ()  # as it is
    config.write_text(uncommented(text), "utf-8")
    project = open_project([tmp_path])
    assert {"level", "staff", "vehicles"} <= set(project.bureau.facts)
    assert project.sources
    assert project.services
    assert project.waivers
    for at, line in enumerate(lines):  # each alone, a list with its item
        which = {at, at + 1} if line.endswith(":") else set() if line.startswith("#  -") else {at}
        config.write_text(uncommented(text, which), "utf-8")
        open_project([tmp_path])


def test_a_started_project_with_one_answer_and_a_ledger_reports(tmp_path, capsys):
    """By hand, one fact after the other: bureau: stays the mapping that the facts stand in."""
    assert run(["init", str(tmp_path), "--no-input"]) == 0
    (tmp_path / "inventories" / "固定资产台账.xlsx").write_bytes((SAMPLE / "固定资产台账.xlsx").read_bytes())
    config = tmp_path / "equipcheck.yaml"
    text = config.read_text("utf-8")
    for key in ("level", "staff", "vehicles", "ledgers", "as_of"):
        text = text.replace(f"#{key}:", f"{key}:")
        config.write_text(text, "utf-8")
        open_project([tmp_path])
    assert run(["report", str(tmp_path)]) == 0
    assert "账目相符" in capsys.readouterr().out


@pytest.mark.parametrize(
    "key", ["bureau", "ledgers", "standard", "as_of", "decisions", "services", "waivers", "prices"]
)
def test_a_key_with_nothing_behind_it_says_nothing(tmp_path, key):
    (tmp_path / "equipcheck.yaml").write_text(f"{key}:\nformat: 1\n", "utf-8")
    assert open_project([tmp_path]) == open_project([tmp_path])._replace(bureau=Bureau())
    (tmp_path / "equipcheck.yaml").write_text("bureau:\n  level: county\n  staff:\n", "utf-8")
    assert open_project([tmp_path]).bureau.facts == {"level": "county"}


def test_an_unknown_key_is_refused_with_nothing_behind_it_too(tmp_path, capsys):
    (tmp_path / "equipcheck.yaml").write_text("stanard:\n", "utf-8")
    assert run(["report", str(tmp_path)]) == 2
    assert "stanard" in capsys.readouterr().err


def test_the_decisions_file_is_sound_after_what_it_tells_people_to_do(tmp_path):
    from equipcheck.ground import yamlfile
    from equipcheck.project.starter_files import DECISIONS

    text = DECISIONS.replace(": []\n#", ":\n")
    data = yamlfile.loads(text.encode(), "decisions.yaml").data
    assert data["matches"][0]["kind"] == "pid_detector"
    assert len(data["splits"][0]["parts"]) == 2


BROKEN = [
    "bureau: {}\n  level: county\n", "bureau:\n level: county\n  staff: 3\n", "a: [1, 2\nb: 3\n", "a: {b: 1\n",
    "a: 'x\n", "a:\n\tb: 1\n", "a: b: c\n", "- a\nb: 1\n", "a: %x\n", 'a: "\\q"\n', "a: 1\nb\nc: 2\n", "a: @x\n",
    "a:\n- 1\n b: 2\n", "a: - 1\n", "a: \x07\n", "[a, b\n", "a: 1\n...\nb: 2\n", "&a\n*b: 1\n",
]  # fmt: skip


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_wrong_in_a_yaml_file_is_told_in_chinese(tmp_path, capsys, text):
    (tmp_path / "equipcheck.yaml").write_text(text, "utf-8")
    assert run(["report", str(tmp_path)]) == 2
    told = capsys.readouterr().err.partition("equipcheck.yaml")[2]
    assert not re.search(r"[A-Za-z]{4,}", re.sub(r"YAML|“[^”]*”|format|[a-z_]+、|、[a-z_]+", "", told)), told
