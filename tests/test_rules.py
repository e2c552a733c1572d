"""Quantity rules: the same number in Python, in the oracle and over a frame; exact at the edges."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings

from equipcheck.standard.bureau import FACT_MAX, as_text
from equipcheck.standard.model import QuantityRule, Standard
from equipcheck.standard.rules import amount, amount_expr, fits, when_expr
from tests import oracle, worlds


@pytest.mark.parametrize(
    ("rule", "facts", "number"),
    [
        ({"per": "staff", "every": 3}, {"staff": 17}, 6),
        ({"per": "staff", "every": 3, "min": 2}, {"staff": 0}, 2),
        ({"per": "staff", "percent": 35}, {"staff": 20}, 7),  # 7.000000000000001 in floats
        ({"per": "staff", "percent": 35, "round": "down"}, {"staff": 19}, 6),
        ({"per": "staff", "every": 2, "count": 3}, {"staff": 5}, 9),
        ({"per": "on_roll", "tiers": [{"upto": 100, "every": 20}, {"every": 30}]}, {"on_roll": 131}, 7),
        ({"per": "on_roll", "tiers": [{"upto": 100, "every": 20}, {"every": 30}]}, {"on_roll": 100}, 5),
        ({"sum": [{"per": "staff", "every": 4}, {"count": 2}], "max": 5}, {"staff": 17}, 5),
        (2, {}, 2),
        (0, {}, 0),
    ],
)  # fmt: skip
def test_amounts(rule, facts, number):
    model = QuantityRule.model_validate(rule)
    assert amount(model, facts) == number
    for missing in ("low", "high"):
        assert in_a_frame(amount_expr(model, missing), facts) == number


def in_a_frame(expression, facts):
    """What an expression says of one bureau."""
    stated = {name: [None if value is None else str(value)] for name, value in facts.items()}
    return (
        pl.DataFrame({"bureau": [""], **stated}, schema_overrides=dict.fromkeys(stated, pl.String()))
        .select(expression)
        .item()
    )


@pytest.mark.parametrize(
    ("rule", "low", "high"),
    [
        ({"per": "staff", "every": 3}, 0, FACT_MAX // 3 + 1),
        ({"per": "staff", "min": 2, "max": 5}, 2, 5),
        ({"per": "staff", "tiers": [{"upto": 4, "every": 2}, {"every": 9}], "max": 3}, 0, 3),
        ({"sum": [{"per": "staff"}, {"count": 2}], "max": 9}, 2, 9),
        ({"count": 4}, 4, 4),
    ],
)  # fmt: skip
def test_a_fact_not_stated_gives_the_ends(rule, low, high):
    model = QuantityRule.model_validate(rule)
    assert [in_a_frame(amount_expr(model, end), {"staff": None}) for end in ("low", "high")] == [low, high]


TIERED = {
    "per": "staff",
    "tiers": [{"upto": 10, "every": 4, "count": 2}, {"upto": 20, "every": 3}, {"every": 5, "round": "down"}],
}


@pytest.mark.parametrize(
    ("staff", "number"),
    [
        (0, 0),
        (1, 2),
        (4, 2),
        (5, 4),
        (10, 6),
        (11, 7),
        (13, 7),
        (14, 8),
        (20, 10),
        (21, 10),
        (24, 10),
        (25, 11),
    ],
)
def test_each_slice_is_rounded_on_its_own(staff, number):
    model = QuantityRule.model_validate(TIERED)
    assert amount(model, {"staff": staff}) == number
    assert in_a_frame(amount_expr(model, "low"), {"staff": staff}) == number


@pytest.mark.parametrize(
    ("when", "facts", "fitting"),
    [
        ({}, {}, True),
        ({"staff": {"min": 2, "max": 4}}, {"staff": 1}, False),
        ({"staff": {"min": 2, "max": 4}}, {"staff": 2}, True),
        ({"staff": {"min": 2, "max": 4}}, {"staff": 3}, True),
        ({"staff": {"min": 2, "max": 4}}, {"staff": 4}, True),
        ({"staff": {"min": 2, "max": 4}}, {"staff": 5}, False),
        ({"staff": {"min": 2}}, {"staff": 9}, True),
        ({"staff": {"max": 2}}, {"staff": 0}, True),
        ({"staff": {"max": 2}}, {"staff": 3}, False),
        ({"staff": {"min": 2}}, {"staff": "两"}, False),
        ({"staff": {"min": 2}}, {"staff": None}, None),
        ({"region": ["east", "west"]}, {"region": "west"}, True),
        ({"region": ["east", "west"]}, {"region": "central"}, False),
        ({"region": "east", "staff": {"min": 2}}, {"region": "west", "staff": None}, False),
        ({"region": "east", "staff": {"min": 2}}, {"region": "east", "staff": None}, None),
        ({"region": "east", "staff": {"min": 2}}, {"region": "east", "staff": 2}, True),
    ],
)
def test_conditions(when, facts, fitting):
    standard = worlds.as_standard(
        {"limit": "floor", "columns": [{"id": "c", "when": when}], "requirements": []}
    )
    conditions = standard.columns[0].when
    assert in_a_frame(when_expr(conditions), facts) is fitting
    if fitting is not None and None not in facts.values():
        assert all(fits(one, str(facts[name])) for name, one in conditions.items()) is fitting


@settings(max_examples=worlds.examples(200), deadline=None)
@given(worlds.whens, worlds.facts)
def test_conditions_are_the_oracles(when, facts):
    standard = worlds.as_standard(
        {"limit": "floor", "columns": [{"id": "c", "when": when}], "requirements": []}
    )
    stated = {name: facts.get(name) for name in when}
    texts = {name: None if value is None else as_text(value) for name, value in stated.items()}
    assert in_a_frame(when_expr(standard.columns[0].when), texts) is oracle.fit(when, facts)


@settings(max_examples=worlds.examples(200), deadline=None)
@given(worlds.rules, worlds.facts)
def test_three_ways_of_one_number(rule, facts):
    if "text" in rule or rule.get("as_needed"):
        return
    stated = {name: facts.get(name, 0) for name in worlds.FACTS}
    model = QuantityRule.model_validate(rule)
    frame = pl.DataFrame({name: [str(value)] for name, value in stated.items()})
    expected = oracle.number(rule, stated)
    assert amount(model, stated) == expected
    assert frame.select(amount_expr(model, "low")).item() == expected


@pytest.mark.parametrize(
    "rule",
    [
        {"min": 3},
        {"every": 3, "count": 1},
        {"per": "staff", "text": "若干"},
        {"tiers": [{"every": 3}]},
        {"per": "staff", "tiers": [{"upto": 5}, {"upto": 5}]},
        {"as_needed": True, "min": 1},
        {"sum": [{"as_needed": True}]},
        {"count": 1, "min": 4, "max": 2},
        {"per": "staff", "every": 0},
        {"count": -1},
        "每3人1台",
        True,
    ],
)  # fmt: skip
def test_rules_that_mean_nothing_are_refused(rule):
    with pytest.raises(ValueError):
        QuantityRule.model_validate(rule)


def test_a_standard_without_columns_has_one():
    standard = Standard.model_validate(
        {
            "id": "x", "family": "x", "title": "虚构",
            "requirements": [{"id": "a", "name": "甲", "quantity": {"per": "staff"}, "source": {"status": "estimate"}}],
        }
    )  # fmt: skip
    assert [column.id for column in standard.columns] == ["all"]
    assert standard.requirements[0].obligation == {"all": "required"}


def test_conditions_compare_as_texts_and_as_numbers():
    standard = worlds.as_standard(
        {
            "limit": "floor",
            "columns": [{"id": "c", "when": {"grade": 1, "staff": {"min": 2, "max": 3}, "coast": True}}],
            "requirements": [],
        }
    )
    when = standard.columns[0].when
    assert fits(when["grade"], "1")
    assert not fits(when["staff"], "4")
    assert not fits(when["staff"], "四")
    assert fits(when["coast"], "true")
