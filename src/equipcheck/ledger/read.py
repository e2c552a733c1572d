"""Ledger files → the asset frame, the register of checks, and everything that was odd."""

from __future__ import annotations

import difflib
import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import polars as pl

from equipcheck import frames
from equipcheck.ledger.assets import read_assets
from equipcheck.ledger.cards import as_table
from equipcheck.ledger.container import open_book, read_file
from equipcheck.ledger.headings import heading_of, plain
from equipcheck.ledger.layout import Table, Vocabulary, find_tables
from equipcheck.ledger.odd import Odd
from equipcheck.ledger.register import read_checks
from equipcheck.ledger.sheet import Book, Sheet
from equipcheck.ledger.source import FIELDS, Ledgers, Source
from equipcheck.ledger.words import text_of
from equipcheck.problems import InputError, Place, Problem
from equipcheck.results import Input, Note


def read_ledgers(sources: Sequence[Source], progress: Callable[[str], None] | None = None) -> Ledgers:
    """Read every source in order. Raises InputError with the problems of all files that cannot be read."""
    with _uncollected():
        return _read_all(sources, progress)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection while hundreds of thousands of small lists come to be and stay."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _read_all(sources: Sequence[Source], progress: Callable[[str], None] | None) -> Ledgers:
    problems: list[Problem] = []
    assets: list[pl.DataFrame] = []
    checks: list[pl.DataFrame] = []
    notes: list[Note] = []
    inputs: list[Input] = []
    for source in sources:
        if progress is not None:
            progress(f"读取 {source.shown}")
        try:
            data = read_file(source.path, source.shown)
            inputs.append(Input(source.shown, hashlib.sha256(data).hexdigest(), source.role))
            rows, odd = _read_source(data, source)
        except InputError as error:
            problems.extend(error.problems)
            continue
        (checks if source.role == "verification" else assets).extend(rows)
        notes.extend(odd.notes())
    if problems:
        raise InputError(problems)
    return Ledgers(_numbered(assets), _joined(checks, frames.CHECKS), tuple(notes), tuple(inputs))


def _read_source(data: bytes, source: Source) -> tuple[list[pl.DataFrame], Odd]:
    if unknown := [name for name in source.columns if name not in FIELDS]:
        raise InputError([_unknown_field(source, name) for name in unknown])
    book = open_book(data, source.shown, frozenset(source.sheets) if source.sheets is not None else None)
    odd = Odd(source.shown, text=book.text)
    odd.take(book.oddities)
    _check_sheets(book, source)
    words = Vocabulary.of_source(source.role, source.columns)
    found: list[pl.DataFrame] = []
    for page in book.sheets:
        sheet, tables = _tables(page, words, source.header_row, odd)
        if not tables:
            odd.add("sheet-skipped" if any(map(any, sheet.rows)) else "sheet-empty", sheet.name)
        for n, table in enumerate(tables):
            if n:
                odd.add("further-table", sheet.name, sheet.number(table.head))
            if source.role == "verification":
                frame = read_checks(sheet, table, odd)
            else:
                frame = read_assets(sheet, table, odd).with_columns(role=pl.lit(source.role))
            found.append(frame.with_columns(bureau=pl.lit(source.bureau)))
    _check_columns(book, source)
    if not found:
        raise InputError(_no_heading(book, source))
    return found, odd


def _tables(sheet: Sheet, words: Vocabulary, header_row: int | None, odd: Odd) -> tuple[Sheet, list[Table]]:
    """The tables of a sheet; cards are made one first. Hidden rows are said."""
    if header_row is None and (cards := as_table(sheet, words)) is not None:
        odd.add("card-form", sheet.name, count=len(cards.rows) - 1)
        sheet = cards
    tables = find_tables(sheet, words, header_row)
    if tables and sheet.hidden_rows:
        below = {sheet.number(at) for at, row in enumerate(sheet.rows) if at >= tables[0].body and any(row)}
        if hidden := sorted(below & sheet.hidden_rows):
            odd.add("hidden-rows", sheet.name, hidden[0], rows=_spans(hidden))
    return sheet, tables


def _spans(numbers: list[int]) -> str:
    """「3、5-9」; the first ten spans."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    texts = [f"{first}-{last}" if first < last else str(first) for first, last in spans[:10]]
    return "、".join(texts) + (" 等" if len(spans) > 10 else "")


def _numbered(parts: list[pl.DataFrame]) -> pl.DataFrame:
    if not parts:
        return frames.ASSETS.empty()
    frame = pl.concat(parts).with_row_index("row", offset=1)
    frame = frame.with_columns(pl.col("row").cast(pl.Int64), part=pl.lit(0, dtype=pl.Int64))
    return frames.ASSETS.check(frame.select(list(frames.ASSETS.columns)))


def _joined(parts: list[pl.DataFrame], schema: frames.Schema) -> pl.DataFrame:
    if not parts:
        return schema.empty()
    return schema.check(pl.concat(parts).select(list(schema.columns)))


def _unknown_field(source: Source, name: str) -> Problem:
    args = {"key": f"columns.{name}", "near": near(name, FIELDS), "expected": "、".join(FIELDS)}
    return Problem("unknown-key", Place(source.shown), args)


def near(word: str, known: Sequence[str]) -> str:
    """「，是否为“…”？」, or nothing where nothing is near."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"，是否为“{close[0]}”？" if close else ""


def _check_sheets(book: Book, source: Source) -> None:
    if source.sheets is None or book.text:
        return
    have = [sheet.name for sheet in book.sheets]
    lost = [name for name in source.sheets if name not in have]
    if lost:
        raise InputError(
            [
                Problem(
                    "no-such-sheet",
                    Place(source.shown),
                    {"name": name, "near": near(name, book.names), "names": "、".join(book.names)},
                )
                for name in lost
            ]
        )


def _check_columns(book: Book, source: Source) -> None:
    """Every heading that `columns:` names must stand somewhere in the file."""
    texts = {
        plain(text_of(cell)): text_of(cell)
        for sheet in book.sheets
        for row in sheet.rows[:200]
        for cell in row
    }
    lost = [heading for heading in source.columns.values() if plain(heading) not in texts]
    if lost:
        known = [text for text in texts.values() if heading_of(text) is not None]
        raise InputError(
            [
                Problem(
                    "no-such-heading",
                    Place(source.shown),
                    {
                        "heading": heading,
                        "near": near(heading, known),
                        "known": "、".join(dict.fromkeys(known)),
                    },
                )
                for heading in lost
            ]
        )


def _no_heading(book: Book, source: Source) -> Problem:
    wanted = (
        "资产编号（或出厂编号）和检定日期（或有效期至）"
        if source.role == "verification"
        else "资产名称（或设备名称等）"
    )
    best = max(book.sheets, key=lambda sheet: _known_in(sheet)[0], default=None)
    seen = "、".join(_known_in(best)[1]) if best is not None else ""
    args = {"wanted": wanted, "seen": f"，只认出：{seen}" if seen else ""}
    if source.header_row is not None:
        return Problem("bad-header-row", Place(source.shown), args | {"row": source.header_row})
    return Problem("no-heading", Place(source.shown), args)


def _known_in(sheet: Sheet) -> tuple[int, list[str]]:
    """The most known headings in one row of the first hundred."""
    best: list[str] = []
    for row in sheet.rows[:100]:
        known = [
            " ".join(cell.split()) for cell in row if isinstance(cell, str) and heading_of(cell) is not None
        ]
        best = max(best, known, key=len)
    return len(best), best
