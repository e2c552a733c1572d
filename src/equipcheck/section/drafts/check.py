"""A drafted report held against a check: claims with verdicts, gaps left out, problems without measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.checking.results import Finding, Report
from equipcheck.section.drafts.answers import Unanswered, unanswered
from equipcheck.section.drafts.editions import judge_standards, known_editions
from equipcheck.section.drafts.mentions import Lexicon
from equipcheck.section.drafts.pieces import Sentence, split
from equipcheck.section.drafts.rates import judge_rate
from equipcheck.section.drafts.reading import Paragraph
from equipcheck.section.drafts.statements import Said, statements
from equipcheck.section.drafts.verdicts import About, Judged, Verdict, gaps_to_tell, judge


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
class DraftCheck:
    """Everything found in a draft."""

    claims: tuple[Claim, ...]
    omitted: tuple[Finding, ...]  # required rows with a gap, not waived, of which no claim speaks
    unanswered: tuple[Unanswered, ...]

    @property
    def ok(self) -> bool:
        """Nothing contradicted, omitted or unanswered."""
        return not (
            self.omitted or self.unanswered or any(one.verdict == "contradicts" for one in self.claims)
        )


def check_draft(paragraphs: Sequence[Paragraph], report: Report, catalogue: Catalogue) -> DraftCheck:
    """Hold a draft against a report. The year is that of the report's date."""
    year = report.as_of.year
    lexicon = Lexicon(report.findings, catalogue)
    sentences, items = split(paragraphs, year)
    said = [statements(sentence, lexicon, year) for sentence in sentences]
    findings = {one.requirement: one for one in report.findings}
    known = known_editions(report)
    claims: list[Claim] = []
    for sentence, statements_ in zip(sentences, said, strict=True):
        judged = [each for one in statements_ for each in _judged(one, report, findings)]
        claims += [_claim(each, sentence) for each in [*judge_standards(sentence, known, year), *judged]]
    claims = list(dict.fromkeys(claims))
    spoken = {one.requirement for one in claims}
    omitted = tuple(one for one in gaps_to_tell(report.findings) if one.requirement not in spoken)
    return DraftCheck(tuple(claims), omitted, unanswered(sentences, items, said, lexicon))


def _judged(one: Said, report: Report, findings: dict[str, Finding]) -> list[Judged]:
    if one.turn == "rate":
        rate = judge_rate(one, report, findings)
        return [] if rate is None else [rate]
    return judge(one, findings)


def _claim(judged: Judged, sentence: Sentence) -> Claim:
    return Claim(
        judged.requirement,
        judged.kind,
        judged.about,
        sentence.text,
        sentence.place,
        judged.verdict,
        judged.because,
    )
