"""Reading one name: which kind its words say, what rules kinds out, what stays open.

Chinese names end on what the thing is: 「打印机硒鼓」 is a cartridge, 「暗管探测无人船」 a boat. So the last
head word decides, together with the words before it (`choosing`). Here a name is prepared for that: the
whole name looked up, brackets and additions set aside, lists recognised.
"""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.catalogue.spelling import bare, has_han, is_han
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.choosing import choose
from equipcheck.match.reading.listed import (
    listed_kinds,
    listed_other,
    segments,
    several,
    sharing_head,
    without_description,
    without_listed_parts,
)
from equipcheck.match.reading.sight import Sight
from equipcheck.match.reading.words import (
    SEPARATORS,
    Hit,
    Reading,
    Text,
    all_known,
    changes_nothing,
    clean_rest,
    hits_in,
    in_no_word,
    is_unit,
    take_apart,
)

_CODE_BEHIND = pattern(r"[ a-z0-9.\-]+$")
_DIGIT = pattern(r"\d")
_COUNTED = pattern(r"\d|^第?[一二两三四五六七八九十甲乙丙丁]+.?$|^.$")
_CONTAINS = pattern(r"(?:(?<=^)|(?<!^)(?!含[\u3400-\u9fff]{0,2}[量率]))(?:内含|含有|包含|包括|含)(.+)$")
_TAIL_HEAD = frozenset({"tail", "generic"})  # 「声级计仪器」


SHORT_HEAD = 4
"""So many characters say little beside a bracket that is not understood."""

Seen = dict[tuple[str, tuple[str, ...]], Reading]
"""Main parts read already: names that differ only in an aside, a number of pieces or a year share theirs."""


def read_name(text: str, lexicon: Lexicon, seen: Seen | None = None) -> Reading:
    """Read a spelled name (`Lexicon.spell`)."""
    known = whole_name(text, lexicon)
    if known is not None:
        return known
    parts = take_apart(text, lexicon)
    reading = _read_parts(text, parts, lexicon, seen)
    if reading.kind is None:
        return reading
    if more := _contained_kinds(parts, reading.kind, lexicon):
        if reading.kind not in lexicon.holders:
            return several([reading.kind, *more], lexicon)
        held = "、".join(lexicon.kinds[kind] for kind in more)
        reading.evidence.append(f"里面的{held}是它的一部分，不另算")
    if (other := _made_for(parts.purposes, lexicon)) is not None:
        reading.score = min(reading.score, 0.6)
        reading.evidence.append(f"括号里写明是给“{other}”用的")
    return reading


def _read_parts(text: str, parts: Text, lexicon: Lexicon, seen: Seen | None) -> Reading:
    if (named := _named_in_front(parts, lexicon)) is not None:
        return named
    if parts.main != text and all(changes_nothing(extra, lexicon) for extra in parts.extras):
        known = whole_name(parts.main, lexicon)
        if known is not None and (known.kind is not None or not parts.extras):
            return known  # of several kinds a bracket may say which: 「电脑(台式)」
    if len(parts.extras) == 1 and _is_general(parts.main, lexicon):
        inner = read_name(parts.extras[0], lexicon)
        if inner.kind is not None:
            why = f"“{parts.main}”说不出是哪一种，括号里写明“{parts.extras[0]}”"
            return inner.but(method="pattern", score=min(inner.score, 0.93), evidence=[why, *inner.evidence])
    reading = _read_main(parts, lexicon) if seen is None else _shared(parts, lexicon, seen)
    if reading.outcome == "kind":
        _weigh_brackets(reading, parts, lexicon)
    elif reading.outcome in ("unknown", "ask") and (parts.extras or parts.purposes):
        _ask_brackets(reading, parts, lexicon)
    return reading


def _named_in_front(parts: Text, lexicon: Lexicon) -> Reading | None:
    """The kind that a bracket makes of a name when it is read in front of it: 「扫描仪(便携式)」."""
    for extra in parts.extras:
        for form in (extra, extra.removesuffix("式"), extra + "式"):
            found = whole_name(form + parts.main, lexicon)
            if found is not None and found.kind is not None:
                return found.but(method="pattern", score=0.95, whole=False)
    return None


