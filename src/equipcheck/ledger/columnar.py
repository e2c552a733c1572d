"""Big, clean text ledgers at the speed of a columnar reader, with the careful reader's own answers.

The careful reader reads the heading, the first rows, and every row that is in any way out of the ordinary; all other
rows are split by polars, their texts coded as they are read, and each distinct text is parsed once. Both ways must
agree on the first rows to the last field, or the file is read carefully as a whole. So are files that are not clean:
odd quotes, totals, groups, further headings, marks that stand for the cell above, rows of unequal length.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import polars as pl

from equipcheck.ground import frames
from equipcheck.ground.encoding import decode
from equipcheck.ledger.cells import OFTEN, Cells
from equipcheck.ledger.coded_rows import CODED, coded, ref
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.one_file import FileRead, read_source
from equipcheck.ledger.plain_rows import PlainRows
from equipcheck.ledger.source import ENOUGH_BYTES, Source
from equipcheck.problems import InputError
from equipcheck.problems.notes import Note

SAMPLE = 2000
"""Rows that are read both ways."""

HEAD = 300
"""Lines among which the heading stands, with enough rows to see what the columns are."""

MOST_ODD = 0.25
"""The share of rows out of the ordinary above which nothing is gained."""

BY_PLACE = frozenset({
    "cells-unread", "cells-unread-more", "ditto-marks", "rows-above-heading",
    "status-from-heading", "status-elsewhere", "heading-state-differs", "heading-state-unclear",
})  # fmt: skip
"""Notes that name rows or cells in their words: only who reads all rows knows their numbers."""

_QUOTED = r'^(?:"[^"]*"|[^",]*)(?:,(?:"[^"]*"|[^",]*))*$'
_DELIMITERS = (",", "\t")
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
    if len(data) < least or source.role == "verification" or source.header_row is not None:
        return None
    text = _clean(data, source.shown)
    if text is None:
        return None
    try:
        lines = Lines(text)
        opening = Opening(max(HEAD, sample), read_source(lines.first(max(HEAD, sample)), source))
        table = _one_table(opening.read)
        if table is None:
            return None
        return _read(lines, table, source, sample, opening)
    except (InputError, pl.exceptions.PolarsError):
        return None


def _clean(data: bytes, shown: str) -> bytes | None:
    """The text as UTF-8 without a mark; None where its lines or cells are not plainly what they seem."""
    if data[:4] in (b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0"):
        return None
    if b"\0" in data or data[:64].lstrip()[:1] == b"<" or data[:4] == b"sep=":
        return None
    if b'"' in data and b'="' in data:
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    else:
        try:
            encoding = decode(data[: data.rfind(b"\n", 0, 1 << 16) + 1], shown)[1]
            if encoding in ("gb18030", "ascii"):
                text, encoding = decode(data, shown)
                data = data if encoding == "utf-8" else text.encode()
        except InputError:
            return None
        if encoding not in ("utf-8", "gb18030"):
            return None
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    return data


class Lines:
    """The physical lines of a text, blank ones too. Split only as far as they are asked for."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.quoted = b'"' in text
        self.count = self._scan().select(pl.len()).collect().item()

    def _scan(self) -> pl.LazyFrame:
        return pl.scan_csv(
            self.text, has_header=False, separator="\x01", quote_char=None, schema={"line": pl.String()}
        )

    def first(self, count: int) -> bytes:
        """So many lines from the first one on."""
        end = -1
        for _ in range(min(count, self.count)):
            end = self.text.find(b"\n", end + 1)
            if end < 0:
                return self.text + b"\n"
        return self.text[: end + 1]

    @cached_property
    def all(self) -> pl.Series:
        """Each line as text. Raises polars' errors."""
        frame = self._scan().collect()
        if frame.height != self.count:
            raise pl.exceptions.ComputeError("lines were joined")
        return frame.to_series().fill_null("")

    def gather(self, numbers: pl.Series) -> bytes:
        """Lines by their numbers, from 0 and ascending."""
        last = numbers[-1] if len(numbers) else -1
        if last + 1 == len(numbers):  # the first ones, without a gap
            return self.first(len(numbers))
        return "\n".join(self.all.gather(numbers).to_list()).encode() + b"\n"


