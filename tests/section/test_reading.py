"""What is read of a document: tables, tracked changes, comments, notes, text boxes, hidden text; and how it is told."""

from __future__ import annotations

import functools
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from equipcheck.catalogue.kinds import Catalogue, load_catalogue
from equipcheck.section.drafts import rendering
from equipcheck.section.drafts.check import DraftCheck, check_draft
from equipcheck.section.drafts.reading.files import read_draft
from equipcheck.section.drafts.reading.plain import from_text
from tests.section.reports import SEED, report

W = nsdecls("w")


@functools.cache
def catalogue() -> Catalogue:
    return load_catalogue()


def checked(path: Path) -> list[tuple[str | None, str, str, str]]:
    found = check_draft(read_draft(path), report(SEED), catalogue())
    return [(one.requirement, one.about, one.verdict, one.place) for one in found.claims]


def saved(tmp_path: Path, *paragraphs: str) -> Path:
    """A document of raw paragraphs."""
    document = docx.Document()
    for one in paragraphs:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(one))
    path = tmp_path / "稿.docx"
    document.save(str(path))
    return path


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"


def test_a_table_in_a_text_box_is_read_as_a_table(tmp_path: Path) -> None:
    cells = [["装备名称", "应配", "现有"], ["声级计", "3", "2"]]
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p>{run(one)}</w:p></w:tc>" for one in row) + "</w:tr>" for row in cells
    )
    box = f"<w:txbxContent><w:tbl>{rows}</w:tbl><w:p/></w:txbxContent>"
    path = saved(tmp_path, f"<w:p {W}><w:r><w:pict>{box}</w:pict></w:r></w:p>")
    assert checked(path) == [
        ("sound-level", "number", "agrees", "文本框1表1第2行"),
        ("sound-level", "number", "contradicts", "文本框1表1第2行"),
    ]


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    old = '<w:del w:id="1" w:author="a"><w:r><w:delText>3台</w:delText></w:r></w:del>'
    new = f'<w:ins w:id="2" w:author="a">{run("1台")}</w:ins>'
    path = saved(tmp_path, f"<w:p {W}>{run('现有声级计')}{old}{new}{run('。')}</w:p>")
    assert checked(path) == [("sound-level", "number", "agrees", "第1段")]


def test_what_was_moved_is_read_where_it_went(tmp_path: Path) -> None:
    gone = f'<w:p {W}><w:moveFrom w:id="1" w:author="a">{run("未配备无人机。")}</w:moveFrom></w:p>'
    here = f'<w:p {W}><w:moveTo w:id="2" w:author="a">{run("未配备恶臭监测仪。")}</w:moveTo></w:p>'
    assert checked(saved(tmp_path, gone, here)) == [("odor-monitor", "missing", "agrees", "第2段")]


def test_a_deleted_end_joins_two_paragraphs(tmp_path: Path) -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
    path = saved(tmp_path, f"<w:p {W}>{mark}{run('恶臭监测仪尚')}</w:p>", f"<w:p {W}>{run('未配备。')}</w:p>")
    assert checked(path) == [("odor-monitor", "missing", "agrees", "第1段")]


def test_hidden_text_is_not_read(tmp_path: Path) -> None:
    hidden = run("未配备无人机。", "<w:rPr><w:vanish/></w:rPr>")
    path = saved(tmp_path, f"<w:p {W}>{hidden}{run('未配备恶臭监测仪。')}</w:p>")
    assert checked(path) == [("odor-monitor", "missing", "agrees", "第1段")]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{run('未配备恶臭监测仪。')}</w:p></w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    path = saved(tmp_path, f"<w:p {W}><w:r>{both}</w:r>{run('声级计缺2台。')}</w:p>")
    assert checked(path) == [
        ("sound-level", "number", "agrees", "第1段"),
        ("odor-monitor", "missing", "agrees", "文本框1"),
    ]


