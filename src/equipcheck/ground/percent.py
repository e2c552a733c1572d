"""Rates as people read them: one rounding for all that is shown, and for what a draft's numbers are held against."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def rounded(rate: Fraction | Decimal | float, places: int = 1) -> Decimal:
    """A rate in percent, its last place rounded half up, as spreadsheets and people do."""
    over = Fraction(str(rate))  # of a float the shortest decimal that is it: 9/16 is 0.5625, 33/80 is 0.4125
    exact = Decimal(over.numerator) / Decimal(over.denominator)
    return (exact * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percent(rate: Fraction | Decimal | float | None, places: int = 1) -> str:
    """「56.3%」; 「无」 where there is none."""
    return "无" if rate is None else f"{rounded(rate, places)}%"
