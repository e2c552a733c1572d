"""The cell grammar: every form of the published table of forms, and printing as its inverse."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipcheck.standard.grammar import parse_cell, print_cell, print_rule
from equipcheck.standard.model import QuantityRule
from equipcheck.standard.printing import writable
from equipcheck.standard.tokens import UNITS, fact_words, flat

RULES = [
    ("每名民警1台", {"per": "staff"}),
    ("2套/消防员", {"per": "staff", "count": 2}),
    ("每个内设科室1台", {"per": "departments"}),
    ("1台/车辆编制", {"per": "vehicle_quota"}),
    ("5", {"count": 5}),
    ("5台", {"count": 5}),
    ("５套", {"count": 5}),
    ("五台", {"count": 5}),
    ("十二件", {"count": 12}),
    ("0", {"count": 0}),
    ("1,200件", {"count": 1200}),
    ("1台（套）", {"count": 1}),
    ("1台/3人", {"per": "staff", "every": 3}),
    ("1部/3人", {"per": "staff", "every": 3}),
    ("１台／３人", {"per": "staff", "every": 3}),
    ("每3人1台", {"per": "staff", "every": 3}),
    ("每 3 人\n1 台", {"per": "staff", "every": 3}),
    ("1台/2 人（不\n少于2 台）", {"per": "staff", "every": 2, "min": 2}),
    ("每3人配1台", {"per": "staff", "every": 3}),
    ("每三人配备两台", {"per": "staff", "every": 3, "count": 2}),
    ("每3名执法人员1台", {"per": "staff", "every": 3}),
    ("1台/人", {"per": "staff", "count": 1}),
    ("每人1台", {"per": "staff", "count": 1}),
    ("人均1台", {"per": "staff", "count": 1}),
    ("2件/人", {"per": "staff", "count": 2}),
    ("每车1台", {"per": "vehicles"}),
    ("每台执法车辆1套", {"per": "vehicles"}),
    ("执法人员每人1台", {"per": "staff"}),
    ("编制50%", {"per": "authorized", "percent": 50}),
    ("3（台）", {"count": 3}),
    ("1套/车", {"per": "vehicles"}),
    ("1台/辆", {"per": "vehicles"}),
    ("每辆车1台", {"per": "vehicles"}),
    ("每2人1台，不少于2台", {"per": "staff", "every": 2, "min": 2}),
    ("1台/2人（不少于2台）", {"per": "staff", "every": 2, "min": 2}),
    ("每2人1台,至少2台", {"per": "staff", "every": 2, "min": 2}),
    ("每车1台，不超过5台", {"per": "vehicles", "max": 5}),
    ("1台/2人（不少于2台，不超过5台）", {"per": "staff", "every": 2, "min": 2, "max": 5}),
    ("不少于2台", {"count": 2}),
    ("≥2台", {"count": 2}),
    ("50%", {"per": "on_roll", "percent": 50}),
    ("５０％", {"per": "on_roll", "percent": 50}),
    ("不超过实有人数的50%", {"per": "on_roll", "percent": 50, "round": "down"}),
    ("编制的12.5%", {"per": "authorized", "percent": Decimal("12.5")}),
    ("按需", {"as_needed": True}),
    ("根据需要配备", {"as_needed": True}),
    ("根据工作需要合理配置", {"as_needed": True}),
    ("按实际需求配", {"as_needed": True}),
    ("每车不少于1套", {"per": "vehicles"}),
    ("每5人至少2台", {"per": "staff", "every": 5, "count": 2}),
    ("≥2台/车", {"per": "vehicles", "count": 2}),
    ("人手一台", {"per": "staff"}),
    ("执法人员人手1部", {"per": "staff"}),
    ("一人一机", {"per": "staff"}),
    ("1车2套", {"per": "vehicles", "count": 2}),
    ("每名一线执法人员1套", {"per": "staff"}),
    ("每部车1个", {"per": "vehicles"}),
    ("每个单位1台", {"count": 1}),
    ("3台/单位", {"count": 3}),
    ("1（台/人）", {"per": "staff"}),
    ("每人1台/套", {"per": "staff"}),
    ("每车各1套", {"per": "vehicles"}),
    ("2台及以上", {"count": 2}),
    ("2台（含）以上", {"count": 2}),
    ("3台套", {"count": 3}),
    ("应配备2台", {"count": 2}),
    ("共6台", {"count": 6}),
    ("每5人1台，且不少于2台", {"per": "staff", "every": 5, "min": 2}),
    ("每5人1台，上限6台", {"per": "staff", "every": 5, "max": 6}),
    ("每5人配1台，不足5人按5人计", {"per": "staff", "every": 5}),
    ("每10人1台（尾数不足10人的按1台配备）", {"per": "staff", "every": 10}),
    ("按编制数30%", {"per": "authorized", "percent": 30}),
    ("按执法人员数的50%配备", {"per": "staff", "percent": 50}),
    ("执法人员数量的30%", {"per": "staff", "percent": 30}),
    ("配置总数不超过编制内实有人数的150%", {"per": "on_roll", "percent": 150, "round": "down"}),
    ("按编制人数1:1配备", {"per": "authorized"}),
    ("执法车辆1∶1", {"per": "vehicles"}),
]

QUESTIONS = [
    "若干",
    "2-3台",
    "1～2台",
    "2至3台",
    "5 3",
    "5\n3",
    "1, 200台",
    "5①",
    "5²",
    "一",
    "1/3",
    "2.5台",
    "必配",
    "不超过5台",
    "不少于2台，不超过5台",
    "每人",
    "执法车辆每人1台",
    "每台人1套",
    "每0人1台",
    "台",
    "3人",
    "每间办公室1台",
    "1台/套",
    "每2人1台，不少于3套",
    "每2人1台，不少于3台，不少于4台",
    "每2人1台，不少于5台，不超过3台",
    "5台以上",
    "√",
    "视情况",
    "5台（含备用）",
    "人均不少于12m2",
    "12345678901234台",
    "20000%",
    "每1234567890123人1台",
    "（5台",
    "每5人1台，不足3人按3人计",
    "每5人2台，不足5人按1台计",
    "每车不少于1套，不超过5套",
    "每车不超过2台",
    "不超过1台/人",
    "2人1台",
    "1:1",
    "按1:1配备",
    "编制1:2",
    "按30%",
    "10台，其中县级5台",
    "每大队1台",
    "每个中队1-2套",
    "每2个单位1台",
    "各1台",
    "按需1台",
    "2台（1用1备）",
    "每单位至少1套，超过20人的每增加10人增配1套",
]


@pytest.mark.parametrize(("text", "rule"), RULES)
def test_a_known_form_is_its_rule(text, rule):
    cell = parse_cell(text)
    assert (cell.rule, cell.question, cell.obligation) == (QuantityRule(**rule), None, None)


@pytest.mark.parametrize(
    "text", ["", "  ", "—", "-", "－", "——", "–", "/", "／", "无", " 无 \n", "不配备", "不 作 要 求", "×"]
)
def test_an_empty_cell_names_no_column(text):
    assert parse_cell(text).rule is None


@pytest.mark.parametrize("text", QUESTIONS)
def test_anything_else_is_kept_word_for_word_as_a_question(text):
    cell = parse_cell(text)
    assert cell.rule == QuantityRule(text=flat(text))
    assert cell.question


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("选配1台", {"count": 1}),
        ("选配2台", {"count": 2}),
        ("选配，每3人1台", {"per": "staff", "every": 3}),
        ("选配（每3人1台）", {"per": "staff", "every": 3}),
        ("1台（选配）", {"count": 1}),
        ("选配，按需", {"as_needed": True}),
    ],
)
def test_an_optional_cell(text, rule):
    cell = parse_cell(text)
    assert (cell.rule, cell.obligation, cell.note) == (QuantityRule(**rule), "optional", None)


@pytest.mark.parametrize(
    ("text", "count", "note"),
    [
        ("4辆，其中越野车不少于2辆", 4, "其中越野车不少于2辆"),
        ("2台（其中1台备用）", 2, "其中1台备用"),
        ("1套（含3件）", 1, "含3件"),
    ],
)
def test_a_rider_is_a_note(text, count, note):
    cell = parse_cell(text)
    assert (cell.rule, cell.note, cell.question) == (QuantityRule(count=count), note, None)


def test_in_a_ceiling_the_most_of_each_is_the_number_and_the_least_a_question():
    assert parse_cell("每人不超过2台", "ceiling").rule == QuantityRule(per="staff", count=2)
    assert "下限" in (parse_cell("每人不少于2台", "ceiling").question or "")
    assert parse_cell("2台及以上", "ceiling").question


def test_as_needed_may_be_optional_too():
    cell = parse_cell("按需选配")
    assert (cell.rule, cell.obligation) == (QuantityRule(as_needed=True), "optional")


def test_optional_without_a_number_is_one_and_says_so():
    cell = parse_cell("选配")
    assert (cell.rule, cell.obligation) == (QuantityRule(count=1), "optional")
    assert cell.note is not None
    assert "选配" in cell.note


def test_an_upper_limit_alone_is_a_number_only_where_the_standard_is_a_ceiling():
    assert parse_cell("不超过5台", "ceiling").rule == QuantityRule(count=5)
    assert "上限" in (parse_cell("不超过5台", "floor").question or "")


@pytest.mark.parametrize(
    ("text", "unit"), [("5台", "台"), ("1部/3人", "部"), ("1台（套）/人", "台（套）"), ("5", None)]
)
def test_the_unit_is_read_from_the_cell(text, unit):
    assert parse_cell(text).unit == unit


def test_rules_beyond_the_grammar_are_printed_readably():
    copier = QuantityRule(per="on_roll", tiers=[{"upto": 100, "every": 20}, {"every": 30}])
    assert print_rule(copier, "台") == "100人以内每20人1台，超过部分每30人1台"
    both = QuantityRule(sum=[{"count": 3}, {"per": "staff", "every": 5}], min=4)
    assert print_rule(both, "台") == "3台＋每5人1台，不少于4台"
    assert print_rule(QuantityRule(per="boats", every=2), "件") == "每2个“boats”1件"


DECIMALS = st.decimals(min_value="0.1", max_value=9999, places=1)
PER = st.sampled_from(sorted(set(fact_words().values())))
BOUNDS = st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(9, 50))


@st.composite
def rules(draw):
    low, high = draw(BOUNDS)
    way = draw(st.sampled_from(["count", "per", "percent", "as_needed"]))
    if way == "as_needed":
        return QuantityRule(as_needed=True)
    given = {"min": low, "max": high}
    if way == "count":
        given |= {"count": draw(st.integers(0, 10**6))}
    else:
        given |= {"per": draw(PER), "round": draw(st.sampled_from(["up", "down"]))}
    if way == "per":
        given |= {"every": draw(st.integers(1, 500) | DECIMALS), "count": draw(st.integers(0, 99))}
    if way == "percent":
        given |= {"percent": draw(st.integers(0, 150) | DECIMALS)}
    return QuantityRule(**given)


@given(rules(), st.sampled_from([None, *UNITS, "台（套）"]), st.sampled_from([None, "optional"]))
def test_reading_a_printed_rule_gives_the_rule(rule, unit, obligation):
    assert writable(rule)
    cell = parse_cell(print_cell(rule, unit, obligation))
    assert (cell.rule, cell.obligation, cell.question) == (rule, obligation, None)
    assert cell.unit == (unit if rule.count and not rule.as_needed and rule.percent is None else cell.unit)


WORDS = st.sampled_from(
    [
        *"0123456789一二十每人车辆台套/，,（）()%－—.①无至-~+",
        "不少于",
        "不超过",
        "选配",
        "必配",
        "按需",
        "实有人数的",
    ]
)


@given(st.lists(WORDS, max_size=12).map("".join) | st.text(max_size=20))
def test_no_text_breaks_the_reader_and_none_is_lost(text):
    cell = parse_cell(text)
    assert cell.rule is not None or not set(text) & set("123456789一二十人车台套辆%每")
    if cell.question:
        assert cell.rule == QuantityRule(text=flat(text))
    elif cell.rule is not None and cell.rule.text is None:
        again = parse_cell(print_cell(cell.rule, cell.unit, cell.obligation))
        assert (again.rule, again.unit or cell.unit) == (cell.rule, cell.unit)


@pytest.mark.parametrize("text", ["99999999台", "每0.0001人1台"])
def test_numbers_beyond_all_reason_are_a_question(text):
    cell = parse_cell(text)
    assert cell.rule is not None
    assert cell.rule.text == text
