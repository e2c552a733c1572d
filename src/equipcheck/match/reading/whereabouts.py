"""Where a thing stands, whose it is, which one of several: set aside before a name is read, evidence of nothing.

Ledgers are full of it: 「执法记录仪（监测站）」, 「打印机-203室」, 「打印机（张三用）」, 「声级计 噪声科」.
What such pieces look like: `pieces`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from equipcheck.catalogue.spelling import bare
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.pieces import LONGEST, Pieces
from equipcheck.match.reading.words import hits_in

_HAN = r"\u3400-\u9fff"
_BRACKET = pattern(r"\(([^()]*)\)")
_TAIL = pattern(r"(?:[-/:,;、]|\.(?!\d))+(?P<piece>[^-/:,;、.()]+?)(?P<number>(?:[-/ ]\d{1,4}号?)*)$")
_FRONT = pattern(rf"^(?P<piece>[{_HAN}0-9]+)[-:](?=[^-:]*[{_HAN}a-z]{{2}})")
_BRACKETS_BEHIND = pattern(r"(?:\([^()]*\))+$")
_CLASS = pattern(rf"[{_HAN}]{{0,6}}(?:设备|装备|器材|用品|物资|仪器仪表|资产)[-:/]+")  # 「专用设备-声级计」
_SPACED = pattern(
    rf"(?<=\S)\s+(?P<piece>(?:\d-)?[{_HAN}0-9a-zA-Z#＃]*[{_HAN}][{_HAN}0-9:：]*)(?P<rest>(?:\s*[(（\[【\-—–－_/／,，、].*)?)$"
)
_SPACE = pattern(r"(?<=\S)\s+")
_COPY = pattern(
    r"(?<=\S)[\s,，、/:：\-—]+(?:0\d{1,3}|\d{2,4}[-~]\d{2,4}|(?:19|20)\d\d[.年/-]\d{1,2}(?:[./-]\d{1,2})?)$"
)
"""Which one, which rooms, where in a rack: 「声级计 001」, 「空调，201-203」; a bare number may be a model's."""
_LISTED = pattern(r"[a-z]?\d{1,2}(?:\.\d{1,2})*")
"""A place in a list: 「A1.1、辐射环境自动监测站」."""

_AFTER = pattern(rf"(?<=\))(?P<piece>[0-9]{{0,3}}[{_HAN}][{_HAN}0-9]*)$")
"""What stands behind a bracket with no mark between: 「采水器(5l)断面一组」."""

_PLATE = pattern(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][ -]?[a-z0-9]{5,6}(?![a-z0-9])[警学挂]?"
)
_MARKS = frozenset("(-/:,、;.")
_NTH = pattern(r"[-/:, ]*(?:no\.?\d{1,4}|\d+(?:\.\d+)?(?:m|米)[线缆])$")
"""Which one of several, how long a cable: 「No.3」, 「30m线」."""


