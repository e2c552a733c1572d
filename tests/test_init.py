"""`equipcheck init`: a new project in a folder, nothing overwritten, and the template that it leaves."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import openpyxl
import pytest

from equipcheck.cli import run
from equipcheck.ledger import Source, read_ledgers
from equipcheck.ledger.words.statuses import CHOICES, parse_status
from equipcheck.project.ledger_template import HEADINGS, ledger_template
from equipcheck.project.project import open_project

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
    assert "# staff: 17" in text
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
