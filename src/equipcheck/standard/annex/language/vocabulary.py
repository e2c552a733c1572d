"""The words that annexes put over, beside and under their numbers: `standards/vocabulary/annex.yaml`."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from equipcheck.ground.vocabulary import words_of
from equipcheck.standard.annex.language.form import AnnexWords

Duty = Literal["required", "optional"]
Facts = dict[str, tuple[str | int, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary, ready for use. Patterns are tried longest word first."""

    columns: dict[str, str]  # a whole heading → the role of its column
    kinds: frozenset[str]
    names_too: tuple[str, ...]
    not_names: frozenset[str]
    not_quantities: re.Pattern[str]
    heads: frozenset[str]
    places: dict[str, Facts]  # a level, region, grade or climate as written → its facts
    noise: re.Pattern[str]
    quantities: re.Pattern[str]
    bounds: dict[str, str]
    bureau_words: re.Pattern[str]
    bureau_phrases: re.Pattern[str]
    asides: re.Pattern[str]
    class_words: tuple[str, ...]
    title_words: tuple[str, ...]
    limits: re.Pattern[str]
    changes: re.Pattern[str]
    conditions: re.Pattern[str]
    harmless: re.Pattern[str]
    bearing: re.Pattern[str]
    circumstances: re.Pattern[str]
    parts: str
    quantity_words: frozenset[str]
    bases: dict[str, str]
    bases_self: frozenset[str]
    groups: frozenset[str]
    consumed: frozenset[str]
    measures: str
    duties: dict[str, Duty]
    duty_hints: re.Pattern[str]
    marks: dict[str, Duty]
    not_equipment: re.Pattern[str]
    units: frozenset[str]
    measure_units: frozenset[str]
    packs: frozenset[str]
    totals: frozenset[str]
    notes: str


@functools.cache
def words() -> Words:
    """The shipped words. Raises InputError with everything that is wrong in the file."""
    return _ready(words_of(AnnexWords).model_dump())


def _ready(data: Mapping[str, Any]) -> Words:
    of = {name: leaf for name, leaf in data.items() if isinstance(leaf, tuple)}
    return Words(
        columns=_turned(data["columns"]),
        kinds=frozenset(of["kinds"]),
        names_too=(*of["kinds"], *of["names_too"]),
        not_names=frozenset(of["not_names"]),
        heads=frozenset(of["heads"]),
        not_quantities=re.compile(longest(of["not_quantities"])),
        places=_places(data),
        noise=re.compile(f"(?:{longest((*of['noise'], *of['quantities']))})+"),
        quantities=re.compile(longest(of["quantities"])),
        bounds=_turned(data["bounds"]),
        bureau_words=re.compile(f"(?:{longest(of['bureau_words'])})$"),
        bureau_phrases=re.compile("|".join(of["bureau_phrases"])),
        asides=re.compile(f"(?:{longest(of['asides'])})+"),
        class_words=of["class_words"],
        title_words=of["title_words"],
        limits=re.compile(longest(of["limits"])),
        changes=re.compile("|".join(of["changes"])),
        conditions=re.compile("|".join(of["conditions"])),
        harmless=re.compile("|".join(of["harmless"])),
        bearing=re.compile("|".join(of["bearing"])),
        circumstances=re.compile("|".join(of["circumstances"])),
        parts=longest(of["parts"]),
        quantity_words=frozenset((*of["quantities"], *of["noise"])),
        bases=_turned(data["bases"]),
        bases_self=frozenset(of["bases_self"]),
        groups=frozenset(of["groups"]),
        consumed=frozenset(of["consumed"]),
        measures=longest(of["measures"]),
        duties=_turned(data["duties"]),
        duty_hints=re.compile("|".join(of["duty_hints"])),
        marks=_turned(data["marks"]),
        not_equipment=re.compile(longest(of["not_equipment"])),
        units=frozenset((*of["units"], *of["measure_units"], *of["packs"])),
        measure_units=frozenset(of["measure_units"]),
        packs=frozenset(of["packs"]),
        totals=frozenset(of["totals"]),
        notes=longest(of["notes"]),
    )


def longest(texts: tuple[str, ...] | list[str]) -> str:
    """Alternatives of a pattern, the longest first."""
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))


def _turned(lists: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Word → the list that it stands in."""
    return {word: name for name, texts in lists.items() for word in texts}


def _places(data: Mapping[str, Any]) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for level, texts in data["levels"].items():
        for word in texts:
            found[f"{word}级"] = found[word] = {"level": (level,)}
    for word, levels in data["several_levels"].items():
        found[f"{word}级"] = {"level": levels}
    for region, word in data["regions"].items():
        found[word] = found[f"{word}地区"] = {"region": (region,)}
    for word, regions in data["several_regions"].items():
        found[word] = found[f"{word}地区"] = {"region": regions}
    for grade, texts in data["grades"].items():
        for word in texts:
            found[f"{word}级"] = {"grade": (int(grade),)}
    for climate, word in data["climates"].items():
        for ending in ("区", "带", "带区"):
            found[word + ending] = {"climate": (climate,)}
    return found
