"""Packages by class and by way, with the limits as settings; the calendar keeps every legal minimum."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from equipcheck.plan.procurement import calendar, late, packages, splitting, used, way
from equipcheck.plan.years import plan_years
from tests.plan.made import finding, kind, means, stand


def planned(ways, *rows):
    return packages(plan_years([stand(ways, *rows)], None, ways).years, ways)


@pytest.mark.parametrize(
    ("amount", "method"),
    [
        ("299999.99", "限额以下自行采购"),
        ("300000", "竞争性磋商"),
        ("1999999", "竞争性磋商"),
        ("2000000", "公开招标"),
    ],
)
def test_the_way_follows_the_limits_that_are_set_and_says_so(amount, method):
    name, why = way(Decimal(amount), means())
    assert name == method
    assert "设置值" in why


def test_a_local_limit_is_a_setting_and_is_printed():
    own = means(plan={"procurement": {"limit": {"county": 200_000}}})
    assert way(Decimal(250_000), own)[0] == "竞争性磋商"
    values = {one.name: one.value for one in used(own)}
    assert values["分散采购限额（县级）"] == "200,000 元"
    assert values["公开招标数额标准"] == "2,000,000 元"


def test_one_package_a_class_and_year():
    ways = means(kind("a", price=1000), kind("b", price=2000), kind("c", price=500))
    found = planned(ways, finding("a"), finding("b", category="防护装备"), finding("c", required=2))
    assert [(one.name, one.items, one.amount) for one in found] == [
        ("2024年取证装备采购", ("a", "c"), 2000),
        ("2024年防护装备采购", ("b",), 2000),
    ]


def test_purchases_of_a_class_that_together_reach_the_open_tender_limit_are_warned_of():
    ways = means(kind("a", price=1_500_000), kind("b", price=600_000))
    found = planned(ways, finding("a"), finding("b"))
    assert [one.method for one in found] == ["公开招标"]
    (warning,) = splitting(found, ways)
    assert "第二十八条" in warning
    assert "2,100,000" in warning
    assert splitting(planned(ways, finding("a"), finding("b", category="别类")), ways) == []


@pytest.mark.parametrize(("method", "wait"), [("公开招标", 20), ("竞争性磋商", 10), ("限额以下自行采购", 0)])
def test_the_calendar_counts_back_and_keeps_the_legal_minimum(method, wait):
    steps = calendar(2024, method, means().settings.calendar)
    days = [step.by for step in steps]
    assert days == sorted(days)
    assert steps[0].step == "预算申报"
    assert steps[0].by.year == 2023
    by = {step.step: step.by for step in steps}
    start, opened = days[2], days[3]
    assert (start - by["意向公开"]).days >= 30
    assert (opened - start).days >= wait
    assert by["验收"] == dt.date(2024, 11, 30)


def test_steps_whose_day_has_passed_are_warned_of():
    ways = means(kind("a", price=1000))
    found = planned(ways, finding("a"))
    assert [text[:6] for text in late(found, dt.date(2023, 12, 31))] == ["2024年度"]
    assert any("意向公开" in text for text in late(found, dt.date(2024, 9, 30)))
    assert late(found, dt.date(2023, 6, 30)) == []
