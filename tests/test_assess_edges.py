"""Each rule of what counts: an example on its edge, just before it and just after it."""

from __future__ import annotations

import datetime as dt
import itertools

import polars as pl
import pytest

from equipcheck.assess import assess
from equipcheck.assess.verdict import coverage
from tests import worlds
from tests.oracle import Unit
from tests.test_assess_properties import numbers, run

DAY = worlds.AS_OF
METERED = {"metrology": True, "months": 12, "off_ledger": False}
PLAIN = {"metrology": False, "months": None, "off_ledger": False}
KINDS = dict.fromkeys(worlds.KIND_IDS, METERED)


def days(offset: int) -> dt.date:
    return DAY + dt.timedelta(offset)


def row(name: str = "r", kinds: str = "a", count: int = 1, obligation: str = "required", **more) -> dict:
    rule = more.pop("rule", {"count": count})
    quantity, told = {"county": rule}, {"county": obligation}
    return {"id": name, "kinds": list(kinds), "quantity": quantity, "obligation": told, "when": {}} | more


def unit(kind: str = "a", quantity: int = 1, **more) -> Unit:
    return Unit(0, kind, "auto", quantity, **({"valid_until": days(90)} | more))


def ask(rows, units, *, kinds=KINDS, limit="floor", facts=None, services=None, **more):
    columns = [{"id": "county", "when": {}}]
    standard = {"columns": columns, "requirements": rows, "limit": limit}
    placed = [_at(one, at) for at, one in enumerate(units)]
    return run(standard, {"": (facts or {}, placed)}, kinds, services or {}, **more)


def _at(one: Unit, at: int) -> Unit:
    from dataclasses import replace

    return replace(one, row=at)


def places(result) -> list[tuple[int, str, str | None, int, str | None]]:
    """(row, place, requirement, units, reason) of every unit."""
    columns = ("row", "place", "requirement", "units", "reason")
    return sorted(result.places.select(columns).iter_rows())


def one(rows, units, **more) -> dict:
    return numbers(ask(rows, units, **more))[rows[0]["id"]]


def reason(of: Unit, **more) -> str | None:
    """Why a single unit does not count."""
    return places(ask([row()], [of], **more))[0][4]


def flags(of: Unit, **more) -> list[str]:
    return ask([row()], [of], **more).places["flags"].to_list()[0]


# -- which units count ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("acquired", "why"), [(None, None), (days(-1), None), (DAY, None), (days(1), "after_as_of")]
)
def test_acquired_by_the_day(acquired, why):
    assert reason(unit(acquired=acquired)) == why


@pytest.mark.parametrize(("until", "why"), [(days(-1), "verification_expired"), (DAY, None), (days(1), None)])
def test_valid_until_the_day_inclusive(until, why):
    assert reason(unit(valid_until=until)) == why
    assert reason(unit(valid_until=until), kinds=dict.fromkeys(worlds.KIND_IDS, PLAIN)) is None


@pytest.mark.parametrize(
    ("checked", "found"),
    [
        (dt.date(2022, 12, 30), ["verification_due"]),
        (dt.date(2022, 12, 31), []),  # due on the day itself: not past it
        (dt.date(2023, 1, 1), []),
        (DAY, []),
        (days(1), ["verification_unknown"]),  # a later check proves nothing yet
        (None, ["verification_unknown"]),
    ],
)
def test_a_last_check_alone_flags_and_excludes_nothing(checked, found):
    of = unit(valid_until=None, checked_on=checked)
    assert flags(of) == found
    assert reason(of) is None
    assert one([row()], [of])["status"] == ("unverified" if found else "met")


@pytest.mark.parametrize(("months", "found"), [(4, ["verification_due"]), (5, []), (6, [])])
def test_the_interval_is_the_kinds_own(months, found):
    kinds = dict.fromkeys(worlds.KIND_IDS, METERED | {"months": months})
    assert flags(unit(valid_until=None, checked_on=dt.date(2023, 7, 31)), kinds=kinds) == found


