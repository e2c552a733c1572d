"""Transfers are optimal: held against trying everything, on small cases; and never below a giver's own."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.fleet.matching_up import BEYOND, Gap, match_up

TREES = [
    {"c1": "p", "c2": "p", "d1": "c1", "d2": "c1", "d3": "c2"},
    {"d1": "c1", "d2": "c1", "d3": "c2"},
    {"d1": "d2"},
    {},
]
PLACES = ["p", "c1", "c2", "d1", "d2", "d3"]
KINDS = ["k", "m"]


def above(code, parents):
    path = [code]
    while path[-1] in parents:
        path.append(parents[path[-1]])
    return path


def steps(giver, taker, parents):
    """Up and down between two bureaus; over the top where they have no bureau above both."""
    up, down = above(giver, parents), above(taker, parents)
    common = next((one for one in up if one in down), None)
    if common is None:
        return len(up) - 1 + len(down) - 1 + 2 * BEYOND
    return up.index(common) + down.index(common)


def best(surplus, gaps, parents):
    """(weight closed, -steps) of the best way, by trying every way, unit by unit."""
    units = [(code, kind) for (code, kind), count in sorted(surplus.items()) for _ in range(count)]

    def go(at, closed):
        if at == len(units):
            weight = sum(
                (gaps[i].first if n else 0) + gaps[i].weight * max(0, n - 1) for i, n in enumerate(closed)
            )
            return weight, 0
        code, kind = units[at]
        found = go(at + 1, closed)
        for i, gap in enumerate(gaps):
            if kind in gap.kinds and closed[i] < gap.units:
                weight, way = go(at + 1, (*closed[:i], closed[i] + 1, *closed[i + 1 :]))
                found = max(found, (weight, way - steps(code, gap.bureau, parents)))
        return found

    return go(0, (0,) * len(gaps))


@st.composite
def cases(draw):
    parents = draw(st.sampled_from(TREES))
    surplus = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(PLACES), st.sampled_from(KINDS)), st.integers(1, 2), max_size=3
        )
    )
    gaps = []
    for at in range(draw(st.integers(1, 3))):
        weight = draw(st.integers(1, 4))
        gaps.append(
            Gap(
                draw(st.sampled_from(PLACES)), f"r{at}", draw(st.sampled_from([("k",), ("m",), ("k", "m")])),
                draw(st.integers(1, 3)), weight, weight + draw(st.sampled_from([0, 4])),
            )
        )  # fmt: skip
    return surplus, gaps, parents


@settings(max_examples=150, deadline=None)
@given(cases())
def test_transfers_are_as_good_as_trying_everything(case):
    surplus, gaps, parents = case
    moves = match_up(surplus, gaps, parents)
    given_, taken = Counter(), Counter()
    for one in moves:
        assert one.units > 0
        given_[one.giver, one.kind] += one.units
        taken[one.taker, one.requirement] += one.units
    by_row = {(one.bureau, one.requirement): one for one in gaps}
    assert all(units <= surplus[key] for key, units in given_.items()), (
        "never below the giver's own requirement"
    )
    assert all(units <= by_row[key].units for key, units in taken.items())
    assert all(one.kind in by_row[one.taker, one.requirement].kinds for one in moves)
    weight = sum(by_row[key].first + by_row[key].weight * (units - 1) for key, units in taken.items())
    way = sum(one.units * steps(one.giver, one.taker, parents) for one in moves)
    assert (weight, -way) == best(surplus, gaps, parents)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_the_same_case_gives_the_same_moves(case):
    assert match_up(*case) == match_up(*case)


def test_the_same_parent_comes_before_the_same_city_before_the_same_province():
    parents = {"p": "top", "c1": "p", "c2": "p", "d1": "c1", "d2": "c1", "d3": "c2"}
    gap = Gap("d1", "r", ("k",), 1, 1, 1)
    givers = ["elsewhere", "d3", "c2", "d2"]
    for at, code in enumerate(givers):
        (move,) = match_up({(one, "k"): 1 for one in givers[: at + 1]}, [gap], parents)
        assert move.giver == code
