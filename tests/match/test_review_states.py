"""Rows whose state is not clear: asked in the review workbook, answered, kept as splits, and asked no more."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
import yaml

from equipcheck.cli import run
from equipcheck.ledger.words.remarks import part_said
from equipcheck.match.review.states import AS_SUGGESTED
from equipcheck.match.review.workbook_write import PLACE, STATES, TOLD, UNITS

LEDGER = """资产编号,资产名称,数量,使用状况,备注
TY1,声级计,3,在用,其中1台损坏
TY2,执法记录仪,4,在用,屏幕破损
TY2,对讲机,2,在用,部分已报废
,无人机,2,带病运行,
TY5,照相机,1,在用,
"""
CONFIG = """bureau: {name: 示例局（虚构）, level: county, staff: 17, vehicles: 3}
standard: enforcement-2020
as_of: 2023-12-31
ledgers: 台账.csv
decisions: decisions.yaml
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "台账.csv").write_text(LEDGER, "utf-8")
    (tmp_path / "equipcheck.yaml").write_text(CONFIG, "utf-8")
    return tmp_path


def told(project: Path, answers: dict[str, tuple[object, str]]) -> Path:
    """The review workbook with answers (units, state) by name."""
    path = project / "复核.xlsx"
    assert run(["match", str(project), "--review", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    sheet = book[STATES]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        units, state = answers.get(row[heads.index("名称")].value, (None, None))
        row[heads.index(UNITS)].value, row[heads.index(TOLD)].value = units, state
    book.save(path)
    return path


def splits(project: Path) -> list[dict]:
    return yaml.safe_load((project / "decisions.yaml").read_text("utf-8"))["splits"]


def test_the_rows_are_listed_with_what_they_say_and_what_it_may_mean(project: Path) -> None:
    sheet = openpyxl.load_workbook(told(project, {}))[STATES]
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    kept = [heads.index(word) for word in (PLACE, "名称", "数量", "台账写的", "建议")]
    assert [[row[at] for at in kept] for row in rows] == [
        ["台账.csv#2", "声级计", 3, "在用；其中1台损坏", "1 件损坏"],
        ["台账.csv#3", "执法记录仪", 4, "在用；屏幕破损", None],
        ["台账.csv#4", "对讲机", 2, "在用；部分已报废", None],
        ["台账.csv#5", "无人机", 2, "带病运行", None],
    ]


def test_answers_take_rows_apart_and_are_asked_no_more(project: Path, capsys) -> None:
    path = told(
        project, {"声级计": (None, AS_SUGGESTED), "执法记录仪": (None, "在用"), "对讲机": (2, "待报废")}
    )
    assert run(["match", str(project), "--apply", str(path)]) == 0
    found = [{key: one[key] for key in one if key != "date"} for one in splits(project)]
    assert found == [
        {"asset_no": "TY1", "parts": [{"quantity": 2}, {"quantity": 1, "status": "损坏"}]},
        {
            "ref": "台账.csv#3",
            "name": "执法记录仪",
            "parts": [{"quantity": 4, "status": "在用"}],
        },  # its number stands twice
        {"ref": "台账.csv#4", "name": "对讲机", "parts": [{"quantity": 2, "status": "待报废"}]},
    ]
    capsys.readouterr()
    assert run(["match", str(project)]) == 0
    assert "1 行的状况待定" in capsys.readouterr().out
    assert run(["report", str(project)]) == 0
    shown = capsys.readouterr().out
    assert "其中1台损坏" not in shown
    assert "屏幕破损" not in shown
    assert "带病运行" in shown


def test_a_state_is_told_anew_in_place_of_the_one_before(project: Path) -> None:
    path = told(project, {"声级计": (2, "待修")})
    for _ in range(2):
        assert run(["match", str(project), "--apply", str(path)]) == 0
        (project / "台账.csv").write_text(LEDGER.replace("其中1台损坏", "其中1台借出"), "utf-8")
    assert [one["parts"][1]["quantity"] for one in splits(project)] == [2]


@pytest.mark.parametrize(
    "answer", [(5, "损坏"), ("一", "损坏"), (0, "损坏"), (1, None), (None, "很差"), (1, AS_SUGGESTED)]
)
def test_what_is_not_understood_is_said_and_changes_nothing(project: Path, capsys, answer) -> None:
    path = told(project, {"声级计": answer})
    assert run(["match", str(project), "--apply", str(path)]) == 0
    assert "看不懂（该行 3 件），未采用" in capsys.readouterr().err
    assert not (project / "decisions.yaml").exists()


def test_a_row_that_is_settled_meanwhile_is_said(project: Path, capsys) -> None:
    path = told(project, {"声级计": (1, "损坏")})
    (project / "台账.csv").write_text(LEDGER.replace("其中1台损坏", ""), "utf-8")
    assert run(["match", str(project), "--apply", str(path)]) == 0
    assert "“台账.csv#2”现在没有待定的状况" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("其中1台损坏", (1, "损坏")),
        ("2台已报废", (2, "已报废")),
        ("坏1", (1, "坏")),
        ("3台在用，1台待修", (1, "待修")),
        ("损坏1台，可用3台", (1, "损坏")),
        ("2台借给环境监测站，其余在用", (2, "出借")),
        ("1台已移交应急局", (1, "")),
        ("部分损坏", None),
        ("仅2台能用", None),
        ("其中2台已坏，1台丢失", None),
        ("4台损坏", None),
    ],
)
def test_a_part_in_words(text: str, part: tuple[int, str] | None) -> None:
    assert part_said(text, 4) == part


def test_rows_whose_units_stand_in_columns_of_states_are_asked_about_as_one(project: Path, capsys) -> None:
    text = "资产编号,资产名称,总数,在用,闲置,待报废,备注\nA2,无人机,2,1,1,0,1架借给应急局\nA3,便携式检测仪,4,3,0,1,\n"
    (project / "台账.csv").write_text(text, "utf-8")
    path = told(project, {"无人机": (None, AS_SUGGESTED)})
    rows = list(openpyxl.load_workbook(path)[STATES].values)
    assert [(row[1], row[3]) for row in rows[1:]] == [("无人机", 2)]
    assert run(["match", str(project), "--apply", str(path)]) == 0
    capsys.readouterr()
    assert run(["report", str(project), "-f", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [(row["name"], row["quantity"]) for row in data["review"]] == [("便携式检测仪", 4)]
    assert "partial-remark" not in {one["code"] for one in data["notes"]}
    (uav,) = [one for one in data["findings"] if one["requirement"] == "uav"]
    assert (uav["held"], uav["usable"]) == (2, 1)