def test_a_kind_without_an_interval_tells_nothing_by_its_last_check():
    kinds = dict.fromkeys(worlds.KIND_IDS, METERED | {"months": None})
    assert flags(unit(valid_until=None, checked_on=days(-1)), kinds=kinds) == ["verification_unknown"]


@pytest.mark.parametrize(
    ("own", "record", "why"),
    [
        ((None, days(-9)), (None, days(9)), None),  # of two validity dates the later holds
        ((None, days(9)), (None, days(-9)), None),
        ((None, days(-1)), (None, days(-9)), "verification_expired"),
        (
            (None, days(-9)),
            (days(1), days(365)),
            "verification_expired",
        ),  # checked after the day: proves nothing
        ((None, days(-9)), (DAY, days(365)), None),
        ((None, days(-30)), (days(-20), None), None),  # a check made after the recorded end stands alone
        ((None, days(-20)), (days(-20), None), "verification_expired"),
        ((None, days(-20)), (days(-30), None), "verification_expired"),
    ],
)
def test_of_several_records(own, record, why):
    of = unit(checked_on=own[0], valid_until=own[1], records=[record])
    assert reason(of) == why


@pytest.mark.parametrize(
    ("until", "why", "said"),
    [
        (days(-200), "verification_expired", []),  # the end that was known still stands
        (days(-1), "verification_expired", []),
        (DAY, None, []),
        (days(4), None, []),
        (days(10), None, ["verification_unknown"]),  # may be what the later check gave
        (days(375), None, ["verification_unknown"]),
        (None, None, ["verification_unknown"]),
    ],
)
def test_a_check_after_the_day_wipes_no_end_that_was_known_before_it(until, why, said):
    of = unit(checked_on=days(10), valid_until=until)
    assert (reason(of), flags(of)) == (why, said)
    record = unit(valid_until=None, records=[(days(10), until)])
    assert (reason(record), flags(record)) == (why, said)


def test_strict_counts_no_instrument_of_unknown_validity():
    for checked, why in (
        (None, "verification_unknown"),
        (days(-400), "verification_unknown"),
        (days(-9), None),
    ):
        of = unit(valid_until=None, checked_on=checked)
        assert reason(of, strict=True) == why
        assert reason(of, strict=False) is None


ORDER = [
    ("after_as_of", {"acquired": days(1)}),
    ("gone", {"status": "gone"}),
    ("pending_disposal", {"status": "pending_disposal"}),
    ("lent_out", {"status": "lent_out"}),
    ("broken", {"status": "broken"}),
    ("verification_expired", {"valid_until": days(-1)}),
]


@pytest.mark.parametrize(("earlier", "later"), list(itertools.combinations(ORDER, 2)))
def test_the_first_reason_that_fits_decides(earlier, later):
    if not {*earlier[1]} & {*later[1]}:
        assert reason(unit(**later[1], **earlier[1])) == earlier[0]
    assert reason(unit(**later[1])) == later[0]


def test_a_duplicate_is_one_before_anything_else():
    twice = [unit(asset_no="n", status="gone", acquired=days(1), valid_until=days(-1))] * 2
    assert [place[4] for place in places(ask([row()], twice))] == ["after_as_of", "duplicate"]


@pytest.mark.parametrize("status", ["in_use", "idle", "unknown"])
def test_what_may_be_used(status):
    assert reason(unit(status=status)) is None


@pytest.mark.parametrize("status", ["in_use", "idle"])
@pytest.mark.parametrize(
    ("checked", "said"),
    [
        (DAY, []),
        (dt.date(2022, 12, 30), ["verification_due"]),
        (None, ["verification_unknown"]),
    ],
)
def test_an_idle_unit_is_said_to_be_idle_beside_what_is_said_of_its_validity(status, checked, said):
    of = unit(status=status, valid_until=None, checked_on=checked)
    assert flags(of) == [*said, *(["idle"] if status == "idle" else [])]


