"""Rows that belong to no asset above or below them, told by their first words."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.ground.patterns import pattern
from equipcheck.ground.signatures import SIGNED
from equipcheck.ledger.sheet import Value
from equipcheck.ledger.values.text import squash, text_of

_SUM = pattern(r".{0,12}(?:合计|小计|总计|共计)(?:$|[:：（(\d])")


def stands_alone(row: Sequence[Value]) -> bool:
    """Whether a row is a sum, or says who signed."""
    first = next((text for cell in row if (text := squash(text_of(cell)))), "")
    return bool(_SUM.match(first) or SIGNED.fullmatch(first))
