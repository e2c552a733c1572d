"""A drafted report held against a check: claims with verdicts, gaps left out, problems without measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.checking.results import Finding, Report
from equipcheck.section.drafts.answers import Unanswered, unanswered
from equipcheck.section.drafts.names import Lexicon
from equipcheck.section.drafts.reading.paragraphs import Paragraph, Part
from equipcheck.section.drafts.sentences import split
from equipcheck.section.drafts.statements.captions import Captions, doubted
from equipcheck.section.drafts.statements.cells import read_row
from equipcheck.section.drafts.statements.passages import read_all
from equipcheck.section.drafts.statements.statement import Reading
from equipcheck.section.drafts.verdicts.editions import judge_standards, known_editions
from equipcheck.section.drafts.verdicts.judge import Judge
from equipcheck.section.drafts.verdicts.judged import About, Judged, Verdict
from equipcheck.section.drafts.verdicts.units import gaps_to_tell


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the draft; `requirement` is None where it is on all equipment, on the standard, or on none."""

    requirement: str | None
    kind: str | None
    about: About
    text: str
    place: str
    verdict: Verdict
    because: str


@dataclass(frozen=True, slots=True)
class Placed:
    """The reading of a clause and its place."""

    place: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """Everything found in a draft."""

    claims: tuple[Claim, ...]
    omitted: tuple[
        Finding, ...
    ]  # required rows with a gap, not waived, of which no claim speaks; attested first
    unanswered: tuple[Unanswered, ...]
    readings: tuple[Placed, ...] = ()

    @property
    def left_out(self) -> tuple[Finding, ...]:
        """The omitted rows with a public basis, of which a report ought to speak."""
        return tuple(one for one in self.omitted if one.source.kind == "attested")

    @property
    def ok(self) -> bool:
        """Nothing contradicted, omitted or unanswered.

        Rows whose place in the standard is assumed are listed among the omitted, but no draft need speak of them:
        `section` itself leaves them out unless it is asked.
        """
        contradicted = any(one.verdict == "contradicts" for one in self.claims)
        return not (self.left_out or contradicted or self.unanswered)


def check_draft(parts: Sequence[Part], report: Report, catalogue: Catalogue) -> DraftCheck:
    """Hold a draft against a report. The year is that of the report's date."""
    year = report.as_of.year
    lexicon = Lexicon(report.findings, catalogue)
    sentences, items = split([one for one in parts if isinstance(one, Paragraph)], year)
    readings = read_all(sentences, lexicon, year)
    known = known_editions(report)
    judge = Judge(report)
    claims: list[Claim] = []
    placed: list[Placed] = []
    above = Captions(year).above(parts)
    for sentence, found in zip(sentences, readings, strict=True):
        told = above.get(sentence.place)
        clauses = doubted(found, told) if told else found
        judged = [*judge_standards(sentence, known, year), *_judged(clauses, judge)]
        claims += [_claim(one, sentence.text, sentence.place) for one in judged]
        placed += [Placed(sentence.place, one) for one in clauses]
    captions = Captions(year)
    for row in parts:
        if isinstance(row, Paragraph):
            captions.pass_by(row)
        else:
            clauses = read_row(row, lexicon, year)
            if told := captions.of_row(row):
                clauses = doubted(clauses, told)
            claims += [_claim(one, row.text, row.place) for one in _judged(clauses, judge)]
            placed += [Placed(row.place, one) for one in clauses]
    claims = list(dict.fromkeys(claims))
    spoken = {one.requirement for one in claims}
    omitted = tuple(one for one in gaps_to_tell(report.findings) if one.requirement not in spoken)
    left = unanswered(sentences, items, readings, lexicon)
    return DraftCheck(tuple(claims), omitted, left, tuple(placed))


def _judged(readings: Iterable[Reading], judge: Judge) -> list[Judged]:
    return [claim for one in readings for statement in one.statements for claim in judge(statement)]


def _claim(judged: Judged, text: str, place: str) -> Claim:
    return Claim(judged.requirement, judged.kind, judged.about, text, place, judged.verdict, judged.because)
