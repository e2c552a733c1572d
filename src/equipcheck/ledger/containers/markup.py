"""Spreadsheets that are markup: HTML (many systems' .xls), web archives, and Excel's XML of 2003."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.parsers import expat

from equipcheck.ledger.sheet import Book, Sheet, Value, from_cells
from equipcheck.problems import InputError, Place, Problem

MAX_CELLS = 2_000_000
MAX_SPAN = 1000  # what browsers take at most for a cell's width
_XML_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
_HTML = ("<html", "<table", "<!doctype html", "<body", "<meta", "<head")

Cells = dict[tuple[int, int], Value]
Spans = list[tuple[int, int, int, int]]


def is_markup(text: str) -> bool:
    """Whether a text is markup and no table of lines."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def read_markup(text: str, shown: str) -> Book:
    """The tables of an HTML page or the sheets of an XML spreadsheet. Raises InputError for other markup."""
    head = text[:20_000].lower()
    if (_XML_2003 in head and "<?mso-application" in head) or "<workbook" in head:
        return _read_xml(text, shown)
    if any(mark in head for mark in _HTML):
        return read_html([text], shown)
    raise InputError(Problem("not-a-ledger-file", Place(shown), {"what": "XML 文件"}))


def read_archive(data: bytes, shown: str) -> Book:
    """A web archive (MHTML): the tables of its pages."""
    import email

    from equipcheck.ground.encoding import decode

    pages: list[str] = []
    for part in email.message_from_bytes(data).walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(payload, bytes):
            pages.append(decode(payload, shown)[0])
    return read_html(pages, shown)


def read_html(pages: list[str], shown: str) -> Book:
    """Every table of these pages as a sheet."""
    tables: list[_Table] = []
    for page in pages:
        parser = _Tables(shown)
        parser.feed(page)
        parser.close()
        tables.extend(table for table in parser.tables if table.cells)
    if not tables:
        raise InputError(Problem("not-a-ledger-file", Place(shown), {"what": "没有表格的网页"}))
    names = ["Sheet1"] if len(tables) == 1 else [f"表{n}" for n in range(1, len(tables) + 1)]
    sheets = [from_cells(name, table.cells, table.spans) for name, table in zip(names, tables, strict=True)]
    return Book(sheets, reader="html", names=names)


class _Table:
    """A table being built; cells by row and column from 1."""

    def __init__(self) -> None:
        self.cells: Cells = {}
        self.spans: Spans = []
        self.taken: set[tuple[int, int]] = set()
        self.row = 0
        self.column = 0

    def next_row(self) -> None:
        self.row += 1
        self.column = 0

    def next_cell(self, across: int, down: int) -> tuple[int, int]:
        self.row = self.row or 1
        self.column += 1
        while (self.row, self.column) in self.taken:
            self.column += 1
        at = (self.row, self.column)
        if across > 1 or down > 1:
            self.spans.append((*at, at[0] + down - 1, at[1] + across - 1))
            self.taken.update((at[0] + y, at[1] + x) for y in range(down) for x in range(across))
        self.column += across - 1
        return at


