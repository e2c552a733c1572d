"""`equipcheck ledger show`: how a file was understood, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equipcheck.cli import run
from equipcheck.ledger.inspect import inspect, stated_days
from equipcheck.ledger.source import Source

from .tables import csv_file, xlsx_file

ROWS = [
    ("台账（合成）",),
    ("序号", "资产名称", "件", "使用状况"),
    (1, "声级计", 2, "在用"),
    (2, "无人机", "若干", "躺平"),
    ("合计", None, 2, None),
]


def test_as_json(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = xlsx_file(tmp_path, ROWS)
    assert run(["ledger", "show", str(path), "-f", "json", "--columns", "quantity=件", "-n", "1"]) == 0
    shown = json.loads(capfd.readouterr().out)
    table = shown["sheets"][0]["tables"][0]
    assert (table["heading_rows"], table["first_row"], table["last_row"]) == ([2], 3, 5)
    assert [(c["column"], c["heading"], c["field"]) for c in table["columns"]] == [
        ("A", "序号", None),
        ("B", "资产名称", "name"),
        ("C", "件", "quantity"),
        ("D", "使用状况", "status"),
    ]
    assert table["rows"] == {"asset": 2, "total": 1}
    assert (table["rejected"], table["units"]) == (1, 2)
    assert [row["name"] for row in shown["rows"]] == ["声级计"]
    assert [(row["ref"], row["code"]) for row in shown["rejected"]] == [
        ("台账.xlsx#Sheet1!4", "quantity-not-a-number")
    ]
    assert [note["code"] for note in shown["notes"]] == ["total-agrees", "status-unknown"]
    assert len(shown["sha256"]) == 64


def test_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = xlsx_file(tmp_path, ROWS)
    assert run(["ledger", "show", str(path), "--columns", "quantity=件"]) == 0
    out = capsys.readouterr().out
    assert "表头：第 2 行" in out
    assert "未计入 台账.xlsx#Sheet1!4" in out
    assert "共读出 2 行资产（其中 1 行未计入），2 件" in out
    out.encode("gb18030")


def test_like_notes_stand_together_and_what_needs_nothing_comes_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "".join(f"仪器{n},1,躺平,2020\n合计,{n + 1},,\n" for n in range(8))
    path = csv_file(tmp_path, f"资产名称,数量,使用状况,有效期至\n{lines}照相机,2,待报废,2020-05-06\n")
    assert run(["ledger", "show", str(path)]) == 0
    out = capsys.readouterr().out
    assert "注意 同样的还有 5 条（状态用语不认识）：8、10、12、14、16" in out
    assert out.count("按可用计") == 3
    assert out.index("说明 台账.csv#3") > out.rindex("注意 ")
    assert "按状况：待处置 2 件，不认识 8 件" in out


def test_options_steer_the_reading(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = csv_file(tmp_path, "资产名称,数量\n物件,件\n声级计,2\n")
    call = ["ledger", "show", str(path), "-f", "json", "--header-row", "2", "--columns", "name=物件"]
    assert run(call) == 0
    assert [row["ref"] for row in json.loads(capfd.readouterr().out)["rows"]] == ["台账.csv#3"]


def test_a_register_of_checks(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = csv_file(tmp_path, "出厂编号,有效期至\nS1,2024-05-05\n")
    assert run(["ledger", "show", str(path), "--as", "verification"]) == 0
    assert "共读出 1 条检定记录" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (["--columns", "name"], "字段=列标题"),
        (["--columns", "nam=物件"], "name"),
        (["--sheet", "甲"], "Sheet1"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], call: list[str], word: str
) -> None:
    assert run(["ledger", "show", str(xlsx_file(tmp_path, ROWS)), *call]) == 2
    seen = capfd.readouterr()
    assert seen.out == ""
    assert word in seen.err


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("某局固定资产台账（截至2024年12月31日）", ["2024-12-31"]),
        ("盘点日期：2023-6-30　打印：2023.7.1", ["2023-06-30", "2023-07-01"]),
        ("文号〔2024〕27号，编号 20241231，2024年13月40日", []),
        ("2024年度", []),
    ],
)
def test_the_days_that_a_files_own_titles_state(tmp_path, title, days):
    path = tmp_path / "a.csv"
    path.write_text(f"{title}\n资产名称,规格型号,数量,取得日期\n声级计,X,1,2020-05-01\n", "utf-8")
    assert [day.isoformat() for day in stated_days(inspect(Source(path, "a.csv")))] == days
