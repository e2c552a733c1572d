"""Nearest names by spelling, for what the rules leave open; distinct names only, in blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from equipcheck.match.lexicon.words import Lexicon

BLOCK = 4096
FEW = 64
TOP = 12
WORTHLESS = 25
SHORT = 3
ONE_WRONG = 0.8
"""The likeness of a name of three characters to one that differs in one of them."""

SOUNDS_ALIKE = 0.9
"""The likeness of names that differ only in characters mistaken for each other."""


def nearest(texts: Sequence[str], lexicon: Lexicon, count: int = 5) -> list[list[tuple[str, float]]]:
    """For each key of a name: (kind, likeness 0..1) of the nearest kinds, best first.

    A cheap scorer (normalised indel) over all names finds the top few; a dearer one, which forgives
    words in front and behind, orders them. Memory is bounded by the block.
    """
    names = list(lexicon.exact)
    short = _short_names(names)
    tops = _few(texts, names) if len(texts) <= FEW else _many(texts, names)
    sounds: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        sounds.setdefault(lexicon.sound(name), []).append(at)
    return [
        _order(text, top, _miswritten(text, short, lexicon), sounds.get(lexicon.sound(text), []), lexicon)[
            :count
        ]
        for text, top in zip(texts, tops, strict=True)
    ]


def _short_names(names: Sequence[str]) -> dict[str, list[int]]:
    """Names of three characters by what is left of them when one is wrong: 「望_镜」 → 望远镜.

    Not the last: it says what the thing is, and a 「救生哨」 is no 「救生衣」 written wrong (see `alike`).
    """
    found: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        if len(name) == SHORT and not name.isascii():
            for blurred in _blurred(name):
                found.setdefault(blurred, []).append(at)
    return found


def _blurred(name: str) -> list[str]:
    return [name[:at] + "_" + name[at + 1 :] for at in range(len(name) - 1)]


def _miswritten(text: str, short: Mapping[str, list[int]], lexicon: Lexicon) -> list[int]:
    """Names that a text of three characters is but for one: a likeness too small for the scorer says a lot.

    What belongs to a known word is not written wrong: 「电动机」 is no 「电话机」.
    """
    if len(text) != SHORT:
        return []
    known = [text[at : at + 2] in lexicon.words for at in (0, 1)]
    wrong = (not known[0], not (known[0] or known[1]))
    return [
        at for blurred, may in zip(_blurred(text), wrong, strict=True) if may for at in short.get(blurred, ())
    ]


_Top = list[tuple[int, float]]  # position in the list of names, likeness 0..100


def _few(texts: Sequence[str], names: Sequence[str]) -> list[_Top]:
    """One by one: for a bureau's handful of doubtful names, importing numpy would take longer."""
    from rapidfuzz import fuzz, process

    return [
        [(at, score) for _, score, at in process.extract(text, names, scorer=fuzz.ratio, limit=TOP)]
        for text in texts
    ]


def _many(texts: Sequence[str], names: Sequence[str]) -> list[_Top]:
    import numpy as np
    from rapidfuzz import fuzz, process

    tops: list[_Top] = []
    for start in range(0, len(texts), BLOCK):
        scores = process.cdist(texts[start : start + BLOCK], names, scorer=fuzz.ratio, dtype=np.float32)
        best = np.argpartition(scores, -TOP, axis=1)[:, -TOP:]
        tops += [
            [(int(at), float(row[at])) for at in columns] for row, columns in zip(scores, best, strict=True)
        ]
    return tops


def _order(
    text: str, top: _Top, miswritten: Sequence[int], alike: Sequence[int], lexicon: Lexicon
) -> list[tuple[str, float]]:
    names = list(lexicon.exact)
    best: dict[str, float] = {}
    scored = [(at, ONE_WRONG) for at in miswritten] + [(at, SOUNDS_ALIKE) for at in alike]
    scored += [
        (at, _likeness(text, names[at], likeness, lexicon)) for at, likeness in top if likeness >= WORTHLESS
    ]
    for at, score in scored:
        kind = lexicon.exact[names[at]][0]
        best[kind] = max(best.get(kind, 0.0), round(score, 4))
    return sorted(best.items(), key=lambda one: (-one[1], one[0]))


def _likeness(text: str, name: str, likeness: float, lexicon: Lexicon) -> float:
    """How like a name is, 0..1. Of instruments what stands before 「分析仪」 counts: 「血气」 is not 「烟气」.

    A name's end speaks against being another: 「手提电脑验光仪」 ends on another word than 「手提电脑」.
    """
    from rapidfuzz import fuzz

    core, other = lexicon.core(text), lexicon.core(name)
    general = core in lexicon.words and "attribute" in lexicon.words[core].roles
    if core != text and other != name and core and other and not general:
        return fuzz.ratio(core, other) / 100
    same_end = text[-1:] == name[-1:] or text[-1:] not in lexicon.words
    inside = fuzz.partial_ratio(text, name) if same_end else 0.0
    return (0.7 * likeness + 0.3 * inside) / 100
