"""What a heading or the line above a table says of all below it: that it is of others, of another year, or a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from equipcheck.section.drafts.reading.paragraphs import Paragraph, Part, TableRow
from equipcheck.section.drafts.sentences import fold, is_heading
from equipcheck.section.drafts.statements.statement import Reading
from equipcheck.section.drafts.statements.tokens import scan
from equipcheck.section.drafts.statements.turns import mark

_TITLE = mark("titles")
_SUBJECT = mark("caption_subject")
_PLAN = mark("caption_plan")
_ELSEWHERE = mark("caption_elsewhere")
_INTRODUCES = mark("introduces")
_LONG = 40
"""A longer paragraph above a table is no caption unless it points to the table."""


class Captions:
    """Goes through a draft's parts in order and knows what the heading and the caption say of the part at hand."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.heading = ""
        self.caption = ""

    def pass_by(self, part: Paragraph) -> None:
        """A paragraph: a heading holds until the next, any paragraph for the table right below it."""
        text = fold(part.text)
        if is_heading(part):
            self.heading = self._told(text) if _SUBJECT.search(text) and not _TITLE.search(text) else ""
        last = [one for one in text.rstrip("。:").split("。") if one][-1:]
        short = len(text) <= _LONG or _INTRODUCES.search(text) is not None
        self.caption = self._told(last[0]) if last and short else ""

    def of_row(self, row: TableRow) -> str:
        """The words above a row, or in its heads, by which it is not of our equipment of this year."""
        heads = next((one[0] for head in row.heads if (one := _ELSEWHERE.search(head))), "")
        return self.caption or self.heading or heads

    def above(self, parts: Iterable[Part]) -> dict[str, str]:
        """For each place of running text what the heading above says of it."""
        found: dict[str, str] = {}
        for part in parts:
            if isinstance(part, Paragraph):
                self.pass_by(part)
                if self.heading and not part.apart:
                    found |= {place: self.heading for _, place in part.marks}
        return found

    def _told(self, text: str) -> str:
        tokens = scan(text)
        ours = any(one.sort == "ours" and one.text not in "支队大队中队分队" for one in tokens)
        for one in tokens:
            if one.sort in ("theirs", "unsure") and not ours:
                return one.text
            if one.sort in ("past", "coming"):
                return one.text
            if one.sort == "year" and one.number is not None and one.number.value != self.year:
                return one.text
        found = _PLAN.search(text) or (None if ours else _ELSEWHERE.search(text))
        return found[0] if found else ""


def doubted(readings: Iterable[Reading], told: str) -> list[Reading]:
    """Readings of which nothing is judged, as what stands above them says that they may be of something else.

    Under a plan, what is planned is ours all the same."""
    plan = _PLAN.search(told) is not None
    return [
        replace(
            one,
            statements=tuple(
                said if plan and said.turn == "planned" else replace(said, unread=said.unread or told)
                for said in one.statements
            ),
        )
        for one in readings
    ]
