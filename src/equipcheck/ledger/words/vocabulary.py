"""What headings mean in one file: ours, overruled by the project's `columns:`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from equipcheck.ledger.words.headings import Heading, heading_of, heading_under, plain

NUMBERS = frozenset({"asset_no", "serial"})
VALIDITY = frozenset({"checked_on", "valid_until", "certificate"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What headings mean in one file: ours, overruled by the project's `columns:`."""

    role: str = "ledger"
    own: Mapping[str, str] = field(default_factory=dict)  # plain heading → field

    @staticmethod
    def of_source(role: str, columns: Mapping[str, str]) -> Vocabulary:
        """From `columns:` (field → heading)."""
        return Vocabulary(role, {plain(heading): name for name, heading in columns.items()})

    def read(self, text: str) -> Heading | None:
        """What one heading means."""
        return self._overruled(plain(text), heading_of(text))

    def under(self, uppers: Sequence[str], lower: str) -> Heading | None:
        """What a heading means under the headings above it."""
        found = heading_of(lower)
        for upper in reversed(uppers):
            found = heading_under(upper, lower)
            if found is not None and plain(lower):
                break
        return self._overruled(plain(lower or (uppers[-1] if uppers else "")), found)

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
