"""The lexicon as it is written: `standards/catalogue/lexicon/*.yaml`, read and checked.

Words stand there as `Lexicon.spell` writes them: lower case, one spelling.

`words.yaml` holds what is common to all kinds, `rules.yaml` how each kind is known, `ambiguous.yaml` words
that mean several, `models.yaml` the model families.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from equipcheck.catalogue.kinds import Catalogue, unknown_kind
from equipcheck.ground import yamlfile
from equipcheck.ground.fields import Id, Part
from equipcheck.ground.shipped import shipped_dir
from equipcheck.problems import InputError, Problem


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


def read_lexicon(catalogue: Catalogue) -> LexiconFile:
    """The shipped files. InputError names every kind that the catalogue does not have, with its place."""
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
