"""One wrong character in a name, as input methods give them: 「水质采洋器」, 「报警议」."""

from __future__ import annotations

from collections.abc import Iterator

from equipcheck.catalogue.spelling import is_han
from equipcheck.match.lexicon.words import NOT_A_KIND, Lexicon
from equipcheck.match.reading.words import all_known, hits_in, in_no_word

SHORTEST = 2
LONG = 4
"""From so many Chinese characters on a like sound is enough; of fewer, 「斜视仪」 is no 「夜视仪」 written wrong."""

UNKNOWN = 5
"""With more unknown characters a name is not known but for one."""

LONGEST_WORD = 8

_NO_KIND = frozenset(NOT_A_KIND) - {"generic"}


class Miswritten:
    """Finds what a name may be if one of its characters is wrong."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._alike = _others(lexicon.lookalikes)
        self._sounds = _others(lexicon.homophones)

    def corrected(self, text: str) -> Iterator[tuple[str, str, str]]:
        """(text, wrong, right) for each character in no known word that, put right, leaves none unknown."""
        size = sum(map(is_han, text))
        hits = hits_in(text, self.lexicon)
        if size < SHORTEST or any(hit.end - hit.start > 1 and hit.word.roles & _NO_KIND for hit in hits):
            return
        open_ = in_no_word(text, hits)
        for at in open_:
            wrong = text[at]
            rights = self._alike.get(wrong, "") + (self._sounds.get(wrong, "") if size >= LONG else "")
            for right in dict.fromkeys(rights):
                other = text[:at] + right + text[at + 1 :]
                if self._in_a_word(other, at) and all_known(other, self.lexicon):
                    yield other, wrong, right

    def _in_a_word(self, text: str, at: int) -> bool:
        """Whether a known word of several characters stands across a place."""
        words, lengths = self.lexicon.words, self.lexicon.lengths
        return any(
            start + length > at and length > 1 and text[start : start + length] in words
            for start in range(max(0, at - LONGEST_WORD + 1), at + 1)
            for length in lengths.get(text[start : start + 2], ())
        )


def _others(groups: tuple[str, ...]) -> dict[str, str]:
    """Each character → those that it may stand for."""
    found: dict[str, str] = {}
    for group in groups:
        for one in group:
            found[one] = found.get(one, "") + group.replace(one, "")
    return found
