"""Ledger files → the asset frame, the register of checks, and everything that was odd."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from equipcheck.ground import frames
from equipcheck.ground.garbage import without_gc
from equipcheck.ground.inputs import Input
from equipcheck.ledger.containers.detect import read_file
from equipcheck.ledger.one_file import read_source
from equipcheck.ledger.source import ENOUGH_BYTES, Ledgers, Source
from equipcheck.problems import InputError, Problem
from equipcheck.problems.notes import Note

if TYPE_CHECKING:
    from equipcheck.ledger.columnar import Columnar


def read_ledgers(sources: Sequence[Source], progress: Callable[[str], None] | None = None) -> Ledgers:
    """Read every source in order. Raises InputError with the problems of all files that cannot be read."""
    with without_gc():
        return _read_all(sources, progress)


def _read_all(sources: Sequence[Source], progress: Callable[[str], None] | None) -> Ledgers:
    problems: list[Problem] = []
    assets: list[pl.DataFrame] = []
    checks: list[pl.DataFrame] = []
    notes: list[Note] = []
    inputs: list[Input] = []
    dated: list[tuple[str, dt.date]] = []
    for source in sources:
        if progress is not None:
            progress(f"读取 {source.shown}")
        try:
            data = read_file(source.path, source.shown)
            inputs.append(Input(source.shown, hashlib.sha256(data).hexdigest(), source.role))
            fast = _by_columns(data, source)
            if fast is not None:
                assets.append(fast.rows.with_columns(part=pl.lit(0, dtype=pl.Int64)))
                notes.extend(fast.notes)
                dated += [(source.shown, max(fast.dated))] if fast.dated else []
                continue
            read = read_source(data, source)
        except InputError as error:
            problems.extend(error.problems)
            continue
        (checks if source.role == "verification" else assets).extend(read.frames)
        checks.extend(read.checks)
        notes.extend(read.odd.notes())
        if read.dated and source.role != "verification":
            dated.append((source.shown, max(read.dated)))
    if problems:
        raise InputError(problems)
    return Ledgers(
        _numbered(assets), _joined(checks, frames.CHECKS), tuple(notes), tuple(inputs), tuple(dated)
    )


def _by_columns(data: bytes, source: Source) -> Columnar | None:
    """A big text ledger read by columns, where it is clean; a small one never loads that reader."""
    if len(data) < ENOUGH_BYTES and not data.startswith(b"PAR1"):
        return None
    from equipcheck.ledger.columnar import read_columnar

    return read_columnar(data, source)


def _numbered(parts: list[pl.DataFrame]) -> pl.DataFrame:
    if not parts:
        return frames.ASSETS.empty()
    frame = pl.concat(
        [part.select(name for name in frames.ASSETS.columns if name != "row") for part in parts]
    )
    frame = frame.with_columns(row=(pl.col("part") < 2).cast(pl.Int64).cum_sum())
    return frames.ASSETS.check(frame.select(list(frames.ASSETS.columns)))


def _joined(parts: list[pl.DataFrame], schema: frames.Schema) -> pl.DataFrame:
    if not parts:
        return schema.empty()
    return schema.check(pl.concat(parts).select(list(schema.columns)))
