"""Quantity rules: the same number in Python, in the oracle and over a frame; exact at the edges."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings

from equipcheck.standard.model import QuantityRule, Standard
from equipcheck.standard.rules import amount, amount_expr, fits
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
    assert amount(QuantityRule.model_validate(rule), facts) == number


@settings(max_examples=200, deadline=None)
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