SAME = {"asset_no": "n", "model": "M", "quantity": 2, "acquired": days(-9), "checked_on": days(-9)}
OTHER = {
    "asset_no": "m", "name": "另一名称", "model": "N", "quantity": 3, "status": "idle",
    "acquired": days(-8), "checked_on": days(-8), "valid_until": days(91),
}  # fmt: skip


def test_a_number_repeated_in_the_very_next_row_is_a_duplicate_and_so_is_every_further_one():
    result = ask([row(count=9)], [unit(**SAME), unit(**SAME), unit(), unit(**SAME)])
    assert [place[4] for place in places(result)] == [None, "duplicate", None, "duplicate"]
    finding = numbers(result)["r"]
    assert (finding["counted"], finding["held"]) == (3, 3), "a duplicate is not held"


@pytest.mark.parametrize("field", list(OTHER))
def test_the_same_number_with_other_contents_counts(field):
    result = ask([row(count=9)], [unit(**SAME), unit(**(SAME | {field: OTHER[field]}))])
    assert [place[4] for place in places(result)] == [None, None]


def test_without_a_number_nothing_is_a_duplicate():
    assert [place[4] for place in places(ask([row(count=9)], [unit(), unit()]))] == [None, None]


def test_a_rejected_row_is_no_first_of_a_number():
    result = ask([row(count=9)], [unit(**(SAME | {"rejected": True})), unit(**SAME)])
    assert [(place[1], place[4]) for place in places(result)] == [("rejected", None), ("counted", None)]


# -- which of them count first -------------------------------------------------------------------------------------

KNOWN, UNKNOWN = {}, {"valid_until": None}
IDLE = {"status": "idle"}


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [
        (UNKNOWN, KNOWN, 1),  # known validity before unknown
        (IDLE, KNOWN, 1),  # idle ones last
        (UNKNOWN, IDLE, 1),  # an idle one of known validity before one that is not known
        (IDLE | UNKNOWN, UNKNOWN, 1),
        (KNOWN, KNOWN, 0),  # then ledger order
        (UNKNOWN, UNKNOWN, 0),
        (IDLE, IDLE, 0),
    ],
)
def test_which_of_two_counts(first, second, counted):
    found = places(ask([row()], [unit(**first), unit(**second)]))
    assert {place[0]: place[1] for place in found} == {counted: "counted", 1 - counted: "surplus"}


@pytest.mark.parametrize(
    ("units", "counted", "surplus", "gap", "status"),
    [
        (0, 0, 0, 2, "absent"),
        (1, 1, 0, 1, "short"),
        (2, 2, 0, 0, "met"),
        (3, 2, 1, 0, "surplus"),
    ],
)
def test_up_to_what_is_required(units, counted, surplus, gap, status):
    found = one([row(count=2)], [unit(quantity=units)])
    assert [found[key] for key in ("counted", "surplus", "gap", "status")] == [counted, surplus, gap, status]
    assert found["usable"] == found["held"] == units


@pytest.mark.parametrize(("served", "gap", "status"), [(1, 1, "short"), (2, 0, "met"), (3, 0, "met")])
def test_a_service_closes_a_gap_and_is_not_counted(served, gap, status):
    found = one([row(count=3)], [unit()], services={"r": served} | {"r0": 1})
    assert [found[key] for key in ("counted", "serviced", "gap", "status")] == [1, served, gap, status]


@pytest.mark.parametrize(
    ("units", "usable", "status"),
    [(0, 0, "met"), (2, 2, "met"), (3, 3, "over")],
)
def test_a_ceiling(units, usable, status):
    found = one([row(count=2)], [unit(quantity=units)], limit="ceiling")
    assert [found[key] for key in ("usable", "gap", "status")] == [usable, 0, status]


def test_a_floor_of_nothing_does_not_apply_and_a_ceiling_of_nothing_is_a_limit():
    assert one([row(count=0)], [unit()])["status"] == "not_applicable"
    assert one([row(count=0)], [unit()], limit="ceiling")["status"] == "over"


