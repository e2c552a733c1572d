"""Model families: what a brand's model number says about the kind."""

from __future__ import annotations

from collections.abc import Iterator

from equipcheck.match.lexicon import Lexicon

_SEPARATORS = frozenset(" -_./+()")


def kinds_of_models(text: str, lexicon: Lexicon) -> tuple[tuple[str, ...], str]:
    """The kinds of the longest model family in a spelled text, and the family; ((), "") without one."""
    best = ""
    kinds: list[str] = []
    for start in _starts(text, lexicon):
        plain, joined = _squeezed(text, start)
        for family, kind in lexicon.models.get(plain[:2], ()):
            if (
                len(family) < len(best)
                or not plain.startswith(family)
                or _runs_on(plain, joined, len(family))
            ):
                continue
            if len(family) > len(best):
                best, kinds = family, [kind]
            elif kind not in kinds:
                kinds.append(kind)
            break
    return tuple(kinds), best


def _starts(text: str, lexicon: Lexicon) -> Iterator[int]:
    """Where a model number may begin: at the start of a run of letters and digits, or behind a brand."""
    for at, character in enumerate(text):
        before = text[at - 1] if at else " "
        if not (before.isascii() and before.isalnum()) and character not in _SEPARATORS:
            yield at
            for word in lexicon.words.get(character, ()):
                if "brand" in word.roles and word.latin_right and text.startswith(word.text, at):
                    yield at + len(word.text)


def _squeezed(text: str, start: int) -> tuple[str, list[bool]]:
    """The text from a place without separators, and whether each character joins the one before."""
    plain: list[str] = []
    joined: list[bool] = []
    gap = False
    for character in text[start : start + 32]:
        if character in _SEPARATORS:
            gap = True
            continue
        plain.append(character)
        joined.append(not gap)
        gap = False
    return "".join(plain), joined


def _runs_on(plain: str, joined: list[bool], length: int) -> bool:
    """Whether the number goes on, so that it is another one: 3012 is not 30125, mavic is not mavicx."""
    if length >= len(plain) or not joined[length]:
        return False
    last, following = plain[length - 1], plain[length]
    return (last.isdigit() and following.isdigit()) or (
        last.isascii() and last.isalpha() and following.isascii() and following.isalpha()
    )