def _is_general(main: str, lexicon: Lexicon) -> bool:
    """Whether the main part says nothing by itself: 「监测设备」 of 「监测设备(声级计)」."""
    word = lexicon.words.get(main)
    if word is None or word.kinds or word.asks:
        return False
    return word.ask or not word.roles.isdisjoint({"tail", "generic"})


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


def _shared(parts: Text, lexicon: Lexicon, seen: Seen) -> Reading:
    key = parts.main, parts.extras
    found = seen.get(key)
    if found is None:
        found = seen[key] = _read_main(parts, lexicon)
    return found.copy()


def _read_main(parts: Text, lexicon: Lexicon) -> Reading:
    hits = hits_in(parts.main, lexicon)
    reading = _by_heads(parts, hits, lexicon)
    reading.hidden = len(in_no_word(parts.main, hits))
    return reading


def _by_heads(parts: Text, hits: list[Hit], lexicon: Lexicon) -> Reading:
    main, hits = _without_additions(parts.main, hits, lexicon)
    if "," in main:
        main, hits = without_description(main, hits)
    spans = segments(main)
    if len(spans) > 1:
        if (known := _name_with_marks(main, spans, lexicon)) is not None:
            return known
        listed = listed_kinds(spans, hits)
        if len(listed) > 1:
            return several(listed, lexicon)
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


def _contained_kinds(parts: Text, own: str, lexicon: Lexicon) -> list[str]:
    """The other kinds that a name says are contained: 「照相机（含录音笔）」, 「执法车含对讲机、照相机」."""
    texts = [text for text in (parts.main, *parts.purposes) if "含" in text or "包括" in text]
    pieces = [found[1] for text in texts if (found := _CONTAINS.search(text))]
    kinds: list[str] = []
    for piece in pieces:
        for one in SEPARATORS.split(piece):
            word = lexicon.words.get(one)
            if not one or (word is not None and own in word.beside):
                continue  # 「冲锋舟（含挂机）」
            inner = read_name(one, lexicon)
            if inner.outcome in ("kind", "ask"):
                meant = [inner.kind] if inner.kind is not None else inner.kinds
                if own in lexicon.vehicles and inner.outcome == "ask":  # 「遥感检测系统（含车）」
                    meant = [kind for kind in meant if kind not in lexicon.vehicles]
                kinds += [] if own in meant else [kind for kind in meant if kind not in kinds]
    return kinds


def _made_for(purposes: Sequence[str], lexicon: Lexicon) -> str | None:
    """Another asset, or another trade, that a bracket says the thing is for: 「（气相色谱用）」, 「（教学用）」."""
    for purpose in purposes:
        asset = purpose.removesuffix("用").removesuffix("专").removesuffix("配套")
        if any("field" in hit.word.roles for hit in hits_in(purpose, lexicon)):
            return asset
        heads = [hit for hit in hits_in(asset, lexicon) if hit.end == len(asset) and hit.word.head]
        last = max(heads, key=lambda hit: hit.end - hit.start, default=None)
        if asset != purpose and last is not None and "other" in last.word.roles and not last.word.kinds:
            return asset
    return None


