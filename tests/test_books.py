"""The conservation check finds what is lost, doubled or made up."""

from __future__ import annotations

import pytest

from equipcheck.checking.books import balance
from equipcheck.ground import frames
from equipcheck.problems import InputError


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
    "places",
    [
        [place(0, "counted", 3)],
        [place(0, "counted", 3), place(1, "review", 1)],
        [place(0, "counted", 3), place(1, "review", 2), place(1, "surplus", 1)],
        [place(0, "counted", 3), place(1, "review", 2), place(2, "surplus", 0)],
        [place(0, "counted", 5), place(0, "surplus", -2), place(1, "review", 2)],
    ],
)
def test_books_that_do_not_balance_are_an_error(places):
    with pytest.raises(InputError) as caught:
        balance(ASSETS, frames.PLACES.build(places))
    assert caught.value.problems[0].code == "unbalanced-books"