class Whereabouts:
    """Sets pieces aside that say nothing of what the thing is."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.pieces = Pieces(lexicon)
        ends = (*lexicon.offices, *lexicon.uses, *lexicon.departments, *lexicon.territories, *lexicon.titles)
        states = (one for one in lexicon.asides if len(one) > 1)
        self._ends = (*ends, *states, *"楼层东西南北侧边年月日台套辆部号型款版")
        self._office_ends = {one[-1] for one in (*lexicon.offices, *lexicon.departments)} | set("-/:")

    def set_aside(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A spelled name without its whereabouts, and these. A name of nothing else is left as it is."""
        if bare(text) in self.lexicon.exact:
            return text, ()
        if (plate := _PLATE.search(text)) and plate[0] != text:
            rest = (text[: plate.start()] + text[plate.end() :]).replace("()", "").strip()
            if rest[:1] == "(" and rest[-1:] == ")" and rest.count("(") == 1:
                rest = rest[1:-1]  # 「浙A5678B(应急监测车)」
            rest, others = self.set_aside(rest)
            return rest, (plate[0], *others)
        if _MARKS.isdisjoint(text) and not text.endswith(("线", "缆")):
            return self._glued(text)
        if (whole := self._end_of_whole(text)) and self.pieces.glued(text[whole:]):
            return text[:whole], (text[whole:],)
        aside: list[str] = []
        rest = _BRACKET.sub(lambda found: self._drop(found, aside), text)
        brackets = found[0] if rest[-1:] == ")" and (found := _BRACKETS_BEHIND.search(rest)) else ""
        rest = rest.removesuffix(brackets)
        while (found := _TAIL.search(rest)) and found.start() and self.pieces.says_nothing(found["piece"]):
            aside.append(found["piece"])
            rest = rest[: found.start()].rstrip("-/:,;、. ")
        rest += brackets
        if (found := _AFTER.search(rest)) and self.pieces.says_nothing(found["piece"]):
            aside.append(found["piece"])
            rest = rest[: found.start()]
        if nth := _NTH.search(rest):
            aside.append(nth[0].lstrip("-/:, "))
            rest = rest[: nth.start()]
        if (
            ("-" in rest or ":" in rest)
            and (found := _FRONT.match(rest))
            and self.pieces.is_place(found["piece"])
        ):
            aside.append(found["piece"])
            rest = rest[found.end() :].lstrip("- ")
        if not rest.strip("()- ") or _LISTED.fullmatch(rest):
            return text, ()
        rest, glued = self._glued(rest)
        return (rest, (*aside, *glued)) if aside or glued else (text, ())

    def behind_space(self, name: str) -> tuple[str, tuple[str, ...]]:
        """A name as written without a place that stands behind a space: 「声级计 噪声科」.

        In one spelling no space is left between Chinese characters, so it is looked for before.
        """
        aside: list[str] = []
        if name[-1:].isdecimal() and not name.isascii() and (copy := _COPY.search(name)):
            aside.append(copy[0].strip(" \u3000,，、/:：-—"))
            name = name[: copy.start()]
        if " " not in name and "\u3000" not in name and name.isprintable():
            return name, tuple(aside)
        for gap in reversed(list(_SPACE.finditer(name))):
            if (found := _SPACED.match(name, gap.start())) is None:
                continue
            piece = self.lexicon.spell(found["piece"])
            if piece.isascii() or not self.pieces.says_nothing(piece):
                continue
            aside.insert(0, piece)
            name = name[: gap.start()] + found["rest"]
        return name, tuple(aside)

    def _drop(self, found: re.Match[str], aside: list[str]) -> str:
        """A bracket, or what stands in its place: what stands on both sides of it does not run together."""
        if not self.pieces.says_nothing(found[1]):
            return found[0]
        aside.append(found[1])
        text, start, end = found.string, found.start(), found.end()
        return " " if text[:start][-1:].isalnum() and text[end:][:1].isdecimal() else ""

    def _glued(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A name without a piece that stands behind it, or an office before it, with no mark between.

        Only beside a complete name of a kind: 「声级计监测站」, 「打印机二楼」, 「监测站声级计」.
        """
        brackets = found[0] if text[-1:] == ")" and (found := _BRACKETS_BEHIND.search(text)) else ""
        name = text.removesuffix(brackets)
        if name.endswith(self._ends) and bare(name) not in self.lexicon.exact:
            hits = hits_in(name, self.lexicon)
            end = max((hit.end for hit in hits if hit.word.kinds and hit.end < len(name)), default=0)
            if end and self.pieces.glued(name[end:]):
                return name[:end] + brackets, (name[end:],)
        for start in self._fronts(text):
            front, rest = text[:start], text[start:]
            if bare(rest) not in self.lexicon.exact or self._names_a_kind(front):
                continue
            if self.pieces.glued(front) or _CLASS.fullmatch(front):
                return rest, (front,)
        return text, ()

    def _fronts(self, text: str) -> Iterator[int]:
        """Where a piece that says whose may end and the name begin."""
        for start in range(2, min(len(text), LONGEST + 1)):
            if text[start - 1] in self._office_ends:
                yield start

    def _end_of_whole(self, text: str) -> int:
        """Where a name of the catalogue ends that holds marks itself: 「气相色谱-质谱联用仪监测站」."""
        ends = range(len(text) - 2, max(2, len(text) - LONGEST), -1)
        exact = self.lexicon.exact
        return next((end for end in ends if text[end - 1] not in _MARKS and bare(text[:end]) in exact), 0)

    def _names_a_kind(self, piece: str) -> bool:
        piece = piece.rstrip("-:/")
        return any(hit.end == len(piece) and hit.word.kinds for hit in hits_in(piece, self.lexicon))
