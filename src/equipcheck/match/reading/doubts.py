"""What speaks for asking although a kind was found."""

from __future__ import annotations

from equipcheck.catalogue.spelling import has_han
from equipcheck.match.lexicon.words import NOT_A_KIND
from equipcheck.match.reading.evidence import Candidate
from equipcheck.match.reading.sight import BRACKETS, Sight, first_place, span
from equipcheck.match.reading.words import Hit, clean_rest

_SAYS_NO_KIND = frozenset(NOT_A_KIND)
FIXED = 0.1
"""The score of a fixed, on-line instrument as a portable kind."""


def doubts(best: Candidate, sight: Sight) -> list[tuple[float, str]]:
    """(score at most, why), of everything that the reading leaves open."""
    found: list[tuple[float, str]] = []
    words = sight.lexicon.doubt.get(best.what, ())
    if word := next((word for word in words if sight.stands(word, best.cover)), None):
        found.append((0.65, f"有“{word}”，须核对"))
    elif word := sight.distinguishing(best.what, best.cover):
        found.append((0.64, f"有“{word}”，多半是另一种"))
    if word := sight.fixed(best.cover, best.what):
        found.append((0.62 if sight.portable else FIXED, f"有“{word}”，是固定安装的"))
    found += [(0.6, f"名称里还有“{hit.text}”") for hit in foreign(best, sight)]
    if unknown := _unexplained(best, sight):
        found.append((0.66, f"“{unknown}”含义不明"))
    if not clean_rest(_unread_rest(best, sight), sight.hits, sight.end, sight.lexicon):
        found.append((0.66, f"“{sight.main[sight.end :]}”含义不明"))
    if (part := _part_before(best, sight)) is not None:
        found.append((0.6, f"“{part}”像附件或别的资产，“{best.words[-1]}”像是说它配什么用"))
    if piece := _behind_own_name(best, sight):
        found.append((0.6, f"“{piece}”跟在完整的名称后面，像是它的附件"))
    found += [(0.6, f"以“{act}”开头，可能是服务") for act in sight.lexicon.acts if sight.main.startswith(act)]
    return found


def _unread_rest(best: Candidate, sight: Sight) -> str:
    """What stands behind the head and is no word of the reading: nothing in 「呼吸器正压式」."""
    return "".join(
        " " if best.cover >> at & 1 else one for at, one in enumerate(sight.main[sight.end :], sight.end)
    )


def _unexplained(best: Candidate, sight: Sight) -> str:
    """An unknown word that may make it another thing.

    「执法文件包」: 「包」 alone says too little; 「X射线质量检测仪」: what stands between the words of a rule counts;
    「钢筋扫描仪」: a short word for a thing of everyday use is no scanner of paper.
    """
    word = best.words[-1]
    alone = len(word) == 1 and not any(best.what in hit.word.kinds for hit in sight.blocked)
    if alone or best.cover >= BRACKETS:
        runs = sight.unknown(0, sight.end, best.cover, best.what)
        if any(alone or len(run) > 1 for run in runs):
            return "".join(runs)
        return ""
    several = len(best.words) > 1
    inside = sight.unknown(first_place(best.cover), sight.end, best.cover, best.what) if several else []
    before = [sight.unknown_before(best.cover, best.what)] if word.endswith(sight.lexicon.wide) else []
    return next((run for run in (*inside, *before) if len(run) > 1), "")


def _part_before(best: Candidate, sight: Sight) -> str | None:
    """The accessory or other asset that an abbreviation stands behind: 「氢气瓶FID」."""
    if has_han(best.words[-1]):
        return None
    before = sight.main[: sight.end - len(best.words[-1])].rstrip(" -")
    ends = [hit for hit in sight.hits if hit.end == len(before)]
    longest = max(ends, key=lambda hit: len(hit.text), default=None)
    if longest is None:
        return None
    word = longest.word
    names = word.kinds or word.ask or not word.roles & _SAYS_NO_KIND
    return longest.text if word.head and not names else None


def _behind_own_name(best: Candidate, sight: Sight) -> str:
    """What stands behind a complete name of the same kind and has a head of its own: 「急救箱附件包」."""
    text = best.words[-1]
    head = sight.lexicon.words[text]
    start = sight.end - len(text)
    if "generic" in head.roles or not (len(text) == 1 or head.roles & _SAYS_NO_KIND):
        return ""
    for hit in sight.blocked:
        if best.what in hit.word.kinds and hit.end <= start and span(hit.start, hit.end) & best.cover:
            between = span(hit.end, start)
            if len(text) == 1 or not sight.says_nothing(between, best.what):
                return sight.main[hit.end : sight.end]
    return ""


def foreign(best: Candidate, sight: Sight) -> list[Hit]:
    """Names of other kinds that stand in the name and that the reading does not explain."""
    return [
        hit
        for hit in sight.blocked
        if span(hit.start, hit.end) & ~best.cover
        and best.what not in hit.word.kinds
        and best.what not in hit.word.beside
        and not hit.text.endswith(best.words[:-1])
        and not _says_more(hit, best, sight)
        and not _carries(hit, best, sight)
        and not all(sight.excluded(kind, 0) is not None for kind in hit.word.kinds)
    ]


def _carries(hit: Hit, best: Candidate, sight: Sight) -> bool:
    """Whether a vehicle is named before what it carries: 「应急车车载冷藏箱」."""
    vehicles = sight.lexicon.vehicles
    behind = sight.main[hit.end :].startswith(("车载", "车用", "上", "内", "用", "配"))
    return behind and best.what not in vehicles and vehicles.issuperset(hit.word.kinds)


def _says_more(hit: Hit, best: Candidate, sight: Sight) -> bool:
    """Whether only general words of a name stand outside a reading: the 「智能」 of 「智能执法记录仪采集站」."""
    places = span(hit.start, hit.end)
    return bool(places & best.cover) and sight.says_nothing(places & ~best.cover)
