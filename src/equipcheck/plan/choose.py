"""Which units a year's money buys: line by line down the ranks, or the best of all selections, proved.

An offer is so many units of one requirement by one way; offers come in order of rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from equipcheck.plan.exact import best
from equipcheck.plan.offers import Choice, Offer


def everything(offers: Sequence[Offer]) -> Choice:
    """All units, where no budget was given."""
    return tuple(offer.most for offer in offers)


def by_rank(offers: Sequence[Offer], budget: Decimal) -> Choice:
    """Down the ranks, as many whole units of each offer as the money left still pays."""
    left, taken = budget, []
    for offer in offers:
        units = offer.most if not offer.cost else min(offer.most, int(left // offer.cost))
        taken.append(units)
        left -= units * offer.cost
    return tuple(taken)


def by_value(offers: Sequence[Offer], budget: Decimal) -> Choice:
    """The units that are worth most within the budget; of equal ones the cheaper, then the earlier in rank.

    Stage by stage, each with the money that the one before left.
    """
    taken = [0] * len(offers)
    left = budget
    for stage in sorted({offer.stage for offer in offers}):
        here = [at for at, offer in enumerate(offers) if offer.stage == stage]
        units = best([offers[at] for at in here], left)
        for at, count in zip(here, units, strict=True):
            taken[at] = count
            left -= count * offers[at].cost
    return tuple(taken)
