"""What moves when money moves: exactly the difference between two plans."""

from __future__ import annotations

from decimal import Decimal

import pytest

from equipcheck.checking.check import check
from equipcheck.plan.difference import difference
from equipcheck.plan.make import Call, make_plan
from equipcheck.project.project import open_project
from tests.conftest import SAMPLE


@pytest.fixture(scope="module")
def run():
    import datetime as dt

    return check(open_project([SAMPLE]), dt.date(2024, 1, 1))


def closed(plan):
    units = {}
    for year in plan.years:
        for item in year.items:
            key = (item.requirement, year.year)
            units[key] = units.get(key, 0) + item.quantity
    return units


@pytest.mark.parametrize(
    ("before", "now"), [((50_000,), (200_000,)), ((200_000,), (50_000, 150_000)), (None, (1000,))]
)
def test_what_moved_added_to_the_plan_before_is_the_plan_now(run, before, now):
    plans = [make_plan(run, Call(None if one is None else tuple(map(Decimal, one)))) for one in (before, now)]
    found = difference(*plans)
    units = closed(plans[0])
    for one in found.moved:
        for year, _ in one.before:
            del units[one.requirement, year]
        for year, number in one.now:
            units[one.requirement, year] = number
    assert units == closed(plans[1])
    assert found.closed == sum(units.values())
    assert found.spent == sum(year.spent for year in plans[1].years)


def test_the_same_plan_moves_nothing(run):
    plan = make_plan(run)
    assert difference(plan, plan).moved == ()
