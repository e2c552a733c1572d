"""The lexicon: what the words of a name say. Read from `standards/catalogue/lexicon/`, compiled once a run.

Words stand there as `Lexicon.spell` writes them: lower case, one spelling.

`words.yaml` holds what is common to all kinds, `rules.yaml` how each kind is known, `ambiguous.yaml` words
that mean several, `models.yaml` the model families. Names and aliases of the catalogue join as heads.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from equipcheck.catalogue.kinds import Catalogue, unknown_kind
from equipcheck.catalogue.spelling import fold, key
from equipcheck.ground import yamlfile
from equipcheck.ground.fields import Id, Part
from equipcheck.ground.shipped import shipped_dir
from equipcheck.problems import InputError, Problem

NOT_A_KIND = ("part", "service", "other")
"""Roles of words that, as the head of a name, say that it is no equipment of the catalogue."""

PORTABLE = frozenset({"采样", "水", "土壤", "气", "声与振动", "辐射", "移动源"})


class Words(Part):
    """`words.yaml`; word lists are separated by spaces."""

    folds: dict[str, str]
    classes: dict[str, str]
    generic_classes: str
    tails: str
    attributes: str
    additions: str
    context: str
    parts: str
    services: str
    projects: str
    fixed: str
    acts: str
    whole: str
    others: str
    brands: str
    brand_kinds: dict[str, str]


class KindRules(Part):
    """How one kind is known: see the head of `rules.yaml`."""

    heads: str = ""
    rules: tuple[str, ...] = ()
    doubt: str = ""
    loose: tuple[Id, ...] = ()


class AmbiguousWords(Part):
    """Words that mean several kinds, likeliest first."""

    words: str = ""
    rules: tuple[str, ...] = ()
    kinds: tuple[Id, ...]


class LexiconFile(Part):
    """The four files together."""

    words: Words
    rules: dict[Id, KindRules]
    ambiguous: tuple[AmbiguousWords, ...]
    models: dict[Id, Annotated[str, Field(min_length=1)]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind is meant where every slot's word stands in the name and the name ends on the head."""

    kind: str  # "" where the rule only says that several kinds are meant
    slots: tuple[frozenset[str], ...]  # without the head
    heads: frozenset[str]
    asks: tuple[str, ...] = ()


@dataclass(slots=True)
class Word:
    """What a word may mean."""

    text: str
    kinds: tuple[str, ...] = ()  # the name ends on it: it is this kind
    asks: tuple[str, ...] = ()  # … it is one of these, or not to be decided
    ask: bool = False
    ruled: bool = False  # it is the head of some rule
    fills: tuple[Rule, ...] = ()  # rules whose first slot it fills
    roles: frozenset[str] = frozenset()
    latin_left: bool = False
    latin_right: bool = False

    head: bool = False  # a name can end on it
    headed: dict[str, tuple[Rule, ...]] = field(
        default_factory=dict
    )  # head word → those of `fills`, as asked

    def rules_for(self, head: str) -> tuple[Rule, ...]:
        """The rules whose first slot it fills and that end on a head word."""
        rules = self.headed.get(head)
        if rules is None:
            rules = self.headed[head] = tuple(rule for rule in self.fills if head in rule.heads)
        return rules


VEHICLES = ("交通工具",)

