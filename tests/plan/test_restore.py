"""What comes back: the cheapest first, and only what may lawfully be used counts – in the years and in 送检计划."""

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
from equipcheck.plan.ladder import ladder
from equipcheck.plan.restore import COMES_BACK, cheapest_first, year_after
from equipcheck.plan.years import plan_years
from tests import oracle, worlds
from tests.plan import seen
from tests.plan.made import asset, finding, kind, means, quote, stand
from tests.plan.test_lapsing import METERED, ledgers

DAY = worlds.AS_OF
LAPSED, ENDING, LASTING = DAY - dt.timedelta(300), DAY + dt.timedelta(100), DAY + dt.timedelta(900)


def back(outcome):
    return [(item.refs, item.cost) for item in outcome.years[0].items if item.action == "restore"]


def three(required=2):
    """Broken, out of validity, lent out: in this order in the ledger."""
    reasons = ("broken", "verification_expired", "lent_out")
    rows = [asset(f"t#{at}", excluded=reason, row=at) for at, reason in enumerate(reasons, start=2)]
    return finding(required=required, assets=rows)


@pytest.mark.parametrize("by", ["priority", "value"])
def test_the_cheapest_way_back_is_taken_first_whatever_the_order_of_the_ledger(by):
    ways = means(
        kind("a", price=7000, metrology=METERED | {"fee": 480}), quotes=(quote("a", "9000", "repair"),)
    )
    outcome = plan_years([stand(ways, three())], [Decimal(1000)], ways, by=by)
    assert back(outcome) == [(("t#4",), 0), (("t#3",), 480)]
    assert outcome.unfunded == ()
    assert outcome.years[0].coverage_after.all.by_kind == 1


@pytest.mark.parametrize(
    ("fee", "repair", "order"),
    [
        (480, "9000", [0, 480, 9000]),
        (480, "100", [0, 100, 480]),
        (480, None, [0, 480, None]),  # a repair that nobody priced waits behind what is known
        (None, "9000", [0, None, 9000]),  # an unpriced visit to the institute does not wait behind a repair
        (None, None, [0, None, None]),
    ],
)
def test_free_ones_first_and_unpriced_ones_where_they_belong(fee, repair, order):
    metrology = METERED | ({} if fee is None else {"fee": fee})
    quotes = () if repair is None else (quote("a", repair, "repair"),)
    steps = ladder(three(3), means(kind("a", metrology=metrology), quotes=quotes))
    assert [step.unit_cost for step in steps for _ in range(step.quantity)] == order


def test_a_repair_of_unknown_cost_stays_last_where_the_verification_after_it_has_a_price():
    ways = means(kind("a", metrology=METERED | {"fee": 480}))
    rows = [
        asset("t#2", excluded="broken", valid_until=LAPSED, row=2),
        asset("t#3", excluded="verification_expired", row=3),
    ]
    first, last = ladder(finding(required=2, assets=rows), ways, span=year_after(DAY))
    assert (first.refs, last.refs) == (("t#3",), ("t#2",))
    assert (last.unit_cost, last.cost.lacks) == (480, "维修")


def test_equal_prices_go_by_the_ledger_and_what_costs_the_same_is_one_step():
    rows = [
        asset(f"t#{at}", excluded=reason, row=at)
        for at, reason in enumerate(["verification_expired", "lent_out", "verification_expired"], start=2)
    ]
    steps = ladder(finding(required=3, assets=rows), means(kind("a", metrology=METERED | {"fee": 5})))
    assert [step.refs for step in steps] == [("t#3",), ("t#2", "t#4")]


def test_no_unpriced_restore_waits_for_one_that_the_money_did_not_reach():
    ways = means(kind("a"), kind("b"), quotes=(quote("a", "9000", "repair"),))
    rows = [asset("t#2", "a", excluded="broken", row=2), asset("t#3", "b", excluded="broken", row=3)]
    row = finding(kinds=("a", "b"), assets=rows)
    for money, taken in ((Decimal(10_000), [(("t#2",), 9000)]), (Decimal(1000), [(("t#3",), None)])):
        for by in ("priority", "value"):
            outcome = plan_years([stand(ways, row)], [money], ways, by=by)
            assert back(outcome) == taken
            assert outcome.unfunded == ()


