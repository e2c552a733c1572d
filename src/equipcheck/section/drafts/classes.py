"""Classes of equipment as measures name them: 「管道探测设备」「到期仪器」「快检设备」「水质采样器材」."""

from __future__ import annotations

import re

from equipcheck.section.drafts.names import Lexicon, Target
from equipcheck.section.drafts.sentences import fold
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.statements.turns import BROKEN, EXPIRED
from equipcheck.section.drafts.statements.words import any_of, words

_HEADS = any_of(words("classes", "heads"))
_CLASS = re.compile(rf"(?P<of>[\u4e00-\u9fffa-z]{{2,14}}?)的?{_HEADS}")
_LAPSED = re.compile(
    any_of(words("classes", "lapsed"))
    + f"[^,;。]{{0,8}}?(?:{_HEADS}|器具)|(?:{_HEADS}|器具)[^,;。]{{0,6}}?(?:送检|检定|校准)"
    "|(?:送检|检定|校准)|送[^,;。]{0,6}检"
)
_BROKEN = re.compile(
    any_of(words("classes", "broken")) + f"[^,;。]{{0,8}}?{_HEADS}|{_HEADS}[^,;。]{{0,6}}?(?:维修|检修|修复)"
)
_RAPID = re.compile(any_of(words("classes", "rapid")) + f"[^,;。]{{0,4}}?{_HEADS}")
_QUICK = re.compile("快|便携|手持|现场|测定|检测|测量|分析")


_TOPICS = tuple(
    tuple(fold(word) for word in words("classes", topic))
    for topic in (
        "pipes", "noise", "odour", "vapours", "dust", "flying", "water", "exhaust", "radiation", "shielding",
        "recording",
    )
)  # fmt: skip


class Classes:
    """Whether a text names a target by a class it belongs to."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def any(self, text: str) -> bool:
        """Whether a text names any class of equipment."""
        return _CLASS.search(text) is not None

    def names(self, text: str, target: Target, said: Statement) -> bool:
        """Whether a measure's words name what a problem speaks of."""
        if said.turn == "unusable" and EXPIRED.search(said.words) and _LAPSED.search(text):
            return True
        if said.turn == "unusable" and BROKEN.search(said.words) and _BROKEN.search(text):
            return True
        spellings = self._lexicon.spellings(target)
        if _RAPID.search(text) and any(_QUICK.search(one) for one in spellings):
            return True
        subjects = [topic for topic in _TOPICS if any(word in text for word in topic)]
        if any(word in spelling for topic in subjects for word in topic for spelling in spellings):
            return _CLASS.search(text) is not None or re.search("服务|检测|监测", text) is not None
        return any(
            stem in spelling
            for found in _CLASS.finditer(text)
            for stem in _stems(found["of"])
            for spelling in spellings
        )


def _stems(words_: str) -> list[str]:
    """The endings of a class's words that may tell a kind: 「购置管道探测」 holds 「管道探测」 and 「管道」."""
    plain = re.sub("(?:便携式?|手持式?|专业|专用|先进|监测|检测|执法|取证|现场|相关|等)+$", "", words_)
    found = []
    for text in {words_, plain}:
        found += [text[-size:] for size in range(2, min(len(text), 6) + 1)]
    common = set(words("filler")) | set(words("closing"))
    return [one for one in found if one not in common and one not in ("监测", "检测", "执法", "仪器", "设备")]
