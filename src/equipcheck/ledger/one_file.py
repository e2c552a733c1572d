"""One ledger file on its way to frames: its sheets, the tables in them, the rows of each."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from equipcheck.ledger.containers.detect import open_book
from equipcheck.ledger.layout.cards import as_table
from equipcheck.ledger.layout.tables import Table, find_tables, side_by_side
from equipcheck.ledger.oddities import Odd
from equipcheck.ledger.rows.assets import read_assets
from equipcheck.ledger.rows.register import read_checks
from equipcheck.ledger.sheet import Book, Sheet
from equipcheck.ledger.sheet_columns import SheetTexts
from equipcheck.ledger.source import FIELDS, Source
from equipcheck.ledger.values.text import text_of
from equipcheck.ledger.words.headings import heading_of, plain
from equipcheck.ledger.words.vocabulary import Vocabulary
from equipcheck.problems import InputError, Place, Problem


@dataclass(slots=True)
class TableRead:
    """A table and what came of its rows. `kinds` counts them: asset, blank, total, group, note, heading."""

    table: Table
    rows: pl.DataFrame
    kinds: Counter[str]


@dataclass(slots=True)
class SheetRead:
    """A sheet, as a table where it was a set of cards, and the tables found in it."""

    sheet: Sheet
    tables: list[TableRead]
    cards: bool = False


@dataclass(slots=True)
class FileRead:
    """A file, its sheets, and everything that was odd."""

    source: Source
    book: Book
    odd: Odd
    sheets: list[SheetRead] = field(default_factory=list)

    @property
    def frames(self) -> list[pl.DataFrame]:
        """The rows of every table in order: assets, or checks for a verification register."""
        return [table.rows for sheet in self.sheets for table in sheet.tables]


def read_source(data: bytes, source: Source) -> FileRead:
    """Read one file. Raises InputError where it is none that can be read."""
    if unknown := [name for name in source.columns if name not in FIELDS]:
        raise InputError([_unknown_field(source, name) for name in unknown])
    book = open_book(data, source.shown, frozenset(source.sheets) if source.sheets is not None else None)
    read = FileRead(source, book, Odd(source.shown, text=book.text))
    read.odd.take(book.oddities)
    _check_sheets(book, source)
    words = Vocabulary.of_source(source.role, source.columns, source.words)
    read.sheets = [part for sheet in book.sheets for part in _read_sheet(sheet, words, read)]
    _check_columns(book, source)
    if not read.frames:
        raise InputError(_no_heading(book, source))
    return read


def _read_sheet(sheet: Sheet, words: Vocabulary, read: FileRead) -> list[SheetRead]:
    source, odd = read.source, read.odd
    cards = as_table(sheet, words) if source.header_row is None else None
    if cards is not None:
        odd.add("card-form", sheet.name, count=len(cards.rows) - 1)
        sheet = cards
    every = SheetTexts(sheet)
    tables = find_tables(sheet, every, words, source.header_row)
    if tables and (bands := side_by_side(tables[0], sheet.width)):
        odd.add("side-by-side", sheet.name, sheet.number(tables[0].head), count=len(bands))
        return [part for low, high in bands for part in _read_sheet(sheet.cut(low, high), words, read)]
    if not tables:
        odd.add("sheet-skipped" if any(map(any, sheet.rows)) else "sheet-empty", sheet.name)
        return [SheetRead(sheet, [])]
    for table in tables:
        _mark_codes(table, source.code_columns)
    _note_hidden(sheet, tables[0], odd)
    result = SheetRead(sheet, [], cards is not None)
    for n, table in enumerate(tables):
        if n:
            odd.add("further-table", sheet.name, sheet.number(table.head))
        if source.role == "verification":
            rows, kinds = read_checks(sheet, table, every, odd)
        else:
            rows, kinds = read_assets(sheet, table, every, odd, words.added.statuses)
            rows = rows.with_columns(role=pl.lit(source.role))
        if "bureau" not in rows.columns:
            rows = rows.with_columns(bureau=pl.lit(source.bureau))
        result.tables.append(TableRead(table, rows, kinds))
    return [result]


def _mark_codes(table: Table, headings: Sequence[str]) -> None:
    """In a ledger of many bureaus: the column that says whose each row is."""
    by_heading = {plain(column.heading): column for column in reversed(table.columns)}
    found = next((by_heading[one] for one in map(plain, headings) if one in by_heading), None)
    if found is not None:
        found.field = "bureau"


def _note_hidden(sheet: Sheet, first: Table, odd: Odd) -> None:
    if sheet.hidden_rows:
        below = {sheet.number(at) for at, row in enumerate(sheet.rows) if at >= first.body and any(row)}
        if hidden := sorted(below & sheet.hidden_rows):
            odd.add("hidden-rows", sheet.name, hidden[0], rows=_spans(hidden))


def _spans(numbers: list[int]) -> str:
    """「3、5-9」; the first ten spans."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    texts = [f"{first}-{last}" if first < last else str(first) for first, last in spans[:10]]
    return "、".join(texts) + (" 等" if len(spans) > 10 else "")


def _unknown_field(source: Source, name: str) -> Problem:
    args = {"key": f"columns.{name}", "near": near(name, FIELDS), "expected": "、".join(FIELDS)}
    return Problem("unknown-key", Place(source.shown), args)


def near(word: str, known: Sequence[str]) -> str:
    """「，是否为“…”？」, or nothing where nothing is near."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"，是否为“{close[0]}”？" if close else ""


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
                        "known": "、".join(dict.fromkeys(known)),
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
    best = max(book.sheets, key=lambda sheet: _known_in(sheet)[0], default=None)
    seen = "、".join(_known_in(best)[1]) if best is not None else ""
    args = {"wanted": wanted, "seen": f"，只认出：{seen}" if seen else ""}
    if source.header_row is not None:
        return Problem("bad-header-row", Place(source.shown), args | {"row": source.header_row})
    return Problem("no-heading", Place(source.shown), args)


def _known_in(sheet: Sheet) -> tuple[int, list[str]]:
    """The most known headings in one row of the first hundred."""
    best: list[str] = []
    for row in sheet.rows[:100]:
        known = [
            " ".join(cell.split()) for cell in row if isinstance(cell, str) and heading_of(cell) is not None
        ]
        best = max(best, known, key=len)
    return len(best), best
