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
from equipcheck.section.drafts.sentences import fold
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
        others = either(("whose", "theirs"), ("whose", "unsure"), ("time", "past"), ("condition",))
        self._stops = re.compile(rf"[^\u4e00-\u9fffa-z0-9.\-]+|{DIGITS}{UNIT}|{apart}|{ours}|{others}|某")
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
            clear = (
                verdict.decision == "auto"
                and verdict.kind is not None
                and self._accounted(text, verdict.kind)
            )
            self._known[text] = self._catalogue.resolve(verdict.kind) if clear and verdict.kind else None
        return self._known[text]

    def _accounted(self, text: str, kind: str) -> bool:
        """Whether every part of a name is of the kind's names or says what an instrument is like."""
        entry = self._catalogue.kinds[self._catalogue.resolve(kind)]
        names = [fold(one) for one in (entry.name, *entry.aliases)]
        at = 0
        while at < len(text):
            size = next(
                (
                    size
                    for size in range(len(text) - at, 0, -1)
                    if any(text[at : at + size] in one for one in names)
                    or (size > 1 and text[at : at + size] in _PLAIN)
                    or text[at : at + size] in _PARTS
                ),
                0,
            )
            if not size or (
                size == 1 and text[at] not in _PARTS and not any(text[at] in one for one in names)
            ):
                return False
            at += size
        return True


_PARTS = frozenset("仪器机计箱车船艇服镜灯帽笔包式型法台测检监高超多单双大小微快速便携全自动")
_PLAIN = frozenset(words("filler"))
_HEADED = re.compile(
    "(?:仪|计|器|机|箱|车|船|艇|服|镜|灯|帽|笔|终端|设备|装置|系统|套装|面具|包|记录仪|工作站|热点|车辆|仪器|相机)$"
)
