"""Rows whose units stand in columns of states: one part a state, in the row's place."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from equipcheck.ledger.layout.counts import USABLE
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.sheet import spans
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import squash, text_of

FREE = frozenset(
    {"in_use", "idle", "unknown"}
)  # a row that is gone, broken or lent as a whole is not taken apart


_SOUND = (None, "empty")
_NONE = frozenset({"无", "没有", "否", "×"})


class Part(NamedTuple):
    """Units of a row in one state, and the words over them (None: the row's own)."""

    row: int  # position among the asset rows
    number: int  # 0: the row is whole
    units: int
    status: str
    text: str | None


def take_apart(frame: pl.DataFrame, read: Reading, rows: list[int]) -> pl.DataFrame:
    """The rows with `part`, those with units in several states once a state; noted where they do not sum up."""
    if not read.table.states:
        return frame.with_columns(part=pl.lit(0, dtype=pl.Int64))
    parts = _parts(frame, read, rows)
    taken = frame[[part.row for part in parts]]
    own = taken["status_text"].to_list()
    return taken.with_columns(
        part=pl.Series([part.number for part in parts], dtype=pl.Int64),
        quantity=pl.Series([part.units for part in parts], dtype=pl.Int64),
        status=pl.Series([part.status for part in parts], dtype=pl.String),
        status_text=pl.Series(
            [part.text or text for part, text in zip(parts, own, strict=True)], dtype=pl.String
        ),
    )


def _parts(frame: pl.DataFrame, read: Reading, rows: list[int]) -> list[Part]:
    counted = [
        (one.word, one.status, read.cells.parsed_as_written(one.column, parse_quantity))
        for one in read.table.states
    ]
    usable = any(status in USABLE for _, status, _ in counted)
    as_written = {
        one.column: read.cells.parsed_as_written(one.column, lambda cell: cell) for one in read.table.states
    }
    others = [
        (text, one.column, cells) for one, (text, _, cells) in zip(read.table.states, counted, strict=True)
    ]
    found: list[Part] = []
    split: list[int] = []
    for at, (row, units, state) in enumerate(
        zip(rows, frame["quantity"].to_list(), frame["status"].to_list(), strict=True)
    ):
        told = [(number, status, text) for text, status, cells in counted if (number := cells[row][0])]
        rest = units - sum(number for number, _, _ in told)
        odd = [
            f"{text} {word}"
            for text, column, cells in others
            if cells[row][1] not in _SOUND and (word := squash(text_of(as_written[column][row]))) not in _NONE
        ]
        if odd and state in FREE:
            told_so = [f"{text} {number}" for number, _, text in told]
            read.note("states-differ", row, units=units, states="、".join([*told_so, *odd]))
            found.append(Part(at, 0, units, state, None))
            continue
        if not told or state not in FREE:
            found.append(Part(at, 0, units, state, None))
            continue
        if rest < 0 or (rest and usable):
            words = "、".join(f"{text} {number}" for number, _, text in told)
            read.note("states-differ", row, units=units, states=words)
            found.append(Part(at, 0, units, state, None))
            continue
        pieces = [(rest, state, None)] * (rest > 0) + [*told]
        if len(pieces) > 1:
            split.append(read.sheet.number(read.table.body + row))
        for n, (number, status, text) in enumerate(pieces, start=1):
            found.append(Part(at, n if len(pieces) > 1 else 0, number, status, text))
    if split:
        told_by = "、".join(f"“{text}”" for text, _, _ in counted)
        read.odd.add("units-by-state", read.sheet.name, split[0], columns=told_by, rows=spans(split))
    return found
