"""The best selection under a budget, exactly.

HiGHS solves the integer programme and so gives a selection that nothing beats by more than its tolerance. Sums of
quotients differ by less than a float can tell, and equal plans must be told apart by cost and rank; so a dynamic
programme in whole numbers, cut off by the solver's bound, settles the rest: what it returns is the optimum.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from equipcheck.ground.solver import Variable, least
from equipcheck.plan.offers import Choice, Offer

State = tuple[int, int, tuple[int, ...]]
"""Cost and worth so far, in whole units, and the units taken of each offer (in rank order)."""

MOST_STATES = 150_000


class TooManyStatesError(Exception):
    """The exact stage would need too much memory: the solver's selection stands."""


def best(offers: Sequence[Offer], budget: Decimal) -> Choice:
    """Units of each offer: most worth, then least cost, then earliest in rank; never above the budget."""
    free = [offer.most if not offer.cost else 0 for offer in offers]
    paid = [at for at, offer in enumerate(offers) if offer.cost and offer.most and offer.cost <= budget]
    if not paid:
        return tuple(free)
    money = [int(offers[at].cost * 100) for at in paid]
    unit = math.gcd(*money)
    costs = [cents // unit for cents in money]
    room = int(budget * 100) // unit
    most = [min(offers[at].most, room // cost) for at, cost in zip(paid, costs, strict=True)]
    common = math.lcm(*(offers[at].worth.denominator for at in paid))
    worths = [int(offers[at].worth * common) for at in paid]
    if sum(cost * units for cost, units in zip(costs, most, strict=True)) <= room:
        units = most
    else:
        units = _settle(costs, worths, most, room, _solve(costs, worths, most, room))
    taken = list(free)
    for at, count in zip(paid, units, strict=True):
        taken[at] = count
    return tuple(taken)


def _solve(costs: list[int], worths: list[int], most: list[int], room: int) -> list[int]:
    """A selection from HiGHS: within the budget, and optimal to the solver's tolerance."""
    scale = float(max(worths)) or 1.0
    offers = [
        Variable(-worth / scale, top, [(0, cost)])
        for cost, worth, top in zip(costs, worths, most, strict=True)
    ]
    amounts = least(offers, [(-math.inf, room)], whole=True, mip_rel_gap=0.0, mip_abs_gap=0.0)
    units = [max(0, min(round(x), top)) for x, top in zip(amounts, most, strict=True)]
    # Rounding the solver's floats can only overspend by its tolerance; take back from the least worthwhile then.
    for at in sorted(range(len(costs)), key=lambda at: Fraction(worths[at], costs[at])):
        while units[at] and sum(cost * n for cost, n in zip(costs, units, strict=True)) > room:
            units[at] -= 1
    return units


def _settle(costs: list[int], worths: list[int], most: list[int], room: int, known: list[int]) -> list[int]:
    """The optimum in whole numbers, by dynamic programming over undominated states, with `known` as the bar."""
    bar = sum(worth * n for worth, n in zip(worths, known, strict=True))
    order = sorted(range(len(costs)), key=lambda at: (-Fraction(worths[at], costs[at]), at))
    states: list[State] = [(0, 0, (0,) * len(costs))]
    try:
        for place, at in enumerate(order):
            rest = order[place + 1 :]
            grown = _grow(states, at, costs[at], worths[at], most[at], room)
            states = _undominated(grown)
            states = [
                one for one in states if one[1] + _bound(room - one[0], rest, costs, worths, most) >= bar
            ]
            if len(states) > MOST_STATES:
                raise TooManyStatesError
    except TooManyStatesError:
        return known
    return list(min(states, key=lambda one: (-one[1], one[0], _later(one[2])))[2])


def _grow(states: list[State], at: int, cost: int, worth: int, most: int, room: int) -> list[State]:
    grown = []
    for spent, gained, units in states:
        for count in range(min(most, (room - spent) // cost) + 1):
            taken = (*units[:at], count, *units[at + 1 :])
            grown.append((spent + count * cost, gained + count * worth, taken))
    if len(grown) > 4 * MOST_STATES:
        raise TooManyStatesError
    return grown


def _undominated(states: list[State]) -> list[State]:
    """Without states that cost no less than another and are worth no more; of equals the earlier in rank."""
    kept: list[State] = []
    for one in sorted(states, key=lambda one: (one[0], -one[1], _later(one[2]))):
        if not kept or one[1] > kept[-1][1]:
            kept.append(one)
    return kept


def _later(units: tuple[int, ...]) -> tuple[int, ...]:
    """Sorts selections with more units of an earlier rank first."""
    return tuple(-count for count in units)


def _bound(room: int, rest: list[int], costs: list[int], worths: list[int], most: list[int]) -> int:
    """At most so much worth fits into the room: units of the remaining offers, the last one cut (rounded up)."""
    total = 0
    for at in rest:
        need = costs[at] * most[at]
        if need > room:
            return total + -(-worths[at] * room // costs[at])
        total += worths[at] * most[at]
        room -= need
    return total