def test_a_comment_is_placed_as_one(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("本年工作正常。")
    document.add_comment(paragraph.runs, text="未配备恶臭监测仪。", author="某")
    path = tmp_path / "稿.docx"
    document.save(str(path))
    assert checked(path) == [("odor-monitor", "missing", "agrees", "批注1")]


def table(tmp_path: Path, rows: list[list[str]]) -> Path:
    document = docx.Document()
    document.add_paragraph("装备情况见下表。")
    grid = document.add_table(rows=len(rows), cols=len(rows[0]))
    for at, cells in enumerate(rows):
        for column, text in enumerate(cells):
            grid.cell(at, column).text = text
    path = tmp_path / "稿.docx"
    document.save(str(path))
    return path


ROWS = [
    ["序号", "装备名称", "单位", "应配", "现有", "缺口", "备注"],
    ["1", "声级计", "部", "3", "3", "2", "2部检定过期"],
    ["2", "无人机", "架", "2", "1", "0", ""],
]


def test_a_table_is_read_by_its_heads(tmp_path: Path) -> None:
    place, other = "表1第2行", "表1第3行"
    assert checked(table(tmp_path, ROWS)) == [
        ("sound-level", "number", "agrees", place),
        ("sound-level", "number", "agrees", place),
        ("sound-level", "number", "agrees", place),
        ("sound-level", "number", "agrees", place),
        ("uav", "number", "contradicts", other),
        ("uav", "number", "agrees", other),
        ("uav", "missing", "agrees", other),
    ]


def test_a_table_of_markdown_is_placed_by_its_lines(tmp_path: Path) -> None:
    lines = ["# 稿", "", *("| " + " | ".join(one) + " |" for one in (ROWS[0], ["---"] * 7, ROWS[2]))]
    path = tmp_path / "稿.md"
    path.write_text("\n".join(lines), "utf-8")
    assert {(one[0], one[3]) for one in checked(path)} == {("uav", "第5行")}


def test_a_table_by_other_bodies_contradicts_nothing(tmp_path: Path) -> None:
    rows = [["县区", "装备名称", "应配", "现有"], ["甲县", "无人机", "5", "4"]]
    assert {one[2] for one in checked(table(tmp_path, rows))} == {"unknown"}


# -- how the reading is told ---------------------------------------------------------------------------------------


def told(text: str) -> tuple[DraftCheck, str]:
    found = check_draft(from_text(text), report(SEED), catalogue())
    path = Path(__file__)  # any file: its hash is named in JSON only
    return found, rendering.as_text(found, report(SEED), path, colour=False, explain=True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("声级计缺2台。", "本单位 · 声级计 · 缺2"),
        ("企业未配备声级计。", "不作判断：说的是其他单位（企业）"),
        ("如声级计不足，可借用。", "不作判断：条件句，不作判断"),
        ("市局配备声级计5台。", "不作判断：看不出说的是不是本单位（市局）"),
        ("存在的问题：各中队声级计不足。", "单位存疑 · 声级计 · 不足 · 未读懂“各中队”"),
        ("声级计垫付不足。", "本单位 · 声级计 · 不足 · 未读懂“垫付”"),
    ],
)
def test_the_reading_says_what_was_read_as_what(text: str, line: str) -> None:
    assert line in told(text)[1]


def test_omitted_kinds_with_a_public_basis_come_first_and_assumed_ones_on_one_line() -> None:
    found, text = told("本年工作正常。")
    assert [one.source.kind for one in found.omitted] == ["attested"] * 4 + ["assumed"]
    assert "\n  恶臭监测仪缺1台\n" in text
    assert "推定种类1项（仅列入参考清单，对外文稿可以不提）：声级计缺2部" in text


def test_one_thing_is_named_once() -> None:
    text = "存在的问题：一是移动源执法监测设备短缺，尾气分析仪尚未配备。下一步：一是加强培训。"
    found = check_draft(from_text(text), report(SEED), catalogue())
    assert [one.because for one in found.unanswered] == ["没有措施提到移动源执法监测设备"]