def _weigh_brackets(reading: Reading, parts: Text, lexicon: Lexicon) -> None:
    """A bracket may say that it is only an accessory, or name another kind: then it is not that clear."""
    for extra in parts.extras:
        if SEPARATORS.search(extra):
            for one in _kinds_of_list(parts.main, extra, lexicon):
                reading.score = min(reading.score, 0.6)
                reading.kinds += [one] if one not in reading.kinds else []
            continue
        usual = reading.kind in word.beside if (word := lexicon.words.get(extra)) is not None else False
        if extra in reading.words or usual or _is_form(extra, lexicon):
            continue
        if reading.kind is not None and _fills_its_rules(extra, reading.kind, lexicon):
            continue  # 「一体机(打印复印扫描传真)」: what it does
        inner = _read_main(Text(extra, ()), lexicon)
        only_a_part = len("".join(inner.words)) > 1 and all_known(extra, lexicon) and not _DIGIT.search(extra)
        thing = len("".join(inner.words)) > 1 or (extra in inner.words and not is_unit(extra))
        if inner.outcome == "none" and thing and not only_a_part and not _DIGIT.search(extra):
            reading.score = min(reading.score, 0.6)
            reading.evidence.append(f"括号里的“{extra}”像是说另一样东西")
        elif inner.outcome == "none" and only_a_part:
            reading.outcome, reading.kind, reading.method, reading.score = "none", None, "none", 0.0
            reading.evidence.append(f"括号里的“{extra}”说明不是设备本身")
            reading.kinds = []
            return
        if inner.kind in lexicon.vehicles and reading.kind not in lexicon.vehicles:
            continue  # 「路由器(执法车)」: where it is kept
        if inner.kind is not None and inner.kind != reading.kind:
            reading.score = min(reading.score, 0.55)
            reading.evidence.append(f"括号里的“{extra}”又指{lexicon.kinds[inner.kind]}")
            reading.kinds += [inner.kind] if inner.kind not in reading.kinds else []
        elif inner.kind is None and _says_little(reading, lexicon) and not _explained(extra, lexicon):
            reading.score = min(reading.score, 0.66)
            reading.evidence.append(f"括号里的“{extra}”含义不明")


def _kinds_of_list(main: str, extra: str, lexicon: Lexicon) -> list[str]:
    """The kinds, if several, that a name becomes with each word of a bracket: 「衬衣（长袖、短袖）」."""
    found = [_read_main(Text(main, (one,)), lexicon).kind for one in SEPARATORS.split(extra) if one]
    kinds = list(dict.fromkeys(kind for kind in found if kind is not None))
    return kinds if len(kinds) > 1 else []


def _is_form(extra: str, lexicon: Lexicon) -> bool:
    """Whether a bracket names a form: 「望远镜式」, 「流通型」; not 「模型」."""
    return extra.endswith(("式", "型", "法")) and not any(
        hit.end == len(extra) and hit.word.head for hit in hits_in(extra, lexicon)
    )


def _says_little(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a reading rests on a short word of everyday use: 「笔记本」 with 「软皮抄」 behind is no computer."""
    return len("".join(reading.words)) <= SHORT_HEAD and reading.kind not in lexicon.portable


def _explained(extra: str, lexicon: Lexicon) -> bool:
    """Whether a bracket says nothing that could be another thing: figures, known words, a colour."""
    return bool(_COUNTED.search(extra)) or changes_nothing(extra, lexicon) or all_known(extra, lexicon)


def _fills_its_rules(extra: str, kind: str, lexicon: Lexicon) -> bool:
    """Whether a bracket holds nothing but words of which rules of the kind are made."""
    known: set[int] = set()
    for hit in hits_in(extra, lexicon):
        if kind in hit.word.speaks_for:
            known.update(range(hit.start, hit.end))
    return all(at in known or not is_han(character) for at, character in enumerate(extra)) and bool(known)


def _ask_brackets(reading: Reading, parts: Text, lexicon: Lexicon) -> None:
    """Where the main part leaves it open, a bracket may say what it is."""
    for extra in parts.extras:
        inner = read_name(extra, lexicon)
        if inner.kind is not None and (not reading.kinds or inner.kind in reading.kinds):
            settle(reading, inner, 0.93, f"括号里写明“{extra}”")
            reading.bracket = True
            return
    for purpose in parts.purposes:
        inner = _read_main(Text(parts.main, (purpose,)), lexicon)
        if inner.kind is not None and inner.kind in reading.kinds:
            settle(reading, inner, 0.9, f"括号里写明“{purpose}”")
            return


def settle(reading: Reading, found: Reading, score: float, why: str) -> None:
    """Let an open reading take the kind that was found beside it, with at most this score."""
    reading.outcome, reading.kind, reading.method = "kind", found.kind, "pattern"
    reading.score = min(found.score, score)
    reading.evidence = [why, *found.evidence]
    reading.kinds = [*found.kinds, *(kind for kind in reading.kinds if kind not in found.kinds)]


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
