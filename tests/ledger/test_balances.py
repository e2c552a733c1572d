"""Registers of what came in and went out: of one thing the last balance holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from .tables import Row, column, csv_file, noted, read, xlsx_file

HEADS = [
    ("入库", "出库", "结存"),
    ("收入数量", "发出数量", "结存数量"),
    ("增加", "减少", "现有数量"),
    ("购入", "领用", "库存数量"),
]


@pytest.mark.parametrize("heads", HEADS)
def test_of_each_thing_the_last_balance_holds(tmp_path: Path, heads: tuple[str, ...]) -> None:
    rows: list[Row] = [
        ["品名", "型号", *heads],
        ["防护服", "M", 20, None, 20],
        ["防毒面具", "6800", 10, None, 10],
        ["防护服", "M", None, 8, 12],
        ["防护服", "L", 5, None, 5],
        ["防护服", "M", 2, 4, 10],
    ]
    ledgers = read(xlsx_file(tmp_path, rows))
    assert ledgers.assets.select("name", "model", "quantity").rows() == [
        ("防毒面具", "6800", 10),
        ("防护服", "L", 5),
        ("防护服", "M", 10),
    ]
    assert noted(ledgers) == [("earlier-balance", "台账.xlsx#Sheet1!2")]


def test_balances_that_do_not_add_up_count_and_are_asked_about(tmp_path: Path) -> None:
    text = "品名,入库,出库,结存\n防护服,20,,20\n防护服,,8,15\n面具,1,,1\n"
    ledgers = read(csv_file(tmp_path, text))
    assert column(ledgers, "quantity") == [20, 15, 1]
    assert noted(ledgers) == [("balance-unclear", "台账.csv#2")]
