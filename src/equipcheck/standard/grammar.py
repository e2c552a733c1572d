"""The grammar of a standard's cells: a text such as 「每3人1台，不少于2台」 to a rule, and back.

    cell     = nothing | dash | "无" | [duty [sep]] body | duty "(" body ")"
    body     = "按需" [duty] | quantity { [sep] limit | "(" limit ")" | "(" duty ")" | sep duty } [rider]
    quantity = things ["及以上"] | [bound] things "/" ["每"] group | number "(" unit "/" group ")"
             | [fact] "每" group [sep] [bound] things | [fact] ("人均" | "人手") things
             | ["按"] ["总数"] [bound] [fact ["的"]] number "%" ["配"] | ["按"] fact "1:1" ["配"]
             | "1" ("人" | "车") things | bound things
    things   = ["配"] number [unit ["(" unit ")"] | "(" unit ")"]
    group    = [number] [measure] ("人" | "车" | "辆" | fact | "单位" | "机构" | "局")
    limit    = ["且"] bound things | "向下取整" | "向上取整" | "不足" group "按" things "计"
    bound    = "不少于" | "不超过"
    duty     = "选配" | "必配"
    rider    = sep "其中…" | "(其中…)" | "(含N…)", a note

docs/cell-grammar.md lists the forms with their rules. Whatever does not fit stays as it was printed
(`QuantityRule(text=…)`), with the reason why a person must answer.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from equipcheck.ground.patterns import pattern
from equipcheck.standard.cell_reader import NotUnderstood
from equipcheck.standard.model import Obligation, QuantityRule
from equipcheck.standard.printing import print_cell, print_rule
from equipcheck.standard.quantities import Limit, Quantities
from equipcheck.standard.tokens import NO_NUMBER, Token, flat, tokens

__all__ = ["Cell", "parse_cell", "print_cell", "print_rule"]

_RIDER = pattern(
    r"(?P<main>[^（(，,；;]+)"
    r"(?:[（(](?P<inside>(?:其中|含|包括)[^（）()]*[0-9一二两三四五六七八九十][^（）()]*)[)）]|[，,；;](?P<behind>其中.+))"
)
_RANGE = pattern("[0-9一二两三四五六七八九十] ?[-~～—–至] ?[0-9一二两三四五六七八九十]")
_HAS_NUMBER = pattern("[0-9０-９一二两三四五六七八九十]")
_SAYS_MORE = pattern("[级队每或]|地区|单位|机构|选配|必配|以上|以下")
"""Words in a rider that may make the number itself another one."""


class Cell(NamedTuple):
    """What a cell says. `rule` None: the column is not named. `question`: why a person must answer."""

    rule: QuantityRule | None
    obligation: Obligation | None = None
    unit: str | None = None
    note: str | None = None
    question: str | None = None


@lru_cache(maxsize=16_384)  # the cells of a table say few different things
def parse_cell(text: str, limit: Limit = "floor") -> Cell:
    """Read one cell of a level column, as displayed. Never raises: what is not understood is a question."""
    words = tokens(text)
    while words and words[-1] == Token("mark", "."):
        words.pop()
    if not words or is_blank(text) or "".join(text.split()) in NO_NUMBER:
        return Cell(None)
    try:
        rider = _RIDER.fullmatch(flat(text))
        note = (rider["inside"] or rider["behind"]) if rider else ""
        if rider and not _SAYS_MORE.search(note):
            return _Parser(tokens(rider["main"]), limit).cell()._replace(note=note)
        return _Parser(words, limit).cell()
    except NotUnderstood as reason:
        original = flat(text)
        return Cell(QuantityRule(text=original), question=str(reason) or _why(original))


def _why(text: str) -> str:
    """Why a person must answer, where the text itself shows it."""
    if _RANGE.search(text):
        return f"“{text}”是一个范围，不知按哪个数"
    if not _HAS_NUMBER.search(text):
        return f"“{text}”里没有数"
    return f"“{text}”读不出数量规则"


@lru_cache(maxsize=4096)
def is_blank(text: str) -> bool:
    """Whether a cell says nothing at all: empty, dashes, 无."""
    words = tokens(text)
    if len(words) == 1 and words[0] == Token("other", "无"):
        return True
    return all(word.kind == "dash" or word == Token("mark", "/") for word in words)


class _Parser(Quantities):
    """One pass over the words: a quantity, and what may stand around it."""

    def __init__(self, words: list[Token], limit: Limit) -> None:
        super().__init__(words, limit)
        self.duty: Obligation | None = None

    def cell(self) -> Cell:
        self._duty()
        note = None
        if self.duty == "optional" and self.at == len(self.words):
            self.parts.count = 1
            note = "原文只写“选配”，没有数量，按1计"
        else:
            bracketed = self.duty is not None and self._mark("(")
            if self.duty is not None and not bracketed:
                self._separator()
            self._body()
            if bracketed and not self._mark(")"):
                raise NotUnderstood
        if self.at != len(self.words):
            raise NotUnderstood
        return Cell(self._rule(), self.duty, self.unit, note)

    def _body(self) -> None:
        if self._verb("as-needed"):
            self.parts.as_needed = True
            if self.duty is None:
                self._duty()
        else:
            self._quantity()
        while self.at < len(self.words) and self._more():
            pass

    def _more(self) -> bool:
        """One limit, rounding or duty after the quantity, bracketed or after a separator."""
        start = self.at
        bracketed = self._mark("(")
        separated = bracketed or self._separator()
        done = self._limit() if not self.parts.as_needed else False
        if not done and separated and self.duty is None:
            done = self._duty()
        if done and bracketed:
            while self._separator() and self._limit():
                pass
            done = self._mark(")")
        if not done:
            self.at = start
        return done

    def _limit(self) -> bool:
        self._verb("and")
        for verb, name in (("min", "min"), ("max", "max")):
            if self._verb(verb):
                if getattr(self.parts, name) is not None or self.bounded:
                    raise NotUnderstood
                setattr(self.parts, name, self._things())
                return True
        for word in ("down", "up"):
            if self._verb(word):
                if self.parts.round is not None or self.parts.per is None:
                    raise NotUnderstood
                self.parts.round = word
                return True
        return self._rest_counts_full()

    def _rest_counts_full(self) -> bool:
        """「不足3人按3人计」, 「尾数不足3人的按1台配备」: rounded up, where the numbers are the group's own."""
        self._verb("rest")
        if not self._verb("short-of"):
            return False
        parts = self.parts
        every, count = parts.every, parts.count
        if parts.round is not None or every is None or self._number() != every:
            raise NotUnderstood
        self._measure()
        if not (self._take("head") or self._take("vehicle") or self._fact()):
            raise NotUnderstood
        self._verb("of")
        self._verb("by")
        if self._heads_again(every):
            pass
        elif self._things() != count:
            raise NotUnderstood
        self._verb("counted")
        self._verb("give")
        self.parts.round = "up"
        return True

    def _heads_again(self, every: Decimal) -> bool:
        token = self.words[self.at + 1] if self.at + 1 < len(self.words) else None
        if self._peek("number") and token is not None and token.kind in ("head", "vehicle"):
            if self._number() != every:
                raise NotUnderstood
            self.at += 1
            return True
        return False

    def _duty(self) -> bool:
        for word in ("optional", "required"):
            if self._verb(word):
                self.duty = word
                return True
        return False

    def _rule(self) -> QuantityRule:
        parts = self.parts
        if parts.as_needed:
            return QuantityRule(as_needed=True)
        if parts.min is not None and parts.max is not None and parts.min > parts.max:
            raise NotUnderstood(f"下限 {parts.min} 大于上限 {parts.max}")
        given = {
            "per": parts.per,
            "every": parts.every if parts.per else None,
            "count": parts.count,
            "percent": parts.percent,
            "round": parts.round,
            "min": parts.min,
            "max": parts.max,
        }
        try:
            return QuantityRule.model_validate(
                {name: value for name, value in given.items() if value is not None}
            )
        except ValueError:
            raise NotUnderstood("数量超出常理，请核对原文") from None
