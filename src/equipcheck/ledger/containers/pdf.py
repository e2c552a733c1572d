"""PDF ledgers: ruled tables as sheets, 表1, 表2, …; one that goes on over pages is one sheet."""

from __future__ import annotations

import re
from pathlib import Path

from equipcheck.ground.pdf_tables import PAGE_NUMBER, PdfTable, PdfText, of_data, same_columns
from equipcheck.ground.sidecar import Died, ask
from equipcheck.ground.signatures import SIGNED
from equipcheck.ledger.sheet import Book, Oddity, Sheet, Span, Value, from_cells
from equipcheck.ledger.values.text import squash
from equipcheck.problems import InputError, Place, Problem

MEMORY = 600 << 20  # bytes of address space, where the system can cap it
SECONDS = 60
MAX_CELLS = 200_000
TITLES = 3  # lines above a table that may be its titles
SHOWN = 120  # characters of lines that were not read
_SAME_TITLE = re.compile(r"[\d()（）续\s]")
_PAGES = re.compile(r"第\d+页(?:[/,，]?共\d+页)?|共\d+页")


def read_pdf(data: bytes, shown: str) -> Book:
    """The ruled tables of a PDF. Raises InputError where there is none."""
    found = _read(data, shown)
    if not found.letters:
        raise InputError(Problem("pdf-without-text", Place(shown)))
    if not found.tables:
        raise InputError(Problem("pdf-without-lines", Place(shown)))
    if sum(len(table.texts) for table in found.tables) > MAX_CELLS:
        reason = {"reason": f"表格超过 {MAX_CELLS} 个单元格"}
        raise InputError(Problem("too-big-file", Place(shown), reason))
    book = Book([], reader="pdf")
    loose: list[str] = []
    for parts, titles in _joined(found.tables, loose):
        book.sheets.append(_sheet(f"表{len(book.sheets) + 1}", parts, titles))
    book.names = [sheet.name for sheet in book.sheets]
    loose += [line for line in found.after if not _said_aside(line)]
    if loose:
        args: dict[str, object] = {"count": len(loose), "text": "；".join(loose)[:SHOWN]}
        book.oddities.append(Oddity("lines-unread", args=args))
    if found.pages_without:
        pages = "、".join(map(str, found.pages_without))
        book.oddities.append(Oddity("pdf-pages-without-text", args={"pages": pages}))
    return book


def _read(data: bytes, shown: str) -> PdfText:
    program = [str(Path(__file__).with_name("pdf_process.py"))]
    try:
        kind, answer = ask(program, {}, data, memory=MEMORY, seconds=SECONDS)
    except Died as died:
        raise InputError(Problem("reader-crashed", Place(shown), {"reason": died.reason})) from None
    if kind == "no-reader":
        raise InputError(Problem("pdf-extra-missing", Place(shown)))
    if kind == "encrypted":
        raise InputError(Problem("encrypted-file", Place(shown)))
    if kind != "ok":
        raise InputError(Problem("broken-file", Place(shown), {"reason": f"PDF 内部结构异常（{answer}）"}))
    return of_data(answer)


def _joined(tables: tuple[PdfTable, ...], loose: list[str]) -> list[tuple[list[PdfTable], list[str]]]:
    """Tables that are one over several pages together, with the titles of the first; other lines into `loose`."""
    found: list[tuple[list[PdfTable], list[str]]] = []
    for table in tables:
        lines = [line for line in table.before if not _said_aside(line)]
        if found and _goes_on(found[-1], table, lines):
            found[-1][0].append(table)
            continue
        loose += lines[:-TITLES]
        found.append(([table], lines[-TITLES:]))
    return found


def _goes_on(last: tuple[list[PdfTable], list[str]], table: PdfTable, lines: list[str]) -> bool:
    """At the head of the next page, with the same columns and nothing above but the same titles once more."""
    parts, titles = last
    known = {_SAME_TITLE.sub("", title) for title in titles}
    return (
        table.first
        and table.page == parts[-1].page + 1
        and same_columns(parts[-1], table)
        and all(_SAME_TITLE.sub("", line) in known for line in lines)
    )


def _said_aside(line: str) -> bool:
    """Page numbers, and who signed."""
    words = squash(line)
    return bool(PAGE_NUMBER.fullmatch(line) or _PAGES.fullmatch(words) or SIGNED.fullmatch(words))


def _sheet(name: str, parts: list[PdfTable], titles: list[str]) -> Sheet:
    cells: dict[tuple[int, int], Value] = {}
    spans: list[Span] = []
    for n, title in enumerate(titles, start=1 - len(titles)):
        cells[n, 1] = title  # above the first row
    above = 0
    for table in parts:
        for (row, column), text in table.texts.items():
            if text.strip():
                cells[above + row + 1, column + 1] = text
        for (row, column), (down, across) in table.merges.items():
            spans.append((above + row + 1, column + 1, above + row + down, column + across))
        above += 1 + max(row for row, _ in table.texts)
    return from_cells(name, cells, spans)