def test_what_the_year_loses_is_renewed_before_something_else_is_repaired():
    """What is in use lapses while a broken one lies beside it: no needless repair, cheaper or not."""
    ways = means(kind("a", metrology=METERED | {"fee": 480}), quotes=(quote("a", "100", "repair"),))
    standard = {
        "columns": [{"id": "county", "when": {}}],
        "requirements": [
            {"id": "r", "kinds": ["a"], "quantity": {"county": {"count": 1}}, "obligation": {"county": "required"}}
        ],
    }  # fmt: skip
    units = [
        oracle.Unit(0, "a", "auto", 1, status="broken", valid_until=LASTING),
        oracle.Unit(1, "a", "auto", 1, valid_until=dt.date(2025, 6, 30)),
    ]
    kinds = {"a": {"metrology": True, "months": 12, "off_ledger": False}}
    stands = seen.stands(ways, 3, DAY, lambda day: seen.findings(standard, {}, units, kinds, day))
    outcome = plan_years(stands, None, ways)
    assert [[(item.why, item.refs) for item in year.items] for year in outcome.years] == [
        [],
        *[[("verification_expired", ("t#1",))]] * 2,
    ]


@pytest.mark.parametrize(
    ("reason", "until", "flag", "lines"),
    [
        ("lent_out", LASTING, (), [("gap", 0, False)]),
        ("lent_out", ENDING, (), [("gap", 0, False), ("renew", 480, True)]),
        ("lent_out", LAPSED, (), [("gap", 480, True)]),
        ("lent_out", None, ("verification_unknown",), [("gap", 480, True)]),
        ("lent_out", None, ("verification_due",), [("gap", 480, True)]),
        ("broken", LASTING, (), [("gap", 300, False)]),
        ("broken", ENDING, (), [("gap", 780, True)]),
        ("broken", LAPSED, (), [("gap", 780, True)]),
        ("broken", None, ("verification_unknown",), [("gap", 780, True)]),
        ("broken", None, ("verification_due",), [("gap", 780, True)]),
    ],
)
def test_what_comes_back_without_a_valid_certificate_is_verified_too(reason, until, flag, lines):
    ways = means(
        kind("a", metrology=METERED | {"fee": 480}), kind("b"),
        quotes=(quote("a", "300", "repair"), quote("b", "300", "repair")),
    )  # fmt: skip
    row = finding(assets=[asset("t#2", excluded=reason, valid_until=until, flags=flag)])
    outcome = plan_years([stand(ways, row)], None, ways)
    assert [(item.role, item.cost, item.sent) for item in outcome.years[0].items] == lines
    assert outcome.years[0].coverage_after.all.by_kind == 1
    # The report says the same of the gap, and what is no instrument needs no certificate.
    (action,) = stand(ways, row).findings[0].actions
    assert ("gap", action.cost, action.sent) == lines[0]
    plain = finding("b", assets=[asset("t#2", "b", excluded=reason, valid_until=until, flags=flag)])
    (item,) = plan_years([stand(ways, plain)], None, ways).years[0].items
    assert (item.cost, item.sent) == (0 if reason == "lent_out" else 300, False)


def test_a_fee_that_is_not_known_beside_one_that_is_is_said():
    ways = means(kind("a", metrology=METERED), quotes=(quote("a", "300", "repair"),))
    row = finding(assets=[asset("t#2", excluded="broken", valid_until=LAPSED)])
    (year,) = plan_years([stand(ways, row)], [Decimal(1000)], ways).years
    (item,) = year.items
    assert (item.cost, item.partly, year.spent, year.partly_units) == (300, True, 300, 1)
    assert "送检费待询价，不在此数内" in item.price_basis


