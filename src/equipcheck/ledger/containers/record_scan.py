"""What walking a binary workbook (xls, xlsb) record by record shows before a reader is let in.

The walk vouches for three things: the records reach the end without a gap, no count is bigger than the file
could hold, and the rectangle of the values is not far bigger than their number.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from equipcheck.ledger.sheet import Span

DENSE = 1_500_000


@dataclass(slots=True)
class Extent:
    """The rectangle of one sheet's values (from 0) and their number."""

    top: int = 1 << 30
    left: int = 1 << 30
    bottom: int = -1
    right: int = -1
    values: int = 0
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)  # from 1

    def take(self, row: int, first: int, last: int) -> None:
        """Count the values of one row from a first to a last column."""
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, first), max(self.right, last)
        self.values += last - first + 1

    @property
    def area(self) -> int:
        """Cells in the rectangle."""
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)


@dataclass(slots=True)
class BinaryScan:
    """What a binary workbook holds; `sound` False: let a reader at it only where it can do no harm."""

    sound: bool = True
    encrypted: bool = False
    sheets: list[Extent] = field(default_factory=list)
    merged: dict[str, list[Span]] = field(default_factory=dict)  # by sheet name, where the walk knows names

    @property
    def too_wide(self) -> bool:
        """A rectangle that no reader should lay out."""
        return any(sheet.area > DENSE and sheet.area > 3 * sheet.values for sheet in self.sheets)
