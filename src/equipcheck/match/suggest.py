"""Nearest names by spelling, for what the rules leave open; distinct names only, in blocks."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.match.lexicon import Lexicon

BLOCK = 4096
TOP = 12


def nearest(texts: Sequence[str], lexicon: Lexicon, count: int = 5) -> list[list[tuple[str, float]]]:
    """For each key of a name: (kind, likeness 0..1) of the nearest kinds, best first.

    A cheap scorer (normalised indel) over all names finds the top few; a dearer one, which forgives
    words in front and behind, orders them. Memory is bounded by the block.
    """
    if not texts:
        return []
    import numpy as np
    from rapidfuzz import fuzz, process

    names = list(lexicon.exact)
    found: list[list[tuple[str, float]]] = []
    for start in range(0, len(texts), BLOCK):
        block = texts[start : start + BLOCK]
        scores = process.cdist(block, names, scorer=fuzz.ratio, dtype=np.uint8)
        top = np.argpartition(scores, -TOP, axis=1)[:, -TOP:]
        for text, row, columns in zip(block, scores, top, strict=True):
            best: dict[str, float] = {}
            for column in columns:
                likeness = float(row[column])
                if likeness < 25:
                    continue
                name = names[column]
                kind = lexicon.exact[name][0]
                score = (0.7 * likeness + 0.3 * fuzz.partial_ratio(text, name)) / 100
                best[kind] = max(best.get(kind, 0.0), round(score, 4))
            found.append(sorted(best.items(), key=lambda one: (-one[1], one[0]))[:count])
    return found