class _Tables(HTMLParser):
    """Collects tables; one inside another stands for itself."""

    def __init__(self, shown: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = shown
        self.tables: list[_Table] = []
        self.open: list[_Table] = []
        self.at: list[tuple[int, int] | None] = []
        self.text: list[list[str]] = []
        self.skipping = 0
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell."""
        if tag in ("style", "script"):
            self.skipping += 1
        elif tag == "table":
            table = _Table()
            self.tables.append(table)
            self.open.append(table)
            self.at.append(None)
            self.text.append([])
        elif self.open and tag == "tr":
            self._end_cell()
            self.open[-1].next_row()
        elif self.open and tag in ("td", "th"):
            self._end_cell()
            given = dict(attrs)
            across, down = (_span(given.get(name)) for name in ("colspan", "rowspan"))
            self.cells += across * down
            if self.cells > MAX_CELLS:
                reason = {"reason": f"网页表格超过 {MAX_CELLS} 个单元格"}
                raise InputError(Problem("too-big-file", Place(self.shown), reason))
            self.at[-1] = self.open[-1].next_cell(across, down)
        elif self.open and tag == "br":
            self.text[-1].append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        if tag in ("style", "script"):
            self.skipping = max(0, self.skipping - 1)
        elif self.open and tag in ("td", "th", "tr"):
            self._end_cell()
        elif self.open and tag == "table":
            self._end_cell()
            for stack in (self.open, self.at, self.text):
                stack.pop()

    def handle_data(self, data: str) -> None:
        """Text of a cell; line ends of the source are no more than spaces."""
        if self.open and self.at[-1] is not None and not self.skipping:
            self.text[-1].append(" ".join(data.split()) if data.strip() else "")

    def _end_cell(self) -> None:
        at = self.at[-1]
        text = "".join(self.text[-1]).strip()
        if at is not None and text:
            self.open[-1].cells[at] = text
        self.at[-1] = None
        self.text[-1] = []

    def close(self) -> None:
        """Take what an unfinished page leaves open."""
        super().close()
        while self.open:
            self._end_cell()
            for stack in (self.open, self.at, self.text):
                stack.pop()


def _span(text: str | None) -> int:
    return (
        min(max(int(text), 1), MAX_SPAN)
        if text and text.isascii() and text.isdigit() and len(text) < 9
        else 1
    )


class _Xml2003:
    """The sheets of Excel's XML of 2003."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.book: list[tuple[str, Cells, Spans, set[int]]] = []
        self.row = self.column = 0
        self.data: list[str] | None = None
        self.type = ""
        self.comment = False  # words about a cell, not in it

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        given = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "Worksheet":
            self.book.append((given.get("Name", ""), {}, [], set()))
            self.row = 0
        elif name == "Row" and self.book:
            self.row = _number(given.get("Index"), self.row + 1)
            self.column = 0
            if given.get("Hidden") == "1":
                self.book[-1][3].add(self.row)
        elif name == "Cell" and self.book:
            self.column = _number(given.get("Index"), self.column + 1)
            across, down = _number(given.get("MergeAcross"), 0), _number(given.get("MergeDown"), 0)
            if across or down:
                self.book[-1][2].append((self.row, self.column, self.row + down, self.column + across))
            self.after = self.column + across
        elif name == "Comment":
            self.comment = True
        elif name == "Data" and not self.comment:
            self.data, self.type = [], given.get("Type", "String")

    def text(self, data: str) -> None:
        if self.data is not None:
            self.data.append(data)

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "Data" and self.data is not None and self.book:
            value = "".join(self.data)
            self.data = None
            if value:
                cells = self.book[-1][1]
                cells[self.row, self.column] = _typed(value, self.type)
                if len(cells) > MAX_CELLS:
                    reason = {"reason": f"工作表超过 {MAX_CELLS} 个单元格"}
                    raise InputError(Problem("too-big-file", Place(self.shown), reason))
        elif name == "Comment":
            self.comment = False
        elif name == "Cell":
            self.column = getattr(self, "after", self.column)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _typed(text: str, kind: str) -> Value:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _read_xml(text: str, shown: str) -> Book:
    if "<!ENTITY" in text[:100_000] or "<!DOCTYPE" in text[:100_000]:
        raise InputError(Problem("hostile-xml", Place(shown), {"part": shown}))
    walk = _Xml2003(shown)
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    try:
        parser.Parse(text.lstrip("\ufeff \t\r\n").encode("utf-8"), True)
    except (expat.ExpatError, LookupError, ValueError):
        raise InputError(Problem("broken-file", Place(shown), {"reason": "不是完整的 XML"})) from None
    sheets: list[Sheet] = []
    for name, cells, spans, hidden in walk.book:
        sheet = from_cells(name, cells, spans)
        sheet.hidden_rows = frozenset(hidden)
        sheets.append(sheet)
    return Book(sheets, reader="xml 2003", names=[sheet.name for sheet in sheets])
