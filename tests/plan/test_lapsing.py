"""What lapses: an item of the year in which it ends, a restore without a price, and coverage that never falls."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.cli import run
from equipcheck.plan.opening import Stand
from equipcheck.plan.years import plan_years
from tests import oracle, worlds
from tests.oracle import Unit
from tests.plan import seen
from tests.plan.made import asset, finding, kind, means, stand

METERED = {"mode": "verify", "months": 12}
DAY = worlds.AS_OF


def lines(outcome, at=0):
    return [
        (one.requirement, one.action, one.role, one.quantity, one.cost) for one in outcome.years[at].items
    ]


def test_a_restore_without_a_fee_is_planned_in_its_rank_outside_the_budget():
    ways = means(kind("a", price=90_000, metrology=METERED), kind("b", price=900))
    rows = (
        finding("b"),
        finding("a", required=2, assets=[asset("t#2", excluded="verification_expired", units=2)]),
    )
    start = stand(ways, *rows)
    outcome = plan_years([start], [Decimal(1000)], ways)
    (year,) = outcome.years
    assert [one.rank for one in year.items] == [1, 2]
    assert {item[:4]: item[4] for item in lines(outcome)} == {
        ("b", "purchase", "gap", 1): Decimal(900),
        ("a", "restore", "gap", 2): None,
    }
    assert (year.spent, year.unpriced.lines, year.unpriced.units) == (Decimal(900), 1, 2)
    assert year.coverage_before.all.met == 0
    assert year.coverage_after.all.by_kind == year.coverage_after.all.by_quantity == 1
    assert outcome.unfunded == ()


@pytest.mark.parametrize("by", ["priority", "value"])
def test_each_way_back_is_planned_without_a_price(by):
    ways = means(kind("a", price=90_000, metrology=METERED))
    reasons = ("verification_unknown", "verification_expired", "broken")  # a repair of unknown cost last
    row = finding(required=4, assets=[asset(f"t#{why}", excluded=why) for why in reasons])
    outcome = plan_years([stand(ways, row)], [Decimal(1000)], ways, by=by)
    assert [(one.why, one.quantity, one.unit_cost) for one in outcome.years[0].items] == [
        (why, 1, None) for why in reasons
    ]
    assert [(one.action, one.quantity, one.reason) for one in outcome.unfunded] == [("purchase", 1, "budget")]


def test_a_restore_with_a_known_fee_is_paid_from_the_budget():
    ways = means(kind("a", price=90_000, metrology=METERED | {"fee": 600}))
    row = finding(required=2, assets=[asset("t#2", excluded="verification_expired", units=2)])
    outcome = plan_years([stand(ways, row)], [Decimal(1000)], ways)
    assert lines(outcome) == [("a", "restore", "gap", 1, Decimal(600))]
    assert outcome.years[0].unpriced.lines == 0
    assert [(one.quantity, one.reason) for one in outcome.unfunded] == [(1, "budget")]


def instrument(until: dt.date):
    """One instrument, required and valid until a day: look(day) → findings."""
    standard = {
        "columns": [{"id": "county", "when": {}}],
        "requirements": [
            {"id": "r", "kinds": ["a"], "quantity": {"county": {"count": 1}}, "obligation": {"county": "required"}}
        ],
    }  # fmt: skip
    units = [Unit(0, "a", "auto", 1, valid_until=until)]
    kinds = {"a": {"metrology": True, "months": 12, "off_ledger": False}}
    return lambda day: seen.findings(standard, {}, units, kinds, day)


@pytest.mark.parametrize(
    ("until", "first"),
    [
        (dt.date(2023, 12, 31), 2024),  # the last day of validity is the as-of day
        (dt.date(2024, 1, 1), 2024),
        (dt.date(2024, 12, 30), 2024),
        (dt.date(2024, 12, 31), 2024),
        (dt.date(2025, 1, 1), 2025),
        (dt.date(2026, 12, 31), 2026),
        (dt.date(2027, 1, 1), None),
    ],
)
def test_a_verification_that_ends_is_an_item_of_that_year_and_of_each_year_after(until, first):
    ways = means(kind("a", price=9000, metrology=METERED))
    outcome = plan_years(seen.stands(ways, 3, DAY, instrument(until)), [Decimal(1000)] * 3, ways)
    years = [year.year for year in outcome.years if year.items]
    assert years == ([] if first is None else list(range(first, 2027)))
    assert all(year.coverage_after.all.by_kind == 1 for year in outcome.years)
    assert all(one.role == "renew" and one.refs == ("t#0",) for year in outcome.years for one in year.items)
    dated = [one.due for year in outcome.years for one in year.items]
    assert dated[:1] == ([] if first is None else [until])


def test_what_lapsed_and_was_not_paid_for_is_a_gap_of_the_next_year():
    ways = means(kind("a", price=9000, metrology=METERED | {"fee": 1500}))
    outcome = plan_years(
        seen.stands(ways, 2, DAY, instrument(dt.date(2024, 5, 1))), [Decimal(1000), Decimal(1500)], ways
    )
    assert [lines(outcome, at) for at in (0, 1)] == [[], [("r", "restore", "gap", 1, Decimal(1500))]]
    assert [year.coverage_after.all.by_kind for year in outcome.years] == [0, 1]
    assert [year.gap_units for year in outcome.years] == [0, 1]


def test_units_of_unknown_validity_are_secured_and_due_again():
    ways = means(kind("a", metrology=METERED))
    row = finding(
        required=2, counted=2, unknown=2, status="unverified",
        assets=[asset("t#2", units=2, flags=("verification_unknown",))],
    )  # fmt: skip
    start = stand(ways, row)
    stands = [start, replace(start, year=2025, day=dt.date(2024, 12, 31))]
    outcome = plan_years(stands, None, ways)
    assert [lines(outcome, at) for at in (0, 1)] == [[("a", "restore", "verify", 2, None)]] * 2
    assert [year.coverage_before.all.by_kind for year in outcome.years] == [0, 1]
    assert [year.coverage_after.all.by_kind for year in outcome.years] == [1, 1]
    assert outcome.years[1].gap_units == outcome.years[1].lapsing_units == 0


def test_what_was_secured_for_a_required_row_is_not_lent_to_an_optional_one_above_it():
    """One ledger row of two units serves both; only the required row's is sent for verification."""
    rows = [
        {"id": name, "kinds": ["a"], "quantity": {"county": {"count": 1}}, "obligation": {"county": duty}}
        for name, duty in (("r0", "optional"), ("r1", "required"))
    ]
    standard = {"columns": [{"id": "county", "when": {}}], "requirements": rows}
    kinds = {"a": {"metrology": True, "months": 12, "off_ledger": False}}
    ways = means(kind("a", metrology=METERED))
    units = [Unit(0, "a", "auto", 2)]
    years = seen.stands(ways, 2, DAY, lambda day: seen.findings(standard, {}, units, kinds, day))
    outcome = plan_years(years, [Decimal(1000)] * 2, ways)
    assert [lines(outcome, at) for at in (0, 1)] == [[("r1", "restore", "verify", 1, None)]] * 2  # every year
    assert [year.coverage_after.all.by_kind for year in outcome.years] == [1, 1]


