"""The years: every gap unit accounted for, no budget overspent, coverage never worse than without the plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.plan.model import Unpriced
from equipcheck.plan.opening import Stand
from equipcheck.plan.years import plan_years
from equipcheck.project.arrangements import Waiver
from tests.plan.made import DAY, asset, finding, kind, means, quote, stand

METERED = {"mode": "verify", "months": 12, "fee": 500}


def bought(outcome, at=0):
    return [(item.requirement, item.action, item.quantity) for item in outcome.years[at].items]


def left(outcome):
    return [(one.requirement, one.reason, one.quantity) for one in outcome.unfunded]


def test_down_the_ranks_and_past_what_is_too_dear():
    ways = means(kind("a", price=4000), kind("b", price=60_000), kind("c", price=1000))
    start = stand(ways, finding("a", required=2), finding("b", required=1), finding("c", required=3))
    ranks = [one.requirement for one in sorted(start.findings, key=lambda one: one.priority.rank)]
    assert ranks == ["c", "a", "b"], "equal in everything but cost: the cheap ones first"
    outcome = plan_years([start], [Decimal(8500)], ways)
    assert bought(outcome) == [("c", "purchase", 3), ("a", "purchase", 1)]
    assert outcome.years[0].spent == 7000
    score = {one.requirement: Fraction(one.priority.score) for one in start.findings}
    assert outcome.value == score["c"] / 3 * 3 + score["a"] / 2 * 1
    assert left(outcome) == [("a", "budget", 1), ("b", "budget", 1)]
    assert [one.because for one in outcome.unfunded] == [
        "经费不足：单价 4,000 元，当年余 1,500 元",
        "经费不足：单价 60,000 元，当年余 1,500 元",
    ]


def test_attested_kinds_before_assumed_ones_and_optional_ones_only_when_asked_for():
    ways = means(*(kind(name, price=1000) for name in "abc"))
    rows = (
        finding("a", trust="assumed"),
        finding("b"),
        finding("c", obligation="optional", status="optional"),
    )
    assert bought(plan_years([stand(ways, *rows)], None, ways)) == [
        ("b", "purchase", 1),
        ("a", "purchase", 1),
    ]
    everything = plan_years([stand(ways, *rows)], None, ways, with_optional=True)
    assert [name for name, _, _ in bought(everything)] == ["b", "c", "a"]
    for by in ("priority", "value"):
        assert bought(plan_years([stand(ways, *rows)], [Decimal(1000)], ways, by=by)) == [
            ("b", "purchase", 1)
        ]


def test_without_a_price_nothing_is_planned_and_nothing_costs_zero():
    ways = means(kind("a"), kind("b", price=1000))
    outcome = plan_years([stand(ways, finding("a"), finding("b"))], None, ways)
    assert bought(outcome) == [("b", "purchase", 1)]
    (line,) = outcome.unfunded
    assert (line.requirement, line.reason, line.cost) == ("a", "price", None)
    assert "待询价" in line.because


def test_what_the_ledger_usually_leaves_out_is_not_bought_blindly():
    ways = means(kind("a", price=100))
    outcome = plan_years([stand(ways, finding("a", required=9, status="unrecorded"))], None, ways)
    assert bought(outcome) == []
    (line,) = outcome.unfunded
    assert (line.quantity, line.cost, line.because) == (9, 900, "台账一般不含，先补充清单核实")


@pytest.mark.parametrize(("quota", "planned", "beyond"), [(None, 0, 3), (2, 0, 3), (3, 1, 2), (9, 3, 0)])
def test_vehicles_only_within_the_quota(quota, planned, beyond):
    ways = means(kind("car", price=150_000, quota=True), vehicle_quota=quota, vehicles=2)
    outcome = plan_years([stand(ways, finding("v", kinds=("car",), required=5, counted=2))], None, ways)
    assert sum(item.quantity for item in outcome.years[0].items) == planned
    assert sum(one.quantity for one in outcome.unfunded if one.reason == "quota") == beyond
    assert all("先核编制" in one.because for one in outcome.unfunded)


def test_a_quota_that_money_did_not_reach_is_still_there_next_year():
    ways = means(kind("car", price=150_000, quota=True), vehicle_quota=1, vehicles=0)
    start = stand(ways, finding("v", kinds=("car",), required=1))
    later = Stand(2025, dt.date(2024, 12, 31), start.findings)
    outcome = plan_years([start, later], [Decimal(100_000), Decimal(200_000)], ways)
    assert bought(outcome, 0) == []
    assert bought(outcome, 1) == [("v", "purchase", 1)]


def test_a_waived_row_is_left_out_until_the_waiver_ends():
    ways = means(kind("a", price=1000))
    start = stand(ways, finding("a", waiver=Waiver("无可通航水域", dt.date(2024, 6, 30), in_force=True)))
    ended = start.findings[0]._replace(waiver=Waiver("无可通航水域", dt.date(2024, 6, 30), in_force=False))
    outcome = plan_years([start, Stand(2025, dt.date(2024, 12, 31), (ended,))], [Decimal(5000)] * 2, ways)
    assert [bought(outcome, at) for at in (0, 1)] == [[], [("a", "purchase", 1)]]


def test_what_lapses_is_seen_coming():
    """Bought in 2024 with a certificate of twelve months: verified again in 2025 and in 2026, not bought again."""
    ways = means(kind("a", price=9000, metrology=METERED))
    rows = (finding("a"),)
    stands = [stand(ways, *rows), *(Stand(y, dt.date(y - 1, 12, 31), rows) for y in (2025, 2026))]
    outcome = plan_years(stands, [Decimal(10_000)] * 3, ways)
    assert [bought(outcome, at) for at in range(3)] == [
        [("a", "purchase", 1)],
        [("a", "restore", 1)],
        [("a", "restore", 1)],
    ]
    assert [year.lapsing_units for year in outcome.years] == [0, 1, 1]
    assert [year.new_units for year in outcome.years] == [0, 1, 1]


def test_an_instrument_restored_once_is_verified_again_a_year_later_and_not_bought():
    ways = means(kind("a", price=9000, metrology=METERED))
    rows = (finding("a", required=2, assets=[asset("t#2", excluded="verification_expired", units=2)]),)
    stands = [stand(ways, *rows), Stand(2025, dt.date(2024, 12, 31), rows)]
    outcome = plan_years(stands, [Decimal(1000)] * 2, ways)
    assert [bought(outcome, at) for at in range(2)] == [[("a", "restore", 2)]] * 2
    assert [item.role for year in outcome.years for item in year.items] == ["gap", "renew"]
    assert [item.refs for year in outcome.years for item in year.items] == [("t#2",)] * 2
    assert outcome.unfunded == ()


def test_an_agreed_transfer_comes_once():
    ways = means(
        kind("a", price=9000), plan={"transfers": [{"requirement": "a", "quantity": 1, "from": "市局"}]}
    )
    rows = (finding("a", required=3),)
    stands = [stand(ways, *rows), Stand(2025, dt.date(2024, 12, 31), rows)]
    outcome = plan_years(stands, [Decimal(9000)] * 2, ways)
    assert bought(outcome, 0) == [("a", "transfer", 1), ("a", "purchase", 1)]
    assert bought(outcome, 1) == [("a", "purchase", 1)]


def test_a_service_ends_with_its_year():
    ways = means(kind("a", price=9000), quotes=(quote("a", "3000", "service"),))
    rows = (finding("a", service_allowed=True),)
    stands = [stand(ways, *rows), Stand(2025, dt.date(2024, 12, 31), rows)]
    outcome = plan_years(stands, [Decimal(3000), Decimal(2000)], ways)
    assert [bought(outcome, at) for at in range(2)] == [[("a", "service", 1)], []]
    assert left(outcome) == [("a", "budget", 1)]


def test_a_tenth_more_money_is_shown():
    ways = means(kind("a", price=1000))
    outcome = plan_years([stand(ways, finding("a", required=12))], [Decimal(10_000)], ways)
    assert [(one.requirement, one.quantity, one.cost) for one in outcome.years[0].next_tenth] == [
        ("a", 1, 1000)
    ]


KINDS = {
    "a": kind("a", price=4000, metrology=METERED), "b": kind("b", price=1500), "c": kind("c"),
    "d": kind("d", price=60_000, metrology={"mode": "calibrate"}), "e": kind("e", price=333, off_ledger=True),
}  # fmt: skip
reasons = st.sampled_from(["broken", "verification_expired", "lent_out", "pending_disposal"])


@st.composite
def findings(draw, name):
    required = draw(st.integers(1, 6))
    rows = draw(st.lists(st.tuples(reasons, st.integers(1, 2)), max_size=3))
    assets = [asset(f"t#{name}{at}", name, units, excluded=why) for at, (why, units) in enumerate(rows)]
    return finding(
        name,
        required=required,
        counted=draw(st.integers(0, required)),
        assets=assets,
        trust=draw(st.sampled_from(["attested", "assumed"])),
        obligation=draw(st.sampled_from(["required", "required", "optional"])),
        service_allowed=draw(st.booleans()),
    )


worlds = st.tuples(*(findings(name) for name in KINDS))
budgets = st.lists(st.integers(1000, 90_000).map(Decimal), min_size=1, max_size=3)


@settings(max_examples=150, deadline=None)
@given(worlds, budgets, st.sampled_from(["priority", "value"]), st.booleans())
def test_in_every_plan(rows, money, by, optional):
    ways = means(*KINDS.values(), quotes=(quote("b", "700", "service"), quote("a", "900", "repair")))
    start = stand(ways, *rows)
    stands = [replace(start, year=2024 + at, day=dt.date(2023 + at, 12, 31)) for at in range(len(money))]
    outcome = plan_years(stands, money, ways, by=by, with_optional=optional)
    asked = {one.requirement: one.gap for one in rows if optional or one.obligation == "required"}
    for year, budget in zip(outcome.years, money, strict=True):
        priced = [item for item in year.items if item.cost is not None]
        unpriced = [item for item in year.items if item.cost is None]
        assert year.spent == sum(item.cost for item in priced) <= budget
        assert all(item.cost == item.unit_cost * item.quantity for item in priced)
        assert all(item.quantity > 0 for item in year.items)
        assert all(item.action == "restore" and item.unit_cost is None for item in unpriced)
        assert year.unpriced == Unpriced(len(unpriced), sum(item.quantity for item in unpriced))
        _better(year.coverage_without.all, year.coverage_after.all)
    first = outcome.years[0]
    taken = {name: sum(i.quantity for i in first.items if i.requirement == name) for name in KINDS}
    if len(money) == 1:
        waiting = {
            name: sum(one.quantity for one in outcome.unfunded if one.requirement == name) for name in KINDS
        }
        assert {name: taken[name] + waiting[name] for name in KINDS} == {
            name: asked.get(name, 0) for name in KINDS
        }
    assert all(taken[name] <= asked.get(name, 0) for name in KINDS)
    assert all((one.cost is None) == (one.reason == "price") for one in outcome.unfunded)
    assert not any(one.reason == "price" and one.action == "restore" for one in outcome.unfunded)


def _better(before, after):
    for key in ("by_kind", "by_kind_if_verified", "by_quantity"):
        old, new = getattr(before, key), getattr(after, key)
        assert old is new is None or new >= old


@settings(max_examples=60, deadline=None)
@given(worlds, st.integers(1000, 90_000).map(Decimal))
def test_by_value_closes_attested_gaps_at_least_as_well_as_by_priority(rows, budget):
    ways = means(*KINDS.values())
    rows = tuple(one._replace(source=one.source._replace(kind="attested")) for one in rows)
    worth = {
        by: plan_years([stand(ways, *rows)], [budget], ways, by=by).value for by in ("priority", "value")
    }
    assert worth["value"] >= worth["priority"] >= Fraction(0)


def test_the_day_of_a_first_year_is_the_reports():
    ways = means(kind("a", price=1000))
    assert plan_years([stand(ways, finding("a"))], None, ways).years[0].day == DAY