@pytest.mark.parametrize(
    ("unknown", "known", "status"),
    [(2, 0, "unverified"), (1, 1, "unverified"), (0, 2, "met"), (1, 2, "surplus")],
)
def test_met_only_with_units_of_unknown_validity(unknown, known, status):
    units = [unit(quantity=unknown, valid_until=None), unit(quantity=known)]
    found = one([row(count=2)], units)
    assert found["status"] == status
    assert found["unknown"] == (0 if status in ("met", "surplus") else unknown)


def test_a_service_makes_up_for_units_of_unknown_validity():
    assert one([row(count=1)], [unit(valid_until=None)], services={"r": 1})["status"] == "met"


@pytest.mark.parametrize(
    ("units", "supplemented", "status"),
    [([], False, "unrecorded"), ([], True, "absent"), ([unit(status="gone")], False, "absent"),
     ([unit()], False, "met"), ([unit("b")], False, "unrecorded")],
)  # fmt: skip
def test_what_a_ledger_usually_leaves_out(units, supplemented, status):
    kinds = KINDS | {"a": METERED | {"off_ledger": True}}
    found = one([row()], units, kinds=kinds, supplemented=[""] if supplemented else [])
    assert found["status"] == status
    both = one([row(kinds="ab")], [], kinds=kinds)
    assert both["status"] == "absent", "one of the kinds stands in ledgers"
    kinds |= {"b": METERED | {"off_ledger": True}}
    assert one([row(kinds="ab")], [], kinds=kinds)["status"] == "unrecorded"
    assert one([row(kinds="ab")], [unit(status="gone")], kinds=kinds)["status"] == "absent", "one was entered"


@pytest.mark.parametrize(("units", "status"), [(0, "optional"), (1, "optional"), (2, "met"), (3, "surplus")])
def test_optional_rows(units, status):
    assert one([row(count=2, obligation="optional")], [unit(quantity=units)])["status"] == status


def test_a_service_that_is_all_there_is_leaves_a_row_short_not_absent():
    assert one([row(count=2)], [], services={"r": 1})["status"] == "short"


# -- nested rows ---------------------------------------------------------------------------------------------------


def test_narrow_before_wide_required_before_optional_and_the_surplus_at_the_widest():
    rows = [row("wide", "ab", 1), row("narrow", "a", 1), row("may", "a", 1, "optional")]
    for held, counted in ((1, [0, 1, 0]), (2, [1, 1, 0]), (3, [1, 1, 1]), (5, [1, 1, 1])):
        result = ask(rows, [unit(quantity=held)])
        found = numbers(result)
        assert [found[name]["counted"] for name in ("wide", "narrow", "may")] == counted
        assert found["wide"]["surplus"] == max(0, held - 3)


def test_of_a_nest_of_three_each_takes_in_its_turn():
    """The widest waits for the deepest of those inside it, not for the shallowest."""
    rows = [row("widest", "abc"), row("beside", "c"), row("wide", "ab"), row("narrow", "a")]
    for held, counted in ((1, [0, 0, 0, 1]), (2, [0, 0, 1, 1]), (3, [1, 0, 1, 1])):
        found = numbers(ask(rows, [unit(quantity=held)]))
        assert [found[one["id"]]["counted"] for one in rows] == counted


def handed_in(rows, assets, matches, checks):
    standard = {"columns": [{"id": "county", "when": {}}], "requirements": rows, "limit": "floor"}
    return assess(
        worlds.as_standard(standard), worlds.as_facts({"": {}}), assets, matches, checks,
        worlds.as_kinds(KINDS), worlds.as_services({"": {}}), as_of=DAY,
    )  # fmt: skip


def test_ledger_order_decides_whatever_order_the_rows_are_handed_in():
    assets, matches, checks = worlds.as_frames({"": [_at(unit(), at) for at in range(3)]})
    for mine, theirs in itertools.product((assets, assets.reverse()), (matches, matches.reverse())):
        found = places(handed_in([row()], mine, theirs, checks))
        assert [(at, place) for at, place, *_ in found] == [(0, "counted"), (1, "surplus"), (2, "surplus")]


