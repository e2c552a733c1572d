"""What a bureau can spare, held against the slow re-implementation: with it gone, nothing is counted less, whatever the
answers to what is open."""

from __future__ import annotations

import dataclasses
import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.assess import assess
from tests import oracle, worlds
from tests.test_assess_properties import OTHER

OPEN = ("asks", "knows", "knows", "knows")
LATER, EARLIER = dt.timedelta(200), dt.timedelta(-200)


def spared(standard, facts, units, kinds, asks, *, strict, days):
    """row → (units over, free, why, days on which they would not count)."""
    assets, matches, checks = worlds.as_frames({"": units})
    assets = assets.with_columns(
        open=pl.Series([one if one == "asks" else None for one in asks], dtype=pl.String)
    )
    result = assess(
        worlds.as_standard(standard), worlds.as_facts({"": facts}), assets, matches, checks,
        worlds.as_kinds(kinds | OTHER), worlds.as_services({}), as_of=worlds.AS_OF, strict=strict, spare_on=days,
    )  # fmt: skip
    rows = zip(result.spare.rows(named=True), result.spare["at"].to_list(), strict=True)
    return {at: (row["units"], row["free"], row["why"], row["unfit"]) for row, at in rows}


def gaps(standard, facts, units, kinds, *, strict):
    found, _ = oracle.assess(standard, facts, units, kinds | OTHER, {}, worlds.AS_OF, strict=strict)
    return {name: one["gap"] for name, one in found.items()}


FACTS = {"staff": 5, "vehicles": 2, "main_posts": 3, "region": "east", "coast": True}


def wealthy(standard, facts, units):
    """The same where little is unknown and much stands over."""
    for row in standard["requirements"]:
        row["quantity"] = {
            column: {"count": 2} if rule.keys() & {"as_needed", "text"} else rule
            for column, rule in row["quantity"].items()
        }
    told = ("idle", "unknown", "expired")
    return standard, FACTS | facts, [
        dataclasses.replace(
            one, kind=one.kind or "a", decision="auto", rejected=False, quantity=one.quantity + 3, acquired=None,
            status=one.status if one.status in told else "in_use",
        )
        for one in units
    ]  # fmt: skip


@settings(max_examples=worlds.examples(200), deadline=None)
@given(
    worlds.standards(), worlds.facts,
    st.booleans().flatmap(lambda distinct: worlds.ledgers(distinct_numbers=distinct)), worlds.kinds,
    st.lists(st.sampled_from(OPEN), min_size=12, max_size=12),
    st.booleans(), st.sampled_from([(LATER, False), (EARLIER, False), (LATER, True), (EARLIER, True)]),
    st.sampled_from([True, True, True, False]),
)  # fmt: skip
def test_what_is_spared_is_missed_by_nobody(standard, facts, units, kinds, asks, strict, other, rich):
    if rich:
        standard, facts, units = wealthy(standard, facts, units)
    asks = asks[: len(units)]
    own, other = (worlds.AS_OF, strict), (worlds.AS_OF + other[0], other[1])
    found = spared(standard, facts, units, kinds, asks, strict=strict, days=(own, other))
    seen, numbers, again, doubt = set(), set(), set(), {}
    for at, (unit, said) in enumerate(zip(units, asks, strict=True)):
        if unit.rejected:
            continue
        if unit.asset_no is not None and oracle.identity(unit) in seen:
            again.add(at)
        flag = oracle.validity(unit, (kinds | OTHER)[unit.kind], worlds.AS_OF)[1] if unit.kind else None
        state = said == "asks" or unit.status not in ("in_use", "idle") or unit.asset_no in numbers
        doubt[at] = (state, bool(flag))
        if unit.asset_no is not None:
            seen.add(oracle.identity(unit))
            numbers.add(unit.asset_no)
    left = [
        dataclasses.replace(unit, quantity=unit.quantity - found.get(at, (0, 0))[1])
        for at, unit in enumerate(units)
    ]
    ours = [
        at for at in range(len(units)) if at not in again
    ]  # what stands twice is no matter of what is given
    sure = [at for at in ours if not any(doubt.get(at, (False, False)))]
    for kept in (ours, sure):
        before = gaps(standard, facts, [units[at] for at in kept], kinds, strict=strict)
        after = gaps(standard, facts, [left[at] for at in kept], kinds, strict=strict)
        assert after == before
    asked, _ = oracle.assess(standard, facts, units, kinds | OTHER, {}, worlds.AS_OF, strict=strict)
    for at, (over, free, why, unfit) in found.items():
        assert 0 <= free <= over
        assert (free < over) == (why is not None)
        kind = units[at].kind
        rows = [row["id"] for row in standard["requirements"] if kind in row["kinds"]]
        unknown = any(asked[row]["status"] in ("undecided", "as_needed") for row in rows)
        assert (why == "need_unknown") == unknown
        if not unknown:
            assert (why == "state_open") == doubt[at][0]
        if free and doubt[at][1] and standard["limit"] == "floor":
            assert all(before[row] == 0 for row in rows), (
                "one of unknown validity goes only where none is needed"
            )
        on_that_day = oracle.why_not(units[at], (kinds | OTHER)[kind], set(), *other)
        assert ("1," in unfit) == (on_that_day is not None and other != own)
        assert "0," not in unfit
