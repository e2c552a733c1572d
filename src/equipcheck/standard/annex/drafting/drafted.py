"""What a draft standard consists of: rows as plain data, the words they were read from, questions left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from equipcheck.standard.annex.layout.reading import Line, Reading
from equipcheck.standard.tokens import flat


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can answer: the place, the row, the words as printed, and why."""

    place: str
    name: str
    key: str  # the key of the row that waits: kinds, quantity.county …; "" for the file
    words: str
    why: str
    column: str = ""  # the column's label, where the standard has several

    def __str__(self) -> str:
        return self.told(self.column)

    def told(self, columns: str) -> str:
        """The question as it is listed; `columns`: those that it is asked of."""
        who = f"{self.place} {self.name}".strip() + (f"（{columns}）" if columns else "")
        return f"{who}：{self.why}" if who else self.why


def listed(questions: Iterable[Question]) -> list[str]:
    """The questions one a line; one that several columns of a row ask names them together."""
    together: dict[tuple[str, ...], list[str]] = {}
    first: dict[tuple[str, ...], Question] = {}
    for one in questions:
        key = (one.place, one.name, one.why, *(() if one.column else (one.key,)))
        first.setdefault(key, one)
        columns = together.setdefault(key, [])
        if one.column and one.column not in columns:
            columns.append(one.column)
    return [first[key].told("、".join(columns)) for key, columns in together.items()]


@dataclass(slots=True)
class DraftRow:
    """One requirement as plain data for YAML, with its words and questions."""

    line: Line
    data: dict[str, Any]
    words: dict[str, str]
    sources: dict[str, str]  # key of `data` → the heading whose words decide it
    questions: list[Question] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A draft standard."""

    head: dict[str, Any]
    rows: list[DraftRow]
    questions: list[Question]
    reading: Reading

    @property
    def open(self) -> list[Question]:
        """Every question left, the file's first, then in the rows' order."""
        return [*self.questions, *(question for row in self.rows for question in row.questions)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller says of the standard."""

    id: str
    family: str
    title: str | None = None
    document: str | None = None
    effective: str | None = None
    status: Literal["official", "reprint"] = "reprint"
    limit: Literal["floor", "ceiling"] | None = None  # None: as the headings say, else floor
    file: str = ""
    sha256: str = ""
    columns: dict[str, str] | None = None  # heading → column, named by hand


def short(text: str) -> str:
    """A text as it is quoted in a question."""
    plain = flat(text)
    return plain if len(plain) <= 40 else plain[:38] + "……"
