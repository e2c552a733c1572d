"""The cache: only what changed is read again; nothing that matters is ever taken from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equipcheck.fleet import cache as room
from equipcheck.fleet import reading
from tests.fleet import made
from tests.fleet.made import bureau, call


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    return made.fleet(tmp_path / "fleet", [bureau(code) for code in "abc"])


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were really read."""
    seen: list[str] = []
    whole = reading._read

    def noted(data, source):
        seen.append(source.path.stem)
        return whole(data, source)

    monkeypatch.setattr(reading, "_read", noted)
    return seen


def run(fleet: Path, tmp_path: Path, *options: object) -> dict:
    return json.loads(call("rollup", fleet, "--cache", tmp_path / "cache", "-f", "json", *options))


def test_a_second_run_reads_only_what_changed(fleet: Path, tmp_path: Path, read: list[str]):
    first = run(fleet, tmp_path)
    assert sorted(read) == ["a", "b", "c"]
    read.clear()
    assert run(fleet, tmp_path) == first
    assert read == []
    made.write_csv(fleet / "ledgers" / "b.csv", made.HEAD, made.ledger("other"))
    changed = run(fleet, tmp_path)
    assert read == ["b"]
    assert changed["by_bureau"][1] != first["by_bureau"][1]
    assert [changed["by_bureau"][at] for at in (0, 2)] == [first["by_bureau"][at] for at in (0, 2)]


def test_another_standard_decision_or_day_is_seen_at_once(fleet: Path, tmp_path: Path, read: list[str]):
    before = run(fleet, tmp_path)
    read.clear()
    (fleet / "d.yaml").write_text("matches: [{name: 执法记录仪, kind: none}]\n", encoding="utf-8")
    with (fleet / "fleet.yaml").open("a", encoding="utf-8") as stream:
        stream.write("decisions: d.yaml\n")
    after = run(fleet, tmp_path)
    other = run(fleet, tmp_path, "--standard", "enforcement-2024")
    later = run(fleet, tmp_path, "--as-of", "2030-12-31")
    assert read == []
    counted = [{line["name"]: line["counted"] for line in one["by_requirement"]} for one in (before, after)]
    assert counted[0]["执法记录仪"] > 0 == counted[1]["执法记录仪"]
    assert other["editions"][0]["id"] == "enforcement-2024"
    assert later["coverage"] != before["coverage"]


def test_another_reader_reads_anew(
    fleet: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
):
    run(fleet, tmp_path)
    read.clear()
    monkeypatch.setattr(room, "_reader", lambda: "a later version")
    run(fleet, tmp_path)
    assert sorted(read) == ["a", "b", "c"]


@pytest.mark.parametrize("damage", [b"", b"{}", b"\n", None])
def test_a_damaged_entry_counts_as_none(fleet: Path, tmp_path: Path, read: list[str], damage: bytes | None):
    first = run(fleet, tmp_path)
    read.clear()
    for path in (tmp_path / "cache").glob("*.kept"):
        data = path.read_bytes()
        path.write_bytes(data[:-40] + b"x" * 40 if damage is None else damage)
    assert run(fleet, tmp_path) == first
    assert sorted(read) == ["a", "b", "c"]


def test_a_folder_that_cannot_be_written_is_no_mistake(fleet: Path, tmp_path: Path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert run(fleet, tmp_path)["bureaus"] == 3


def test_files_are_read_side_by_side_with_the_same_result(fleet: Path, tmp_path: Path):
    alone = call("rollup", fleet, "--no-cache", "-f", "json", "--jobs", 1)
    assert call("rollup", fleet, "--no-cache", "-f", "json", "--jobs", 2) == alone
