"""The shipped standards, word for word in their normal form: an unintended change fails here."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.standard.lint import known_editions, lint
from equipcheck.standard.load import find, load_standard, shipped_ids
from equipcheck.standard.normal import normal

GOLDEN = Path(__file__).parent / "golden"
CATALOGUE = load_catalogue()


def shipped(name: str):
    return load_standard(name, Path(), CATALOGUE).standard


@pytest.mark.parametrize("name", shipped_ids())
def test_the_normal_form_is_the_one_that_was_agreed(name):
    text = json.dumps(normal(shipped(name)), ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"{name}.json"
    if os.environ.get("EQUIPCHECK_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", shipped_ids())
def test_lint_finds_nothing(name):
    path, shown, _ = find(name, Path())
    assert lint(path, shown, CATALOGUE, known_editions([])).problems == ()


@pytest.mark.parametrize("name", shipped_ids())
def test_every_row_says_where_it_comes_from(name):
    for row in shipped(name).requirements:
        assert row.source.place
        assert row.unit
        assert row.category
        assert row.kinds


@pytest.mark.parametrize("name", ["enforcement-2020", "enforcement-2024"])
def test_enforcement_rows_are_estimates_with_their_basis(name):
    rows = shipped(name).requirements
    assert {row.source.status for row in rows} == {"estimate"}
    assert all(row.source.note for row in rows)
    attested = [row.name for row in rows if row.source.kind == "attested"]
    assert {"车载样品保存设备", "管道探测仪", "恶臭监测仪", "移动源执法监测设备"} <= set(attested)
    assert len(attested) == (4 if name == "enforcement-2020" else 6)


def test_the_reprint_of_2006_tells_its_doubts():
    rows = {row.source.place: row for row in shipped("supervision-2006-east").requirements}
    assert len(rows) == 26
    assert "level3" not in rows["东部地区表 第18行"].quantity
    for number, other in ((23, 24), (24, 23)):
        note = rows[f"东部地区表 第{number}行"].source.note
        assert note is not None
        assert f"第{other}行互换" in note
    note = shipped("supervision-2006-east").note
    assert note is not None
    assert all(f"第{number}行" in note for number in (34, 35, 36))


def test_office_ceilings_round_down_and_the_weak_row_says_so():
    standard = shipped("office-central-2016")
    assert standard.limit == "ceiling"
    shares = {row.id: rule for row in standard.requirements for rule in row.quantity.values() if rule.percent}
    assert {name: (str(rule.percent), rule.round) for name, rule in shares.items()} == {
        "desktop-computer": ("100", "down"),
        "laptop": ("50", "down"),
        "printer": ("80", "down"),
        "multifunction-printer": ("30", "down"),
    }
    assert [row.id for row in standard.requirements if row.source.status == "estimate"] == [
        "multifunction-printer"
    ]


def test_uniforms_differ_by_climate():
    standard = shipped("uniform-2020")
    rows = {row.id: row for row in standard.requirements}
    assert [column.id for column in standard.columns] == [
        "hot",
        "subtropical",
        "south-temperate",
        "north-temperate",
        "cold",
        "high-cold",
    ]
    assert {column: rule.count for column, rule in rows["uniform-duty-winter"].quantity.items()}["cold"] == 2
    assert list(rows["uniform-winter-hat-fur"].quantity) == ["cold", "high-cold"]
    assert rows["uniform-shirt-short"].quantity["hot"].note == "使用年限2年"
