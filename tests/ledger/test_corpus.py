"""Ledgers made by others: what is read of them right stays right, what is not is listed with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from equipcheck.ledger import Source
from equipcheck.ledger.inspect import inspect

from . import score

CORPUS = Path(__file__).parent / "corpus"
SETS = {
    "first": 45,
    "last": 49,
    "third": 32,
    "fourth": 30,
    "fifth": 36,
    "sixth": 24,
    "seventh": 32,
    "eighth": 20,
}
FILES = [file for folder in SETS for file in score.expected_files(CORPUS / folder)]
KNOWN = yaml.safe_load((CORPUS / "known.yaml").read_text("utf-8"))
MOST_MISSED = 0  # files read wrong without a word; may only shrink


def stem(file: Path) -> str:
    return f"{file.parent.name}/{file.name.removesuffix(score.SUFFIX)}"


def test_the_sets_are_whole() -> None:
    assert [len(score.expected_files(CORPUS / folder)) for folder in SETS] == [*SETS.values()]
    listed = [*KNOWN["accepted"], *KNOWN["missed"]]
    assert len({*listed}) == len(listed)
    assert {*listed} <= {stem(file) for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=stem)
def test_it_is_read_as_its_maker_wrote_down_or_as_listed(file: Path) -> None:
    listed = KNOWN["accepted"].get(stem(file)) or KNOWN["missed"].get(stem(file)) or {"differences": []}
    assert [str(one) for one in score.differences(file)] == listed["differences"]


def test_what_is_missed_only_shrinks() -> None:
    assert len(KNOWN["missed"]) <= MOST_MISSED
    assert all(one["why"].strip() and one["differences"] for part in KNOWN.values() for one in part.values())


@pytest.mark.parametrize("file", FILES, ids=stem)
def test_its_cells_balance(file: Path) -> None:
    path = file.with_name(json.loads(file.read_text("utf-8"))["file"])
    for sheet in inspect(Source(path, path.name)).cells:
        assert sum(sheet.became.values()) + sheet.nothing == sheet.cells
        assert sum(block.count for block in sheet.unread) == sheet.nothing


def test_the_scorer_sees_what_is_lost_added_and_misread(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("资产名称,数量\n声级计,2\n对讲机,若干\n无人机,1\n", "utf-8")
    asset = dict.fromkeys(score.FIELDS)
    assets = [asset | {"row": 2, "name": "声级计", "quantity": 3}, asset | {"row": 9, "name": "相机"}]
    wanted = {"file": "a.csv", "assets": assets, "rejected": [{"row": 3, "name": "对讲机", "why": "若干"}]}
    file = tmp_path / f"a{score.SUFFIX}"
    file.write_text(json.dumps(wanted, ensure_ascii=False), "utf-8")
    found = [(one.place, one.field, one.said) for one in score.differences(file)]
    assert found == [("2", "quantity", False), ("9", "missing", False), ("4", "extra", False)]
