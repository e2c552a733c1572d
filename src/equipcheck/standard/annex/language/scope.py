"""What has been said of numbers: whose, required or optional, by what they count, in which unit.

Words that are not understood are kept (`unknown`): they make a question, never nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from equipcheck.standard.annex.language.vocabulary import Duty
from equipcheck.standard.words import value_in_words

ORDER = ("region", "climate", "level", "grade")


@dataclass(frozen=True, slots=True)
class Basis:
    """By what a number counts. `per` None: in words that are not understood; "": this bureau itself."""

    per: str | None
    every: int = 1
    words: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What has been said of numbers so far, from the wide (a caption) to the narrow (a heading)."""

    facts: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict)
    duty: Duty | None = None
    basis: Basis | None = None
    unit: str | None = None
    unknown: str = ""  # words about bureaus that name no known fact

    @property
    def says(self) -> bool:
        """Whether it says anything that numbers depend on."""
        return bool(self.facts or self.duty or self.basis or self.unknown)

    def then(self, inner: Scope) -> Scope:
        """This scope with a narrower one inside it; where they contradict, the words are unknown."""
        facts = dict(self.facts)
        unknown = " ".join(dict.fromkeys(filter(None, (self.unknown, inner.unknown))))
        for fact, values in inner.facts.items():
            if fact in facts and not set(values) <= set(facts[fact]):
                told = f"{in_words({fact: facts[fact]})}／{in_words({fact: values})}"
                unknown = " ".join(filter(None, (unknown, told)))
            facts[fact] = values
        basis = inner.basis or self.basis
        if self.basis and inner.basis and self.basis.per != inner.basis.per:
            basis = Basis(None, 1, f"{self.basis.words}、{inner.basis.words}")
        return Scope(facts, inner.duty or self.duty, basis, inner.unit or self.unit, unknown)


def in_words(facts: Mapping[str, tuple[str | int, ...]]) -> str:
    """Facts as people write them: 东部省级, 市级、县级."""
    return "".join(
        "、".join(value_in_words(fact, value) for value in facts[fact]) for fact in ORDER if fact in facts
    )