def test_a_service_of_the_plan_is_renewed_each_year_and_counts_in_each():
    ways = means(kind("a", price=9000), services={("a", "service"): cost("3000")})
    served = finding(service_allowed=True, serviced=1, status="met")
    ended = finding(service_allowed=True)
    start = stand(ways, served)
    stands = [
        replace(start, ending=(ended,)),
        Stand(2025, dt.date(2024, 12, 31), (ended,), ending=(ended,)),
    ]
    outcome = plan_years(stands, [Decimal(3000)] * 2, ways)
    assert [lines(outcome, at) for at in (0, 1)] == [
        [("a", "service", "renew", 1, Decimal(3000))],
        [("a", "service", "gap", 1, Decimal(3000))],
    ]
    assert [year.coverage_after.all.by_kind for year in outcome.years] == [1, 1]
    assert [year.coverage_before.all.by_kind for year in outcome.years] == [1, 0]
    assert [(year.lapsing_units, year.new_units) for year in outcome.years] == [(1, 1), (0, 1)]


def cost(amount: str):
    from equipcheck.plan.prices import Cost

    return Cost.exactly(Decimal(amount), "合同价")


offsets = st.sampled_from([None, -1, 0, 1, 30, 365, 366, 367, 731, 900])
states = st.sampled_from(["in_use", "in_use", "in_use", "idle", "broken", "lent_out"])


