"""Sentences and numbered items of a draft, and whether they stand among problems or among measures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from equipcheck.section.drafts.reading.paragraphs import Paragraph

Mode = Literal["problem", "measure", "mixed", "other"]

_NUMBER = "[一二三四五六七八九十]+"
_LEVEL_1 = re.compile(rf"^{_NUMBER}、|^第{_NUMBER}部分")
_PREFIX = re.compile(
    rf"^(?:#+\s*)?(?:{_NUMBER}、|第{_NUMBER}部分|[(]{_NUMBER}[)]|\d+[.、](?!\d)|[(]\d+[)])\s*"
)
_LEVEL_BELOW = re.compile(r"^(?:#+\s*)?\d+(?:\.\d+)+[\s、.]*(?=[\u4e00-\u9fff])")
_MARKER = re.compile(
    rf"(?:^|(?<=[。；;:,、\s)]))(?:{_NUMBER}是|其{_NUMBER}[,、是]?|第{_NUMBER}[,、]"
    rf"|[(](?:{_NUMBER}|\d+)[)]|[①-⑳]|\d+[.、](?!\d))"
)
_START = re.compile(rf"^{_NUMBER}、")
_SENTENCE_END = re.compile(r"[。！!？?；;]+")

_OTHER = re.compile("成效|成绩|做法|开展情况|进展|工作情况|基本情况|主要工作|履行情况|履职")
_PROBLEM = re.compile(
    "存在.{0,8}(?:问题|不足|困难|短板|差距|薄弱)|(?:主要|突出)问题|问题[和与及、](?:不足|困难|原因|短板)"
    "|不足(?:之处)?[和与及、]|短板弱项|困难[和与及、]|薄弱环节|^问题|^不足"
)
_MEASURE = re.compile(
    "下一?步|下一?年|明年|今后|措施|打算|对策|努力方向|工作(?:计划|安排|思路|重点)|主要安排|整改|改进|意见建议|^(?:工作)?(?:安排|计划|举措|思路|办法)$"
)
_LEAD = re.compile(r"^([^,:。]{1,28})([:,。])")
_INNER = re.compile("[^,:。]*[,:]")  # 「整改已完成。」 behind another sentence is no title
_TITLE = re.compile(
    "(?:问题|不足|困难|短板|弱项|环节|差距|措施|打算|对策|方向|计划|安排|思路|重点|举措|办法|意见|建议|整改|改进|成效|成绩|做法|情况|进展|履职|工作)(?:方面)?$"
)
"""「下一步打算。」 introduces what follows; 「明年计划购置无人机。」 says it all."""
_COMING = re.compile(r"下一?步|今后|明年|下一年")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: as written, and folded (same length) for reading; `item` numbers the problem or measure it is in."""

    text: str
    folded: str
    place: str
    mode: Mode
    item: int


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item (or, without numbers, a paragraph) as written."""

    text: str
    place: str


def fold(text: str) -> str:
    """Full-width forms and letter case made one, character for character."""
    return "".join(_fold_one(c) for c in text)


def _fold_one(c: str) -> str:
    if c in "；":
        return ";"
    plain = unicodedata.normalize("NFKC", c).lower()
    return plain if len(plain) == 1 and not "①" <= c <= "⑳" else c


def split(paragraphs: Sequence[Paragraph], year: int) -> tuple[tuple[Sentence, ...], tuple[Item, ...]]:
    """All sentences in order, and the items they belong to. `year` is the year reported on."""
    splitter = _Splitter(year)
    for paragraph in paragraphs:
        if paragraph.apart:
            splitter.mode, splitter.open_item = "other", False
        splitter.add(paragraph)
    return tuple(splitter.sentences), tuple(splitter.items)


class _Splitter:
    def __init__(self, year: int) -> None:
        self.year = year
        self.mode: Mode = "other"
        self.sentences: list[Sentence] = []
        self.items: list[Item] = []
        self.lent: Mode | None = None  # what holds again where a plan told in passing ends
        self.open_item = False  # whether unnumbered paragraphs go on with the last item

    def add(self, paragraph: Paragraph) -> None:
        """One paragraph: a heading sets the mode; the rest is cut into items and sentences."""
        text = paragraph.text
        folded = fold(text)
        heading = is_heading(paragraph)
        numbered = (
            paragraph.numbered or _PREFIX.match(folded) is not None or _MARKER.match(folded) is not None
        )
        if self.lent is not None and not numbered:
            self.mode = self.lent
        self.lent = self.lent if numbered else None
        turned = heading and self._heading(folded)
        for start, end in _segments(folded):
            turned = self._lead(folded[start:end]) or turned
            goes_on = start == 0 and self.open_item and not (heading or numbered or turned)
            self._segment(paragraph, folded, (start, end), goes_on=goes_on)
        if heading or numbered:
            self.open_item = numbered and not turned

    def _segment(self, paragraph: Paragraph, folded: str, span: tuple[int, int], *, goes_on: bool) -> None:
        """The sentences of a segment; 「…不足。下一步，购置…」 turns from problem to measure within it.

        A turn that introduces a list (「下一步：一是…」) holds on; one with its measure behind it ends here.
        """
        start, end = span
        before, cut = self.mode, start
        for left, right in _sentences(folded, start, end):
            sentence = folded[left:right].strip()
            if not sentence:
                continue
            if left > start and _INNER.match(sentence) and self._lead(sentence):
                self._item(paragraph.text[cut:left].strip(), paragraph.place(cut), goes_on=goes_on)
                cut, goes_on = left, False
            self.sentences.append(
                Sentence(
                    paragraph.text[left:right].strip(),
                    sentence,
                    paragraph.place(left),
                    self.mode,
                    len(self.items) - goes_on,
                )
            )
        self._item(paragraph.text[cut:end].strip(), paragraph.place(cut), goes_on=goes_on)
        if cut > start and folded[start:end].strip()[-1] not in ",:":
            self.mode = before

    def _item(self, text: str, place: str, *, goes_on: bool) -> None:
        """A new item, or the text under a numbered one that goes on with it."""
        if goes_on:
            self.items[-1] = replace(self.items[-1], text=self.items[-1].text + text)
        else:
            self.items.append(Item(text, place))

    def _heading(self, folded: str) -> bool:
        """Whether a heading opens problems, measures or other things."""
        found = _mode_of(_LEVEL_BELOW.sub("", _PREFIX.sub("", folded)))
        below = _LEVEL_BELOW.match(folded) is not None
        top = _LEVEL_1.match(folded) is not None or not (below or _PREFIX.match(folded))
        if found is None:
            if top:
                self.mode = "other"
        elif top or self.mode in ("mixed", "other") or found != "problem":
            self.mode = found  # below a heading of measures, 「补齐短板」 opens no list of problems
        return found is not None

    def _lead(self, folded: str) -> bool:
        """「存在的问题：…」「下一步，…」 inside a paragraph turn the mode as a heading does."""
        before = self.mode
        lead = _LEAD.match(_MARKER.sub("", _PREFIX.sub("", folded), count=1))
        if lead is None:
            return False
        if lead[2] in ":。":
            found = _mode_of(lead[1]) if len(lead[1]) <= 20 else None
            if found is not None and (lead[2] == ":" or _TITLE.search(lead[1])):
                self.mode = found
            elif lead[2] == ":" and self._future(lead[1]):
                self.mode = "measure"  # 「2024年计划：」
        elif _COMING.search(lead[1]) or self._future(lead[1]):
            if self.mode != "measure" and folded.strip()[-1] != ":":
                self.lent = self.mode
            self.mode = "measure"
        return self.mode != before

    def _future(self, folded: str) -> bool:
        return any(int(one) > self.year for one in re.findall(r"(20\d\d)年(?!版)", folded))


def _mode_of(title: str) -> Mode | None:
    problem, measure = _PROBLEM.search(title), _MEASURE.search(title)
    if _OTHER.search(title) and not problem:
        return "other"
    if problem and measure:
        return "mixed"
    if problem:
        return "problem"
    return "measure" if measure else None


def is_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a heading: by the file's own means, or as it is short and numbered or of a known word."""
    if paragraph.heading:
        return True
    folded = fold(paragraph.text)
    title = _PREFIX.sub("", folded).rstrip("。:")
    if folded.endswith("。") and not _TITLE.search(title):
        return False
    if len(title) > 30 or re.search("[,。;!?:]", title):
        return False
    return _PREFIX.match(folded) is not None or _mode_of(title) is not None


def _segments(folded: str) -> Iterator[tuple[int, int]]:
    """Cut a paragraph before every marker of an item."""
    cuts = [
        0,
        *(m.start() for m in _MARKER.finditer(folded) if m.start() and not _in_brackets(folded, m.start())),
    ]
    for start, end in zip(cuts, [*cuts[1:], len(folded)], strict=True):
        if folded[start:end].strip():
            yield start, end


def _in_brackets(folded: str, at: int) -> bool:
    return folded.count("(", 0, at) > folded.count(")", 0, at)


def _sentences(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for stop in _SENTENCE_END.finditer(folded, start, end):
        if _in_brackets(folded, stop.start()):
            continue
        yield left, stop.end()
        left = stop.end()
    if left < end:
        yield left, end


def is_numbered(folded: str) -> bool:
    """Whether a sentence begins with the number of its item."""
    return _PREFIX.match(folded) is not None or _MARKER.match(folded) is not None


def without_marker(folded: str) -> str:
    """A sentence without the number of its item."""
    return (
        _MARKER.sub("", _START.sub("", folded), count=1) if _MARKER.match(folded) else _START.sub("", folded)
    )
