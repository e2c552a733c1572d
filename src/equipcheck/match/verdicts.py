"""From a reading to a verdict: auto where it is clear, review where it is not, none where nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from equipcheck.catalogue.spelling import bare, is_han
from equipcheck.ground.mutable import Mutable
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.words import HIDING, Reading, hits_in


class Verdict(Mutable):
    """The decision on a name, with its reasons."""

    kind: str | None
    method: str
    score: float
    decision: str  # auto | review | none
    evidence: list[str]
    suggestions: list[tuple[str, float]] = field(default_factory=list)
    text: str = ""  # key of the name, where spelling must help
    generic: bool = False
    hidden: int = 0  # see `Reading.hidden`; 0 too where a known word says that it is none


_IN_BRACKETS = pattern(r"\([^()]*\)")
_WITH = pattern("[(含配附带]")
_NUMBER_BEHIND = pattern(r"-+\d{1,4}$")
LONG_FAMILY = 6
"""From this many characters on a model number is no other trade's by chance."""

SUPPORTED = 0.86
"""The score of a doubtful reading that the model confirms."""


def judge_kind(
    reading: Reading, families: Sequence[str], family: str, lexicon: Lexicon, auto: float
) -> Verdict:
    """The verdict where the words say one kind, with what the model says of it."""
    kind = reading.kind
    assert kind is not None
    score = reading.score
    kinds = list(reading.kinds)
    evidence = list(reading.evidence)
    if kind in families:
        evidence.append(f"型号“{family}”也说明是{lexicon.kinds[kind]}")
        if len(families) == 1 and score >= 0.6:
            score = max(score, SUPPORTED)
    elif len(families) == 1 and (
        reading.bracket or (families[0] in lexicon.loose.get(kind, ()) and not reading.whole)
    ):  # a bracket behind a model number says what the thing carries: 「Mavic 3（M3T 相机）」
        evidence.append(f"型号“{family}”是{lexicon.kinds[families[0]]}")
        kinds = [families[0], *(one for one in kinds if one != families[0])]
        return Verdict(families[0], "model", 0.95, "auto", evidence, ranked(kinds, 0.95))
    elif families and _conflict(kind, families, family, lexicon):
        evidence.append(f"型号“{family}”通常是{'、'.join(lexicon.kinds[one] for one in families)}")
        kinds += [one for one in families if one not in kinds]
        score = min(score, 0.6)
    decision = "auto" if score >= auto else "review"
    return Verdict(
        kind if decision == "auto" else None,
        reading.method,
        round(score, 3),
        decision,
        evidence,
        ranked(kinds, score),
    )


def _conflict(kind: str, families: Sequence[str], family: str, lexicon: Lexicon) -> bool:
    """Whether a model speaks against a name. Short model numbers of other trades are often the same by chance."""
    return len(family) >= LONG_FAMILY or any(
        (kind in lexicon.portable and one in lexicon.portable)
        or (kind in lexicon.alike and lexicon.alike[kind] == lexicon.alike.get(one))
        for one in families
    )


def judge_open(
    reading: Reading, families: Sequence[str], family: str, text: str, lexicon: Lexicon, *, auto: bool = True
) -> Verdict:
    """The verdict where the words leave it open; `auto`: whether a model may decide."""
    fitting = [kind for kind in families if not reading.kinds or kind in reading.kinds]
    if len(fitting) == 1 and auto:
        kind = fitting[0]
        evidence = [f"型号“{family}”是{lexicon.kinds[kind]}", *reading.evidence]
        kinds = [kind, *(one for one in reading.kinds if one != kind)]
        return Verdict(kind, "model", 0.95, "auto", evidence, ranked(kinds, 0.95))
    kinds = [*families, *(one for one in reading.kinds if one not in families)]
    if reading.outcome == "ask" or kinds:
        evidence = list(reading.evidence)
        if families:
            evidence.append(f"型号“{family}”通常是{'、'.join(lexicon.kinds[one] for one in families)}")
        score = max(reading.score, 0.5)
        return Verdict(None, "pattern", score, "review", evidence, ranked(kinds, score), to_compare(text))
    return Verdict(None, "none", 0.0, "none", list(reading.evidence), [], to_compare(text), reading.generic)


def to_compare(text: str) -> str:
    """The key of a name for comparing its spelling; a bracket, and a bare number behind a dash, is none of it."""
    return bare(_NUMBER_BEHIND.sub("", _IN_BRACKETS.sub("", text) or text))


def ranked(kinds: Sequence[str], score: float) -> list[tuple[str, float]]:
    """Kinds as suggestions, likeliest first."""
    return [(kind, round(score * 0.85**at, 3)) for at, kind in enumerate(kinds)]


def names_a_part(text: str, lexicon: Lexicon) -> bool:
    """Whether an accessory stands beside a model number that would decide alone: 「大疆御3电池管家」."""
    main = _WITH.split(text)[0]
    return any("part" in hit.word.roles and hit.end - hit.start > 1 for hit in hits_in(main, lexicon))


def is_plain(text: str, lexicon: Lexicon) -> bool:
    """Whether a name is nothing but general words or a brand's number: 「便携式检测仪」, 「崂应9999」."""
    known: set[int] = set()
    for hit in hits_in(text, lexicon):
        if hit.word.roles & {"generic", "attribute", "tail", "brand"} or (
            hit.word.fills and hit.word.roles.isdisjoint(HIDING)
        ):
            known.update(range(hit.start, hit.end))
    return all(at in known or not is_han(character) for at, character in enumerate(text))
