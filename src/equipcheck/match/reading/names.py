"""Reading one name: the whole name looked up, its main part read, what brackets and additions say weighed."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.catalogue.spelling import is_han
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.listed import (
    several,
)
from equipcheck.match.reading.main_part import SHORT_HEAD, read_main, whole_name
from equipcheck.match.reading.words import (
    SEPARATORS,
    Reading,
    Text,
    all_known,
    changes_nothing,
    hits_in,
    is_unit,
    take_apart,
)

_DIGIT = pattern(r"\d")
_COUNTED = pattern(r"\d|^第?[一二两三四五六七八九十甲乙丙丁]+.?$|^.$")
_CONTAINS = pattern(r"(?:(?<=^)|(?<!^)(?!含[\u3400-\u9fff]{0,2}[量率]))(?:内含|含有|包含|包括|含)(.+)$")

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
    reading = read_main(parts, lexicon) if seen is None else _shared(parts, lexicon, seen)
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


def _shared(parts: Text, lexicon: Lexicon, seen: Seen) -> Reading:
    key = parts.main, parts.extras
    found = seen.get(key)
    if found is None:
        found = seen[key] = read_main(parts, lexicon)
    return found.copy()


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
        inner = read_main(Text(extra, ()), lexicon)
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
    found = [read_main(Text(main, (one,)), lexicon).kind for one in SEPARATORS.split(extra) if one]
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
        inner = read_main(Text(parts.main, (purpose,)), lexicon)
        if inner.kind is not None and inner.kind in reading.kinds:
            settle(reading, inner, 0.9, f"括号里写明“{purpose}”")
            return


def settle(reading: Reading, found: Reading, score: float, why: str) -> None:
    """Let an open reading take the kind that was found beside it, with at most this score."""
    reading.outcome, reading.kind, reading.method = "kind", found.kind, "pattern"
    reading.score = min(found.score, score)
    reading.evidence = [why, *found.evidence]
    reading.kinds = [*found.kinds, *(kind for kind in reading.kinds if kind not in found.kinds)]
