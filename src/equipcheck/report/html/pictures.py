"""Where the shapes of the pictures stand: numbers of the results scaled to a drawing, nothing else.

Drawings are inline SVG without text: names and numbers stand beside them as HTML, where they can be read at any
width, searched, copied and followed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equipcheck.report import words
from equipcheck.report.tables import Bar

WIDE = 1000
"""Units of a drawing from left to right; it is stretched to the room there is."""
PITCH = 44
"""Pixels from one line of the flow's list to the next; page.css gives the list this line height."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar."""

    what: str  # filled | gap | surplus | low | high
    start: int
    width: int


def bar(one: Bar, most: int) -> list[Part]:
    """A category's bar: what fills the requirement, what is missing, what stands above it; `most` fills the width."""
    return _parts([("filled", one.filled), ("gap", one.gap), ("surplus", one.surplus)], most)


def longest(bars: Sequence[Bar]) -> int:
    """The units that the widest bar shows."""
    return max((one.filled + one.gap + one.surplus for one in bars), default=0)


def part(count: int, whole: int, what: str = "filled") -> list[Part]:
    """A bar of `count` out of `whole`."""
    return _parts([(what, count)], whole)


def rate(low: float | None, high: float | None) -> list[Part]:
    """A rate's bar: the sure part, and the part that rests on unknown validity."""
    first = round((low or 0) * WIDE)
    return [
        part
        for part in (
            Part("filled", 0, first),
            Part("high", first, max(0, round((high if high is not None else low or 0) * WIDE) - first)),
        )
        if part.width
    ]


def _parts(pieces: Sequence[tuple[str, int]], most: int) -> list[Part]:
    parts, before = [], 0
    for what, units in pieces:
        start, end = (round(WIDE * count / most) if most else 0 for count in (before, before + units))
        if end > start:
            parts.append(Part(what, start, end - start))
        before += units
    return parts


@dataclass(frozen=True, slots=True)
class Band:
    """A band of the flow from the ledger to a place; heights in pixels, each end's top and bottom."""

    place: str
    rows: int
    units: int
    left: tuple[float, float]
    right: tuple[float, float]


def flow(rows: Mapping[str, int], units: Mapping[str, int]) -> list[Band]:
    """The accounting as bands, as thick as their units (their rows where nothing has units)."""
    places = words.places(rows, units)
    weights = units if units["read"] else rows
    total = weights["read"] or 1
    room = PITCH * len(places)
    thick = min(room, PITCH * 3.0)
    scale = (thick - 2.0 * len(places)) / total
    bands, top = [], (room - thick) / 2
    for index, name in enumerate(places):
        height = round(2 + weights[name] * scale, 2)
        middle = PITCH * (index + 0.5)
        end = min(height, PITCH - 8.0)
        bands.append(
            Band(
                name,
                rows[name],
                units[name],
                (round(top, 2), round(top + height, 2)),
                (round(middle - end / 2, 2), round(middle + end / 2, 2)),
            )
        )
        top += height
    return bands
