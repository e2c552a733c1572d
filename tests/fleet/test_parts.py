"""What is too big to be read at once goes through in parts of whole bureaus, and comes to the same bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from equipcheck.fleet import buckets
from equipcheck.fleet import rollup as room
from equipcheck.fleet.cache import Cache
from equipcheck.report import rollup_json
from tests.fleet import made
from tests.fleet.made import bureau
from tests.fleet.test_spark import troubled

TODAY = dt.date(2024, 1, 1)


def whole(target: Path, how: room.How | None = None) -> str:
    return rollup_json.render(room.roll_up(target, TODAY, how=how))


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