@st.composite
def ledgers(draw):
    """Rows of instruments whose validity ends, or whose interval passes, while a plan runs; equal dates are common."""
    units = []
    for row in range(draw(st.integers(0, 9))):
        end, checked = draw(offsets), draw(st.sampled_from([None, -1000, -366, -300, -100, 0]))
        units.append(
            Unit(
                row, draw(st.sampled_from(worlds.KIND_IDS)), "auto", draw(st.integers(0, 3)),
                status=draw(states),
                valid_until=None if end is None else DAY + dt.timedelta(end),
                checked_on=None if checked is None else DAY + dt.timedelta(checked),
            )
        )  # fmt: skip
    return units


@settings(max_examples=worlds.examples(200), deadline=None)
@given(worlds.standards(), worlds.facts, ledgers(), worlds.kinds, st.booleans())
def test_with_restores_alone_coverage_never_falls(standard, facts, units, kinds, value):
    standard = standard | {"limit": "floor"}
    ways = means(
        *(kind(name, metrology=METERED | {"months": data["months"]} if data["metrology"] else {"mode": "none"})
          for name, data in kinds.items())
    )  # fmt: skip
    years = seen.stands(ways, 3, DAY, lambda day: seen.findings(standard, facts, units, kinds, day))
    outcome = plan_years(years, [Decimal(1000)] * 3, ways, by="value" if value else "priority")
    rates = [outcome.years[0].coverage_before, *(year.coverage_after for year in outcome.years)]
    for earlier, later in itertools.pairwise(rates):
        for key in ("by_kind", "by_kind_if_verified", "by_quantity"):
            for which in ("all", "attested"):
                before, after = (getattr(getattr(one, which), key) for one in (earlier, later))
                assert before is after is None or after >= before, (key, rates)
    # Each year ends as if every unit that can come back were in use and valid.
    whole = [oracle.restored(unit) for unit in units]
    best, _ = oracle.assess(standard, facts, whole, kinds, {}, DAY)
    expected = oracle.coverage(standard, facts, best)
    for year in outcome.years:
        assert year.coverage_after.all._asdict() == expected
        assert year.spent == 0
        assert all(item.action == "restore" for item in year.items)
    for earlier, later in itertools.pairwise(outcome.years):
        assert later.coverage_before == earlier.coverage_after
    now, _ = oracle.assess(standard, facts, units, kinds, {}, DAY)
    assert rates[0].all._asdict() == oracle.coverage(standard, facts, now)


@settings(max_examples=worlds.examples(100), deadline=None)
@given(worlds.standards(), worlds.facts, ledgers(), worlds.kinds)
def test_no_unit_of_a_ledger_is_restored_twice_in_a_year(standard, facts, units, kinds):
    ways = means(*(kind(name, price=1000, metrology=METERED) for name in kinds))
    years = seen.stands(ways, 3, DAY, lambda day: seen.findings(standard, facts, units, kinds, day))
    outcome = plan_years(years, None, ways)
    there = {f"t#{unit.row}": unit.quantity for unit in units}
    for year in outcome.years:
        # What comes back with a certificate that ends in the year is sent later in it: back once, sent once.
        back = [pair for item in year.items if item.role == "gap" for pair in item.units]
        sent = [pair for item in year.items if item.sent for pair in item.units]
        for taken in (back, sent):
            units: dict[str, int] = {}
            for ref, quantity in taken:
                units[ref] = units.get(ref, 0) + quantity
            assert all(quantity <= there[ref] for ref, quantity in units.items())