prices = st.sampled_from([None, 0, 1, 5, 9])


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(sorted(COMES_BACK)), st.integers(1, 2)), max_size=5),
    st.integers(0, 3), st.integers(0, 4), prices, prices, prices, prices,
)  # fmt: skip
def test_no_other_choice_of_units_costs_less(rows, narrow, wide, fee, repair, other_fee, other_repair):
    """Two nested rows: what the plan brings back is the cheapest of all choices that close as much."""
    costs = {("a", "broken"): repair, ("b", "broken"): other_repair}
    fees = {"a": fee, "b": other_fee}
    ways = means(
        *(kind(name, metrology=METERED | ({} if f is None else {"fee": f})) for name, f in fees.items()),
        quotes=tuple(
            quote(name, str(price), "repair") for (name, _), price in costs.items() if price is not None
        ),
    )
    assets = [asset(f"t#{at}", name, units, reason, row=at) for at, (name, reason, units) in enumerate(rows)]
    pair = [
        finding("wide", kinds=("a", "b"), required=wide, assets=[one for one in assets if one.kind == "b"]),
        finding("narrow", kinds=("a",), required=narrow, assets=[one for one in assets if one.kind == "a"]),
    ]

    def cost(one):
        return 0 if one.excluded == "lent_out" else costs.get((one.kind, one.excluded), fees.get(one.kind))

    units = [(one.kind, cost(one)) for one in assets for _ in range(one.out)]
    if any(known is None for _, known in units):
        return  # nothing can be compared with what nobody knows
    of_a = sorted(known for name, known in units if name == "a")
    took = min(narrow, len(of_a))
    rest = [*of_a[took:], *(known for name, known in units if name == "b")]
    more = min(wide, len(rest))
    least = min(
        (sum(first) + sum(second))
        for first in _choices(of_a, took)
        for second in _choices(_without(of_a, first) + rest[len(of_a) - took :], more)
    )
    outcome = plan_years([stand(ways, *pair)], None, ways)
    assert outcome.years[0].spent == least


def _choices(values, number):
    return set(itertools.combinations(sorted(values), number))


def _without(values, taken):
    left = list(values)
    for one in taken:
        left.remove(one)
    return left


@settings(max_examples=worlds.examples(150), deadline=None)
@given(
    worlds.standards(), worlds.facts, ledgers(), worlds.kinds, prices, prices,
    st.just(10**6) | st.integers(0, 20), st.booleans(),
)  # fmt: skip
def test_done_as_the_lines_say_the_ledger_has_the_coverage_that_the_years_say(
    standard, facts, units, kinds, fee, repair, budget, value
):
    """Mixed restores, priced and not: each line carried out in the ledger, then the oracle assesses the ledger."""
    standard = standard | {"limit": "floor"}
    mode = METERED | ({} if fee is None else {"fee": fee})
    ways = means(
        *(kind(name, metrology=mode | {"months": data["months"]} if data["metrology"] else {"mode": "none"})
          for name, data in kinds.items()),
        quotes=() if repair is None else tuple(quote(name, str(repair), "repair") for name in kinds),
    )  # fmt: skip
    years = seen.stands(ways, 3, DAY, lambda day: seen.findings(standard, facts, units, kinds, day))
    outcome = plan_years(years, [Decimal(budget)] * 3, ways, by="value" if value else "priority")
    rows = {f"t#{unit.row}": _apart(unit) for unit in units}
    for year in outcome.years:
        for item in year.items:
            for ref, count in item.units:
                _do(item, rows[ref], count, ways.due_year(item.kind, year.year))
        done = [unit for row in rows.values() for unit in row]
        after, _ = oracle.assess(standard, facts, done, kinds, {}, dt.date(year.year + 1, 1, 1))
        assert year.coverage_after.all._asdict() == oracle.coverage(standard, facts, after)


def _apart(unit):
    """A ledger row as one row a unit."""
    first = replace(unit, row=10 * unit.row)
    return [replace(first, row=first.row + at, quantity=1) for at in range(unit.quantity)] or [first]


def _do(item, row, count, due):
    """Carry a line out on `count` units of a row: back in use, or with a certificate that ends in the year `due`."""
    out = item.role == "gap" and item.why in ("broken", "lent_out")
    able = [at for at, unit in enumerate(row) if (unit.status in ("broken", "lent_out")) == out]
    able.sort(key=lambda at: row[at].valid_until or dt.date.min)
    assert len(able) >= count
    for at in able[:count]:
        row[at] = replace(row[at], status="in_use" if out else row[at].status)
        if item.sent:
            row[at] = replace(row[at], valid_until=dt.date(due, 6, 30), checked_on=None)


