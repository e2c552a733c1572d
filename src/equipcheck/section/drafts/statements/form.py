"""The forms of `standards/vocabulary/drafts.yaml` and `turns.yaml`: which lists of words and patterns there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from equipcheck.ground.records import Record
from equipcheck.ground.vocabulary import WordFile

if TYPE_CHECKING:
    from equipcheck.ground.fields import Word, Words

Turn = Literal[
    "none",  # nothing is held
    "gap",  # something is missing
    "planned",  # it is to be had, so it is missing
    "no_gap",  # what is required is there
    "held",
    "bought",  # held since this year
    "usable",
    "unusable",
    "required",
    "rate",
    "weak",  # old, not good enough: a problem, but nothing to hold against a ledger
]
Sort = Literal[
    "several", "denies", "scoped",
    "name", "void", "title", "turn", "number", "fact", "rule", "change", "join", "each", "apart", "part",
    "ours", "theirs", "unsure", "act_on", "made_to", "inspected", "past", "now", "coming", "soon", "done",
    "condition", "beside", "filler", "unread", "of", "year", "listed", "aside", "some", "hedge", "area", "report",
    "kinds", "supposed", "parts", "heads",
]  # fmt: skip
"""What a token of a clause may be."""

TURNS, SORTS = get_args(Turn), get_args(Sort)

if TYPE_CHECKING:
    TurnPlace: TypeAlias = str
    SortPlace: TypeAlias = str
else:
    TurnPlace = "place_of(*TURNS)"
    SortPlace = "place_of(*SORTS)"


class DraftWhose(Record):
    """Whose equipment is spoken of."""

    ours: Words
    endings: Words
    squads: Words
    theirs: Words
    unsure: Words
    background: Words
    act_on: Words
    made_to: Words
    inspected: Words
    fields: Words


class DraftTimes(Record):
    """When it is, was or will be."""

    past: Words
    now: Words
    coming: Words
    soon: Words
    done: Words
    hope: Words
    plan: Words


class DraftClasses(Record):
    """Classes of equipment by the words that drafts use."""

    pipes: Words
    noise: Words
    odour: Words
    vapours: Words
    dust: Words
    flying: Words
    water: Words
    exhaust: Words
    radiation: Words
    shielding: Words
    recording: Words
    heads: Words
    lapsed: Words
    broken: Words
    rapid: Words


class DraftFrames(Record):
    """Stretches of a clause in which words of no list may stand."""

    opening: Words
    closing: Words
    degree: Words
    effect: Words


class DraftWords(WordFile):
    """`standards/vocabulary/drafts.yaml`."""

    SUBJECT = "drafts"

    whose: DraftWhose
    time: DraftTimes
    condition: Words
    beside: Words
    filler: Words
    nominal: Words
    restricts: Words
    rest: Words
    some: Words
    hedges: Words
    area: Words
    reports: Words
    own_look: Words
    apart: Words
    closing: Words
    classes: DraftClasses
    frames: DraftFrames


class DraftTurns(WordFile):
    """`standards/vocabulary/turns.yaml`."""

    SUBJECT = "turns"
    PATTERNS = ("parts", "turns", "before", "after", "last", "marks")

    parts: dict[Word, Words]
    turns: dict[TurnPlace, Words]
    before: dict[SortPlace, Words]
    after: dict[SortPlace, Words]
    last: dict[SortPlace, Words]
    marks: dict[Word, Words]
