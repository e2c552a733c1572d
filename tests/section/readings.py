"""What the reader makes of a passage, in the terms in which passages are labelled."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path

from equipcheck.catalogue.kinds import Catalogue, load_catalogue
from equipcheck.checking.results import Finding
from equipcheck.section.drafts.names import Lexicon, Target
from equipcheck.section.drafts.reading.paragraphs import Paragraph
from equipcheck.section.drafts.reading.plain import from_text
from equipcheck.section.drafts.sentences import split
from equipcheck.section.drafts.statements.passages import read_all
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.verdicts.editions import judge_standards, known_editions
from equipcheck.standard.load import load_standard
from tests.section.reports import finding, report
from tests.section.scoring import WHOLE, Read

SAYS = {
    "none": "none_held",
    "gap": "gap",
    "planned": "gap",
    "no_gap": "no_gap",
    "held": "held",
    "bought": "held",
    "usable": "usable",
    "unusable": "not_usable",
    "required": "required",
    "rate": "rate",
}


@functools.cache
def catalogue() -> Catalogue:
    return load_catalogue()


@functools.cache
def rows() -> tuple[Finding, ...]:
    """A row for every row of the shipped standard, and one for each other kind."""
    standard = load_standard("enforcement-2020", Path(), catalogue()).standard
    found = [
        finding(one.id, one.name, one.kinds, 2, 1, category=one.category) for one in standard.requirements
    ]
    asked = {kind for one in found for kind in one.kinds}
    found += [
        finding(f"x-{kind.replace('_', '-')}", entry.name, [kind], 2, 1)
        for kind, entry in catalogue().kinds.items()
        if kind not in asked and entry.replaced_by is None
    ]
    return tuple(found)


@functools.cache
def lexicon() -> Lexicon:
    return Lexicon(rows(), catalogue())


def year_of(text: str) -> int:
    """The year a passage reports on: the last one it names but for plans and terms, with 2023 where it names none."""
    plan = r"版|以前|[底末]?前|\d+月底?前|(?:年度)?(?:预算|计划|采购|政府采购)|[^,，。；]{0,6}(?:拟|计划|将)"
    until = "(?<!到)|(?<=到)(?=20..年(?![底末]))"
    years = [
        int(one)
        for one in re.findall(
            rf"(?:{until})(?<!拟)(?<!推迟至)(?<!延长至)(?<!期至)(20[12]\d)年(?!{plan})", text
        )
    ]
    return max(years, default=2023)


def readings(text: str, year: int) -> tuple[list[Read], bool]:
    """What is read with confidence, and whether any claim is made (doubtful ones among them)."""
    paragraphs = [one for one in from_text(text) if isinstance(one, Paragraph)]
    sentences, _ = split(paragraphs, year)
    sure: list[Read] = []
    made = 0
    known = known_editions(report(rows()))
    for sentence, clauses in zip(sentences, read_all(sentences, lexicon(), year), strict=True):
        for _ in judge_standards(sentence, known, year):
            sure.append(Read(frozenset(), "edition"))
            made += 1
        for reading in clauses:
            for one in reading.statements:
                if one.turn != "weak":
                    made += 1
                    if not one.unread:
                        sure.append(_read(one))
    return list(dict.fromkeys(sure)), made > 0


def _read(one: Statement) -> Read:
    kinds = _kinds(one.target)
    says = SAYS[one.turn]
    if one.fact:
        return Read(kinds, "per_fact_number", one.number)
    if one.number is None or one.turn in ("bought", "rate", "no_gap", "planned"):
        return Read(kinds, says, one.rate or one.number)
    return Read(kinds, "gap_number" if says == "none_held" else f"{says}_number", one.number)


def _kinds(target: Target) -> frozenset[str]:
    return WHOLE if target.whole else frozenset(target.kinds)


def all_readings(texts: Sequence[tuple[str, str]]) -> dict[str, tuple[list[Read], bool]]:
    return {key: readings(text, year_of(text)) for key, text in texts}
