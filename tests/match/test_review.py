"""The review workbook there and back, decisions kept on disk, asking, and names proposed to the catalogue."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from pathlib import Path

import openpyxl
import pytest
import yaml

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.match import match
from equipcheck.match.decisions.alias_proposals import suggest_aliases
from equipcheck.match.decisions.load import load_decisions
from equipcheck.match.decisions.write import Decided, DecisionsOnDisk
from equipcheck.match.review.answers import Answers
from equipcheck.match.review.questions import Question, questions
from equipcheck.match.review.terminal import Talk, ask
from equipcheck.match.review.workbook_read import read_review
from equipcheck.match.review.workbook_write import ANSWER, NAME, write_review
from equipcheck.problems import InputError
from tests.match.test_engine import ledger

CATALOGUE = load_catalogue()
ANSWERS = Answers(CATALOGUE)
LEDGER = ledger(
    "呼吸器", "便携式检测仪", ("便携式检测仪", "UltraRAE 3000"), "一体机", "一体机", "声级计", "=1+1采样器"
)


def doubtful(**weights: float) -> list[Question]:
    return questions(LEDGER, match(LEDGER, CATALOGUE), weights)


def workbook(folder: Path) -> Path:
    path = folder / "复核.xlsx"
    path.write_bytes(write_review(doubtful(), CATALOGUE))
    return path


def fill(path: Path, answers: dict[str, str]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["复核"]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[heads.index(ANSWER)].value = answers.get(row[heads.index(NAME)].value)
    book.save(path)


def test_each_doubtful_name_is_asked_once_and_those_that_may_close_a_gap_first():
    asked = [(one.name, one.model, one.rows, one.units) for one in doubtful()]
    assert asked[0] == ("一体机", None, 2, 10)
    assert ("便携式检测仪", None, 1, 5) in asked
    assert doubtful(gas_mask=3.0)[0].name == "呼吸器"
    assert [one.settled for one in doubtful() if one.name == "便携式检测仪"] == [
        (("UltraRAE 3000", "pid_detector"),)
    ]


def test_the_workbook_offers_the_kinds_as_a_list_on_a_sheet_of_its_own(tmp_path: Path):
    book = openpyxl.load_workbook(workbook(tmp_path))
    (validation,) = book["复核"].data_validations.dataValidation
    assert validation.formula1 == f"种类!$A$2:$A${len(CATALOGUE.kinds) + 3}"
    assert [book["种类"].cell(row, 1).value for row in (2, 3)] == ["不是装备", "暂不确定"]
    assert book["复核"].freeze_panes == "B2"
    assert write_review(doubtful(), CATALOGUE) == write_review(doubtful(), CATALOGUE)


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path):
    sheet = openpyxl.load_workbook(workbook(tmp_path))["复核"]
    assert ("=1+1采样器", "s") in [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)]


def test_answers_come_back_as_ids_names_aliases_or_no_equipment(tmp_path: Path):
    path = workbook(tmp_path)
    fill(
        path,
        {
            "呼吸器": "空呼",
            "一体机": "多功能一体机（0.50）",
            "便携式检测仪": "不是装备",
            "=1+1采样器": "暂不确定",
        },
    )
    read = read_review(path, ANSWERS)
    assert {(one.name, one.kind) for one in read.answers} == {
        ("呼吸器", "scba"),
        ("一体机", "multifunction_printer"),
        ("便携式检测仪", "none"),
    }
    assert (read.open, read.problems) == (1, [])


def test_what_is_not_understood_or_contradicts_itself_is_told_with_its_place(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["说明"],
        ["备注", "结论", "名称"],
        [None, "声级汁", "甲"],
        [None, "声级计", "乙"],
        [None, "手机", "乙"],
    ):
        sheet.append(row)
    path = tmp_path / "x.xlsx"
    book.save(path)
    read = read_review(path, ANSWERS)
    assert [(one.code, one.place.line) for one in read.problems] == [
        ("review-unknown-answer", 3),
        ("review-conflict", 5),
    ]
    assert "是否为“声级计”" in str(read.problems[0])
    assert read.answers == []


def test_a_workbook_without_the_headings_is_refused(tmp_path: Path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(InputError) as error:
        read_review(tmp_path / "x.xlsx", ANSWERS)
    assert error.value.problems[0].code in ("not-a-review", "empty-file")


@pytest.mark.libreoffice
def test_libreoffice_may_save_it_in_between(tmp_path: Path):
    path = workbook(tmp_path)
    fill(path, {"呼吸器": "防毒面具", "一体机": "台式计算机"})
    before = read_review(path, ANSWERS)
    for ending in ("ods", "xlsx"):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", ending,
             "--outdir", str(tmp_path / ending), str(path)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        after = read_review(tmp_path / ending / f"复核.{ending}", ANSWERS)
        assert (after.answers, after.open) == (before.answers, before.open)


def test_decisions_are_kept_sorted_one_a_line_and_twice_is_once(tmp_path: Path):
    path = tmp_path / "decisions.yaml"
    path.write_text(
        "# 我们的说明\nmatches:\n  - {name: 丙, kind: uav, x_page: 3}\n"
        "splits:\n  - {ref: a#1, parts: [{quantity: 2}]}\n",
        encoding="utf-8",
    )
    disk = DecisionsOnDisk(path, "decisions.yaml")
    day = dt.date(2026, 1, 2)
    new = [
        Decided("甲", "none", note="旧物"),
        Decided("乙", "fax", "X-1"),
        Decided("丙", "uav"),
        Decided("12369", "fax"),
    ]
    kept = disk.merge(new, "张三", day)
    disk.write()
    assert ([len(kept.added), len(kept.changed), len(kept.same)]) == [3, 0, 1]
    text = path.read_text(encoding="utf-8")
    assert text.splitlines() == [
        "# 我们的说明",
        "matches:",
        "  - {name: '12369', kind: fax, by: 张三, date: '2026-01-02'}",
        "  - {name: 丙, kind: uav, x_page: 3}",
        "  - {name: 乙, model: X-1, kind: fax, by: 张三, date: '2026-01-02'}",
        "  - {name: 甲, kind: none, note: 旧物, by: 张三, date: '2026-01-02'}",
        "splits:",
        "  - {ref: a#1, parts: [{quantity: 2}]}",
    ]
    again = DecisionsOnDisk(path, "decisions.yaml")
    assert len(again.merge(new, "李四", dt.date(2027, 1, 1)).same) == 4
    again.write()
    assert path.read_text(encoding="utf-8") == text
    made = load_decisions([(path, "decisions.yaml")], CATALOGUE)
    assert [made.matches["甲", ""].kind, made.matches["乙", "X-1"].kind] == [None, "fax"]


def test_a_file_changed_meanwhile_is_not_overwritten(tmp_path: Path):
    path = tmp_path / "decisions.yaml"
    disk = DecisionsOnDisk(path, "decisions.yaml")
    disk.merge([Decided("甲", "uav")])
    path.write_text("matches: []\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        disk.write()
    assert error.value.problems[0].code == "decisions-changed"
    assert path.read_text(encoding="utf-8") == "matches: []\n"


def test_asking_takes_numbers_names_skips_steps_back_and_keeps_each_answer_at_once():
    said: list[str] = []
    kept: list[tuple[str, str]] = []
    lines = iter(["1", "b", "0", "什么东西", "多功能一体机", "", "q"])
    asked = [one for one in doubtful(gas_mask=2.0) if one.name in ("呼吸器", "一体机", "便携式检测仪")]
    asked.sort(key=lambda one: ["呼吸器", "一体机", "便携式检测仪"].index(one.name))
    answered = ask(
        asked,
        CATALOGUE,
        Talk(said.append, lambda _: next(lines, None)),
        lambda question, answer: kept.append((question.name, answer.kind)),
    )
    assert kept == [("呼吸器", "scba"), ("呼吸器", "none"), ("一体机", "multifunction_printer")]
    assert answered == 2
    assert any("看不懂“什么东西”" in line for line in said)


def test_confirmed_names_become_a_catalogue_patch_that_loads(tmp_path: Path):
    path = tmp_path / "d.yaml"
    path.write_text(
        "matches:\n  - {name: 嗅探小精灵, kind: odor_detector}\n  - {name: 声级计, kind: sound_level_meter}\n"
        "  - {name: 小蜜蜂X200测试机, kind: dust_rapid_tester}\n  - {name: 桌子, kind: none}\n",
        encoding="utf-8",
    )
    patch = suggest_aliases(load_decisions([(path, "d.yaml")], CATALOGUE), CATALOGUE)
    assert yaml.safe_load(patch) == {"aliases": {"odor_detector": ["嗅探小精灵"]}}
    assert "#   dust_rapid_tester（粉尘快速测定仪）：小蜜蜂X200测试机" in patch.splitlines()
    own = tmp_path / "own.yaml"
    own.write_text(patch, encoding="utf-8")
    assert "嗅探小精灵" in load_catalogue([own]).kinds["odor_detector"].aliases


def test_the_workbook_is_a_real_one(tmp_path: Path):
    assert openpyxl.load_workbook(io.BytesIO(write_review([], CATALOGUE))).sheetnames == ["复核", "种类"]
