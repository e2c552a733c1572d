"""Price lists: the project's own before the catalogue's; every bad line named with its line and column."""

from __future__ import annotations

from decimal import Decimal

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.plan.prices import parse_prices, read_prices
from equipcheck.problems import InputError


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


def parsed(text, catalogue):
    quotes, problems = parse_prices(text, "prices.csv", catalogue)
    assert problems == []
    return [(one.kind, one.use, one.price, one.year) for one in quotes]


@pytest.mark.parametrize(
    "head", ["种类,单价,年份,来源", "kind,unit price,year,source", "名称,单价（元）,询价年份,依据"]
)
def test_headings_in_either_language(head, catalogue):
    text = f"{head}\n声级计,12000,2023,三家询价\nuav,38000.50,,\n"
    assert parsed(text, catalogue) == [
        ("sound_level_meter", "purchase", Decimal(12000), 2023),
        ("uav", "purchase", Decimal("38000.5"), None),
    ]


def test_names_aliases_money_and_uses_as_people_write_them(catalogue):
    text = '种类,单价(万元),用途\n噪声仪,0.045,送检\n无人机,1.2,服务\n\n无人机,"3,000元",维修\n'
    assert parsed(text, catalogue) == [
        ("sound_level_meter", "verify", Decimal(450), None),
        ("uav", "service", Decimal(12000), None),
        ("uav", "repair", Decimal(3000), None),
    ]


def test_every_bad_line_is_named_with_its_place(catalogue):
    lines = ["声级记,1200,2023,,", "uav,若干,23,,", "uav,100,2023,,租用", "uav,5,2022,,", "uav,6,2022,,"]
    text = "\n".join(["种类,单价,年份,来源,用途", *lines])
    _, problems = parse_prices(text, "prices.csv", catalogue)
    found = [(one.code, one.place.line, one.place.column) for one in problems]
    assert found == [
        ("bad-price", 2, 1), ("bad-price", 3, 2), ("bad-price", 3, 3), ("bad-price", 4, 5), ("price-twice", 6, 0),
    ]  # fmt: skip
    assert "声级计" in problems[0].message, "with the nearest name"


def test_a_list_without_headings_is_refused(catalogue):
    for text in ("声级计,1200\n", ""):
        _, problems = parse_prices(text, "prices.csv", catalogue)
        assert [one.code for one in problems] == ["price-heading"]


def test_the_latest_year_holds_and_the_source_is_named(tmp_path, catalogue):
    path = tmp_path / "prices.csv"
    path.write_bytes(
        "种类,单价,年份,来源\n声级计,11000,2022,甲\n声级计,12000,2023,乙\n声级计,9000,,丙\n".encode("gb18030")
    )
    prices = read_prices(path, catalogue)
    cost = prices.cost("sound_level_meter", "purchase")
    assert (cost.low, cost.typical, cost.high) == (12000, 12000, 12000)
    assert cost.basis == "项目询价（2023年，乙）"


def test_working_values_are_called_so_and_what_is_unknown_stays_unknown(catalogue):
    prices = read_prices(None, catalogue)
    cost = prices.cost("uav", "purchase")
    assert cost.low < cost.typical < cost.high
    assert "未经询价" in cost.basis
    assert prices.cost("sound_level_meter", "repair") is None
    assert prices.cost("no_such_kind", "purchase") is None


def test_a_missing_or_broken_file_is_an_input_error(tmp_path, catalogue):
    with pytest.raises(InputError) as missing:
        read_prices(tmp_path / "none.csv", catalogue)
    assert missing.value.problems[0].code == "no-such-file"
