"""The words of drafts by what they do in a clause (`standards/vocabulary/drafts.yaml`), ready for patterns."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from equipcheck.ground.records import Record
from equipcheck.ground.vocabulary import words_of
from equipcheck.section.drafts.statements.form import DraftWords


@functools.cache
def words(*path: str) -> tuple[str, ...]:
    """The words at a place of the vocabulary: `words("whose", "ours")`; of a section the names of its lists."""
    found: Any = words_of(DraftWords)
    for key in path:
        found = getattr(found, key)
    return found.FIELDS if isinstance(found, Record) else tuple(found)


def longest(listed: Iterable[str]) -> list[str]:
    """The words, longer before shorter."""
    return sorted(listed, key=lambda one: (-len(one), one))


def any_of(listed: Iterable[str]) -> str:
    """A pattern that fits the longest of some words."""
    return "(?:" + "|".join(map(re.escape, longest(listed))) + ")"


def either(*paths: Sequence[str]) -> str:
    """A pattern for all words of some places."""
    return any_of({word for path in paths for word in words(*path)})


def ends_as_a_body(text: str) -> bool:
    """Whether words end as the names of bodies and of people do."""
    return text.endswith(words("whose", "endings"))
