"""Big, clean text ledgers at the speed of a columnar reader, with the careful reader's own answers.

The careful reader reads the heading, the first rows, and every row that is in any way out of the ordinary; all other
rows are split by polars and their cells parsed once a distinct text. Both ways must agree on the first rows to the
last field, or the file is read carefully as a whole. So are files that are not clean: odd quotes, totals, groups,
further headings, marks that stand for the cell above, rows of unequal length.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace

import polars as pl

from equipcheck.ground import frames
from equipcheck.ground.encoding import decode
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.one_file import FileRead, read_source
from equipcheck.ledger.plain_rows import PlainRows
from equipcheck.ledger.source import Source
from equipcheck.problems import InputError
from equipcheck.problems.notes import Note

ENOUGH_BYTES = 256 << 10
"""Below this the careful reader is as fast."""

SAMPLE = 2000
"""Rows that are read both ways."""

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
    """What reading came to: frames.ASSETS less what only a run knows, and what was odd."""

    rows: pl.DataFrame
    notes: tuple[Note, ...]
    by_code: bool


def read_columnar(
    data: bytes, source: Source, *, least: int = ENOUGH_BYTES, sample: int = SAMPLE
) -> Columnar | None:
    """The file read by columns; None where it must be read carefully. Never raises."""
    if len(data) < least or source.role == "verification" or source.header_row is not None:
        return None
    text = _clean(data, source.shown)
    if text is None:
        return None
    lines = _lines(text)
    if lines is None:
        return None
    try:
        head = read_source(_joined(lines.head(SAMPLE + 300)), source)
        table = _one_table(head)
        if table is None:
            return None
        return _read(text, lines, table, source, sample)
    except (InputError, pl.exceptions.PolarsError):
        return None


def _clean(data: bytes, shown: str) -> bytes | None:
    """The text as UTF-8 without a mark; None where its lines or cells are not plainly what they seem."""
    if data[:4] in (b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0"):
        return None
    if b"\0" in data or b'="' in data or data.lstrip()[:1] == b"<" or data[:4] == b"sep=":
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
    returns = data.count(b"\r")
    return data if not returns or returns == data.count(b"\r\n") else None


def _lines(text: bytes) -> pl.Series | None:
    """Each physical line as text, blank ones too."""
    try:
        frame = pl.read_csv(
            io.BytesIO(text), has_header=False, separator="\x01", quote_char=None, schema={"line": pl.String()},
            encoding="utf8", truncate_ragged_lines=False,
        )  # fmt: skip
    except pl.exceptions.PolarsError:
        return None
    breaks = text.count(b"\n") + (not text.endswith(b"\n"))
    return frame.to_series().fill_null("") if frame.height == breaks else None


def _joined(lines: pl.Series) -> bytes:
    return "\n".join(lines.to_list()).encode() + b"\n"


def _one_table(read: FileRead) -> Table | None:
    """The one table of a file whose rows stand one by one under one heading."""
    tables = [found for sheet in read.sheets for found in sheet.tables]
    if len(tables) != 1 or len(read.sheets) != 1 or read.sheets[0].cards:
        return None
    table = tables[0].table
    fields = [
        column.field for column in table.columns if column.field is not None and column.field != "model"
    ]
    plain = len(fields) == len(set(fields)) and sum(one.endswith("quantity") for one in fields) < 2
    sound = plain and not table.repeats and set(tables[0].kinds) <= set(_WHOLE)
    return table if sound and read.sheets[0].sheet.column_numbers is None else None


def _read(text: bytes, lines: pl.Series, table: Table, source: Source, many: int) -> Columnar | None:
    cells = _cells(text, lines, table)
    if cells is None:
        return None
    plain = PlainRows(cells, table, source)
    if plain.depends_on_others():
        return None
    odd = plain.odd()
    below = pl.int_range(lines.len(), eager=True) >= table.body
    sample = pl.int_range(lines.len(), eager=True) < table.body + many
    if (odd & below).sum() > max(SAMPLE, MOST_ODD * lines.len()):
        return None
    careful = (~below | sample | odd).arg_true()
    read = read_source(_joined(lines.gather(careful)), source)
    found = _one_table(read)
    if (
        found is None
        or not BY_PLACE.isdisjoint(one.code for one in read.odd.found)
        or found.columns != table.columns
        or (found.head, found.body) != (table.head, table.body)
    ):
        return None
    rows = _renumbered(read, careful, source)
    if rows is None:
        return None
    at, rows = rows["line"], rows.drop("line")
    fast = plain.frame()
    alike = at.filter(~odd.gather(at))
    if not fast[alike].equals(rows.filter(~odd.gather(at))):
        return None
    whole = _with_rows(fast, at, rows)
    lost = careful.filter((careful >= table.body) & ~careful.is_in(at.implode()))
    gone = pl.concat([pl.int_range(table.body, eager=True).cast(pl.UInt32), lost.cast(pl.UInt32)])
    if lost.len():
        kept = ~pl.int_range(lines.len(), eager=True).is_in(gone.cast(pl.Int64).implode())
        whole = whole.filter(kept)
    else:
        whole = whole.slice(table.body)
    return Columnar(whole, _renumbered_notes(read, careful, source), bool(found.of("bureau")))


def _with_rows(fast: pl.DataFrame, at: pl.Series, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows read carefully in their places."""
    done = []
    for series in fast:
        if series.dtype.is_nested():
            changed = rows[series.name]
            if changed.list.len().sum() == 0 == series.list.len().sum():
                done.append(series)
                continue
            place = pl.int_range(series.len(), eager=True).scatter(
                at, pl.int_range(at.len(), eager=True) + series.len()
            )
            done.append(pl.concat([series, changed])[place])
        else:
            done.append(series.scatter(at, rows[series.name]))
    return pl.DataFrame(done)


def _cells(text: bytes, lines: pl.Series, table: Table) -> pl.DataFrame | None:
    """Cells by column as they stand, one row a line; None where lines cannot be split one by one."""
    head = lines[table.head]
    delimiter = max(_DELIMITERS, key=head.count)
    quoted = b'"' in text
    if quoted and (delimiter != "," or not lines.str.contains(_QUOTED).all()):
        return None
    width = head.count(delimiter) + 1
    if not quoted and (lines.str.count_matches(delimiter, literal=True) >= width).any():
        return None
    frame = pl.read_csv(
        io.BytesIO(text), has_header=False, separator=delimiter, quote_char='"' if quoted else None,
        schema={str(at): pl.String() for at in range(width)}, encoding="utf8",
    )  # fmt: skip
    known = max(column.index for column in table.columns) < width
    return frame.fill_null("") if frame.height == lines.len() and known else None


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
