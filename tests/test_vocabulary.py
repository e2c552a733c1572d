"""Words are data: the shipped lists are sound, and a project's own words are known in its ledgers."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.checking.check import check
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.vocabulary import read_words, words_of
from equipcheck.ground.yamlfile import load, loads
from equipcheck.ledger.words.headings import heading_of
from equipcheck.match.lexicon.files import read_part
from equipcheck.problems import InputError
from equipcheck.project.project import open_project
from equipcheck.schemas import NAMES, schema_of
from equipcheck.schemas.inputs import word_forms
from equipcheck.section.drafts.statements import turns
from equipcheck.section.drafts.statements.form import DraftTurns
from equipcheck.section.drafts.statements.turns import FORMS, mark

STATEMENTS = Path(turns.__file__).parent
WORDS = shipped_dir() / "vocabulary"
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


@pytest.mark.parametrize("name", word_forms())
def test_the_shipped_words_are_sound(name):
    form, _ = word_forms()[name]
    _, problems = read_words(form, load(WORDS / f"{form.SUBJECT}.yaml"))
    assert problems == []


def test_every_file_of_words_has_a_form_and_a_schema_that_names_its_lists():
    forms = {form.SUBJECT: name for name, (form, _) in word_forms().items()}
    assert set(forms) == {path.stem for path in WORDS.glob("*.yaml")}
    assert set(forms.values()) <= set(NAMES)
    for name in forms.values():
        schema = schema_of(name)
        for part in (schema, *schema.get("$defs", {}).values()):
            assert all(one.get("description") for one in part["properties"].values()), name


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "told"),
    [
        ("annex-words", "\nnoise:", "\nnoice:", "unknown-key", "noice"),
        ("annex-words", "required: 必配 必备", "required: 必配 选配 必备", "bad-value", "选配"),
        ("annex-words", "serial: 序号", "serial: 序号 序号", "bad-value", "序号"),
        ("annex-words", "name: 名称", "name: 名称 单位", "bad-value", "单位"),
        ("annex-words", "category: 类别", "category: 类别（大）", "bad-value", "类别（大）"),
        ("annex-words", "省市县: province city county", "省市县: province citty", "bad-value", "citty"),
        ("annex-words", "bureau_phrases: 副省级", "bureau_phrases: (副省级", "bad-value", "(副省级"),
        ("annex-words", "teams: 中队", "squads: 中队", "unknown-key", "squads"),
        ("annex-words", "\ntotals: 合计 小计 总计 共计 总数", "\ntotals:", "bad-value", "totals"),
        ("ledger-words", "  model: >-", "  modell: >-", "unknown-key", "modell"),
        ("ledger-words", "  idle: >-", "  idel: >-", "unknown-key", "idel"),
        ("ledger-words", "\nforeign_words:", "\nforeign:", "unknown-key", "foreign"),
        ("ledger-words", "    计量单位 数量单位", "    计量单位 资产编号 数量单位", "bad-value", "资产编号"),
        ("ledger-words", "    在用 自用", "    在用 （自用）", "bad-value", "在用"),
        ("ledger-words", "  carried: >-", "  caried: >-", "unknown-key", "caried"),
        ("draft-words", "  squads: >-", "  squad: >-", "unknown-key", "squad"),
        ("draft-words", "\nrest: >-\n", "\nrest: >-\n  其余\n", "bad-value", "其余"),
        ("draft-turns", "  weak: >-", "  week: >-", "bad-value", "week"),
        ("draft-turns", "  rules: >-\n", "  rules: >-\n    (不成对\n", "bad-value", "(不成对"),
    ],
)
def test_a_mistake_in_a_file_of_words_is_told_where_it_stands(name, old, new, code, told):
    form, _ = word_forms()[name]
    shipped = (WORDS / f"{form.SUBJECT}.yaml").read_text("utf-8")
    assert old in shipped
    text = shipped.replace(old, new, 1)
    _, problems = read_words(form, loads(text.encode(), "words.yaml"))
    lines = text.splitlines()
    found = [
        (lines[one.place.line - 1], lines[one.place.line])
        for one in problems
        if one.code == code and one.place.line
    ]
    assert any(told in line for pair in found for line in pair)  # a folded list is placed at its first line


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "told"),
    [
        ("words", "\ntails: >-", "\ntail: >-", "unknown-key", "tail: >-"),
        ("rules", "  doubt: 监测", "  doubts: 监测", "unknown-key", "doubts"),
        ("rules", "emergency_vehicle:\n", "emergency_vehicles:\n", "unknown-kind", "emergency_vehicles"),
        ("ambiguous", "- {words: 柜机, kinds: [air_conditioner]}", "- {words: 柜机}", "missing-key", "柜机"),
        (
            "english",
            "  enforcement_boat: patrol",
            "  enforcement_boot: patrol",
            "unknown-kind",
            "enforcement_boot",
        ),
        ("models", "vibration_meter: >-", "vibration_meters: >-", "unknown-kind", "vibration_meters"),
    ],
)
def test_a_mistake_in_the_lexicon_is_told_where_it_stands(name, old, new, code, told):
    shipped = (shipped_dir() / "catalogue" / "lexicon" / f"{name}.yaml").read_text("utf-8")
    assert old in shipped
    text = shipped.replace(old, new, 1)
    _, problems = read_part(name, loads(text.encode(), f"{name}.yaml"), load_catalogue())
    found = [text.splitlines()[(one.place.line or 1) - 1] for one in problems if one.code == code]
    assert any(told in line for line in found)


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


def test_a_word_of_two_meanings_is_refused_where_it_stands(tmp_path):
    (tmp_path / "台账.csv").write_text(LEDGER, "utf-8")
    (tmp_path / "equipcheck.yaml").write_text(OWN.replace("置于何处, status", "物件名, status"), "utf-8")
    with pytest.raises(InputError) as raised:
        open_project([tmp_path])
    (problem,) = raised.value.problems
    assert (problem.code, problem.args["value"], problem.place.line) == ("bad-value", "物件名", 7)


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


def lists(said, at=()):
    """Every list of words or patterns of a file, with its keys."""
    for key, value in said.items():
        if isinstance(value, tuple):
            yield (*at, key), value
        else:
            yield from lists(value, (*at, key))


def test_the_patterns_of_drafts_are_of_known_sorts_and_fit_together():
    said = words_of(DraftTurns).model_dump()
    for name in said["marks"]:
        assert mark(name).groups == 0
    forms = set(re.findall(r"\{([a-z_]+)\}", " ".join(word for _, words in lists(said) for word in words)))
    assert forms <= set(FORMS) | set(said["parts"])
    assert set(said["parts"]) <= forms


def test_every_mark_of_drafts_is_asked_for():
    code = "".join(path.read_text("utf-8") for path in STATEMENTS.glob("*.py"))
    asked = set(re.findall(r'mark\("([a-z_]+)"\)', code))
    assert asked == set(words_of(DraftTurns).marks)
