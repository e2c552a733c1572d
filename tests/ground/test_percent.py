"""One rounding for every rate: half up, whatever number it comes as."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from equipcheck.ground.percent import percent, rounded


@pytest.mark.parametrize("count", [9, 1, 3, 15])
def test_a_tie_goes_up(count):
    """n/16 has its fifth behind the third place: 56.25 is 56.3, as a spreadsheet shows it."""
    half_up = {9: "56.3%", 1: "6.3%", 3: "18.8%", 15: "93.8%"}[count]
    assert percent(count / 16) == percent(Fraction(count, 16)) == percent(Decimal(count) / 16) == half_up


def test_every_count_over_every_count_is_rounded_alike():
    for whole in range(1, 161):
        for count in range(whole + 1):
            assert rounded(count / whole) == rounded(Fraction(count, whole)), (count, whole)


def test_none_is_said():
    assert percent(None) == "无"
    assert percent(0.0) == "0.0%"
    assert percent(1.0, 0) == "100%"