LEDGER = """资产编号,资产名称,数量,使用状况,有效期至
A1,声级计,1,损坏,2026-12-30
A2,声级计,1,在用,2023-06-30
A3,声级计,1,出借,2023-01-31
A4,酸度计,1,损坏,2022-01-31
A5,声级计,1,出借,2026-12-30
"""
PRICES = """种类,单价,年份,来源,用途
声级计,480,2023,合成,送检
声级计,9000,2023,合成,维修
酸度计,200,2023,合成,送检
酸度计,300,2023,合成,维修
"""
STANDARD = """format: 1
id: demo
family: demo
title: 示例标准
effective: "2020"
requirements:
  - {id: sound, name: 声级计, kinds: [sound_level_meter], quantity: 3, unit: 部, source: {status: official}}
  - {id: ph, name: 酸度计, kinds: [ph_meter], quantity: 1, unit: 部, source: {status: official}}
"""


def planned(capsys, folder, *more):
    (folder / "台账.csv").write_text(LEDGER, "utf-8")
    (folder / "prices.csv").write_text(PRICES, "utf-8")
    (folder / "标准.yaml").write_text(STANDARD, "utf-8")
    (folder / "equipcheck.yaml").write_text(
        "bureau: {level: county, staff: 9, vehicles: 1}\nstandard: 标准.yaml\nas_of: 2023-12-31\n"
        "ledgers: [台账.csv]\nprices: prices.csv\n",
        "utf-8",
    )
    assert run(["plan", str(folder), "-f", "json", *more]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("by", ["priority", "value"])
def test_the_years_the_report_and_the_verification_plan_say_the_same(tmp_path, capsys, by):
    done = planned(capsys, tmp_path, "--budget", "1万,1万", "--by", by)
    lines = [
        {(item["requirement"], item["refs"][0][-1]): item["cost"] for item in year["items"]}
        for year in done["years"]
    ]
    assert lines[0] == {("sound", "6"): 0, ("sound", "3"): 480, ("sound", "4"): 480, ("ph", "5"): 500}
    checks = [
        (one["year"], one["month"], one["requirement"], one["quantity"], one["cost"])
        for one in done["checkups"]
        if one["year"] == 2024
    ]
    assert sorted(checks) == [(2024, None, "ph", 1, 200), *[(2024, None, "sound", 1, 480)] * 2]
    assert [year["coverage_after"]["by_kind"] for year in done["years"]] == [1, 1]
    # Row 6 came back with a certificate until 2026: it is not sent again before.
    assert all(ref[-1] != "6" for item in done["years"][1]["items"] for ref in item["refs"])
    assert run(["report", str(tmp_path), "-f", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    told = {one["requirement"]: [step["cost"] for step in one["actions"]] for one in report["findings"]}
    assert told == {"sound": [0, 480, 480], "ph": [500]}


def test_an_unpriced_visit_stands_behind_the_dearest_priced_one():
    fees = {"a": {}, "b": {"fee": 100}, "c": {"fee": 900}}
    ways = means(*(kind(name, metrology=METERED | fee) for name, fee in fees.items()))
    rows = [
        asset(f"t#{at}", one, excluded="verification_expired", row=at)
        for at, one in enumerate("abc", start=2)
    ]
    steps = ladder(finding(kinds=("a", "b", "c"), required=3, assets=rows), ways)
    assert [step.unit_cost for step in steps] == [100, 900, None]


def test_what_the_plan_brought_and_has_lapsed_comes_before_what_is_cheaper():
    ways = means(kind("a", metrology=METERED | {"fee": 480}))
    rows = [asset("t#2", excluded="lent_out", row=2), asset("t#3", excluded="verification_expired", row=3)]
    free, paid = ladder(finding(required=2, assets=rows), ways)
    due = replace(paid, again=True, due=None)
    assert [one.refs for one in cheapest_first([free, due], renewing=True)] == [("t#3",), ("t#2",)]
