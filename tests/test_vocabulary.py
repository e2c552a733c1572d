"""Words are data: the shipped lists are sound, and a project's own words are known in its ledgers."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from equipcheck.checking.check import check
from equipcheck.ground import frames
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.vocabulary import vocabulary
from equipcheck.ground.yamlfile import loads
from equipcheck.ledger.source import FIELDS
from equipcheck.ledger.words.headings import heading_of, plain
from equipcheck.problems import InputError
from equipcheck.project.project import open_project
from equipcheck.section.drafts.statements import turns
from equipcheck.section.drafts.statements.tokens import Sort
from equipcheck.section.drafts.statements.turns import FORMS, Turn, mark
from equipcheck.standard.annex.language.form import read_words

STATEMENTS = Path(turns.__file__).parent
TODAY = dt.date(2024, 1, 1)
LEDGER = "物件名,件,置于何处,状况如何\n声级计,2,三楼,备件库\n执法记录仪,3,三楼,在用\n"
OWN = """
bureau: {name: 示例局（虚构）, level: county, staff: 17, vehicles: 3}
standard: enforcement-2020
as_of: 2023-12-31
ledgers: 台账.csv
vocabulary:
  headings: {name: 物件名, quantity: [件], location: 置于何处, status: 状况如何}
  statuses: {闲置: 备件库}
"""


def test_no_heading_stands_in_two_fields():
    words = vocabulary("ledger")
    every = [*words["other_headings"], *(word for field in words["headings"].values() for word in field)]
    assert [word for word, times in Counter(every).items() if times > 1] == []
    assert [word for word in every if plain(word) != word] == []
    assert set(words["headings"]) | set(words["heading_endings"]) <= set(FIELDS)


def test_no_status_word_means_two_things():
    statuses = vocabulary("ledger")["statuses"]
    every = [word for words in statuses.values() for word in words]
    assert [word for word, times in Counter(every).items() if times > 1] == []
    assert set(statuses) <= set(frames.STATUSES)


def test_a_projects_own_words_are_known_in_its_ledgers(tmp_path):
    (tmp_path / "台账.csv").write_text(LEDGER, "utf-8")
    (tmp_path / "equipcheck.yaml").write_text(OWN, "utf-8")
    assert heading_of("物件名") is None
    assets = check(open_project([tmp_path]), TODAY).gathered.assets
    rows = assets.select("name", "quantity", "status", "location").rows()
    assert rows == [("声级计", 2, "idle", "三楼"), ("执法记录仪", 3, "in_use", "三楼")]
    bare = check(
        open_project([tmp_path / "台账.csv"]), TODAY
    ).gathered.assets  # the project above lends its words
    assert bare["quantity"].to_list() == [2, 3]


@pytest.mark.parametrize(
    ("written", "wrong"),
    [("headings: {nome: 物件名}", "nome"), ("statuses: {闲之: 备件库}", "闲之")],
)
def test_a_field_or_a_status_that_is_none_is_refused_where_it_stands(tmp_path, written, wrong):
    (tmp_path / "台账.csv").write_text(LEDGER, "utf-8")
    text = OWN.split("vocabulary:", maxsplit=1)[0] + f"vocabulary:\n  {written}\n"
    (tmp_path / "equipcheck.yaml").write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        open_project([tmp_path])
    (problem,) = raised.value.problems
    assert (problem.code, problem.args["key"], problem.place.line) == ("unknown-key", wrong, 7)


SHIPPED_ANNEX = (shipped_dir() / "vocabulary" / "annex.yaml").read_text("utf-8")


def test_the_words_of_annexes_are_sound():
    _, problems = read_words(loads(SHIPPED_ANNEX.encode(), "annex.yaml"))
    assert problems == []


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("\nnoise:", "\nnoice:", "unknown-key", "noice"),
        ("required: 必配 必备", "required: 必配 选配 必备", "bad-value", "选配"),
        ("serial: 序号", "serial: 序号 序号", "bad-value", "序号"),
        ("name: 名称", "name: 名称 单位", "bad-value", "单位"),
        ("category: 类别", "category: 类别（大）", "bad-value", "类别（大）"),
        ("省市县: province city county", "省市县: province citty", "bad-value", "citty"),
        ("bureau_phrases: 副省级", "bureau_phrases: (副省级", "bad-value", "(副省级"),
        ("teams: 中队", "squads: 中队", "bad-value", "squads"),
        ("\ntotals: 合计 小计 总计 共计 总数", "\ntotals:", "bad-value", "totals"),
    ],
)
def test_a_mistake_in_the_words_of_annexes_is_told_where_it_stands(old, new, code, told):
    assert old in SHIPPED_ANNEX
    text = SHIPPED_ANNEX.replace(old, new, 1)
    _, problems = read_words(loads(text.encode(), "annex.yaml"))
    lines = text.splitlines()
    found = [lines[(one.place.line or 1) - 1] for one in problems if one.code == code]
    assert any(told in line for line in found)


def lists(said, at=()):
    """Every list of words or patterns of a file, with its keys."""
    for key, value in said.items():
        if isinstance(value, tuple):
            yield (*at, key), value
        else:
            yield from lists(value, (*at, key))


@pytest.mark.parametrize("subject", ["drafts", "turns"])
def test_no_word_or_pattern_of_drafts_stands_twice_in_a_list(subject):
    twice = {
        at: [word for word, times in Counter(words).items() if times > 1]
        for at, words in lists(vocabulary(subject))
    }
    assert {at: words for at, words in twice.items() if words} == {}


def test_the_patterns_of_drafts_are_of_known_sorts_and_fit_together():
    said = vocabulary("turns")
    assert set(said) == {"parts", "turns", "before", "after", "last", "marks"}
    assert {key.split(".")[0] for key in said["turns"]} <= set(get_args(Turn))
    phrases = {key.split(".")[0] for section in ("before", "after", "last") for key in said[section]}
    assert phrases <= set(get_args(Sort))
    for name in said["marks"]:
        assert mark(name).groups == 0
    forms = set(re.findall(r"\{([a-z_]+)\}", " ".join(word for _, words in lists(said) for word in words)))
    assert forms <= set(FORMS) | set(said["parts"])
    assert set(said["parts"]) <= forms


def test_every_mark_of_drafts_is_asked_for():
    code = "".join(path.read_text("utf-8") for path in STATEMENTS.glob("*.py"))
    asked = set(re.findall(r'mark\("([a-z_]+)"\)', code))
    assert asked == set(vocabulary("turns")["marks"])
