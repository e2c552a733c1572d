"""The lexicon as it is written: `standards/catalogue/lexicon/*.yaml`, read and checked.

Words stand there as `Lexicon.spell` writes them: lower case, one spelling.

`words.yaml` holds what is common to all kinds, `rules.yaml` how each kind is known, `ambiguous.yaml` words
that mean several, `english.yaml` names in English, `models.yaml` the model families.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, Field, RootModel

from equipcheck.catalogue.kinds import Catalogue, unknown_kind
from equipcheck.ground import yamlfile
from equipcheck.ground.fields import Id, Part
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.validation import validate
from equipcheck.problems import InputError, Problem


class LexiconRuling(Part):
    """Words that in the names of a whole class of kinds say that another thing is meant."""

    words: str
    kinds: tuple[Id, ...]


class LexiconWords(Part):
    """`words.yaml`; word lists are separated by spaces."""

    folds: dict[str, str]
    alike: str
    sounds: str
    classes: dict[str, str]
    generic_classes: str
    tails: str
    attributes: str
    additions: str
    context: str
    asides: str
    offices: str
    places: str
    departments: str
    duties: str
    territories: str
    titles: str
    uses: str
    surnames: str
    parts: str
    services: str
    projects: str
    fixed: str
    distinguishing: str
    fields: str
    wide: str
    rulings: tuple[LexiconRuling, ...]
    things: str
    acts: str
    whole: str
    others: str
    brands: str
    brand_kinds: dict[str, str]


class KindRules(Part):
    """How one kind is known: see the head of `rules.yaml`."""

    heads: str = ""
    rules: tuple[str, ...] = ()
    beside: str = ""
    doubt: str = ""
    loose: tuple[Id, ...] = ()
    holder: bool = False


class AmbiguousWords(Part):
    """Words that mean several kinds, likeliest first."""

    words: str = ""
    rules: tuple[str, ...] = ()
    kinds: tuple[Id, ...]


class LexiconEnglish(Part):
    """`english.yaml`: names in English, separated by commas; their words are separated by spaces."""

    kinds: dict[Id, str]
    ambiguous: tuple[AmbiguousWords, ...]
    accessories: str


class LexiconRules(RootModel[dict[Id, KindRules]]):
    """`rules.yaml`."""


class LexiconAmbiguous(RootModel[tuple[AmbiguousWords, ...]]):
    """`ambiguous.yaml`."""


class LexiconModels(RootModel[dict[Id, Annotated[str, Field(min_length=1)]]]):
    """`models.yaml`."""


FORMS: dict[str, type[BaseModel]] = {
    "words": LexiconWords,
    "rules": LexiconRules,
    "ambiguous": LexiconAmbiguous,
    "english": LexiconEnglish,
    "models": LexiconModels,
}
"""The form of each file."""


class LexiconFile(NamedTuple):
    """The five files together."""

    words: LexiconWords
    rules: Mapping[str, KindRules]
    ambiguous: tuple[AmbiguousWords, ...]
    english: LexiconEnglish
    models: Mapping[str, str]


def read_lexicon(catalogue: Catalogue) -> LexiconFile:
    """The shipped files. InputError names every mistake, and every kind that the catalogue does not have."""
    folder = shipped_dir() / "catalogue" / "lexicon"
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in FORMS:
        document = yamlfile.load(folder / f"{name}.yaml", f"catalogue/lexicon/{name}.yaml")
        found[name], wrong = read_part(name, document, catalogue)
        problems += wrong
    if problems:
        raise InputError(problems)
    return LexiconFile(**found)


def read_part(name: str, document: yamlfile.Document, catalogue: Catalogue) -> tuple[Any, list[Problem]]:
    """One of the files (FORMS), and what is wrong in it."""
    found, problems = validate(FORMS[name], document)
    if found is None:
        return None, problems
    data: Any = found.root if isinstance(found, RootModel) else found
    at: yamlfile.Path_ = ("kinds",) if name == "english" else ()
    kinds = data.kinds if name == "english" else data if name in ("rules", "models") else ()
    return data, [
        unknown_kind(kind, document.place((*at, kind), key=True), catalogue.kinds)
        for kind in kinds
        if kind not in catalogue.kinds
    ]
