"""Web pages: tables with row and column spans, and the texts between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from equipcheck.standard.annex.grid import SUPERSCRIPTS, Annex, Grid, lay_out

_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table", "caption", "section"}
)
_SKIPPED = frozenset({"script", "style", "head", "title", "noscript", "template"})
_MAX_SPAN = 1000


@dataclass(slots=True)
class _Open:
    """A table being read."""

    before: tuple[str, ...]
    row: int = -1
    column: int = 0
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)
    cell: tuple[int, int] | None = None
    nested: bool = False


def read_html(text: str, shown: str) -> Annex:
    """The tables of a page; a table that holds other tables is layout and only its inner tables count."""
    reader = _Reader(shown)
    reader.feed(text)
    reader.close()
    reader.finish()
    return Annex(tuple(reader.grids), tuple(reader.between))


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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag == "sup":
            self.raised += 1
        elif tag == "br":
            self._add("\n")
        elif tag == "table":
            self._end_line()
            for table in self.tables:
                table.nested = True
                self._spill(table)
            self.tables.append(_Open(tuple(self.between)))
        elif self.tables and tag == "tr":
            self.tables[-1].row += 1
            self.tables[-1].column = 0
            self.tables[-1].cell = None
        elif self.tables and tag in ("td", "th"):
            self._open_cell(dict(attrs))
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if tag in _SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag == "sup":
            self.raised = max(0, self.raised - 1)
        elif tag == "table" and self.tables:
            self._close_table()
        elif self.tables and tag in ("td", "th"):
            self.tables[-1].cell = None
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """A piece of text."""
        if not self.skipping:
            plain = " ".join(data.split()) if data.strip() else (" " if data else "")
            self._add(plain.translate(SUPERSCRIPTS) if self.raised else plain)

    def finish(self) -> None:
        """Close what the page left open."""
        while self.tables:
            self._close_table()
        self._end_line()

    def _open_cell(self, attrs: dict[str, str | None]) -> None:
        table = self.tables[-1]
        table.row = max(table.row, 0)
        while (table.row, table.column) in table.taken:
            table.column += 1
        rows, columns = (_span(attrs.get(name)) for name in ("rowspan", "colspan"))
        place = (table.row, table.column)
        table.texts[place] = ""
        if (rows, columns) != (1, 1):
            table.merges[place] = (rows, columns)
        table.taken |= {
            (place[0] + down, place[1] + right) for down in range(rows) for right in range(columns)
        }
        table.column += columns
        table.cell = place

    def _add(self, text: str) -> None:
        if self.tables:
            table = self.tables[-1]
            if table.cell is not None:
                table.texts[table.cell] += text
        else:
            self.line.append(text)

    def _break(self) -> None:
        if not self.tables:
            self._end_line()
        elif self.tables[-1].cell is not None and self.tables[-1].texts[self.tables[-1].cell].strip():
            self._add("\n")

    def _end_line(self) -> None:
        text = "".join(self.line).strip()
        self.line = []
        if text:
            self.between.append(text)

    def _spill(self, table: _Open) -> None:
        """What a layout table says becomes paragraphs."""
        for place, text in sorted(table.texts.items()):
            self.between += [line.strip() for line in text.splitlines() if line.strip()]
            table.texts[place] = ""

    def _close_table(self) -> None:
        table = self.tables.pop()
        if table.nested:
            self._spill(table)
            return
        height = table.row + 1  # a span may promise more rows than there are
        merges = {
            place: (min(rows, height - place[0]), columns) for place, (rows, columns) in table.merges.items()
        }
        texts = {place: text.strip() for place, text in table.texts.items()}
        grid = lay_out(texts, merges, name="", shown=self.shown, before=table.before)
        if grid is not None:
            self.grids.append(grid)
            self.between = []


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _MAX_SPAN) if text and text.strip().isdecimal() else 1
