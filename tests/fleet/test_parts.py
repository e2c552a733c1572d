"""What is too big to be read at once goes through in parts of whole bureaus, and comes to the same bytes."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path

import polars as pl
import pytest

from equipcheck.fleet import buckets, pieces
from equipcheck.fleet import rollup as room
from equipcheck.fleet.cache import Cache
from equipcheck.fleet.opening import Options
from equipcheck.report import rollup_json
from tests.fleet import made
from tests.fleet.made import bureau
from tests.fleet.test_spark import troubled

TODAY = dt.date(2024, 1, 1)


def whole(target: Path, how: room.How | None = None, options: Options | None = None) -> str:
    return rollup_json.render(room.roll_up(target, TODAY, options, how=how))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Parts of about one bureau; how many bureaus each part had."""
    sizes: list[int] = []
    work = buckets.work

    def noted(bucket, *rest):
        sizes.append(len(bucket.fleet.members))
        return work(bucket, *rest)

    monkeypatch.setattr(room, "BYTES_AT_ONCE", 700)
    monkeypatch.setattr(buckets, "work", noted)
    return sizes


def test_in_parts_is_the_same_as_at_once(tmp_path: Path, request: pytest.FixtureRequest):
    root = troubled(tmp_path / "fleet")
    at_once = whole(root)
    sizes = request.getfixturevalue("small")
    assert whole(root) == at_once
    assert len(sizes) > 1
    assert sum(sizes) == 10  # one more cannot be read from the table


def test_in_parts_what_was_read_before_is_not_read_again(tmp_path: Path, small: list[int]):
    root = made.fleet(tmp_path / "fleet", [bureau(code) for code in "abcd"])
    how = room.How(cache=Cache(tmp_path / "kept"))
    first = room.roll_up(root, TODAY, how=how)
    second = room.roll_up(root, TODAY, how=how)
    assert (first.cached, second.cached) == (0, 4)
    assert rollup_json.render(first) == rollup_json.render(second)
    assert len(small) > 2


def test_a_file_that_names_other_bureaus_is_read_with_all_others(
    tmp_path: Path, request: pytest.FixtureRequest
):
    root = made.fleet(tmp_path / "fleet", [bureau(code) for code in "abc"])
    rows = [("b", *row) for row in made.ledger("b", 5)]
    made.write_csv(root / "ledgers" / "a.csv", ("单位代码", *made.HEAD), rows)
    at_once = whole(root)
    request.getfixturevalue("small")
    assert whole(root) == at_once


OPTIONS = Options("enforcement-2020", dt.date(2023, 12, 31))
CODES = [f"b{at}" for at in range(7)]


def export(root: Path, rows: list[tuple[object, ...]], *, head: tuple[object, ...] = made.HEAD) -> Path:
    """An export of many bureaus with a table of them beside it; one of them has no row."""
    table = [bureau(code, 上级机构代码="b0" if code != "b0" else "") for code in (*CODES, "none")]
    made.write_csv(root / "bureaus.csv", tuple(table[1]), [tuple(one.values()) for one in table])
    return made.write_csv(root / "all.csv", ("单位代码", *head), rows)


def ledgers(*, mixed: bool) -> list[tuple[object, ...]]:
    rows = [(code, *row) for code in CODES for row in made.ledger(code, 12)]
    rows += [("zz", *row) for row in made.ledger("z", 3)] + [("", *row) for row in made.ledger("nobody", 2)]
    if mixed:
        random.Random(3).shuffle(rows)
    return rows


def dealt(monkeypatch: pytest.MonkeyPatch, piece: int, block: int) -> list[int]:
    """From now on exports are dealt out; how many rows each bucket was given."""
    sizes: list[int] = []
    give = buckets.with_exports

    def noted(bucket, read):
        sizes.append(sum(one.kept.assets.height for one in read))
        return give(bucket, read)

    monkeypatch.setattr(room, "BYTES_WHOLE", 1)
    monkeypatch.setattr(room, "BYTES_AT_ONCE", piece)
    monkeypatch.setattr(pieces, "BLOCK_BYTES", block)
    monkeypatch.setattr(pieces, "AHEAD", 4)
    monkeypatch.setattr(buckets, "with_exports", noted)
    return sizes


