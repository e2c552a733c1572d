"""What free words say of a check: the day of a verification or calibration, the end of its validity, a cycle."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from equipcheck.ground.patterns import any_of, pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.sheet import Value
from equipcheck.ledger.values.dates import Use, read_date
from equipcheck.ledger.values.numerals import chinese_number
from equipcheck.ledger.values.text import squash, text_of
from equipcheck.ledger.values.traditional import both
from equipcheck.ledger.words.form import LedgerWords

_DATE = r"(?:(?:19|20)\d{6}|(?:20)?\d{2}[年./\-]\d{1,2}(?:[月./\-]\d{1,2})?[月日号]?)(?!\d)"
_UNTIL = pattern(
    r"(?:有效期限?(?:至|到|截止|截至|为)?|有效至|(?:证书|检定|校准)(?:有效)?期?至|下次(?:检定|校准|送检)(?:日期|时间)?|到期日?期?|过期|失效)"
    rf"(?:为|是)?[:：(（]?(?P<date>{_DATE})|(?P<before>{_DATE})(?:日?前有效|到期|过期|期满|届满|失效|止$)"
)
_CHECKED = pattern(
    rf"(?:检定|校准|检校|送检|首检|复检|上次(?:检定|校准)?)(?:合格|完成|通过)?(?:日期|时间)?(?:为|是|于)?[:：(（]?(?P<date>{_DATE})"
    rf"|(?P<before>{_DATE})[^，,。;；（(\d]{{0,10}}?(?:检定|校准|送检|检(?=$|[，,。;；)）]))(?!周期|到期|过期|有效)"
)
_SPAN = pattern(
    rf"(?:检定|校准|检校|证书|有效期)[^，,。;；\d]{{0,6}}(?P<date>{_DATE})(?:[-—–~～]+|至|到)(?P<before>{_DATE})"
    rf"|(?P<from>{_DATE})(?:[-—–~～]+|至|到)(?P<to>{_DATE})(?:检定|校准|证书|有效)"
)
_ALONE = pattern(rf"(?P<date>{_DATE})(?:[-—–~～]+|至|到)(?P<before>{_DATE})(?P<from>)(?P<to>)")
DATED = pattern(_DATE)
_FOR = pattern(r"(?:有效期|周期)(?:为|是)?(?P<term>[\d一二两三半]+个?(?:年|月)半?)(?![\d月])")
_WORDS = words_of(LedgerWords).remark_words
_OTHER_TERMS = any_of([*_WORDS.other_terms, *_WORDS.vehicle_terms])
_OTHER = pattern(_OTHER_TERMS)
_OF_CHECKS = pattern("检定|校准|检校|送检|计量|强检")
_OTHER_END = pattern(_OTHER_TERMS + r"[^，,。;；]{0,6}$")
CERTIFIED = both("检定|校准|检校|送检|证书|计量|有效|到期|过期|期满|届满|失效|未检")
_SEE = pattern("[详参]?[见存按][^，,。;；]{0,6}(?:台账|台帐|证书|附件|附表|记录|档案)")  # 「见检定台账」
_SAYS_CHECK = pattern(rf"检定|校准|检校|送检|(?<!年)未检|检验合格|^(?!.*{_OTHER_TERMS}).*有效期")
_CYCLE = pattern(r"(\d+|[一二三四五六七八九十两]+|半)(?:个)?(年|月|天|日)?半?(?:/次)?")


def read_certificate(value: Value, *, alone: bool = False) -> tuple[dt.date | None, dt.date | None]:
    """(checked on, valid until) from a certificate's text, as far as it says; not of a guarantee or a licence.

    `alone`: in a cell of its own, where two days say it without a word.
    """
    text = _CHINESE_DAY.sub(_in_digits, squash(parted(text_of(value))))
    span = (_ALONE.fullmatch(text) if alone else None) or _SPAN.search(text)
    if span is not None and not _of_other(span):
        return _day(span["date"] or span["from"], "checked_on"), _day(
            span["before"] or span["to"], "valid_until"
        )
    end = next((found for found in _UNTIL.finditer(text) if not _of_other(found)), None)
    rest = text if end is None else f"{text[: end.start()]}，{text[end.end() :]}"
    check = next((found for found in _CHECKED.finditer(rest) if not _of_other(found)), None)
    until = _day(end["date"] or end["before"], "valid_until") if end else None
    checked = _day(check["date"] or check["before"], "checked_on") if check else None
    if until is None and checked is not None and (term := _FOR.search(text)) is not None:
        months = read_cycle(term["term"])
        until = end_of_cycle(checked, months) if months else None
    return checked, until


def parted(text: str) -> str:
    """Words side by side as clauses: a blank between them is a comma, one within a word (「报 废」) is none."""
    return _BETWEEN.sub("，", text)


def says_undated(text: str) -> bool:
    """Whether words speak of a verification and give no day; a pointer (「见检定台账」) does not."""
    words = squash(text)
    return _SAYS_CHECK.search(_SEE.sub("", words)) is not None and read_certificate(text) == (None, None)


def _of_other(found: re.Match[str]) -> bool:
    """Whether a date is that of a guarantee, a licence, an insurance."""
    if _OF_CHECKS.search(found.string):
        return _OTHER_END.search(found.string[: found.start()]) is not None
    return _OTHER.search(found.string) is not None


def _day(text: str, use: Use) -> dt.date | None:
    plain = text.strip("./-")
    written = read_date(f"20{plain}" if _SHORT_YEAR.match(plain) else plain)
    return written.on(use) if written else None


def _in_digits(found: re.Match[str]) -> str:
    written = read_date(found[0])
    if written is None:
        return found[0]
    return "-".join(f"{one:02}" for one in (written.year, written.month, written.day) if one)


_CHINESE_DAY = pattern(
    "[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_BETWEEN = pattern(r"(?<=\S\S)[ \t\u3000]+(?=\S\S)(?!\d{2,4}[年./-])|[\r\n]+")
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
