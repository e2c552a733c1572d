"""The books find what is lost, doubled or made up; and they say what a plain walk over the rows says."""

from __future__ import annotations

from collections import defaultdict

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.checking.books import accounts, balance
from equipcheck.ground import frames
from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.problems import InputError
from tests import worlds
from tests.test_assess_properties import ALL_KINDS, run  # noqa: F401 (the world they share)


def asset(row: int, quantity: int) -> dict[str, object]:
    base = {"bureau": "", "part": 0, "ref": f"x#{row}", "role": "ledger", "status": "in_use"}
    return {**base, "row": row, "quantity": quantity}


def place(row: int, where: str, units: int) -> dict[str, object]:
    return {"bureau": "", "row": row, "part": 0, "place": where, "units": units}


ASSETS = frames.ASSETS.build([asset(0, 3), asset(1, 2)])


def test_a_row_partly_counted_is_one_row_in_counted():
    books = balance(
        ASSETS, frames.PLACES.build([place(0, "counted", 1), place(0, "surplus", 2), place(1, "review", 2)])
    )
    assert {name: count for name, count in books.rows.items() if count} == {
        "read": 2,
        "counted": 1,
        "review": 1,
    }
    assert books.units["counted"] == 1
    assert books.units["surplus"] == 2


def test_a_rejected_row_has_one_row_and_no_units_and_nothing_is_balanced_too():
    assets = frames.ASSETS.build([asset(0, 3) | {"rejected": "bad-quantity"}, asset(1, 0)])
    books = balance(assets, frames.PLACES.build([place(0, "rejected", 0), place(1, "counted", 0)]))
    assert (books.rows["read"], books.rows["rejected"], books.rows["counted"]) == (2, 1, 1)
    assert (books.units["read"], books.units["rejected"], books.balanced) == (0, 0, True)
    nothing = balance(frames.ASSETS.empty(), frames.PLACES.empty())
    assert nothing.balanced
    assert set(nothing.rows.values()) == set(nothing.units.values()) == {0}


@pytest.mark.parametrize(
    ("places", "reason"),
    [
        ([place(0, "counted", 3)], "台账行 1 没有归入任何一处"),
        ([place(0, "counted", 3), place(1, "review", 1)], "台账行 1 有 2 件，归入各处的合计是 1 件"),
        (
            [place(0, "counted", 3), place(1, "review", 2), place(1, "surplus", 1)],
            "台账行 1 有 2 件，归入各处的合计是 3 件",
        ),
        (
            [place(0, "counted", 3), place(1, "review", 2), place(2, "surplus", 0)],
            "有归处却不在台账里的行",
        ),
        (
            [place(0, "counted", 5), place(0, "surplus", -2), place(1, "review", 2)],
            "台账行 0 的件数为负",
        ),
    ],
)
def test_books_that_do_not_balance_are_an_error(places, reason):
    for shuffled in (places, places[::-1]):
        with pytest.raises(InputError) as caught:
            balance(ASSETS, frames.PLACES.build(shuffled))
        assert caught.value.problems[0].code == "unbalanced-books"
        assert caught.value.problems[0].args["reason"] == reason


def test_a_row_that_stands_twice_is_an_error():
    twice = pl.concat([ASSETS, ASSETS.head(1)])
    places = frames.PLACES.build([place(0, "counted", 3), place(1, "review", 2)])
    with pytest.raises(InputError, match="台账行 0 出现两次"):
        balance(twice, places)


def walked(assets, places):
    """Rows and units by place, row by row: slow and obvious."""
    owed = {
        (row, part): 0 if rejected is not None else quantity
        for row, part, quantity, rejected in assets.select("row", "part", "quantity", "rejected").iter_rows()
    }
    units, best = dict.fromkeys(PLACE_NAMES, 0), {}
    seen = defaultdict(int)
    for row, part, where, count in places.select("row", "part", "place", "units").iter_rows():
        seen[row, part] += count
        units[where] += count
        best[row] = min(best.get(row, len(PLACE_NAMES)), PLACE_NAMES.index(where))
    assert seen == owed
    rows = {name: list(best.values()).count(at) for at, name in enumerate(PLACE_NAMES)}
    return {"read": len(best), **rows}, {"read": sum(owed.values()), **units}


@settings(max_examples=60, deadline=None)
@given(
    worlds.standards(),
    st.lists(st.tuples(worlds.facts, worlds.ledgers()), min_size=1, max_size=4),
    worlds.kinds,
)
def test_the_books_of_many_are_the_books_of_each(standard, bureaus, kinds):
    codes = {f"b{at}": one for at, one in enumerate(bureaus)}
    result = run(standard, codes, kinds, {})
    assets, _, _ = worlds.as_frames({code: units for code, (_, units) in codes.items()})
    table = {row["bureau"]: row for row in accounts(assets, result.places).iter_rows(named=True)}
    for code in codes:
        mine = pl.col("bureau") == code
        books = balance(assets.filter(mine), result.places.filter(mine))
        rows, units = walked(assets.filter(mine), result.places.filter(mine))
        assert (dict(books.rows), dict(books.units)) == (rows, units)
        for what, sums in (("rows", rows), ("units", units)):
            assert {place: table.get(code, {}).get(f"{what}_{place}", 0) for place in sums} == sums