@pytest.mark.parametrize("mixed", [False, True], ids=["each bureau's rows together", "rows anywhere"])
@pytest.mark.parametrize(("piece", "block"), [(400, 100), (1500, 1 << 20), (1 << 20, 777)])
def test_an_export_in_pieces_is_the_same_as_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int, block: int, *, mixed: bool
):
    rows = ledgers(mixed=mixed)
    path = export(tmp_path, rows)
    at_once = whole(path, options=OPTIONS)
    sizes = dealt(monkeypatch, piece, block)
    assert whole(path, options=OPTIONS) == at_once
    assert sum(sizes) == len(rows)
    assert (len(sizes) > 1) == (piece < 1 << 20)


def test_rows_of_bureaus_that_cannot_be_assessed_are_counted_in_pieces_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = export(tmp_path, ledgers(mixed=True))
    table = (tmp_path / "bureaus.csv").read_text(encoding="utf-8")
    wrong = [one.replace(",12,", ",十几,") if one.startswith("b3,") else one for one in table.splitlines()]
    (tmp_path / "bureaus.csv").write_text("\n".join([*wrong, wrong[3]]), encoding="utf-8")
    at_once = whole(path, options=OPTIONS)
    dealt(monkeypatch, 400, 300)
    assert whole(path, options=OPTIONS) == at_once
    sizes = {one["bureau"]: one["rows"] for one in json.loads(at_once)["failed"]}
    assert sizes == {"": 2, "b2": 12, "b3": 12, "none": None, "zz": 3}


def encoded(path: Path, how: str) -> None:
    text = path.read_text(encoding="utf-8")
    if how == "gbk":
        path.write_bytes(text.encode("gb18030"))
    elif how == "bom and line feeds":
        path.write_bytes(text.replace("\r\n", "\n").encode("utf-8-sig"))
    elif how == "quotes":
        first, *rest = text.splitlines()
        path.write_text(
            "\r\n".join([first, *(f'"{one}"'.replace(",", '","') for one in rest)]), encoding="utf-8"
        )
    elif how == "tabs":
        path.write_text(text.replace(",", "\t") + "\n\n", encoding="utf-8")
    elif how == "a title above":
        path.write_text("全省固定资产台账（虚构）,,,,,,\n" + text, encoding="utf-8")


@pytest.mark.parametrize("how", ["gbk", "bom and line feeds", "quotes", "tabs", "a title above"])
def test_pieces_of_a_text_as_it_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str):
    path = export(tmp_path, ledgers(mixed=True))
    encoded(path, how)
    at_once = whole(path, options=OPTIONS)
    sizes = dealt(monkeypatch, 500, 300)
    assert whole(path, options=OPTIONS) == at_once
    assert len(sizes) > 1


def test_a_parquet_export_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = export(tmp_path, [(ord(row[0][-1]) if row[0] else None, *row[1:]) for row in ledgers(mixed=True)])
    pl.read_csv(path, schema_overrides={"数量": pl.String}).write_parquet(tmp_path / "all.parquet")
    table = (tmp_path / "bureaus.csv").read_text(encoding="utf-8")
    for code in CODES:
        table = table.replace(f"{code},", f"{ord(code[-1])},")
    (tmp_path / "bureaus.csv").write_text(table, encoding="utf-8")
    at_once = whole(tmp_path / "all.parquet", options=OPTIONS)
    sizes = dealt(monkeypatch, 700, 1)
    assert whole(tmp_path / "all.parquet", options=OPTIONS) == at_once
    assert len(sizes) > 1
    assert '"failed": []' not in at_once


def test_without_room_for_pieces_a_file_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = export(tmp_path, ledgers(mixed=True))
    at_once = whole(path, options=OPTIONS)
    dealt(monkeypatch, 500, 300)
    told = whole(path, options=OPTIONS)

    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.LazyFrame, "sink_parquet", full)
    assert whole(path, options=OPTIONS) == told == at_once
    monkeypatch.setattr(pl.DataFrame, "write_csv", full)
    assert whole(path, options=OPTIONS) == at_once


@pytest.mark.parametrize(
    "row",
    [
        ("b1", "", "合计", "40", "", "", ""),
        ("b1", "N77", "同上", "1", "在用", "", ""),
        ("b1", 'N"8', "无人机", "1", "", "", ""),
    ],
    ids=["a total", "a mark for the cell above", "a quote"],
)
def test_rows_that_others_explain_are_read_with_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: tuple[object, ...]
):
    rows = ledgers(mixed=False)
    path = export(tmp_path, [*rows[:50], row, *rows[50:]])
    at_once = whole(path, options=OPTIONS)
    dealt(monkeypatch, 500, 300)
    said: list[str] = []
    again = room.roll_up(path, TODAY, OPTIONS, None, said.append)
    assert rollup_json.render(again) == at_once
    assert any("整份读入" in one for one in said)
