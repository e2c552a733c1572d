"""Annexes of another make: nothing is stated with confidence that is not so, and hardly anything asked in vain."""

from __future__ import annotations

from pathlib import Path

import pytest
from annex_score import score

from equipcheck.catalogue.kinds import load_catalogue

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.iterdir() if path.suffix not in (".json", ".md"))
KNOWN = {
    "x15-accidents.xlsx": {"wrong": 1},  # a plain number 1 that its maker wants asked about: nothing tells
    "x13-nature-column.xlsx": {"asked": 2},  # 条件必配: the number waits for the obligation
    "x14-ticks-two-columns.xlsx": {"asked": 1},
    "h01-gov-page.html": {"asked": 2},  # 「由有水上执法任务的机构配备」: whether it binds all is asked
    "x23-merged-levels.xlsx": {"asked": 1},
}


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.mark.parametrize("annex", FILES, ids=lambda path: path.name)
def test_an_annex_of_another_make_is_read_or_asked_about(annex, catalogue):
    found = score(annex, catalogue)
    told = "\n".join(found.told)
    bar = KNOWN.get(annex.name, {})
    for verdict in ("wrong", "lost", "refused", "extra"):
        assert found.cells[verdict] <= bar.get(verdict, 0), told
    assert found.cells["asked"] <= bar.get("asked", 0), told
    assert found.duties["wrong"] == 0, told
