"""The decision on each name: as written, by its front, with a wrong character put right; models beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from equipcheck.catalogue.spelling import bare, has_han
from equipcheck.match.descriptions import Descriptions, Says, fronts, pieces
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.miswritten import UNKNOWN, Miswritten
from equipcheck.match.model_numbers import PLACEHOLDER, kinds_of_models, without_models
from equipcheck.match.reading.listed import several
from equipcheck.match.reading.main_part import whole_name
from equipcheck.match.reading.names import Seen, read_name, settle
from equipcheck.match.reading.whereabouts import Whereabouts
from equipcheck.match.reading.words import Reading, hits_in
from equipcheck.match.verdicts import (
    LONG_FAMILY,
    Verdict,
    is_plain,
    judge_kind,
    judge_open,
    names_a_part,
    ranked,
    to_compare,
)


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


class Judge:
    """Decides rows one by one; what differs only in a model number is read once."""

    def __init__(self, lexicon: Lexicon, thresholds: Thresholds | None = None) -> None:
        self.lexicon = lexicon
        self.thresholds = thresholds or Thresholds()
        self.readings: dict[str, Reading] = {}
        self.seen: Seen = {}
        self.whereabouts = Whereabouts(lexicon)
        self.miswritten = Miswritten(lexicon)
        self.descriptions = Descriptions(lexicon, self.whereabouts.pieces)
        self.names: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.spelled: dict[str, str] = {}
        self.families: dict[str, tuple[tuple[str, ...], str]] = {"": ((), "")}

    def decide(self, row: Row) -> Verdict:
        """The verdict; `text` is set in it where likeness of spelling must still be weighed."""
        if len(kinds := self._side_by_side(row.name)) > 1:
            reading = several(kinds, self.lexicon)
            return Verdict(None, "pattern", 0.5, "review", reading.evidence, ranked(kinds, 0.5))
        verdict = self._as_written(row)
        if verdict.kind is not None:
            return self._put_right(row, verdict)
        front = self._by_front(row, verdict, self._as_written)
        if front.kind is not None:
            return front
        return self._by_front(row, self._put_right(row, verdict), self._put_right)

    def _side_by_side(self, name: str) -> list[str]:
        """The kinds of whose names a name is made, with a space between: 「照相机 摄像机」."""
        if name.isalnum():
            return []
        known = (self.lexicon.exact.get(bare(self._spell(piece))) for piece in pieces(name))
        return list(dict.fromkeys(found[0] for found in known if found is not None))

    def _by_front(self, row: Row, verdict: Verdict, read: Callable[[Row], Verdict]) -> Verdict:
        """The verdict on the front of a name, if that is clear and all that follows only describes the thing."""
        for name, behind in fronts(row.name):
            front = read(row._replace(name=name))
            if front.kind is None:
                continue
            said = self.descriptions.say(behind, self.name_of(Row(name))[0], front.kind)
            families, _ = self._family(self._spell(row.name))
            if families and front.kind not in families:
                said = max(said, Says.UNSURE)
            if said is Says.NOTHING:
                why = f"后面的“{' '.join(behind)}”只是描述，不作依据"
                return front.but(
                    method="pattern", score=min(front.score, 0.95), evidence=[*front.evidence, why]
                )
            if said is Says.UNSURE and front.kind not in [kind for kind, _ in verdict.suggestions[:3]]:
                kinds = [front.kind, *(kind for kind, _ in verdict.suggestions)]
                why = f"前面像是{self.lexicon.kinds[front.kind]}，后面的“{' '.join(behind)}”像是说另一样东西"
                return Verdict(None, "pattern", 0.5, "review", [why, *verdict.evidence], ranked(kinds, 0.5))
            return verdict
        return self._as_bracket(row) or verdict

    def _as_bracket(self, row: Row) -> Verdict | None:
        """The verdict where what stands behind a space says which kind, as in a bracket: 「制式衬衫 长袖」."""
        name, *behind = pieces(row.name)
        found = self._as_written(row._replace(name=f"{name}({' '.join(behind)})")) if behind else None
        if found is None or found.kind is None:
            return None
        said = self.descriptions.say(behind, self.name_of(Row(name))[0], found.kind)
        return found if said is Says.NOTHING else None

    def _put_right(self, row: Row, verdict: Verdict | None = None) -> Verdict:
        """The verdict on a name as written, or, where that is open, with one wrong character put right.

        Where a wrong character only hides which kind it is (「便邪式扫描仪」), it is asked about. `verdict` is the one
        as written, where it is known.
        """
        verdict = verdict or self._as_written(row)
        text, _ = self.name_of(row)
        if not 0 < verdict.hidden <= UNKNOWN or verdict.method == "model":
            return verdict
        right = self._with_one_character_changed(row, text)
        if len(right) != 1 or verdict.kind in right:
            return verdict
        ((kind, found),) = right.items()
        if verdict.kind is None:
            return found
        kinds = [kind, verdict.kind]
        return Verdict(None, "fuzzy", 0.6, "review", [*verdict.evidence, *found.evidence], ranked(kinds, 0.6))

    def _with_one_character_changed(self, row: Row, text: str) -> dict[str, Verdict]:
        """The kinds that are clear when one character of a name is taken for another, with the verdicts."""
        lexicon = self.lexicon
        found: dict[str, Verdict] = {}
        for corrected, wrong, right in self.miswritten.corrected(text):
            other = self._as_written(row._replace(name=corrected))
            kind = other.kind
            if kind is None or kind in found or other.method == "model":
                continue
            if any(word in text for word in (*lexicon.excluded.get(kind, ()), *lexicon.doubt.get(kind, ()))):
                continue
            evidence = [f"“{wrong}”像是“{right}”写错了", *other.evidence]
            found[kind] = other.but(method="fuzzy", score=min(other.score, 0.88), evidence=evidence)
        return found

    def _as_written(self, row: Row) -> Verdict:
        """The verdict on a name read as a whole."""
        text, aside = self.name_of(row)
        model = self._spell(row.model) if row.model else ""
        reading = self._read(text)
        if aside:
            said = f"“{'”“'.join(aside)}”说的是何处、何人、何时或怎样来的，不作依据"
            reading = reading.but(evidence=[*reading.evidence, said])
        if reading.outcome in ("ask", "unknown"):
            reading = self._with_columns(reading, text, model, row.category)
        verdict = self._judged(reading, text, model)
        if not reading.several and (verdict.decision != "none" or not reading.words):
            verdict.hidden = reading.hidden
        return verdict

    def _judged(self, reading: Reading, text: str, model: str) -> Verdict:
        lexicon = self.lexicon
        families, family = max(self._family(text), self._family(model), key=lambda found: len(found[1]))
        if reading.outcome == "kind" and reading.kind is not None:
            return judge_kind(reading, families, family, lexicon, self.thresholds.auto)
        if reading.outcome == "none":
            if reading.other and any(
                kind in lexicon.portable or (kind not in lexicon.alike and len(family) >= LONG_FAMILY)
                for kind in families
            ):
                return judge_open(reading, families, family, text, lexicon, auto=False)
            miswritten = to_compare(text) if self._may_be_miswritten(text, reading) else ""
            return Verdict(None, "none", 0.0, "none", list(reading.evidence), text=miswritten)
        clear = not (reading.outcome == "unknown" and reading.generic) or is_plain(text, lexicon)
        clear = clear and not reading.several and not names_a_part(text, lexicon)
        return judge_open(reading, families, family, text, lexicon, auto=clear)

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
