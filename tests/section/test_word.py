"""The Word form: GB/T 9704-2012 in the XML, the same bytes twice, a bureau's own template, and how it renders."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from equipcheck.problems import InputError
from equipcheck.section.drafts.check import check_draft
from equipcheck.section.drafts.reading.files import read_draft
from equipcheck.section.word import layout
from equipcheck.section.word.document import render
from equipcheck.section.writing.compose import Wish, compose
from tests.section.reports import SEED, finding, report
from tests.section.test_writing import LAPSED, SITUATIONS, catalogue

FULL = compose(report(SEED), (), Wish(assumed=True))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf-8")


@pytest.fixture(scope="module")
def full() -> bytes:
    return render(FULL)


def test_the_same_passage_gives_the_same_bytes(full: bytes) -> None:
    assert render(FULL) == full
    with zipfile.ZipFile(io.BytesIO(full)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])


def test_the_page_is_that_of_the_standard(full: bytes) -> None:
    (section,) = docx.Document(io.BytesIO(full)).sections
    sizes = {
        "page_width": 210, "page_height": 297,
        "top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26,
    }  # fmt: skip
    for name, mm in sizes.items():
        assert abs(getattr(section, name) - Mm(mm)) < Mm(0.1), name
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert int(grid.get(qn("w:linePitch"))) * 22 <= layout.twips(225)
    character = (16 + int(grid.get(qn("w:charSpace"))) / 4096) * 20
    assert 27.9 < layout.twips(156) / character < 28.1


def test_every_style_names_an_east_asian_font_and_no_theme(full: bytes) -> None:
    document = docx.Document(io.BytesIO(full))
    root = document.styles.element
    for fonts in [root.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")] + [
        style.element.find(f".//{qn('w:rFonts')}") for style in document.styles
    ]:
        assert fonts is not None
        assert fonts.get(qn("w:eastAsia")) in {layout.SONG, layout.FANG, layout.KAI, layout.HEI, layout.XIAO}
        assert not [name for name in fonts.attrib if "Theme" in name]
    assert "ja-JP" not in part(full, "word/styles.xml") + part(full, "word/settings.xml")
    assert '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>' in part(full, "word/settings.xml")


def test_fonts_that_may_be_missing_have_others_to_stand_in(full: bytes) -> None:
    table = part(full, "word/fontTable.xml")
    for name in (layout.FANG, layout.KAI, layout.HEI, layout.XIAO):
        assert re.search(rf'w:name="{name}"><w:altName w:val="[^"]+"', table), name


@pytest.mark.parametrize(
    ("style", "font", "points", "indent"),
    [
        ("Title", layout.XIAO, 22, 0),
        ("Heading 1", layout.HEI, 16, 2),
        ("Heading 2", layout.KAI, 16, 2),
        ("Heading 3", layout.FANG, 16, 2),
        ("Body Text", layout.FANG, 16, 2),
    ],
)
def test_title_headings_and_body(full: bytes, style: str, font: str, points: int, indent: int) -> None:
    one = docx.Document(io.BytesIO(full)).styles[style]
    assert one.element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == font
    assert one.font.size.pt == points
    assert not one.font.bold
    assert one.element.find(f".//{qn('w:ind')}").get(qn("w:firstLineChars")) == str(indent * 100)


def test_page_numbers_stand_outside_on_both_sides(full: bytes) -> None:
    document = docx.Document(io.BytesIO(full))
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = document.sections[0].footer, document.sections[0].even_page_footer
    for footer, side in ((odd, "right"), (even, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert " PAGE " in [node.text for node in paragraph._p.iter(qn("w:instrText"))]


def test_headings_are_word_headings_and_are_counted_anew() -> None:
    document = docx.Document(io.BytesIO(render(compose(report(SEED), (), Wish(part="measures")))))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == ["一、下一步工作措施"]


def test_the_annex_has_its_own_page_and_repeats_its_head(full: bytes) -> None:
    document = docx.Document(io.BytesIO(full))
    marks = [one for one in document.paragraphs if one.text in ("附件1", "附件2")]
    assert [one.paragraph_format.page_break_before for one in marks] == [True, True]
    assert "附件：1. 装备配备情况表" in [one.text for one in document.paragraphs]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert (
            sum(int(one.get(qn("w:w"))) for one in table._tbl.iter(qn("w:gridCol"))) <= layout.twips(156) + 9
        )


def test_text_from_files_becomes_neither_field_nor_link() -> None:
    evil = finding("evil", '{ HYPERLINK "http://a" }\x07\n仪器<w:fldSimple w:instr="DATE"/>', ["uav"], 1)
    content = render(compose(report([evil])))
    body = part(content, "word/document.xml")
    assert "instrText" not in body
    assert "<w:fldSimple" not in body
    assert "<w:hyperlink" not in body
    assert "\x07" not in body
    assert '{ HYPERLINK "http://a" } 仪器' in "".join(
        one.text for one in docx.Document(io.BytesIO(content)).paragraphs
    )


def test_what_is_written_to_word_agrees_when_it_is_checked(tmp_path: Path, full: bytes) -> None:
    path = tmp_path / "装备部分.docx"
    path.write_bytes(full)
    found = check_draft(read_draft(path), report(SEED), catalogue())
    assert found.ok
    assert found.claims


# -- a bureau's own template ---------------------------------------------------------------------------------------


def own(tmp_path: Path, *paragraphs: tuple[str, str]) -> Path:
    document = docx.Document()
    for text, style in paragraphs:
        document.add_paragraph(text, style=style)
    path = tmp_path / "模板.docx"
    document.save(str(path))
    return path


def test_a_bureaus_own_template_keeps_its_form(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        ("{{单位}}{{年度}}年报告", "Title"),
        ("（三）装备方面", "Heading 2"),
        ("{{存在的问题}}", "Intense Quote"),
        ("{{与上年相比}}", "Normal"),
        ("{{附件}}", "Normal"),
    )
    document = docx.Document(io.BytesIO(render(compose(report(LAPSED)), path)))
    texts = [(one.text, one.style.name) for one in document.paragraphs]
    assert texts[0] == ("示例区生态环境局2023年报告", "Title")
    assert texts[1] == ("（三）装备方面", "Heading 2")
    assert texts[2][1] == "Intense Quote"
    assert texts[2][0].startswith("对照《")
    assert not [text for text, _ in texts if "{{" in text]
    assert len(document.tables) == 1


def test_a_placeholder_split_over_runs_is_found(tmp_path: Path) -> None:
    path = own(tmp_path, ("{{存在的问题}}", "Normal"))
    document = docx.Document(str(path))
    paragraph = document.add_paragraph("截至{{截")
    paragraph.add_run("至日").bold = True
    paragraph.add_run("期}}。")
    document.save(str(path))
    rendered = docx.Document(io.BytesIO(render(compose(report(LAPSED)), path)))
    assert rendered.paragraphs[-1].text == "截至2023年12月31日。"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{存在问题}}", "template-placeholder"),
        ("一、{{存在的问题}}", "template-part-inline"),
        ("正文", "template-empty"),
    ],
)
def test_a_template_that_would_lose_something_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError) as error:
        render(FULL, own(tmp_path, (text, "Normal")))
    assert code in [one.code for one in error.value.problems]


# -- how it looks --------------------------------------------------------------------------------------------------


@pytest.mark.libreoffice
@pytest.mark.parametrize(("name", "pages"), [("all-met", range(2, 3)), ("partly-held", range(3, 5))])
def test_it_opens_and_fills_a_sensible_number_of_pages(tmp_path: Path, name: str, pages: range) -> None:
    path = tmp_path / "section.docx"
    path.write_bytes(render(compose(*SITUATIONS[name]())))
    office = shutil.which("soffice")
    assert office is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pdf = (tmp_path / "section.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) in pages


def charted(**wish: bool) -> bytes:
    return render(compose(report(SEED), (), Wish(chart=True, **wish)))


def test_the_chart_says_in_words_what_it_shows_and_carries_its_numbers():
    content = charted(assumed=True)
    passage = compose(report(SEED), (), Wish(assumed=True, chart=True))
    picture = passage.picture
    assert picture is not None
    document = docx.Document(io.BytesIO(content))
    (shape,) = document.inline_shapes
    described = shape._inline.docPr
    assert described.get("descr") == picture.words
    assert shape.width <= Mm(156)  # 版心
    drawing = part(content, "word/charts/equipcheck1.xml")
    for name, filled, missing in picture.rows:
        assert f"<c:v>{name}</c:v>" in drawing
        assert f"<c:v>{filled}</c:v>" in drawing
        assert f"<c:v>{missing}</c:v>" in drawing
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = openpyxl.load_workbook(io.BytesIO(archive.read("word/embeddings/equipcheck1.xlsx")))
    rows = [tuple(cell.value for cell in row) for row in book["数据"].iter_rows()]
    assert rows == [("类别", *picture.series), *picture.rows]


def test_the_chart_speaks_of_attested_kinds_unless_asked():
    only, every = (
        compose(report(SEED), (), Wish(chart=True, assumed=assumed)).picture for assumed in (False, True)
    )
    assert only is not None
    assert every is not None
    assert sum(row[1] + row[2] for row in only.rows) < sum(row[1] + row[2] for row in every.rows)
    assert "参考清单" not in only.title


def test_the_same_chart_has_the_same_bytes_and_none_is_there_unasked(full):
    assert charted() == charted()
    with zipfile.ZipFile(io.BytesIO(full)) as archive:
        assert not [name for name in archive.namelist() if "chart" in name]


def test_a_passage_with_a_chart_passes_its_own_check(tmp_path):
    path = tmp_path / "稿.docx"
    path.write_bytes(charted(assumed=True))
    assert check_draft(read_draft(path), report(SEED), catalogue()).ok
