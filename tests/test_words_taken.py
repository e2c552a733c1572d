"""Words of closed sets: taken in Chinese too, and a stray one refused where it stands, with a near match."""

from __future__ import annotations

import json

import pytest

from equipcheck.cli import run

LEDGER = "某局固定资产台账（2024年12月31日）\n资产名称,数量,检定有效期至\n声级计,1,\n"
FACTS = ["--staff", "9", "--vehicles", "1"]


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, "utf-8")
    return path


def report(capsys, *arguments):
    assert run(["report", "-f", "json", *map(str, arguments)]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("level", "region", "metrology"),
    [
        ("县级", "西部", "严格"),
        ("区级", "西", "从严"),
        ("county", "west", "strict"),
        (" 县 ", "西部 ", "严格"),
    ],
)
def test_the_command_line_takes_chinese(ledger, capsys, level, region, metrology):
    options = ["--level", level, "--region", region, "--metrology", metrology]
    found = report(capsys, ledger, *FACTS, *options)
    assert (found["bureau"]["level"], found["bureau"]["region"]) == ("county", "west")
    sound = next(one for one in found["findings"] if one["requirement"] == "sound-level")
    assert sound["assets"][0]["excluded"] == "verification_unknown"


@pytest.mark.parametrize(
    ("options", "near"),
    [
        (["--level", "cuonty"], "county"),
        (["--level", "县级", "--region", "wset"], "west"),
        (["--level", "县级", "--metrology", "strcit"], "strict"),
        (["--level", "县级", "--fact", "region=wst"], "west"),
        (["--level", "县级", "--fact", "climate=subtropcal"], "subtropical"),
    ],
)
def test_a_stray_word_of_an_option_is_refused_with_a_near_match(ledger, capsys, options, near):
    assert run(["report", str(ledger), *FACTS, *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"是否为“{near}”" in err


def test_a_project_takes_chinese_and_refuses_stray_words_where_they_stand(tmp_path, ledger, capsys):
    config = tmp_path / "equipcheck.yaml"
    text = (
        "bureau: {level: 县级, region: 西部, staff: 9, vehicles: 1}\nas_of: 2024-12-31\nmetrology: 严格\n"
        "ledgers: [{path: 台账.csv, as: 台账}]\nservices: [{requirement: uav, how: 统调}]\n"
    )
    config.write_text(text, "utf-8")
    found = report(capsys, tmp_path)
    assert found["bureau"]["level"] == "county"
    assert next(one for one in found["findings"] if one["requirement"] == "uav")["serviced"] == 1
    config.write_text(text.replace("西部", "wset"), "utf-8")
    assert run(["report", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert "equipcheck.yaml:1:29" in err
    assert "west" in err
    assert "wset" in err


STANDARD = """id: demo
family: demo
title: 示例
effective: "2020"
columns:
  - {id: county, label: 县级, when: {level: %s}}
  - {id: city, label: 市级, when: {level: 市级}}
requirements:
  - id: a
    name: 声级计
    kinds: [sound_level_meter]
    quantity: {county: 1}
    when: {region: %s}
    source: {status: official}
"""


def test_a_standards_conditions_take_chinese_and_are_refused_with_their_place(tmp_path, ledger, capsys):
    standard = tmp_path / "s.yaml"
    standard.write_text(STANDARD % ("县级", "[东部, 西部]"), "utf-8")
    options = [ledger, "--standard", standard, "--level", "county", "--region", "west"]
    assert [one["required"] for one in report(capsys, *options)["findings"]] == [1]
    standard.write_text(STANDARD % ("cuonty", "[东部, wset]"), "utf-8")
    assert run(["report", *map(str, options)]) == 2
    err = capsys.readouterr().err
    assert "s.yaml:6:43" in err
    assert "s.yaml:13:20" in err
    assert "是否为“county”" in err
    assert "是否为“west”" in err
    assert run(["standards", "lint", str(standard)]) == 1
    out = capsys.readouterr().out
    assert "cuonty" in out
    assert "wset" in out


def test_the_note_on_the_day_names_the_ledgers_own_date_and_the_option(ledger, capsys, monkeypatch):
    import datetime as dt

    from equipcheck.cli import options

    monkeypatch.setattr(options, "today", lambda: dt.date(2025, 3, 1))
    said = {one["code"]: one["note"] for one in report(capsys, ledger, *FACTS, "--level", "县级")["notes"]}
    assert "2024-12-31" in said["as-of-today-dated"]
    assert "--as-of 2024-12-31" in said["as-of-today-dated"]
    assert "as-of-today" not in said
    codes = {
        one["code"]
        for one in report(capsys, ledger, *FACTS, "--level", "县级", "--as-of", "2024-12-31")["notes"]
    }
    assert not codes & {"as-of-today-dated", "as-of-today"}
    ledger.write_text(LEDGER.replace("2024年12月31日", "2025-12-31"), "utf-8")
    codes = {one["code"] for one in report(capsys, ledger, *FACTS, "--level", "县级")["notes"]}
    assert "as-of-today" in codes, "a day that has not come is no day to check on"
