"""Parquet exports: typed columns under one heading, as one sheet; rows are numbered from 1, the heading is row 0."""

from __future__ import annotations

import io
from decimal import Decimal

import polars as pl

from equipcheck.ledger.sheet import Book, Sheet, Value
from equipcheck.problems import InputError, Place, Problem

MAGIC = b"PAR1"


def read_parquet(data: bytes, shown: str) -> Book:
    """The file as a sheet. Raises InputError where it is broken."""
    return as_book(plain_columns(data, shown))


def plain_columns(data: bytes, shown: str) -> pl.DataFrame:
    """The columns that hold plain values. Raises InputError where the file is broken."""
    try:
        frame = pl.read_parquet(io.BytesIO(data))
    except (pl.exceptions.PolarsError, OSError):
        raise InputError(
            Problem("broken-file", Place(shown), {"reason": "不是完整的 parquet 文件"})
        ) from None
    return only_plain(frame.lazy()).collect()


def only_plain(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The columns that hold plain values."""
    kinds = frame.collect_schema()
    return frame.select([name for name, kind in kinds.items() if not kind.is_nested() and kind != pl.Binary])


def as_book(frame: pl.DataFrame) -> Book:
    """Some rows of the file as its sheet."""
    rows: list[list[Value]] = [[*frame.columns]]
    rows += [[value_of(cell) for cell in row] for row in frame.iter_rows()]
    return Book([Sheet("", rows, numbers=range(len(rows)))], text=True, reader="parquet")


def value_of(cell: object) -> Value:
    """A cell as other readers give it."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return float(cell)
    return cell if isinstance(cell, (bool, str)) else float(cell) if isinstance(cell, int) else cell  # type: ignore[return-value]
