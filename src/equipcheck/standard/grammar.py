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

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from equipcheck.ground.mutable import Mutable
from equipcheck.ground.patterns import pattern
from equipcheck.standard.model import Obligation, QuantityRule
from equipcheck.standard.printing import print_cell, print_rule
from equipcheck.standard.tokens import NO_NUMBER, Token, flat, tokens

__all__ = ["Cell", "parse_cell", "print_cell", "print_rule"]

Limit = Literal["floor", "ceiling"]

_MOST = Decimal(10**9)
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
    except _NotUnderstood as reason:
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


class _NotUnderstood(Exception):  # noqa: N818 (control flow inside this module, never an error for the user)
    """The text is outside the grammar; the message, if any, says why."""


class _Parts(Mutable):
    """What has been read of a body so far."""

    per: str | None = None
    every: Decimal | None = None
    count: int | None = None
    percent: Decimal | None = None
    round: Literal["up", "down"] | None = None
    min: int | None = None
    max: int | None = None
    as_needed: bool = False


class _Parser:
    """One pass over the words, one method a line of the grammar."""

    def __init__(self, words: list[Token], limit: Limit) -> None:
        self.words = words
        self.at = 0
        self.limit = limit
        self.parts = _Parts()
        self.unit: str | None = None
        self.duty: Obligation | None = None
        self.bounded = False  # 每车不少于1套: a further limit would be each vehicle's or the whole's

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
                raise _NotUnderstood
        if self.at != len(self.words):
            raise _NotUnderstood
        return Cell(self._rule(), self.duty, self.unit, note)

    # body

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
                    raise _NotUnderstood
                setattr(self.parts, name, self._things())
                return True
        for word in ("down", "up"):
            if self._verb(word):
                if self.parts.round is not None or self.parts.per is None:
                    raise _NotUnderstood
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
            raise _NotUnderstood
        self._measure()
        if not (self._take("head") or self._take("vehicle") or self._fact()):
            raise _NotUnderstood
        self._verb("of")
        self._verb("by")
        if self._heads_again(every):
            pass
        elif self._things() != count:
            raise _NotUnderstood
        self._verb("counted")
        self._verb("give")
        self.parts.round = "up"
        return True

    def _heads_again(self, every: Decimal) -> bool:
        token = self.words[self.at + 1] if self.at + 1 < len(self.words) else None
        if self._peek("number") and token is not None and token.kind in ("head", "vehicle"):
            if self._number() != every:
                raise _NotUnderstood
            self.at += 1
            return True
        return False

    def _quantity(self) -> None:
        for form in (
            self._share,
            self._per_group,
            self._per_head,
            self._one_each,
            self._things_per_group,
            self._bare_limit,
        ):
            if self._try(form):
                return
        raise _NotUnderstood

    def _share(self) -> None:
        """A percentage of heads, or one for each of them: 「按执法人员的50%配备」, 「按编制人数1:1配备」."""
        parts = self.parts
        by = self._verb("by")
        self._verb("give")
        self._verb("of")  # 总数
        bound = "max" if self._verb("max") else "min" if self._verb("min") else None
        fact = self._fact()
        while self._verb("of"):
            pass
        value = self._number()
        if fact and value == 1 and bound is None and self._mark(":"):
            if self._number() != 1:
                raise _NotUnderstood
            parts.per, parts.count = fact, 1
        elif not self._take("percent") or value > 10_000 or (by and not (fact or bound)):
            raise _NotUnderstood
        elif bound == "min" and self.limit == "ceiling":
            raise _NotUnderstood("上限标准里写的是下限，不知最多可配多少")
        else:
            parts.per, parts.percent = fact or "on_roll", value
            parts.round = "down" if bound == "max" else None
        self._verb("give")
        self._verb("counted")

    def _per_group(self) -> None:
        whose = self._fact()  # 执法人员每人1台
        if not self._verb("per"):
            raise _NotUnderstood
        self._group()
        if whose not in (None, self.parts.per):
            raise _NotUnderstood
        self._separator()
        self._verb("each")
        self._bound_of_each()
        self.parts.count = self._things()

    def _bound_of_each(self) -> bool:
        """「每车不少于1套」: the number that a floor asks for, as 「不超过」 is the one that a ceiling allows."""
        upper = self._verb("max")
        if not upper and not self._verb("min"):
            return False
        if upper != (self.limit == "ceiling"):
            raise _FinallyNotUnderstood(
                "只写了上限，不知至少配几个" if upper else "只写了下限，不知最多可配几个"
            )
        self.bounded = True
        return True

    def _per_head(self) -> None:
        whose = self._fact()
        if not self._verb("per-head") or whose not in (None, "staff"):
            raise _NotUnderstood
        self.parts.per = "staff"
        self.parts.count = self._things()

    def _one_each(self) -> None:
        """「1人1台」, 「一车一套」; of 「3人1台」 nobody is sure."""
        if self._number() != 1:
            raise _NotUnderstood
        group = self._take("head") or self._take("vehicle")
        if group is None:
            raise _NotUnderstood
        self.parts.per = group.text
        self.parts.count = self._things()
        self._next_is(Token("other", "机"))

    def _things_per_group(self) -> None:
        start = self.at
        bound = self._verb("min") or self._verb("max")
        self.parts.count = self._things()
        ahead = [token.kind for token in self.words[self.at : self.at + 2]]
        if ahead == ["mark", "unit"] and self._mark("("):  # 1（台/人）
            self._same_unit(self.words[self.at].text)
            self.at += 1
            if not self._mark("/"):
                raise _NotUnderstood
            self._group()
            if not self._mark(")"):
                raise _NotUnderstood
        elif self._mark("/"):
            self._verb("per")
            self._group()
        elif not bound and self.limit == "floor":
            self._or_more()
        if bound:
            if self.parts.every is None:
                raise _NotUnderstood
            end, self.at = self.at, start
            self._bound_of_each()
            self.at = end

    def _or_more(self) -> None:
        """「2台及以上」, 「2台（含）以上」; of 「2台以上」 nobody is sure."""
        if self._verb("or-more"):
            return
        ahead = self.words[self.at : self.at + 4]
        if [token.text for token in ahead] == ["(", "含", ")", "above"]:
            self.at += 4

    def _bare_limit(self) -> None:
        upper = self._verb("max")
        if not upper and not self._verb("min"):
            raise _NotUnderstood
        words = "".join(token.text for token in self.words)
        count = self._things()
        if self.at != len(self.words) and not self._closes():
            raise _NotUnderstood
        if upper and self.limit == "floor":
            raise _FinallyNotUnderstood(f"只写了上限“{words.replace('max', '不超过')}”，不知至少配多少")
        self.parts.count = count

    def _closes(self) -> bool:
        """Whether only brackets or a duty follow, so that the limit stands alone."""
        rest = self.words[self.at :]
        return all(token.kind == "mark" or token.text in ("optional", "required") for token in rest)

    # pieces

    def _group(self) -> None:
        every = self._number() if self._peek("number") else Decimal(1)
        if every <= 0:
            raise _NotUnderstood
        measured = self._measure()
        if every == 1 and self._verb("self"):  # 每单位: the bureau that reads the standard
            self.parts.every = every
            return
        head = self._take("head") or self._take("vehicle")
        per = head.text if head else self._fact()
        if per is None:
            if measured != "辆":
                raise _NotUnderstood
            per = "vehicles"  # 每辆1台
        self.parts.per, self.parts.every = per, every

    def _measure(self) -> str | None:
        token = self._peek("measure") or self._peek("unit")
        if token is not None and token.text in ("名", "位", "个", "辆", "台", "部"):
            self.at += 1
            if token.text in ("台", "部") and self._ahead() != "vehicles":
                raise _NotUnderstood
            return token.text
        return None

    def _things(self) -> int:
        self._verb("give")
        bare = len(self.words) == 1
        token = self._peek("number")
        value = self._number()
        if value != value.to_integral_value() or value > _MOST:
            raise _NotUnderstood
        if self._peek("percent") or (bare and token is not None and token.text == "一"):
            raise _NotUnderstood  # a lone 一 may be a dash
        unit = self._take("unit")
        if unit is not None:
            self._same_unit(unit.text + (self._unit_in_brackets() or self._other_unit()))
        elif bracketed := self._unit_in_brackets():
            self._same_unit(bracketed.strip("（）"))
        return int(value)

    def _unit_in_brackets(self) -> str:
        ahead = self.words[self.at : self.at + 3]
        if [token.kind for token in ahead[1:2]] == ["unit"] and [ahead[0].text, ahead[-1].text] == ["(", ")"]:
            self.at += 3
            return f"（{ahead[1].text}）"
        return ""

    def _other_unit(self) -> str:
        """「每人1台/套」: behind its group a slash can only name the unit in another way."""
        ahead = self.words[self.at : self.at + 2]
        slash = [token.kind for token in ahead] == ["mark", "unit"] and ahead[0].text == "/"
        if self.parts.every is not None and slash:
            self.at += 2
            return f"/{ahead[1].text}"
        return ""

    def _same_unit(self, unit: str) -> None:
        if self.unit is None:
            self.unit = unit
        elif unit not in self.unit and self.unit not in unit:
            raise _FinallyNotUnderstood(f"同一格里有两种计量单位（{self.unit}、{unit}）")

    def _ahead(self) -> str:
        return self.words[self.at].text if self.at < len(self.words) else ""

    def _number(self) -> Decimal:
        token = self._take("number")
        if token is None or token.value is None:
            raise _NotUnderstood
        return token.value

    def _duty(self) -> bool:
        for word in ("optional", "required"):
            if self._verb(word):
                self.duty = word
                return True
        return False

    def _fact(self) -> str | None:
        token = self._take("fact")
        return token.text if token else None

    def _separator(self) -> bool:
        return any(self._mark(mark) for mark in (",", ";", ":"))

    def _mark(self, text: str) -> bool:
        return self._next_is(Token("mark", text))

    def _verb(self, text: str) -> bool:
        return self._next_is(Token("word", text))

    def _next_is(self, token: Token) -> bool:
        found = self.at < len(self.words) and self.words[self.at] == token
        self.at += found
        return found

    def _peek(self, kind: str) -> Token | None:
        token = self.words[self.at] if self.at < len(self.words) else None
        return token if token is not None and token.kind == kind else None

    def _take(self, kind: str) -> Token | None:
        token = self._peek(kind)
        self.at += token is not None
        return token

    def _try(self, form: Callable[[], None]) -> bool:
        """One form of quantity; what was read is forgotten where it does not fit."""
        start, parts, unit = self.at, self.parts, self.unit
        self.parts = _Parts()
        try:
            form()
        except _FinallyNotUnderstood:
            raise
        except _NotUnderstood:
            self.at, self.parts, self.unit = start, parts, unit
            return False
        return True

    def _rule(self) -> QuantityRule:
        parts = self.parts
        if parts.as_needed:
            return QuantityRule(as_needed=True)
        if parts.min is not None and parts.max is not None and parts.min > parts.max:
            raise _NotUnderstood(f"下限 {parts.min} 大于上限 {parts.max}")
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
            raise _NotUnderstood("数量超出常理，请核对原文") from None


class _FinallyNotUnderstood(_NotUnderstood):
    """Understood well enough to say why only a person can answer."""
