"""A page for the terminal: one console for all renderers, and the rules of its tables."""

from __future__ import annotations

import io

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text

# Lines of ASCII: box-drawing characters are one cell in some Chinese terminals and two in others.
RULES = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
PIPED_WIDTH = 120


class Page:
    """Text that is gathered and then shown at once, with ANSI colours where `colour`."""

    def __init__(self, *, colour: bool, width: int | None) -> None:
        self.stream = io.StringIO()
        self.console = Console(
            file=self.stream,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            width=width or PIPED_WIDTH,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self) -> str:
        """The whole page, without blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.stream.getvalue().split("\n"))


class Word:
    """A cell of one word or number that is never broken: drawn three times as fast as a Text."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text = text
        self.style = style
        self.width = cell_len(text)

    def __rich_measure__(self, _console: Console, _options: ConsoleOptions) -> Measurement:
        return Measurement(self.width, self.width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        gap = options.max_width - self.width
        if gap < 0:  # a window too narrow for it
            yield Text(self.text, style=self.style)
            return
        if options.justify == "right":
            yield Segment(" " * gap + self.text)
        elif self.style:
            yield Segment(self.text, console.get_style(self.style))
            yield Segment(" " * gap)
        else:
            yield Segment(self.text + " " * gap)


def heading(console: Console, title: str) -> None:
    """An empty line and a title."""
    console.print()
    console.print(Text(title, style="bold"))