def test_a_decision_belongs_to_its_row_whatever_order_the_decisions_are_handed_in():
    units = [_at(unit(kind), at) for at, kind in enumerate("aba")]
    assets, matches, checks = worlds.as_frames({"": units})
    rows = [row("of-a", "a", 9), row("of-b", "b", 9)]
    for theirs in (matches, matches.reverse(), matches[[1, 2, 0]]):
        found = places(handed_in(rows, assets, theirs, checks))
        assert [requirement for _, _, requirement, *_ in found] == ["of-a", "of-b", "of-a"]


@pytest.mark.parametrize(("status", "reasons"), [("unknown", [None, None]), ("in_use", [None, "duplicate"])])
def test_words_for_a_state_tell_rows_apart_only_where_the_state_is_not_known(status, reasons):
    units = [_at(unit(asset_no="n", status=status), at) for at in range(2)]
    assets, matches, checks = worlds.as_frames({"": units})
    assets = assets.with_columns(status_text=pl.Series(["甲", "乙"], dtype=assets.schema["status_text"]))
    assert [place[4] for place in places(handed_in([row(count=9)], assets, matches, checks))] == reasons


def test_an_excluded_unit_stands_at_the_narrowest_row_with_a_gap():
    rows = [row("wide", "ab", 2), row("narrow", "a", 1)]
    out = unit(status="broken", quantity=3)
    assert numbers(ask(rows, [out]))["narrow"]["held"] == 3
    found = numbers(ask(rows, [unit(), out]))
    assert (found["narrow"]["held"], found["wide"]["held"]) == (1, 3)
    found = numbers(ask(rows, [unit(quantity=3), out]))
    assert (found["narrow"]["held"], found["wide"]["held"]) == (4, 2), "no gap anywhere: the narrowest"
    found = numbers(ask(rows, [out], services={"narrow": 1} | {"r1": 1}))
    assert (found["narrow"]["held"], found["wide"]["held"]) == (0, 3), "a service closes the narrow row"
    found = numbers(ask(rows, [out], services={"wide": 1}))
    assert (found["narrow"]["held"], found["wide"]["held"]) == (3, 0), "a service of one row closes no other"


def test_a_row_of_no_units_stands_where_its_kind_is_asked_for():
    assert places(ask([row("wide", "ab"), row("narrow", "a")], [unit(quantity=0)])) == [
        (0, "counted", "narrow", 0, None)
    ]


# -- coverage ------------------------------------------------------------------------------------------------------


def rates(result, only=None) -> dict:
    return coverage(result.findings, only).row(0, named=True)


def test_coverage_counts_required_rows_that_apply_with_services_among_what_fills_them():
    rows = [
        row("met", "a", 2),
        row("more", "b", 1),
        row("served", "c", 4),
        row("unsure", "d", 1),
        row("may", "e", 1, "optional"),
        row("open", "", 1),
        row("needed", "z", rule={"as_needed": True}),
    ]
    kinds = KINDS | {"z": PLAIN}
    units = [unit("a", 2), unit("b", 2), unit("c", 1), unit("d", 1, valid_until=None)]
    found = rates(ask(rows, units, kinds=kinds, services={"served": 2}))
    assert found == {
        "bureau": "", "applicable": 4, "met": 2, "unverified": 1, "unrecorded": 0, "undecided": 1,
        "filled": 2 + 1 + 3 + 1, "needed": 2 + 1 + 4 + 1,
    }  # fmt: skip
    found = rates(ask(rows, units, kinds=kinds, services={"served": 9}), only=["served", "may", "unsure"])
    assert (found["applicable"], found["met"], found["filled"], found["needed"]) == (2, 1, 5, 5)


