"""Priority: a score in (0, 100] that is the sum of its printed parts; ranks by trust, obligation, score."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from equipcheck.plan.priority import rank, sensitivity, traits
from equipcheck.plan.propose import proposals, with_proposals
from tests.plan.made import DAY, asset, finding, kind, means, report

WAYS = means(kind("body_camera", price=2500), *(kind(name, price=1000) for name in "abcde"))

rows = st.builds(
    lambda name, required, counted, trust, obligation: finding(
        name, required=required, counted=min(counted, required), trust=trust, obligation=obligation
    ),
    st.just("a"), st.integers(1, 20), st.integers(0, 20),
    st.sampled_from(["attested", "assumed"]), st.sampled_from(["required", "optional"]),
)  # fmt: skip


@given(st.lists(rows, max_size=6))
def test_scores_ranks_and_reasons(found):
    found = [finding_named(one, f"r{at}") for at, one in enumerate(found)]
    done = with_proposals(report(*found), WAYS).findings
    assert all((one.priority is None) == (one.gap == 0) for one in done)
    ranked = sorted((one for one in done if one.priority), key=lambda one: one.priority.rank)
    assert [one.priority.rank for one in ranked] == list(range(1, len(ranked) + 1))
    scores = [one.priority.score for one in ranked]
    assert scores == sorted(scores, reverse=True), "the shipped weights keep trust and obligation first"
    for one in ranked:
        assert 0 < one.priority.score <= 100
        parts = [Decimal(re.search(r"\+([\d.]+)$", text)[1]) for text in one.priority.because]
        assert sum(parts) == one.priority.score


def finding_named(one, name):
    return one._replace(requirement=name)


def test_what_last_years_report_named_and_what_officers_carry_comes_first():
    named = means(*WAYS.prices.catalogue.kinds.values(), plan={"named": ["c"]})
    found = (finding("a"), finding("b", kinds=("body_camera",)), finding("c"))
    ranks = {one.requirement: one.priority.rank for one in with_proposals(report(*found), named).findings}
    assert ranks == {"b": 1, "c": 2, "a": 3}


def test_what_lapses_within_the_year_counts():
    import datetime as dt

    soon = asset("t#2", valid_until=dt.date(2024, 6, 30))
    late = asset("t#3", valid_until=dt.date(2025, 6, 30))
    one, other = (
        finding("a", required=2, counted=1, assets=[soon]),
        finding("b", required=2, counted=1, assets=[late]),
    )
    done = with_proposals(report(other, one), WAYS).findings
    assert {f.requirement: f.priority.rank for f in done} == {"a": 1, "b": 2}


def test_sensitivity_names_the_ranks_that_move():
    found = (finding("a", required=2, counted=1, kinds=("body_camera",)), finding("b", required=10))
    ways = means(
        *WAYS.prices.catalogue.kinds.values(),
        plan={"weights": {"nothing_held": 3, "share_missing": 1, "on_site": 3, "cost": 0}},
    )
    known = traits(found, proposals(found, ways), ways.settings, DAY)
    base = rank(known, ways.settings.weights)
    shifts = sensitivity(known, ways.settings.weights)
    assert base["b"].rank == 1
    assert {(one.weight, one.factor) for one in shifts} == {
        ("on_site", "加五分之一"),
        ("nothing_held", "减五分之一"),
    }
    assert all(one.moved == (("b", 1, 2), ("a", 2, 1)) for one in shifts)
