"""Dates in every writing that ledgers use. What is not clear is not guessed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.sheet import Value
from equipcheck.ledger.values.numerals import chinese_number
from equipcheck.ledger.values.text import is_empty, squash

Use = Literal["acquired", "checked_on", "valid_until"]

EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel's serial numbers
FIRST_SERIAL, LAST_SERIAL = 14_000, 73_415  # 1938-04-30 … 2100-12-31
FIRST_YEAR, LAST_YEAR = 1900, 2199

_SEPARATOR = r"[-/.,、·年月_‐–—\\]"
_DAY = pattern(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})[日号]?(?:T?\d{{1,2}}[:时点].*)?")
_MONTH = pattern(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})(?:月份?[底末]?)?")
_YEAR = pattern(r"(\d{4})年?度?")
_PLAIN = pattern(r"\d{8}")
_PLAIN_MONTH = pattern(r"(\d{4})(\d{2})")
_PLAIN_TIME = pattern(r"(\d{4})(\d{2})(\d{2})\d{6}")
_CHINESE = pattern(
    r"([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月(?:份|([一二三四五六七八九十廿卅]{1,3})[日号]?)?)?"
)
_ENGLISH = pattern(r"(\d{1,2})-?([A-Za-z]{3})[a-z]*[-,]?(\d{4})")
_ENGLISH_FIRST = pattern(r"([A-Za-z]{3})[a-z]*\.?(\d{1,2}),(\d{4})")
_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
_UNTIL = pattern(
    r"^(?:(?:证书|检定|校准)*有效期?(?:限)?[:：]?)?(?:截止|截至)?(?:至|到)?[:：]?|(?:止|前|为止|到期)$"
)
_SPAN = pattern(r"(\d{4}.{2,7}?)(?:至|到|~|—+|－|--?)(\d{4}.{2,7})")
_SPACED = pattern(r"(\d{4})\s+(\d{1,2})\s+(\d{1,2})")


class Written(NamedTuple):
    """A date as written: a day, a month without a day, or a year alone."""

    year: int
    month: int = 0
    day: int = 0

    def on(self, use: Use) -> dt.date | None:
        """The day that is meant, or None where the writing leaves it open for this use."""
        if self.day:
            return dt.date(self.year, self.month, self.day)
        if self.month:
            last = calendar.monthrange(self.year, self.month)[1]
            return dt.date(self.year, self.month, last if use == "valid_until" else 1)
        return dt.date(self.year, 1, 1) if use == "acquired" else None


_IN_TEXT = pattern(r"(?<!\d)(\d{4})(?:年(\d{1,2})月(\d{1,2})日|([-/.])(\d{1,2})\4(\d{1,2})(?!\d))")


def days_above(rows: Sequence[Sequence[Value]]) -> list[dt.date]:
    """The whole days named above a table, as in a title 「固定资产台账（2024年12月31日）」."""
    days: list[dt.date] = []
    for text in (cell for row in rows for cell in row if isinstance(cell, str)):
        for year, month, day, _, numbered, of_it in _IN_TEXT.findall(squash(text)):
            try:
                days.append(dt.date(int(year), int(month or numbered), int(day or of_it)))
            except ValueError:
                continue
    return days


@lru_cache(maxsize=20_000, typed=True)  # the ledgers of a province have many days in common
def parse_date(value: Value, use: Use) -> tuple[dt.date | None, bool]:
    """A date cell: (date, clear). (None, True) is an empty cell; (None, False) cannot be told: noted."""
    if isinstance(value, dt.datetime):
        return _known(value.date())
    if isinstance(value, dt.date):
        return _known(value)
    if value is None or (isinstance(value, str) and is_empty(value)):
        return None, True
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None, False
    if isinstance(value, str):
        if (day := _plain_day(value)) is not None:
            return _known(day)
        written = read_date(_validity_words(value)) if use == "valid_until" else read_date(value)
    else:
        written = _number(value)
    day = written.on(use) if written else None
    return day, day is not None


def _plain_day(text: str) -> dt.date | None:
    """「2024-05-05」, as programs write days: told without a pattern."""
    if len(text) != 10 or not text[4] == text[7] == "-":
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _validity_words(text: str) -> str:
    """The date in 「有效期至2024年5月5日」, 「2024.5.5止」, 「2023.5.6-2024.5.5」: of a span its end."""
    words = _UNTIL.sub("", squash(text))
    span = _SPAN.fullmatch(words)
    if span is not None and read_date(span[1]) is not None and read_date(span[2]) is not None:
        return span[2]
    return words


def _known(day: dt.date) -> tuple[dt.date | None, bool]:
    return (day, True) if FIRST_YEAR <= day.year <= LAST_YEAR else (None, False)


def _number(value: float) -> Written | None:
    if value == int(value):
        return read_date(str(int(value)))
    if FIRST_SERIAL <= value <= LAST_SERIAL:
        return _serial(int(value))
    text = repr(value)
    # 2020.5 is May, but a number 2020.1 may have been written 2020.1 or 2020.10
    return (
        None
        if re.fullmatch(r"\d{4}\.1", text)
        else read_date(text)
        if re.fullmatch(r"\d{4}\.\d{1,2}", text)
        else None
    )


def _serial(days: int) -> Written:
    day = EPOCH + dt.timedelta(days=days)
    return Written(day.year, day.month, day.day)


def read_date(text: str) -> Written | None:
    """The date that a text is, None where it is none or not clear."""
    if (spaced := _SPACED.fullmatch(text.strip())) is not None:
        return _checked(*(int(part) for part in spaced.groups()))
    text = squash(text).lstrip("'’‘")
    if text.isdigit() and text.isascii():
        return _digits(text)
    for one in (_DAY, _MONTH, _YEAR):
        if (found := one.fullmatch(text)) is not None:
            return _checked(*(int(part) for part in found.groups()))
    if (found := _CHINESE.fullmatch(text)) is not None:
        parts = [chinese_number(part) for part in found.groups() if part]
        return _checked(*(part for part in parts if part is not None)) if None not in parts else None
    if (found := _ENGLISH.fullmatch(text)) is not None:
        return _checked(int(found[3]), _MONTHS.get(found[2].lower(), 99), int(found[1]))
    if (found := _ENGLISH_FIRST.fullmatch(text)) is not None:
        return _checked(int(found[3]), _MONTHS.get(found[1].lower(), 99), int(found[2]))
    return None


def _digits(text: str) -> Written | None:
    if _PLAIN.fullmatch(text):
        return _checked(int(text[:4]), int(text[4:6]), int(text[6:]))
    if (found := _PLAIN_TIME.fullmatch(text)) is not None:
        return _checked(*(int(part) for part in found.groups()))
    if (found := _PLAIN_MONTH.fullmatch(text)) is not None:
        return _checked(*(int(part) for part in found.groups()))
    if len(text) == 4:
        return _checked(int(text))
    if len(text) == 5 and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return _serial(int(text))
    return None


def _checked(year: int, month: int | None = None, day: int | None = None) -> Written | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return Written(year)
    if not 1 <= month <= 12:
        return None
    if day is None:
        return Written(year, month)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return Written(year, month, day)
