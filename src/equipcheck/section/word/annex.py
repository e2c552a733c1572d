"""The annex of a Word document: its note under the text, then each table on a page of its own."""

from __future__ import annotations

import copy
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from equipcheck.section.word import layout
from equipcheck.section.writing.blocks import Table, clean

LEFT_COLUMNS = ("装备名称", "说明")


def body_paragraph(like: Paragraph, text: str) -> Any:
    """A new paragraph in the form of a placeholder's."""
    element = copy.deepcopy(like._p)
    for child in list(element):
        if child.tag != qn("w:pPr"):
            element.remove(child)
    run = OxmlElement("w:r")
    first = like._p.find(qn("w:r"))
    form = first.find(qn("w:rPr")) if first is not None else None
    if form is not None:
        run.append(copy.deepcopy(form))
    run.append(_text(text))
    element.append(run)
    return element


def add_annex(document: Document, like: Paragraph, at: Any, tables: list[Table]) -> None:
    """附件说明 after the text (7.3.4), then every table under 「附件」 on its own page (7.3.7)."""
    _need_styles(document)
    several = len(tables) > 1
    new = [body_paragraph(like, "")]
    for index, table in enumerate(tables, start=1):
        name = f"{index}. {clean(table.caption)}" if several else clean(table.caption)
        new.append(body_paragraph(like, f"附件：{name}" if index == 1 else f"　　　{name}"))
    for index, table in enumerate(tables, start=1):
        mark = _paragraph("EcAnnexMark", f"附件{index}" if several else "附件")
        mark.pPr.insert(1, OxmlElement("w:pageBreakBefore"))
        new += [mark, _paragraph("EcAnnexMark", ""), _paragraph("EcAnnexTitle", clean(table.caption))]
        new += [_table(table), _paragraph("EcTableNote", clean(table.note))]
    for element in new:
        at.addnext(element)
        at = element


def _need_styles(document: Document) -> None:
    """A bureau's own template may lack the annex's styles."""
    present = {style.style_id for style in document.styles}
    for style in layout.ANNEX_STYLES:
        if style.id not in present:
            document.styles.element.append(parse_xml(layout.style_xml(style, namespace=True)))


def _text(text: str) -> Any:
    element = OxmlElement("w:t")
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element


def _paragraph(style: str, text: str) -> Any:
    element = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    named = OxmlElement("w:pStyle")
    named.set(qn("w:val"), style)
    properties.append(named)
    element.append(properties)
    if text:
        run = OxmlElement("w:r")
        run.append(_text(text))
        element.append(run)
    return element


def _table(table: Table) -> Any:
    """Fixed widths, thin lines, a head that repeats on every page, rows that never break over pages."""
    widths = [layout.twips(mm) for mm in table.widths]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    element = parse_xml(
        f'<w:tbl xmlns:w="{layout.NS}"><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid></w:tbl>"
    )
    element.append(_row(table, table.head, widths, head=True))
    for row in table.rows:
        element.append(_row(table, row, widths, head=False))
    return element


def _row(table: Table, cells: tuple[str, ...], widths: list[int], *, head: bool) -> Any:
    repeat = "<w:tblHeader/>" if head else ""
    row = parse_xml(
        f'<w:tr xmlns:w="{layout.NS}"><w:trPr><w:cantSplit/>'
        f'<w:trHeight w:val="420" w:hRule="atLeast"/>{repeat}</w:trPr></w:tr>'
    )
    for name, text, width in zip(table.head, cells, widths, strict=True):
        cell = parse_xml(
            f'<w:tc xmlns:w="{layout.NS}"><w:tcPr>'
            f'<w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr></w:tc>'
        )
        style = "EcTableHead" if head else "EcTableLeft" if name in LEFT_COLUMNS else "EcTableText"
        cell.append(_paragraph(style, clean(text)))
        row.append(cell)
    return row
