"""The files of a fleet: read side by side, each once, what cannot be read set aside with the reason."""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from equipcheck.fleet.cache import Cache, Kept
from equipcheck.ground import frames
from equipcheck.ground.inputs import Input
from equipcheck.ledger import Source, coded_rows
from equipcheck.ledger.columnar import Columnar, read_columnar
from equipcheck.ledger.containers.detect import read_file
from equipcheck.ledger.one_file import FileRead, read_source
from equipcheck.problems import InputError, Problem

ENOUGH_BYTES = 8 << 20
"""Below this much to read, further processes take longer to start than they save."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file: its rows, or why there are none."""

    source: Source
    input: Input | None
    kept: Kept | None
    problems: tuple[Problem, ...] = ()
    cached: bool = False


class Ahead(NamedTuple):
    """A big file's bytes and their hash, on their way while something else is done."""

    path: Path
    data: Future[bytes]
    digest: Future[str]


@contextmanager
def read_ahead(target: Path, most: int) -> Iterator[list[Ahead]]:
    """The ledger that a call names, if it is one of up to `most` bytes; `read_files` takes it out."""
    found: list[Ahead] = []
    with ThreadPoolExecutor(1) as beside:
        if target.is_file() and ENOUGH_BYTES <= _size(target) <= most:
            data = beside.submit(read_file, target, target.name)
            found.append(Ahead(target, data, beside.submit(_hash_of, data)))
            del data  # whoever takes it out lets it go
        yield found


def read_files(
    sources: Sequence[Source],
    cache: Cache,
    jobs: int | None = None,
    progress: Callable[[str], None] | None = None,
    ahead: list[Ahead] | None = None,
) -> list[ReadFile]:
    """Every source in order. `jobs`: processes; None: as many as there are processors, where it pays."""
    found: list[ReadFile] = []
    for count, one in enumerate(_each(sources, cache, jobs, ahead or []), start=1):
        found.append(one)
        if progress is not None and (count % 50 == 0 or count == len(sources)):
            progress(f"已读台账 {count}/{len(sources)}")
    cache.tidy()
    return found


def _each(
    sources: Sequence[Source], cache: Cache, jobs: int | None, ahead: list[Ahead]
) -> Iterator[ReadFile]:
    count = min(jobs or os.cpu_count() or 1, len(sources))
    if count < 2 or (jobs is None and sum(_size(one.path) for one in sources) < ENOUGH_BYTES):
        yield from (read_one(one, cache, ahead) for one in sources)
        return
    # spawned, never forked: a fork keeps the locks of the other threads that polars has started
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(
            read_one, sources, [cache] * len(sources), chunksize=max(1, len(sources) // (8 * count))
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def read_one(source: Source, cache: Cache, ahead: list[Ahead] | None = None) -> ReadFile:
    """One file; whatever is wrong with it is returned, never raised."""
    early = ahead.pop() if ahead and ahead[0].path == source.path else None
    try:
        if early is not None:
            data = early.data.result()
            digest: Callable[[], str] = early.digest.result
            del early
        else:
            data = read_file(source.path, source.shown)
            digest = _hashing(data)
        if cache.folder is None:  # nobody waits for the hash
            read = _read(data, source)
            given = Input(source.shown, digest(), source.role)
        else:
            given = Input(source.shown, digest(), source.role)
            if (found := cache.find(given.sha256, source)) is not None:
                return ReadFile(source, given, found, cached=True)
            read = _read(data, source)
    except InputError as error:
        return ReadFile(source, None, None, error.problems)
    del data, digest  # as big as all that is kept of it
    kept = kept_of(read)
    cache.keep(given.sha256, source, kept)
    return ReadFile(source, given, kept)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_of(data: Future[bytes]) -> str:
    return _hash(data.result())


def _hashing(data: bytes) -> Callable[[], str]:
    """What tells the hash: of big data it is made meanwhile."""
    if len(data) < ENOUGH_BYTES:
        return partial(_hash, data)
    beside = ThreadPoolExecutor(1)
    found = beside.submit(_hash, data)
    beside.shutdown(wait=False)
    return found.result


def _read(data: bytes, source: Source) -> Columnar | FileRead:
    """The file by columns, where it is big and clean, or else carefully. Raises InputError."""
    return read_columnar(data, source) or read_source(data, source)


def kept_of(read: Columnar | FileRead) -> Kept:
    """What is kept of a file that was read."""
    if isinstance(read, Columnar):
        return Kept(read.coded, frames.CHECKS.empty(), read.notes, read.by_code)
    by_code = any(table.table.of("bureau") for sheet in read.sheets for table in sheet.tables)
    verification = read.source.role == "verification"
    checks, assets = frames.CHECKS.empty(), coded_rows.empty()
    told = read.frames if verification else read.checks
    if told:
        checks = pl.concat([frame.select(checks.columns) for frame in told]).cast(dict(checks.schema))  # type: ignore[arg-type]
    if not verification:
        assets = coded_rows.coded(pl.concat([frame.select(_COLUMNS) for frame in read.frames]))
    return Kept(assets, checks, tuple(read.odd.notes()), by_code)


_COLUMNS = [name for name in frames.ASSETS.columns if name != "row"]


def renamed(read: ReadFile, code: str) -> ReadFile:
    """The file with all its rows one bureau's."""
    if read.kept is None:
        return read
    bureau = pl.lit(code).alias("bureau")
    assets = read.kept.assets.with_columns(bureau.cast(pl.Categorical()))
    kept = replace(read.kept, assets=assets, checks=read.kept.checks.with_columns(bureau))
    return replace(read, kept=kept)


def read_rows(cells: Sequence[str], numbers: pl.Series, source: Source) -> ReadFile:
    """Rows of a parquet export (each a JSON object of texts), read as the file is; `numbers` count them from 0."""
    frame = pl.DataFrame([json.loads(one) for one in cells], infer_schema_length=None)
    stream = io.BytesIO()
    frame.cast(pl.String).write_parquet(stream)
    try:
        kept = kept_of(_read(stream.getvalue(), source))
    except InputError as error:
        return ReadFile(source, None, None, error.problems)
    own = pl.concat([pl.Series([0], dtype=pl.UInt32), (numbers + 1).cast(pl.UInt32)])  # the heading is row 0
    return ReadFile(source, None, renumbered(kept, source, own, 0))


def renumbered(kept: Kept, source: Source, numbers: pl.Series, base: int) -> Kept:
    """Rows of a part of a file under the `numbers` of its lines in the whole one; null: not of this part.

    `base` is what the part's first line is called.
    """
    own = numbers.gather(kept.assets["number"] - base)
    assets = kept.assets.with_columns(number=own)
    if own.null_count():
        assets = assets.filter(own.is_not_null())
    start = len(source.shown) + 1
    notes = []
    for one in kept.notes:
        if one.ref is not None and (at := one.ref[start:]).isdigit():
            line = numbers[int(at) - base]
            if line is None:
                continue
            one = one._replace(ref=f"{source.shown}#{line}")  # noqa: PLW2901 (the same note, in its place)
        notes.append(one)
    return replace(kept, assets=assets, notes=tuple(notes))
