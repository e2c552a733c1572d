"""One table as one or several: side by side ones apart, a turned one upright."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from equipcheck.standard.annex.grid import Box, Grid
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import words
from equipcheck.standard.annex.layout.headings import Head
from equipcheck.standard.annex.layout.heads import find_heads


@dataclass(frozen=True, slots=True)
class View:
    """A grid with names down and numbers across, its headings, and how its rows are called."""

    grid: Grid
    heads: dict[int, Head]
    turned: bool = False
    part: int = 0  # of several tables beside each other, from 1; 0 where there is one
    first_column: int = 0

    def place(self, table: int, row: int) -> str:
        """Where a row (from 0) stands in the file."""
        line = f"表{table} 第{row + 1}{'列' if self.turned else '行'}"
        return f"{line}（左起第{self.part}组）" if self.part else line


def views(grid: Grid, known: Callable[[str], bool]) -> list[View]:
    """How a table is to be read."""
    parts = _parts(grid)
    if len(parts) > 1:
        return [
            View(part, find_heads(part, known), part=at, first_column=first)
            for at, (first, part) in enumerate(parts, start=1)
        ]
    if _lies_on_its_side(grid, known):
        turned = transposed(grid)
        heads = find_heads(turned, known)
        if heads:
            return [View(turned, heads, turned=True)]
    return [View(grid, find_heads(grid, known))]


def _lies_on_its_side(grid: Grid, known: Callable[[str], bool]) -> bool:
    """Whether the names stand across a row and what is said of them down the columns."""
    down = _known_in(((row, 0) for row in range(min(len(grid.boxes), 200))), grid, known)
    best = 0
    for column in range(min(grid.width, 4)):
        down = max(down, _known_in(((row, column) for row in range(min(len(grid.boxes), 200))), grid, known))
    for row in range(min(len(grid.boxes), 4)):
        best = max(best, _known_in(((row, column) for column in range(min(grid.width, 200))), grid, known))
    return best >= 2 and best > down and grid.width <= 200


def _known_in(places: object, grid: Grid, known: Callable[[str], bool]) -> int:
    found = set()
    for row, column in places:  # type: ignore[attr-defined]
        text = squeeze(grid.text(row, column))
        if text and len(text) <= 40 and known(text):
            found.add(text)
    return len(found)


def transposed(grid: Grid) -> Grid:
    """Rows as columns."""
    turned: dict[int, Box] = {}

    def turn(box: Box) -> Box:
        return turned.setdefault(id(box), Box(box.text, box.column, box.row, box.columns, box.rows))

    boxes = tuple(tuple(turn(line[column]) for line in grid.boxes) for column in range(grid.width))
    return replace(grid, boxes=boxes)


def _parts(grid: Grid) -> list[tuple[int, Grid]]:
    """Tables beside each other: the same name's heading stands again in one row."""
    for row in range(min(len(grid.boxes), 20)):
        texts = [squeeze(grid.text(row, column)) for column in range(grid.width)]
        names = [
            at
            for at, text in enumerate(texts)
            if (
                words().columns.get(text) == "name"
                or (text.endswith("名称") and len(text) <= 10 and text not in words().not_names)
            )
            and (not at or grid.boxes[row][at] is not grid.boxes[row][at - 1])
        ]
        again = [at for at in names if texts[at] == texts[names[0]]] if names else []
        if len(again) < 2:
            continue
        starts = [0]
        for name in again[1:]:
            start = name
            while start - 1 > starts[-1] and words().columns.get(texts[start - 1]) in ("serial", "category"):
                start -= 1
            starts.append(start)
        return [
            (start, _cut(grid, start, end))
            for start, end in zip(starts, [*starts[1:], grid.width], strict=True)
        ]
    return [(0, grid)]


def _cut(grid: Grid, start: int, end: int) -> Grid:
    made: dict[int, Box] = {}

    def piece(box: Box) -> Box:
        first, last = max(box.column, start), min(box.column + box.columns, end)
        return made.setdefault(id(box), Box(box.text, box.row, first - start, box.rows, last - first))

    return replace(grid, boxes=tuple(tuple(piece(box) for box in line[start:end]) for line in grid.boxes))
