"""Budgets as people write them: a year each, 300000,200000 or 30万,20万."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from equipcheck.ground.money import MOST
from equipcheck.problems import InputError, Problem

LEAST = 1000
_TOO_MUCH = f"超过了 {MOST / 10**8:,.0f} 亿元，请核对位数"
_PART = re.compile(r"(\d+(?:\.\d{1,2})?)(万)?元?")


def parse_budgets(text: str) -> tuple[Decimal, ...]:
    """A year's money each: 300000,200000 or 30万,20万. Raises InputError; 「300,000」 is not two years."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    parts = re.split("[,、;]", plain)
    amounts: list[Decimal] = []
    for part in parts:
        found = _PART.fullmatch(part)
        amount = Decimal(found[1]) * (10_000 if found[2] else 1) if found else None
        if amount is None or not LEAST <= amount <= MOST:
            why = "读不懂" if amount is None else f"不到 {LEAST} 元" if amount < LEAST else _TOO_MUCH
            args = {"value": text, "count": len(parts), "parts": "、".join(parts), "part": part, "why": why}
            raise InputError(Problem("bad-budget", args=args))
        amounts.append(amount)
    return tuple(amounts)
