"""Names that no list has in so many words: what a draft writes is read as a ledger's name would be.

A stretch between stops, verbs and numbers that ends on a word for an instrument is given to the matching of names;
only what is clear there is a name here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.match.judge import Judge, Row
from equipcheck.section.drafts.statements.numbers import DIGITS, UNIT
from equipcheck.section.drafts.statements.words import any_of, either, words


class Recognised:
    """Finds names by the words they are made of."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        verbs = [
            one for one in words("closing") if one not in ("检定", "校准", "装备", "改善", "共享", "检修")
        ]
        apart = any_of([*words("apart"), *verbs])
        ours = either(("whose", "ours"))
        self._stops = re.compile(rf"[^\u4e00-\u9fffa-z0-9.\-]+|{DIGITS}{UNIT}|{apart}|{ours}")
        self._known: dict[str, str | None] = {}

    @cached_property
    def _judge(self) -> Judge:
        from equipcheck.match.lexicon import load_lexicon

        return Judge(load_lexicon(self._catalogue))

    def find(self, folded: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Stretches of a folded text between two places that are clearly one kind: start, end, kind."""
        at = start
        for stop in [*self._stops.finditer(folded, start, end), None]:
            to = stop.start() if stop else end
            if to - at >= 3 and _HEADED.search(folded[at:to]):
                kind = self._kind(folded[at:to])
                if kind is not None:
                    yield at, to, kind
            at = stop.end() if stop else to

    def _kind(self, text: str) -> str | None:
        if len(text) > 24:
            return None
        if text not in self._known:
            verdict = self._judge.decide(Row(text))
            clear = verdict.decision == "auto" and verdict.kind is not None
            self._known[text] = self._catalogue.resolve(verdict.kind) if clear and verdict.kind else None
        return self._known[text]


_HEADED = re.compile(
    "(?:仪|计|器|机|箱|车|船|艇|服|镜|灯|帽|笔|终端|设备|装置|系统|套装|面具|包|记录仪|工作站|热点|车辆|仪器|相机)$"
)
