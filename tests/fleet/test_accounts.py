"""The books of many bureaus at once say what the plain walk over one bureau's rows says."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.checking.books import balance
from equipcheck.fleet.accounts import accounts
from equipcheck.problems import InputError
from tests import worlds
from tests.test_assess_properties import ALL_KINDS, run  # noqa: F401 (the world they share)


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
        for what, sums in (("rows", books.rows), ("units", books.units)):
            assert {place: table.get(code, {}).get(f"{what}_{place}", 0) for place in sums} == dict(sums)


@pytest.mark.parametrize("damage", ["lost", "doubled", "more", "negative"])
def test_books_that_do_not_balance_stop_the_run(damage):
    unit = worlds.Unit(row=0, kind="a", decision="auto", quantity=2)
    other = worlds.Unit(row=1, kind="a", decision="auto", quantity=3)
    assets, _, _ = worlds.as_frames({"x": [unit, other]})
    places = pl.DataFrame(
        {"bureau": "x", "row": [0, 1], "part": 0, "place": "counted", "units": [2, 3]},
        schema_overrides={"row": pl.Int64, "part": pl.Int64, "units": pl.Int64},
    )
    assert accounts(assets, places)["units_counted"].to_list() == [5]
    broken = {
        "lost": places.head(1),
        "doubled": pl.concat([places, places.tail(1)]),
        "more": places.with_columns(units=pl.col("units") + (pl.col("row") == 1).cast(pl.Int64)),
        "negative": pl.concat(
            [
                places.head(1),
                places.tail(1).with_columns(units=pl.lit(4, dtype=pl.Int64)),
                places.tail(1).with_columns(units=pl.lit(-1, dtype=pl.Int64)),
            ]
        ),
    }[damage]
    with pytest.raises(InputError, match="不等"):
        accounts(assets, broken.cast({"units": pl.Int64}))
