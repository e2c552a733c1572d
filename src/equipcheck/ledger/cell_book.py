"""The books of a sheet's cells: every cell that holds something is claimed by whoever makes something of it.

What nobody claims went nowhere, and is said. Kept by column, a byte a row, so that big sheets cost little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import islice, repeat
from operator import ne
from typing import NamedTuple

from equipcheck.ground.column_letters import column_letters
from equipcheck.ground.mutable import Mutable
from equipcheck.ledger.sheet import Sheet
from equipcheck.ledger.sheet_columns import BLANKS, SheetTexts
from equipcheck.ledger.values.text import text_of

LISTED = 1000  # unread cells of a column that are listed one by one


class Fate(IntEnum):
    """What a cell became."""

    NOTHING = 0
    TITLE = 1
    HEADING = 2
    FIELD = 3
    EXTRA = 4
    TOTAL = 5
    GROUP = 6
    NOTE = 7
    SUMMARY = 8


class Unread(Mutable):
    """A block of cells that went nowhere: its corners as addresses, how many cells, and their words."""

    row: int  # physical, of its first cell
    place: str
    count: int
    text: str
    cells: tuple[tuple[str, str], ...]  # address and words of each


class CellBalance(NamedTuple):
    """A sheet's cells with content: how many became what, and what went nowhere."""

    sheet: str
    hidden: bool
    cells: int
    became: dict[str, int]
    nothing: int  # how many went nowhere
    unread: tuple[Unread, ...] = ()  # where; of very many, the first of each column


class CellBook:
    """The claims on one sheet's cells."""

    def __init__(self, sheet: Sheet, texts: SheetTexts) -> None:
        self.sheet = sheet
        self.texts = texts
        self.filled = [_filled(texts, index) for index in range(len(texts.columns))]
        self.fates = [bytearray(len(sheet.rows)) for _ in texts.columns]

    def claim(self, fate: Fate, rows: Iterable[int], columns: Iterable[int]) -> None:
        """What stands in these rows of these columns became this; a later claim holds."""
        if isinstance(rows, range) and rows.step == 1:
            painted = bytes([fate]) * len(rows)
            for column in columns:
                self.fates[column][rows.start : rows.stop] = painted
            return
        rows = [*rows]
        for column in columns:
            fates = self.fates[column]
            for row in rows:
                fates[row] = fate

    def window(self) -> Claims:
        """The whole sheet, to be claimed from."""
        return Claims(self)

    def balance(self) -> CellBalance:
        """What came of every cell."""
        became = dict.fromkeys(Fate, 0)
        lost: list[tuple[int, int]] = []
        for index, (filled, fates) in enumerate(zip(self.filled, self.fates, strict=True)):
            content = int.from_bytes(filled)
            for fate in {*fates}:
                mine = content & int.from_bytes(fates.translate(_ONLY[fate]))
                became[Fate(fate)] += mine.bit_count()
                if fate == Fate.NOTHING and mine:
                    places = mine.to_bytes(len(filled))
                    found = islice(re.finditer(b"\1", places), LISTED)
                    lost.extend((one.start(), index) for one in found)
        lost.sort()
        return CellBalance(
            self.sheet.name,
            self.sheet.hidden,
            sum(became.values()),
            {fate.name.lower(): count for fate, count in became.items() if count and fate},
            became[Fate.NOTHING],
            tuple(self._block(cells) for cells in _blocks(lost)),
        )

    def _block(self, cells: list[tuple[int, int]]) -> Unread:
        columns = [column for _, column in cells]
        first, last = self._address(cells[0][0], min(columns)), self._address(cells[-1][0], max(columns))
        each = tuple(
            (self._address(row, column), " ".join(text_of(self.sheet.rows[row][column]).split()))
            for row, column in cells
        )
        place = first if first == last else f"{first}:{last}"
        words = " ".join(text for _, text in each[:20])
        return Unread(self.sheet.number(cells[0][0]), place, len(cells), words, each)

    def _address(self, row: int, column: int) -> str:
        return f"{column_letters(self.sheet.column_number(column))}{self.sheet.number(row)}"


