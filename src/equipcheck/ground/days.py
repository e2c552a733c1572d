"""Whole dates as people type them in options and configuration files; a month alone is none of them."""

from __future__ import annotations

import datetime as dt
import unicodedata

from equipcheck.ground.patterns import pattern

_FIRST, _LAST = 1900, 2199
EXPECTED = f"写到日的日期，如 2023-12-31（{_FIRST} 年到 {_LAST} 年之间）"

_DAYS = (pattern(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"), pattern(r"(\d{4})(\d{2})(\d{2})"))


def parse_day(text: str) -> dt.date | None:
    """2023-12-31, 2023/12/31, 2023.12.31, 20231231 or 2023年12月31日; None where it is no date."""
    text = unicodedata.normalize("NFKC", text).strip()
    found = next((found for one in _DAYS if (found := one.fullmatch(text)) is not None), None)
    if found is None:
        return None
    try:
        day = dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return day if _FIRST <= day.year <= _LAST else None
