"""`standards verify`: the file beside the annex, and the stamp; `standards new`."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest
from make_annexes import word_groups

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.cli import run
from equipcheck.standard.load import load_standard


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    """An annex and a draft whose questions have been answered."""
    monkeypatch.chdir(tmp_path)
    word_groups(Path("annex.docx"))
    assert run(["standards", "import", "annex.docx", "-o", "draft.yaml", "--id", "demo-2025"]) == 0
    text = Path("draft.yaml").read_text("utf-8")
    text = text.replace("kinds: []", "kinds: [water_rapid_tester]").replace("{text: 若干}", "3")
    Path("draft.yaml").write_text(text.replace("{text: 1～2套}", "1"), "utf-8")
    capsys.readouterr()
    return tmp_path


def loaded(folder: Path):
    return load_standard("draft.yaml", folder, load_catalogue()).standard


def test_what_a_person_decided_stands_out_in_the_comparison(desk, capsys):
    assert run(["standards", "verify", "draft.yaml", "--against", "annex.docx", "-f", "md"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "| 表1 第7行 | 现场快检箱 | 省级 | 若干 | 3套 | 不同 |" in lines
    assert "| 表1 第8行 | 执法记录仪 | 省级 | 1台/2人（不少于2台） | 每2人1台，不少于2台 | 一致 |" in lines
    assert sum(line.endswith("| 不同 |") for line in lines) == 2


def test_two_people_make_it_official(desk, capsys):
    before = Path("draft.yaml").read_text("utf-8")
    call = ["standards", "verify", "draft.yaml", "--against", "annex.docx", "--by", "甲", "--by", "乙"]
    assert run([*call, "--on", "2025-03-01"]) == 0
    assert "注意 表1 第7行 现场快检箱 省级：原文“若干”，标准文件“3套”（不同）" in capsys.readouterr().err
    standard = loaded(desk)
    assert {row.source.status for row in standard.requirements} == {"official"}
    assert standard.verified is not None
    assert (standard.verified.on, standard.verified.by) == (dt.date(2025, 3, 1), ("甲", "乙"))
    assert standard.verified.sha256 == hashlib.sha256(Path("annex.docx").read_bytes()).hexdigest()
    after = Path("draft.yaml").read_text("utf-8")
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert all("official" in line or line.startswith("verified:") for line in changed)
    assert run([*call, "--on", "2025-03-02"]) == 0
    assert Path("draft.yaml").read_text("utf-8").count("verified:") == 1
    assert run(["standards", "lint", "draft.yaml"]) == 0


@pytest.mark.parametrize("names", [["甲"], ["甲", "甲"], ["甲", " "]])
def test_one_person_is_not_enough(desk, names, capsys):
    before = Path("draft.yaml").read_bytes()
    by = [part for name in names for part in ("--by", name)]
    assert run(["standards", "verify", "draft.yaml", "--against", "annex.docx", *by]) == 2
    assert "两个不同的人" in capsys.readouterr().err
    assert Path("draft.yaml").read_bytes() == before


def test_open_questions_cannot_be_signed(desk, capsys):
    text = Path("draft.yaml").read_text("utf-8")
    Path("draft.yaml").write_text(text.replace("province: 3\n", "province: {text: 若干}\n"), "utf-8")
    call = ["standards", "verify", "draft.yaml", "--against", "annex.docx", "--by", "甲", "--by", "乙"]
    assert run(call) == 2
    assert "待定" in capsys.readouterr().err


def test_a_row_that_the_annex_does_not_have_stays_what_it_is(desk):
    text = Path("draft.yaml").read_text("utf-8")
    Path("draft.yaml").write_text(text.replace("place: 表1 第3行", "place: 表9 第3行"), "utf-8")
    call = ["standards", "verify", "draft.yaml", "--against", "annex.docx", "--by", "甲", "--by", "乙"]
    assert run(call) == 0
    by_place = {row.source.place: row.source.status for row in loaded(desk).requirements}
    assert by_place.pop("表9 第3行") == "reprint"
    assert set(by_place.values()) == {"official"}


def test_an_obligation_that_a_person_changed_stands_out(desk, capsys):
    text = Path("draft.yaml").read_text("utf-8")
    at = text.index("name: 车载样品")
    changed = text[:at] + text[at:].replace("obligation: required", "obligation: optional", 1)
    Path("draft.yaml").write_text(changed, "utf-8")
    assert run(["standards", "verify", "draft.yaml", "--against", "annex.docx", "-f", "md"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "车载样品" in line]
    assert lines
    assert all("不同" in line and "原文读作必配" in line for line in lines)


def test_nothing_is_stamped_that_lint_refuses(desk, capsys):
    text = Path("draft.yaml").read_text("utf-8")
    Path("draft.yaml").write_text(text.replace("when: {level: city}", "when: {level: county}"), "utf-8")
    before = Path("draft.yaml").read_bytes()
    call = ["standards", "verify", "draft.yaml", "--against", "annex.docx", "--by", "甲", "--by", "乙"]
    assert run(call) == 2
    assert "lint" in capsys.readouterr().err
    assert Path("draft.yaml").read_bytes() == before


@pytest.mark.parametrize("layout", ["level", "grade", "region-level", "region-grade", "climate", "none"])
def test_a_new_file_is_sound_and_its_example_too(layout, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["standards", "new", "local-2025", "--columns", layout, "--title", "示例（虚构）"]) == 0
    text = Path("local-2025.yaml").read_text("utf-8")
    assert run(["standards", "lint", "local-2025.yaml"]) == 0
    head, _, rows = text.partition("requirements: []\n")
    example = [line[1:] for line in rows.splitlines()[1:]]
    Path("filled.yaml").write_text(head + "requirements:\n" + "\n".join(example) + "\n", "utf-8")
    assert run(["standards", "lint", "filled.yaml"]) == 0
    capsys.readouterr()
    assert run(["standards", "show", "filled.yaml", "-f", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["requirements"]
    assert row["kinds"] == ["vehicle_sample_storage"]


def test_a_new_file_never_overwrites(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("local-2025.yaml").write_text("mine")
    assert run(["standards", "new", "local-2025"]) == 2
    assert Path("local-2025.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (["装备名称,单位,市、县级,县级", "无人机,架,２ 架,", "声级计,台,,3台"],
         {("无人机", "市级"): "２ 架", ("无人机", "县级"): "２ 架", ("声级计", "县级"): "3台"}),
        (["装备名称,单位,市级,县级,数量", "无人机,架,√,√,每３人一架"],
         {("无人机", "市级"): "√；每３人一架", ("无人机", "县级"): "√；每３人一架"}),
        (["装备名称,单位,县级必配,县级选配", "无人机,架,两架,１"],
         {("无人机", "县级"): "两架", ("无人机", "县级 选配"): "１"}),
        (["装备名称,单位,县级（台/人）", "无人机,架,２"], {("无人机", "县级（台/人）"): "２"}),
    ],
)  # fmt: skip
def test_the_words_are_those_of_the_printed_cell(rows, shown, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("\n".join(rows) + "\n", "utf-8")
    assert run(["standards", "import", "a.csv", "-o", "a.yaml"]) == 0
    capsys.readouterr()
    assert run(["standards", "verify", "a.yaml", "--against", "a.csv", "-f", "md"]) == 0
    cells = [[cell.strip() for cell in line.strip("| ").split("|")]
             for line in capsys.readouterr().out.splitlines() if line.startswith("| 表1")]  # fmt: skip
    found = {(name, column + (" 选配" if says.startswith("选配") else "")): words
             for _, name, column, words, says, _ in cells}  # fmt: skip
    assert found == shown