class Claims:
    """Claims on a part of a sheet, or on a sheet turned over, in its own rows and columns."""

    def __init__(
        self, book: CellBook, columns: Sequence[int] | None = None, turned: Sequence[int] | None = None
    ) -> None:
        self.book = book
        self._columns = columns  # of the sheet, by our columns (by our rows where turned)
        self._turned = turned  # rows of the sheet, by our columns

    def cut(self, low: int, high: int) -> Claims:
        """The columns from `low` to before `high`."""
        columns = range(len(self.book.filled)) if self._columns is None else self._columns
        return Claims(self.book, columns[low:high])

    def turn(self, rows: Sequence[int], columns: Sequence[int]) -> Claims:
        """Rows as columns: our column n is row `rows[n]`, our row n is column `columns[n]`."""
        mine = range(len(self.book.filled)) if self._columns is None else self._columns
        return Claims(self.book, [mine[at] for at in columns], rows)

    def pair(self, lines: Sequence[tuple[int, int | None]], width: int) -> PairedClaims:
        """Two lines as one row: our columns from `width` on are those of the second line."""
        mine = range(len(self.book.filled)) if self._columns is None else self._columns
        return PairedClaims(self.book, [mine[at] for at in range(width)], lines)

    def claim(self, fate: Fate, rows: Iterable[int], columns: Iterable[int] | None = None) -> None:
        """As CellBook.claim; without columns: the rows from edge to edge."""
        if self._turned is not None:
            across = range(len(self._turned)) if columns is None else columns
            assert self._columns is not None
            self.book.claim(fate, [self._turned[at] for at in across], [self._columns[at] for at in rows])
        elif self._columns is None:
            self.book.claim(fate, rows, range(len(self.book.filled)) if columns is None else columns)
        else:
            mine = self._columns
            self.book.claim(fate, rows, mine if columns is None else [mine[at] for at in columns])

    def touched(self) -> set[int]:
        """Rows in which something is claimed. Not of a sheet turned over."""
        columns = range(len(self.book.filled)) if self._columns is None else self._columns
        return {row for column in columns for row, fate in enumerate(self.book.fates[column]) if fate}

    def texts(self) -> SheetTexts | None:
        """The columns of the whole sheet, None where this is a part of it."""
        return self.book.texts if self._columns is None else None

    def content(self, column: int) -> bytes:
        """A byte a row: whether the cell holds something. Not of a sheet turned over."""
        return self.book.filled[column if self._columns is None else self._columns[column]]


class PairedClaims(Claims):
    """Claims on a sheet whose rows are pairs of lines beside each other."""

    def __init__(
        self, book: CellBook, columns: Sequence[int], lines: Sequence[tuple[int, int | None]]
    ) -> None:
        super().__init__(book, columns)
        self._pairs = lines
        self._mine = columns

    def claim(self, fate: Fate, rows: Iterable[int], columns: Iterable[int] | None = None) -> None:
        """As CellBook.claim; without columns: both lines from edge to edge."""
        width = len(self._mine)
        across = range(2 * width) if columns is None else [*columns]
        pairs = [self._pairs[at] for at in rows]
        self.book.claim(fate, [one for one, _ in pairs], [self._mine[at] for at in across if at < width])
        second = [self._mine[at - width] for at in across if at >= width]
        self.book.claim(fate, [other for _, other in pairs if other is not None], second)


_ONLY = {fate: bytes(1 if byte == fate else 0 for byte in range(256)) for fate in Fate}


def _filled(texts: SheetTexts, index: int) -> bytes:
    """A byte a row: whether the cell holds more than blanks."""
    if (pure := texts.text(index)) is not None:
        return bytes(map(bool, pure.to_list()))
    cells = texts.columns[index]
    empty = {cell for cell in {*cells} if cell is None or (isinstance(cell, str) and not cell.strip(BLANKS))}
    if empty <= {""}:
        return bytes(map(ne, cells, repeat("")))
    return bytes(cell not in empty for cell in cells)


def _blocks(lost: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Cells that lie together: rows next to each other, or one below another in columns of their own."""
    blocks: list[list[tuple[int, int]]] = []
    open_at: dict[frozenset[int], tuple[int, list[tuple[int, int]]]] = {}
    rows: dict[int, list[int]] = {}
    for row, column in lost:
        rows.setdefault(row, []).append(column)
    for row, columns in rows.items():
        key = frozenset(columns)
        near = next((held for held in open_at if held & key and open_at[held][0] >= row - 1), None)
        near = near if near is not None else (key if key in open_at else None)
        cells = [(row, column) for column in columns]
        if near is None:
            block = cells
            blocks.append(block)
        else:
            _, block = open_at.pop(near)
            block.extend(cells)
        if len(open_at) > 32:
            open_at.pop(next(iter(open_at)))
        open_at[key] = (row, block)
    return blocks