LEDGER = "资产编号,资产名称,数量,检定有效期至\nA1,声级计,1,{first}\nA2,声级计,1,{second}\n"
STANDARD = """format: 1
id: demo
family: demo
title: 示例标准
effective: "2020"
requirements:
  - {id: sound, name: 声级计, kinds: [sound_level_meter], quantity: 2, unit: 部, source: {status: official}}
  - {id: uav, name: 无人机, kinds: [uav], quantity: 1, service: true, source: {status: official}}
"""


def project(folder, *, first="2024-08-31", second="2025-03-01", until="2024-06-30", price=""):
    (folder / "台账.csv").write_text(LEDGER.format(first=first, second=second), "utf-8")
    (folder / "标准.yaml").write_text(STANDARD, "utf-8")
    (folder / "equipcheck.yaml").write_text(
        "bureau: {level: county, staff: 9, vehicles: 1}\nstandard: 标准.yaml\nas_of: 2023-12-31\n"
        f"ledgers: [台账.csv]\nservices: [{{requirement: uav, quantity: 1, how: service, until: {until}{price}}}]\n",
        "utf-8",
    )
    return folder


def planned(capsys, folder, *more):
    assert run(["plan", str(folder), "-f", "json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def test_each_verification_is_an_item_of_the_year_in_which_it_ends_and_of_the_verification_plan(
    tmp_path, capsys
):
    done = planned(capsys, project(tmp_path), "--budget", "1万,1万")
    sound = [
        [
            (item["due"], item["quantity"], item["cost"])
            for item in year["items"]
            if item["requirement"] == "sound"
        ]
        for year in done["years"]
    ]
    assert sound == [[("2024-08-31", 1, None)], [("2025-03-01", 1, None), ("2025-08-31", 1, None)]]
    assert [year["unpriced"] for year in done["years"]] == [
        {"lines": 1, "units": 1},
        {"lines": 2, "units": 2},
    ]
    months = [(one["year"], one["month"]) for one in done["checkups"]]
    assert months == [(2024, "2024-08-01"), (2025, "2025-01-01"), (2025, "2025-08-01")]


@pytest.mark.parametrize(("until", "years"), [("2024-06-30", [1, 1]), ("2024-12-31", [0, 1])])
def test_a_service_that_runs_out_is_an_item_of_that_year(tmp_path, capsys, until, years):
    """A contract that serves until the last day of the year is missed in the next."""
    done = planned(capsys, project(tmp_path, until=until, price=", price: 3000"), "--budget", "1万,1万")
    uav = [[item for item in year["items"] if item["requirement"] == "uav"] for year in done["years"]]
    assert [len(items) for items in uav] == years
    assert all(item["action"] == "service" and item["cost"] == 3000 for items in uav for item in items)
    assert [year["coverage_after"]["by_kind"] for year in done["years"]] == [1, 1]


def test_the_first_lines_say_what_costs_nothing_then_what_must_be_bought(tmp_path, capsys):
    folder = project(tmp_path, first="2023-06-30")
    assert run(["plan", str(folder), "--as-of", "2024-12-31"]) == 0
    said = capsys.readouterr().out
    cheap, dear, year = (
        said.index(text) for text in ("先办不花钱或花钱很少的", "再办要花钱买的", "2025年\n")
    )
    assert cheap < dear < year
    assert "送检 1 项 1 件（费用待询价）：声级计1部" in said
    assert "年内到期，届满前送检（已届满的立即送） 1 项 1 件" in said
    assert "购置 1 项 1 件" in said
    data = planned(capsys, folder, "--as-of", "2024-12-31")
    assert [one["what"] for one in data["first"]] == ["verify", "renew"]
    assert [(one["what"], one["units"]) for one in data["then"]] == [("purchase", 1)]
