"""Money as people read it."""

from __future__ import annotations

from decimal import Decimal


def yuan(amount: Decimal) -> str:
    """「12,345.60」, without needless decimals."""
    return f"{amount:,.2f}".removesuffix(".00")
