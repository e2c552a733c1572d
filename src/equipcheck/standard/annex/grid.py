"""Tables as they are printed: cells as displayed, merges kept, physical rows counted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from equipcheck.ground.column_letters import column_letters
from equipcheck.problems import InputError, Place, Problem

MAX_CELLS = 400_000
"""More than any annex has; a far stray cell or a hostile file is refused before it fills the memory."""

MAX_TEXT = 8_000_000
MAX_ONE_TEXT = 200_000
"""Characters of all cells and paragraphs, and of one of them; a spreadsheet's cell can hold 32,767."""

_GAP_DOWN, _GAP_ACROSS = 1000, 50
_FAR = 60
"""Rows or columns by which a merge may reach beyond the last cell with words."""

STRUCK = "〔删除线：{}〕"
"""Words that stand there struck through: whether they hold is for a person to say."""

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
    follows: bool = False  # the table before goes on here, on a new page, with nothing between

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
    remarks: tuple[str, ...] = ()  # what a person should know of the file: hidden sheets, deleted text


def lay_out(
    texts: Mapping[tuple[int, int], str],
    merges: Mapping[tuple[int, int], tuple[int, int]],
    *,
    name: str,
    shown: str,
    before: tuple[str, ...] = (),
    far: list[str] | None = None,
) -> Grid | None:
    """A grid from texts by (row, column) and merges by their first place → (rows, columns).

    Merges that reach far beyond the last cell are cut. Single cells far from all others are left out and told in
    `far`. None where no cell has a text. Raises InputError where
    the table is out of all proportion.
    """
    filled = [place for place, text in texts.items() if text.strip()]
    if not filled:
        return None
    if far is not None and (1 + max(r for r, _ in filled)) * (1 + max(c for _, c in filled)) > MAX_CELLS:
        near = _near_ones(filled)
        far += [f"{place_of(place)}“{texts[place][:20]}”" for place in filled if place not in near]
        filled = [place for place in filled if place in near]
        texts = {place: texts[place] for place in filled}
    last_row, last_column = max(row for row, _ in filled), max(column for _, column in filled)
    spans = {place: span for place, span in merges.items() if texts.get(place, "").strip()}
    height = 1 + max(
        last_row, *(min(r + rows - 1, last_row + _FAR) for (r, _), (rows, _c) in spans.items()), 0
    )
    width = 1 + max(
        last_column, *(min(c + columns - 1, last_column + _FAR) for (_, c), (_r, columns) in spans.items()), 0
    )
    if height * width > MAX_CELLS:
        args = {"rows": height, "columns": width}
        raise InputError(Problem("annex-too-large", Place(shown, sheet=name), args))
    return Grid(name, _boxes(texts, merges, height, width), before)


def _near_ones(filled: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Cells before the first wide gap, downwards and to the right."""
    ends = []
    for at, most in ((0, _GAP_DOWN), (1, _GAP_ACROSS)):
        numbers = sorted({place[at] for place in filled})
        gaps = (one for one, following in itertools.pairwise(numbers) if following - one > most)
        ends.append(next(gaps, numbers[-1]))
    return {place for place in filled if place[0] <= ends[0] and place[1] <= ends[1]}


def place_of(place: tuple[int, int]) -> str:
    """A cell as spreadsheets call it: (0, 1) is B1."""
    return f"{column_letters(place[1] + 1)}{place[0] + 1}"


def ranges(numbers: Iterable[int]) -> str:
    """Numbers in order, as people write them: 3–5、9."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return "、".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)


def _boxes(
    texts: Mapping[tuple[int, int], str],
    merges: Mapping[tuple[int, int], tuple[int, int]],
    height: int,
    width: int,
) -> tuple[tuple[Box, ...], ...]:
    boxes: list[list[Box | None]] = [[None] * width for _ in range(height)]
    budget = 4 * height * width  # merges that lie over each other are no table
    for (row, column), (rows, columns) in merges.items():
        if row < height and column < width and budget > 0:
            text = texts.get((row, column), "")
            box = Box(text, row, column, min(rows, height - row), min(columns, width - column))
            budget -= box.rows * box.columns
            for line in boxes[row : row + box.rows]:
                for at in range(column, column + box.columns):
                    line[at] = line[at] or box
    return tuple(
        tuple(box or Box(texts.get((row, column), ""), row, column) for column, box in enumerate(line))
        for row, line in enumerate(boxes)
    )


def refuse_floods(annex: Annex, shown: str) -> None:
    """Raises InputError where there are more words than any annex has: every one is looked at many times."""
    texts = [
        box.text
        for grid in annex.grids
        for line in grid.boxes
        for box in {id(one): one for one in line}.values()
    ]
    texts += [text for grid in annex.grids for text in grid.before]
    texts += [*annex.after, *annex.footnotes.values(), *annex.remarks]
    total = sum(map(len, texts))
    if total > MAX_TEXT or max(map(len, texts), default=0) > MAX_ONE_TEXT:
        raise InputError(Problem("annex-too-much-text", Place(shown), {"count": total}))


def as_data(annex: Annex) -> dict[str, Any]:
    """An annex as plain data: what a process of its own can hand over."""
    grids = []
    for grid in annex.grids:
        cells = []
        for row, line in enumerate(grid.boxes):
            for column, box in enumerate(line):
                merged = box.rows > 1 or box.columns > 1
                if (box.row, box.column) == (row, column) and (box.text or merged):
                    cells.append((row, column, box.rows, box.columns, box.text))
        grids.append(
            {
                "name": grid.name,
                "height": len(grid.boxes),
                "width": grid.width,
                "before": grid.before,
                "follows": grid.follows,
                "cells": cells,
            }
        )
    return {
        "grids": grids,
        "after": annex.after,
        "footnotes": dict(annex.footnotes),
        "remarks": annex.remarks,
    }


def of_data(data: Mapping[str, Any]) -> Annex:
    """The annex of `as_data`."""
    grids = []
    for one in data["grids"]:
        texts = {(row, column): text for row, column, _, _, text in one["cells"]}
        merges = {
            (row, column): (rows, columns)
            for row, column, rows, columns, _ in one["cells"]
            if (rows, columns) != (1, 1)
        }
        boxes = _boxes(texts, merges, one["height"], one["width"])
        grids.append(Grid(one["name"], boxes, tuple(one["before"]), one["follows"]))
    return Annex(tuple(grids), tuple(data["after"]), data["footnotes"], tuple(data["remarks"]))
