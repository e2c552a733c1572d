"""What a clause says of equipment, as parsed: whose, kinds, turn, number, time; and what in it was not understood."""

from __future__ import annotations

from dataclasses import dataclass

from equipcheck.section.drafts.names import Target
from equipcheck.section.drafts.statements.form import Turn
from equipcheck.section.drafts.statements.numbers import Looseness

EXCEPTED = "除…外"
"""The words of a statement on what a sentence takes out."""

PART = "其中"
"""What leaves open of which of several names a part is told."""

REST = "其余"
"""What leaves 「其余…」 open: which units these are."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said of one target. With words in `unread`, nothing may be held against it."""

    turn: Turn
    target: Target
    number: int | None = None
    loose: Looseness = ""
    rate: str | None = None
    fact: str | None = None  # 「人手一台」: the number is one for each of the bureau's `staff`
    per: int = 1  # 「每3人共用1台」: the number is for so many of the fact
    besides: tuple[str, ...] = ()  # requirements that 「除…外」 takes out of a statement on all
    words: str = ""  # the turn as written
    every: bool = False  # 均、全部: said of every unit
    unread: str = ""
    ours: bool = True  # False where it is open whose equipment is meant


@dataclass(frozen=True, slots=True)
class Reading:
    """How a clause was read: its statements, or why it makes none."""

    clause: str
    statements: tuple[Statement, ...] = ()
    silent: str = ""
    named: bool = True  # whether the clause names equipment
