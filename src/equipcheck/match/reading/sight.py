"""What is seen of a name: its words, their places, and what stands outside of what a reading explains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from equipcheck.catalogue.spelling import is_han
from equipcheck.match.lexicon.words import NOT_A_KIND, Lexicon
from equipcheck.match.reading.words import Hit

OUTSIDE = 1000  # offset of places in brackets
BRACKETS = 1 << OUTSIDE
"""A cover from here on rests on a word in a bracket."""

_SAYS_NO_KIND = frozenset(NOT_A_KIND)


def span(start: int, end: int) -> int:
    """The bits of the places from start to before end."""
    return (1 << end) - (1 << start)


def first_place(cover: int) -> int:
    """The first place that a reading explains."""
    return (cover & -cover).bit_length() - 1


class Sight(NamedTuple):
    """What is seen of a name: its main part, where the last head ends, the words, other kinds' names."""

    main: str
    whole: str  # with the brackets that belong to the name
    end: int
    hits: Sequence[Hit]
    extras: Sequence[Hit]
    blocked: Sequence[Hit]
    lexicon: Lexicon

    def stands(self, word: str, cover: int) -> bool:
        """Whether a word stands in the name outside what the reading itself explains."""
        if word not in self.whole:
            return False
        start = self.main.find(word)
        while start >= 0:
            if span(start, start + len(word)) & ~cover and not self._inside_longer(start, start + len(word)):
                return True
            start = self.main.find(word, start + 1)
        return word in self.whole[len(self.main) :]

    def excluded(self, kind: str, cover: int) -> str | None:
        """A word outside what a reading explains that rules a kind out."""
        return next((word for word in self.lexicon.excluded.get(kind, ()) if self.stands(word, cover)), None)

    def _inside_longer(self, start: int, end: int) -> bool:
        """Whether what stands there is only part of a word that changes nothing: the 「电脑」 of 「微电脑」."""
        return any(
            hit.start <= start and end <= hit.end and hit.end - hit.start > end - start
            for hit in self.hits
            if hit.word.neutral
        )

    def _between_words(self, hit: Hit) -> bool:
        """Whether it is the end of one word and the beginning of the next: 「显微」 in 「数显微光夜视仪」."""
        left = any(one.start < hit.start < one.end < hit.end for one in self.hits)
        return left and any(hit.start < one.start < hit.end < one.end for one in self.hits)

    def within_neutral(self, hit: Hit) -> bool:
        """Whether a word is only part of one that changes nothing and fills no rule: 「电脑」 of 「微电脑」."""
        start, end, text, _ = hit
        for one_start, one_end, other, one in self.hits:
            if one_start <= start and end <= one_end and other != text and one.neutral and not one.speaks_for:
                return True
        return False

    def crossed(self, hit: Hit) -> bool:
        """Whether a longer word begins inside one and runs on: 「总氮」 in 「总氮氧化物」 is no word there."""
        start, end, _, _ = hit
        for other_start, other_end, _, word in self.hits:
            if (
                start < other_start < end < other_end
                and other_end - other_start > end - start
                and not word.head
            ):
                return True
        return False

    def torn(self, hit: Hit, taken: int) -> bool:
        """Whether a word of one character is a piece of an unknown one: 「水」 of 「降水」, 「声」 of 「声强」."""
        start, end, text, _ = hit
        if end - start > 1 or not is_han(text):
            return False
        known = taken | self._places(
            one for one in self.hits if one.end - one.start > 1 and not (one.start <= start < one.end)
        )
        known |= self._places(one for one in self.hits if one.end - one.start == 1 and one.word.roles)
        return any(
            0 <= at < len(self.main) and is_han(self.main[at]) and not known >> at & 1
            for at in (start - 1, end)
        )

    def distinguishing(self, kind: str, cover: int) -> str | None:
        """A word outside what a reading explains that makes the thing another one: 「车载空调」."""
        return self._outside("distinguishing", cover, kind)

    def field(self, kind: str, cover: int) -> str | None:
        """A word outside what a reading explains that names another trade: 「纺织品甲醛测定仪」."""
        return self._outside("field", cover, kind)

    def _outside(self, role: str, cover: int, kind: str = "") -> str | None:
        """The first word with a role, in a bracket too, that neither the reading nor a rule of the kind explains.

        「（现场比对在线监测数据）」 does not make a thing fixed: of that a bracket's end speaks, see `fixed`.
        """
        for offset, hits in ((0, self.hits), (OUTSIDE, self.extras if role != "fixed" else ())):
            for hit in hits:
                word = hit.word
                if (
                    role in word.roles
                    and span(offset + hit.start, offset + hit.end) & ~cover
                    and kind not in word.speaks_for
                    and kind not in word.beside
                    and (offset or not (self._between_words(hit) or self.within_neutral(hit)))
                ):
                    return hit.text
        return None

    @property
    def portable(self) -> bool:
        """Whether the name says that the thing is carried."""
        return any(word in self.main for word in self.lexicon.portable_words)

    def fixed(self, cover: int, kind: str = "") -> str | None:
        """A word that says: fixed and on-line."""
        if word := self._outside("fixed", cover, kind):
            return word
        extras = [
            form
            for extra in self.whole[len(self.main) :].split(" ")
            if extra
            for form in (extra, extra.removesuffix("式").removesuffix("型"))
        ]
        return next((word for extra in extras for word in self.lexicon.fixed if extra.endswith(word)), None)

    def says_nothing(self, places: int, kind: str = "") -> bool:
        """Whether only general words, or such as speak for a kind, stand there: 「气体」 of 「FID气体分析仪」."""
        return not places & ~self._places(
            hit
            for hit in self.hits
            if "attribute" in hit.word.roles or kind in hit.word.speaks_for or kind in hit.word.beside
        )

    def unknown(self, start: int, end: int, cover: int, kind: str = "") -> list[str]:
        """The runs of Chinese characters there that neither the reading nor a known word accounts for."""
        known = cover | self._places(
            hit
            for hit in self.hits
            if hit.word.roles - _SAYS_NO_KIND
            or hit.word.kinds
            or hit.word.ask
            or hit.word.fills
            or hit.word.speaks_for
            or kind in hit.word.beside
        )
        kept = [
            one if is_han(one) and not known >> (start + at) & 1 else " "
            for at, one in enumerate(self.main[start:end])
        ]
        return "".join(kept).split()

    def unknown_before(self, cover: int, kind: str = "") -> str:
        """The unknown word directly before what a reading explains, unless it says where: 「会议室」."""
        start = first_place(cover)
        runs = self.unknown(0, start, cover, kind)
        word = runs[-1] if runs and self.main[:start].endswith(runs[-1]) else ""
        if word.endswith((*self.lexicon.places, "与")) or self._names_a_line(start - len(word)):
            return ""
        return word

    def _names_a_line(self, start: int) -> bool:
        """Whether a maker's name ends there, so that the unknown word is a line of its products: 「曙光天阔」."""
        return any(hit.end == start and "brand" in hit.word.roles for hit in self.hits)

    @staticmethod
    def _places(hits: Iterable[Hit]) -> int:
        places = 0
        for hit in hits:
            places |= span(hit.start, hit.end)
        return places
