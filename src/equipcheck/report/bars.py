"""Bars of plain characters, a line a category: for a terminal, where box characters are one cell here and two there."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.report.folding import cells_of
from equipcheck.report.tables import Bar

WIDTH = 30
LEGEND = "# 计入　. 缺口　+ 有余"
LEGEND_CEILING = "# 限额以内　+ 超出"


def lines(bars: Sequence[Bar], *, ceiling: bool, width: int = WIDTH) -> list[str]:
    """「交通装备  #####..  要求 7  可用 5  缺口 2」; the longest bar takes `width` characters."""
    most = max((one.filled + one.gap + one.surplus for one in bars), default=0) or 1
    names = max((cells_of(one.category) for one in bars), default=0)
    return [
        f"{_padded(one.category, names)}  {_bar(one, most, width):{width}}  {_numbers(one, ceiling=ceiling)}"
        for one in bars
    ]


def _bar(one: Bar, most: int, width: int) -> str:
    text, units = "", 0
    for mark, count in (("#", one.filled), (".", one.gap), ("+", one.surplus)):
        units += count
        text += mark * (_place(units, most, width) - len(text))
    return text


def _place(units: int, most: int, width: int) -> int:
    return (2 * units * width + most) // (2 * most) if units else 0


def _numbers(one: Bar, *, ceiling: bool) -> str:
    first, last = ("上限", f"超出 {one.surplus}") if ceiling else ("要求", f"缺口 {one.gap}")
    return f"{first} {one.required:>3}  可用 {one.usable:>3}  {last}"


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - cells_of(text))
