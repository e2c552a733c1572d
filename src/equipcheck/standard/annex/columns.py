"""The quantity columns of all tables together: ids, labels, and which bureaus read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from equipcheck.standard.annex.heads import Heading
from equipcheck.standard.annex.rows import Reading
from equipcheck.standard.model import ONE_COLUMN

_ORDER = ("region", "climate", "level", "grade")


@dataclass(slots=True)
class Columns:
    """`data`: the columns for YAML, empty where the standard has one bare column."""

    data: list[dict[str, Any]] = field(default_factory=list)
    questions: list[tuple[str, str]] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)  # label → id, where the label names no known fact

    def id_of(self, heading: Heading) -> str:
        """The id of the column under a heading."""
        return self.unknown.get(heading.label, "") if not heading.known else column_id(heading)

    def label(self, column: str) -> str:
        """How a column is called."""
        return next((str(one["label"]) for one in self.data if one["id"] == column), "数量")


def column_id(heading: Heading) -> str:
    """`county`, `level1`, `east-level1`, `all` …: the values that decide, the wider fact first."""
    parts = [
        f"level{value}" if fact == "grade" else str(value)
        for fact in _ORDER
        for value in heading.facts.get(fact, ())
    ]
    return "-".join(parts) or ONE_COLUMN


def columns_of(reading: Reading) -> Columns:
    """The columns of a reading; a bare column beside others is a question."""
    columns = Columns()
    found: dict[str, Heading] = {}
    for heading in reading.headings:
        if not heading.known:
            columns.unknown.setdefault(heading.label, f"column{len(columns.unknown) + 1}")
        found.setdefault(columns.id_of(heading), heading)
    if list(found) == [ONE_COLUMN] or not found:
        return columns
    for name, heading in found.items():
        when = {
            fact: values[0] if len(values) == 1 else list(values) for fact, values in heading.facts.items()
        }
        columns.data.append({"id": name, "label": heading.label, "when": when})
        if not when:
            why = f"“{heading.label}”一列适用于哪些机构，原文没有写明，请在 columns 的 when 里补上"
            columns.questions.append((heading.label, why))
    return columns