def test_rows_that_stand_in_no_ledger_are_left_out_of_coverage_and_counted_apart():
    kinds = KINDS | {"a": METERED | {"off_ledger": True}}
    found = rates(ask([row("light", "a", 3), row("other", "b", 1)], [], kinds=kinds))
    assert (found["applicable"], found["unrecorded"], found["needed"]) == (1, 1, 1)


def test_a_bureau_without_any_row_has_coverage_of_nothing():
    result = ask([row("may", "a", 1, "optional")], [])
    assert rates(result) == {"bureau": ""} | dict.fromkeys(
        ("applicable", "met", "unverified", "unrecorded", "undecided", "filled", "needed"), 0
    )


# -- what is asked of whom -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "status", "required"),
    [
        ({}, "undecided", None),
        ({"vehicles": 0}, "not_applicable", 0),
        ({"vehicles": 1, "staff": 3}, "absent", 1),
        ({"vehicles": 1, "staff": 4}, "absent", 2),
        ({"vehicles": 1}, "undecided", None),
        ({"staff": 3}, "undecided", None),
    ],
)
def test_a_row_binds_by_its_conditions_and_facts(facts, status, required):
    rule = {"per": "staff", "every": 3}
    found = one([row(rule=rule, when={"vehicles": {"min": 1}})], [], facts=facts)
    assert (found["status"], found["required"]) == (status, required)


def test_a_unit_that_no_binding_row_asks_for_is_not_required():
    rows = [row(when={"vehicles": {"min": 1}})]
    assert places(ask(rows, [unit()], facts={"vehicles": 0})) == [(0, "not_required", None, 1, None)]
    assert places(ask(rows, [unit()], facts={})) == [(0, "surplus", "r", 1, None)]
    assert places(ask([row(rule={"as_needed": True})], [unit()])) == [(0, "not_required", None, 1, None)]


def test_missing_facts_are_named():
    rule = {"per": "staff", "every": 3}
    result = ask([row(rule=rule, when={"vehicles": {"min": 1}}), row("s", "b")], [], facts={})
    named = dict(result.findings.select("requirement", "missing_facts").iter_rows())
    assert named == {"r": ["staff", "vehicles"], "s": None}
    result = ask([row(rule=rule, when={"vehicles": {"min": 1}})], [], facts={"vehicles": 2})
    assert result.findings["missing_facts"].to_list() == [["staff"]]


def test_a_rule_that_no_fact_can_change_needs_no_fact():
    rule = {"per": "staff", "every": 3, "min": 2, "max": 2}
    assert one([row(rule=rule)], [])["required"] == 2


def test_columns_are_chosen_only_where_it_is_certain():
    standard = {
        "limit": "floor",
        "columns": [
            {"id": "small", "when": {"staff": {"max": 10}}},
            {"id": "large", "when": {"staff": {"min": 11}}},
            {"id": "odd", "when": {"staff": {"min": 20, "max": 30}}},
        ],
        "requirements": [row() | {"quantity": {"small": {"count": 1}}, "obligation": {"small": "required"}}],
    }
    model = worlds.as_standard(standard)
    from equipcheck.assess.need import need

    facts = pl.DataFrame({"bureau": list("abcde"), "staff": ["10", "11", "20", "31", None]})
    found = need(model, facts)
    assert found.unplaced.sort("bureau").rows() == [
        ("c", ["large", "odd"], []),
        ("e", [], ["staff"]),
    ]


@pytest.mark.parametrize(
    ("more", "kinds", "why"),
    [
        ({"valid_until": None}, KINDS, "verification_expired"),
        ({"valid_until": None, "checked_on": days(-30)}, KINDS, "verification_expired"),
        ({"valid_until": days(0)}, KINDS, None),  # a recorded end says otherwise
        ({"valid_until": days(-1)}, KINDS, "verification_expired"),
        ({"valid_until": None}, dict.fromkeys(worlds.KIND_IDS, PLAIN), None),
    ],
)
def test_what_the_ledger_calls_expired_may_not_be_used(more, kinds, why):
    assert reason(unit(status="expired", **more), kinds=kinds) == why