def _one_table(read: FileRead) -> Table | None:
    """The one table of a file whose rows stand one by one under one heading."""
    tables = [found for sheet in read.sheets for found in sheet.tables]
    if len(tables) != 1 or len(read.sheets) != 1 or read.sheets[0].cards:
        return None
    table = tables[0].table
    fields = [
        column.field for column in table.columns if column.field is not None and column.field != "model"
    ]
    joined = any(column.joined for column in table.columns)
    plain = (
        not joined and len(fields) == len(set(fields)) and sum(one.endswith("quantity") for one in fields) < 2
    )
    sound = plain and not table.repeats and set(tables[0].kinds) <= set(_WHOLE)
    return table if sound and read.sheets[0].sheet.column_numbers is None else None


@dataclass(frozen=True, slots=True)
class Opening:
    """The first lines, read carefully."""

    count: int
    read: FileRead


def _read(
    lines: Lines, table: Table, source: Source, many: int, opening: Opening, *, again: bool = True
) -> Columnar | None:
    cells = _cells(lines, table)
    if cells is None:
        return None
    body, height = table.body, lines.count - table.body
    plain = PlainRows(cells, table, source, height)
    if plain.depends_on_others():
        return None
    odd = plain.odd()
    if odd.sum() > max(SAMPLE, MOST_ODD * lines.count):
        return None
    strange = odd.arg_true().cast(pl.Int64) + body
    first = opening.count if many >= HEAD else body + many
    numbers = pl.concat([pl.int_range(min(first, lines.count), eager=True), strange]).unique().sort()
    known = len(numbers) == min(opening.count, lines.count)
    read = opening.read if known else read_source(lines.gather(numbers), source)
    found = _one_table(read)
    if found is None or not BY_PLACE.isdisjoint(one.code for one in read.odd.found):
        return None
    if found.columns != table.columns or (found.head, found.body) != (table.head, table.body):
        # more rows may tell more of a column than the first ones do
        return _read(lines, found, source, many, opening, again=False) if again else None
    rows = _renumbered(read, numbers, source)
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
        _renumbered_notes(read, numbers, source),
        bool(found.of("bureau")),
        tuple(read.dated),
    )


def _cells(lines: Lines, table: Table) -> dict[int, Cells] | None:
    """Cells by column as they stand, under the heading; None where lines cannot be split one by one."""
    above = lines.first(table.body + SAMPLE)
    head = above.split(b"\n")[table.head].decode()
    delimiter = max(_DELIMITERS, key=head.count)
    if lines.quoted and (delimiter != "," or not lines.all.str.contains(_QUOTED).all()):
        return None
    width = head.count(delimiter) + 1
    if max(column.index for column in table.columns) >= width:
        return None
    split = partial(
        pl.read_csv, has_header=False, separator=delimiter, quote_char='"' if lines.quoted else None,
        encoding="utf8", skip_rows=table.body, truncate_ragged_lines=False,
    )  # fmt: skip
    names = [str(at) for at in range(width)]
    first = split(above, schema=dict.fromkeys(names, pl.String()))
    frame = split(lines.text, schema={name: _kind(first[name]) for name in names})
    if frame.height != lines.count - table.body:
        return None
    return {at: Cells.of(frame[name]) for at, name in enumerate(names)}


def _kind(first: pl.Series) -> pl.DataType:
    """How a column is split: coded, with categories of its own, where its first texts repeat."""
    if first.n_unique() < OFTEN * len(first):
        return pl.Categorical(pl.Categories.random("equipcheck"))
    return pl.String()


def _renumbered(read: FileRead, careful: pl.Series, source: Source) -> pl.DataFrame | None:
    """The rows read carefully, under the numbers of their own lines."""
    (table,) = read.sheets[0].tables
    frame = table.rows
    if "bureau" not in frame.columns:
        return None
    at = frame["ref"].str.slice(len(source.shown) + 1).cast(pl.Int64, strict=False)
    if at.null_count():
        return None
    own = careful.gather(at - 1)
    columns = [name for name in frames.ASSETS.columns if name not in ("row", "part")]
    refs = f"{source.shown}#" + (own + 1).cast(pl.String)
    return frame.with_columns(refs.alias("ref")).select(*columns, own.alias("line"))


def _renumbered_notes(read: FileRead, careful: pl.Series, source: Source) -> tuple[Note, ...]:
    found = []
    for one in read.odd.notes():
        ref = one.ref
        if ref is not None and (number := re.fullmatch(re.escape(source.shown) + r"#(\d+)", ref)):
            ref = f"{source.shown}#{careful[int(number[1]) - 1] + 1}"
        found.append(replace(one, ref=ref))
    return tuple(found)
