"""Consolidated exports too big to be read at once: dealt out to pieces of whole bureaus, which are read one by one.

A piece is the heading, the first rows of the file (from which its columns are told, and which are dropped again), and
the rows of some bureaus under their own numbers. Text is dealt out to files in a temporary folder, in one pass;
parquet is filtered where it lies. Only where each row can be read by itself: files with totals, groups, marks for the
cell above or anything else that the columnar reader leaves to the careful one are read whole.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from equipcheck.fleet.reading import ReadFile, kept_of, renumbered
from equipcheck.ledger import Source
from equipcheck.ledger.columnar import HEAD, ROW_BYTES, by_columns, one_table
from equipcheck.ledger.containers.parquet import only_plain, value_of
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.records import Records
from equipcheck.ledger.sheet_columns import BLANKS
from equipcheck.ledger.text_lines import SAMPLE, Lines, clean
from equipcheck.ledger.values.text import is_empty, text_of
from equipcheck.problems import InputError

AHEAD = max(HEAD, SAMPLE)
"""Lines that every piece begins with, the heading among them."""

BLOCK_BYTES = 16 << 20
"""Text that is dealt out at one time."""

TEXTS = frozenset({".csv", ".tsv", ".txt"})
SPLIT = "\x01"  # between a line's number and the line

BucketOf = Callable[[str], int]
"""Which piece the rows under a code belong to."""


class WholeOnlyError(Exception):
    """A file whose rows cannot be read apart from each other."""


def bytes_of(path: Path) -> int:
    """About what the rows of an export take as text; 0 for what is none that can be dealt out."""
    try:
        if path.suffix.lower() in TEXTS:
            return path.stat().st_size
        if path.suffix.lower() == ".parquet":
            return int(pl.scan_parquet(path).select(pl.len()).collect().item()) * ROW_BYTES
    except (OSError, pl.exceptions.PolarsError):
        pass  # reading it will say what is wrong
    return 0


@contextmanager
def dealt_out(sources: Sequence[Source], which: BucketOf) -> Iterator[Callable[[int], list[ReadFile]]]:
    """What reads a piece of each export by its number. Raises WholeOnlyError, then and later."""
    with tempfile.TemporaryDirectory(prefix="equipcheck-", ignore_cleanup_errors=True) as folder:
        with _or_whole():
            every = [_dealt(one, which, Path(folder) / str(at)) for at, one in enumerate(sources)]

        def read(number: int) -> list[ReadFile]:
            with _or_whole():
                return [found for one in every if (found := one(number)) is not None]

        yield read


@contextmanager
def _or_whole() -> Iterator[None]:
    """Whatever goes wrong (no room for pieces, an unforeseen line): the file is read whole, and says what is wrong."""
    try:
        yield
    except (OSError, InputError, pl.exceptions.PolarsError):
        raise WholeOnlyError from None


def _dealt(source: Source, which: BucketOf, folder: Path) -> Callable[[int], ReadFile | None]:
    if source.path.suffix.lower() == ".parquet":
        return _records(source, which)
    folder.mkdir()
    return _texts(source, which, folder)


def _told(lines: Lines | Records, source: Source) -> tuple[Table, int]:
    """The table of a file, and its column of codes, by its first lines."""
    table = one_table(lines.read(pl.int_range(lines.count, eager=True), source))
    code = next(iter(table.of("bureau")), None) if table is not None else None
    if table is None or code is None:
        raise WholeOnlyError
    return table, code.index


def _piece(lines: Lines | Records, table: Table, source: Source, numbers: pl.Series) -> ReadFile:
    """`numbers`: what each line is called in the whole file, null for those that are only there to be seen."""
    found = by_columns(lines, source)
    if found is None or found.plain.table.columns != table.columns:
        raise WholeOnlyError
    return ReadFile(source, None, renumbered(kept_of(found), source, numbers, lines.base))


def _texts(source: Source, which: BucketOf, folder: Path) -> Callable[[int], ReadFile | None]:
    before = 0  # lines dealt out so far
    for block in _blocks(source.path):
        text = clean(block, source.shown)
        if text is None or SPLIT.encode() in text:
            raise WholeOnlyError
        lines, above = Lines(text), 0
        if before == 0:
            top = Lines(lines.first(AHEAD))
            table, at = _told(top, source)
            (delimiter, width), above = lines.shape(table), table.body
        if not lines.plain(delimiter):
            raise WholeOnlyError
        own = lines.all[above:]
        codes = lines.column(at, delimiter, width, above).fill_null("")
        if len(codes) != len(own):
            raise WholeOnlyError
        rows = pl.DataFrame({
            "number": pl.int_range(len(own), dtype=pl.UInt32, eager=True) + (before + above + 1),
            "line": own,
            "piece": codes.replace_strict({one: which(one) for one in codes.unique()}, return_dtype=pl.Int64),
        })  # fmt: skip
        for (number,), mine in rows.group_by("piece"):
            with (folder / str(number)).open("ab") as stream:
                mine.select("number", "line").write_csv(
                    stream, include_header=False, separator=SPLIT, quote_style="never"
                )
        before += block.count(b"\n")  # blank lines at the end of a block too
    if before == 0:
        raise WholeOnlyError

    def read(number: int) -> ReadFile | None:
        if not (folder / str(number)).exists():
            return None
        rows = pl.read_csv(
            folder / str(number), has_header=False, separator=SPLIT, quote_char=None,
            schema={"number": pl.UInt32(), "line": pl.String()},
        )  # fmt: skip
        stream = io.BytesIO()
        stream.write(top.text)
        rows.select("line").write_csv(stream, include_header=False, quote_style="never")
        seen = pl.Series([None], dtype=pl.UInt32).new_from_index(0, top.count)
        return _piece(Lines(stream.getvalue()), table, source, pl.concat([seen, rows["number"]]))

    return read


def _blocks(path: Path) -> Iterator[bytes]:
    """A file in blocks of whole lines."""
    with path.open("rb") as stream:
        rest = b""
        while chunk := stream.read(BLOCK_BYTES):
            cut = chunk.rfind(b"\n") + 1
            if cut:
                yield rest + chunk[:cut]
                rest = chunk[cut:]
            else:
                rest += chunk
        if rest:
            yield rest


def _records(source: Source, which: BucketOf) -> Callable[[int], ReadFile | None]:
    scan = only_plain(pl.scan_parquet(source.path))
    top = scan.head(AHEAD - 1).collect()
    table, at = _told(Records(top), source)
    heading = top.columns[at]
    pieces: dict[int, list[object]] = {}
    for value in scan.select(heading).unique().collect().to_series().to_list():
        text = text_of(value_of(value)).strip(BLANKS)
        pieces.setdefault(which("" if is_empty(text) else text), []).append(value)
    seen = pl.Series([None], dtype=pl.UInt32).new_from_index(0, top.height + 1)

    def read(number: int) -> ReadFile | None:
        if number not in pieces:
            return None
        mine = pl.Series(pieces[number], dtype=top.schema[heading])
        rows = (
            scan.with_row_index("number", offset=1)
            .filter(pl.col(heading).is_in(mine.implode(), nulls_equal=True))
            .collect()
        )
        lines = Records(pl.concat([top, rows.drop("number")]))
        return _piece(lines, table, source, pl.concat([seen, rows["number"]]))

    return read
