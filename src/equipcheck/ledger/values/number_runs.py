"""Asset numbers that name several things at once: 「ZC001~ZC005」, 「0006至0008」, 「0009、0010」."""

from __future__ import annotations

import re

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.values.text import squash

SEVERAL = r"\d\s*(?:[~～至到–—－―、,，;；])|^[A-Za-z]+\d+-[A-Za-z]+\d+$"
"""What every such number holds. A hyphen alone is part of many numbers: it says nothing but between whole ones."""

BELOW_EACH_OTHER = r"^\s*[A-Za-z]{1,6}[-_]?\d{2,}(?:\s*[\r\n]+\s*[A-Za-z]{1,6}[-_]?\d{2,})+\s*$"
"""Whole numbers one below another; one that only broke off in its cell is none."""

_MOST = 10_000
_LIST = pattern("[、,，;；]")
_RUN = pattern(r"(.*?\d)(?:~|～|至|到|[–—－―]{1,2})(.*\d)")
_WHOLE = pattern(r"([A-Za-z]+\d+)-([A-Za-z]+\d+)")
_END = pattern(r"(.*?)(\d+)$")


def how_many(text: str) -> int | None:
    """How many numbers a text names; None where it is one, or cannot be told."""
    parts = [part for part in _LIST.split(squash(text)) if part]
    if not all(re.search(r"\d", part) for part in parts):
        return None
    total = 0
    for part in parts:
        run = _RUN.fullmatch(part) or _WHOLE.fullmatch(part)
        if run is None:
            total += 1
        elif (count := _count(run)) is None:
            return None
        else:
            total += count
    return total if total > 1 else None


def _count(run: re.Match[str]) -> int | None:
    left, right = _END.fullmatch(run[1]), _END.fullmatch(run[2])
    if left is None or right is None or not left[1].endswith(right[1]):
        return None
    low, high = left[2], right[2]
    if len(high) < len(low):
        high = low[: len(low) - len(high)] + high  # 0012~14
    count = int(high) - int(low) + 1
    return count if len(high) == len(low) and 1 < count <= _MOST else None
