"""Whole dates as people type them in options and configuration files."""

from __future__ import annotations

import datetime as dt

from equipcheck.ground.patterns import pattern

_DAY = pattern(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")


def parse_day(text: str) -> dt.date | None:
    """2023-12-31, 2023/12/31, 2023.12.31, 20231231 or 2023年12月31日; None where it is no date."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
