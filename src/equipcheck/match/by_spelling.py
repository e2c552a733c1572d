"""What likeness of spelling adds to a verdict: a question where a name is near a known one, and what to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.match.judge import Thresholds
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.words import hits_in
from equipcheck.match.verdicts import Verdict

WORTH_SHOWING = 0.5
"""Below this likeness a suggestion is noise."""


def weigh_spelling(
    verdict: Verdict,
    near: Sequence[tuple[str, float]],
    lexicon: Lexicon,
    thresholds: Thresholds,
    text: str,
    *,
    plain: bool,
) -> None:
    """Fill in suggestions by spelling; a name near enough to a known one goes to review.

    `plain` names hold nothing that says what they are: a bare 「便携式检测仪」, 「崂应9999」 is asked about too.
    """
    known = {kind for kind, _ in verdict.suggestions}
    told = _told(text, lexicon)
    near = [(kind, score) for kind, score in near if score >= thresholds.near or kind in told]
    if verdict.decision == "review":
        verdict.suggestions += [(k, round(min(s, verdict.score) * 0.6, 3)) for k, s in near if k not in known]
        verdict.suggestions = verdict.suggestions[:5] or _by_brand(text, near, lexicon)
        return
    if any(word in text for word in lexicon.distinguishing):
        near = []  # it says that it is another thing
    near = [one for one in near if not any(word in text for word in lexicon.excluded.get(one[0], ()))]
    best = near[0][1] if near else 0.0
    if plain or best >= (thresholds.near_generic if verdict.generic else thresholds.near):
        verdict.decision, verdict.method = "review", "fuzzy" if near else "none"
        verdict.score = round(min(best, 0.8), 3)
        near = [one for one in near[:5] if one[1] >= WORTH_SHOWING]
        verdict.suggestions = list(near) if best >= thresholds.near else _by_brand(text, near, lexicon)
        if not verdict.evidence:
            verdict.evidence.append("名称里没有说明是什么的词")
        if near:
            verdict.evidence.append(f"写法接近“{lexicon.kinds[near[0][0]]}”的叫法（{best:.2f}）")


_GENERAL = frozenset({"attribute", "tail", "generic", "brand", "addition", "context"})


def _told(text: str, lexicon: Lexicon) -> set[str]:
    """The kinds that a word of a name has to do with; one that is only spelled alike is no help to anybody.

    「手持GPS」 is like 「手持PID」 in nothing but 「手持」, which says nothing.
    """
    words = [
        hit.word
        for hit in hits_in(text, lexicon)
        if hit.end - hit.start > 1 and hit.word.roles.isdisjoint(_GENERAL)
    ]
    told = {kind for word in words for kind in (*word.kinds, *word.asks, *word.speaks_for)}
    return told.union(*(rule.asks or (rule.kind,) for word in words for rule in word.fills))


def _by_brand(text: str, near: Sequence[tuple[str, float]], lexicon: Lexicon) -> list[tuple[str, float]]:
    """Something to choose from where only a brand, or nothing at all, is known: what the brand is known for first."""
    hits = hits_in(text, lexicon)
    known = [kind for hit in hits for kind in lexicon.brand_kinds.get(hit.text, ())]
    scores = {kind: round(WORTH_SHOWING * 0.85**at, 3) for at, kind in enumerate(dict.fromkeys(known))}
    least = min(scores.values(), default=1.0)
    for kind, score in near:
        scores.setdefault(kind, round(min(score, least * 0.85), 3))
    if not scores:
        return [(kind, 0.0) for kind in lexicon.brand_kinds[""]]
    return sorted(scores.items(), key=lambda one: -one[1])[:5]
