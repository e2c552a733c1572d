"""Rows whose units stand in columns of states: one part a state, in the row's place."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from equipcheck.ledger.layout.columns import Units
from equipcheck.ledger.layout.counts import USABLE
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import squash, text_of
from equipcheck.ledger.words.remarks import NOT_SO

FREE = frozenset({"in_use", "idle", "unknown"})
"""A row that is gone, broken or lent as a whole is not taken apart."""


class Part(NamedTuple):
    """Units of a row in one state, and the words over them (None: the row's own)."""

    row: int  # position among the asset rows
    number: int  # 0: the row is whole
    units: int
    status: str
    text: str | None


def take_apart(frame: pl.DataFrame, read: Reading, rows: list[int]) -> pl.DataFrame:
    """The rows with `part` and `open`, those with units in several states once a state; noted where they do not
    sum up.
    """
    if not read.table.states:
        return frame.with_columns(_open(read, rows), part=pl.lit(0, dtype=pl.Int64))
    parts = _parts(frame, read, rows)
    taken = frame.with_columns(_open(read, rows))[[part.row for part in parts]]
    own = taken["status_text"].to_list()
    return taken.with_columns(
        part=pl.Series([part.number for part in parts], dtype=pl.Int64),
        quantity=pl.Series([part.units for part in parts], dtype=pl.Int64),
        status=pl.Series([part.status for part in parts], dtype=pl.String),
        status_text=pl.Series(
            [part.text or text for part, text in zip(parts, own, strict=True)], dtype=pl.String
        ),
    )


def _open(read: Reading, rows: list[int]) -> pl.Series:
    return pl.Series("open", [read.open.get(row) for row in rows], dtype=pl.String)


class _Column(NamedTuple):
    """A column of units in one state: its word and status, each row's units, and what is no number."""

    text: str
    status: str
    units: list[int | None]
    odd: list[str]


def _column(read: Reading, one: Units) -> _Column:
    cells = read.cells.parsed_as_written(one.column, lambda cell: (text_of(cell), *parse_quantity(cell)))
    odd = [
        text if code not in (None, "empty") and squash(text) not in NOT_SO else "" for text, _, code in cells
    ]
    return _Column(one.word, one.status, [units for _, units, _ in cells], odd)


def _parts(frame: pl.DataFrame, read: Reading, rows: list[int]) -> list[Part]:
    columns = [_column(read, one) for one in read.table.states]
    usable = any(one.status in USABLE for one in columns)
    found: list[Part] = []
    for at, (row, units, state) in enumerate(
        zip(rows, frame["quantity"].to_list(), frame["status"].to_list(), strict=True)
    ):
        told = [(number, one.status, one.text) for one in columns if (number := one.units[row])]
        odd = [f"{one.text} {one.odd[row]}" for one in columns if one.odd[row]]
        rest = units - sum(number for number, _, _ in told)
        differs = bool(odd) or (bool(told) and (rest < 0 or (rest > 0 and usable)))
        if state not in FREE or differs or not told:
            if state in FREE and differs:
                words = "、".join([*(f"{text} {number}" for number, _, text in told), *odd])
                read.note("states-differ", row, units=units, states=words)
            found.append(Part(at, 0, units, state, None))
            continue
        pieces = [(rest, state, None)] * (rest > 0) + [*told]
        if len(pieces) > 1:
            words = "、".join(f"{text or '其余'} {number}" for number, _, text in pieces)
            read.note("units-by-state", row, states=words)
        for n, (number, status, text) in enumerate(pieces, start=1):
            found.append(Part(at, n if len(pieces) > 1 else 0, number, status, text))
    return found
