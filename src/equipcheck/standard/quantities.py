"""How many, of what, by what: the forms that a quantity has in a standard's cell (see `grammar`)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from equipcheck.ground.mutable import Mutable
from equipcheck.standard.cell_reader import FinallyNotUnderstood, NotUnderstood, Reader
from equipcheck.standard.tokens import Token

Limit = Literal["floor", "ceiling"]
_MOST = Decimal(10**9)


class Parts(Mutable):
    """What has been read of a body so far."""

    per: str | None = None
    every: Decimal | None = None
    count: int | None = None
    percent: Decimal | None = None
    round: Literal["up", "down"] | None = None
    min: int | None = None
    max: int | None = None
    as_needed: bool = False


class Quantities(Reader):
    """One method a line of the grammar."""

    def __init__(self, words: list[Token], limit: Limit) -> None:
        super().__init__(words)
        self.limit = limit
        self.parts = Parts()
        self.unit: str | None = None
        self.bounded = False  # 每车不少于1套: a further limit would be each vehicle's or the whole's

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
        raise NotUnderstood

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
                raise NotUnderstood
            parts.per, parts.count = fact, 1
        elif not self._take("percent") or value > 10_000 or (by and not (fact or bound)):
            raise NotUnderstood
        elif bound == "min" and self.limit == "ceiling":
            raise NotUnderstood("上限标准里写的是下限，不知最多可配多少")
        else:
            parts.per, parts.percent = fact or "on_roll", value
            parts.round = "down" if bound == "max" else None
        self._verb("give")
        self._verb("counted")

    def _per_group(self) -> None:
        whose = self._fact()  # 执法人员每人1台
        if not self._verb("per"):
            raise NotUnderstood
        self._group()
        if whose not in (None, self.parts.per):
            raise NotUnderstood
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
            raise FinallyNotUnderstood(
                "只写了上限，不知至少配几个" if upper else "只写了下限，不知最多可配几个"
            )
        self.bounded = True
        return True

    def _per_head(self) -> None:
        whose = self._fact()
        if not self._verb("per-head") or whose not in (None, "staff"):
            raise NotUnderstood
        self.parts.per = "staff"
        self.parts.count = self._things()

    def _one_each(self) -> None:
        """「1人1台」, 「一车一套」; of 「3人1台」 nobody is sure."""
        if self._number() != 1:
            raise NotUnderstood
        group = self._take("head") or self._take("vehicle")
        if group is None:
            raise NotUnderstood
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
                raise NotUnderstood
            self._group()
            if not self._mark(")"):
                raise NotUnderstood
        elif self._mark("/"):
            self._verb("per")
            self._group()
        elif not bound and self.limit == "floor":
            self._or_more()
        if bound:
            if self.parts.every is None:
                raise NotUnderstood
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
            raise NotUnderstood
        words = "".join(token.text for token in self.words)
        count = self._things()
        if self.at != len(self.words) and not self._closes():
            raise NotUnderstood
        if upper and self.limit == "floor":
            raise FinallyNotUnderstood(f"只写了上限“{words.replace('max', '不超过')}”，不知至少配多少")
        self.parts.count = count

    def _closes(self) -> bool:
        """Whether only brackets or a duty follow, so that the limit stands alone."""
        rest = self.words[self.at :]
        return all(token.kind == "mark" or token.text in ("optional", "required") for token in rest)

    def _group(self) -> None:
        every = self._number() if self._peek("number") else Decimal(1)
        if every <= 0:
            raise NotUnderstood
        measured = self._measure()
        if every == 1 and self._verb("self"):  # 每单位: the bureau that reads the standard
            self.parts.every = every
            return
        head = self._take("head") or self._take("vehicle")
        per = head.text if head else self._fact()
        if per is None:
            if measured != "辆":
                raise NotUnderstood
            per = "vehicles"  # 每辆1台
        self.parts.per, self.parts.every = per, every

    def _things(self) -> int:
        self._verb("give")
        bare = len(self.words) == 1
        token = self._peek("number")
        value = self._number()
        if value != value.to_integral_value() or value > _MOST:
            raise NotUnderstood
        if self._peek("percent") or (bare and token is not None and token.text == "一"):
            raise NotUnderstood  # a lone 一 may be a dash
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
            raise FinallyNotUnderstood(f"同一格里有两种计量单位（{self.unit}、{unit}）")

    def _try(self, form: Callable[[], None]) -> bool:
        """One form of quantity; what was read is forgotten where it does not fit."""
        start, parts, unit = self.at, self.parts, self.unit
        self.parts = Parts()
        try:
            form()
        except FinallyNotUnderstood:
            raise
        except NotUnderstood:
            self.at, self.parts, self.unit = start, parts, unit
            return False
        return True
