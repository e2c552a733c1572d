"""The form of `standards/vocabulary/annex.yaml`: which lists of words there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from equipcheck.ground.records import Record
from equipcheck.ground.vocabulary import WordFile
from equipcheck.ground.yamlfile import Path_
from equipcheck.standard.annex.language.spelling import squeeze

if TYPE_CHECKING:
    from equipcheck.ground.fields import Word, Words

    Levels: TypeAlias = tuple[str, ...]
    Regions: TypeAlias = tuple[str, ...]
else:
    Levels = 'of_words("province", "city", "county")'
    Regions = 'of_words("east", "central", "west")'

Fact = Literal[
    "staff", "main_posts", "on_roll", "authorized", "vehicles", "vehicle_quota", "teams", "departments"
]


class AnnexColumns(Record):
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


class AnnexLevels(Record):
    """Words before 级."""

    province: Words
    city: Words
    county: Words


class AnnexRegions(Record):
    """One word for each region."""

    east: Word
    central: Word
    west: Word


class AnnexBounds(Record):
    """Which of two numbers."""

    min: Words
    max: Words
    advice: Words


class AnnexDuties(Record):
    """Required or optional."""

    required: Words
    optional: Words


class AnnexWords(WordFile):
    """`standards/vocabulary/annex.yaml`."""

    SUBJECT = "annex"
    APART = (
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
    PATTERNS = (
        "bureau_phrases",
        "changes",
        "conditions",
        "harmless",
        "bearing",
        "circumstances",
        "duty_hints",
    )

    @staticmethod
    def spelled(word: str, _at: Path_) -> str:
        """As cells and headings are spelled before they are looked at."""
        return squeeze(word)

    columns: AnnexColumns
    kinds: Words
    names_too: Words
    not_names: Words
    not_quantities: Words
    heads: Words
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
    harmless: Words
    bearing: Words
    circumstances: Words
    parts: Words
    bases: dict[Fact, Words]
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
