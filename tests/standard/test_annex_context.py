"""What stands over, beside and under a number belongs to it; what is not understood is asked about."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.cli import run
from equipcheck.ground.yamlfile import loads
from equipcheck.standard.annex.draft import Wanted
from equipcheck.standard.annex.importing import import_annex
from equipcheck.standard.annex.language.bases import find_basis, unit_basis
from equipcheck.standard.annex.language.headings import heading
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.prose import prose

CATALOGUE = load_catalogue()


def table(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(path: Path, columns: dict[str, str] | None = None):
    done = import_annex(path, path.name, CATALOGUE, Wanted("demo", "demo", columns=columns), None)
    return done, loads(done.text.encode(), "draft").data


def rows_of(path: Path) -> dict[str, tuple[object, object]]:
    _, data = read(path)
    return {row["name"]: (row.get("quantity"), row["obligation"]) for row in data["requirements"]}


@pytest.mark.parametrize(
    ("text", "per", "every"),
    [
        ("配备标准（件/人）", "staff", 1),
        ("（每车）", "vehicles", 1),
        ("台/中队", "teams", 1),
        ("每10名执法人员", "staff", 10),
        ("人均配备数", "staff", 1),
        ("每艘船", None, 1),
        ("部/组", None, 1),
        ("每单位", "", 1),
    ],
)
def test_the_basis_in_a_heading(text, per, every):
    found, _ = find_basis(text.replace("（", "(").replace("）", ")"))
    assert found is not None
    assert (found.per, found.every) == (per, every)


@pytest.mark.parametrize("text", ["台/套", "数量", "配备标准（台/套）", "每年更新", "备注"])
def test_a_unit_is_no_basis(text):
    assert find_basis(text.replace("（", "(").replace("）", ")"))[0] is None
    assert unit_basis("台/套") == ("台/套", None)


@pytest.mark.parametrize("text", ["基层所", "县级（特勤）", "副省级城市", "特勤分队", "市级（县级）"])
def test_words_for_unknown_bureaus_are_never_taken_for_known_ones(text):
    assert not heading(text).known


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("表1 省级生态环境保护综合行政执法机构装备配备标准", {"level": ("province",)}),
        ("示例省执法装备标准", {}),
        ("东部地区标准", {"region": ("east",)}),
        ("中西部地区", {"region": ("central", "west")}),
        ("示例市生态环境局装备配备表", {}),
        ("（二）县（市、区）级", {"level": ("county",)}),
        ("省、市、县级装备", {}),
    ],
)
def test_the_level_in_a_caption(text, facts):
    assert dict(prose(text).facts) == facts


def test_upwards_is_each_level_from_there():
    assert facts_of("市级及以上") == {"level": ("province", "city")}
    assert facts_of("市级及以下") == {"level": ("city", "county")}


def test_unit_cells_say_by_what_a_number_counts(tmp_path):
    head = ["装备名称", "单位", "数量"]
    path = table(tmp_path / "a.csv", [head, ["无人机", "架", "1"], ["防护服", "套/人", "2"], ["声级计", "部/组", "1"],
                                      ["望远镜", "米", "2盘"]])  # fmt: skip
    found = rows_of(path)
    assert found["无人机"][0] == {"count": 1} or found["无人机"][0] == 1
    assert found["防护服"][0] == {"per": "staff", "count": 2}
    assert "text" in found["声级计"][0]
    assert "text" in found["望远镜"][0]


@pytest.mark.parametrize(
    ("remark", "duty"),
    [("选配", "optional"), ("可选配", "optional"), ("必配", "required"), ("含校准器", "required")],
)
def test_a_remark_tells_the_obligation(remark, duty, tmp_path):
    path = table(tmp_path / "a.csv", [["装备名称", "县级", "备注"], ["无人机", "2", remark]])
    assert rows_of(path)["无人机"] == ({"county": 2}, duty)


@pytest.mark.parametrize("remark", ["其中1台选配", "每车1台", "视情配备", "有条件的可配备"])
def test_a_remark_that_may_change_the_number_is_a_question(remark, tmp_path):
    path = table(tmp_path / "a.csv", [["装备名称", "县级", "备注"], ["无人机", "2", remark]])
    assert "text" in rows_of(path)["无人机"][0]["county"]


@pytest.mark.parametrize(
    ("note", "plain", "marked"),
    [
        ("注：*为选配装备", "required", "optional"),
        ("注：标*为必配，其余为选配", "optional", "required"),
        ("注：带“*”的装备为选配", "required", "optional"),
    ],
)
def test_marks_are_what_the_note_says(note, plain, marked, tmp_path):
    rows = [["装备名称", "县级"], ["无人机", "2"], ["*声级计", "1"], [note, ""]]
    found = rows_of(table(tmp_path / "a.csv", rows))
    assert found["无人机"][1] == plain
    assert found["声级计"][1] == marked


def test_a_mark_without_a_note_is_a_question(tmp_path):
    found = rows_of(table(tmp_path / "a.csv", [["装备名称", "县级"], ["无人机", "2"], ["★声级计", "1"]]))
    assert found["无人机"] == ({"county": 2}, "required")
    assert "text" in found["声级计"][0]["county"]


@pytest.mark.parametrize(
    ("sign", "duty"), [("√", "required"), ("●", "required"), ("○", "optional"), ("〇", "optional")]
)
def test_a_sign_says_whether_and_asks_how_many(sign, duty, tmp_path):
    path = table(
        tmp_path / "a.csv", [["装备名称", "市级", "县级"], ["无人机", "2", sign], ["声级计", "1", "1"]]
    )
    quantity, obligation = rows_of(path)["无人机"]
    assert quantity == {"city": 2, "county": {"text": sign}}
    assert (obligation if isinstance(obligation, str) else obligation["county"]) == duty


def test_two_number_columns_of_one_level_are_a_question_unless_they_agree(tmp_path):
    rows = [
        ["装备名称", "县级", ""],
        ["", "最低", "建议"],
        ["无人机", "1", "3"],
        ["声级计", "2", "2"],
        ["望远镜", "", "2"],
    ]
    found = rows_of(table(tmp_path / "a.csv", rows))
    assert "text" in found["无人机"][0]["county"]
    assert "text" in found["望远镜"][0]["county"]


def test_sheet_names_and_group_rows_say_whose_numbers_they_are(tmp_path):
    book = openpyxl.Workbook()
    for name, count in (("省级", 3), ("县级", 1)):
        sheet = book.create_sheet(name)
        sheet.append(["装备名称", "数量"])
        sheet.append(["无人机", count])
    book.remove(book.worksheets[0])
    hidden = book.create_sheet("旧版")
    hidden.append(["装备名称", "数量"])
    hidden.append(["无人机", 9])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    done, data = read(tmp_path / "a.xlsx")
    assert [row["quantity"] for row in data["requirements"]] == [{"province": 3}, {"county": 1}]
    assert any("旧版" in text and "隐藏" in text for text in done.reading.remarks)
    rows = [
        ["装备名称", "单位", "数量"],
        ["一、市级", "", ""],
        ["无人机", "架", "2"],
        ["二、县级", "", ""],
        ["无人机", "架", "1"],
    ]
    _, data = read(table(tmp_path / "b.csv", rows))
    assert [row["quantity"] for row in data["requirements"]] == [{"city": 2}, {"county": 1}]


def test_a_table_on_its_side_is_turned(tmp_path):
    rows = [
        ["装备名称", "无人机", "声级计", "望远镜"],
        ["省级", "3", "2", "1"],
        ["县级", "1", "每5人1部", "—"],
    ]
    found = rows_of(table(tmp_path / "a.csv", rows))
    assert found["无人机"][0] == {"province": 3, "county": 1}
    assert found["声级计"][0] == {"province": 2, "county": {"per": "staff", "every": 5}}


def test_columns_are_named_by_hand(tmp_path, capsys):
    path = table(
        tmp_path / "a.csv", [["甲", "乙", "丙", "丁"], ["x", "天平", "台", "4"], ["y", "离心机", "台", "5"]]
    )
    draft = tmp_path / "draft.yaml"
    assert run(["standards", "import", str(path), "-o", str(draft), "--columns", "名称=B,单位=C,县级=D"]) == 0
    data = loads(draft.read_bytes(), "draft").data
    assert [(row["name"], row["unit"], row["quantity"]) for row in data["requirements"]] == [
        ("天平", "台", {"county": 4}),
        ("离心机", "台", {"county": 5}),
    ]
    capsys.readouterr()
    for wrong in ("名称=B", "县级=D", "名称", "名称=B,名称=C,县级=D"):
        assert run(["standards", "import", str(path), "--columns", wrong]) == 2
        assert "--columns" in capsys.readouterr().err


def test_people_and_rooms_are_no_percentage_of_staff(tmp_path):
    rows = [["指标内容", "一级", "二级"], ["人员学历（大专以上）", "95%", "90%"], ["声级计", "2部", "1部"]]
    found = rows_of(table(tmp_path / "a.csv", rows))
    assert all("text" in rule for rule in found["人员学历（大专以上）"][0].values())
    assert found["声级计"][0] == {"level1": 2, "level2": 1}


def test_what_word_hides_deletes_or_copies_is_not_read(tmp_path):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    grid = document.add_table(2, 2)
    for at, text in enumerate(["装备名称", "县级", "无人机", "2"]):
        grid.cell(at // 2, at % 2).text = text
    cell = grid.cell(1, 1).paragraphs[0]
    cell.add_run("9").font.hidden = True
    moved = f'<w:moveFrom {nsdecls("w")} w:id="1"><w:r><w:t>7</w:t></w:r></w:moveFrom>'
    cell._p.append(parse_xml(moved))
    document.save(str(tmp_path / "a.docx"))
    done, data = read(tmp_path / "a.docx")
    assert data["requirements"][0]["quantity"] == {"county": 2}
    assert any("9" in text for text in done.reading.remarks)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.doc", b"{\\rtf1 x}", "RTF"),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<table>", "mht"),
        ("a.xlsx", b"", "空"),
    ],
)
def test_other_forms_get_a_message_that_fits(name, content, told, tmp_path, capsys):
    (tmp_path / name).write_bytes(content)
    assert run(["standards", "import", str(tmp_path / name)]) == 2
    assert told in capsys.readouterr().err


def test_huge_spans_and_a_merge_over_the_whole_sheet_are_cut_to_the_table(tmp_path):
    cells = "".join(f"<td rowspan=100000 colspan=100000>{at}</td>" for at in range(50))
    page = f"<table><tr><th>装备名称</th><th>县级</th></tr><tr><td>无人机</td><td>1</td></tr><tr>{cells}</tr></table>"
    (tmp_path / "a.html").write_text(f"<html>{page}</html>", "utf-8")
    assert rows_of(tmp_path / "a.html")["无人机"][1] == "required"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet")
    sheet.append(["装备名称", "县级"])
    sheet.append(["无人机", 1])
    sheet.merged_cells.ranges.add(openpyxl.worksheet.cell_range.CellRange("D1:XFD1048576"))
    book.save(tmp_path / "b.xlsx")
    assert rows_of(tmp_path / "b.xlsx")["无人机"][0] == {"county": 1}


def test_a_legend_for_a_sign_says_nothing_of_rows_without_it(tmp_path):
    note = "注：3.表中“*”表示由各地根据实际需要选配，“—”表示不配备。"
    found = rows_of(
        table(tmp_path / "a.csv", [["装备名称", "县级"], ["无人机", "2"], ["声级计*", "1"], [note, ""]])
    )
    assert (found["无人机"][1], found["声级计"][1]) == ("required", "optional")


def test_a_note_on_one_row_that_is_not_understood_opens_that_row(tmp_path):
    note = ["注：第2项声级计在沿海县为必配", "", ""]
    rows = [["序号", "装备名称", "县级"], ["1", "无人机", "2"], ["2", "声级计", "1"], note]
    found = rows_of(table(tmp_path / "a.csv", rows))
    assert found["无人机"][0] == {"county": 2}
    assert "text" in found["声级计"][0]["county"]


def test_a_continued_table_may_lack_an_empty_last_column(tmp_path):
    document = docx.Document()
    for rows in ([["装备名称", "县级", "备注"], ["无人机", "2", ""]], [["声级计", "1", ""]]):
        grid = document.add_table(len(rows), 3)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                grid.cell(at, column).text = text
        document.add_paragraph("")
    document.save(str(tmp_path / "a.docx"))
    assert rows_of(tmp_path / "a.docx")["声级计"][0] == {"county": 1}


def test_what_a_page_hides_is_left_out_and_ends_with_its_cell(tmp_path):
    page = """<html><table><tr><th>装备名称<th>县级</tr><tr hidden><td>照相机<td>9
    <tr><td>无人机<div style="display:none">旧称<td>1<tr><td>声级计<del>仪</del><td>2</table></html>"""
    (tmp_path / "a.html").write_text(page, "utf-8")
    result, data = read(tmp_path / "a.html")
    assert {row["name"]: row["quantity"]["county"] for row in data["requirements"]} == {
        "无人机": 1,
        "声级计": 2,
    }
    assert "照相机、9、旧称、仪" in "".join(result.reading.remarks)


@pytest.mark.parametrize(
    "cell",
    [
        "<td><span style='text-decoration:line-through'>5</span>3",
        "<td><span style='TEXT-DECORATION-LINE: underline line-through'>5</span>3",
        "<td><font class='a gone'>5</font>3</td>",
        "<td>3<p class=gone>5",
        "<td><b><i id=old>5</i></b>3",
        "<td style='text-decoration:line-through red'>5",
        "<td class=gone><b>53</b></td>",
        "<td><s>5</s>3",
        "<td><strike><b>5</b></strike>3",
    ],
)
def test_a_number_struck_through_on_a_page_is_asked_about_and_ends_with_its_cell(cell, tmp_path):
    page = f"""<html><head><style><!-- td.x, .a.gone, p.gone, td.gone, #old {{color:red;
    text-decoration:line-through}} .a:hover, .b {{text-decoration:none}} --></style></head>
    <table><tr><th>装备名称<th>县级</tr><tr><td class=a>照相机{cell}<tr><td>无人机<td class=b>1</table></html>"""
    (tmp_path / "a.html").write_text(page, "utf-8")
    found = rows_of(tmp_path / "a.html")
    assert "text" in str(found["照相机"][0]["county"])
    assert found["无人机"][0] == {"county": 1}


@pytest.mark.parametrize(
    "string",
    [
        "<r><rPr><strike/></rPr><t>5</t></r><r><t>3</t></r>",
        '<r><t>3</t></r><r><rPr><b/><strike val="1"/></rPr><t>5</t></r>',
    ],
)
def test_a_number_struck_through_in_a_shared_string_is_asked_about(string, tmp_path):
    book = openpyxl.Workbook()
    for row in (["装备名称", "县级"], ["照相机", "53"], ["无人机", 1]):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "b.xlsx") as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<t>53</t>", string.encode()))
    found = rows_of(tmp_path / "a.xlsx")
    assert "text" in str(found["照相机"][0]["county"])
    assert found["无人机"][0] == {"county": 1}


@pytest.mark.parametrize("at", [0, 1])
def test_a_number_struck_through_within_a_cell_of_a_workbook_is_asked_about(at, tmp_path):
    book = openpyxl.Workbook()
    parts = ["3"]
    parts.insert(at, TextBlock(InlineFont(strike=True), "5"))
    for row in (["装备名称", "县级"], ["照相机", CellRichText(*parts)], ["无人机", 1]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = rows_of(tmp_path / "a.xlsx")
    assert "text" in str(found["照相机"][0]["county"])
    assert found["无人机"][0] == {"county": 1}


def test_a_quote_that_never_closes_ends_at_its_line(tmp_path):
    lines = ["装备名称;县级", '"无人机;1', '"声级计"";一级";2', "照相机;3"]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    assert list(rows_of(tmp_path / "a.csv"))[1:] == ['声级计";一级', "照相机"]


def test_a_number_over_rows_that_have_numbers_of_their_own_is_asked_about(tmp_path):
    page = """<html><table><tr><th>装备名称</th><th>规格</th><th>市级</th><th>县级</th></tr>
    <tr><td rowspan=2>声级计</td><td>一级</td><td>3</td><td rowspan=2>2</td></tr><tr><td>二级</td><td>2</td></tr>
    </table></html>"""
    (tmp_path / "a.html").write_text(page, "utf-8")
    _, data = read(tmp_path / "a.html")
    assert [row["quantity"]["city"] for row in data["requirements"]] == [3, 2]
    assert all("text" in row["quantity"]["county"] for row in data["requirements"])


@pytest.mark.parametrize(
    ("unit", "open_"), [("台/套", False), ("个/只", False), ("张/台", True), ("块/台", True)]
)
def test_two_units_are_one_unless_one_is_used_up_by_the_other(unit, open_, tmp_path):
    quantity = rows_of(table(tmp_path / "a.csv", [["装备名称", "单位", "县级"], ["声级计", unit, "2"]]))[
        "声级计"
    ][0]
    assert ("text" in str(quantity)) == open_


@pytest.mark.parametrize("number", ["表2 ", "表2", "表二 ", "附表2 ", "表2：", "表2-1 ", "附件3 ", "续表1 "])
@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("市级", {"level": "city"}),
        ("东部地区", {"region": "east"}),
        ("县级装备配备标准", {"level": "county"}),
    ],
)
def test_a_caption_with_a_number_says_the_level_like_one_without(tmp_path, number, words, when):
    rows = [[number + words], ["装备名称", "单位", "数量"], ["无人机", "架", "2"], ["声级计", "台", "1"]]
    _, data = read(table(tmp_path / "a.csv", rows))
    assert [column["when"] for column in data["columns"]] == [when]


def test_a_grade_behind_a_tables_number_is_no_part_of_the_number(tmp_path):
    rows = [
        ["表1 一级机构装备配备标准"],
        ["装备名称", "单位", "数量"],
        ["无人机", "架", "2"],
        ["声级计", "台", "1"],
    ]
    _, data = read(table(tmp_path / "a.csv", rows))
    assert [column["when"] for column in data["columns"]] == [{"grade": 1}]


def test_headings_that_say_the_obligation_are_kept_as_printed(tmp_path):
    rows = [
        ["装备名称", "单位", "县级必配", "县级选配"],
        ["无人机", "架", "2", "1"],
        ["声级计", "台", "1", ""],
    ]
    _, data = read(table(tmp_path / "a.csv", rows))
    assert {"县级必配", "县级选配"} <= {key for row in data["requirements"] for key in row["x_words"]}
    assert not any("必配必配" in key for row in data["requirements"] for key in row["x_words"])
    assert [column["label"] for column in data["columns"]] == ["县级"]
    rows = [
        ["装备名称", "单位", "县级最低", "县级推荐"],
        ["无人机", "架", "2", "3"],
        ["声级计", "台", "1", "2"],
    ]
    _, data = read(table(tmp_path / "b.csv", rows))
    assert {"县级最低", "县级推荐"} <= set(data["requirements"][0]["x_words"])


def test_a_storey_that_only_says_quantity_is_no_part_of_a_columns_label(tmp_path):
    rows = [["装备名称", "单位", "配备数量", ""], ["", "", "特勤站", "普通站"],
            ["无人机", "架", "2", "1"], ["声级计", "台", "1", "1"]]  # fmt: skip
    _, data = read(table(tmp_path / "a.csv", rows))
    assert [column["label"] for column in data["columns"]] == ["特勤站", "普通站"]


@pytest.mark.parametrize("bodies", [("支队", "大队"), ("总队", "支队", "大队"), ("执法大队", "监测站")])
def test_columns_told_apart_by_bodies_alone_wait_for_whom_they_are(tmp_path, bodies):
    none = [""] * (len(bodies) - 1)
    rows = [["装备名称", "单位", "配备标准", *none], ["", "", *bodies],
            ["无人机", "架", *"321"[: len(bodies)]], ["声级计", "台", *"432"[: len(bodies)]]]  # fmt: skip
    done, data = read(table(tmp_path / "a.csv", rows))
    assert [(column["label"], column["when"]) for column in data["columns"]] == [(one, {}) for one in bodies]
    assert len(done.questions) == len(bodies)
    assert list(data["requirements"][0]["quantity"].values()) == [3, 2, 1][: len(bodies)]
