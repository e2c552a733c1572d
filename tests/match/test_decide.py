"""Deciding for sums is matching without the reasons: the same kinds, whatever the words are coded as."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground import frames
from equipcheck.ledger import coded_rows
from equipcheck.match import decide, match
from equipcheck.match.decisions.file import Confirmed
from equipcheck.match.decisions.load import Decisions
from equipcheck.problems import Place

NAMES = [
    "执法记录仪",
    "便携式检测仪",
    "办公桌",
    "手持式激光测距望远镜",
    "大疆无人机",
    "车载检测服务",
    "",
    None,
    " 声级计 ",
]
MODELS = [None, "DSJ-V9", "崂应3012H", "M-1"]
CLASSES = [None, "检测仪器", "家具"]
UNITS = [None, "台", " 次", "项"]
PRICES = [None, 0, 100, 50_000, 3_000_000]

rows = st.tuples(*(st.sampled_from(one) for one in (NAMES, MODELS, CLASSES, UNITS, PRICES)))


def assets(given_rows) -> pl.DataFrame:
    return frames.ASSETS.build(
        [
            {
                "bureau": "b", "row": at, "part": 0, "ref": f"台账.csv#{at + 2}", "role": "ledger", "name": name,
                "model": model, "category": category, "unit": unit, "unit_price": price, "quantity": 1,
                "status": "in_use",
            }
            for at, (name, model, category, unit, price) in enumerate(given_rows)
        ]
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, min_size=1, max_size=30))
def test_the_same_decisions_as_matching_with_reasons(given_rows):
    catalogue = load_catalogue()
    words = assets(given_rows)
    slow = {(row, part): rest for row, part, *rest in
            match(words, catalogue).select("row", "part", "kind", "decision").iter_rows()}  # fmt: skip
    for frame in (words, coded_rows.coded(words)):
        fast = frames.DECIDED.check(decide(frame, catalogue))
        assert fast.select("row", "part").equals(words.select("row", "part"))
        for row, part, kind, decision in fast.iter_rows():
            assert [kind, decision] == slow.get((row, part), [None, "none"])


def test_doubts_are_among_the_rows_tried():
    catalogue = load_catalogue()
    tried = assets([(name, None, None, unit, price) for name in NAMES for unit in UNITS for price in PRICES])
    bare = tried.with_columns(unit=pl.lit(None, dtype=pl.String), unit_price=pl.lit(None, dtype=pl.Int64))
    plain = match(bare, catalogue)
    assert not plain["decision"].equals(match(tried, catalogue)["decision"])


def test_what_a_person_decided_holds():
    decisions = Decisions({("便携式检测仪", ""): Confirmed("sound_level_meter", Place("d.yaml", line=1))})
    catalogue = load_catalogue()
    words = assets([("便携式检测仪", None, None, None, None), ("便携式检测仪", "M-1", None, None, None)])
    fast = decide(coded_rows.coded(words), catalogue, decisions)
    assert fast["kind"].to_list() == match(words, catalogue, decisions)["kind"].to_list()
    assert fast["kind"][0] == "sound_level_meter"
