"""What has been read of an annex: every table, row and value, each in exactly one list."""

from __future__ import annotations

from dataclasses import dataclass, field

from equipcheck.standard.annex.language.scope import Basis
from equipcheck.standard.annex.language.vocabulary import Duty
from equipcheck.standard.annex.layout.headings import Heading


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity cell: its column, its words without marks, the marks, and the rows it is merged over."""

    heading: Heading
    words: str
    merged: tuple[int, int] | None = None  # first and last physical row, where it reaches beyond this row
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement as printed."""

    table: int  # from 1
    row: int  # physical row of the table or sheet, from 1
    place: str
    name: str
    group: str
    words: dict[str, str]  # heading → words as printed, for every column with words
    values: tuple[Value, ...]
    by_role: dict[str, str]
    others: tuple[tuple[str, str], ...]  # heading → words of columns that are none of the usual ones
    marks: tuple[str, ...]
    duty: Duty | None = None  # of the group or caption
    basis: Basis | None = None  # of the unit cell


@dataclass(slots=True)
class Table:
    """What became of one table of the file."""

    number: int
    name: str  # the sheet's
    rows: int
    lines: int = 0
    why: str = ""  # why it was passed over, where it was
    numbers: bool = False  # whether numbers stand in it
    first: str = ""  # the words of its first row
    prose: bool = False  # sentences, kept as notes
    notes: list[str] = field(default_factory=list)  # notes in it, above and below it
    columns: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """All that was read, each row of each table in exactly one list."""

    lines: list[Line] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    blanks: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    continued: list[str] = field(default_factory=list)  # rows that only continue the row above
    unread: list[tuple[str, str]] = field(default_factory=list)  # rows outside any heading: place, words
    texts: list[str] = field(default_factory=list)  # notes in words, from rows and paragraphs
    titles: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # things a person should know of the reading itself
    headings: list[Heading] = field(default_factory=list)  # quantity columns, in order of appearance
    total: int = 0
    heads_of: dict[int, list[Heading]] = field(default_factory=dict)  # table → its columns
    tables: list[Table] = field(default_factory=list)

    def all_headings(self, table: int) -> list[Heading]:
        """Every column that a table has had."""
        return self.heads_of.get(table, [])
