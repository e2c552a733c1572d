"""Which units a year's money buys: line by line down the ranks, or the best of all selections, proved.

An offer is so many units of one requirement by one way; offers come in order of rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Offer:
    """`most` units at `cost` CNY each; each closes `worth` (score ÷ required)."""

    cost: Decimal
    most: int
    worth: Fraction
    stage: int = 0  # lower stages are served first: attested kinds before assumed ones


Choice = tuple[int, ...]
"""Units taken of each offer."""


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
    from equipcheck.plan.exact import best

    taken = [0] * len(offers)
    left = budget
    for stage in sorted({offer.stage for offer in offers}):
        here = [at for at, offer in enumerate(offers) if offer.stage == stage]
        units = best([offers[at] for at in here], left)
        for at, count in zip(here, units, strict=True):
            taken[at] = count
            left -= count * offers[at].cost
    return tuple(taken)


def value(offers: Sequence[Offer], choice: Choice) -> Fraction:
    """Σ score × units ÷ required."""
    return sum((offer.worth * units for offer, units in zip(offers, choice, strict=True)), Fraction(0))


def spent(offers: Sequence[Offer], choice: Choice) -> Decimal:
    """What a choice costs."""
    return sum((offer.cost * units for offer, units in zip(offers, choice, strict=True)), Decimal(0))
