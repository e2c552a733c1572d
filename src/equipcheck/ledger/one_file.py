"""One ledger file on its way to frames: its sheets, the tables in them, the rows of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import field

import polars as pl

from equipcheck.ground.mutable import Mutable
from equipcheck.ledger.cell_book import CellBalance, CellBook
from equipcheck.ledger.check_tables import take_checks
from equipcheck.ledger.containers.detect import open_book
from equipcheck.ledger.layout.around import known_words
from equipcheck.ledger.oddities import Odd
from equipcheck.ledger.one_sheet import SheetRead, SheetReader
from equipcheck.ledger.rows.assets import excerpt
from equipcheck.ledger.sheet import Book
from equipcheck.ledger.sheet_columns import SheetTexts
from equipcheck.ledger.snapshots import pass_over_older
from equipcheck.ledger.source import Source
from equipcheck.ledger.summaries import pass_over_summaries
from equipcheck.ledger.values.dates import days_above
from equipcheck.ledger.values.text import text_of
from equipcheck.ledger.words.form import FIELDS, plain
from equipcheck.ledger.words.headings import heading_of
from equipcheck.ledger.words.vocabulary import Vocabulary
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near

WORDS = 120  # characters of what was not read that a note shows


class FileRead(Mutable):
    """A file, its sheets, and everything that was odd."""

    source: Source
    book: Book
    odd: Odd
    sheets: list[SheetRead] = field(default_factory=list)
    cells: list[CellBalance] = field(default_factory=list)  # of each sheet as it stands in the file

    @property
    def dated(self) -> list[dt.date]:
        """The days that stand above the first heading of each sheet."""
        return [
            day
            for one in self.sheets
            if one.tables
            for day in days_above(one.sheet.rows[: one.tables[0].table.head])
        ]

    @property
    def frames(self) -> list[pl.DataFrame]:
        """The rows of every table in order: assets, or checks for a verification register."""
        return [table.rows for sheet in self.sheets for table in sheet.tables]

    @property
    def checks(self) -> list[pl.DataFrame]:
        """Checks that a ledger's own file tells of in tables of their own."""
        tables = (table for sheet in self.sheets for table in sheet.tables)
        return [table.checks for table in tables if table.checks is not None]


NO_HEADINGS = "无（没有认出表头，可用 header_row 指明表头所在的行）"


def read_source(data: bytes, source: Source) -> FileRead:
    """Read one file. Raises InputError where it is none that can be read."""
    wanted = frozenset(source.sheets) if source.sheets is not None else None
    return read_book(open_book(data, source.shown, wanted), source)


def read_book(book: Book, source: Source) -> FileRead:
    """Read the sheets of a file. Raises InputError where none can be read."""
    if unknown := [name for name in source.columns if name not in FIELDS]:
        raise InputError([_unknown_field(source, name) for name in unknown])
    read = FileRead(source, book, Odd(source.shown, text=book.text))
    read.odd.take(book.oddities)
    _check_sheets(book, source)
    words = Vocabulary.of_source(source.role, source.columns, source.words)
    reader = SheetReader(source, words, read.odd)
    books: list[CellBook] = []
    for sheet in book.sheets:
        books.append(CellBook(sheet, SheetTexts(sheet)))
        read.sheets += reader.read(sheet, books[-1].window())
    if source.role != "verification":
        take_checks(read.sheets, read.odd)
        pass_over_summaries(read.sheets, read.odd)
        pass_over_older(read.sheets, read.odd)
    read.cells = [one.balance() for one in books]
    for balance in read.cells:
        _note_unread(balance, read)
    _check_columns(book, source)
    if not read.frames:
        raise InputError(_no_heading(book, source))
    return read


def _note_unread(balance: CellBalance, read: FileRead) -> None:
    """Every block of cells that went nowhere; a sheet of which nothing was read is one."""
    name, odd = balance.sheet, read.odd
    if not balance.cells:
        odd.add("sheet-empty", name)
    elif balance.nothing == balance.cells:
        odd.add(
            "sheet-skipped",
            name,
            cells=balance.cells,
            text=excerpt((b.text for b in balance.unread[:5]), WORDS),
        )
    else:
        for block in balance.unread:
            args = {"cells": block.place, "count": block.count, "text": excerpt([block.text], WORDS)}
            odd.add("cells-unread", name, block.row, **args)
        rest = balance.nothing - sum(block.count for block in balance.unread)
        if rest > 0:
            odd.add("cells-unread-more", name, count=rest)


def _unknown_field(source: Source, name: str) -> Problem:
    args = {"key": f"columns.{name}", "near": near(name, FIELDS), "expected": "、".join(FIELDS)}
    return Problem("unknown-key", Place(source.shown), args)


def _check_sheets(book: Book, source: Source) -> None:
    if source.sheets is None or book.text:
        return
    have = [sheet.name for sheet in book.sheets]
    lost = [name for name in source.sheets if name not in have]
    if lost:
        raise InputError(
            [
                Problem(
                    "no-such-sheet",
                    Place(source.shown),
                    {"name": name, "near": near(name, book.names), "names": "、".join(book.names)},
                )
                for name in lost
            ]
        )


def _check_columns(book: Book, source: Source) -> None:
    """Every heading that `columns:` names must stand somewhere in the file."""
    if not source.columns:
        return
    texts = {
        plain(text_of(cell)): text_of(cell)
        for sheet in book.sheets
        for row in sheet.rows[:200]
        for cell in row
    }
    lost = [heading for heading in source.columns.values() if plain(heading) not in texts]
    if lost:
        known = [text for text in texts.values() if heading_of(text) is not None]
        raise InputError(
            [
                Problem(
                    "no-such-heading",
                    Place(source.shown),
                    {
                        "heading": heading,
                        "near": near(heading, known),
                        "known": "、".join(dict.fromkeys(known)) or NO_HEADINGS,
                    },
                )
                for heading in lost
            ]
        )


def _no_heading(book: Book, source: Source) -> Problem:
    wanted = (
        "资产编号（或出厂编号）和检定日期（或有效期至）"
        if source.role == "verification"
        else "资产名称（或设备名称等）"
    )
    best = max(book.sheets, key=lambda sheet: known_words(sheet)[0], default=None)
    seen = "、".join(known_words(best)[1]) if best is not None else ""
    args = {"wanted": wanted, "seen": f"，只认出：{seen}" if seen else ""}
    if source.header_row is not None:
        return Problem("bad-header-row", Place(source.shown), args | {"row": source.header_row})
    return Problem("no-heading", Place(source.shown), args)
