"""Tables on the terminal: nothing cut off, widths right for Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipcheck.cli.options import terminal_width

if TYPE_CHECKING:
    from equipcheck.ground.tables import Table

UNBOUNDED = 10_000
"""The width of a pipe or a file: no line is ever broken."""


def aligned(table: Table) -> str:
    """A table within the window's width on a terminal, unbroken in a pipe."""
    from rich.console import Console
    from rich.table import Table as Rich

    from equipcheck.report.prose import Prose

    shown = Rich(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for at, header in enumerate(table.headers):
        shown.add_column(Prose(header), overflow="fold", justify="right" if at in table.numeric else "left")
    for row in table.rows:
        shown.add_row(*(Prose(text) for text in row))
    console = Console(width=terminal_width() or UNBOUNDED, highlight=False, emoji=False, markup=False)
    with console.capture() as captured:
        console.print(shown)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def print_table(table: Table) -> None:
    """Print a table."""
    print(aligned(table))
