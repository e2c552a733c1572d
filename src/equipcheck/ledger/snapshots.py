"""Sheets that are one ledger at several times (「2021年」「2022年」): what stands in a later one counts there alone.

Sheets are of one ledger where their names differ in a time only, and half of what the earlier one holds comes again
by its numbers. Without numbers nobody can tell it from new purchases of the same kinds: that is a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.oddities import Odd
from equipcheck.ledger.one_sheet import SheetRead, TableRead
from equipcheck.ledger.sheet import spans
from equipcheck.ledger.summaries import take_out
from equipcheck.ledger.values.numerals import chinese_number
from equipcheck.ledger.values.text import squash

_YEAR = r"(?P<year>(?:19|20)\d\d)(?:年度?|[.\-_/])?"
_END = r"(?:[底末终]|\d{1,2}[日号])?"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_PART = rf"(?P<month>{_MONTH})月份?{_END}|(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度?"
_TIME = pattern(rf"(?:{_YEAR})?(?:{_PART}|(?<=[\d年.\-_/])(?P<bare>{_MONTH})(?![\d月季]))?{_END}")
ALIKE = 0.8  # of the rows without numbers, from which on it is asked


class _Issue(NamedTuple):
    """A sheet that is named by a time."""

    time: tuple[int, int]
    called: str  # what else its name says
    part: SheetRead
    table: TableRead


def pass_over_older(parts: Sequence[SheetRead], odd: Odd) -> None:
    """Take out what stands in a later sheet of the same ledger, noted; ask where it cannot be told."""
    issues = [one for part in parts if (one := _issue(part)) is not None]
    for one in sorted(issues, key=lambda one: one.time):
        later = [other for other in issues if other.called == one.called and other.time > one.time]
        if later and not _numbered(one, later, odd):
            _ask(one, later, odd)


def _issue(part: SheetRead) -> _Issue | None:
    if len(part.tables) != 1 or not part.tables[0].rows.height or part.tables[0].table.of("bureau"):
        return None
    name = squash(part.sheet.name)
    found = max(_TIME.finditer(name), key=lambda match: len(match[0]), default=None)
    if found is None or not (found["year"] or found["month"] or found["half"] or found["quarter"]):
        return None
    quarter = found["quarter"] or ""
    month = int(found["month"] or found["bare"] or 0) or {"上": 6, "下": 12}.get(found["half"] or "", 0)
    month = month or 3 * (int(quarter) if quarter.isdigit() else chinese_number(quarter) or 0)
    time = int(found["year"] or 0), month
    return _Issue(time, name[: found.start()] + "*" + name[found.end() :], part, part.tables[0])


def _numbered(one: _Issue, later: list[_Issue], odd: Odd) -> bool:
    """Whether its rows have numbers of which half come again, and are passed over."""
    rows = one.table.rows
    for field in ("asset_no", "serial"):
        mine = rows[field].drop_nulls()
        known = {number for other in later for number in other.table.rows[field].drop_nulls()}
        if len(mine) * 2 < rows.height or not known:
            continue
        again = rows[field].is_in(list(known)).fill_null(value=False)
        if int(again.sum()) * 2 < rows.height:
            continue
        left = rows.filter(~again)
        args = {"count": int(again.sum()), "others": _called(later), "left": _left(left)}
        odd.add("older-issue", one.part.sheet.name, one.part.sheet.place(one.table.table.head), **args)
        take_out(one.table, again)
        return True
    return False


def _left(rows: pl.DataFrame) -> str:
    if rows.is_empty():
        return ""
    numbers = [int(text) for ref in rows["ref"] if (text := ref.rpartition("!")[2]).isdigit()]
    return f"；第 {spans(numbers)} 行后面没有，照样计入，请核对是否已处置"


def _ask(one: _Issue, later: list[_Issue], odd: Odd) -> None:
    keys = ["name", "model", "serial", "acquired"]
    known = {row for other in later for row in other.table.rows.select(keys).iter_rows()}
    mine = one.table.rows.select(keys).rows()
    again = sum(row in known for row in mine)
    if again > 1 and again >= ALIKE * len(mine):
        args = {"count": again, "others": _called(later)}
        odd.add(
            "older-issue-doubtful", one.part.sheet.name, one.part.sheet.place(one.table.table.head), **args
        )


def _called(issues: list[_Issue]) -> str:
    return "、".join(dict.fromkeys(one.part.sheet.name for one in issues))
