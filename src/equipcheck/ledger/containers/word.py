"""Word documents: every table as a sheet, 表1, 表2, …, the words above it as its title."""

from __future__ import annotations

from equipcheck.ground.signatures import SIGNED
from equipcheck.ground.word_tables import Look, WordTable, blocks
from equipcheck.ledger.containers.zip_package import Package
from equipcheck.ledger.sheet import Book, Oddity, Sheet, Value, from_cells
from equipcheck.ledger.values.text import squash
from equipcheck.problems import InputError, Place, Problem

MAX_XML = 16 << 20  # bytes; a tree takes ten times as much
MAX_CELLS = 200_000
LONGEST_TITLE = 60
SHOWN = 120  # characters of lines that were not read
_BODY = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}body"
_MAIN = "word/document.xml"


def read_word(package: Package) -> Book:
    """The tables of a Word document. Raises InputError where there is none."""
    if package.members[_MAIN].file_size > MAX_XML if _MAIN in package.members else False:
        reason = {"reason": "Word 文档太大，请把表格复制到 Excel 或 WPS 表格里再读"}
        raise InputError(Problem("too-big-file", Place(package.shown), reason))
    body = package.tree(_MAIN).find(_BODY) if _MAIN in package.members else None
    if body is None:
        raise InputError(Problem("broken-file", Place(package.shown), {"reason": "缺少正文"}))
    book, look = Book([], reader="docx"), Look([])
    lines: list[str] = []
    loose: list[str] = []
    for block in blocks(body, look):
        if isinstance(block, str):
            lines += [block.strip()] if block.strip() else []
        elif any(text.strip() for text in block.texts.values()):
            title = lines.pop() if lines and len(lines[-1]) <= LONGEST_TITLE else ""
            book.sheets.append(_sheet(block, f"表{len(book.sheets) + 1}", title, package.shown))
            loose += lines
            lines.clear()
    loose = [line for line in (*loose, *lines) if not SIGNED.fullmatch(squash(line))]
    if not book.sheets:
        raise InputError(Problem("not-a-ledger-file", Place(package.shown), {"what": "没有表格的 Word 文档"}))
    if loose:
        args: dict[str, object] = {"count": len(loose), "text": "；".join(loose)[:SHOWN]}
        book.oddities.append(Oddity("lines-unread", args=args))
    if look.hidden:
        words = "、".join(dict.fromkeys(look.hidden))[:200]
        book.oddities.append(Oddity("hidden-words", args={"words": words}))
    book.names = [sheet.name for sheet in book.sheets]
    return book


def _sheet(table: WordTable, name: str, title: str, shown: str) -> Sheet:
    if len(table.texts) > MAX_CELLS:
        reason = {"reason": f"表格超过 {MAX_CELLS} 个单元格"}
        raise InputError(Problem("too-big-file", Place(shown), reason))
    cells: dict[tuple[int, int], Value] = {
        (row + 1, column + 1): text for (row, column), text in table.texts.items() if text.strip()
    }
    spans = [
        (row + 1, column + 1, row + down, column + across)
        for (row, column), (down, across) in table.merges.items()
        if (down, across) != (1, 1)
    ]
    if title:
        cells[0, 1] = title  # above the first row
    return from_cells(name, cells, spans)
