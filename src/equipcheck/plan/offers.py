"""What a year's money chooses among: offers, and selections of them."""

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


def value(offers: Sequence[Offer], choice: Choice) -> Fraction:
    """Σ score × units ÷ required."""
    return sum((offer.worth * units for offer, units in zip(offers, choice, strict=True)), Fraction(0))


def spent(offers: Sequence[Offer], choice: Choice) -> Decimal:
    """What a choice costs."""
    return sum((offer.cost * units for offer, units in zip(offers, choice, strict=True)), Decimal(0))
