"""A price put into a list changes its own line and nothing that the others say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.plan.price_file import with_quote
from equipcheck.plan.prices import USES, Quote, parse_prices
from equipcheck.problems import InputError

CATALOGUE = load_catalogue()
KINDS = ["uav", "sound_level_meter", "pid_detector"]
QUOTES = st.builds(
    Quote,
    st.sampled_from(KINDS),
    st.sampled_from(list(USES)),
    st.decimals(0, 10**7, places=2),
    st.none() | st.integers(2000, 2199),
    st.none() | st.sampled_from(["甲公司", 'a, "b"', "询价函〔2024〕1号"]),
)


def read(text):
    quotes, problems = parse_prices(text, "prices.csv", CATALOGUE)
    assert problems == []
    return {(one.kind, one.use, one.year): one for one in quotes}


@given(st.lists(QUOTES, min_size=1, max_size=6))
def test_each_price_is_there_and_the_last_of_a_kind_use_and_year_holds(quotes):
    text, wanted = "", {}
    for one in quotes:
        text = with_quote(text, one, "prices.csv", CATALOGUE)
        wanted[one.kind, one.use, one.year] = one
        assert read(text) == wanted


def test_an_officers_own_list_keeps_its_columns_units_and_order():
    text = "序号,装备名称,单价（万元）,经办\n1,无人机,3.5,张三\n2,声级计,0.8,李四\n"
    quote = Quote("sound_level_meter", "purchase", Decimal("9000.00"), None, "=cmd|乙公司")
    made = with_quote("\ufeff" + text, quote, "prices.csv", CATALOGUE)
    assert made.splitlines() == [
        "序号,装备名称,单价（万元）,经办,年份,来源,用途",
        "1,无人机,3.5,张三",
        "2,声级计,9000元,李四,,cmd|乙公司,购置",
    ]
    assert read(made)["uav", "purchase", None].price == 35_000
    assert read(made)["sound_level_meter", "purchase", None].price == 9000


def test_a_list_that_cannot_be_read_is_not_touched():
    with pytest.raises(InputError) as caught:
        with_quote(
            "种类,单价\n什么仪,3\n", Quote("uav", "purchase", Decimal(1), None, None), "p.csv", CATALOGUE
        )
    assert [one.code for one in caught.value.problems] == ["bad-price"]
