"""The engine equals the oracle, and keeps its promises, over made-up standards, bureaus and ledgers."""

from __future__ import annotations

import dataclasses
import random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.assess import assess
from equipcheck.assess.verdict import coverage
from equipcheck.checking.books import balance
from equipcheck.ground import frames
from tests import oracle, worlds

ALL_KINDS = {**dict.fromkeys(worlds.KIND_IDS), "z": None}
OTHER = {"z": {"metrology": False, "months": None, "off_ledger": False}}
NUMBERS = ["required", "held", "usable", "counted", "serviced", "gap", "surplus", "unknown", "status"]

services = st.dictionaries(st.sampled_from(["r0", "r1", "r2"]), st.integers(1, 3), max_size=2)


def run(standard, bureaus, kinds, given_services, *, strict=False, supplemented=()):
    """bureaus: code → (facts, units)."""
    model = worlds.as_standard(standard)
    known = {row.id for row in model.requirements}
    wanted = {code: {r: n for r, n in given_services.items() if r in known} for code in bureaus}
    assets, matches, checks = worlds.as_frames({code: units for code, (_, units) in bureaus.items()})
    result = assess(
        model,
        worlds.as_facts({code: facts for code, (facts, _) in bureaus.items()}),
        assets,
        matches,
        checks,
        worlds.as_kinds(kinds | OTHER),
        worlds.as_services(wanted),
        as_of=worlds.AS_OF,
        strict=strict,
        supplemented=supplemented,
    )
    balance(assets, result.places)
    return result


def numbers(result, bureau=""):
    rows = result.findings.filter(pl.col("bureau") == bureau)
    return {row["requirement"]: {name: row[name] for name in NUMBERS} for row in rows.iter_rows(named=True)}


@settings(max_examples=worlds.examples(300), deadline=None)
@given(
    worlds.standards(), worlds.facts, worlds.ledgers(), worlds.kinds, services, st.booleans(), st.booleans()
)  # fmt: skip
def test_the_engine_equals_the_oracle(standard, facts, units, kinds, served, strict, supplemented):
    result = run(
        standard,
        {"": (facts, units)},
        kinds,
        served,
        strict=strict,
        supplemented=[""] if supplemented else [],
    )
    served = {
        name: n for name, n in served.items() if name in {row["id"] for row in standard["requirements"]}
    }
    findings, places = oracle.assess(
        standard, facts, units, kinds | OTHER, served, worlds.AS_OF, strict=strict, supplemented=supplemented
    )
    assert numbers(result) == findings
    seen = {
        (row, place, requirement): n for _, row, _, place, requirement, n, *_ in result.places.iter_rows()
    }
    assert seen == places
    row = coverage(result.findings).row(0, named=True)
    expected = oracle.coverage(standard, facts, findings)
    for key in ("applicable", "met", "unrecorded", "undecided"):
        assert row[key] == expected[key], key
    total = row["applicable"]
    assert (row["met"] / total if total else None) == expected["by_kind"]
    assert ((row["met"] + row["unverified"]) / total if total else None) == expected["by_kind_if_verified"]
    if standard["limit"] == "floor":
        assert (row["filled"] / row["needed"] if row["needed"] else None) == expected["by_quantity"]


@settings(max_examples=worlds.examples(60), deadline=None)
@given(
    worlds.standards(), st.lists(st.tuples(worlds.facts, worlds.ledgers()), min_size=2, max_size=4), worlds.kinds
)  # fmt: skip
def test_many_bureaus_at_once_are_the_same_as_each_alone(standard, bureaus, kinds):
    together = run(standard, {f"b{i}": bureau for i, bureau in enumerate(bureaus)}, kinds, {})
    for index, bureau in enumerate(bureaus):
        assert numbers(together, f"b{index}") == numbers(run(standard, {"": bureau}, kinds, {}))


@settings(max_examples=worlds.examples(80), deadline=None)
@given(worlds.standards(), worlds.facts, worlds.ledgers(distinct_numbers=True), worlds.kinds, st.randoms())
def test_shuffling_the_rows_changes_no_number(standard, facts, units, kinds, chance: random.Random):
    before = numbers(run(standard, {"": (facts, units)}, kinds, {}))
    shuffled = list(units)
    chance.shuffle(shuffled)
    assert numbers(run(standard, {"": (facts, shuffled)}, kinds, {})) == before


@settings(max_examples=worlds.examples(80), deadline=None)
@given(worlds.standards(), worlds.facts, worlds.ledgers(distinct_numbers=True), worlds.kinds)
def test_splitting_a_row_of_n_into_n_rows_changes_no_count(standard, facts, units, kinds):
    before = run(standard, {"": (facts, units)}, kinds, {})
    split = [
        dataclasses.replace(unit, quantity=1, asset_no=f"{unit.asset_no}-{part}")
        for unit in units
        for part in range(unit.quantity)
    ]
    after = run(standard, {"": (facts, split)}, kinds, {})
    units_before, units_after = numbers(before), numbers(after)
    standing_lost = {
        unit.kind for unit in units if unit.quantity == 0
    }  # a row of 0 units has no row to split into
    for name, finding in units_before.items():
        row = next(row for row in standard["requirements"] if row["id"] == name)
        ignored = {"status"} if standing_lost & set(row["kinds"]) else set()
        after_one = units_after[name]
        assert {k: after_one[k] for k in NUMBERS if k not in ignored} == {
            k: finding[k] for k in NUMBERS if k not in ignored
        }


@settings(max_examples=worlds.examples(80), deadline=None)
@given(
    worlds.standards(), worlds.facts, worlds.ledgers(distinct_numbers=True), worlds.kinds,
    st.sampled_from(worlds.KIND_IDS), st.integers(1, 3),
)  # fmt: skip
def test_a_further_usable_asset_never_raises_a_gap(standard, facts, units, kinds, kind, quantity):
    before = numbers(run(standard, {"": (facts, units)}, kinds, {}))
    more = [
        *units,
        oracle.Unit(row=len(units), kind=kind, decision="auto", quantity=quantity, asset_no="new"),
    ]
    after = numbers(run(standard, {"": (facts, more)}, kinds, {}))
    assert all(after[name]["gap"] <= before[name]["gap"] for name in before)
    assert sum(f["usable"] for f in after.values()) >= sum(f["usable"] for f in before.values())


def test_a_bureau_whose_column_is_open_is_named_with_the_fact_that_decides():
    standard = {
        "limit": "floor",
        "columns": [{"id": "city", "when": {"level": "city"}}, {"id": "county", "when": {"level": "county"}}],
        "requirements": [
            {
                "id": "r0",
                "kinds": ["a"],
                "quantity": {"city": {"count": 1}},
                "obligation": {"city": "required"},
                "when": {},
            }
        ],
    }
    model = worlds.as_standard(standard)
    facts = pl.DataFrame(
        {"bureau": ["x", "y"], "level": ["city", None]}, schema_overrides={"level": pl.String()}
    )
    result = assess(
        model, facts, frames.ASSETS.empty(), frames.MATCHES.empty(), frames.CHECKS.empty(), frames.KINDS.empty(),
        frames.SERVICES.empty(), as_of=worlds.AS_OF,
    )  # fmt: skip
    assert result.findings["bureau"].to_list() == ["x"]
    assert result.unplaced.rows() == [("y", [], ["level"])]
