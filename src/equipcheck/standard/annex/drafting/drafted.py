"""What a draft standard consists of: rows as plain data, the words they were read from, questions left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from equipcheck.standard.annex.grid import ranges
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
        who = f"{self.place} {self.name}".strip() + (f"（{self.column}）" if self.column else "")
        return f"{who}：{self.why}" if who else self.why


def listed(questions: Iterable[Question]) -> list[str]:
    """The questions one a line: the columns of a row together, and the rows of a table that ask the same."""
    columns: dict[tuple[str, str, str], list[str]] = {}
    for one in questions:
        asked = columns.setdefault((one.place, one.name, one.why), [])
        if one.column and one.column not in asked:
            asked.append(one.column)
    rows: dict[tuple[str, str, str], list[Question]] = {}
    for (place, name, why), asked in columns.items():
        table = _IN_TABLE.match(place)
        key = (table[1] if table else place + name, why, "、".join(asked))
        rows.setdefault(key, []).append(Question(place, name, "", "", why, key[2]))
    return [text for same in rows.values() for text in _told(same)]


_IN_TABLE = re.compile("(表[0-9]+) 第([0-9]+)行$")
_FEW = 3


def _told(same: list[Question]) -> list[str]:
    """Questions that differ in their rows alone: a few one by one, more as 「表1 第3–18行」."""
    if len(same) < _FEW:
        return [str(one) for one in same]
    rows = [int(found[2]) for one in same if (found := _IN_TABLE.match(one.place))]
    table = same[0].place.partition(" ")[0]
    return [str(replace(same[0], place=f"{table} 第{ranges(rows)}行", name=f"共 {len(rows)} 行"))]


@dataclass(slots=True)
class DraftRow:
    """One requirement as plain data for YAML, with its words and questions."""

    line: Line
    data: dict[str, Any]
    words: dict[str, str]
    sources: dict[str, str]  # key of `data` → the heading whose words decide it
    questions: list[Question] = field(default_factory=list)
    printed: dict[str, str] = field(default_factory=dict)  # column → the words of its cells, as printed


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
