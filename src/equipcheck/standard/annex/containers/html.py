"""Web pages: tables with row and column spans, and the texts between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from equipcheck.standard.annex.grid import STRUCK, SUPERSCRIPTS, Annex, Grid, lay_out

_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table", "caption", "section"}
)
_SKIPPED = frozenset({"script", "style", "head", "title", "noscript", "template"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "col", "meta", "link", "wbr", "area", "base", "embed", "source"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_MAX_ACROSS = 200
_MAX_DOWN = 65_534


@dataclass(slots=True)
class _Cell:
    rows: int
    columns: int
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A table being read: its rows of cells."""

    before: tuple[str, ...]
    rows: list[list[_Cell]] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)
    cell: _Cell | None = None
    inner: list[_Open] = field(default_factory=list)


def read_html(text: str, shown: str) -> Annex:
    """The tables of a page; a table that is there only for the layout gives its texts and its inner tables."""
    reader = _Reader(shown)
    reader.feed(text)
    reader.close()
    reader.finish()
    remarks = []
    if reader.hidden:
        remarks.append(f"网页里隐藏或已删除的内容没有读入：{'、'.join(dict.fromkeys(reader.hidden))[:200]}")
    return Annex(tuple(reader.grids), tuple(reader.between), {}, tuple(remarks))


class _Reader(HTMLParser):
    def __init__(self, shown: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = shown
        self.grids: list[Grid] = []
        self.between: list[str] = []
        self.line: list[str] = []
        self.tables: list[_Open] = []
        self.skipping = 0
        self.raised = 0
        self.struck = 0
        self.veiled: list[str] = []  # open tags since one that is hidden
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        given = dict(attrs)
        if self.veiled or "hidden" in given or _HIDDEN.search(given.get("style") or ""):
            if tag not in _VOID:
                self.veiled.append(tag)
            return
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag == "del":
            self.veiled.append(tag)
        elif tag in ("s", "strike"):
            self.struck += 1
        elif tag == "sup":
            self.raised += 1
        elif tag == "br":
            self._add("\n")
        elif tag == "table":
            self._end_line()
            self.tables.append(_Open(() if self.tables else tuple(self.between)))
        elif self.tables and tag == "tr":
            self.tables[-1].rows.append([])
            self.tables[-1].cell = None
        elif self.tables and tag in ("td", "th"):
            self._open_cell(given)
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if self.veiled:
            if tag in self.veiled:
                while self.veiled.pop() != tag:
                    pass
            return
        if tag in _SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag in ("s", "strike"):
            self.struck = max(0, self.struck - 1)
        elif tag == "sup":
            self.raised = max(0, self.raised - 1)
        elif tag == "table" and self.tables:
            self._close_table()
        elif self.tables and tag in ("td", "th", "caption"):
            self.tables[-1].cell = None
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """A piece of text."""
        if self.veiled:
            self.hidden += [" ".join(data.split())] if data.strip() else []
        elif not self.skipping:
            plain = re.sub(r"[ \t\r\n\f]+", " ", data)
            plain = STRUCK.format(plain.strip()) if self.struck and plain.strip() else plain
            self._add(plain.translate(SUPERSCRIPTS) if self.raised else plain)

    def finish(self) -> None:
        """Close what the page left open."""
        while self.tables:
            self._close_table()
        self._end_line()

    def _open_cell(self, given: dict[str, str | None]) -> None:
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        rows, columns = _span(given.get("rowspan"), _MAX_DOWN), _span(given.get("colspan"), _MAX_ACROSS)
        table.cell = _Cell(_MAX_DOWN if given.get("rowspan") == "0" else rows, columns)
        table.rows[-1].append(table.cell)

    def _add(self, text: str) -> None:
        if not self.tables:
            self.line.append(text)
        elif self.tables[-1].cell is not None:
            self.tables[-1].cell.text.append(text)
        elif text.strip():
            self.tables[-1].caption.append(text.strip())

    def _break(self) -> None:
        if not self.tables:
            self._end_line()
        elif self.tables[-1].cell is not None and any(map(str.strip, self.tables[-1].cell.text)):
            self._add("\n")

    def _end_line(self) -> None:
        text = "".join(self.line).strip()
        self.line = []
        if text:
            self.between.append(text)

    def _close_table(self) -> None:
        table = self.tables.pop()
        if self.tables:
            self.tables[-1].inner.append(table)
        else:
            self._put(table)

    def _put(self, table: _Open) -> None:
        """A table that is complete; what it holds inside comes after it."""
        cells = [cell for row in table.rows for cell in row if "".join(cell.text).strip()]
        self.between += table.caption
        if table.inner and len(cells) <= 4:
            for cell in cells:
                self.between += [line.strip() for line in "".join(cell.text).splitlines() if line.strip()]
        else:
            texts, merges = _placed(table.rows)
            before = tuple(self.between)
            grid = lay_out(texts, merges, name="", shown=self.shown, before=before)
            if grid is not None:
                self.grids.append(grid)
                self.between = []
        for inner in table.inner:
            self._put(inner)


def _placed(
    rows: list[list[_Cell]],
) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], tuple[int, int]]]:
    """Texts and merges by their places: spans end where the table does."""
    texts: dict[tuple[int, int], str] = {}
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    busy: dict[int, int] = {}  # column → the first row in which it is free again
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while busy.get(column, 0) > at:
                column += 1
            down = min(cell.rows, len(rows) - at)
            text = "\n".join(" ".join(line.split()) for line in "".join(cell.text).splitlines()).strip()
            texts[at, column] = text
            if (down, cell.columns) != (1, 1):
                merges[at, column] = (down, cell.columns)
                busy.update(dict.fromkeys(range(column, column + cell.columns), at + down))
            column += cell.columns
    return texts, merges


def _span(text: str | None, most: int) -> int:
    plain = (text or "").strip()
    return min(max(int(plain), 1), most) if plain.isascii() and plain.isdecimal() and len(plain) < 9 else 1
