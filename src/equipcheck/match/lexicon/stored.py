"""A compiled lexicon as plain data and back: words and rules as rows, sets that many rules share written once."""

from __future__ import annotations

from typing import Any

from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon, Rule, Word

_PATTERNS = ("series", "fold_pattern", "latin")
_SETS = ("portable", "vehicles")
_FLAGS = ("ask", "ruled", "latin_left", "latin_right", "head")
_NONE: frozenset[str] = frozenset()
_TABLES = ("words", "confusable", "exact", *_PATTERNS, *_SETS)
"""Fields that are no plain text, tuple of texts, or mapping to such."""


def to_data(lexicon: Lexicon) -> dict[str, Any]:
    """The lexicon as JSON can hold it."""
    rules: dict[int, Rule] = {id(rule): rule for word in lexicon.words.values() for rule in word.fills}
    number = {key: at for at, key in enumerate(rules)}
    sets: dict[frozenset[str], int] = {}

    def numbered(words: frozenset[str]) -> int:
        return sets.setdefault(words, len(sets))

    rows = [
        _trimmed(
            [
                word.text,
                sum(getattr(word, flag) << at for at, flag in enumerate(_FLAGS)),
                numbered(word.roles),
                word.kinds,
                word.asks,
                [number[id(rule)] for rule in word.fills],
                sorted(word.speaks_for),
            ]
        )
        for word in lexicon.words.values()
    ]
    listed = [
        [rule.kind, [numbered(slot) for slot in rule.slots], numbered(rule.heads), rule.asks]
        for rule in rules.values()
    ]
    plain = {name: value for name, value in lexicon._asdict().items() if name not in _TABLES}
    return plain | {
        "exact": list(lexicon.exact.items()),
        "confusable": [[one, other] for one, other in lexicon.confusable.items()],
        **{name: getattr(lexicon, name).pattern for name in _PATTERNS},
        **{name: sorted(getattr(lexicon, name)) for name in _SETS},
        "words": rows,
        "rules": listed,
        "sets": [sorted(words) for words in sets],
    }


def _trimmed(row: list[Any]) -> list[Any]:
    while not row[-1] and len(row) > 3:
        row.pop()
    return row


def from_data(data: dict[str, Any]) -> Lexicon:
    """The lexicon that `to_data` was given."""
    sets = [frozenset(words) for words in data.pop("sets")]
    rules = [
        Rule(kind, tuple([sets[slot] for slot in slots]), sets[heads], tuple(asks))
        for kind, slots, heads, asks in data.pop("rules")
    ]
    words: dict[str, Word] = {}
    for row in data.pop(
        "words"
    ):  # thousands at every start, most of them short: nothing is made that is not there
        text, flags, roles, size = row[0], row[1], row[2], len(row)
        words[text] = Word(
            text,
            tuple(row[3]) if size > 3 else (),
            tuple(row[4]) if size > 4 else (),
            flags & 1 != 0,
            flags & 2 != 0,
            tuple([rules[at] for at in row[5]]) if size > 5 else (),
            sets[roles],
            flags & 4 != 0,
            flags & 8 != 0,
            frozenset(row[6]) if size > 6 else _NONE,
            flags & 16 != 0,
        )
    exact = {key: (kind, own) for key, (kind, own) in data.pop("exact")}
    confusable = dict(data.pop("confusable"))
    patterns = {name: pattern(data.pop(name)) for name in _PATTERNS}
    whole = {name: frozenset(data.pop(name)) for name in _SETS}
    plain = {name: _fixed(value) for name, value in data.items()}
    return Lexicon(words=words, exact=exact, confusable=confusable, **patterns, **whole, **plain)  # type: ignore[arg-type]


def _fixed(value: Any) -> Any:
    """Arrays as the tuples they were."""
    if isinstance(value, dict):
        return {key: tuple(one) if isinstance(one, list) else one for key, one in value.items()}
    return tuple(value)
