"""Whatever a table holds: no row is lost, no word is lost, and the draft can be loaded."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground.yamlfile import loads
from equipcheck.problems import InputError
from equipcheck.standard.annex.containers.displayed import displayed
from equipcheck.standard.annex.draft import Wanted
from equipcheck.standard.annex.importing import import_annex
from equipcheck.standard.annex.language.marks import marked_notes, split_marks
from equipcheck.standard.annex.writing import scalar
from equipcheck.standard.load import load_standard

CATALOGUE = load_catalogue()
HEAD = ["序号", "装备名称", "单位", "省级", "市级", "县级", "必配/选配", "备注"]

names = st.sampled_from(
    [
        "无人机",
        "声级计",
        "噪声仪",
        "快检箱①",
        "执法车辆（辆）",
        "小计",
        "一、设备",
        "注：见表",
        "打印机\n(彩色)",
    ]
)
cells = st.sampled_from(
    [
        "",
        "—",
        "2",
        "５台",
        "每3人1台",
        "1套/车，不少于2套",
        "若干",
        "选配",
        "50%",
        "按需",
        "1-2",
        "a: b # c",
        "'x",
        "- y",
        "{z}",
    ]
)
lines = st.tuples(
    st.sampled_from(["", "1", "二"]),
    names | st.text(max_size=6),
    st.sampled_from(["", "台", "台/套"]),
    cells,
    cells,
    cells | st.text(max_size=8),
    st.sampled_from(["", "必配", "选配", "其他"]),
    st.text(max_size=10),
)


def imported(folder: Path, rows: list[list[str]]):
    path = folder / "annex.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return import_annex(path, "annex.csv", CATALOGUE, Wanted("demo", "demo"), None)


@settings(max_examples=150, deadline=None)
@given(st.lists(lines, min_size=1, max_size=8))
def test_every_row_ends_in_one_place_and_its_words_stand_in_the_draft(rows):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clean = [["".join(char for char in cell if char not in "\0\r\n") for cell in row] for row in rows]
        try:
            done = imported(folder, [HEAD, *clean])
        except InputError as error:
            assert {one.code for one in error.problems} <= {"annex-without-head", "text-encoding"}  # noqa: PT017
            return
        reading = done.reading
        places = [*reading.heads, *reading.groups, *reading.notes, *reading.totals, *reading.blanks]
        places += [*reading.continued, *(line.place for line in reading.lines)]
        places += [place for place, _ in reading.unread]
        bare = sorted(place.partition("“")[0] for place in places)
        assert bare == sorted({f"表1 第{at}行" for at in range(1, reading.total + 1)})
        (folder / "draft.yaml").write_text(done.text, encoding="utf-8")
        loaded = load_standard("draft.yaml", folder, CATALOGUE)
        written = loads(done.text.encode(), "draft.yaml").data["requirements"]
        for line, row in zip(reading.lines, written, strict=True):
            assert {key: str(value) for key, value in row["x_words"].items()} == line.words
        assert len(loaded.standard.requirements) == len(reading.lines)
        again = import_annex(
            folder / "annex.csv", "annex.csv", CATALOGUE, Wanted("demo", "demo"), folder / "draft.yaml"
        )
        assert again.unchanged


@given(st.text(max_size=30))
def test_any_text_survives_being_written(text):
    clean = text.encode("utf-8", "ignore").decode()
    assert loads(f"a: {scalar(clean)}\nb: {{{scalar(clean)}: {scalar(clean)}}}".encode(), "x").data == {
        "a": clean,
        "b": {clean: clean},
    }


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (1, "0%", "100%"),
        (5, '0"台"', "5台"),
        (5, "General", "5"),
        (5.0, "General", "5"),
        (2.5, "General", "2.5"),
        (1200, "#,##0", "1,200"),
        (5, '"不少于"0"台"', "不少于5台"),
        (0, '0"台";;"—"', "—"),
        (3, "0_ ", "3"),
        ("5台", "@", "5台"),
        (None, "0%", ""),
    ],
)
def test_numbers_are_read_as_they_are_displayed(value, form, text):
    assert displayed(value, form) == text


@pytest.mark.parametrize(
    ("text", "plain", "marks"),
    [
        ("无人机①", "无人机", ["①"]),
        ("5台*", "5台", ["*"]),
        ("照相机（注1）", "照相机", ["注1"]),
        ("声级计²³", "声级计", ["²", "³"]),
        ("执法车辆（辆）", "执法车辆（辆）", []),
        ("*", "*", []),
    ],
)
def test_footnote_marks_come_off_and_are_kept(text, plain, marks):
    assert split_marks(text) == (plain, marks)


def test_several_notes_in_one_paragraph_are_told_apart():
    notes = marked_notes(["注：①含备用；②不含车载的。", "* 见附件。"])
    assert notes == {"①": "①含备用", "②": "②不含车载的。", "*": "* 见附件。"}


def test_a_stray_far_cell_is_left_out_and_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["装备名称", "县级"])
    book.active.append(["无人机", 1])
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "a.xlsx")
    done = import_annex(tmp_path / "a.xlsx", "a.xlsx", CATALOGUE, Wanted("demo", "demo"), None)
    assert [line.name for line in done.reading.lines] == ["无人机"]
    assert "工作表“Sheet”远处的单元格没有读入：XFD1048576“x”" in done.reading.remarks
