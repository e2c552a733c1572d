"""Cells: quantities, dates, money, statuses."""

from __future__ import annotations

import datetime as dt

import pytest

from equipcheck.ground import frames
from equipcheck.ledger.values.dates import parse_date
from equipcheck.ledger.values.money import parse_money
from equipcheck.ledger.values.numerals import chinese_number, parse_quantity
from equipcheck.ledger.words.certificates import end_of_cycle, read_cycle
from equipcheck.ledger.words.statuses import STATUS_WORDS, parse_status


@pytest.mark.parametrize(
    ("written", "units"),
    [
        (2, 2),
        (2.0, 2),
        ("2", 2),
        ("２", 2),
        ("2台", 2),
        (" 2 台 ", 2),
        ("2台/套", 2),
        ("2(台)", 2),
        ("1,234件", 1234),
        ("2.0", 2),
        ("两台", 2),
        ("十二", 12),
        ("二十", 20),
        ("一百零五套", 105),
        ("贰拾叁", 23),
        ("廿三", 23),
        ("一万二千", 12000),
        ("0", 0),
        ("'3", 3),
    ],
)
def test_quantities_that_are_numbers(written: object, units: int) -> None:
    assert parse_quantity(written) == (units, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "empty"),
        (None, "empty"),
        ("/", "empty"),
        ("—", "empty"),
        ("－", "empty"),
        ("若干", "quantity-not-a-number"),
        ("约5台", "quantity-not-a-number"),
        ("2-3", "quantity-not-a-number"),
        ("1/2", "quantity-not-a-number"),
        (True, "quantity-not-a-number"),
        (dt.date(2020, 1, 1), "quantity-not-a-number"),
        (float("nan"), "quantity-not-a-number"),
        ("一批人", "quantity-not-a-number"),
        (1.5, "quantity-fraction"),
        ("0.5套", "quantity-fraction"),
        (-1, "quantity-negative"),
        ("-2台", "quantity-negative"),
        (1e12, "quantity-too-large"),
    ],
)
def test_quantities_that_are_none(written: object, code: str) -> None:
    assert parse_quantity(written) == (None, code)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("廿三", 23),
            ("一百零五", 105),
            ("一百一十", 110),
            ("两百", 200),
        ],
        *[("两百五十", 250), ("二〇", 20), ("二〇二三", 2023), ("拾贰", 12), ("三千零二十", 3020), ("〇", 0)],
        *[("一万", 10_000), ("十万", 100_000), ("一万零五百", 10_500), ("一万五千", 15_000)],
        *[(text, None) for text in ("十十", "百", "百千", "万", "一万万", "零五", "两两", "甲", "")],
        *[(text, None) for text in ("二百五", "一万二", "二三十")],  # said in short, or 20 to 30
    ],
)
def test_chinese_numbers_are_not_guessed(text: str, value: int | None) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    "written",
    [
        "2020-5-6",
        "2020/5/6",
        "2020.5.6",
        "20200506",
        "2020年5月6日",
        "２０２０年５月６日",
        "二〇二〇年五月六日",
        "2020-05-06 00:00:00",
        "2020-05-06T10:30:00",
        "2020年 5月 6日",
        "2020 5 6",
        43957,
        43957.0,
        "43957",
        20200506,
        dt.date(2020, 5, 6),
        dt.datetime.combine(dt.date(2020, 5, 6), dt.time(8)),
        "6-May-2020",
        "2020、5、6",
    ],
)
def test_days_in_every_writing(written: object) -> None:
    assert parse_date(written, "acquired") == (dt.date(2020, 5, 6), True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written", ["2020年5月", "2020-5", "2020.05", "202005", 202005, "二〇二〇年五月", "2020年5月份"]
)
def test_a_month_is_acquired_on_its_first_and_valid_to_its_last_day(written: object) -> None:
    assert parse_date(written, "acquired") == (dt.date(2020, 5, 1), True)  # type: ignore[arg-type]
    assert parse_date(written, "valid_until") == (dt.date(2020, 5, 31), True)  # type: ignore[arg-type]


@pytest.mark.parametrize("written", ["2020", 2020, 2020.0, "2020年", "2020年度"])
def test_a_year_is_acquired_on_its_first_day_and_says_nothing_of_validity(written: object) -> None:
    assert parse_date(written, "acquired") == (dt.date(2020, 1, 1), True)  # type: ignore[arg-type]
    assert parse_date(written, "valid_until") == (None, False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        "5/6/2020",
        "20.5.6",
        "去年",
        "2020-13-1",
        "2020-2-30",
        "2020-5-6左右",
        2020.1,
        True,
        dt.time(1),
        99999999,
        "长期",
    ],
)
def test_unclear_dates_are_not_guessed(written: object) -> None:
    assert parse_date(written, "acquired") == (None, False)  # type: ignore[arg-type]


@pytest.mark.parametrize("written", ["", None, "/", "—", " "])
def test_empty_dates_are_not_unclear(written: object) -> None:
    assert parse_date(written, "acquired") == (None, True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "scale", "cents"),
    [
        (4000, 1, 400_000),
        ("35,000", 1, 3_500_000),
        ("4000元/台", 1, 400_000),
        ("52.86万元", 1, 52_860_000),
        ("￥975,300.00", 1, 97_530_000),
        (1.2, 10_000, 1_200_000),
        ("1.2万", 10_000, 1_200_000),
        (0.07, 1, 7),
        ("/", 1, None),
    ],
)
def test_money_is_exact(written: object, scale: int, cents: int | None) -> None:
    assert parse_money(written, scale) == (cents, True)  # type: ignore[arg-type]


def test_unclear_money_is_not_guessed() -> None:
    assert [parse_money(text) for text in ("面议", "3~4万", -5, float("inf"))] == [(None, False)] * 4


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("", "in_use"),
        ("/", "in_use"),
        ("在用", "in_use"),
        ("在 用", "in_use"),
        ("自用", "in_use"),
        ("闲置", "idle"),
        ("出借", "lent_out"),
        ("维修中", "broken"),
        ("停用", "broken"),
        ("报废", "pending_disposal"),
        ("待报废", "pending_disposal"),
        ("已报废", "gone"),
        ("盘亏", "gone"),
        ("躺平", "unknown"),
        ("未报废", "in_use"),
    ],
)
def test_status_words(word: str, status: str) -> None:
    assert parse_status(word) == status


def test_every_status_word_means_a_declared_status() -> None:
    assert set(STATUS_WORDS.values()) <= set(frames.STATUSES)


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("1年", 12),
        ("12个月", 12),
        ("一年", 12),
        ("半年", 6),
        (12, 12),
        (1, 12),
        ("2年", 24),
        ("/", None),
        ("见证书", None),
        ("1年半", 18),
    ],
)
def test_cycles(written: object, months: int | None) -> None:
    assert read_cycle(written) == months  # type: ignore[arg-type]


def test_a_cycle_ends_on_the_day_before() -> None:
    assert end_of_cycle(dt.date(2023, 5, 6), 12) == dt.date(2024, 5, 5)
    assert end_of_cycle(dt.date(2023, 8, 31), 6) == dt.date(2024, 2, 28)
