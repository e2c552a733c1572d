"""A page for the terminal: the lines of all renderers, folded to its width, and the drawing of tables.

Lines are of ASCII: box-drawing characters are one cell in some Chinese terminals and two in others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from equipcheck.ground.tables import Table
from equipcheck.report.columns import Columns, cells, heads
from equipcheck.report.folding import cells_of, folded

T = TypeVar("T")

PIPED_WIDTH = 120
NARROWEST = 10
STYLES = {"bold": "1", "bold red": "1;31", "green": "32", "yellow": "33", "magenta": "35", "cyan": "36"}
"""What may be said of a text, as ANSI writes it."""


class Lay(NamedTuple):
    """How a column of a table is laid out; `least` cells it keeps when the window is narrow."""

    folds: bool = True
    right: bool = False
    least: int = 0


class Page:
    """Text that is gathered and then shown at once, with ANSI colours where `colour`."""

    def __init__(self, *, colour: bool, width: int | None) -> None:
        self.colour = colour
        self.width = width or PIPED_WIDTH
        self.lines: list[str] = []

    def text(self) -> str:
        """The whole page, without blanks at the ends of lines."""
        return "".join(f"{line.rstrip()}\n" for line in self.lines)

    def say(self, text: str = "", style: str = "") -> None:
        """A paragraph; without a text an empty line."""
        self.lines += [self._styled(line, style) for line in folded(text, self.width)]

    def heading(self, title: str) -> None:
        """An empty line and a title."""
        self.say()
        self.say(title, "bold")

    def more(self, count: int, most: int, whole: str = "-f json 或 -f md") -> None:
        """How many lines are not shown, and where they are."""
        if count > most:
            self.say(f"  ……另有 {count - most} 条，全部内容见 {whole}")

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """Labels, and what is said of each beside it."""
        self._draw(rows, [Lay(folds=False), Lay()], " ")

    def texts(self, table: Table) -> None:
        """A table of texts, without a rule beneath its headings."""
        lays = [Lay(right=at in table.numeric) for at in range(len(table.headers))]
        self._draw([table.headers, *table.rows], lays, "  ", bold=(0,))

    def table(
        self,
        columns: Columns[T],
        items: Sequence[T],
        *,
        foot: Sequence[str] = (),
        style: Callable[[T], Mapping[int, str]] | None = None,
        before: int = 0,
    ) -> None:
        """A table: numbers to the right, texts folded where the window is narrow; `style` by the place of the cell."""
        lays = [
            Lay(least=int(one.width))
            if one.kind in ("text", "rest")
            else Lay(folds=False, right=one.kind != "word")
            for one in columns
        ]
        rows = [heads(columns), *([str(cell) for cell in cells(columns, item)] for item in items)]
        styles = {at: style(item) for at, item in enumerate(items, 1)} if style else {}
        last = len(rows)
        if foot:
            rows += [[""] * len(lays), list(foot)]
        self._draw(rows, lays, " " * (2 + before), bold=(0, last + 1), rule=True, styles=styles)

    def _draw(
        self,
        rows: Sequence[Sequence[str]],
        lays: Sequence[Lay],
        gap: str,
        *,
        bold: Sequence[int] = (),
        rule: bool = False,
        styles: Mapping[int, Mapping[int, str]] = MappingProxyType({}),
    ) -> None:
        between = len(gap) * (len(lays) - 1)
        widths = _widths(rows, lays, self.width - between)
        for number, row in enumerate(rows):
            columns = [folded(text, width) for text, width in zip(row, widths, strict=True)]
            height = max(map(len, columns))
            for lines in columns:  # headings stand on their rule, all else begins at the top
                empty = [""] * (height - len(lines))
                lines[:] = [*empty, *lines] if number == 0 and bold else [*lines, *empty]
            given = styles.get(number, {})
            for line in zip(*columns, strict=True):
                self.lines.append(
                    gap.join(
                        self._cell(text, width, lay, given.get(at, "bold" if number in bold else ""))
                        for at, (text, width, lay) in enumerate(zip(line, widths, lays, strict=True))
                    )
                )
            if rule and number == 0:
                self.lines.append("-" * (sum(widths) + between))

    def _cell(self, text: str, width: int, lay: Lay, style: str) -> str:
        blank = " " * (width - cells_of(text))
        shown = self._styled(text, style)
        return blank + shown if lay.right else shown + blank

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if style and text and self.colour else text


def _widths(rows: Sequence[Sequence[str]], lays: Sequence[Lay], room: int) -> list[int]:
    """As wide as their longest line; where that is too wide, the widest that may fold give way first."""
    widths = [
        max(lay.least, *(cells_of(line) for text in texts for line in text.split("\n")))
        for lay, *texts in zip(lays, *rows, strict=True)
    ]
    for kept in ([lay.least or NARROWEST for lay in lays], [NARROWEST] * len(lays)):
        floors = [
            min(least, width) if lay.folds else width
            for lay, least, width in zip(lays, kept, widths, strict=True)
        ]
        _narrow(widths, floors, sum(widths) - room)
    return widths


def _narrow(widths: list[int], floors: Sequence[int], excess: int) -> None:
    while excess > 0:
        giving = {at: width for at, width in enumerate(widths) if width > floors[at]}
        if not giving:
            return
        widest = max(giving.values())
        chosen = [at for at, width in giving.items() if width == widest]
        to = max(*(floors[at] for at in chosen), *(width for width in giving.values() if width < widest), 0)
        for left, at in zip(range(len(chosen), 0, -1), chosen, strict=True):
            less = min(widest - to, round(excess / left))
            widths[at] -= less
            excess -= less
