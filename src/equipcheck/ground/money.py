"""Money as people read it."""

from __future__ import annotations

from decimal import Decimal

UNPRICED = "待询价"
MOST = Decimal(10**13)
"""CNY: no price and no budget is larger; beyond it somebody mistyped."""


def yuan(amount: Decimal | None) -> str:
    """「12,345.60」, without needless decimals; 待询价 where no price is known."""
    return UNPRICED if amount is None else f"{amount:,.2f}".removesuffix(".00")
