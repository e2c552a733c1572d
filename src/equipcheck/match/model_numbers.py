"""Model families: what a brand's model number says about the kind."""

from __future__ import annotations

from collections.abc import Iterator

from equipcheck.catalogue.spelling import is_han
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.words import words_at

_RUN = pattern(r"[a-z0-9][a-z0-9 \-_./+()]*")
_SEPARATOR = pattern(r"[ \-_./+()]")
_WORD = pattern(r"(?<![a-z0-9])(?:[a-z0-9]*[a-z][a-z0-9]*(?:[\-./+][a-z0-9]+)*|(?<!\.)[0-9]{4,})")
LONGEST = 24
PLACEHOLDER = "x0"
LONGEST_WORD = 8


def without_models(text: str, lexicon: Lexicon) -> str:
    """A spelled name with PLACEHOLDER for model numbers and the like.

    No reading depends on them, so names that differ only there are one.
    """
    parts: list[str] = []
    done = at = 0
    while found := _WORD.search(text, at):
        start, at = found.span()
        if _has_meaning(text, start, at, lexicon):
            at = start + 1
        else:
            parts += (text[done:start], PLACEHOLDER)
            done = at
    return "".join((*parts, text[done:])) if parts else text


def _has_meaning(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a word of the lexicon begins there, the number to call (12369), or a year: 「2024年」."""
    if text[start:end].isdecimal():
        return text.startswith("12369", start) or (
            text.startswith(("19", "20"), start) and "\u3400" <= text[start + 4 : start + 5] <= "\u9fff"
        )
    return any(
        text[start:stop] in lexicon.latin and not "a" <= text[stop : stop + 1] <= "z"
        for stop in range(start + 1, end + 1)
    )


def kinds_of_models(text: str, lexicon: Lexicon) -> tuple[tuple[str, ...], str]:
    """The kinds of the longest model family in a spelled text, and the family; ((), "") without one."""
    best = ""
    for start in _starts(text, lexicon):
        family = _family_at(text, start, len(best), lexicon)
        if family is not None:
            best = family
    return lexicon.models.get(best, ()), best


def _starts(text: str, lexicon: Lexicon) -> Iterator[int]:
    """Where a model number may begin: a word of letters and digits, a brand's end, a series named in Chinese."""
    for run in _RUN.finditer(text):
        start = run.start()
        yield start
        for gap in _SEPARATOR.finditer(text, start, run.end()):
            if gap.end() < run.end() and not _SEPARATOR.match(text[gap.end()]):
                yield gap.end()
        for hit in words_at(text, start, lexicon):
            if "brand" in hit.word.roles:
                yield hit.end
    for series in lexicon.series.finditer(text):
        if _stands_alone(text, series.start(), lexicon):
            yield series.start()


def _stands_alone(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether a series named in Chinese begins at the start of a word: 「联想昭阳」, not 「何昭阳」."""
    return not is_han(text[start - 1 : start]) or any(
        text[at:start] in lexicon.words for at in range(max(0, start - LONGEST_WORD), start - 1)
    )


def _family_at(text: str, start: int, longer_than: int, lexicon: Lexicon) -> str | None:
    """The longest family that begins at a place, separators left out."""
    joined = _SEPARATOR.sub("", text[start : start + 2 * LONGEST])[:LONGEST]
    longest = min(len(joined), lexicon.model_starts.get(joined[:2], 0))
    for length in range(longest, max(longer_than, 1), -1):
        if joined[:length] in lexicon.models and not _runs_on(text, _end(text, start, length), lexicon):
            return joined[:length]
    return None


def _end(text: str, start: int, length: int) -> int:
    """Where so many characters that are no separators end."""
    for at in range(start, len(text)):
        length -= not _SEPARATOR.match(text[at])
        if not length:
            return at + 1
    return len(text)


def _runs_on(text: str, end: int, lexicon: Lexicon) -> bool:
    """Whether the number goes on, so that it is another one: 3012 is not 30125, mavic is not mavicx."""
    if end >= len(text):
        return False
    last, following = text[end - 1], text[end]
    if is_han(last) and is_han(following):
        return not words_at(text, end, lexicon)  # 「昭阳区」, 「经纬度」
    return (last.isdigit() and following.isdigit()) or (
        last.isascii() and last.isalpha() and following.isascii() and following.isalpha()
    )
