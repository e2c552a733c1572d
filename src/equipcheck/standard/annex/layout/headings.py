"""A column's heading, and a table's: what has been understood of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from equipcheck.standard.annex.language.asides import in_brackets
from equipcheck.standard.annex.language.scope import Basis, Scope, in_words
from equipcheck.standard.annex.language.vocabulary import Duty, words

Role = Literal[
    "name",
    "category",
    "unit",
    "remark",
    "serial",
    "duty",
    "parameters",
    "price",
    "life",
    "bureau",
    "quantity",
    "total",
    "other",
]

NO_HEADING = "（无表头）"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: what it is, its heading as printed, and for quantities what the heading says of them."""

    role: Role
    label: str
    facts: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict)
    duty: Duty | None = None
    unit: str | None = None
    known: bool = True  # False: for bureaus that the heading names in words we do not know
    basis: Basis | None = None
    bound: str | None = None  # min, max, advice: one of several numbers for the same bureaus
    marks: tuple[str, ...] = ()  # footnote marks behind its words
    rival: bool = False  # another column has numbers for the same bureaus and obligation

    @property
    def printed(self) -> str:
        """The heading in full: 市级, 市级必配."""
        told = [{"required": "必配", "optional": "选配"}[self.duty]] if self.duty else []
        if self.bound and self.rival and not any(words().bounds[one] == self.bound for one in self._bounds()):
            told.insert(0, {"min": "最低", "max": "最高", "advice": "建议"}[self.bound])
        return self.label + "".join(one for one in told if one not in self.label)

    def _bounds(self) -> list[str]:
        return [word for word in words().bounds if word in self.label]

    @property
    def bare(self) -> bool:
        """Whether it names no bureaus at all: 数量."""
        return self.known and not self.facts

    def within(self, scope: Scope) -> Heading:
        """The same column where a caption, a group or the row itself says more of its numbers."""
        if not (scope.facts or scope.unknown or scope.basis):
            return self
        mine = Scope(self.facts, self.duty, self.basis, self.unit)
        both = scope.then(mine)
        outside = Scope({fact: v for fact, v in both.facts.items() if fact not in self.facts})
        label = self.label
        if outside.facts:
            label = in_words(both.facts) if self.bare or self.facts else in_words(outside.facts) + label
        known = self.known and not both.unknown
        if both.unknown:
            label = both.unknown if self.bare else f"{both.unknown} {self.label}"
        return replace(self, label=label, facts=both.facts, known=known, basis=both.basis)


@dataclass(frozen=True, slots=True)
class Head:
    """A table's heading: its first row and the first row after it, and its columns."""

    first: int
    end: int
    columns: tuple[Heading, ...]

    def of(self, role: Role) -> list[int]:
        """The columns of a role, from left to right."""
        return [at for at, one in enumerate(self.columns) if one.role == role]

    @property
    def scope(self) -> Scope:
        """What the headings of names and units say, in brackets, of all numbers of the table."""
        scope = Scope()
        for one in self.columns:
            if one.role in ("name", "unit"):
                scope = scope.then(in_brackets(one.label))
        return scope
