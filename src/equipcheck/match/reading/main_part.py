"""The main part of a name: the last word that can head it decides, with the words before it (`choosing`).

Chinese names end on what the thing is: 「打印机硒鼓」 is a cartridge, 「暗管探测无人船」 a boat.
"""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.catalogue.spelling import bare, has_han
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.choosing import choose
from equipcheck.match.reading.listed import (
    listed_kinds,
    listed_other,
    segments,
    several,
    sharing_head,
    without_listed_parts,
)
from equipcheck.match.reading.sight import Sight
from equipcheck.match.reading.words import (
    Hit,
    Reading,
    Text,
    changes_nothing,
    clean_rest,
    hits_in,
    in_no_word,
)

_CODE_BEHIND = pattern(r"[ a-z0-9.\-]+$")
_TAIL_HEAD = frozenset({"tail", "generic"})  # 「声级计仪器」

SHORT_HEAD = 4
"""So many characters say little beside a bracket that is not understood."""


def whole_name(text: str, lexicon: Lexicon) -> Reading | None:
    """What the catalogue says of the name as a whole; None where it does not know it."""
    whole = bare(text)
    if (known := lexicon.exact.get(whole)) is not None:
        kind, own = known
        name = lexicon.kinds[kind]
        if own:
            return Reading("kind", kind, "exact", 1.0, [f"名称即目录中的“{name}”"], [kind], whole=True)
        return Reading("kind", kind, "alias", 0.99, [f"名称是“{name}”的常见叫法"], [kind], whole=True)
    if (kinds := lexicon.groups.get(whole)) is not None:
        names = "、".join(lexicon.kinds[kind] for kind in kinds)
        return Reading("ask", score=0.5, evidence=[f"是总称，可能是{names}"], kinds=list(kinds))
    return None


def read_main(parts: Text, lexicon: Lexicon) -> Reading:
    """Read the main part of a name; brackets only fill its rules."""
    hits = hits_in(parts.main, lexicon)
    reading = _by_heads(parts, hits, lexicon)
    reading.hidden = len(in_no_word(parts.main, hits))
    return reading


def _by_heads(parts: Text, hits: list[Hit], lexicon: Lexicon) -> Reading:
    main, hits = _without_additions(parts.main, hits, lexicon)
    spans = segments(main)
    if len(spans) > 1:
        if (known := _name_with_marks(main, spans, lexicon)) is not None:
            return known
        listed = listed_kinds(spans, hits)
        if len(listed) > 1:
            return _one_kind(main, spans, lexicon) or several(listed, lexicon)
        if len(listed) == 1 and (other := listed_other(spans, hits)) is not None:
            why = f"一个名称里并列了{lexicon.kinds[listed[0]]}和“{other}”"
            return Reading("ask", score=0.5, evidence=[why], kinds=listed)
        main, hits = without_listed_parts(main, spans, hits)
    tails = [hit for hit in hits if hit.word.neutral and not hit.word.head]
    heads = [hit for hit in hits if hit.word.head]
    if tails:
        heads = [
            hit
            for hit in heads
            if not any(t.start <= hit.start and hit.end <= t.end and t is not hit for t in tails)
        ]
    if any(hit.end == len(main) and hit.word.roles >= _TAIL_HEAD for hit in heads):
        heads = _without_tail_heads(heads)
    extras = [hit for extra in parts.extras for hit in hits_in(extra, lexicon)]
    whole = " ".join((main, *parts.extras))
    end = max((hit.end for hit in heads), default=0)
    while end:
        reading = choose(Sight(main, whole, end, hits, extras, _other_heads(heads, hits, end), lexicon))
        if reading is not None:
            sharing = sharing_head(spans, hits, end, reading) if len(spans) > 1 else []
            return several([*sharing, reading.kind], lexicon) if sharing and reading.kind else reading
        start = min(hit.start for hit in heads if hit.end == end)  # that word was no head here
        end = max((hit.end for hit in heads if hit.end <= start), default=0)
    return _clipped(main, lexicon) or Reading("unknown")


def _one_kind(main: str, spans: Sequence[tuple[int, int]], lexicon: Lexicon) -> Reading | None:
    """One kind by several names, each read for itself: 「随身扫描仪/手持零边距扫描仪」."""
    each = [read_main(Text(main[start:end], ()), lexicon) for start, end in spans]
    least = min(each, key=lambda one: one.score)
    return least if least.kind is not None and len({one.kind for one in each}) == 1 else None


def _clipped(main: str, lexicon: Lexicon) -> Reading | None:
    """A name of the catalogue that lacks its last character: 「便携式电导率」."""
    name = bare(_CODE_BEHIND.sub("", main))
    for end in "仪计器机" if len(name) >= SHORT_HEAD else "":
        if (known := lexicon.exact.get(name + end)) is not None:
            kind, _ = known
            why = f"像是“{name}{end}”少写了一个字"
            return Reading("kind", kind, "pattern", 0.9, [why], [kind], words=(name,))
    return None


def _without_tail_heads(heads: list[Hit]) -> list[Hit]:
    """「声级计仪器」: a general word behind the complete name of a kind is no head."""
    tails = [
        hit
        for hit in heads
        if hit.word.roles >= _TAIL_HEAD and any(o.end == hit.start and o.word.kinds for o in heads)
    ]
    return [hit for hit in heads if not any(t.start < hit.end for t in tails)]


def _without_additions(main: str, hits: list[Hit], lexicon: Lexicon) -> tuple[str, list[Hit]]:
    """「SE40无人船搭载水质监测仪」: what follows the opener is not the name."""
    for hit in sorted(hits, key=lambda one: one.start):
        if "addition" not in hit.word.roles or not 0 < hit.start < hit.end < len(main):
            continue
        longer = any(o.start <= hit.start and o.end >= hit.end and o is not hit and o.word.head for o in hits)
        before = [other.end for other in hits if other.end <= hit.start and other.word.head]
        if not longer and before and clean_rest(main[max(before) : hit.start], hits, max(before), lexicon):
            return main[: hit.start], [other for other in hits if other.end <= hit.start]
    return main, hits


def _other_heads(heads: Sequence[Hit], hits: Sequence[Hit], end: int) -> list[Hit]:
    """Complete names of kinds that stand before the last head: 「执法记录仪」 in 「执法记录仪充电座」.

    None inside a longer one, or inside a word that changes nothing: the 「微机」 of 「微机型」.
    """
    strong = [hit for hit in heads if hit.word.kinds and hit.end < end and has_han(hit.text)]
    if not strong:
        return strong
    longer = strong + [hit for hit in hits if hit.word.neutral]
    return [
        hit
        for hit in strong
        if not any(o is not hit and o.start <= hit.start and o.end >= hit.end for o in longer)
    ]


def _name_with_marks(main: str, spans: Sequence[tuple[int, int]], lexicon: Lexicon) -> Reading | None:
    """A name of the catalogue that holds such marks itself, behind a make: 「惠普打印、复印、扫描一体机」."""
    main = _CODE_BEHIND.sub("", main) or main
    for start in range(spans[0][0], spans[0][1]):
        if bare(main[start:]) in lexicon.exact:
            known = whole_name(main[start:], lexicon)
            if known is None or not changes_nothing(main[:start], lexicon):
                return None
            return known.but(method="pattern", score=0.97, words=(main[start:],), whole=False)
    return None
