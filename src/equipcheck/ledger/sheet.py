"""A sheet as it was read: cells with their physical places, before anything is understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
# first row and column, last row and column, as indexes into `rows`
Span = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """One sheet. `rows` are of equal width; `first_row`, `first_column` (from 1) place the top left cell."""

    name: str
    rows: list[list[Value]]
    first_row: int = 1
    first_column: int = 1
    merged: tuple[Span, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()  # physical numbers
    lines: Sequence[int] | None = None  # physical line of each row, for text files

    def number(self, index: int) -> int:
        """The physical row (or line) of `rows[index]`, from 1."""
        return self.lines[index] if self.lines is not None else self.first_row + index

    def index(self, number: int) -> int | None:
        """The index of a physical row, None where it holds nothing."""
        if self.lines is not None:
            return self.lines.index(number) if number in self.lines else None
        at = number - self.first_row
        return at if 0 <= at < len(self.rows) else None

    @property
    def width(self) -> int:
        """Cells a row."""
        return len(self.rows[0]) if self.rows else 0


@dataclass(slots=True)
class Oddity:
    """Something a reader saw: a code of the problem catalogue, its arguments; row 0: file or sheet."""

    code: str
    sheet: str = ""
    row: int = 0
    args: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """A file's sheets. `text`: rows are lines of a text file, whose refs name no sheet."""

    sheets: list[Sheet]
    text: bool = False
    reader: str = ""
    oddities: list[Oddity] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # of every sheet in the file, read or not
