"""The lexicon as it is written: `standards/catalogue/lexicon/*.yaml`, read and checked.

Words stand there as `Lexicon.spell` writes them: lower case, one spelling.

`words.yaml` holds what is common to all kinds, `rules.yaml` how each kind is known, `ambiguous.yaml` words
that mean several, `english.yaml` names in English, `models.yaml` the model families.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from equipcheck.catalogue.kinds import Catalogue, unknown_kind
from equipcheck.ground import yamlfile
from equipcheck.ground.fields import Id, Part
from equipcheck.ground.shipped import shipped_dir
from equipcheck.problems import InputError, Problem


class Ruling(Part):
    """Words that in the names of a whole class of kinds say that another thing is meant."""

    words: str
    kinds: tuple[Id, ...]


class Words(Part):
    """`words.yaml`; word lists are separated by spaces."""

    folds: dict[str, str]
    alike: str
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
    rulings: tuple[Ruling, ...]
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


class English(Part):
    """`english.yaml`: names in English, separated by commas; their words are separated by spaces."""

    kinds: dict[Id, str]
    ambiguous: tuple[AmbiguousWords, ...]
    accessories: str


class LexiconFile(Part):
    """The five files together."""

    words: Words
    rules: dict[Id, KindRules]
    ambiguous: tuple[AmbiguousWords, ...]
    english: English
    models: dict[Id, Annotated[str, Field(min_length=1)]]


def read_lexicon(catalogue: Catalogue) -> LexiconFile:
    """The shipped files. InputError names every kind that the catalogue does not have, with its place."""
    folder = shipped_dir() / "catalogue" / "lexicon"
    data = {}
    problems: list[Problem] = []
    for name in ("words", "rules", "ambiguous", "english", "models"):
        document = yamlfile.load(folder / f"{name}.yaml", f"catalogue/lexicon/{name}.yaml")
        data[name] = document.data
        at: yamlfile.Path_ = ("kinds",) if name == "english" else ()
        kinds = document.data["kinds"] if name == "english" else document.data
        if name in ("rules", "models", "english"):
            problems += [
                unknown_kind(kind, document.place((*at, kind), key=True), catalogue.kinds)
                for kind in kinds
                if kind not in catalogue.kinds
            ]
    if problems:
        raise InputError(problems)
    return LexiconFile.model_validate(data)
