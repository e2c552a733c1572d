"""`equipcheck match` from outside: JSON, the terminal, review and apply, mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from equipcheck.cli import run

LEDGER = (
    "资产编号,资产名称,规格型号,数量,使用状况\nA1,声级计,AWA5636,2,在用\nA2,呼吸器,,3,在用\n"
    "A3,办公桌,,1,在用\nA4,便携式检测仪,,壹台半,在用\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "台账.csv").write_text(LEDGER, encoding="utf-8")
    (tmp_path / "decisions.yaml").write_text("matches: []\n", encoding="utf-8")
    (tmp_path / "equipcheck.yaml").write_text(
        "bureau: {name: 虚构县局, level: county, staff: 10, vehicles: 2}\nstandard: enforcement-2020\n"
        "as_of: 2023-12-31\nledgers: [台账.csv]\ndecisions: decisions.yaml\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def matches(capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    assert run(["match", "-f", "json", *more]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_json_has_one_object_a_named_row_rejected_ones_too(project: Path, capsys: pytest.CaptureFixture[str]):
    rows = matches(capsys)
    assert [(row["ref"], row["name"], row["kind"], row["method"], row["decision"]) for row in rows] == [
        ("台账.csv#2", "声级计", "sound_level_meter", "exact", "auto"),
        ("台账.csv#3", "呼吸器", None, "pattern", "review"),
        ("台账.csv#4", "办公桌", None, "none", "none"),
        ("台账.csv#5", "便携式检测仪", None, "fuzzy", "review"),
    ]
    assert [one["kind"] for one in rows[1]["suggestions"]][:2] == ["scba", "gas_mask"]  # type: ignore[index, union-attr]
    assert all(0 <= row["score"] <= 1 for row in rows)  # type: ignore[operator]


def test_a_bare_ledger_needs_no_facts(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "甲.csv").write_text(LEDGER, encoding="utf-8")
    assert len(matches(capsys, str(tmp_path / "甲.csv"))) == 4


def test_the_terminal_shows_doubt_first_and_the_next_step_last(
    project: Path, capsys: pytest.CaptureFixture[str]
):
    assert run(["match"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "待复核（2 个名称）"
    assert lines[-1] == "下一步：2 个名称待复核，运行 equipcheck match --review 复核.xlsx"


def test_review_apply_and_never_asked_again(project: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["match", "--review", "复核.xlsx"]) == 0
    book = openpyxl.load_workbook("复核.xlsx")
    sheet = book["复核"]
    heads = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, heads.index("名称") + 1).value == "呼吸器"  # could close a gap: first
    sheet.cell(2, heads.index("结论") + 1).value = "防毒面具"
    book.save("复核.xlsx")
    capsys.readouterr()
    assert run(["match", "--apply", "复核.xlsx", "--by", "张三"]) == 0
    out = capsys.readouterr()
    assert "新增：呼吸器 → 防毒面具" in out.out
    assert "未填或暂不确定 1 条" in out.err
    text = Path("decisions.yaml").read_text(encoding="utf-8")
    assert run(["match", "--apply", "复核.xlsx", "--by", "李四"]) == 0
    assert Path("decisions.yaml").read_text(encoding="utf-8") == text
    capsys.readouterr()
    row = matches(capsys)[1]
    assert (row["kind"], row["method"], row["decision"]) == ("gas_mask", "confirmed", "confirmed")


def test_an_answer_on_a_name_leaves_its_other_models_as_they_were(
    project: Path, capsys: pytest.CaptureFixture[str]
):
    with Path("台账.csv").open("a", encoding="utf-8") as file:
        file.write("A5,便携式检测仪,UltraRAE 3000,1,在用\n")
    assert run(["match", "--review", "复核.xlsx"]) == 0
    book = openpyxl.load_workbook("复核.xlsx")
    sheet = book["复核"]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[heads.index("名称")].value == "便携式检测仪":
            row[heads.index("结论")].value = "不是装备"
    book.save("复核.xlsx")
    assert run(["match", "--apply", "复核.xlsx"]) == 0
    capsys.readouterr()
    rows = matches(capsys)
    assert [(row["kind"], row["decision"]) for row in rows if row["name"] == "便携式检测仪"] == [
        (None, "none"),
        ("pid_detector", "confirmed"),
    ]


def test_asking_keeps_what_was_answered(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    lines = iter(["2"])
    monkeypatch.setattr("builtins.input", lambda: next(lines))

    def interrupted() -> str:
        try:
            return next(lines)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("builtins.input", interrupted)
    assert run(["match", "--ask"]) == 0
    assert "{name: 呼吸器, kind: gas_mask" in Path("decisions.yaml").read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


def test_suggest_aliases_prints_a_patch(project: Path, capsys: pytest.CaptureFixture[str]):
    Path("decisions.yaml").write_text("matches: [{name: 小黑盒, kind: uav}]\n", encoding="utf-8")
    assert run(["match", "--suggest-aliases"]) == 0
    assert '  uav: ["小黑盒"]  # 无人机' in capsys.readouterr().out.splitlines()


def test_two_jobs_at_once_are_refused(project: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["match", "--ask", "--review", "x.xlsx"]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert "一次只用一个" in out.err
    assert run(["match", "--apply", "没有.xlsx"]) == 2
    assert run(["match", "--review", "x.csv"]) == 2
    assert not Path("x.csv").exists()
