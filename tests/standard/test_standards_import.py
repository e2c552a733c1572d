"""`standards import` on the command line, and importing again over a draft that people have edited."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from equipcheck.cli import run

HEAD = ["序号", "装备名称", "单位", "市级", "县级", "备注"]
ROWS = [
    ["1", "无人机", "架", "2", "1", ""],
    ["2", "现场快检箱", "套", "若干", "1", ""],
    ["3", "声级计", "部", "每5人1部", "1", "含校准器"],
]


def annex(folder: Path, rows: list[list[str]] = ROWS) -> Path:
    path = folder / "annex.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return path


def test_the_draft_goes_to_stdout_and_the_account_to_stderr(tmp_path, capsys):
    assert run(["standards", "import", str(annex(tmp_path)), "--id", "demo-2025"]) == 0
    out, err = capsys.readouterr()
    assert "id: demo-2025" in out
    assert "family: demo\n" in out
    assert "装备 3 行" in err
    assert err.count("待定：") == 2


def test_questions_left_miss_the_bar_only_when_it_is_asked_for(tmp_path):
    assert run(["standards", "import", str(annex(tmp_path)), "--strict"]) == 1
    assert run(["standards", "import", str(annex(tmp_path, ROWS[:1])), "--strict"]) == 0


def test_a_draft_is_never_overwritten_unasked(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft)]
    assert run(call) == 0
    draft.write_text("# mine\n" + draft.read_text("utf-8"), "utf-8")
    before = draft.read_bytes()
    assert run(call) == 2
    assert capsys.readouterr().out == ""
    assert draft.read_bytes() == before
    assert run([*call, "--force"]) == 0
    assert draft.read_bytes() != before


def test_importing_again_changes_nothing(tmp_path):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft)]
    assert run(call) == 0
    draft.write_text("# 我的批注\n" + draft.read_text("utf-8"), "utf-8")
    before = draft.read_bytes()
    assert run([*call, "--merge"]) == 0
    assert draft.read_bytes() == before


def answered(text: str) -> str:
    return text.replace("{text: 若干}", "{per: staff, every: 4}").replace(
        "kinds: []", "kinds: [water_rapid_tester]\n    service: true"
    )


def test_importing_a_new_annex_keeps_the_answers(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft), "--merge"]
    assert run(call) == 0
    draft.write_text(answered(draft.read_text("utf-8")), "utf-8")
    changed = [["1", "望远镜", "台", "1", "1", ""], *ROWS]
    changed[2] = ["3", "现场快检箱", "套", "若干", "2", ""]
    annex(tmp_path, changed)
    capsys.readouterr()
    assert run(call) == 0
    assert "没有待定的问题" in capsys.readouterr().err
    text = draft.read_text("utf-8")
    assert "city: {per: staff, every: 4}\n      county: 2" in text
    assert "kinds: [water_rapid_tester]" in text
    assert "service: true" in text
    assert "表1 第4行" in text
    assert run(["standards", "lint", str(draft)]) == 0


def test_a_changed_cell_is_read_anew(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft), "--merge"]
    assert run(call) == 0
    draft.write_text(answered(draft.read_text("utf-8")), "utf-8")
    changed = [row[:] for row in ROWS]
    changed[1][3] = "适量"
    annex(tmp_path, changed)
    capsys.readouterr()
    assert run(call) == 0
    assert "“适量”" in capsys.readouterr().err
    assert "{text: 适量}" in draft.read_text("utf-8")


def test_a_row_that_left_the_annex_is_a_question(tmp_path, capsys):
    draft = tmp_path / "draft.yaml"
    call = ["standards", "import", str(annex(tmp_path)), "-o", str(draft), "--merge"]
    assert run(call) == 0
    annex(tmp_path, ROWS[:2])
    capsys.readouterr()
    assert run(call) == 0
    assert "附件里已没有这一行" in capsys.readouterr().err
    assert "name: 声级计" in draft.read_text("utf-8")


def test_two_rows_of_one_kind_and_obligation_are_a_question(tmp_path, capsys):
    twice = [*ROWS, ["4", "噪声仪", "部", "1", "", ""], ["5", "噪音计", "部", "", "选配1部", ""]]
    draft = tmp_path / "draft.yaml"
    assert run(["standards", "import", str(annex(tmp_path, twice)), "-o", str(draft)]) == 0
    err = capsys.readouterr().err
    assert "表1 第5行 噪声仪：与表1 第4行“声级计”同为" in err
    assert "噪音计" not in err
    assert run(["standards", "show", str(draft), "-f", "json"]) == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"PK\x03\x04broken", "附件打不开"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 docx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "附件打不开"),
        ("a.csv", "名称,数量说明\n无人机,一些\n".encode(), "没有一张认出表头"),
        ("a.html", b"<html><body><p>x</p></body></html>", "没有"),
        ("a.csv", b"\n \n", "没有读到表格"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name, content, code, tmp_path, capsys):
    path = tmp_path / name
    path.write_bytes(content)
    assert run(["standards", "import", str(path), "-o", str(tmp_path / "draft.yaml")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert code in err
    assert not (tmp_path / "draft.yaml").exists()
