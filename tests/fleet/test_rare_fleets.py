"""What goes wrong with few fleets: odd tables of bureaus, no day, a cluster that lacks something. Each is said once."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from equipcheck.fleet import spark
from equipcheck.fleet.loading import Loader
from equipcheck.fleet.opening import Options, open_fleet
from equipcheck.problems import InputError
from tests.fleet import made
from tests.fleet.made import bureau, rollup


def codes(result) -> set[str]:
    return {one["code"] for one in result["notes"]}


def failing(call) -> set[str]:
    with pytest.raises(InputError) as error:
        call()
    return {one.code for one in error.value.problems}


def test_a_column_that_nobody_knows_and_a_row_without_a_code(tmp_path: Path):
    sound = made.fleet(tmp_path / "sound", [bureau("a"), bureau("b")])
    assert not codes(rollup(sound)) & {"fleet-column-unused", "fleet-row-without-code"}
    odd = made.fleet(tmp_path / "odd", [bureau("a", 电话="1"), bureau("b", 电话="2")])
    with (odd / "bureaus.csv").open("a", encoding="utf-8") as table:
        table.write(",合计,,24,4,\n,丙县,,24,4,\n")
    assert {"fleet-column-unused", "fleet-row-of-none", "fleet-row-without-code"} <= codes(rollup(odd))


def test_a_table_without_codes_is_none(tmp_path: Path):
    root = made.fleet(tmp_path, [bureau("a")])
    (root / "bureaus.csv").write_text("姓名,电话\n某甲,1\n", "utf-8")
    assert failing(lambda: rollup(root)) == {"fleet-table-heading"}


def test_nobody_stated_a_day(tmp_path: Path):
    root = made.fleet(tmp_path, [bureau("a"), bureau("b")])
    assert "fleet-as-of-today" not in codes(rollup(root))
    text = (root / "fleet.yaml").read_text("utf-8").replace("as_of: 2023-12-31\n", "")
    (root / "fleet.yaml").write_text(text, "utf-8")
    assert "fleet-as-of-today" in codes(rollup(root))


def test_a_cluster_needs_its_library(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)

    def start():
        with spark.session_on("local[1]"):
            pass

    assert failing(start) == {"cluster-missing"}


def test_a_cluster_needs_a_table_of_bureaus(tmp_path: Path):
    """Without one, who the bureaus are shows only when the whole export was read."""
    path = made.write_csv(tmp_path / "汇总.csv", ("单位代码", *made.HEAD), [("a", *made.ledger("a", 1)[0])])
    options = Options("enforcement-2020", dt.date(2023, 12, 31))
    fleet = open_fleet(path, options)
    assert failing(lambda: spark.run_in(None, fleet, dt.date(2024, 1, 1))) == {"cluster-needs-table"}


def test_a_file_of_one_bureau_with_rows_of_another(tmp_path: Path):
    root = made.fleet(tmp_path, [bureau("a"), bureau("b")])
    rows = [("a", *made.ledger("a", 1)[0]), ("b", *made.ledger("b", 1)[0])]
    made.write_csv(root / "ledgers" / "a.csv", ("单位代码", *made.HEAD), rows)
    fleet = open_fleet(root)
    bucket = spark.Bucket(0, fleet, (), Loader(), frozenset({"a", "b"}), ())
    assert failing(lambda: spark.work(bucket)) == {"cluster-mixed-file"}


@pytest.mark.parametrize(
    "row", ["合计,全市,,24,4,\n", "99,全市合计,,24,4,\n", "填表人：某某,,,,,\n", "总计,,,24,4,\n"]
)
def test_sums_and_signatures_in_the_table_are_no_bureaus(tmp_path: Path, row: str):
    root = made.fleet(tmp_path, [bureau("a"), bureau("b")])
    with (root / "bureaus.csv").open("a", encoding="utf-8") as table:
        table.write(row)
    result = rollup(root)
    assert result["bureaus"] == 2
    assert result["failed"] == []
    assert "fleet-row-of-none" in codes(result)


@pytest.mark.parametrize("master", ["foo://x", "local-cluster", "10.0.0.1:7077", ""])
def test_an_address_that_is_none_of_a_cluster_is_said_at_once(tmp_path: Path, master: str):
    fleet = open_fleet(made.fleet(tmp_path, [bureau("a")]))
    with pytest.raises(InputError, match="spark://"):
        spark.run(fleet, dt.date(2024, 1, 1), master)
