"""Descriptions behind a name, as shops write them: 「强光手电筒 充电超亮远射」, 「声级计，1级，带蓝牙打印」.

Where the whole name leaves it open, the shortest front part that is clear by itself decides, if all that
follows only describes the thing. What may be another thing (an accessory, a service, another kind) is asked about.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.pieces import Pieces
from equipcheck.match.reading.words import Hit, clean_rest, hits_in, words_at


class Says(IntEnum):
    """What a piece says of what the thing is."""

    NOTHING = 0
    UNSURE = 1
    ANOTHER = 2


_GAP = pattern(r"(?<=[^\s,，;；|｜])[\s,，;；|｜]+(?=[^\s,，;；|｜])")
_PARTS = pattern(r"[()、/+&:]|(?<=[0-9a-z])(?=[\u3400-\u9fff]{2})")
_WITH = ("带", "含", "配", "送", "赠", "内置", "自带")
_ABLE = ("可", "能", "免", "无", "不", "支持", "具备", "兼容", "适用", "适合", "满足", "符合")
_GENERAL = frozenset({"attribute", "tail", "generic"})
_NO_KIND = frozenset({"part", "service", "project", "other"})
_OTHERWISE = frozenset({"distinguishing", "field", "fixed"})
SHORT = 4
"""A piece of so many characters that ends like an accessory is one: 「声级计 风罩」, not 「机器人 带电缆盘」."""


def fronts(name: str) -> Iterator[tuple[str, list[str]]]:
    """The parts of a name as written up to each gap, shortest first, with the pieces that follow."""
    for gap in _GAP.finditer(name):
        yield name[: gap.start()], pieces(name[gap.end() :])


def pieces(name: str) -> list[str]:
    """The pieces of a name as written, between spaces and commas."""
    return _GAP.split(name)


class _Own(NamedTuple):
    """The name in front, its kind, and the words on which rules of the kind end."""

    front: str
    kind: str
    heads: frozenset[str]

    def knows(self, hit: Hit) -> bool:
        """Whether a word has to do with the kind, or stands in the name too."""
        word = hit.word
        return hit.end - hit.start > 1 and (
            self.kind in (*word.kinds, *word.asks)
            or self.kind in word.speaks_for
            or self.kind in word.beside
            or hit.text in self.front
            or hit.text in self.heads
        )


class Descriptions:
    """Tells pieces that only describe a thing of a kind."""

    def __init__(self, lexicon: Lexicon, pieces: Pieces) -> None:
        self.lexicon = lexicon
        self.pieces = pieces

    def say(self, behind: list[str], front: str, kind: str) -> Says:
        """What pieces say behind a spelled name of a kind."""
        spelled = [self.lexicon.spell(piece) for piece in behind]
        return max(self._piece(piece, front, kind) for piece in spelled)

    def _piece(self, piece: str, front: str, kind: str) -> Says:
        if len(piece) > 1 and self.pieces.says_nothing(piece):
            return Says.NOTHING
        parts = [part for part in _PARTS.split(piece) if part]
        return max((self._part(part, front, kind) for part in parts), default=Says.NOTHING)

    def _part(self, part: str, front: str, kind: str) -> Says:
        lexicon = self.lexicon
        against = (*lexicon.excluded.get(kind, ()), *lexicon.doubt.get(kind, ()))
        if part.startswith(lexicon.acts):
            return Says.UNSURE
        if part in lexicon.kinds[kind]:
            return Says.NOTHING
        if any(word in part for word in against):
            return Says.UNSURE
        if _opened(part, _ABLE, lexicon):
            return Says.NOTHING
        hits = hits_in(part, lexicon)
        opened = _opened(part, _WITH, lexicon)
        if not opened and self._ends_like_a_thing(part, hits):
            return Says.UNSURE
        if not hits and len(part) < SHORT and not part.isascii():
            little = kind not in lexicon.portable and len(front) <= SHORT
            return Says.UNSURE if little else Says.NOTHING
        own = _Own(front, kind, self._heads.get(kind, frozenset()))
        return max((self._word(hit, part, hits, own, opened=opened) for hit in hits), default=Says.NOTHING)

    def _word(self, hit: Hit, part: str, hits: list[Hit], own: _Own, *, opened: bool) -> Says:
        word = hit.word
        if hit.text == part and word.roles & _NO_KIND and not (word.kinds or word.neutral):
            return Says.ANOTHER
        if own.knows(hit) or any(_within(hit, one) for one in hits if own.knows(one)):
            return Says.NOTHING
        if word.roles & _OTHERWISE or self._of_its_class(hit, own.kind):
            return Says.UNSURE
        if not word.head or any(_within(hit, one) for one in hits if one.word.neutral):
            return Says.NOTHING
        return self._thing(hit, part, hits, opened=opened)

    def _thing(self, hit: Hit, part: str, hits: list[Hit], *, opened: bool) -> Says:
        """What a word for another thing says in a piece: it counts where the piece ends on it."""
        word = hit.word
        last = clean_rest(part[hit.end :], hits, hit.end, self.lexicon)
        if word.kinds or word.ask:
            return Says.UNSURE if last else Says.NOTHING
        if opened or word.roles & _GENERAL:
            return Says.NOTHING
        if hit.end - hit.start > 1:
            return Says.ANOTHER if last and word.roles else Says.UNSURE
        if hit.end < len(part):
            return Says.NOTHING
        return Says.ANOTHER if len(part) <= SHORT else Says.UNSURE

    def _ends_like_a_thing(self, part: str, hits: list[Hit]) -> bool:
        """Whether an unknown word is one for a thing by its last character: 「防水罩」, 「使用证」."""
        known = any(hit.end == len(part) and hit.end - hit.start > 1 for hit in hits)
        return part.endswith(self.lexicon.things) and len(part) > 1 and not known

    @functools.cached_property
    def _heads(self) -> dict[str, frozenset[str]]:
        """Kind → the words on which its rules end."""
        found: dict[str, frozenset[str]] = {}
        for rule in {id(rule): rule for word in self.lexicon.words.values() for rule in word.fills}.values():
            found[rule.kind] = found.get(rule.kind, frozenset()) | rule.heads
        return found

    def _of_its_class(self, hit: Hit, kind: str) -> bool:
        """Whether a word speaks for another kind that goes by this one's name: 「打印机 复印扫描一体」."""
        alike = self.lexicon.alike
        return kind in alike and any(alike.get(one) == alike[kind] for one in hit.word.speaks_for)


def _within(hit: Hit, longer: Hit) -> bool:
    """Whether a word is only part of another."""
    return longer.start <= hit.start and hit.end <= longer.end and longer.text != hit.text


def _opened(part: str, openers: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether it tells what is with the thing or what it can do: 「带电缆盘」, 「免安装」; not 「送检」."""
    opener = next((one for one in openers if part.startswith(one)), "")
    longest = max((hit.end for hit in words_at(part, 0, lexicon)), default=0)
    return bool(opener) and longest <= len(opener)
