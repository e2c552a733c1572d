"""Choosing among the readings of a name: the one that explains everything the others explain, and more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equipcheck.match.lexicon.words import NOT_A_KIND
from equipcheck.match.reading.candidates import BRACKETS, Sight, candidates, span
from equipcheck.match.reading.evidence import Candidate, against, because
from equipcheck.match.reading.words import HAN, Hit, Reading, clean_rest

_TYPE = re.compile("[甲乙丙丁]?[型款版号代]")
SHORT_HEAD = 3
"""Heads of so many characters say little behind an unknown word."""

FIXED = 0.1  # the score of a fixed, on-line instrument as a portable kind


def choose(sight: Sight) -> Reading | None:
    """The reading of a name whose last head stands at `sight.end`; None where that word says nothing."""
    evidence: list[str] = []
    standing: list[Candidate] = []
    ruled_out: list[str] = []
    for candidate in candidates(sight):
        word = _ruled_out_by(candidate, sight) if candidate.is_kind else None
        if word is None:
            standing.append(candidate)
        elif candidate.what not in ruled_out:
            ruled_out.append(candidate.what)
            evidence.append(f"有“{word}”，不是{sight.lexicon.kinds[candidate.what]}")
    if not standing:
        return Reading("none", evidence=evidence) if ruled_out else None
    standing.sort(key=lambda one: (-one.cover.bit_count(), _rank(one), one.what))
    best = standing[0]
    if best.is_kind:
        return _kind_reading(best, standing, evidence, sight)
    if best.what in NOT_A_KIND:
        return _no_kind_reading(best, standing, evidence, sight)
    return _open_reading(best, standing, ruled_out, evidence, sight)


def _rank(one: Candidate) -> int:
    """Among readings of equal cover a whole word goes before what is put together from several."""
    whole = len(one.words) == 1
    if one.is_kind:
        return 0 if whole else 2
    return 1 if whole and one.what == "ask" else 3


def _ruled_out_by(candidate: Candidate, sight: Sight) -> str | None:
    return _excluded(candidate.what, candidate.cover, sight)


def _excluded(kind: str, cover: int, sight: Sight) -> str | None:
    words = sight.lexicon.excluded.get(kind, ())
    return next((word for word in words if sight.stands(word, cover)), None)


def _kind_reading(
    best: Candidate, standing: Sequence[Candidate], evidence: Sequence[str], sight: Sight
) -> Reading:
    kind = best.what
    if field := sight.field(kind, best.cover):
        reasons = [because(best, sight.lexicon), f"有“{field}”，是别的行业用的"]
        return Reading("none", evidence=reasons, words=best.words)
    rivals = [one for one in standing if _contradicts(one, best, sight)]
    kinds = [kind]
    for one in (*rivals, *standing):
        kinds += [k for k in ((one.what,) if one.is_kind else one.asks) if k not in kinds]
    doubts = [(0.6, against(one, sight.lexicon)) for one in rivals[:3]]
    doubts += _doubts(best, sight)
    for hit in _foreign(best, sight):
        kinds += [k for k in hit.word.kinds if k not in kinds]
    score = min([0.97, *(score for score, _ in doubts)])
    reasons = [because(best, sight.lexicon), *evidence, *(why for _, why in doubts)]
    if score == FIXED and kind in sight.lexicon.portable:
        return Reading("none", evidence=reasons, words=best.words)
    return Reading("kind", kind, "pattern", score, reasons, kinds, words=best.words)


def _contradicts(one: Candidate, best: Candidate, sight: Sight) -> bool:
    """Whether another reading explains something that the best does not."""
    if one.what == best.what or one.within(best):
        return False
    if one.is_kind:
        if len(best.words) == 1 < len(one.words) and one.cover == best.cover:
            return False  # 「复印一体机」 is a name of the catalogue: its own pieces say nothing against it
        return not any(sight.stands(word, one.cover) for word in sight.lexicon.doubt.get(one.what, ()))
    if one.what == "ask" and (
        best.what in one.asks or not one.asks or _says_nothing(one.cover & ~best.cover, sight)
    ):
        return False
    return one.cover != best.cover


def _says_nothing(places: int, sight: Sight) -> bool:
    """Whether only general words stand there: the 「气体」 of 「FID气体分析仪」."""
    general = 0
    for hit in sight.hits:
        if "attribute" in hit.word.roles:
            general |= span(hit.start, hit.end)
    return not places & ~general


def _doubts(best: Candidate, sight: Sight) -> list[tuple[float, str]]:
    """What speaks for asking although a kind was found: (score at most, why)."""
    found: list[tuple[float, str]] = []
    words = sight.lexicon.doubt.get(best.what, ())
    if word := next((word for word in words if sight.stands(word, best.cover)), None):
        found.append((0.65, f"有“{word}”，须核对"))
    elif word := sight.distinguishing(best.what, best.cover):
        found.append((0.64, f"有“{word}”，多半是另一种"))
    if word := sight.fixed(best.cover):
        found.append((0.62 if sight.portable else FIXED, f"有“{word}”，是固定安装的"))
    found += [(0.6, f"名称里还有“{hit.word.text}”") for hit in _foreign(best, sight)]
    alone = len(best.words[-1]) == 1 and not any(best.what in hit.word.kinds for hit in sight.blocked)
    if (alone or best.cover >= BRACKETS) and (unknown := _unexplained(best, sight)):
        found.append((0.66, f"“{unknown}”含义不明"))  # 「执法文件包」: 「包」 alone says too little
    elif _says_little(best, sight) and len(unknown := _unknown_before(best, sight)) > 1:
        found.append((0.66, f"“{unknown}”含义不明"))  # 「钢筋扫描仪」: no scanner of paper
    if not clean_rest(sight.main[sight.end :], sight.hits, sight.end, sight.lexicon):
        found.append((0.66, f"“{sight.main[sight.end :]}”含义不明"))
    if (part := _part_before(best, sight)) is not None:
        found.append((0.6, f"“{part}”像附件或别的资产，“{best.words[-1]}”像是说它配什么用"))
    found += [(0.6, f"以“{act}”开头，可能是服务") for act in sight.lexicon.acts if sight.main.startswith(act)]
    return found


def _part_before(best: Candidate, sight: Sight) -> str | None:
    """The accessory or other asset that an abbreviation stands behind: 「氢气瓶FID」."""
    if HAN.search(best.words[-1]):
        return None
    before = sight.main[: sight.end - len(best.words[-1])].rstrip(" -")
    ends = [hit.word for hit in sight.hits if hit.end == len(before)]
    longest = max(ends, key=lambda word: len(word.text), default=None)
    if (
        longest is None
        or not longest.head
        or longest.kinds
        or longest.ask
        or not longest.roles & set(NOT_A_KIND)
    ):
        return None
    return longest.text


def _unexplained(best: Candidate, sight: Sight) -> str:
    """Chinese characters before the head that no known word accounts for."""
    known = best.cover
    for hit in sight.hits:
        if hit.word.roles - {"part", "other", "service"} or hit.word.kinds or hit.word.ask or hit.word.fills:
            known |= span(hit.start, hit.end)
    main = sight.main[: sight.end]
    return "".join(one for at, one in enumerate(main) if not known >> at & 1 and HAN.match(one))


def _says_little(best: Candidate, sight: Sight) -> bool:
    """Whether a reading rests on a short word for a thing of everyday use: there are many sorts of 扫描仪."""
    return (
        len(best.words) == 1 and len(best.words[0]) <= SHORT_HEAD and best.what not in sight.lexicon.portable
    )


def _unknown_before(best: Candidate, sight: Sight) -> str:
    """The unknown Chinese word directly before what a reading explains, unless it says where: 「会议室」."""
    known = best.cover
    for hit in sight.hits:
        word = hit.word
        if (
            word.roles - {"part", "other", "service"}
            or word.kinds
            or word.ask
            or word.fills
            or word.speaks_for
        ):
            known |= span(hit.start, hit.end)
    start = at = _start(best.cover)
    while start > 0 and not known >> (start - 1) & 1 and HAN.match(sight.main[start - 1]):
        start -= 1
    unknown = sight.main[start:at]
    return "" if unknown.endswith(sight.lexicon.places) else unknown


def _start(cover: int) -> int:
    """The first place that a reading explains."""
    return (cover & -cover).bit_length() - 1


def _foreign(best: Candidate, sight: Sight) -> list[Hit]:
    """Names of other kinds that stand in the name and that the reading does not explain."""
    return [
        hit
        for hit in sight.blocked
        if span(hit.start, hit.end) & ~best.cover
        and best.what not in hit.word.kinds
        and not hit.word.text.endswith(best.words[:-1])
        and not _says_more(hit, best, sight)
        and not all(_excluded(kind, 0, sight) is not None for kind in hit.word.kinds)
    ]


def _says_more(hit: Hit, best: Candidate, sight: Sight) -> bool:
    """Whether only general words of a name stand outside a reading: the 「智能」 of 「智能执法记录仪采集站」."""
    places = span(hit.start, hit.end)
    return bool(places & best.cover) and _says_nothing(places & ~best.cover, sight)


def _in_unknown_tail(best: Candidate, sight: Sight) -> bool:
    """Whether a word of one character ends an unknown piece behind a dash: the 「树」 of 「执勤服-三棵树」."""
    dash = sight.main.rfind("-", 1, sight.end)
    known = best.cover
    for hit in sight.hits:
        known |= span(hit.start, hit.end)
    return dash > 0 and any(
        not known >> at & 1 and HAN.match(sight.main[at]) for at in range(dash + 1, sight.end)
    )


def _no_kind_reading(
    best: Candidate, standing: Sequence[Candidate], evidence: Sequence[str], sight: Sight
) -> Reading | None:
    word = best.words[-1]
    strong = [
        one
        for one in standing
        if one.is_kind and not one.within(best) and sight.distinguishing(one.what, one.cover) is None
    ]
    if strong:
        why = [against(best, sight.lexicon), *(because(one, sight.lexicon) for one in strong)]
        return Reading("ask", score=0.5, evidence=why, kinds=[one.what for one in strong])
    if len(word) == 1 and _in_unknown_tail(best, sight):
        return None
    if len(word) == 1 and not clean_rest(sight.main[sight.end :], sight.hits, sight.end, sight.lexicon):
        return Reading("unknown", evidence=list(evidence))
    what = {"part": "附件、配件或耗材", "service": "服务或费用", "other": "目录以外的资产"}[best.what]
    other = best.what == "other"
    return Reading("none", evidence=[f"“{word}”是{what}", *evidence], words=(word,), other=other)


def _open_reading(
    best: Candidate,
    standing: Sequence[Candidate],
    ruled_out: Sequence[str],
    evidence: Sequence[str],
    sight: Sight,
) -> Reading:
    word = best.words[-1]
    kinds = [one.what for one in standing if one.is_kind]
    if best.what == "project":
        named = [kind for hit in sight.blocked for kind in hit.word.kinds]
        before = max((hit.end for hit in sight.hits if hit.end < sight.end and hit.word.head), default=0)
        start = sight.end - len(word)
        if (
            not named
            or before < start
            or any(h.end == before and h.word.roles & set(NOT_A_KIND) for h in sight.hits)
        ):
            return Reading("none", evidence=[f"“{word}”说明是项目，不是一件资产"])
        return Reading("ask", score=0.4, evidence=[f"“{word}”像项目名称，不像一件资产"], kinds=named)
    if (fixed := sight.fixed(best.cover)) and not sight.portable:
        return Reading("none", evidence=[f"“{fixed}”说明是固定安装的，不是目录里的种类"])
    if best.what == "ask" and _means_another(best, sight):
        return Reading("unknown", evidence=[f"“{word}”前后的字说的是另一种东西"], kinds=[])
    if best.what == "ask" and len(word) == 1 and _unexplained(best, sight):
        return Reading("none", evidence=[f"“{word}”说不出是哪一种"])
    if best.what == "ask":
        return _ask_reading(best, kinds, evidence, sight)
    if ruled_out:
        return Reading("none", evidence=list(evidence))
    return Reading("unknown", evidence=[f"“{word}”说不出是哪一种"], kinds=kinds, generic=True)


def _means_another(best: Candidate, sight: Sight) -> bool:
    """Whether an open word stands in a name of something else: 「电脑点歌机」, 「土壤水份测定仪」."""
    rest = sight.main[sight.end :]
    behind = (
        not clean_rest(rest, sight.hits, sight.end, sight.lexicon)
        and len(HAN.findall(_TYPE.sub("", rest))) > 1
    )
    between = span(_start(best.cover), sight.end) & ~best.cover
    apart = len(best.words) > 1 and not _says_nothing(between, sight)
    another = sight.distinguishing("", best.cover) or sight.field("", best.cover)
    return behind or apart or bool(another) or len(_unknown_before(best, sight)) > 1


def _ask_reading(best: Candidate, kinds: Sequence[str], evidence: Sequence[str], sight: Sight) -> Reading:
    word = best.words[-1]
    names = sight.lexicon.kinds
    asked = [kind for kind in best.asks if _excluded(kind, best.cover, sight) is None]
    if best.asks and not kinds and not asked:
        first = _excluded(best.asks[0], best.cover, sight)
        return Reading("none", evidence=[*evidence] or [f"有“{first}”，不是{names[best.asks[0]]}"])
    asked += [kind for kind in kinds if kind not in asked]
    told = {kind for hit in sight.blocked for kind in hit.word.kinds if kind in asked}
    if len(told) == 1 and told <= sight.lexicon.vehicles:  # 「越野车 普拉多」: what it is, then which
        (kind,) = told
        why = f"前面写明是{names[kind]}，“{word}”是车型"
        ranked = [kind, *(one for one in asked if one != kind)]
        return Reading("kind", kind, "pattern", 0.9, [why], ranked, words=(word,))
    named = [kind for hit in sight.blocked for kind in hit.word.kinds if kind not in asked]
    reasons = [f"“{word}”可指多种，光看名称定不了", *evidence]
    return Reading("ask", score=0.5, evidence=reasons, kinds=[*named, *asked])
