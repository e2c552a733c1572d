"""Whom 「人」 counts where a title or a note says so: 「人数按编制内实有人数计算」, 「每人指在编执法人员」."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from equipcheck.standard.annex.language.marks import NOTE_HEAD
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import longest, words

_MEANT = re.compile(
    r"(?:本表|表中|表内|上表|本标准)?(?:中|内)?(?:所称|所指)?的?[“\"'「]?(?:每?人|人数|人员数?|人均)[”\"'」]?(?:均|都)?(?:是指|系指|指的是|指|即)(?P<who>.+)"
)
_COUNTED = re.compile(
    r"(?P<what>.{0,12}?)(?:均|都|一律)?(?:以|按照?|依据?|根据)(?P<who>[^,，;；。每]{1,20}?)"
    r"(?:为(?:计算)?(?:基数|依据|基础|准)|计算|核算|核定|计)"
)
_AROUND = re.compile(
    "^(?:本单位|各单位|所在单位|本级|各级|本表|实际|年末|上年末|当年)*(?:的)?|(?:的?(?:总数|总人数|数))$"
)
_COUNTED_HEADS = re.compile(
    "(?:编制|人事|组织|部门|核定|核准|批准|并|且|在岗|在编|实有|年末|上年末|当年|执法|人员|人数|数|的|、)+"
)
_HEADS = re.compile("人[数员均]|^每?人$")


@dataclass(frozen=True, slots=True)
class People:
    """Who counts as 人. `per` None: in words that name no fact; `numbers`: said of all numbers, not of heads alone."""

    per: str | None
    words: str
    numbers: bool


def people_in(clause: str) -> People | None:
    """What a clause says of whom 人 counts; None where it speaks of something else."""
    plain = NOTE_HEAD.sub("", squeeze(clause).strip("()"))
    meant = _MEANT.fullmatch(plain)
    if meant:
        return People(_fact(meant["who"]), plain, numbers=False)
    counted = _COUNTED.fullmatch(plain)
    if counted is None:
        return None
    what = re.sub("^(?:本表|表中|表内|上表|所列|以上|上述|各项|的)+", "", counted["what"])
    heads = bool(_HEADS.search(what))
    if not heads and (_no_quantity(what) or not re.search("人|编制|岗", counted["who"])):
        return None
    named = None
    if _COUNTED_HEADS.fullmatch(counted["who"]):  # 执法人员数以编制部门核定并在岗人数为准
        named = next((words().bases[word] for word in words().bases if len(word) > 2 and word in what), None)
    return People(_fact(counted["who"]) or named, plain, numbers=not heads)


def _no_quantity(what: str) -> bool:
    """Whether the words before 「按…计算」 name things rather than the table's numbers."""
    known = words()
    for word in sorted((*known.quantity_words, *known.bounds), key=len, reverse=True):
        what = what.replace(word, "")
    return bool(what)


def _fact(who: str) -> str | None:
    facts = words().bases
    for plain in (who, _AROUND.sub("", who), _AROUND.sub("", _AROUND.sub("", who))):
        if plain in facts:
            return facts[plain]
    return "staff" if _staff().fullmatch(_AROUND.sub("", who)) else None


@functools.cache
def _staff() -> re.Pattern[str]:
    """Enforcement staff with what only says that they are there: 「在编在岗执法人员」."""
    names = longest([word for word, fact in words().bases.items() if fact == "staff" and len(word) > 2])
    return re.compile(f"(?:在编|在岗|在册|实有|现有|的)*(?:{names})")
