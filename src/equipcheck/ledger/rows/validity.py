"""Dates of a table, and the end of validity from whatever the table gives: a date, a certificate, a cycle."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from functools import partial

from equipcheck.ground.patterns import any_of, pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.layout.tables import Column
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.sheet import Value
from equipcheck.ledger.values.dates import Use, parse_date, read_date
from equipcheck.ledger.values.numerals import chinese_number
from equipcheck.ledger.values.text import is_empty, squash, text_of
from equipcheck.ledger.values.traditional import both
from equipcheck.ledger.words.form import LedgerWords

Days = list[dt.date | None]

_DATE = r"(?:(?:19|20)\d{6}|(?:20)?\d{2}[年./\-]\d{1,2}(?:[月./\-]\d{1,2})?[月日号]?)(?!\d)"
_UNTIL = pattern(
    r"(?:有效期限?(?:至|到|截止|截至|为)?|有效至|(?:证书|检定|校准)?(?:有效)?期?至|下次(?:检定|校准|送检)(?:日期|时间)?|到期日?期?)"
    rf"(?:为|是)?[:：]?(?P<date>{_DATE})|(?P<before>{_DATE})(?:日?前有效|到期|过期|期满|届满|失效|止$)"
)
_CHECKED = pattern(
    rf"(?:检定|校准|检校|送检)(?:合格|完成|通过)?(?:日期|时间)?(?:为|是|于)?[:：(（]?(?P<date>{_DATE})"
    rf"|(?P<before>{_DATE})[^，,。;；\d]{{0,10}}?(?:检定|校准|送检)(?!周期|到期|过期|有效)"
)
_FOR = pattern(r"有效期(?:为|是)?(?P<term>[\d一二两三半]+个?(?:年|月)半?)(?![\d月])")
_WORDS = words_of(LedgerWords).remark_words
_OTHER_TERMS = any_of([*_WORDS.other_terms, *_WORDS.vehicle_terms])
_OTHER_END = pattern(_OTHER_TERMS + r"[^，,。;；]{0,6}$")
CERTIFIED = both("检定|校准|检校|送检|证书|计量|有效|到期|过期|期满|届满|失效|未检")
_SEE = pattern("[详参]?[见存按][^，,。;；]{0,6}(?:台账|台帐|证书|附件|附表|记录|档案)")  # 「见检定台账」
_SAYS_VALIDITY = pattern(rf"检定|校准|检校|送检|(?<!年)未检|检验合格|^(?!.*{_OTHER_TERMS}).*有效期")
_FAILED = pattern("不合格|未通过")
_TERM = pattern("[年月]")
_CYCLE = pattern(r"(\d+|[一二三四五六七八九十两]+|半)(?:个)?(年|月|天|日)?半?(?:/次)?")


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
    if (column := next(iter(read.table.of("certificate")), None)) is not None:
        parsed = read.cells.parsed(column.index, read_certificate)
        cells = read.cells.filled[column.index]
        for n, row in enumerate(rows):
            checked[n] = checked[n] or parsed[row][0]
            until[n] = until[n] or parsed[row][1]
            if _FAILED.search(squash(text_of(cells[row]))):
                until[n] = None
                read.note("check-failed", row, value=text_of(cells[row]))
    if (column := next(iter(read.table.of("remark")), None)) is not None:
        texts = read.texts[str(column.index)][rows]
        for n in texts.str.contains(CERTIFIED).arg_true().to_list():
            found = read_certificate(texts[n])
            if until[n] is None and found[1] is not None:
                until[n] = found[1]
                read.note("validity-from-remark", rows[n], value=texts[n])
            checked[n] = checked[n] or found[0]
            if (
                until[n] is None
                and found == (None, None)
                and _SAYS_VALIDITY.search(_SEE.sub("", squash(texts[n])))
            ):
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


def read_certificate(value: Value) -> tuple[dt.date | None, dt.date | None]:
    """(checked on, valid until) from a certificate's text, as far as it says; not of a guarantee or a licence."""
    text = squash(text_of(value))
    until = _date_of(_UNTIL.finditer(text), "valid_until")
    checked = _date_of(_CHECKED.finditer(text), "checked_on")
    if until is None and checked is not None and (term := _FOR.search(text)) is not None:
        months = read_cycle(term["term"])
        until = end_of_cycle(checked, months) if months else None
    return checked, until


def _date_of(places: Iterable[re.Match[str]], use: Use) -> dt.date | None:
    """The first of the dates that is not that of a guarantee, a licence, an insurance."""
    for found in places:
        if not _OTHER_END.search(found.string[: found.start()]):
            text = (found["date"] or found["before"]).strip("./-")
            written = read_date(f"20{text}" if _SHORT_YEAR.match(text) else text)
            return written.on(use) if written else None
    return None


_SHORT_YEAR = pattern(r"\d{2}[年./-]")


def read_cycle(value: Value, *, in_months: bool = False) -> int | None:
    """Months between two checks: 「1年」「12个月」「半年」.

    A bare number is months where the heading says so, or where it is 6 or more.
    """
    found = _CYCLE.fullmatch(squash(text_of(value)))
    if found is None:
        return None
    unit = found[2]
    if found[1] == "半":
        return 6 if unit == "年" else None
    number = int(found[1]) if found[1].isdigit() else chinese_number(found[1])
    if not number or unit in {"天", "日"}:
        return None
    if unit == "年" or (unit is None and not in_months and number < 6):
        number = number * 12 + (6 if squash(text_of(value)).endswith("半") else 0)
    return number if number <= 600 else None


def end_of_cycle(checked: dt.date, months: int) -> dt.date:
    """The last valid day: certificates run to the day before the same day of the cycle's last month."""
    at = checked.year * 12 + checked.month - 1 + months
    year, month = at // 12, at % 12 + 1
    day = min(checked.day, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day) - dt.timedelta(days=1)
