"""Spreadsheets that are markup: HTML (many systems' .xls), web archives, and Excel's XML of 2003."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from equipcheck.ground.html_tables import Table, TooManyCellsError, placed, read_page
from equipcheck.ledger.sheet import Book, Oddity, Sheet, Value, from_cells
from equipcheck.problems import InputError, Place, Problem

MAX_CELLS = 2_000_000
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
    """Every table of these pages as a sheet; hidden rows and tables are read, and said to be hidden."""
    book = Book([], reader="html")
    tables: list[Table] = []
    left_out: list[str] = []
    for text in pages:
        try:
            page = read_page(text, most=MAX_CELLS)
        except TooManyCellsError:
            raise _too_big(shown) from None
        tables += [one for block in page.blocks if isinstance(block, Table) for one in _all(block)]
        left_out += page.left_out
    if left_out:
        words = "、".join(dict.fromkeys(left_out))[:200]
        book.oddities.append(Oddity("hidden-words", args={"words": words}))
    found = [(table, *_cells_of(table, shown)) for table in tables]
    found = [one for one in found if one[1]]
    if not found:
        raise InputError(Problem("not-a-ledger-file", Place(shown), {"what": "没有表格的网页"}))
    book.names = ["Sheet1"] if len(found) == 1 else [f"表{n}" for n in range(1, len(found) + 1)]
    for name, (table, cells, spans) in zip(book.names, found, strict=True):
        sheet = from_cells(name, cells, spans)
        sheet.hidden = table.hidden
        if table.hidden:
            book.oddities.append(Oddity("hidden-sheet", name))
        else:
            sheet.hidden_rows = frozenset(at for at, row in enumerate(table.rows, start=1) if row.hidden)
        book.sheets.append(sheet)
    return book


def _all(table: Table) -> Iterator[Table]:
    """A table and those inside it."""
    yield table
    for inner in table.inner:
        yield from _all(inner)


def _cells_of(table: Table, shown: str) -> tuple[Cells, Spans]:
    cells: Cells = {}
    spans: Spans = []
    count = 0
    for (row, column), (down, across), cell in placed(table.rows):
        count += down * across
        if count > MAX_CELLS:
            raise _too_big(shown)
        if text := cell.text:
            cells[row + 1, column + 1] = text
        if (down, across) != (1, 1):
            spans.append((row + 1, column + 1, row + down, column + across))
    return cells, spans


def _too_big(shown: str) -> InputError:
    reason = {"reason": f"网页表格超过 {MAX_CELLS} 个单元格"}
    return InputError(Problem("too-big-file", Place(shown), reason))


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
