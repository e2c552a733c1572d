"""Compiling the lexicon: the words of the files and the names of a catalogue, gathered into one `Lexicon`."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.catalogue.spelling import fold, key
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.files import LexiconEnglish, LexiconFile, LexiconWords
from equipcheck.match.lexicon.words import HEAD_ROLES, Lexicon, Rule, Word

PORTABLE = frozenset({"采样", "水", "土壤", "气", "声与振动", "辐射", "移动源"})
"""Categories of instruments that are carried."""

VEHICLES = ("交通工具",)
ALIKE = ("办公", "通讯", *VEHICLES)
"""Categories whose things go by each other's names: 「打印机」 for an all-in-one is usual."""


def compile_lexicon(file: LexiconFile, catalogue: Catalogue) -> Lexicon:
    """The words of the files joined with a catalogue's names."""
    common = file.words
    folds = {fold(wrong): fold(right) for wrong, right in common.folds.items()}
    variants = pattern("|".join(re.escape(w) for w in sorted(folds, key=lambda w: (-len(w), w))))

    @functools.cache  # classes of words are spelled again in every rule that names them
    def spell(text: str) -> str:
        return variants.sub(lambda found: folds[found[0]], fold(text))

    models: dict[str, tuple[str, ...]] = {}
    for kind_id, families in file.models.items():
        for family in families.split():
            models[family] = (*models.get(family, ()), kind_id)
    builder = _Builder(spell, {name: common.classes[name].split() for name in common.classes})
    builder.common(common)
    exact, groups = builder.catalogue(catalogue)
    builder.lexicon(file)
    kinds = catalogue.kinds.values()
    return Lexicon(
        exact=exact,
        groups=groups,
        words=builder.found,
        lengths=builder.lengths(),
        excluded=_excluded(file, catalogue, spell),
        doubt={kind: tuple(rules.doubt.split()) for kind, rules in file.rules.items() if rules.doubt},
        holders=frozenset(kind for kind, rules in file.rules.items() if rules.holder),
        loose={kind: rules.loose for kind, rules in file.rules.items() if rules.loose},
        fixed=tuple(common.fixed.split()),
        distinguishing=(*common.distinguishing.split(), *common.fields.split()),
        things=tuple(common.things.split()),
        acts=tuple(common.acts.split()),
        models=models,
        model_starts={family[:2]: len(family) for family in sorted(models, key=len)},
        series=_series(models),
        folds=folds,
        fold_pattern=variants,
        latin=_latin(builder.found),
        kinds={kind.id: kind.name for kind in kinds},
        portable=frozenset(kind.id for kind in kinds if kind.category in PORTABLE),
        alike={kind.id: kind.category for kind in kinds if kind.category in ALIKE},
        portable_words=("便携", "手持", "移动式", "车载", "手提"),
        vehicles=frozenset(kind.id for kind in kinds if kind.category in VEHICLES),
        confusable={ord(one): ord(group[0]) for group in reversed(common.alike.split()) for one in group},
        lookalikes=tuple(common.alike.split()),
        homophones=tuple(common.sounds.split()),
        generic=tuple(
            sorted(
                {word for name in common.generic_classes.split() for word in common.classes[name].split()},
                key=lambda word: (-len(word), word),
            )
        ),
        places=tuple(common.places.split()),
        asides=tuple(common.asides.split()),
        offices=tuple(common.offices.split()),
        wide=tuple(common.wide.split()),
        departments=tuple(common.departments.split()),
        duties=tuple(common.duties.split()),
        territories=tuple(common.territories.split()),
        titles=tuple(common.titles.split()),
        uses=tuple(common.uses.split()),
        surnames=tuple(common.surnames.split()),
        brand_kinds={
            brand: tuple(known.split())
            for brands, known in common.brand_kinds.items()
            for brand in brands.split() or [""]
        },
    )


def _excluded(
    file: LexiconFile, catalogue: Catalogue, spell: Callable[[str], str]
) -> dict[str, tuple[str, ...]]:
    """Kind → words that rule it out: its own (`not` in the catalogue), and those that hold for its class."""
    found = {kind.id: [spell(word) for word in kind.not_] for kind in catalogue.kinds.values() if kind.not_}
    for ruling in file.words.rulings:
        for kind_id in ruling.kinds:
            found.setdefault(kind_id, []).extend(ruling.words.split())
    return {kind: tuple(dict.fromkeys(words)) for kind, words in found.items()}


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


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
                latin_left=text[0].isascii() and text[0].isalnum(),
                latin_right=text[-1].isascii() and text[-1].isalnum(),
            )
        return word

    def common(self, words: LexiconWords) -> None:
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
        self.role("office", words.offices.split())
        self.role("fixed", words.fixed.split())
        self.role("field", words.fields.split())
        self.role("distinguishing", words.distinguishing.split())
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
                if text in self.whole:
                    self.ask(text, (target,))
                elif len(text) > 1 and not {"(", "/", "、"} & set(text):
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
            for text in rules.beside.split():
                usual = self._word(text)
                usual.beside = usual.beside | {kind}
        for entry in file.ambiguous:
            for word in entry.words.split():
                self.ask(word, entry.kinds)
            for line in entry.rules:
                self.rule("", line, entry.kinds)
        self._english(file.english)
        for found in self.found.values():
            found.head = bool(found.kinds or found.ask or found.ruled or found.roles & HEAD_ROLES)

    def _english(self, english: LexiconEnglish) -> None:
        for kind, names in english.kinds.items():
            for name in _listed(names):
                self.head(self.spell(name), kind)
        for entry in english.ambiguous:
            for name in _listed(entry.words):
                self.ask(self.spell(name), entry.kinds)
        self.role("part", [self.spell(name) for name in _listed(english.accessories)])

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
        for text in sorted(heads):  # the same words in the same order in every run
            self._word(text).ruled = True
        for slot in slots:
            for text in sorted(slot):
                word = self._word(text)
                word.speaks_for = word.speaks_for | {kind} if kind else word.speaks_for
        for text in sorted(slots[0]):
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
    return pattern("|".join(sorted(re.escape(start) for start in starts)) or r"(?!)")


def _latin(words: Iterable[str]) -> frozenset[str]:
    return frozenset(run for word in words for run in re.findall("[a-z0-9.]*[a-z][a-z0-9.]*", word))
