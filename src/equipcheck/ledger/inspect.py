"""What was read as what: the headings taken, the columns recognised, what was skipped and why."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

import polars as pl

from equipcheck.ground.column_letters import column_letters
from equipcheck.ledger.cell_book import CellBalance
from equipcheck.ledger.containers.detect import read_file
from equipcheck.ledger.one_file import read_source
from equipcheck.ledger.one_sheet import SheetRead, TableRead
from equipcheck.ledger.sheet import Sheet
from equipcheck.ledger.source import Source
from equipcheck.ledger.values.text import text_of
from equipcheck.problems.notes import Note

TITLES = 20  # rows above a table that are looked through for its titles
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[年./-](\d{1,2})[月./-](\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column: its letter, its heading, and the field it was taken for (None: kept as it stands)."""

    column: str
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table: the rows of its heading, its columns, and how many of its rows are what."""

    heading_rows: tuple[int, ...]  # none: the heading stands elsewhere
    first_row: int
    last_row: int
    columns: tuple[ColumnShown, ...]
    rows: dict[
        str, int
    ]  # asset (rejected ones too), blank, total, group, note, heading, sample, part, summary
    rejected: int
    units: int


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A sheet: how many rows it has, how many stand above the first table, and its tables."""

    name: str
    hidden: bool
    cards: bool
    sideways: bool  # rows are columns of the sheet, and columns its rows
    rows: int
    above: int
    tables: tuple[TableShown, ...]
    titles: tuple[str, ...] = ()  # the texts above the first table


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as it was understood."""

    path: str
    sha256: str
    role: str
    reader: str
    sheets: tuple[SheetShown, ...]
    cells: tuple[CellBalance, ...]  # of each sheet as it stands in the file
    rows: pl.DataFrame  # frames.ASSETS or frames.CHECKS, less what only a run knows
    notes: tuple[Note, ...]


def inspect(source: Source) -> Shown:
    """Read one file and tell what was made of it. Raises InputError where it cannot be read."""
    data = read_file(source.path, source.shown)
    read = read_source(data, source)
    return Shown(
        source.shown,
        hashlib.sha256(data).hexdigest(),
        source.role,
        read.book.reader,
        tuple(_sheet(sheet) for sheet in read.sheets),
        tuple(read.cells),
        pl.concat(read.frames),
        tuple(read.odd.notes()),
    )


def _sheet(read: SheetRead) -> SheetShown:
    sheet = read.sheet
    above = read.tables[0].table.head if read.tables else 0
    tables = tuple(_table(read, table) for table in read.tables)
    titles = tuple(
        text for row in sheet.rows[: min(above, TITLES)] for cell in row if (text := text_of(cell).strip())
    )
    return SheetShown(
        sheet.name, sheet.hidden, read.cards, bool(sheet.across), len(sheet.rows), above, tables, titles
    )


def _named(sheet: Sheet, column: int) -> str:
    number = sheet.column_number(column)
    return str(number) if sheet.across else column_letters(number)


def stated_days(shown: Shown) -> list[dt.date]:
    """The days that a file's own titles state (「截至2024年12月31日」), each once, in the order read."""
    texts = [text for sheet in shown.sheets for text in sheet.titles]
    found = [_day(*match.groups()) for text in texts for match in _DAY.finditer("".join(text.split()))]
    return list(dict.fromkeys(day for day in found if day is not None))


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _table(read: SheetRead, found: TableRead) -> TableShown:
    sheet, table = read.sheet, found.table
    last = sheet.number(table.end - 1)
    has_units = "quantity" in found.rows.columns
    return TableShown(
        tuple(sheet.number(row) for row in range(table.head, table.body)),
        min(sheet.number(table.body), last) if table.body < table.end else last,
        last,
        tuple(
            ColumnShown(_named(sheet, column.index), column.heading, column.field) for column in table.columns
        ),
        dict(sorted(found.kinds.items())),
        int(found.rows["rejected"].is_not_null().sum()) if has_units else 0,
        sum(found.rows["quantity"].to_list()) if has_units else 0,
    )
