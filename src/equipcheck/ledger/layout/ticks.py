"""Statuses as columns of their own, one of them ticked in each row: 「使用状况」 over 在用, 闲置, 待修."""

from __future__ import annotations

from itertools import groupby

from equipcheck.ledger.layout.alone import stands_alone
from equipcheck.ledger.layout.columns import Column
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.values.text import EMPTY, squash, text_of
from equipcheck.ledger.words.choices import chosen
from equipcheck.ledger.words.form import plain
from equipcheck.ledger.words.spread import ASKED, CROSSES
from equipcheck.ledger.words.statuses import parse_status
from equipcheck.ledger.words.vocabulary import Vocabulary

TICKS = frozenset({*"√✓✔☑●■是YyVv", "Yes", "yes", "YES"})
SAMPLE = 2000  # rows looked at
MOST_OTHERS = 4  # of as many cells one may hold something else


def join_ticks(sheet: Sheet, body: int, columns: list[Column], words: Vocabulary) -> None:
    """Columns side by side whose headings are status words and whose cells are ticks are one status column."""
    _join_asked(sheet, body, columns)
    has_status = {column.heading for column in columns if column.field == "status"}
    for above, group in groupby(columns, lambda column: _over(column, words)):
        run = [*group]
        if above is None or len(run) < 2 or has_status - {column.heading for column in run}:
            continue
        if not _ticked(sheet, body, run):
            continue
        first, *others = run
        for column in run:
            column.field = None
        first.field = "status"
        first.ticks = tuple(column.heading.rpartition("/")[2] for column in run)
        first.joined = tuple(column.index for column in others)
        first.heading = above or "、".join(first.ticks)
        return


def _join_asked(sheet: Sheet, body: int, columns: list[Column]) -> None:
    """「是否在用」「是否报废」 with yes and no under them are the status, where nothing else says one."""
    run = [column for column in columns if column.field is None and _asked(column) is not None]
    if not run or any(column.field == "status" for column in columns):
        return
    if not _ticked(sheet, body, run):
        return
    first, *others = run
    first.field = "status"
    first.ticks = tuple(str(_asked(column)) for column in run)
    first.joined = tuple(column.index for column in others)


def _asked(column: Column) -> str | None:
    """The status word of 「是否在用」."""
    called = plain(column.heading.rpartition("/")[2])
    word = called.removeprefix(ASKED).strip("()（）")
    return word if called.startswith(ASKED) and word and parse_status(word) != "unknown" else None


def _over(column: Column, words: Vocabulary) -> str | None:
    """What stands over a column that is headed by a status word: "" for nothing; None where it is not so headed."""
    above, _, lowest = column.heading.rpartition("/")
    if parse_status(plain(lowest)) == "unknown" or not plain(lowest):
        return None
    found = words.read(above or lowest)
    if not above:
        return "" if found is None or found.field in ("gained_quantity", "lost_quantity") else None
    return above if found is not None and found.field == "status" else None


def _ticked(sheet: Sheet, body: int, run: list[Column]) -> bool:
    texts = [
        text
        for row in sheet.rows[body : body + SAMPLE]
        if not stands_alone(row)
        for column in run
        if (text := squash(chosen(text_of(row[column.index])) or text_of(row[column.index]))) not in EMPTY
    ]
    others = sum(text not in TICKS and text not in CROSSES for text in texts)
    return any(text in TICKS for text in texts) and others * MOST_OTHERS < len(texts)


def one_status(ticks: tuple[str, ...], cells: tuple[Value, ...]) -> str:
    """The status that is ticked; the words of all where it is not one. A cross denies: 「不在用」."""
    said, denied = [], []
    for word, cell in zip(ticks, cells, strict=True):
        text = squash(chosen(text_of(cell)) or text_of(cell))
        if text in CROSSES:
            denied += [f"不{word}"] if parse_status(word) == "in_use" else []
        elif text not in EMPTY:
            said.append(word if text in TICKS else f"{word}{text}")
    statuses = {parse_status(word) for word in said}
    if len(statuses) == 1 and (not denied or statuses.isdisjoint({"in_use", "unknown"})):
        return said[0]
    return "、".join([*said, *denied])
