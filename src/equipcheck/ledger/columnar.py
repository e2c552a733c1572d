"""Big, clean text ledgers and parquet exports at the speed of a columnar reader, with the careful reader's own answers.

The careful reader reads the heading, the first rows, and every row that is in any way out of the ordinary; all other
rows are split by polars, their texts coded as they are read, and each distinct text or value is parsed once. Both ways
must agree on the first rows to the last field, or the file is read carefully as a whole. So are files that are not
clean: odd quotes, totals, groups, further headings, marks that stand for the cell above, rows of unequal length.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from equipcheck.ground import frames
from equipcheck.ledger.coded_rows import CODED, coded, ref
from equipcheck.ledger.containers.parquet import MAGIC, plain_columns
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.one_file import FileRead
from equipcheck.ledger.plain_rows import PlainRows
from equipcheck.ledger.records import Records
from equipcheck.ledger.source import ENOUGH_BYTES, Source
from equipcheck.ledger.text_lines import SAMPLE, Lines, clean
from equipcheck.problems import InputError
from equipcheck.problems.notes import Note

ROW_BYTES = 64
"""What a row takes at least as text: how a parquet export's size is told, whose bytes say little."""

HEAD = 300
"""Lines among which the heading stands, with enough rows to see what the columns are."""

MOST_ODD = 0.25
"""The share of rows out of the ordinary above which nothing is gained."""

BY_PLACE = frozenset({
    "cells-unread", "cells-unread-more", "ditto-marks", "rows-above-heading",
    "status-from-heading", "status-elsewhere", "heading-state-differs", "heading-state-unclear",
})  # fmt: skip
"""Notes that name rows or cells in their words: only who reads all rows knows their numbers."""

_WHOLE = ("asset", "blank", "note")  # what the rows read carefully may be; sums and groups need all rows


@dataclass(frozen=True, slots=True)
class Columnar:
    """What reading came to: the rows, and what was odd."""

    plain: PlainRows
    kept: pl.Series | None  # the lines under the heading that are rows, from 0; None: all are
    careful: pl.DataFrame  # frames.ASSETS (less what only a run knows) of the rows that were read carefully …
    at: pl.Series  # … and which of the rows they are
    notes: tuple[Note, ...]
    by_code: bool
    dated: tuple[dt.date, ...] = ()  # the days that stand above the heading

    @property
    def rows(self) -> pl.DataFrame:
        """frames.ASSETS less what only a run knows."""
        names = [name for name in frames.ASSETS.columns if name not in ("row", "part", "ref")]
        frame = self._with_careful(names, coded(self.careful).select("place", "number").hstack(self.careful))
        columns = [name for name in frames.ASSETS.columns if name not in ("row", "part")]
        kinds = {name: frames.ASSETS.columns[name] for name in columns}
        return frame.with_columns(ref(), pl.col("extra").fill_null([])).select(columns).cast(pl.Schema(kinds))

    @property
    def coded(self) -> pl.DataFrame:
        """The rows as `coded_rows.CODED`."""
        return self._with_careful([*CODED], coded(self.careful)).select([*CODED])

    def _with_careful(self, names: Sequence[str], careful: pl.DataFrame) -> pl.DataFrame:
        frame = self.plain.frame(dict.fromkeys(["place", "number", *names]), self.kept)
        if careful.is_empty():
            return frame
        both = pl.concat([frame, careful.select(frame.columns).cast(frame.schema)])
        behind = pl.int_range(frame.height, both.height, eager=True)
        return both[pl.int_range(frame.height, eager=True).scatter(self.at, behind)]


def read_columnar(
    data: bytes, source: Source, *, least: int = ENOUGH_BYTES, sample: int = SAMPLE
) -> Columnar | None:
    """The file read by columns; None where it must be read carefully. Never raises."""
    try:
        lines = _opened(data, source.shown, least)
    except (InputError, pl.exceptions.PolarsError):
        return None
    return None if lines is None else by_columns(lines, source, sample=sample)


def by_columns(lines: Lines | Records, source: Source, *, sample: int = SAMPLE) -> Columnar | None:
    """Lines read by columns; None where they must be read carefully. Never raises."""
    if source.role == "verification" or source.header_row is not None:
        return None
    try:
        first = pl.int_range(min(max(HEAD, sample), lines.count), eager=True)
        opening = Opening(first, lines.read(first, source))
        table = one_table(opening.read)
        if table is None:
            return None
        return _read(lines, table, source, sample, opening)
    except (InputError, pl.exceptions.PolarsError):
        return None


