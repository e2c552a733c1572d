"""decisions.yaml: mistakes told with their place, the nearest file first, splits that must sum."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground.frames import ASSETS
from equipcheck.match.decisions.load import Decisions, load_decisions
from equipcheck.problems import InputError

CATALOGUE = load_catalogue()


def read(folder: Path, *texts: str) -> Decisions:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"d{number}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append((path, path.name))
    return load_decisions(paths, CATALOGUE)


def refused(folder: Path, *texts: str) -> list[tuple[str, int]]:
    with pytest.raises(InputError) as error:
        read(folder, *texts)
    return [(problem.code, problem.place.line) for problem in error.value.problems]


def assets(**more: object) -> pl.DataFrame:
    row = {
        "bureau": "",
        "row": 0,
        "part": 0,
        "ref": "台账.csv#2",
        "role": "ledger",
        "asset_no": "A1",
        "name": "声级计",
        "quantity": 5,
        "status": "in_use",
    }
    return ASSETS.build([row | more])


def test_an_unknown_kind_is_an_error_with_a_near_match(tmp_path: Path):
    with pytest.raises(InputError) as error:
        read(tmp_path, "matches:\n  - {name: 甲, kind: uaw}\n  - {name: 乙, kind: nome}\n")
    assert [(p.code, p.place.line) for p in error.value.problems] == [
        ("unknown-kind", 2),
        ("unknown-kind", 3),
    ]
    assert "是否为“uav”" in str(error.value)
    assert "是否为“none”" in str(error.value)


def test_an_empty_file_and_no_file_decide_nothing(tmp_path: Path):
    assert read(tmp_path, "").find("声级计", None) is None
    assert load_decisions([], CATALOGUE).find("声级计", None) is None


def test_two_conclusions_in_one_file_are_an_error(tmp_path: Path):
    text = "matches:\n  - {name: 甲, kind: uav}\n  - {name: 甲, kind: fax}\n"
    assert refused(tmp_path, text) == [("decision-twice", 3)]
    once = "matches:\n  - {name: 甲, kind: uav}\n  - {name: 甲, kind: uav}\n"
    found = read(tmp_path, once + "  - {name: 甲, model: 乙, kind: fax}\n").find("甲", "乙")
    assert found is not None
    assert found.kind == "fax"


def test_the_nearest_file_wins_and_the_other_conclusion_is_noted(tmp_path: Path):
    made = read(
        tmp_path,
        "matches:\n  - {name: 甲, kind: uav}\n",
        "matches:\n  - {name: 甲, kind: fax}\n  - {name: 乙, kind: fax}\n",
    )
    assert [made.matches["甲", ""].kind, made.matches["乙", ""].kind] == ["uav", "fax"]
    assert [(note.code, note.ref) for note in made.notes] == [("decision-contradiction", "d1.yaml:2:5")]


def test_what_no_row_uses_is_noted(tmp_path: Path):
    made = read(
        tmp_path,
        "matches:\n  - {name: 声级计, kind: uav}\n  - {name: 声级计, model: X, kind: fax}\n"
        "  - {name: 丙, kind: fax}\nsplits:\n  - {ref: 别处#1, parts: [{quantity: 5}]}\n",
    )
    assert [(note.code, note.ref) for note in made.unused(assets())] == [
        ("decision-unused", "d0.yaml:3:5"),
        ("decision-unused", "d0.yaml:4:5"),
        ("split-unused", "d0.yaml:6:5"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("splits:\n  - {parts: [{quantity: 5}]}\n", [("split-target", 2)]),
        ("splits:\n  - {ref: a, asset_no: b, parts: [{quantity: 5}]}\n", [("split-target", 2)]),
        ("splits:\n  - {asset_no: b, parts: [{quantity: 5, status: 飘走}]}\n", [("split-status", 2)]),
        ("splits:\n  - {asset_no: b, parts: [{quantity: 5, kind: uaw}]}\n", [("unknown-kind", 2)]),
        (
            "splits:\n  - {asset_no: b, parts: [{quantity: 5}]}\n  - {asset_no: b, parts: [{quantity: 5}]}\n",
            [("split-twice", 3)],
        ),
        ("splits:\n  - {asset_no: b, parts: []}\n", [("bad-value", 2)]),
        ("macthes: []\n", [("unknown-key", 1)]),
    ],
)
def test_mistakes_have_their_place(tmp_path: Path, text: str, codes: list[tuple[str, int]]):
    assert refused(tmp_path, text) == codes


def test_parts_must_sum_to_the_row(tmp_path: Path):
    made = read(tmp_path, "splits:\n  - {asset_no: A1, parts: [{quantity: 3}, {quantity: 1}]}\n")
    frame, problems = made.apply_splits(assets())
    assert [(p.code, p.place.line, p.args["total"], p.args["quantity"]) for p in problems] == [
        ("split-sum", 2, 4, 5)
    ]
    assert frame.rows() == assets().rows()


def test_an_asset_number_of_several_rows_and_a_rejected_row_cannot_be_split(tmp_path: Path):
    made = read(tmp_path, "splits:\n  - {asset_no: A1, parts: [{quantity: 5}]}\n")
    twice = pl.concat([assets(), assets(row=1, ref="台账.csv#3")])
    assert [p.code for p in made.apply_splits(twice)[1]] == ["split-ambiguous"]
    bad = assets(rejected="bad-quantity", why="数量不是整数", quantity=0)
    assert [p.code for p in made.apply_splits(bad)[1]] == ["split-rejected"]


def test_a_decision_holds_over_the_parts_that_a_ledgers_columns_of_states_made(tmp_path: Path):
    parted = pl.concat([assets(part=1, quantity=4), assets(part=2, quantity=1, status="idle")])
    made = read(
        tmp_path, "splits:\n  - {asset_no: A1, parts: [{quantity: 3}, {quantity: 2, status: 损坏}]}\n"
    )
    split, problems = made.apply_splits(parted)
    assert problems == []
    assert split.select("part", "quantity", "status").rows() == [(1, 3, "in_use"), (2, 2, "broken")]
    wrong = read(tmp_path, "splits:\n  - {asset_no: A1, parts: [{quantity: 4}]}\n")
    assert [p.code for p in wrong.apply_splits(parted)[1]] == ["split-sum"]


NAMED = (
    "splits:\n  - {ref: '台账.csv#3', name: 对讲机, parts: [{quantity: 1}, {quantity: 2, status: 损坏}]}\n"
)


def moved(*rows: tuple[str, int]) -> pl.DataFrame:
    one = assets().head(1)
    parts = [
        one.with_columns(ref=pl.lit(f"台账.csv#{at}"), row=pl.lit(at, pl.Int64), name=pl.lit(name), asset_no=None,
                         quantity=pl.lit(units, pl.Int64), part=pl.lit(0, pl.Int64))
        for at, (name, units) in enumerate(rows, start=2)
    ]  # fmt: skip
    return pl.concat(parts).cast(assets().schema)


@pytest.mark.parametrize(
    ("rows", "where", "code"),
    [
        ([("声级计", 3), ("对讲机", 3)], 3, None),
        ([("声级计", 3), ("对 讲机", 3)], 3, None),
        ([("声级计", 3), ("无人机", 3), ("对讲机", 3)], 4, "split-moved"),
        ([("对讲机", 3)], 2, "split-moved"),
        ([("声级计", 3), ("无人机", 3), ("对讲机", 4)], None, "split-unfit"),
        ([("对讲机", 3), ("无人机", 3), ("对讲机", 3)], None, "split-unfit"),
        ([("声级计", 3), ("无人机", 3)], None, "split-unfit"),
        ([("声级计", 3)], None, "split-unused"),
    ],
)
def test_a_split_goes_with_its_row_or_says_that_it_no_longer_fits(tmp_path: Path, rows, where, code) -> None:
    made = read(tmp_path, NAMED)
    frame, problems = made.apply_splits(moved(*rows))
    assert problems == []
    assert frame.filter(pl.col("part") > 0)["ref"].to_list() == ([f"台账.csv#{where}"] * 2 if where else [])
    assert [note.code for note in made.unused(frame)] == ([code] if code else [])


def test_of_two_splits_that_name_one_row_the_one_that_stands_there_holds(tmp_path: Path) -> None:
    made = read(tmp_path, NAMED + "  - {ref: '台账.csv#4', parts: [{quantity: 3, status: 闲置}]}\n")
    frame, _ = made.apply_splits(moved(("声级计", 1), ("无人机", 1), ("对讲机", 3)))
    assert frame.filter(name="对讲机").select("part", "status").rows() == [(1, "idle")]
