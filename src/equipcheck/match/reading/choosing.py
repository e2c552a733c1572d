"""Choosing among the readings of a name: the one that explains everything the others explain, and more."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.catalogue.spelling import is_han
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import NOT_A_KIND
from equipcheck.match.reading.candidates import candidates
from equipcheck.match.reading.doubts import FIXED, doubts, foreign
from equipcheck.match.reading.evidence import Candidate, against, because
from equipcheck.match.reading.sight import Sight, first_place, span
from equipcheck.match.reading.words import Reading, all_known, clean_rest

_TYPE = pattern("[甲乙丙丁]?[型款版号代]")


def choose(sight: Sight) -> Reading | None:
    """The reading of a name whose last head stands at `sight.end`; None where that word says nothing."""
    evidence: list[str] = []
    standing: list[Candidate] = []
    ruled_out: list[str] = []
    heads: list[str] = []
    for candidate in candidates(sight):
        word = sight.excluded(candidate.what, candidate.cover) if candidate.is_kind else None
        if word is None:
            standing.append(candidate)
            continue
        heads.append(candidate.words[-1])
        if candidate.what not in ruled_out:
            ruled_out.append(candidate.what)
            evidence.append(f"有“{word}”，不是{sight.lexicon.kinds[candidate.what]}")
    standing = [one for one in standing if one.is_kind or not _end_of(one.words[-1], heads)]
    if not standing:
        return Reading("none", evidence=evidence) if ruled_out else None
    standing.sort(key=lambda one: (-one.cover.bit_count(), _rank(one), one.what))
    best = standing[0]
    if best.is_kind:
        return _kind_reading(best, standing, evidence, sight)
    if best.what in NOT_A_KIND:
        return _no_kind_reading(best, standing, evidence, sight)
    return _open_reading(best, standing, ruled_out, evidence, sight)


def _end_of(word: str, heads: Sequence[str]) -> bool:
    """Whether it is only the end of a word that was ruled out: 「成像仪」 of 「人体测温热成像仪」 asks nothing."""
    return any(head != word and head.endswith(word) for head in heads)


def _rank(one: Candidate) -> int:
    """Among readings of equal cover a whole word goes before what is put together from several."""
    whole = len(one.words) == 1
    if one.is_kind:
        return 0 if whole else 2
    return 1 if whole and one.what == "ask" else 3


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
    said = [(0.6, against(one, sight.lexicon)) for one in rivals[:3]] + doubts(best, sight)
    for hit in foreign(best, sight):
        kinds += [k for k in hit.word.kinds if k not in kinds]
    score = min([0.97, *(score for score, _ in said)])
    reasons = [because(best, sight.lexicon), *evidence, *(why for _, why in said)]
    if score == FIXED and kind in sight.lexicon.portable:
        return Reading("none", evidence=reasons, words=best.words)
    return Reading("kind", kind, "pattern", score, reasons, kinds, words=best.words)


def _contradicts(one: Candidate, best: Candidate, sight: Sight) -> bool:
    """Whether another reading explains something that the best does not."""
    if one.what == best.what or one.within(best):
        return False
    more = one.cover & ~best.cover
    if one.what not in NOT_A_KIND and more and sight.says_nothing(more, best.what):
        return False  # 「水质」 of 「水质pH测定仪」 makes it no 水质测定仪
    if one.is_kind:
        if len(best.words) == 1 < len(one.words) and one.cover == best.cover:
            return False  # 「复印一体机」 is a name of the catalogue: its own pieces say nothing against it
        return not any(sight.stands(word, one.cover) for word in sight.lexicon.doubt.get(one.what, ()))
    if one.what == "ask" and (best.what in one.asks or not one.asks):
        return False
    return one.cover != best.cover


def _in_unknown_tail(best: Candidate, sight: Sight) -> bool:
    """Whether a word of one character ends an unknown piece behind a dash: the 「树」 of 「执勤服-三棵树」."""
    dash = sight.main.rfind("-", 1, sight.end)
    known = best.cover
    for hit in sight.hits:
        known |= span(hit.start, hit.end)
    return dash > 0 and any(
        not known >> at & 1 and is_han(sight.main[at]) for at in range(dash + 1, sight.end)
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
        why = f"“{word}”前后的字说的是另一种东西"
        return Reading("unknown", evidence=[why], generic=sight.lexicon.core(word) != word)
    if best.what == "ask" and len(word) == 1 and sight.unknown(0, sight.end, best.cover):
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
        and not all_known(rest, sight.lexicon)
        and sum(map(is_han, _TYPE.sub("", rest))) > 1
    )
    between = span(first_place(best.cover), sight.end) & ~best.cover
    apart = len(best.words) > 1 and not sight.says_nothing(between)
    another = sight.distinguishing("", best.cover) or sight.field("", best.cover)
    return behind or apart or bool(another) or len(sight.unknown_before(best.cover)) > 1


def _ask_reading(best: Candidate, kinds: Sequence[str], evidence: Sequence[str], sight: Sight) -> Reading:
    word = best.words[-1]
    names = sight.lexicon.kinds
    asked = [kind for kind in best.asks if sight.excluded(kind, best.cover) is None]
    if best.asks and not kinds and not asked:
        first = sight.excluded(best.asks[0], best.cover)
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
