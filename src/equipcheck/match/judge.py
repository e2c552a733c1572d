"""From evidence to a decision: auto where it is clear, review where it is not, none where nothing fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import NamedTuple

from equipcheck.catalogue.spelling import bare, has_han, is_han
from equipcheck.ground.mutable import Mutable
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.model_numbers import PLACEHOLDER, kinds_of_models, without_models
from equipcheck.match.reading.names import Seen, read_name, settle, whole_name
from equipcheck.match.reading.whereabouts import Whereabouts
from equipcheck.match.reading.words import HIDING, Reading, hits_in


class Thresholds(NamedTuple):
    """Where asking begins; how each was found: docs/matching.md, `benchmarks/calibrate_match.py`."""

    auto: float = 0.85  # from this score on a kind is decided without asking
    near: float = 0.72  # from this likeness to a catalogue name on, an unknown name is asked about
    near_generic: float = 0.8  # the same for what a name has before a word for an instrument


class Row(NamedTuple):
    """What of a ledger row bears on its kind; one for all rows that share it."""

    name: str
    model: str = ""
    category: str = ""


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


_IN_BRACKETS = pattern(r"\([^()]*\)")
_WITH = pattern("[(含配附带]")
_NUMBER_BEHIND = pattern(r"-+\d{1,4}$")
LONG_FAMILY = 6
"""From this many characters on a model number is no other trade's by chance."""

SUPPORTED = 0.86
"""The score of a doubtful reading that the model confirms."""


class Judge:
    """Decides rows one by one; what differs only in a model number is read once."""

    def __init__(self, lexicon: Lexicon, thresholds: Thresholds | None = None) -> None:
        self.lexicon = lexicon
        self.thresholds = thresholds or Thresholds()
        self.readings: dict[str, Reading] = {}
        self.seen: Seen = {}
        self.whereabouts = Whereabouts(lexicon)
        self.names: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.spelled: dict[str, str] = {}
        self.families: dict[str, tuple[tuple[str, ...], str]] = {"": ((), "")}

    def decide(self, row: Row) -> Verdict:
        """The verdict; `text` is set in it where likeness of spelling must still be weighed."""
        lexicon = self.lexicon
        text, aside = self.name_of(row)
        model = self._spell(row.model) if row.model else ""
        reading = self._read(text)
        if aside:
            said = f"“{'”“'.join(aside)}”说的是何处、何人、何时或怎样来的，不作依据"
            reading = reading.but(evidence=[*reading.evidence, said])
        families, family = max(self._family(text), self._family(model), key=lambda found: len(found[1]))
        if reading.outcome in ("ask", "unknown"):
            reading = self._with_columns(reading, text, model, row.category)
        if reading.outcome == "kind" and reading.kind is not None:
            return _judge_kind(reading, families, family, lexicon, self.thresholds.auto)
        if reading.outcome == "none":
            if reading.other and any(
                kind in lexicon.portable or (kind not in lexicon.alike and len(family) >= LONG_FAMILY)
                for kind in families
            ):
                return _judge_open(reading, families, family, text, lexicon, auto=False)
            miswritten = _to_compare(text) if self._may_be_miswritten(text, reading) else ""
            return Verdict(None, "none", 0.0, "none", list(reading.evidence), text=miswritten)
        clear = not (reading.outcome == "unknown" and reading.generic) or is_plain(text, lexicon)
        clear = clear and not reading.several and not _names_a_part(text, lexicon)
        return _judge_open(reading, families, family, text, lexicon, auto=clear)

    def name_of(self, row: Row) -> tuple[str, tuple[str, ...]]:
        """A row's name in one spelling without where it stands and whose it is, and these."""
        found = self.names.get(row.name)
        if found is None:
            name, behind = self.whereabouts.behind_space(row.name)
            text, aside = self.whereabouts.set_aside(self.lexicon.spell(name))
            found = self.names[row.name] = text, (*behind, *aside)
        return found

    def _spell(self, text: str) -> str:
        spelled = self.spelled.get(text)
        if spelled is None:
            spelled = self.spelled[text] = self.lexicon.spell(text)
        return spelled

    def _family(self, text: str) -> tuple[tuple[str, ...], str]:
        found = self.families.get(text)
        if found is None:
            found = self.families[text] = kinds_of_models(text, self.lexicon)
        return found

    def _read(self, text: str) -> Reading:
        """The reading of a spelled name; never changed by those who get it."""
        whole = whole_name(text, self.lexicon)
        if whole is not None:
            return whole
        core = without_models(text, self.lexicon)
        reading = self.readings.get(core)
        if reading is None:
            reading = self.readings[core] = read_name(core, self.lexicon, self.seen)
        if core != text and any(PLACEHOLDER in why for why in reading.evidence):
            return read_name(text, self.lexicon)  # so that people read what stands there
        return reading

    def _abbreviation(self, model: str) -> str:
        """A kind's abbreviation with which a model begins: 「PID/0-2000ppm」."""
        hits = hits_in(model, self.lexicon) if model else []
        return next((hit.text for hit in hits if hit.start == 0 and hit.word.kinds), "")

    def _may_be_miswritten(self, text: str, reading: Reading) -> bool:
        """Three characters of which the word that decided explains one or two: 「急就箱」 may be 「急救箱」."""
        words = self.lexicon.words
        rest = text.removesuffix(reading.words[-1]) if reading.words else text
        return len(text) == 3 and len(rest) > 0 and text not in words and rest not in words

    def _with_columns(self, reading: Reading, text: str, model: str, category: str) -> Reading:
        """「检测仪」 with 「便携式四合一」 beside it: other columns may hold the missing words."""
        found = reading.copy()
        said = model if has_han(model) else self._abbreviation(model)
        if said:
            inner = read_name(f"{text}({said})", self.lexicon)
            if inner.kind is not None and (not reading.kinds or inner.kind in reading.kinds):
                settle(found, inner, 0.9, f"规格型号写明“{model}”")
                return found
        if category and has_han(category):
            inner = self._read(self._spell(category))
            if inner.kind is not None and (not reading.kinds or inner.kind in reading.kinds):
                found.outcome = "ask"  # a class is no name: it orders the suggestions and decides nothing
                found.score = max(found.score, 0.5)
                found.evidence.append(f"资产分类写的是“{category}”")
                found.kinds = [inner.kind, *(kind for kind in reading.kinds if kind != inner.kind)]
        return found


