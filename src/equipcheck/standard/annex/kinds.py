"""Names of an annex → kinds of the catalogue, where the name itself says which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz, process

from equipcheck import naming
from equipcheck.catalogue import Kind

_BRACKETED = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")


class Umbrella(Protocol):
    """A word that stands for several kinds."""

    @property
    def name(self) -> str:
        """The word."""

    @property
    def aliases(self) -> Sequence[str]:
        """Its other spellings."""

    @property
    def kinds(self) -> Sequence[str]:
        """What it stands for; the first is what is bought."""


class Names(Protocol):
    """What naming needs of a catalogue."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Kinds by id."""

    @property
    def groups(self) -> Sequence[Umbrella]:
        """Umbrella words."""


@dataclass(frozen=True, slots=True)
class Named:
    """The kinds that a name stands for; where it is not clear none, and the likeliest to choose from."""

    kinds: tuple[str, ...]
    suggestions: tuple[str, ...] = ()


class Lexicon:
    """Every name, alias and umbrella word of a catalogue by its key."""

    def __init__(self, catalogue: Names) -> None:
        self.catalogue = catalogue
        self.known: dict[str, tuple[str, ...]] = {}
        for kind in catalogue.kinds.values():
            if kind.replaced_by is None:
                for name in (kind.name, *kind.aliases):
                    self.known.setdefault(naming.key(name), (kind.id,))
        for group in catalogue.groups:
            for name in (group.name, *group.aliases):
                self.known[naming.key(name)] = tuple(group.kinds)

    def look_up(self, name: str) -> Named:
        """Exact spelling, then without what stands in brackets; else suggestions, best first."""
        for text in (name, _BRACKETED.sub("", name)):
            found = self.known.get(naming.key(text))
            if found:
                return Named(found)
        return Named((), self._suggestions(name))

    def _suggestions(self, name: str) -> tuple[str, ...]:
        best = process.extract(
            naming.key(name), list(self.known), scorer=fuzz.ratio, limit=6, score_cutoff=40
        )
        kinds = [kind for key, _, _ in best for kind in self.known[key]]
        return tuple(dict.fromkeys(kinds))[:3]
