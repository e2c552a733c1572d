"""The form of `standards/vocabulary/annex.yaml`: which lists of words there are, and what is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from equipcheck.ground.fields import Part
from equipcheck.ground.validation import validate
from equipcheck.ground.yamlfile import Document, Path_
from equipcheck.problems import Problem
from equipcheck.standard.annex.language.spelling import squeeze


def _parted(value: Any) -> Any:
    return tuple(value.split()) if isinstance(value, str) else value


_LIST: dict[str, Any] = {"type": "string", "minLength": 1}
Words = Annotated[tuple[str, ...], BeforeValidator(_parted), Field(min_length=1), WithJsonSchema(_LIST)]
"""A list of words as it is written: one text, parted by spaces."""
Word = Annotated[str, StringConstraints(pattern=r"^\S+$")]
_Level = Literal["province", "city", "county"]
_LEVELS: dict[str, Any] = {
    "type": "string",
    "pattern": "^(province|city|county)( (province|city|county))*$",
}
_Region = Literal["east", "central", "west"]
_REGIONS: dict[str, Any] = {"type": "string", "pattern": "^(east|central|west)( (east|central|west))*$"}
Levels = Annotated[tuple[_Level, ...], BeforeValidator(_parted), Field(min_length=1), WithJsonSchema(_LEVELS)]
Regions = Annotated[
    tuple[_Region, ...], BeforeValidator(_parted), Field(min_length=1), WithJsonSchema(_REGIONS)
]


class AnnexColumns(Part):
    """What a column is whose heading is one of these words."""

    serial: Words
    unit: Words
    remark: Words
    duty: Words
    parameters: Words
    price: Words
    life: Words
    bureau: Words
    name: Words
    category: Words


class AnnexLevels(Part):
    """Words before 级."""

    province: Words
    city: Words
    county: Words


class AnnexRegions(Part):
    """One word for each region."""

    east: Word
    central: Word
    west: Word


class AnnexBounds(Part):
    """Which of two numbers."""

    min: Words
    max: Words
    advice: Words


class AnnexDuties(Part):
    """Required or optional."""

    required: Words
    optional: Words


class AnnexWords(Part):
    """`standards/vocabulary/annex.yaml`."""

    columns: AnnexColumns
    kinds: Words
    names_too: Words
    not_names: Words
    not_quantities: Words
    levels: AnnexLevels
    several_levels: dict[Word, Levels]
    regions: AnnexRegions
    several_regions: dict[Word, Regions]
    grades: dict[Literal["1", "2", "3"], Words]
    climates: dict[Word, Word]
    noise: Words
    quantities: Words
    bounds: AnnexBounds
    bureau_words: Words
    bureau_phrases: Words
    asides: Words
    class_words: Words
    title_words: Words
    limits: Words
    changes: Words
    conditions: Words
    bases: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], Words]
    bases_self: Words
    groups: Words
    consumed: Words
    measures: Words
    duties: AnnexDuties
    duty_hints: Words
    marks: AnnexDuties
    not_equipment: Words
    units: Words
    measure_units: Words
    packs: Words
    totals: Words
    notes: Words


_APART: tuple[tuple[str, ...], ...] = (
    ("columns", "kinds"),
    ("names_too", "not_names", "kinds"),
    ("levels",),
    ("grades",),
    ("bases", "bases_self"),
    ("bounds",),
    ("duties",),
    ("marks",),
    ("climates",),
)
"""Lists in which a word may stand once: it would mean two things."""


def read_words(document: Document) -> tuple[AnnexWords | None, list[Problem]]:
    """The vocabulary of a file, and everything that is wrong in it, each with its place."""
    found, problems = validate(AnnexWords, document)
    return found, problems if found is None else _lint(found, document)


_PATTERNS = ("bureau_phrases", "changes", "conditions")


def _lint(words: AnnexWords, document: Document) -> list[Problem]:
    lists = dict(_lists(words.model_dump()))
    found = [
        *_written(lists),
        *_meanings(lists),
        *((("bases", fact), fact, "、".join(_FACTS)) for fact in words.bases if fact not in _FACTS),
    ]
    return [
        Problem("bad-value", document.place(at), {"value": word, "expected": expected, "near": ""})
        for at, word, expected in found
    ]


def _written(lists: Mapping[Path_, tuple[str, ...]]) -> Iterator[tuple[Path_, str, str]]:
    """Words that stand twice in a list, in a form that no squeezed text has, or that are no pattern."""
    for at, texts in lists.items():
        for word in dict.fromkeys(texts):
            if texts.count(word) > 1:
                yield at, word, "每个词在一处只写一次"
            if at[0] not in _PATTERNS and squeeze(word) != word:
                yield at, word, f"半角的写法，如 {squeeze(word)}"
            if at[0] in _PATTERNS and not _is_pattern(word):
                yield at, word, "成对的括号"


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _meanings(lists: Mapping[Path_, tuple[str, ...]]) -> Iterator[tuple[Path_, str, str]]:
    """Words that stand in two lists of which only one can hold."""
    for fields in _APART:
        seen: dict[str, Path_] = {}
        for at, texts in lists.items():
            for word in texts if at[0] in fields else ():
                first = seen.setdefault(word, at)
                if first != at:
                    yield at, word, f"没有写在 {'.'.join(map(str, first))} 里的词（一个词只有一个意思）"


_FACTS = ("staff", "main_posts", "on_roll", "authorized", "vehicles", "teams", "departments")


def _lists(data: Mapping[str, Any], at: Path_ = ()) -> Iterator[tuple[Path_, tuple[str, ...]]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _lists(value, (*at, key))
        else:
            yield (*at, key), (value,) if isinstance(value, str) else tuple(value)
