"""Chinese text in a terminal, folded where a line may end.

Chinese may break between any two characters, but not before a closing mark, behind an opening one, or between a
number and what it counts. Lines that go on stand as far in as the first.
"""

from __future__ import annotations

import unicodedata

_OPENING = frozenset("（《〈「『【〔“‘([")
_CLOSING = frozenset("）》〉」』】〕”’、，。；：？！％…—～)],.;:?!%")


def cells_of(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(here: str) -> int:
    """Of one character: Chinese takes two, ambiguous ones (… “ ”) one, marks that sit upon another none."""
    if unicodedata.east_asian_width(here) in "WF":
        return 2
    return 0 if unicodedata.category(here) in ("Mn", "Me", "Cf", "Cc") else 1


def folded(text: str, width: int) -> list[str]:
    """The lines of a text that is `width` cells wide, without characters that no terminal must be handed."""
    if text.isprintable() and cells_of(text) <= width:
        return [text]
    lines = []
    for whole in text.expandtabs().split("\n"):
        line = "".join(one for one in whole if unicodedata.category(one) != "Cc")
        indent = len(line) - len(line.lstrip(" "))
        indent = indent if indent * 4 < width else 0
        ends = breaks(line, width, indent)
        for start, end in zip([0, *ends], [*ends, None], strict=True):
            lines.append(" " * indent * (start > 0) + line[start:end].rstrip())
    return lines


def breaks(text: str, width: int, indent: int = 0) -> list[int]:
    """Where lines of `width` cells end, those after the first by `indent` narrower."""
    found: list[int] = []
    start = used = latest = 0
    room = width
    for at, here in enumerate(text):
        cells = _cells(here)
        if at > start and may_end(text, at):
            latest = at
        if used + cells > room and at > start and not here.isspace():
            start = latest if latest > start else at
            found.append(start)
            used = cells_of(text[start:at])
            room = width - indent
        used += cells
    return found


def may_end(text: str, at: int) -> bool:
    """Whether a line may end before this character."""
    before, here = text[at - 1], text[at]
    if here.isspace() or here in _CLOSING or before in _OPENING:
        return False
    wide = _cells(here) > 1
    if before.isspace():  # 「48 件」 stays together
        return not (wide and text[:at].rstrip()[-1:].isdigit())
    if before.isdigit() and wide:
        return False
    return wide or _cells(before) > 1
