"""Required or optional, as a row's own words tell: its name, its remark, its marks and their notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from equipcheck.standard.annex.language.bases import find_basis
from equipcheck.standard.annex.language.bearing import part_in
from equipcheck.standard.annex.language.marks import NOTE_HEAD, Legend
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import Duty, longest, words
from equipcheck.standard.annex.layout.reading import Line
from equipcheck.standard.tokens import flat

CLAUSES = re.compile(r"[，,；;。\n]|(?<![0-9])\.(?![0-9])")
_SOFT = re.compile(
    "(?:根据.{0,6}需要|按需|视情|酌情|有条件|因地制宜|鼓励|推荐)[^,，。]{0,8}(?:选?配[备置]?|选[装用]?)(?:$|[0-9一二两三])"
)
_AS_FITS = re.compile(
    "^(?:由各地|由各?单位|各地|各单位)?可?(?:(?:根据|按照?|视|结合|依据?)(?:各地|本地|当地|自身|实际|工作|业务|具体)*(?:需要|情况|需求|实际|条件)|"
    "按需|视情况?|有条件的|因地制宜)(?:自行|酌情|合理)?"
)
"""What may stand before 选配 and says no more than it does."""
_AROUND = re.compile(
    r"^(?:该项|本项|此项|该装备)?(?:均|为|属于|属|系|是|列为|作为)?|(?:装备|设备|项目|项|品|的)*$"
)


_COUNTING = re.compile(
    "(?:按照?|根据|依据?)(?:实有|实际|当班|在岗|在编|所报|上报|核定|现有|本单位|各单位|的)*(?:人数|人员|车辆|编制|执法)[^,，配计]*(?:配[备置]?|计算?|确定|核定|定)"
)
RIDER = re.compile("其中|[\u4e00-\u9fff]{2}中[^,]{1,8}(?:不少于|不低于|至少|应有|须有)")
"""What says how many of the number are of some make (执法车辆中越野车不少于2辆): the number stands."""
_BOUND = re.compile("(?:不少于|至少|不超过|最多)[0-9一二两三四五六七八九十]+[台套部件辆架个只]")


@dataclass(frozen=True, slots=True)
class Told:
    """A row's obligation where its own words tell it, and the words that leave it open."""

    duty: Duty | None = None
    doubts: tuple[str, ...] = ()
    own: bool = False  # told by the row itself, not by its group or caption


def name_and_duty(text: str) -> tuple[str, Duty | None]:
    """A name without 「（选配）」 at its end or in front, and what that says."""
    plain = flat(text)
    for pattern in _around_names():
        found = pattern.search(plain)
        if found and (rest := (plain[: found.start()] + plain[found.end() :]).strip()):
            return rest, words().duties[found[1]]
    return plain, None


@cache
def _around_names() -> tuple[re.Pattern[str], ...]:
    duty = longest([word for word in words().duties if len(word) > 1])
    return (
        re.compile(rf"\s*[（(【\[]\s*({duty}|选|必)\s*[）)】\]]\s*$"),
        re.compile(rf"^\s*[（(【\[]\s*({duty})\s*[）)】\]]\s*"),
        re.compile(rf"^({duty})[:：]\s*"),
        re.compile(rf"[—－-]+({duty})$"),
    )


def tell(line: Line, in_name: Duty | None, legend: Legend, notes: Mapping[str, str]) -> Told:
    """What a row says of its obligation; the nearest words win."""
    if in_name is not None:
        return Told(in_name, (), own=True)
    column = line.by_role.get("duty", "")
    if (duty := _of_word(column)) is not None:
        return Told(duty, (), own=True)
    doubts = [f"“{flat(column)}”看不出是必配还是选配"] if squeeze(column) else []
    remarks = [
        of_remark(text)
        for text in (
            line.by_role.get("remark", ""),
            line.by_role.get("category", ""),
            *(text for _, text in line.others),
        )
    ]
    notes_ = [of_remark(notes.get(mark, "").lstrip(mark + " :：、.．为")) for mark in line.marks]
    told = next((duty for duty, _ in remarks if duty is not None), None)
    if told is not None and not doubts:
        return Told(told, (), own=True)
    doubts += [doubt for _, doubt in remarks if doubt]
    serial = squeeze(line.by_role.get("serial", "")).rstrip(".、")
    if serial in legend.serials:
        return Told(legend.serials[serial], tuple(doubts), own=True)
    if serial in legend.open_serials:
        doubts.append(f"表注“{legend.open_serials[serial]}”没有读懂，不知是必配还是选配")
    marked = [legend.marks[mark] for mark in line.marks if mark in legend.marks]
    marked += [duty for duty, _ in notes_ if duty is not None]
    if marked:
        return Told(marked[0], tuple(doubts), own=True)
    doubts += [doubt for _, doubt in notes_ if doubt]
    wide = line.duty or legend.every or (legend.others if not doubts else None)
    return Told(wide, tuple(doubts))


def _of_word(text: str) -> Duty | None:
    plain = squeeze(text)
    plain = _chosen(plain) or plain
    return words().duties.get(plain) or words().marks.get(plain)


def _chosen(text: str) -> str:
    """「根据实际情况选配」 as 「选配」; "" where it says more."""
    rest = _AS_FITS.sub("", text)
    return rest if words().duties.get(rest) == "optional" and len(rest) > 1 else ""


@lru_cache(maxsize=4096)
def of_remark(text: str) -> tuple[Duty | None, str]:
    """What a remark says: the obligation where a clause is nothing else, and its words where that is not clear."""
    if not text.strip():
        return None, ""
    found: set[Duty] = set()
    hinted = False
    for clause in CLAUSES.split(text):
        plain = _AROUND.sub("", squeeze(clause).strip('()"“”'))
        plain = _chosen(plain) or plain
        if plain in words().duties and len(plain) > 1:
            found.add(words().duties[plain])
        elif words().duty_hints.search(plain) or _SOFT.search(plain):
            hinted = True
    if len(found) == 1 and not hinted:
        return found.pop(), ""
    return None, f"“{flat(text)}”看不出是必配还是选配" if found or hinted else ""


@lru_cache(maxsize=4096)
def counts_otherwise(text: str) -> str:
    """The words of a remark by which the number would count (每车1台), "" where it speaks of none."""
    for clause in CLAUSES.split(text):
        plain = squeeze(clause)
        if not plain or RIDER.search(plain) or part_in(plain):
            continue
        basis, _ = find_basis(plain)
        if basis is not None and basis.per != "" and (basis.per is not None or re.search("/", basis.words)):
            return flat(clause)
        if _COUNTING.search(plain) or _BOUND.search(plain):
            return flat(clause)
    return ""


def subject_of(clause: str) -> str:
    """What a clause that says how numbers count says it of: its words without those of the count."""
    plain = NOTE_HEAD.sub("", squeeze(clause))
    plain = _COUNTING.sub("", plain)
    return find_basis(plain)[1]