HEAD_ROLES = frozenset({"part", "service", "project", "other", "generic"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that reading a name needs."""

    exact: Mapping[str, tuple[str, bool]]  # key of a name → (kind, whether it is the kind's own name)
    groups: Mapping[str, tuple[str, ...]]  # key of an umbrella word → its kinds
    words: Mapping[str, Word]
    lengths: Mapping[str, tuple[int, ...]]  # first two characters → lengths of the words that begin so
    excluded: Mapping[str, tuple[str, ...]]  # kind → words that rule it out
    doubt: Mapping[str, tuple[str, ...]]  # kind → words that call for a person
    loose: Mapping[str, tuple[str, ...]]  # kind → kinds that its names are used for too: the model decides
    fixed: tuple[str, ...]
    acts: tuple[str, ...]  # a name that begins with one may be a service
    models: Mapping[str, tuple[str, ...]]  # model family → its kinds
    model_starts: Mapping[str, int]  # first two characters → length of the longest family that begins so
    series: re.Pattern[str]  # finds families that begin with a Chinese character
    folds: Mapping[str, str]
    fold_pattern: re.Pattern[str]
    latin: re.Pattern[str]  # runs of letters and digits that no word of the lexicon needs
    kinds: Mapping[str, str]  # kind → Chinese name
    portable: frozenset[str]  # kinds that are carried: a fixed instrument of the sort is none of them
    careful: frozenset[str]  # kinds whose models say more than a vague name
    portable_words: tuple[str, ...]
    vehicles: frozenset[str]  # kinds that other things are kept in
    brand_kinds: Mapping[str, tuple[str, ...]]  # brand → what it is known for; "" → where nothing is known

    def spell(self, text: str) -> str:
        """A name in one spelling, common variants and misspellings made alike."""
        return self.fold_pattern.sub(lambda found: self.folds[found[0]], fold(text))


def load_lexicon(catalogue: Catalogue) -> Lexicon:
    """The shipped lexicon, compiled for a catalogue. InputError names every mistake with its place."""
    return _compile(_read(catalogue), catalogue)


def _read(catalogue: Catalogue) -> LexiconFile:
    folder = shipped_dir() / "catalogue" / "lexicon"
    data = {}
    problems: list[Problem] = []
    for name in ("words", "rules", "ambiguous", "models"):
        document = yamlfile.load(folder / f"{name}.yaml", f"catalogue/lexicon/{name}.yaml")
        data[name] = document.data
        if name in ("rules", "models"):
            problems += [
                unknown_kind(kind, document.place((kind,), key=True), catalogue.kinds)
                for kind in document.data
                if kind not in catalogue.kinds
            ]
    if problems:
        raise InputError(problems)
    return LexiconFile.model_validate(data)


def _compile(file: LexiconFile, catalogue: Catalogue) -> Lexicon:
    common = file.words
    folds = {fold(wrong): fold(right) for wrong, right in common.folds.items()}
    pattern = re.compile("|".join(re.escape(w) for w in sorted(folds, key=lambda w: (-len(w), w))))

    @functools.cache  # classes of words are spelled again in every rule that names them
    def spell(text: str) -> str:
        return pattern.sub(lambda found: folds[found[0]], fold(text))

    models: dict[str, tuple[str, ...]] = {}
    for kind_id, families in file.models.items():
        for family in families.split():
            models[family] = (*models.get(family, ()), kind_id)
    builder = _Builder(spell, {name: common.classes[name].split() for name in common.classes})
    builder.common(common)
    exact, groups = builder.catalogue(catalogue)
    builder.lexicon(file)
    return Lexicon(
        exact,
        groups,
        builder.found,
        builder.lengths(),
        {k.id: tuple(spell(word) for word in k.not_) for k in catalogue.kinds.values() if k.not_},
        {kind: tuple(rules.doubt.split()) for kind, rules in file.rules.items() if rules.doubt},
        {kind: rules.loose for kind, rules in file.rules.items() if rules.loose},
        tuple(common.fixed.split()),
        tuple(common.acts.split()),
        models,
        {family[:2]: len(family) for family in sorted(models, key=len)},
        _series(models),
        folds,
        pattern,
        _latin(builder.found),
        {kind.id: kind.name for kind in catalogue.kinds.values()},
        frozenset(kind.id for kind in catalogue.kinds.values() if kind.category in PORTABLE),
        frozenset(kind.id for kind in catalogue.kinds.values() if kind.category == "管道"),
        ("便携", "手持", "移动式", "车载", "手提"),
        frozenset(kind.id for kind in catalogue.kinds.values() if kind.category in VEHICLES),
        {
            brand: tuple(kinds.split())
            for brands, kinds in common.brand_kinds.items()
            for brand in brands.split() or [""]
        },
    )


class _Builder:
    """Gathers the meanings of words."""

    def __init__(self, spell: Callable[[str], str], classes: Mapping[str, list[str]]) -> None:
        self.spell = spell
        self.classes = classes
        self.found: dict[str, Word] = {}
        self.whole: frozenset[str] = frozenset()

    def _word(self, text: str) -> Word:
        word = self.found.get(text)
        if word is None:
            word = self.found[text] = Word(
                text,
                latin_left=text[0].isascii() and text[0].isalnum(),
                latin_right=text[-1].isascii() and text[-1].isalnum(),
            )
        return word

    def common(self, words: Words) -> None:
        """The words that are common to all kinds."""
        self.whole = frozenset(words.whole.split())
        self.role("part", words.parts.split())
        self.role("service", words.services.split())
        self.role("project", words.projects.split())
        self.role("other", words.others.split())
        self.role("tail", words.tails.split())
        self.role("attribute", [*words.attributes.split(), *self.classes["portable"]])
        self.role("addition", words.additions.split())
        self.role("context", words.context.split())
        self.role("fixed", words.fixed.split())
        self.role("brand", words.brands.split())
        for name in words.generic_classes.split():
            self.role("generic", self.classes[name])

    def catalogue(
        self, catalogue: Catalogue
    ) -> tuple[dict[str, tuple[str, bool]], dict[str, tuple[str, ...]]]:
        """The catalogue's names and umbrella words; what whole names mean."""
        exact: dict[str, tuple[str, bool]] = {}
        for kind in catalogue.kinds.values():
            target = catalogue.resolve(kind.id)
            for name in (kind.name, *kind.aliases):
                text = self.spell(name)
                exact.setdefault(key(text), (target, name == kind.name and target == kind.id))
                if len(text) > 1 and text not in self.whole and not {"(", "/", "、"} & set(text):
                    self.head(text, target)
        groups: dict[str, tuple[str, ...]] = {}
        for group in catalogue.groups:
            kinds = tuple(catalogue.resolve(kind) for kind in group.kinds)
            for name in (group.name, *group.aliases):
                groups[key(self.spell(name))] = kinds
                self.ask(self.spell(name), kinds)
        return exact, groups

    def lexicon(self, file: LexiconFile) -> None:
        """The rules of the kinds and the words that mean several."""
        for kind, rules in file.rules.items():
            for word in rules.heads.split():
                self.head(word, kind)
            for line in rules.rules:
                self.rule(kind, line)
        for entry in file.ambiguous:
            for word in entry.words.split():
                self.ask(word, entry.kinds)
            for line in entry.rules:
                self.rule("", line, entry.kinds)
        for found in self.found.values():
            found.head = bool(found.kinds or found.ask or found.ruled or found.roles & HEAD_ROLES)

    def role(self, role: str, words: Iterable[str]) -> None:
        """Give words a role."""
        only = frozenset({role})
        for text in words:
            word = self._word(text)
            word.roles = word.roles | only if word.roles else only

    def head(self, text: str, kind: str) -> None:
        """A word that names a kind by itself."""
        word = self._word(text)
        if kind not in word.kinds:
            word.kinds = (*word.kinds, kind)

    def ask(self, text: str, kinds: Iterable[str]) -> None:
        """A word that may mean several kinds."""
        word = self._word(text)
        word.ask = True
        word.asks = (*word.asks, *(kind for kind in kinds if kind not in word.asks))

    def rule(self, kind: str, line: str, asks: tuple[str, ...] = ()) -> None:
        """A line of `rules.yaml`."""
        *slots, heads = [frozenset(self._slot(part)) for part in line.split()]
        rule = Rule(kind, tuple(slots), heads, asks)
        for text in heads:
            self._word(text).ruled = True
        for slot in slots:
            for text in slot:
                self._word(text)
        for text in slots[0]:
            word = self._word(text)
            word.fills = (*word.fills, rule)

    def _slot(self, part: str) -> list[str]:
        words: list[str] = []
        for choice in part.split("|"):
            if choice.startswith("@"):
                words += self.classes[choice[1:]]
            else:
                words.append(choice)
        return words

    def lengths(self) -> dict[str, tuple[int, ...]]:
        """First two characters → lengths of the words that begin so; "" → those of one character."""
        found: dict[str, set[int]] = {"": {1}}
        for text in self.found:
            if len(text) > 1:
                found.setdefault(text[:2], {1} if text[0] in self.found else set()).add(len(text))
        return {start: tuple(sorted(lengths)) for start, lengths in found.items()}


def _series(models: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    starts = {family[:2] for family in models if not family[0].isascii()}
    return re.compile("|".join(sorted(re.escape(start) for start in starts)) or r"(?!)")


def _latin(words: Iterable[str]) -> re.Pattern[str]:
    """Model numbers and the like: no reading depends on them, so names that differ only there are one."""
    known = {run for word in words for run in re.findall("[a-z0-9.]*[a-z][a-z0-9.]*", word)}
    kept = "|".join(sorted((re.escape(run) for run in known), key=lambda run: (-len(run), run)))
    word = rf"(?<![a-z0-9])(?!(?:{kept})(?![a-z]))[a-z0-9]*[a-z][a-z0-9]*(?:[\-./+][a-z0-9]+)*"
    return re.compile(rf"{word}|(?<![a-z0-9.])(?!12369|(?:19|20)[0-9]{{2}}[\u3400-\u9fff])[0-9]{{4,}}")