def _judge_kind(
    reading: Reading, families: Sequence[str], family: str, lexicon: Lexicon, auto: float
) -> Verdict:
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
        return Verdict(families[0], "model", 0.95, "auto", evidence, _ranked(kinds, 0.95))
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
        _ranked(kinds, score),
    )


def _conflict(kind: str, families: Sequence[str], family: str, lexicon: Lexicon) -> bool:
    """Whether a model speaks against a name. Short model numbers of other trades are often the same by chance."""
    return len(family) >= LONG_FAMILY or any(
        (kind in lexicon.portable and one in lexicon.portable)
        or (kind in lexicon.alike and lexicon.alike[kind] == lexicon.alike.get(one))
        for one in families
    )


def _judge_open(
    reading: Reading, families: Sequence[str], family: str, text: str, lexicon: Lexicon, *, auto: bool = True
) -> Verdict:
    fitting = [kind for kind in families if not reading.kinds or kind in reading.kinds]
    if len(fitting) == 1 and auto:
        kind = fitting[0]
        evidence = [f"型号“{family}”是{lexicon.kinds[kind]}", *reading.evidence]
        kinds = [kind, *(one for one in reading.kinds if one != kind)]
        return Verdict(kind, "model", 0.95, "auto", evidence, _ranked(kinds, 0.95))
    kinds = [*families, *(one for one in reading.kinds if one not in families)]
    if reading.outcome == "ask" or kinds:
        evidence = list(reading.evidence)
        if families:
            evidence.append(f"型号“{family}”通常是{'、'.join(lexicon.kinds[one] for one in families)}")
        score = max(reading.score, 0.5)
        return Verdict(None, "pattern", score, "review", evidence, _ranked(kinds, score), _to_compare(text))
    return Verdict(None, "none", 0.0, "none", list(reading.evidence), [], _to_compare(text), reading.generic)


def _to_compare(text: str) -> str:
    """The key of a name for comparing its spelling; a bracket, and a bare number behind a dash, is none of it."""
    return bare(_NUMBER_BEHIND.sub("", _IN_BRACKETS.sub("", text) or text))


def _ranked(kinds: Sequence[str], score: float) -> list[tuple[str, float]]:
    return [(kind, round(score * 0.85**at, 3)) for at, kind in enumerate(kinds)]


def _names_a_part(text: str, lexicon: Lexicon) -> bool:
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