def _opened(data: bytes, shown: str, least: int) -> Lines | Records | None:
    """The file where it is big enough and clean; None otherwise."""
    if data.startswith(MAGIC):
        records = Records(plain_columns(data, shown))
        return records if records.count * ROW_BYTES >= least else None
    text = clean(data, shown) if len(data) >= least else None
    return None if text is None else Lines(text)


def one_table(read: FileRead) -> Table | None:
    """The one table of a file whose rows stand one by one under one heading."""
    tables = [found for sheet in read.sheets for found in sheet.tables]
    if len(tables) != 1 or len(read.sheets) != 1 or read.sheets[0].cards:
        return None
    table = tables[0].table
    fields = [
        column.field for column in table.columns if column.field is not None and column.field != "model"
    ]
    joined = any(column.joined or column.ticks or column.product for column in table.columns) or table.states
    plain = (
        not joined and len(fields) == len(set(fields)) and sum(one.endswith("quantity") for one in fields) < 2
    )
    sound = plain and not table.repeats and set(tables[0].kinds) <= set(_WHOLE)
    return table if sound and read.sheets[0].sheet.column_numbers is None else None


@dataclass(frozen=True, slots=True)
class Opening:
    """The first lines, read carefully."""

    numbers: pl.Series
    read: FileRead


def _read(
    lines: Lines | Records, table: Table, source: Source, many: int, opening: Opening, *, again: bool = True
) -> Columnar | None:
    cells = lines.cells(table)
    if cells is None:
        return None
    body, height = table.body, lines.count - table.body
    plain = PlainRows(cells, table, source, height, lines.base)
    with ThreadPoolExecutor(1) as beside:  # polars works outside of the interpreter's lock
        beside.submit(lambda: plain.several)
        if plain.depends_on_others():
            return None
    odd = plain.odd(breaks=lines.breaks)
    if odd.sum() > max(SAMPLE, MOST_ODD * lines.count):
        return None
    strange = odd.arg_true().cast(pl.Int64) + body
    first = opening.numbers if many >= HEAD else pl.int_range(min(body + many, lines.count), eager=True)
    numbers = pl.concat([first, strange]).unique().sort()
    read = opening.read if numbers.equals(opening.numbers) else lines.read(numbers, source)
    found = one_table(read)
    if found is None or not BY_PLACE.isdisjoint(one.code for one in read.odd.found):
        return None
    if found.columns != table.columns or (found.head, found.body) != (table.head, table.body):
        # more rows may tell more of a column than the first ones do
        return _read(lines, found, source, many, opening, again=False) if again else None
    rows = _renumbered(read, numbers, source, lines.base)
    if rows is None:
        return None
    at, rows = rows["line"] - body, rows.drop("line")
    alike = ~odd.gather(at)
    same = plain.words(at.filter(alike))
    if not same.equals(rows.filter(alike)):
        return None
    careful, at = rows.filter(~alike), at.filter(~alike)
    lost = strange.filter(~(strange - body).is_in(at.implode())) - body
    kept = None
    if len(lost):
        is_row = pl.repeat(value=True, n=height, eager=True).scatter(lost, False)
        kept = is_row.arg_true()
        at = (is_row.cast(pl.Int64).cum_sum() - 1).gather(at)
    return Columnar(
        plain,
        kept,
        careful,
        at,
        _renumbered_notes(read, numbers, source, lines.base),
        bool(found.of("bureau")),
        tuple(read.dated),
    )


def _renumbered(read: FileRead, careful: pl.Series, source: Source, base: int) -> pl.DataFrame | None:
    """The rows read carefully, under the numbers of their own lines."""
    (table,) = read.sheets[0].tables
    frame = table.rows
    if "bureau" not in frame.columns:
        return None
    at = frame["ref"].str.slice(len(source.shown) + 1).cast(pl.Int64, strict=False)
    if at.null_count():
        return None
    own = careful.gather(at - base)
    columns = [name for name in frames.ASSETS.columns if name not in ("row", "part")]
    refs = f"{source.shown}#" + (own + base).cast(pl.String)
    return frame.with_columns(refs.alias("ref")).select(*columns, own.alias("line"))


def _renumbered_notes(read: FileRead, careful: pl.Series, source: Source, base: int) -> tuple[Note, ...]:
    found = []
    for one in read.odd.notes():
        ref = one.ref
        if ref is not None and (number := re.fullmatch(re.escape(source.shown) + r"#(\d+)", ref)):
            ref = f"{source.shown}#{careful[int(number[1]) - base] + base}"
        found.append(one._replace(ref=ref))
    return tuple(found)
