"""What the words of one file mean: the shipped ones, the project's `vocabulary:`, and over both its `columns:`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from equipcheck.ledger.words.form import plain
from equipcheck.ledger.words.headings import Heading, heading_of, heading_under

NUMBERS = frozenset({"asset_no", "serial"})
VALIDITY = frozenset({"checked_on", "valid_until", "certificate"})


class OwnWords(NamedTuple):
    """A project's own words (`vocabulary:`), known beside the shipped ones in all its ledgers."""

    headings: Mapping[str, str] = {}  # plain heading → field
    statuses: Mapping[str, str] = {}  # squashed word → one of frames.STATUSES


class Vocabulary(NamedTuple):
    """What headings and status words mean in one file."""

    role: str = "ledger"
    own: Mapping[str, str] = {}  # plain heading → field, from `columns:`
    added: OwnWords = OwnWords()

    @staticmethod
    def of_source(role: str, columns: Mapping[str, str], added: OwnWords) -> Vocabulary:
        """From `columns:` (field → heading) and the project's words."""
        return Vocabulary(role, {plain(heading): name for name, heading in columns.items()}, added)

    def read(self, text: str) -> Heading | None:
        """What one heading means."""
        return self._overruled(plain(text), self._known(text))

    def under(self, uppers: Sequence[str], lower: str) -> Heading | None:
        """What a heading means under the headings above it."""
        found = self._known(lower)
        for upper in reversed(uppers):
            found = self._known(lower) if plain(lower) in self.added.headings else heading_under(upper, lower)
            if found is not None and plain(lower):
                break
        return self._overruled(plain(lower or (uppers[-1] if uppers else "")), found)

    def _known(self, text: str) -> Heading | None:
        word = plain(text)
        return Heading(self.added.headings[word]) if word in self.added.headings else heading_of(text)

    def _overruled(self, word: str, found: Heading | None) -> Heading | None:
        if word and word in self.own:
            return Heading(self.own[word], -1)
        if found is not None and found.field in self.own.values():
            return Heading(None)
        return found

    def enough(self, fields: Iterable[str | None]) -> bool:
        """Whether these fields make a table worth reading in this role."""
        have = set(fields)
        if self.role == "verification":
            return bool(have & NUMBERS) and bool(have & VALIDITY)
        return "name" in have
