"""Words that sum up the names before them, or stand for all equipment: of what a turn is said then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from equipcheck.section.drafts.names import Target
from equipcheck.section.drafts.statements.tokens import Token


def listed(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word for all equipment is an item of a list (「执法车辆、执法设备等」) and not its summing up."""
    return at > 1 and tokens[at - 1].sort == "join" and tokens[at - 1].text in ("、", "和", "及")


def sums_up(tokens: Sequence[Token], at: int, target: Target) -> bool:
    """Whether an umbrella word sums up the names before it: 「防护服、防毒面具等个人防护装备」."""
    before = at - 1
    while before > 0 and tokens[before].sort in ("filler", "of", "aside", "unread"):
        before -= 1
    return (
        target.several
        and before > 0
        and tokens[before].sort in ("listed", "kinds")
        and tokens[before - 1].sort in ("name", "number")
    )


def named(targets: Sequence[Target]) -> list[Target]:
    """「A、B等装备」 speaks of A and B."""
    return [one for one in targets if not one.whole] or list(targets)


def together(targets: Sequence[Target]) -> Target:
    """Several names under one rate: all their rows."""
    several = named(targets)
    if len(several) == 1:
        return several[0]
    rows = tuple(dict.fromkeys(row for one in several for row in one.requirements))
    kinds = tuple(dict.fromkeys(kind for one in several for kind in one.kinds))
    return replace(several[0], requirements=rows, kinds=kinds, whole=not rows)
