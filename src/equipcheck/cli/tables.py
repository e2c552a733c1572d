"""Tables on the terminal: nothing cut off, widths right for Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipcheck.cli.options import terminal_width, wants_colour

if TYPE_CHECKING:
    from equipcheck.ground.tables import Table

UNBOUNDED = 10_000
"""The width of a pipe or a file: no line is ever broken."""


def aligned(table: Table) -> str:
    """A table within the window's width on a terminal, unbroken in a pipe."""
    from equipcheck.report.page import Page

    page = Page(colour=wants_colour(None), width=terminal_width() or UNBOUNDED)
    page.texts(table)
    return page.text().rstrip("\n")


def print_table(table: Table) -> None:
    """Print a table."""
    print(aligned(table))
