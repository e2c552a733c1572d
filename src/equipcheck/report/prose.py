"""Chinese text in a terminal, folded where a line may end.

Rich breaks lines at blanks, as English wants it, and moves all that stands between two of them to the next line.
Chinese may break between any two characters, but not before a closing mark, behind an opening one, or between a
number and what it counts. Lines that go on stand as far in as the first.
"""

from __future__ import annotations

import itertools
from typing import Any

from rich.cells import get_character_cell_size
from rich.console import Console, ConsoleOptions, JustifyMethod, OverflowMethod, RenderResult
from rich.containers import Lines
from rich.text import Text

_OPENING = frozenset("（《〈「『【〔“‘([")
_CLOSING = frozenset("）》〉」』】〕”’、，。；：？！％…—～)],.;:?!%")


class Prose(Text):
    """A Text that is folded as Chinese is."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """The lines of a text that is `width` cells wide."""
        if no_wrap or self.no_wrap:
            return super().wrap(
                console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=True
            )
        lines = Lines()
        for line in self.split(allow_blank=True):
            line.expand_tabs(tab_size)
            indent = len(line.plain) - len(line.plain.lstrip(" "))
            indent = indent if indent * 4 < width else 0
            folded = line.divide(breaks(line.plain, width, indent))
            for at, piece in enumerate(folded):
                piece.rstrip_end(width)
                if at:
                    piece.pad_left(indent)
            if how := justify or self.justify:
                folded.justify(console, width, justify=how, overflow=overflow or "fold")
            lines.extend(folded)
        return lines


class ProseConsole(Console):
    """A console whose plain strings and texts are prose."""

    def print(self, *objects: Any, **how: Any) -> None:
        """Like `Console.print`, of one object."""
        super().print(
            *(_Whole(_prose(one)) if isinstance(one, (str, Text)) else one for one in objects), **how
        )

    def render_str(self, text: str, **how: Any) -> Text:
        """A string in a cell as prose."""
        return _prose(super().render_str(text, **how))


class _Whole:
    """A text that is not put together with others into one of rich's own."""

    def __init__(self, text: Prose) -> None:
        self.text = text

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        yield self.text


def _prose(text: str | Text) -> Prose:
    if isinstance(text, Prose):
        return text
    if isinstance(text, str):
        return Prose(text)
    return Prose(text.plain, style=text.style, justify=text.justify, overflow=text.overflow, spans=text.spans)


def breaks(text: str, width: int, indent: int = 0) -> list[int]:
    """Where lines of `width` cells end, those after the first by `indent` narrower."""
    found: list[int] = []
    start = used = latest = 0
    room = width
    for at, here in enumerate(text):
        cells = get_character_cell_size(here)
        if at > start and may_end(text, at):
            latest = at
        if used + cells > room and at > start and not here.isspace():
            start = latest if latest > start else at
            found.append(start)
            used = sum(map(get_character_cell_size, itertools.islice(text, start, at)))
            room = width - indent
        used += cells
    return found


def may_end(text: str, at: int) -> bool:
    """Whether a line may end before this character."""
    before, here = text[at - 1], text[at]
    if here.isspace() or here in _CLOSING or before in _OPENING:
        return False
    wide = get_character_cell_size(here) > 1
    if before.isspace():  # 「48 件」 stays together
        return not (wide and text[:at].rstrip()[-1:].isdigit())
    if before.isdigit() and wide:
        return False
    return wide or get_character_cell_size(before) > 1
