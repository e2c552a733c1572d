"""Whose equipment a clause speaks of, and of which time: carried from clause to clause within a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from equipcheck.section.drafts.names import Target
from equipcheck.section.drafts.statements.form import Turn
from equipcheck.section.drafts.statements.numbers import Number
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.words import words

_SQUAD = re.compile("[中大分]队")
Whose = Literal["", "ours", "parts", "theirs", "acted", "unsure", "before"]
"""`acted`: others were the object of our own act, and what follows may be said of them or of us; `before`: the
sentence before spoke of others; `parts`: each of our squads, who need not lack what they have not of their own."""


@dataclass(slots=True)
class Context:
    """What earlier clauses of the sentence say for those after them."""

    year: int
    near: list[Target] = field(default_factory=list)  # those that the last clause with names named
    of_subject: bool = False  # the last turn was said of names ahead of it
    parted: bool = False  # the clause before told of a part: 「其中1台损坏」
    group: list[Target] = field(default_factory=list)
    turn: Turn | None = None
    words: str = ""  # in which the last turn was said
    counted: bool = False  # it had a number of its own behind it
    left: str = ""  # of the clause that named the subject
    left_ahead: str = ""  # of that, what stood ahead of it
    unread: str = ""  # of the last statement: a clause that goes on with its turn shares the doubt
    whose: Whose = ""
    whose_words: str = ""
    others_here: bool = False  # others stand in this clause
    others_lead: bool = False  # others stood ahead of all else in a clause
    told: str = ""  # the words of others that are reported, once they have spoken
    ruled: bool = False  # a standard's demand was told: what follows without 实有、现有 may belong to it
    foreign: bool = (
        False  # those others are none of the administration: 「我局」 in their words is theirs to say
    )
    inspected: bool = False
    condition: bool = False
    past: bool = False
    past_of: bool = False  # only what is told of the thing is of the past: 「去年购置的」
    coming: bool = False
    period: bool = (
        False  # 「今年」「2023年」 and no 年底: what was not bought in it may be there all the same
    )
    rule: bool = False  # 「原则上每3人1台」: what a rule asks, not what is there
    soon: str = ""  # the word for a plan that holds, if any
    scheduled: bool = False  # a plan was introduced: the years it names are its steps
    hoped: bool = False  # the word for a plan stands in an earlier clause and spoke of money
    pair: list[Target] = field(default_factory=list)  # of which 前者 and 后者 are said
    missing_then: dict[str, Number] = field(default_factory=dict)  # gaps of an earlier time, by name
    spread: bool = False  # they share one number: 「声级计、无人机各1台」
    united: Target | None = None  # the names of a clause that have one number together
    pending: list[tuple[int, Statement]] = field(
        default_factory=list
    )  # 「声级计3台」, with the place of its clause
    leading: set[tuple[int, str]] = field(default_factory=set)  # of those, the subjects of their clauses
    told_of: list[tuple[int, Statement]] = field(
        default_factory=list
    )  # those of which something was told since
    in_all: list[tuple[int, Statement]] = field(default_factory=list)  # 「15台终端中…」
    firm: set[int] = field(default_factory=set)  # clauses that tell of what there is by themselves
    renewed: bool = False  # 「早就想换」「试剂过期」: what does not come is no unit more
    stray: bool = False  # names were counted as something else than what there is: 「比武使用声级计9台」
    at: int = 0  # the clause that is read
    listable: bool = True  # nothing said so far makes a bare 「声级计3台」 anything else than what is there
    listing: bool = False  # a colon opened a list of sentences
    plain: bool = True  # all that was said so far is of equipment, or leads in
    items: set[int] = field(default_factory=set)  # clauses that are an item of a list and nothing else

    def for_item(self) -> Context:
        """What holds on for an item without a verb: 「拟购置：声级计2台；无人机1架」."""
        told = self.turn in ("usable", "unusable", "weak", "no_gap")  # of the item before
        turn, soon = (None, "") if told else (self.turn, self.soon)
        return replace(
            self,
            turn=turn,
            soon=soon,
            group=[],
            near=[],
            pending=[],
            leading=set(),
            firm=set(),
            told_of=[],
            in_all=[],
            stray=False,
            items=set(),
            at=0,
            plain=True,
        )

    def take(self, tokens: Sequence[Token]) -> None:
        """Go through tokens, left to right."""
        for index, token in enumerate(tokens):
            self.past_of = self.past and (self.past_of or token.text.endswith("的"))
            if token.sort == "done" and self.past_of:
                self.past = self.past_of = False  # 「去年反馈的缺口已补齐」
            before = [one for one in tokens[:index] if one.sort not in ("filler", "of", "join")]
            self._take(token, before[-1] if before else None)

    def _take(self, token: Token, before: Token | None) -> None:
        match token.sort:
            case "ours":
                self._ours(token, before)
            case "theirs" | "unsure" | "parts":
                self._others(token, before)
            case "inspected":
                self.inspected = True
            case "condition":
                self.condition = True
            case "past":
                self.past, self.coming = True, False
            case "now":
                self.past = self.coming = False
                self.period = self.period or ("年" in token.text and not re.search("底|末", token.text))
            case "coming":
                self.past, self.coming = False, True
            case "year":
                year = token.number.value if token.number else self.year
                self.past = self.past if self.scheduled else year < self.year
                self.coming = year > self.year
                self.period = self.period or not re.search("底|末", token.text)
            case "soon":
                firm = self.soon in words("time", "plan") and self.soon not in words("time", "hope")
                if not (firm and token.text in words("time", "hope")):  # 「拟申请资金9万元，购置…」
                    self.soon, self.hoped = token.text, False
            case "done":
                self.soon = ""
            case _:
                pass

    def _ours(self, token: Token, before: Token | None) -> None:
        among = before is not None and before.sort == "unsure" and before.at + len(before.text) == token.at
        made_to = before is not None and before.sort == "made_to"
        if among or (self.whose == "theirs" and made_to):
            return
        if self.others_here and not (made_to or (before is not None and before.sort == "act_on")):
            self.whose = "acted"  # 「某企业我局…」
        else:
            self.whose, self.whose_words = "ours", token.text
            self.told = self.told if self.foreign else ""

    def _others(self, token: Token, before: Token | None) -> None:
        self.others_lead = self.others_lead or before is None
        if token.sort == "parts":
            given = before is not None and before.sort == "made_to"  # 「为各环保所配备」
            if self.whose in ("", "ours", "parts"):
                self.whose, self.whose_words = ("unsure" if given else "parts"), token.text
            return
        acted = before is not None and before.sort == "act_on" and before.text != "由"
        self.others_here = self.others_here or not acted
        if token.sort == "unsure":
            if not acted and self.whose not in ("theirs", "before"):
                self.whose, self.whose_words = "unsure", token.text
            return
        self.whose, self.whose_words = ("acted" if acted else "theirs"), token.text

    def new_clause(self, *, own_subject: bool) -> None:
        """A clause with a name of its own before its turn may speak of us again."""
        if own_subject and self.whose == "theirs":
            self.whose = "acted"
        self.others_here = self.past_of = False
        if self.past and self.turn == "no_gap":
            self.past = False  # 「上年反映的不足已解决，新购2台」
        if self.soon in words("time", "soon"):
            self.soon = ""  # 「推进现代化，无人机陆续列装」
        self.hoped = self.soon in words("time", "hope")

    def report(self, text: str) -> None:
        """A clause ended as a report of what others say."""
        self.told, self.foreign = text, self.whose == "theirs"
        if self.whose == "theirs":
            self.whose = "acted"

    @property
    def planning(self) -> bool:
        """Whether a plan holds for certain; 加快、推进 and the like may also tell of what was done."""
        return (self.soon in words("time", "plan") and not self.hoped) or self.coming

    def silent(self) -> str:
        """Why what is said here is no claim on our equipment of this year; empty where it may be one."""
        if self.condition:
            return "条件句，不作判断"
        if self.past:
            return "说的是往年"
        if self.whose == "theirs":
            return f"说的是其他单位（{self.whose_words}）"
        if self.inspected and self.whose != "ours":
            return "说的是检查、查处的情况"
        return ""

    def of_each(self, tokens: Sequence[Token]) -> bool:
        """Whether what is there is told of each of our squads: 「各中队均配备2台」."""
        each = re.match("各|每|[二两三四五六七八九十\\d]+个", self.whose_words) is not None
        summed = any(re.search("共|合计", one.text) for one in tokens)
        dealt = any(re.search("^[均都各]", one.text) for one in tokens if one.sort != "parts")
        single = all(one.number.value == 1 for one in tokens if one.sort == "number" and one.number)
        return (
            self.whose == "parts"
            and each
            and not summed
            and (dealt or single)
            and _SQUAD.search(self.whose_words) is not None
        )

    def doubt(self, turn: Turn | None = None) -> str:
        """What leaves it open whose equipment is meant."""
        if self.whose == "parts" and turn not in ("held", "bought"):
            return self.told or self.whose_words
        return self.told or (self.whose_words if self.whose in ("acted", "unsure", "before") else "")

    @property
    def abroad(self) -> bool:
        """Whether what is said here, or was said just before, is likelier said of others."""
        return self.whose in ("theirs", "unsure", "before") or (self.inspected and self.whose != "ours")
