"""Tables as they are printed: cells as displayed, merges kept, physical rows counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from equipcheck.problems import InputError, Place, Problem

MAX_CELLS = 400_000
"""More than any annex has; a far stray cell or a hostile file is refused before it fills the memory."""

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Box:
    """A cell, or several merged ones: its text and where it begins and how far it reaches (from 0)."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One table or sheet. `boxes[row][column]` is the box that covers the place.

    `before` are the paragraphs between the table before and this one.
    """

    name: str
    boxes: tuple[tuple[Box, ...], ...]
    before: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.boxes[0]) if self.boxes else 0

    def text(self, row: int, column: int) -> str:
        """What a reader sees at a place; merged boxes are seen at every place they cover."""
        return self.boxes[row][column].text

    def own(self, row: int) -> list[Box]:
        """The boxes with a text that a row shows, each once, from left to right."""
        seen: dict[tuple[int, int], Box] = {}
        for box in self.boxes[row]:
            if box.text.strip():
                seen.setdefault((box.row, box.column), box)
        return list(seen.values())


@dataclass(frozen=True, slots=True)
class Annex:
    """A file's tables in order, the paragraphs after the last one, and footnotes by their mark."""

    grids: tuple[Grid, ...]
    after: tuple[str, ...] = ()
    footnotes: Mapping[str, str] = field(default_factory=dict)


def lay_out(
    texts: Mapping[tuple[int, int], str],
    merges: Mapping[tuple[int, int], tuple[int, int]],
    *,
    name: str,
    shown: str,
    before: tuple[str, ...] = (),
) -> Grid | None:
    """A grid from texts by (row, column) and merges by their first place → (rows, columns).

    None where no cell has a text. Raises InputError where the table is out of all proportion.
    """
    filled = [place for place, text in texts.items() if text.strip()]
    if not filled:
        return None
    height = 1 + max(row + merges.get((row, column), (1, 1))[0] - 1 for row, column in filled)
    width = 1 + max(column + merges.get((row, column), (1, 1))[1] - 1 for row, column in filled)
    if height * width > MAX_CELLS:
        args = {"rows": height, "columns": width}
        raise InputError(Problem("annex-too-large", Place(shown, sheet=name), args))
    boxes: list[list[Box | None]] = [[None] * width for _ in range(height)]
    for (row, column), (rows, columns) in merges.items():
        if row < height and column < width:
            text = texts.get((row, column), "")
            box = Box(text, row, column, min(rows, height - row), min(columns, width - column))
            for down in range(box.rows):
                for right in range(box.columns):
                    boxes[row + down][column + right] = boxes[row + down][column + right] or box
    complete = tuple(
        tuple(box or Box(texts.get((row, column), ""), row, column) for column, box in enumerate(line))
        for row, line in enumerate(boxes)
    )
    return Grid(name, complete, before)
