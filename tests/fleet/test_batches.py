"""Bureaus assessed in batches side by side come to what they come to all at once, whatever the batches."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from equipcheck.fleet import batches
from equipcheck.fleet import rollup as room
from equipcheck.fleet.opening import Options
from equipcheck.report import rollup_json
from tests.fleet import made
from tests.fleet.made import bureau
from tests.fleet.test_spark import troubled

TODAY = dt.date(2024, 1, 1)
CODES = [f"b{at}" for at in range(7)]


def whole(target: Path, options: Options | None = None) -> str:
    return rollup_json.render(room.roll_up(target, TODAY, options))


@pytest.fixture(params=[(1, 1_000_000), (5, 30), (10**9, 20)])
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """A call makes batches small from then on; how many there were of each cohort."""
    counts: list[int] = []
    deal = batches.batches

    def dealt(*given):
        found = deal(*given)
        counts.append(len(found))
        return found

    def begin() -> list[int]:
        monkeypatch.setattr(batches, "ROWS_A_THREAD", request.param[0])
        monkeypatch.setattr(batches, "ROWS_AT_ONCE", request.param[1])
        monkeypatch.setattr(batches.os, "cpu_count", lambda: 4)
        monkeypatch.setattr(batches, "batches", dealt)
        return counts

    return begin


def test_a_fleet_with_troubles(tmp_path: Path, small):
    root = troubled(tmp_path / "fleet")
    at_once = whole(root)
    counts = small()
    assert whole(root) == at_once
    assert max(counts) > 1


@pytest.mark.parametrize("mixed", [False, True], ids=["each bureau's rows together", "rows anywhere"])
def test_an_export(tmp_path: Path, small, *, mixed: bool):
    rows = [(code, *row) for code in CODES for row in made.ledger(code, 9)]
    if mixed:
        random.Random(3).shuffle(rows)
    made.write_csv(tmp_path / "all.csv", ("单位代码", *made.HEAD), rows)
    table = [bureau(code, 上级机构代码="b0" if code != "b0" else "") for code in CODES]
    made.write_csv(tmp_path / "bureaus.csv", tuple(table[1]), [tuple(one.values()) for one in table])
    options = Options("enforcement-2020", dt.date(2023, 12, 31))
    at_once = whole(tmp_path / "all.csv", options)
    counts = small()
    assert whole(tmp_path / "all.csv", options) == at_once
    assert max(counts) > 1


def test_decisions_that_split_rows(tmp_path: Path, small):
    root = made.fleet(
        tmp_path, [bureau(code) for code in CODES], more="decisions: [shared.yaml, own]\n", rows=15
    )
    shared = "matches:\n- {name: 便携式检测仪, kind: sound_level_meter}\n"
    (root / "shared.yaml").write_text(shared, encoding="utf-8")
    (root / "own").mkdir()
    split = "splits:\n- asset_no: S1\n  parts: [{quantity: 1, status: 损坏}, {quantity: 2}]\n"
    for code in CODES[:3]:
        rows = [*made.ledger(code, 15), ("S1", "声级计", 3, "在用", "2020-05-01", "2024-06-30")]
        made.write_csv(root / "ledgers" / f"{code}.csv", made.HEAD, rows)
        (root / "own" / f"{code}.yaml").write_text(split, encoding="utf-8")
    at_once = whole(root)
    counts = small()
    assert whole(root) == at_once
    assert max(counts) > 1
