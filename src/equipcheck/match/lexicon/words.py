"""What the words of a name may say, ready for reading names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from equipcheck.catalogue.spelling import fold
from equipcheck.ground.mutable import Mutable

NOT_A_KIND = ("part", "service", "other")
"""Roles of words that, as the head of a name, say that it is no equipment of the catalogue."""


class Rule(NamedTuple):
    """A kind is meant where every slot's word stands in the name and the name ends on the head."""

    kind: str  # "" where the rule only says that several kinds are meant
    slots: tuple[frozenset[str], ...]  # without the head
    heads: frozenset[str]
    asks: tuple[str, ...] = ()


class Word(Mutable):
    """What a word may mean; words that mean the same share one."""

    kinds: tuple[str, ...] = ()  # the name ends on it: it is this kind
    asks: tuple[str, ...] = ()  # … it is one of these, or not to be decided
    ask: bool = False
    ruled: bool = False  # it is the head of some rule
    fills: tuple[Rule, ...] = ()  # rules whose first slot it fills
    roles: frozenset[str] = frozenset()
    latin_left: bool = False
    latin_right: bool = False

    speaks_for: frozenset[str] = frozenset()  # kinds of whose rules it is a word, not the head
    beside: frozenset[str] = frozenset()  # kinds in whose names it is usual and changes nothing

    head: bool = False  # a name can end on it
    headed: dict[str, tuple[Rule, ...]] = field(
        default_factory=dict
    )  # head word → those of `fills`, as asked

    @property
    def neutral(self) -> bool:
        """Whether it changes nothing of what a thing is, and nothing else is known of it."""
        return bool(self.roles) and self.roles <= NEUTRAL

    def rules_for(self, head: str) -> tuple[Rule, ...]:
        """The rules whose first slot it fills and that end on a head word."""
        rules = self.headed.get(head)
        if rules is None:
            rules = self.headed[head] = tuple(rule for rule in self.fills if head in rule.heads)
        return rules


NEUTRAL = frozenset({"attribute", "tail", "brand"})
HEAD_ROLES = frozenset({"part", "service", "project", "other", "generic"})


class Lexicon(NamedTuple):
    """Everything that reading a name needs."""

    exact: Mapping[str, tuple[str, bool]]  # key of a name → (kind, whether it is the kind's own name)
    groups: Mapping[str, tuple[str, ...]]  # key of an umbrella word → its kinds
    words: Mapping[str, Word]
    lengths: Mapping[str, tuple[int, ...]]  # first two characters → lengths of the words that begin so
    excluded: Mapping[str, tuple[str, ...]]  # kind → words that rule it out
    doubt: Mapping[str, tuple[str, ...]]  # kind → words that call for a person
    holders: frozenset[str]  # kinds that are made of other things: what they hold is no thing beside
    loose: Mapping[str, tuple[str, ...]]  # kind → kinds that its names are used for too: the model decides
    fixed: tuple[str, ...]
    distinguishing: tuple[str, ...]  # words that make it another thing unless a reading explains them
    things: tuple[str, ...]  # characters on which words for things end
    acts: tuple[str, ...]  # a name that begins with one may be a service
    models: Mapping[str, tuple[str, ...]]  # model family → its kinds
    model_starts: Mapping[str, int]  # first two characters → length of the longest family that begins so
    series: re.Pattern[str]  # finds families that begin with a Chinese character
    folds: Mapping[str, str]
    fold_pattern: re.Pattern[str]
    latin: frozenset[str]  # runs of letters and digits of its words
    kinds: Mapping[str, str]  # kind → Chinese name
    portable: frozenset[str]  # kinds that are carried: a fixed instrument of the sort is none of them
    alike: Mapping[str, str]  # kind → the class within which people do not name things with care
    portable_words: tuple[str, ...]
    vehicles: frozenset[str]  # kinds that other things are kept in
    confusable: Mapping[int, int]  # characters that are mistaken for each other → one of them
    lookalikes: tuple[str, ...]  # groups of characters that are mistaken for each other
    homophones: tuple[str, ...]  # groups of characters that sound alike
    generic: tuple[str, ...]  # words that only say: an instrument; longest first
    places: tuple[str, ...]  # a piece that ends so says where
    asides: tuple[str, ...]  # a piece that ends so says how it was bought, what state it is in
    offices: tuple[str, ...]  # places that may stand behind a name without a mark between
    wide: tuple[str, ...]  # heads that an unknown word before them may make another thing
    departments: tuple[str, ...]  # 「科」: what a department named by its duties ends on
    duties: tuple[str, ...]  # what departments are named after
    territories: tuple[str, ...]  # 「镇」, 「公司」: what the name of a town or an enterprise ends on
    titles: tuple[str, ...]  # behind a person's name
    uses: tuple[str, ...]  # behind a place or a person: 「张三用」
    surnames: tuple[str, ...]
    brand_kinds: Mapping[str, tuple[str, ...]]  # brand → what it is known for; "" → where nothing is known

    def sound(self, text: str) -> str:
        """A text with characters that are mistaken for each other made alike."""
        return text.translate(self.confusable)

    def core(self, text: str) -> str:
        """A text without the word for an instrument that it ends on: the 「血气」 of 「血气分析仪」."""
        return next((text[: -len(word)] for word in self.generic if text.endswith(word)), text)

    def spell(self, text: str) -> str:
        """A name in one spelling, common variants and misspellings made alike."""
        return self.fold_pattern.sub(self._put, fold(text))

    def _put(self, found: re.Match[str]) -> str:
        """What a word is made into; an abbreviation for a Chinese one does not run into a model number."""
        text, right = found.string, self.folds[found[0]]
        if not right.isascii() or found[0].isascii():
            return right
        before, behind = text[: found.start()][-1:], text[found.end() :][:1]
        return " " * _latin(before) + right + " " * _latin(behind)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
