"""A sheet as it was read: cells with their physical places, before anything is understood."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from equipcheck.ground.column_letters import column_letters
from equipcheck.ground.mutable import Mutable

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
# first row and column, last row and column, as indexes into `rows`
Span = tuple[int, int, int, int]


class Sheet(Mutable):
    """One sheet. `rows` are of equal width; `first_row`, `first_column` (from 1) place the top left cell."""

    name: str
    rows: list[list[Value]]
    first_row: int = 1
    first_column: int = 1
    merged: tuple[Span, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()  # physical numbers
    struck: frozenset[tuple[int, int]] = frozenset()  # physical row and column of what is struck through
    numbers: Sequence[int] | None = None  # physical row (or line) of each row, where they do not run on
    column_numbers: Sequence[int] | None = None  # likewise of each column
    across: int = 0  # of a sheet turned over: the physical row of its names; `numbers` are columns then

    def place(self, index: int) -> int | str:
        """Where `rows[index]` stands: its physical row; on a sheet turned over, the cell of its name."""
        return f"{column_letters(self.number(index))}{self.across}" if self.across else self.number(index)

    def number(self, index: int) -> int:
        """The physical row (or line) of `rows[index]`, from 1."""
        return self.numbers[index] if self.numbers is not None else self.first_row + index

    def column_number(self, index: int) -> int:
        """The physical column of a cell's index, from 1."""
        return self.column_numbers[index] if self.column_numbers is not None else self.first_column + index

    def index(self, number: int) -> int | None:
        """The index of a physical row, None where it holds nothing."""
        if self.numbers is not None:
            return self.numbers.index(number) if number in self.numbers else None
        at = number - self.first_row
        return at if 0 <= at < len(self.rows) else None

    def cut(self, low: int, high: int) -> Sheet:
        """The columns from `low` to before `high`, as a sheet of its own."""
        spans = tuple(
            (top, max(left, low) - low, bottom, min(right, high - 1) - low)
            for top, left, bottom, right in self.merged
            if left < high and right >= low
        )
        columns = [self.column_number(at) for at in range(low, high)]
        return self.but(rows=[row[low:high] for row in self.rows], merged=spans, column_numbers=columns)

    def above(self, end: int) -> Sheet:
        """The rows before `end`, as a sheet of its own."""
        spans = tuple(span for span in self.merged if span[2] < end)
        numbers = self.numbers[:end] if self.numbers is not None else None
        return self.but(rows=self.rows[:end], merged=spans, numbers=numbers)

    @property
    def width(self) -> int:
        """Cells a row."""
        return len(self.rows[0]) if self.rows else 0


def from_cells(name: str, cells: Mapping[tuple[int, int], Value], merged: Iterable[Span] = ()) -> Sheet:
    """A sheet of only the rows and columns that hold something. Places and ranges are physical, from 1."""
    numbers = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    row_at = {number: at for at, number in enumerate(numbers)}
    column_at = {number: at for at, number in enumerate(columns)}
    rows: list[list[Value]] = [[""] * len(columns) for _ in numbers]
    for (row, column), value in cells.items():
        rows[row_at[row]][column_at[column]] = value
    spans = [
        (
            row_at[top],
            column_at[left],
            bisect_right(numbers, bottom) - 1,
            bisect_right(columns, right) - 1,
        )
        for top, left, bottom, right in merged
        if top in row_at and left in column_at
    ]
    return Sheet(name, rows, merged=tuple(sorted(spans)), numbers=numbers, column_numbers=columns)


def spans(numbers: list[int]) -> str:
    """「3、5-9」; the first ten spans."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    texts = [f"{first}-{last}" if first < last else str(first) for first, last in found[:10]]
    return "、".join(texts) + (" 等" if len(found) > 10 else "")


class Oddity(Mutable):
    """Something a reader saw: a code of the problem catalogue, its arguments; row 0: file or sheet."""

    code: str
    sheet: str = ""
    row: int | str = 0
    args: dict[str, object] = field(default_factory=dict)


class Book(Mutable):
    """A file's sheets. `text`: rows are lines of a text file, whose refs name no sheet."""

    sheets: list[Sheet]
    text: bool = False
    reader: str = ""
    oddities: list[Oddity] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # of every sheet in the file, read or not
