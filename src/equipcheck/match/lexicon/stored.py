"""A compiled lexicon as plain data and back: words and rules as rows, sets that many rules share written once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon, Rule, Word

_PATTERNS = ("series", "fold_pattern")
_SETS = ("portable", "vehicles", "latin", "holders")
_FLAGS = ("ask", "ruled", "latin_left", "latin_right", "head")
_GROUPED = ("lengths", "models", "model_starts")
_TABLES = ("words", "confusable", "exact", *_GROUPED, *_PATTERNS, *_SETS)
"""Fields that are no plain text, tuple of texts, or mapping to such."""


def to_data(lexicon: Lexicon) -> dict[str, Any]:
    """The lexicon as JSON can hold it."""
    rules: dict[int, Rule] = {id(rule): rule for word in lexicon.words.values() for rule in word.fills}
    number = {key: at for at, key in enumerate(rules)}
    sets: dict[frozenset[str], int] = {}

    def numbered(words: frozenset[str]) -> int:
        return sets.setdefault(words, len(sets))

    meant = {
        text: [
            sum(getattr(word, flag) << at for at, flag in enumerate(_FLAGS)),
            numbered(word.roles),
            word.kinds,
            word.asks,
            [number[id(rule)] for rule in word.fills],
            sorted(word.speaks_for),
            sorted(word.beside),
        ]
        for text, word in lexicon.words.items()
    }
    listed = [
        [rule.kind, [numbered(slot) for slot in rule.slots], numbered(rule.heads), rule.asks]
        for rule in rules.values()
    ]
    plain = {name: value for name, value in lexicon._asdict().items() if name not in _TABLES}
    return plain | {
        "exact": [
            [value, "\n".join(key for key, _ in run)]
            for value, run in groupby(lexicon.exact.items(), key=itemgetter(1))
        ],
        "confusable": [[one, other] for one, other in lexicon.confusable.items()],
        **{name: getattr(lexicon, name).pattern for name in _PATTERNS},
        **{name: sorted(getattr(lexicon, name)) for name in _SETS},
        **{name: _grouped(getattr(lexicon, name)) for name in _GROUPED},
        "words": _grouped(meant),
        "rules": listed,
        "sets": [sorted(words) for words in sets],
    }


def _grouped(mapping: Mapping[str, Any]) -> list[list[Any]]:
    """A mapping of many words to few values: each value once, with its words."""
    found: dict[str, list[Any]] = {}
    for text, value in mapping.items():
        found.setdefault(repr(value), [value, []])[1].append(text)
    return [[value, "\n".join(texts)] for value, texts in found.values()]


def _each(groups: list[list[Any]], made: Callable[[Any], Any]) -> dict[str, Any]:
    """The mapping that `_grouped` was given; `made` of each value."""
    found: dict[str, Any] = {}
    for value, texts in groups:
        found.update(dict.fromkeys(texts.split("\n"), made(value)))
    return found


def from_data(data: dict[str, Any]) -> Lexicon:
    """The lexicon that `to_data` was given."""
    sets = [frozenset(words) for words in data.pop("sets")]
    rules = [
        Rule(kind, tuple([sets[slot] for slot in slots]), sets[heads], tuple(asks))
        for kind, slots, heads, asks in data.pop("rules")
    ]

    def word(row: list[Any]) -> Word:
        flags, roles, kinds, asks, fills, speaks_for, beside = row
        return Word(
            tuple(kinds),
            tuple(asks),
            flags & 1 != 0,
            flags & 2 != 0,
            tuple([rules[at] for at in fills]),
            sets[roles],
            flags & 4 != 0,
            flags & 8 != 0,
            frozenset(speaks_for),
            frozenset(beside),
            flags & 16 != 0,
        )

    words = _each(data.pop("words"), word)
    grouped = {name: _each(data.pop(name), _fixed) for name in _GROUPED}
    exact = _each(data.pop("exact"), _fixed)
    confusable = dict(data.pop("confusable"))
    patterns = {name: pattern(data.pop(name)) for name in _PATTERNS}
    whole = {name: frozenset(data.pop(name)) for name in _SETS}
    plain = {name: _fixed(value) for name, value in data.items()}
    return Lexicon(words=words, exact=exact, confusable=confusable, **grouped, **patterns, **whole, **plain)  # type: ignore[arg-type]


def _fixed(value: Any) -> Any:
    """Arrays as the tuples they were."""
    if isinstance(value, dict):
        return {key: tuple(one) if isinstance(one, list) else one for key, one in value.items()}
    return tuple(value) if isinstance(value, list) else value
