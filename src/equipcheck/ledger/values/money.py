"""Money: 「35,000」「￥975,300.00」「4000元/台」「52.86万元」, in 分, exactly."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from equipcheck.ground.money import MOST
from equipcheck.ground.patterns import pattern
from equipcheck.ledger.sheet import Value
from equipcheck.ledger.values.text import is_empty, squash

_MONEY = pattern(
    r"(?:人民币|RMB|CNY|[¥￥])?(\d{1,3}(?:[,，]\d{3})+|\d+)(\.\d*)?"
    r"(亿|万|千)?元?(?:整|人民币)?(?:/.{1,3})?"
)
_SCALES = {None: 1, "千": 1000, "万": 10_000, "亿": 100_000_000}
MAX_CENTS = int(MOST * 100)


@lru_cache(maxsize=20_000, typed=True)  # the ledgers of a province have many prices in common
def parse_money(value: Value, scale: int = 1) -> tuple[int | None, bool]:
    """A money cell: (分, clear); (None, True) is empty. `scale`: the heading's unit in 元."""
    if value is None or (isinstance(value, str) and is_empty(value)):
        return None, True
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None, False
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return _checked(value * 100 * scale)
    if isinstance(value, float):
        return _cents(Decimal(repr(value)) * scale) if math.isfinite(value) else (None, False)
    found = _MONEY.fullmatch(squash(value).lstrip("'’‘"))
    if found is None:
        return None, False
    number = Decimal(found[1].replace(",", "").replace("，", "") + (found[2] or ""))
    return _cents(number * (_SCALES[found[3]] if found[3] else scale))


def _cents(yuan: Decimal) -> tuple[int | None, bool]:
    return _checked(int((yuan * 100).to_integral_value(ROUND_HALF_UP)))


def _checked(cents: int) -> tuple[int | None, bool]:
    return (cents, True) if 0 <= cents <= MAX_CENTS else (None, False)
