"""The ladder: each unit of a gap by the first way open to it, with its cost, reason and ledger rows."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from equipcheck.plan.ladder import ladder
from equipcheck.plan.propose import proposals
from equipcheck.plan.years import plan_years
from tests.plan.made import asset, finding, kind, means, quote, stand


def steps(one, ways, **more):
    return [
        (step.action, step.quantity, step.unit_cost)
        for step in ladder(one, ways, **more)
        if step.role == "gap"
    ]


def test_restore_comes_before_transfer_and_purchase_is_last():
    ways = means(
        kind("a", price=9000, metrology={"mode": "verify", "months": 12, "fee": 450}),
        plan={"transfers": [{"requirement": "a", "quantity": 1, "from": "市局"}]},
    )
    one = finding(required=4, counted=1, assets=[asset("t#2"), asset("t#3", excluded="verification_expired")])
    assert steps(one, ways) == [("restore", 1, 450), ("transfer", 1, 0), ("purchase", 1, 9000)]


def test_no_more_is_restored_than_is_missing_and_ledger_order_decides():
    ways = means(kind("a", price=9000, metrology={"mode": "verify", "months": 12, "fee": 450}))
    rows = [asset(f"t#{n}", units=2, excluded="verification_expired") for n in (2, 3)]
    (step,) = ladder(finding(required=3, assets=rows), ways)
    assert (step.quantity, step.refs) == (3, ("t#2", "t#3"))
    assert step.sources == ((("t#2", "a"), 2), (("t#3", "a"), 1))


def test_each_reason_has_its_own_way_back():
    ways = means(
        kind("a", price=9000, metrology={"mode": "verify", "fee": 450}), quotes=(quote("a", "800", "repair"),)
    )
    reasons = [
        "broken",
        "lent_out",
        "verification_unknown",
        "pending_disposal",
        "gone",
        "duplicate",
        "after_as_of",
    ]
    rows = [asset(f"t#{at}", excluded=reason) for at, reason in enumerate(reasons)]
    found = steps(finding(required=5, assets=rows), ways)
    assert found == [("restore", 1, 0), ("restore", 1, 450), ("restore", 1, 800), ("purchase", 2, 9000)]


def test_a_fee_or_price_that_nobody_knows_is_never_zero():
    ways = means(kind("a", metrology={"mode": "verify"}))
    one = finding(required=2, assets=[asset("t#2", excluded="verification_expired")])
    assert steps(one, ways) == [("restore", 1, None), ("purchase", 1, None)]


def test_a_service_stands_beside_where_the_row_allows_it_and_replaces_purchase_where_it_is_priced_lower():
    beside = {(s.action, s.role) for s in ladder(finding(service_allowed=True), means(kind("a", price=9000)))}
    assert beside == {("purchase", "gap"), ("service", "alternative"), ("pool", "alternative")}
    cheap = means(kind("a", price=9000), quotes=(quote("a", "3000", "service"),))
    assert steps(finding(service_allowed=True), cheap) == [("service", 1, 3000)]
    whole = [(step.action, step.role) for step in ladder(finding(service_allowed=True), cheap)]
    assert whole == [("service", "gap"), ("purchase", "alternative"), ("pool", "alternative")]
    dear = means(kind("a", price=9000), quotes=(quote("a", "9000", "service"),))
    assert steps(finding(service_allowed=True), dear) == [("purchase", 1, 9000)]
    assert [step.action for step in ladder(finding(), cheap)] == ["purchase"], "the row does not allow it"


def test_units_met_only_by_unknown_validity_are_to_be_registered_or_verified():
    ways = means(kind("a", metrology={"mode": "verify", "fee": 450}))
    rows = [asset("t#2", units=2, flags=("verification_unknown",)), asset("t#3")]
    (step,) = ladder(finding(required=3, counted=3, unknown=2, assets=rows, status="unverified"), ways)
    assert (step.action, step.role, step.quantity, step.unit_cost) == ("restore", "verify", 2, Decimal(450))
    assert ladder(finding(required=1, counted=1, unknown=0), ways) == ()


def test_the_first_kind_of_a_row_is_what_is_bought_under_the_name_it_goes_by_now():
    ways = means(kind("old", replaced_by="new"), kind("new", price=5), kind("other", price=1))
    (step,) = ladder(finding(kinds=("old", "other")), ways)
    assert (step.kind, step.unit_cost) == ("new", 5)


excluded = st.sampled_from(["broken", "lent_out", "verification_expired", "pending_disposal", "gone"])


@given(
    required=st.integers(1, 9), counted=st.integers(0, 9), serviced=st.integers(0, 2),
    rows=st.lists(st.tuples(excluded, st.integers(0, 3)), max_size=5), offered=st.integers(0, 3), service=st.booleans(),
)  # fmt: skip
def test_the_steps_close_the_gap_exactly(required, counted, serviced, rows, offered, service):
    plan = {"transfers": [{"requirement": "a", "quantity": offered, "from": "市局"}]} if offered else {}
    ways = means(kind("a", price=10, metrology={"mode": "verify", "fee": 5}), plan=plan)
    assets = [asset(f"t#{at}", units=units, excluded=why) for at, (why, units) in enumerate(rows)]
    one = finding(
        required=required,
        counted=min(counted, required),
        serviced=serviced,
        assets=assets,
        service_allowed=service,
    )
    assert sum(quantity for _, quantity, _ in steps(one, ways)) == one.gap
    restorable = sum(units for why, units in rows if why not in ("pending_disposal", "gone"))
    back = sum(quantity for action, quantity, _ in steps(one, ways) if action == "restore")
    assert back == min(restorable, one.gap)


def test_a_unit_that_can_come_back_is_offered_once_to_nested_rows_from_the_narrowest_on():
    ways = means(kind("a", price=9000), kind("b", price=8000))
    back = [asset("t#2", "a", units=2, excluded="broken"), asset("t#3", "a", excluded="broken", row=1)]
    for wide in (1, 2, 4):
        rows = (
            finding("wide", kinds=("b", "a"), required=wide),
            finding("narrow", kinds=("a",), required=2, assets=back),
        )
        steps = proposals(rows, ways)
        told = {
            name: [(step.action, step.quantity, step.refs) for step in of if step.role == "gap"]
            for name, of in steps.items()
        }
        assert told["narrow"] == [("restore", 2, ("t#2",))]
        assert told["wide"][0] == ("restore", 1, ("t#3",))
        assert sum(quantity for action, quantity, _ in told["wide"] if action == "purchase") == wide - 1
        outcome = plan_years([stand(ways, *rows)], None, ways)
        sent = [ref for item in outcome.years[0].items for ref, units in item.units for _ in range(units)]
        assert sorted(sent) == ["t#2", "t#2", "t#3"]
