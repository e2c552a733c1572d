"""Several things in one name: 「照相机、摄像机」, 「pH/电导率仪」, 「照相机及镜头」, 「照相机/电视柜」."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.catalogue.spelling import has_han
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.words import SEPARATORS, Hit, Reading


def several(kinds: list[str], lexicon: Lexicon) -> Reading:
    """The question which of several kinds in one name is meant."""
    names = "、".join(lexicon.kinds[kind] for kind in kinds)
    return Reading("ask", score=0.5, evidence=[f"一个名称里并列了{names}"], kinds=kinds, several=True)


def listed_other(spans: Sequence[tuple[int, int]], hits: Sequence[Hit]) -> str | None:
    """Another asset or a service that stands beside a kind, which is complete: 「照相机/电视柜」."""
    first = _last_word(spans[0], hits)
    last = _last_word(spans[-1], hits)
    if first is None or last is None or first.end != spans[0][1] or not first.word.kinds or last.word.kinds:
        return None
    if last.word.beside.intersection(first.word.kinds):
        return None  # 「台式机+显示器」
    beside = last.end - last.start > 1 and not last.word.ask and bool(last.word.roles & {"other", "service"})
    return last.text if beside else None


def segments(main: str) -> list[tuple[int, int]]:
    """The stretches between the marks and words that join things: (start, end)."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in SEPARATORS.finditer(main):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(main)))
    return [(a, b) for a, b in found if b > a]


def _last_word(span: tuple[int, int], hits: Sequence[Hit]) -> Hit | None:
    """The longest head word that ends last within a stretch."""
    inside = [hit for hit in hits if hit.start >= span[0] and hit.end <= span[1] and hit.word.head]
    return max(inside, key=lambda hit: (hit.end, hit.end - hit.start), default=None)


def listed_kinds(spans: Sequence[tuple[int, int]], hits: Sequence[Hit]) -> list[str]:
    """Kinds that stand side by side in one name, each complete in itself."""
    kinds: list[str] = []
    for span in spans:
        last = _last_word(span, hits)
        if last is None or not has_han(last.text):
            continue
        if len(last.word.kinds) == 1:
            kinds += [kind for kind in last.word.kinds if kind not in kinds]
        elif kinds and last.word.asks and last.end == span[1] and last.word.asks[0] not in kinds:
            kinds += [kind for kind in last.word.asks if kind not in kinds]
    return kinds


def sharing_head(
    spans: Sequence[tuple[int, int]], hits: Sequence[Hit], end: int, reading: Reading
) -> list[str]:
    """Other kinds that share the last head word: the 酸度计 of 「pH/电导率仪」."""
    heads = [hit for hit in hits if hit.end == end and hit.word.ruled]
    kinds: list[str] = []
    for start, stop in spans[:-1]:
        inside = [hit for hit in hits if hit.start >= start and hit.end == stop and hit.word.fills]
        for rule in (rule for hit in inside for head in heads for rule in hit.word.rules_for(head.text)):
            explained = any(hit.text in reading.words for hit in inside)
            if len(rule.slots) == 1 and rule.kind not in ("", reading.kind, *kinds) and not explained:
                kinds.append(rule.kind)
    return kinds


def without_listed_parts(
    main: str, spans: Sequence[tuple[int, int]], hits: list[Hit]
) -> tuple[str, list[Hit]]:
    """「照相机及镜头」 is a camera: accessories listed behind a complete kind are cut."""
    start, end = spans[0]
    tails = {hit.start for hit in hits if hit.end == end and "tail" in hit.word.roles}
    kinds = {kind for hit in hits if hit.end in {end, *tails} for kind in hit.word.kinds}
    if not kinds:
        return main, hits  # 「探地雷达主机及天线」 too
    for span in spans[1:]:
        last = _last_word(span, hits)
        if last is None or last.word.kinds or not ("part" in last.word.roles or last.word.beside & kinds):
            return main, hits
        if any(
            span[0] <= hit.start and hit.end <= last.start and (hit.word.kinds or hit.word.ask)
            for hit in hits
        ):
            return main, hits  # 「防护手套、靴标签」
    return main[start:end], [hit for hit in hits if hit.end <= end]
