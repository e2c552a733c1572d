"""The tables of a web page as a browser lays them out, and the texts between them.

What is hidden or deleted is told apart: rows, cells and tables that are hidden stand there and say so, so that whoever
reads them decides; hidden or deleted words within a cell or a paragraph are left out, and listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table", "caption", "section"}
)
_SKIPPED = frozenset({"script", "style", "head", "title", "noscript", "template"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "col", "meta", "link", "wbr", "area", "base", "embed", "source"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;}]*line-through", re.IGNORECASE)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[\w-]*(?:[.#][\w-]+)*")
_MAX_ACROSS = 1000  # what browsers take at most
_MAX_DOWN = 65_534


@dataclass(slots=True)
class Cell:
    """A cell with its spans."""

    rows: int
    columns: int
    hidden: bool
    veils: int  # hidden elements that were open before it
    strikes: int  # elements struck through that were open before it
    text: str = ""  # the words, a line a line


@dataclass(slots=True)
class Row:
    """A row of cells."""

    hidden: bool
    veils: int
    cells: list[Cell] = field(default_factory=list)
    strikes: int = 0


@dataclass(slots=True)
class Table:
    """A table; those inside its cells stand for themselves."""

    hidden: bool
    veils: int
    rows: list[Row] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)
    inner: list[Table] = field(default_factory=list)
    cell: Cell | None = None  # the open one
    pieces: list[str] = field(default_factory=list)  # what it says so far
    strikes: int = 0


@dataclass(slots=True)
class Page:
    """Tables and the texts between them in order; all hidden words, and those of them that no cell holds."""

    blocks: list[Table | str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


class TooManyCellsError(Exception):
    """A page with more cells than were allowed."""


def read_page(
    text: str, *, most: int | None = None, struck: str = "{}", raised: Mapping[int, int] | None = None
) -> Page:
    """A page's tables and texts; words struck through are put into `struck`, small raised ones through `raised`.

    Raises TooManyCellsError where there are more than `most` cells.
    """
    reader = _Reader(struck, raised or {}, most)
    reader.feed(text)
    reader.close()
    reader.finish()
    return reader.page


def placed(rows: Sequence[Row]) -> Iterator[tuple[tuple[int, int], tuple[int, int], Cell]]:
    """Each cell with its place and its extent (rows, columns), from 0: spans end where the table does."""
    busy: dict[int, int] = {}  # column → the first row in which it is free again
    for at, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while busy.get(column, 0) > at:
                column += 1
            extent = (min(cell.rows, len(rows) - at), cell.columns)
            if extent[0] > 1:
                busy.update(dict.fromkeys(range(column, column + cell.columns), at + extent[0]))
            yield (at, column), extent, cell
            column += cell.columns


class _Reader(HTMLParser):
    def __init__(self, struck: str, raised: Mapping[int, int], most: int | None) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.room = most
        self.struck_as, self.raised_as = struck, raised
        self.line: list[str] = []
        self.tables: list[Table] = []
        self.skipping = self.raised = 0
        self.strikes: list[str] = []  # open tags since one that strikes its words through
        self.striking = [{"s"}, {"strike"}]  # what an element needs for that: tag, .class, #id
        self.veiled: list[str] = []  # open tags since one that is hidden or deleted

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        given = dict(attrs)
        if self.tables and tag in ("tr", "td", "th"):
            self._end(tag)
        before = len(self.veiled)
        hides = tag == "del" or "hidden" in given or _HIDDEN.search(given.get("style") or "") is not None
        if (self.veiled or hides) and tag not in _VOID:
            self.veiled.append(tag)
        hidden = bool(self.veiled)
        struck = self._strike(tag, given, hidden=hidden)
        if tag == "table":
            self._end_line()
            self.tables.append(Table(hidden, before, strikes=struck))
        elif self.tables and tag == "tr":
            self.tables[-1].rows.append(Row(hidden, before, strikes=struck))
        elif self.tables and tag in ("td", "th"):
            self._open_cell(given, before, struck, hidden=hidden)
        elif hidden or hides:
            return
        elif tag in _SKIPPED:
            self.skipping += 1
        elif tag == "sup":
            self.raised += 1
        elif tag == "br":
            self._add("\n")
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if self.tables and tag in ("table", "tr", "td", "th"):
            self._end(tag)
            return
        if tag in self.veiled:
            _close(tag, self.veiled)
            return
        if self.veiled:
            return
        _close(tag, self.strikes)
        if tag in _SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag == "sup":
            self.raised = max(0, self.raised - 1)
        elif self.tables and tag == "caption":
            self._end(tag)
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """A piece of text."""
        if self.skipping:
            self._read_styles(data)
            return
        cell = self.tables[-1].cell if self.tables else None
        kept = cell is not None and cell.hidden
        if self.veiled and data.strip():
            self.page.hidden.append(" ".join(data.split()))
            self.page.left_out += [] if kept else [self.page.hidden[-1]]
        if self.veiled and not kept:
            return
        plain = re.sub(r"[ \t\r\n\f]+", " ", data)
        plain = self.struck_as.format(plain.strip()) if self.strikes and plain.strip() else plain
        self._add(plain.translate(self.raised_as) if self.raised else plain)

    def finish(self) -> None:
        """Close what the page left open."""
        while self.tables:
            self._end("table")
        self._end_line()

    def _strike(self, tag: str, given: Mapping[str, str | None], *, hidden: bool) -> int:
        """Note whether an element strikes its words through; how many that do were open before it."""
        if tag in ("p", "li") and self.strikes[-1:] == [tag]:
            self.strikes.pop()  # such a one ends where the next begins
        before = len(self.strikes)
        own = {tag, f"#{given.get('id')}", *(f".{name}" for name in (given.get("class") or "").split())}
        strikes = any(needed <= own for needed in self.striking) or _STRUCK.search(given.get("style") or "")
        if (self.strikes or strikes) and not hidden and tag not in _VOID:
            self.strikes.append(tag)
        return before

    def _read_styles(self, data: str) -> None:
        """The rules of a style sheet that strike words through, by the last part of their selectors."""
        for selectors, rule in _RULE.findall(data) if self.lasttag == "style" else ():
            parts = [one.split()[-1] for one in selectors.split(",") if one.strip()]
            if _STRUCK.search(rule):
                self.striking += [
                    set(re.findall(r"[.#]?[\w-]+", part)) for part in parts if _SELECTOR.fullmatch(part)
                ]

    def _open_cell(self, given: Mapping[str, str | None], before: int, struck: int, *, hidden: bool) -> None:
        if self.room is not None:
            self.room -= 1
            if self.room < 0:
                raise TooManyCellsError
        table = self.tables[-1]
        if not table.rows:
            table.rows.append(Row(table.hidden, before))
        rows, columns = _span(given.get("rowspan"), _MAX_DOWN), _span(given.get("colspan"), _MAX_ACROSS)
        rows = _MAX_DOWN if given.get("rowspan") == "0" else rows
        table.cell = Cell(rows, columns, hidden, before, struck)
        table.rows[-1].cells.append(table.cell)

    def _end(self, tag: str) -> None:
        """End the open cell, with `tr` its row too, with `table` all; what is hidden inside them ends with them."""
        table = self.tables[-1]
        if table.cell is not None:
            del self.veiled[table.cell.veils :]
            del self.strikes[table.cell.strikes :]
            lines = "".join(table.pieces).splitlines()
            table.cell.text = "\n".join(" ".join(line.split()) for line in lines).strip()
            table.cell, table.pieces = None, []
        if tag in ("tr", "table") and table.rows:
            del self.veiled[table.rows[-1].veils :]
            del self.strikes[table.rows[-1].strikes :]
        if tag == "table":
            del self.veiled[table.veils :]
            del self.strikes[table.strikes :]
            self.tables.pop()
            if self.tables:
                self.tables[-1].inner.append(table)
            else:
                self.page.blocks.append(table)

    def _add(self, text: str) -> None:
        if not self.tables:
            self.line.append(text)
        elif self.tables[-1].cell is not None:
            self.tables[-1].pieces.append(text)
        elif text.strip():
            self.tables[-1].caption.append(text.strip())

    def _break(self) -> None:
        if not self.tables:
            self._end_line()
        elif self.tables[-1].cell is not None and any(map(str.strip, self.tables[-1].pieces)):
            self._add("\n")

    def _end_line(self) -> None:
        text = "".join(self.line).strip()
        self.line = []
        if text:
            self.page.blocks.append(text)


def _close(tag: str, opened: list[str]) -> None:
    """Close the innermost open element of this name, with all that is open in it."""
    while tag in opened and opened.pop() != tag:
        pass


def _span(text: str | None, most: int) -> int:
    plain = (text or "").strip()
    return min(max(int(plain), 1), most) if plain.isascii() and plain.isdecimal() and len(plain) < 9 else 1
