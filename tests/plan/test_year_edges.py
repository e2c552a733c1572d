"""Edges of a year's plan: what the year before left, what a tenth more buys, who stands behind an attested number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from equipcheck.plan.ladder import dealt_with, ladder
from equipcheck.plan.years import plan_years
from tests.plan import seen
from tests.plan.made import asset, finding, kind, means, quote, stand
from tests.plan.test_lapsing import DAY, METERED, instrument


def test_a_year_begins_with_what_the_one_before_left_when_what_it_brought_has_lapsed():
    ways = means(kind("a", price=9000, metrology=METERED | {"fee": 1500}))
    years = seen.stands(ways, 3, DAY, instrument(dt.date(2024, 5, 1)))
    outcome = plan_years(years, [Decimal(1500), Decimal(0), Decimal(0)], ways)
    first, second, third = outcome.years
    assert [one.coverage_after.all.by_kind for one in outcome.years] == [1, 0, 0]
    assert second.coverage_before == first.coverage_after
    assert third.coverage_before == second.coverage_after


def test_attested_coverage_leaves_assumed_rows_out():
    ways = means(kind("a", price=100), kind("b", price=100))
    start = stand(ways, finding("a"), finding("b", trust="assumed"))
    (year,) = plan_years([start], [Decimal(100)], ways).years
    assert [one.requirement for one in year.items] == ["a"]
    assert (year.coverage_after.all.by_kind, year.coverage_after.attested.by_kind) == (0.5, 1)


def test_a_tenth_more_names_only_what_it_adds():
    ways = means(kind("a", price=1000), kind("b", price=100), kind("c", price=5000))
    start = stand(ways, finding("a"), finding("b"), finding("c"))
    (year,) = plan_years([start], [Decimal(1000)], ways).years
    assert [(one.requirement, one.quantity) for one in year.items] == [("a", 1)]
    assert [(one.requirement, one.quantity) for one in year.next_tenth] == [("b", 1)]


def test_units_of_a_row_are_dealt_with_once_each():
    ways = means(kind("a", metrology=METERED))
    row = finding("a", required=3, assets=[asset("t#2", excluded="verification_expired", units=3)])
    steps = ladder(row, ways)
    assert dealt_with(steps, {}) == {("t#2", "a"): 3}
    assert dealt_with(steps, {("t#2", "a"): 1}) == {("t#2", "a"): 4}


def test_a_service_in_purchase_s_place_says_the_price_that_it_beats():
    ways = means(kind("a", price=90_000), quotes=(quote("a", "3000", "service"),))
    chosen, instead, *_ = ladder(finding("a", service_allowed=True), ways)
    assert (chosen.action, instead.action, instead.role) == ("service", "purchase", "alternative")
    assert "90,000 元" in chosen.because
