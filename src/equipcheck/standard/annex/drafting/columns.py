"""The quantity columns of all tables together: ids, labels, and which bureaus read them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import Any

from equipcheck.standard.annex.language.scope import in_words
from equipcheck.standard.annex.layout.headings import Heading
from equipcheck.standard.annex.layout.reading import Reading
from equipcheck.standard.model import ONE_COLUMN

_ORDER = ("region", "climate", "level", "grade")


@dataclass(slots=True)
class Columns:
    """`data`: the columns for YAML, empty where the standard has one bare column."""

    data: list[dict[str, Any]] = field(default_factory=list)
    questions: list[tuple[str, str]] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)  # label → id, where the label names no known fact

    shared: set[str] = field(
        default_factory=set
    )  # ids of columns for several levels, some of which have their own

    def ids_of(self, heading: Heading) -> list[str]:
        """The ids of the columns that a heading's numbers belong to: one, or each that it names together."""
        if not heading.known:
            return [self.unknown.get(heading.label, "")]
        name = column_id(heading)
        return [column_id(one) for one in singles(heading)] if name in self.shared else [name]

    def label(self, column: str) -> str:
        """How a column is called."""
        return next((str(one["label"]) for one in self.data if one["id"] == column), "数量")


def without_unused(columns: Columns, used: set[str]) -> Columns:
    """Without the bare column whose numbers all went to the levels that the rows mark."""
    if not used or ONE_COLUMN in used or all(one["id"] != ONE_COLUMN for one in columns.data):
        return columns
    gone = next(str(one["label"]) for one in columns.data if one["id"] == ONE_COLUMN)
    return replace(
        columns,
        data=[one for one in columns.data if one["id"] != ONE_COLUMN],
        questions=[(label, why) for label, why in columns.questions if label != gone],
    )


def column_id(heading: Heading) -> str:
    """`county`, `level1`, `east-level1`, `all` …: the values that decide, the wider fact first."""
    parts = [
        f"level{value}" if fact == "grade" else str(value)
        for fact in _ORDER
        for value in heading.facts.get(fact, ())
    ]
    return "-".join(parts) or ONE_COLUMN


def singles(heading: Heading) -> list[Heading]:
    """A heading for several levels or regions (市、县级) as one for each."""
    facts = list(heading.facts.items())
    if not heading.known or all(len(values) == 1 for _, values in facts):
        return [heading]
    made = []
    for values in itertools.product(*(values for _, values in facts)):
        one = {fact: (value,) for (fact, _), value in zip(facts, values, strict=True)}
        made.append(replace(heading, facts=one, label=in_words(one)))
    return made


def columns_of(reading: Reading) -> Columns:
    """The columns of a reading; a bare column beside others, and one in unknown words, is a question."""
    columns = Columns()
    found: dict[str, Heading] = {}
    for heading in reading.headings:
        if not heading.known:
            columns.unknown.setdefault(heading.label, f"column{len(columns.unknown) + 1}")
        else:
            several = column_id(heading)
            apart = [column_id(one) for one in singles(heading)]
            others = {
                column_id(one)
                for other in reading.headings
                if other.known and column_id(other) != several
                for one in singles(other)
            }
            if len(apart) > 1 and set(apart) & others:
                columns.shared.add(several)
        for name, one in zip(columns.ids_of(heading), singles(heading), strict=False):
            found.setdefault(name, heading if len(columns.ids_of(heading)) == 1 else one)
    if list(found) == [ONE_COLUMN] or not found:
        return columns
    for name, heading in found.items():
        facts = heading.facts if heading.known else {}
        when = {fact: values[0] if len(values) == 1 else list(values) for fact, values in facts.items()}
        label = in_words(facts) if facts and heading.duty else heading.label
        columns.data.append({"id": name, "label": label, "when": when})
        if not when:
            how = "请在 columns 的 when 里补上（如市级 {level: city}）"
            why = f"“{heading.label}”一列适用于哪些机构，原文没有写明，{how}"
            columns.questions.append((heading.label, why))
    return columns
