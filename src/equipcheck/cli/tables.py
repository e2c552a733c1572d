"""Tables on the terminal: nothing cut off, widths right for Chinese."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equipcheck.ground.tables import Table

UNBOUNDED = 10_000
"""The width of a pipe or a file: no line is ever broken."""


def print_table(table: Table) -> None:
    """Print a table: within the window's width on a terminal, unbroken in a pipe."""
    from rich.console import Console
    from rich.table import Table as Rich
    from rich.text import Text

    window = shutil.get_terminal_size().columns if sys.stdout.isatty() else UNBOUNDED
    shown = Rich(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for at, header in enumerate(table.headers):
        shown.add_column(Text(header), overflow="fold", justify="right" if at in table.numeric else "left")
    for row in table.rows:
        shown.add_row(*(Text(text) for text in row))
    console = Console(width=window, highlight=False, emoji=False, markup=False, soft_wrap=False)
    with console.capture() as captured:
        console.print(shown)
    for line in captured.get().splitlines():
        print(line.rstrip())
