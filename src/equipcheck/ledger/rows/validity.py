"""Dates of a table, and the end of validity from whatever the table gives: a date, a certificate, a cycle."""

from __future__ import annotations

import datetime as dt
from functools import partial

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.layout.columns import Column
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.values.dates import Use, parse_date
from equipcheck.ledger.values.text import is_empty, squash, text_of
from equipcheck.ledger.words.certificates import (
    CERTIFIED,
    DATED,
    end_of_cycle,
    read_certificate,
    read_cycle,
    says_undated,
)
from equipcheck.ledger.words.remarks import read_remark

Days = list[dt.date | None]

_FAILED = pattern("不合格|未通过")
_TERM = pattern("[年月]")


def read_dates(read: Reading, rows: list[int], name: Use) -> Days:
    """A date column's days for these rows; a cell that cannot be told is noted and null."""
    column = next(iter(read.table.of(name)), None)
    if column is None:
        return [None] * len(rows)
    parsed = read.cells.parsed(column.index, partial(parse_date, use=name))
    days: Days = []
    for row in rows:
        day, clear = parsed[row]
        if not clear:
            _unclear(read, row, column, "date-unclear")
        days.append(day)
    return days


def _unclear(read: Reading, row: int, column: Column, code: str) -> None:
    value = " ".join(text_of(read.cells.filled[column.index][row]).split())
    if value.startswith("="):  # a formula without a value is noted once for its column
        return
    read.note(code, row, heading=column.heading, value=value)


def read_validity(read: Reading, rows: list[int]) -> tuple[Days, Days]:
    """(checked on, valid until) for these rows. A date column holds before a text, a text before a cycle."""
    checked = read_dates(read, rows, "checked_on")
    until = _read_until(read, rows, checked)
    _take_certificates(read, rows, checked, until)
    if (column := next(iter(read.table.of("remark")), None)) is not None:
        texts = read.texts[str(column.index)][rows]
        for n in texts.str.contains(CERTIFIED).arg_true().to_list():
            found = read_certificate(texts[n])
            if until[n] is None and found[1] is not None:
                until[n] = found[1]
                read.note("validity-from-remark", rows[n], value=texts[n])
            checked[n] = checked[n] or found[0]
            over = read_remark(texts[n], 1).status == "expired"  # told by the row's state
            if until[n] is None and not over and says_undated(texts[n]):
                read.note("validity-undated", rows[n], value=texts[n])
    if (column := next(iter(read.table.of("cycle")), None)) is not None:
        in_months = "月" in column.heading
        months = read.cells.parsed(column.index, partial(read_cycle, in_months=in_months))
        for n, row in enumerate(rows):
            day, cycle = checked[n], months[row]
            if until[n] is None and day is not None and cycle is not None:
                until[n] = end_of_cycle(day, cycle)
            elif cycle is None and not is_empty(text_of(read.cells.filled[column.index][row])):
                _unclear(read, row, column, "cycle-unclear")
    return checked, until


def _take_certificates(read: Reading, rows: list[int], checked: Days, until: Days) -> None:
    """What a column of certificates says where nothing better does; a failed check ends all validity."""
    column = next(iter(read.table.of("certificate")), None)
    if column is None:
        return
    parsed = read.cells.parsed(column.index, partial(read_certificate, alone=True))
    for n, row in enumerate(rows):
        text = text_of(read.cells.filled[column.index][row])
        checked[n] = checked[n] or parsed[row][0]
        until[n] = until[n] or parsed[row][1]
        if parsed[row] == (None, None) and DATED.search(squash(text)):
            _unclear(read, row, column, "date-unclear")
        if _FAILED.search(squash(text)):
            until[n] = checked[n]  # it was over on the day of the failed check
            read.note("check-failed", row, value=text)


def _read_until(read: Reading, rows: list[int], checked: Days) -> Days:
    """The ends of validity. A term in their place (「一年」) runs from the last check."""
    column = next(iter(read.table.of("valid_until")), None)
    if column is None:
        return [None] * len(rows)
    parsed = read.cells.parsed(column.index, partial(parse_date, use="valid_until"))
    cells = read.cells.filled[column.index]
    until: Days = []
    for n, row in enumerate(rows):
        day, clear = parsed[row]
        if not clear:
            cell, since = cells[row], checked[n]
            months = read_cycle(cell) if isinstance(cell, str) and _TERM.search(cell) else None
            if months is not None and since is not None:
                day = end_of_cycle(since, months)
            else:
                _unclear(read, row, column, "date-unclear")
        until.append(day)
    return until
