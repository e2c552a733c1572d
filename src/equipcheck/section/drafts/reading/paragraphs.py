"""What a draft consists of for the reader: paragraphs, and rows of tables under their heads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `marks` are (offset, place) of the lines (paragraphs) that it is made of."""

    text: str
    marks: tuple[tuple[int, str], ...]
    heading: bool = False  # marked as one by the file's own means
    numbered: bool = False  # numbered by the word processor: the number is not in the text
    apart: bool = False  # a comment, a note or a text box: no part of the running text

    def place(self, offset: int) -> str:
        """「第N行」「第N段」「批注N」 of the character at an offset."""
        fitting = [mark for mark in self.marks if mark[0] <= offset]
        return max(fitting, key=lambda mark: mark[0])[1] if fitting else self.marks[0][1]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, its cells under the heads of their columns."""

    place: str
    heads: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The row as it is quoted."""
        return " ".join(one for one in self.cells if one)


Part = Paragraph | TableRow
