"""A big text ledger as physical lines: counted, picked out by their numbers, split into columns by polars."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

import polars as pl

from equipcheck.ground.encoding import decode
from equipcheck.ledger.cells import Cells, coded_apart, how_kept
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.one_file import FileRead, read_source
from equipcheck.ledger.source import Source
from equipcheck.problems import InputError

SAMPLE = 2000
"""Rows that are read both ways, and from which is seen whether a column's texts repeat."""

_QUOTED = r'^(?:"[^"]*"|[^",]*)(?:,(?:"[^"]*"|[^",]*))*$'
_DELIMITERS = (",", "\t")


def clean(data: bytes, shown: str) -> bytes | None:
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
    if data.endswith((b"\n\n", b"\n\r\n")):
        data = data.rstrip(b"\r\n")
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    return data


class Lines:
    """The physical lines of a text, blank ones too. Split only as far as they are asked for."""

    base = 1  # the number of the first one
    breaks = False  # whether a cell may hold several

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

    def read(self, numbers: pl.Series, source: Source) -> FileRead:
        """Some lines read carefully, as if there were no others. Raises InputError."""
        return read_source(self.gather(numbers), source)

    def cells(self, table: Table) -> dict[int, Cells] | None:
        """Cells by column as they stand, under the heading; None where lines cannot be split one by one."""
        delimiter, width = self.shape(table)
        if max(column.index for column in table.columns) >= width or not self.plain(delimiter):
            return None
        split = self._split(delimiter, table.body)
        names = [str(at) for at in range(width)]
        first = split(self.first(table.body + SAMPLE), schema=dict.fromkeys(names, pl.String()))
        frame = split(self.text, schema={name: how_kept(first[name]) for name in names})
        if frame.height != self.count - table.body:
            return None
        return {at: Cells.of(frame[name]) for at, name in enumerate(names)}

    def shape(self, table: Table) -> tuple[str, int]:
        """What stands between cells, and how many there are, by the heading."""
        head = self.first(table.head + 1).split(b"\n")[table.head].decode()
        delimiter = max(_DELIMITERS, key=head.count)
        return delimiter, head.count(delimiter) + 1

    def plain(self, delimiter: str) -> bool:
        """Whether each line can be split by itself."""
        return not self.quoted or (delimiter == "," and bool(self.all.str.contains(_QUOTED).all()))

    def column(self, at: int, delimiter: str, width: int, above: int) -> pl.Series:
        """One column beneath so many lines, as text without blanks around it, null where it says nothing.

        Raises polars' errors where lines are not of one width.
        """
        schema = {str(one): pl.String() for one in range(width)} | {str(at): coded_apart()}
        frame = self._split(delimiter, above)(self.text, schema=schema, columns=[at])
        cells = Cells.of(frame.to_series())
        return cells.rows(cells.texts)

    def _split(self, delimiter: str, above: int) -> Callable[..., pl.DataFrame]:
        return partial(
            pl.read_csv, has_header=False, separator=delimiter, quote_char='"' if self.quoted else None,
            encoding="utf8", skip_rows=above, truncate_ragged_lines=False,
        )  # fmt: skip
