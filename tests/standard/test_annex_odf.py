"""OpenDocument annexes, written by hand as office programs write them: what a reader sees is what is read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from equipcheck.problems import InputError
from equipcheck.standard.annex.containers.files import read_annex
from equipcheck.standard.annex.grid import Annex

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{whole}:1.0"'
    for name, whole in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
                        ("draw", "drawing"))
)  # fmt: skip
STYLES = """<office:automatic-styles>
<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="gone"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="unseen"><style:text-properties text:display="none"/></style:style>
<style:style style:name="tab" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>"""


def cell(text: str = "", about: str = "", more: str = "") -> str:
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {about}>{more}{inside}</table:table-cell>"


def row(*cells: str, about: str = "") -> str:
    told = "".join(one if one.startswith("<table:") else cell(one) for one in cells)
    return f"<table:table-row {about}>{told}</table:table-row>"


def table(*rows: str, about: str = 'table:name="T"') -> str:
    return f"<table:table {about}>{''.join(rows)}</table:table>"


def package(path: Path, kind: str, body: str) -> Path:
    content = f"<?xml version='1.0'?><office:document-content {SPACES}>{STYLES}<office:body><office:{kind}>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr(
            "content.xml", f"{content}{body}</office:{kind}></office:body></office:document-content>"
        )
    return path


def read(path: Path) -> Annex:
    return read_annex(path, path.name)[0]


def lines(annex: Annex, at: int = 0) -> list[list[str]]:
    return [[box.text for box in boxes] for boxes in annex.grids[at].boxes]


COVERED = "<table:covered-table-cell/>"


def test_cells_merged_repeated_and_as_displayed(tmp_path):
    body = table(
        row(cell("标准", 'table:number-columns-spanned="3"'), COVERED, COVERED),
        row(cell("名称", 'table:number-rows-spanned="2"'), cell("数", 'table:number-columns-repeated="2"')),
        row(COVERED, cell("50%", 'office:value-type="percentage" office:value="0.5"'), "1"),
        row(cell(about='table:number-columns-repeated="3"'), about='table:number-rows-repeated="2"'),
        row("末行", cell(about='table:number-columns-repeated="16382"')),
        row(
            cell(about='table:number-columns-repeated="16384"'), about='table:number-rows-repeated="1048570"'
        ),
        about='table:name="省级"',
    )
    annex = read(package(tmp_path / "a.ods", "spreadsheet", body))
    assert annex.grids[0].name == "省级"
    assert lines(annex) == [
        ["标准", "标准", "标准"],
        ["名称", "数", "数"],
        ["名称", "50%", "1"],
        ["", "", ""],
        ["", "", ""],
        ["末行", "", ""],
    ]


def test_words_raised_struck_broken_and_footnotes(tmp_path):
    cited = "<text:note-citation>1</text:note-citation>"
    note = f"<text:note>{cited}<text:note-body><text:p>含备用</text:p></text:note-body></text:note>"
    told = [
        '2<text:span text:style-name="up">1</text:span>',
        '<text:span text:style-name="gone">3台</text:span>',
        '甲<text:s text:c="2"/>乙<text:line-break/>丙',
        f"5{note}",
        '6<text:span text:style-name="unseen">密</text:span>',
    ]
    annex = read(package(tmp_path / "a.odt", "text", table(row(*told))))
    assert lines(annex) == [["2¹", "〔删除线：3台〕", "甲  乙\n丙", "5〔脚注1〕", "6"]]
    assert annex.footnotes == {"〔脚注1〕": "含备用"}
    assert any("密" in text for text in annex.remarks)


def test_paragraphs_boxes_nested_tables_and_deleted_text(tmp_path):
    box = "<draw:frame><draw:text-box><text:p>框里的话</text:p></draw:text-box></draw:frame>"
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>删去的</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    layout = row("<table:table-cell><text:p>版式</text:p>" + table(row("里", "2")) + "</table:table-cell>")
    section = f"<text:section><text:p>省级标准{box}</text:p></text:section>"
    body = f"{changes}{section}{table(row('外', '1'))}{table(layout)}<text:p>末段</text:p>"
    annex = read(package(tmp_path / "a.odt", "text", body))
    assert [lines(annex, at) for at in range(len(annex.grids))] == [[["外", "1"]], [["里", "2"]]]
    assert annex.grids[0].before == ("省级标准", "框里的话")
    assert annex.grids[1].before == ("版式",)
    assert annex.after == ("末段",)
    assert any("删去的" in text for text in annex.remarks)


def test_hidden_sheets_rows_and_columns_are_told(tmp_path):
    body = table(row("旧表", "1"), about='table:name="旧" table:style-name="tab"') + table(
        '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>',
        row("名称", "内部", "数"),
        row("声级计", "x", "2", about='table:visibility="filter"'),
        row("无人机", "y", "3"),
    )
    annex = read(package(tmp_path / "a.ods", "spreadsheet", body))
    assert lines(annex) == [["名称", "", "数"], ["", "", ""], ["无人机", "", "3"]]
    told = "\n".join(annex.remarks)
    assert "旧表" in told
    assert "内部" in told
    assert "声级计" in told


def test_comments_covered_words_and_formulas_without_a_value(tmp_path):
    comment = "<office:annotation><text:p>仅限沿海</text:p></office:annotation>"
    covered = "<table:covered-table-cell><text:p>盖住</text:p></table:covered-table-cell>"
    formula = cell(about='table:formula="of:=SUM([.A1:.A2])"')
    body = table(
        row(cell("2", more=comment), cell("甲", 'table:number-columns-spanned="2"'), covered, formula)
    )
    annex = read(package(tmp_path / "a.ods", "spreadsheet", body))
    assert lines(annex) == [["〔批注1〕\n2", "甲", "甲", "=SUM([.A1:.A2])"]]
    assert annex.footnotes == {"〔批注1〕": "仅限沿海"}
    assert any("盖住" in text for text in annex.remarks)


def test_a_flat_document(tmp_path):
    path = tmp_path / "a.fods"
    body = f"<office:body><office:spreadsheet>{table(row('无人机', '2'))}</office:spreadsheet></office:body>"
    path.write_text(f"<?xml version='1.0'?><office:document {SPACES}>{body}</office:document>", "utf-8")
    assert lines(read(path)) == [["无人机", "2"]]


@pytest.mark.parametrize("damage", ["cut", "locked", "drawing"])
def test_what_cannot_be_read_is_told(tmp_path, damage):
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as made:
        if damage == "locked":
            made.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        body = (
            f"<office:drawing>{table(row('x'))}</office:drawing>" if damage == "drawing" else "<office:text>"
        )
        tail = "</office:body></office:document-content>" if damage == "drawing" else ""
        made.writestr("content.xml", f"<office:document-content {SPACES}><office:body>{body}{tail}")
    with pytest.raises(InputError) as raised:
        read(path)
    code = "annex-unknown-form" if damage == "drawing" else "annex-unreadable"
    assert [one.code for one in raised.value.problems] == [code]


def test_repeats_without_measure_are_refused(tmp_path):
    filled = row(
        cell("x", 'table:number-columns-repeated="16384"'), about='table:number-rows-repeated="1048576"'
    )
    with pytest.raises(InputError) as raised:
        read(package(tmp_path / "a.ods", "spreadsheet", table(filled)))
    assert [one.code for one in raised.value.problems] == ["annex-too-large"]
