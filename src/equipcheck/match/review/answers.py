"""What a person wrote as an answer → a kind, `none`, or nothing yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.catalogue.spelling import key
from equipcheck.match.decisions.file import NONE
from equipcheck.problems.nearby import near

NOT_EQUIPMENT = "不是装备"
NOT_YET = "暂不确定"

_NONE = {
    key(text)
    for text in (
        NOT_EQUIPMENT, NONE, "不是", "非装备", "不是目录里的装备", "不属于装备", "不算装备", "不是设备", "无",
        "均不是", "都不是", "不计",
    )
}  # fmt: skip
_NOT_YET = {
    key(text)
    for text in ("", NOT_YET, "不确定", "不清楚", "待定", "待核实", "不知道", "未知", "?", "跳过", "再议")
}
_SCORE = re.compile(r"\s*[（(]\s*\d?\.\d+\s*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer understood: `kind` a kind id or `none`; None: not yet. `wrong` says what was not understood."""

    kind: str | None = None
    wrong: str | None = None  # near match, or "" without one


class Answers:
    """Reads answers: ids, names, aliases, the words for no equipment and for not yet."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.known: dict[str, str] = {}
        self.names: list[str] = []
        for kind in catalogue.kinds.values():
            target = catalogue.resolve(kind.id)
            for name in (kind.id, kind.name, *kind.aliases):
                self.known.setdefault(key(name), target)
            self.names += [kind.id, kind.name]

    def read(self, text: str) -> Answer:
        """What a cell or a typed line means."""
        plain = key(_SCORE.sub("", text.strip()))
        if plain in _NOT_YET:
            return Answer()
        if plain in _NONE:
            return Answer(NONE)
        if plain in self.known:
            return Answer(self.known[plain])
        return Answer(wrong=near(text.strip(), self.names))
