"""A document as it flows: paragraphs, and tables that know which paragraphs stand before them."""

from __future__ import annotations

from collections.abc import Mapping

from equipcheck.standard.annex.grid import Grid, lay_out

Texts = dict[tuple[int, int], str]
Merges = dict[tuple[int, int], tuple[int, int]]


class Flow:
    """Collects a document's grids in order, and the paragraphs that no table has followed yet."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.grids: list[Grid] = []
        self.between: list[str] = []

    def paragraph(self, text: str) -> None:
        """A paragraph with words."""
        if text.strip():
            self.between.append(text.strip())

    def table(self, texts: Mapping[tuple[int, int], str], merges: Merges, *, holds_tables: bool) -> None:
        """A table; one with hardly a word of its own around other tables is layout, and its words paragraphs."""
        filled = [text for text in texts.values() if text.strip()]
        if holds_tables and len(filled) <= 4:
            for text in filled:
                for line in text.splitlines():
                    self.paragraph(line)
            return
        grid = lay_out(texts, merges, name="", shown=self.shown, before=tuple(self.between))
        if grid is not None:
            self.grids.append(grid)
            self.between = []
