"""A page for the terminal: one console for all renderers, and the rules of its tables."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table

from equipcheck.report.columns import Columns, cells, heads
from equipcheck.report.prose import Prose, ProseConsole

T = TypeVar("T")

# Lines of ASCII: box-drawing characters are one cell in some Chinese terminals and two in others.
RULES = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
PIPED_WIDTH = 120


class Page:
    """Text that is gathered and then shown at once, with ANSI colours where `colour`."""

    def __init__(self, *, colour: bool, width: int | None) -> None:
        self.stream = io.StringIO()
        self.console: Console = ProseConsole(
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


class Cell:
    """A cell of a table. What stands on one line, as most do, is drawn three times as fast as prose."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text = text
        self.style = style
        self.width = cell_len(text)

    def __rich_measure__(self, _console: Console, _options: ConsoleOptions) -> Measurement:
        return Measurement(self.width, self.width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        gap = options.max_width - self.width
        if gap < 0:
            yield Prose(self.text, style=self.style)
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
    console.print(Prose(title, style="bold"))


def table(
    columns: Columns[T],
    items: Iterable[T],
    *,
    foot: Sequence[str] | None = None,
    style: Callable[[T], Mapping[int, str]] | None = None,
    before: int = 0,
) -> Table:
    """A table: numbers to the right, texts folded where the window is narrow; `style` by the place of the cell."""
    made = Table(
        box=RULES, show_edge=False, pad_edge=False, padding=(0, 1, 0, before), show_footer=foot is not None
    )
    listed = list(items)
    lines = [[str(cell) for cell in cells(columns, item)] for item in listed]
    whole = [one.kind not in ("text", "rest") for one in columns]
    tops, feet = heads(columns), foot or [""] * len(columns)
    for column, unbroken, *texts in zip(columns, whole, tops, feet, *lines, strict=True):
        made.add_column(
            _drawn(texts[0]),
            footer=_drawn(texts[1]),
            justify="right" if unbroken and column.kind != "word" else "left",
            no_wrap=unbroken,
            width=max(map(cell_len, texts)) if unbroken else None,
            overflow="fold",
            min_width=int(column.width) or None,
            ratio=1 if column.kind == "rest" else None,
        )
    for item, line in zip(listed, lines, strict=True):
        styles = style(item) if style else {}
        made.add_row(*(_drawn(text, styles.get(at, "")) for at, text in enumerate(line)))
    return made


def _drawn(text: str, style: str = "") -> Cell | Prose:
    """A cell; prose where it has line breaks, or characters that no terminal must be handed."""
    return Cell(text, style) if text.isprintable() else Prose(text, style=style)


def more(console: Console, count: int, most: int, whole: str = "-f json 或 -f md") -> None:
    """How many lines are not shown, and where they are."""
    if count > most:
        console.print(f"  ……另有 {count - most} 条，全部内容见 {whole}")
