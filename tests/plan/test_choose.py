"""Selection under a budget: equal to brute force, exactly, ties included; never above the budget."""

from __future__ import annotations

import itertools
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.plan.choose import by_rank, by_value, everything
from equipcheck.plan.offers import Offer, spent, value
from tests.conftest import ROOT

costs = st.sampled_from([0, 1, 2, 3, 5, 7, 10]).map(lambda n: Decimal(n) * 1000) | st.integers(
    1, 999_999
).map(lambda cents: Decimal(cents) / 100)
scores = st.sampled_from(["92.90", "38.20", "37.90", "37.45", "0.01", "100"]).map(Fraction)
offers = st.lists(
    st.builds(
        lambda cost, most, score, required, stage: Offer(cost, min(most, required), score / required, stage),
        costs, st.integers(1, 3), scores, st.integers(1, 9), st.integers(0, 1),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
budgets = st.integers(0, 2_500_000).map(lambda cents: Decimal(cents) / 100)


def brute(rows, budget):
    """The best of all selections, stage by stage: most worth, then least cost, then earliest in rank."""
    taken = {}
    left = budget
    for stage in sorted({row.stage for row in rows}):
        here = [(at, row) for at, row in enumerate(rows) if row.stage == stage]
        ours = [row for _, row in here]
        fitting = [
            choice
            for choice in itertools.product(*(range(row.most + 1) for row in ours))
            if spent(ours, choice) <= left
        ]
        best = max(fitting, key=lambda choice: (value(ours, choice), -spent(ours, choice), choice))
        taken |= {at: units for (at, _), units in zip(here, best, strict=True)}
        left -= spent(ours, best)
    return tuple(taken[at] for at in range(len(rows)))


@settings(max_examples=300, deadline=None)
@given(offers, budgets)
def test_by_value_is_the_optimum_and_ties_go_to_the_cheaper_then_the_earlier(rows, budget):
    assert by_value(rows, budget) == brute(rows, budget)


@settings(max_examples=200, deadline=None)
@given(offers, budgets)
def test_by_rank_takes_as_many_whole_units_as_the_money_left_pays(rows, budget):
    choice = by_rank(rows, budget)
    left = budget
    for row, units in zip(rows, choice, strict=True):
        assert 0 <= units <= row.most
        left -= units * row.cost
        assert left >= 0
        assert units == row.most or left < row.cost


@settings(max_examples=200, deadline=None)
@given(offers, budgets)
def test_neither_way_spends_more_than_the_budget_and_value_is_never_worse_stage_by_stage(rows, budget):
    ranked, best = by_rank(rows, budget), by_value(rows, budget)
    assert spent(rows, ranked) <= budget
    assert spent(rows, best) <= budget
    first = [at for at, row in enumerate(rows) if row.stage == min(one.stage for one in rows)]
    ours = [rows[at] for at in first]
    # Ranks mix no stages in a plan: attested kinds stand before assumed ones.
    alone = by_rank(ours, budget)
    assert value(ours, tuple(best[at] for at in first)) >= value(ours, alone)


def test_a_difference_too_small_for_floats_decides():
    almost = Fraction(1, 3) + Fraction(1, 10**15)
    rows = [Offer(Decimal(1000), 1, Fraction(1, 3)), Offer(Decimal(1000), 1, almost)]
    assert by_value(rows, Decimal(1000)) == (0, 1)


def test_many_equal_offers_are_settled_at_once():
    rows = [Offer(Decimal(1000 + at % 3), 3, Fraction(50)) for at in range(40)]
    choice = by_value(rows, Decimal(30_000))
    assert sum(choice) == 30  # fourteen of the forty cost 1000 each, three units of each
    assert spent(rows, choice) <= 30_000


def test_without_a_budget_everything_is_taken():
    rows = [Offer(Decimal(5), 2, Fraction(1)), Offer(Decimal(0), 1, Fraction(1))]
    assert everything(rows) == (2, 1)


def test_the_solver_says_nothing_on_stdout():
    script = (
        "from decimal import Decimal; from fractions import Fraction; from equipcheck.plan.choose import *\n"
        "print(by_value([Offer(Decimal(7), 3, Fraction(2)), Offer(Decimal(5), 3, Fraction(1))], Decimal(20)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, env={"PYTHONPATH": str(ROOT / "src")}
    )
    assert done.stdout.decode().strip() == "(2, 1)"
