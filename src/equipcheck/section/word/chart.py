"""A native chart in a Word document: drawn with the document's own fonts, its numbers open to a double click.

xlsxwriter draws it in a workbook of the same numbers; both are put into the document, the chart as what is seen, the
workbook as what Word and WPS open for editing.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import xlsxwriter
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn

from equipcheck.section.writing.blocks import Picture, clean

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "数据"
FONT = {"name": "宋体", "size": 10}
COLOURS = ("#2F6EA8", "#C8574C")
EMU = 36_000  # a millimetre
WIDE, LINE, REST = 150, 11, 38  # millimetres: the picture's width, a bar, all around the bars


def chart_paragraph(document: Document, picture: Picture) -> Any:
    """A paragraph that holds the picture with its text alternative."""
    book = _book(picture)
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        drawing = package.read("xl/charts/chart1.xml")
    owner = document.part.package
    data = Part(PackURI("/word/embeddings/equipcheck1.xlsx"), BOOK_TYPE, book, owner)
    chart = Part(PackURI("/word/charts/equipcheck1.xml"), CHART_TYPE, b"", owner)
    chart._blob = _with_data(drawing, chart.relate_to(data, RELATIONSHIP_TYPE.PACKAGE))
    relation = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    return _inline(picture, relation)


def _book(picture: Picture) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": dt.datetime(1980, 1, 1)})  # noqa: DTZ001 (the bytes depend on the numbers alone)
    sheet = book.add_worksheet(SHEET)
    for at, head in enumerate(("类别", *picture.series)):
        sheet.write_string(0, at, head)
    for row, (name, *values) in enumerate(picture.rows, start=1):
        sheet.write_string(row, 0, clean(name))
        for at, value in enumerate(values, start=1):
            sheet.write_number(row, at, value)
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    last = len(picture.rows)
    for at, colour in enumerate(COLOURS[: len(picture.series)], start=1):
        chart.add_series(
            {
                "name": [SHEET, 0, at],
                "categories": [SHEET, 1, 0, last, 0],
                "values": [SHEET, 1, at, last, at],
                "fill": {"color": colour},
                "border": {"color": colour},
                "gap": 60,
                "data_labels": {"value": True, "num_format": "0;;;", "font": {**FONT, "color": "#FFFFFF"}},
            }
        )
    chart.set_title({"name": clean(picture.title), "name_font": {**FONT, "size": 12, "bold": False}})
    chart.set_legend({"position": "bottom", "font": FONT})
    chart.set_y_axis({"num_font": FONT, "reverse": True})
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    chart.set_x_axis(
        {"num_font": FONT, "num_format": "0", "min": 0, "major_gridlines": grid, "label_position": "high"}
    )
    chart.set_chartarea({"border": {"none": True}})
    sheet.insert_chart("E2", chart)
    book.close()
    return stream.getvalue()


def _with_data(drawing: bytes, relation: str) -> bytes:
    """The chart with a pointer to its workbook, where the format wants it: before the settings for printing."""
    root = parse_xml(drawing)
    for shown in list(root.iter(qn("c:showVal"))):  # what is not denied, some programs show
        shown.addprevious(_no("c:showLegendKey"))
        for name in ("c:showBubbleSize", "c:showPercent", "c:showSerName", "c:showCatName"):
            shown.addnext(_no(name))
    pointer = OxmlElement("c:externalData")
    pointer.set(qn("r:id"), relation)
    pointer.append(_no("c:autoUpdate"))
    settings = root.find(qn("c:printSettings"))
    if settings is None:
        root.append(pointer)
    else:
        settings.addprevious(pointer)
    content: bytes = serialize_part_xml(root)
    return content


def _no(name: str) -> Any:
    element = OxmlElement(name)
    element.set("val", "0")
    return element


def _inline(picture: Picture, relation: str) -> Any:
    names = " ".join(f'xmlns:{name}="{nsmap[name]}"' for name in ("w", "wp", "a", "c", "r"))
    wide, high = WIDE * EMU, (REST + LINE * len(picture.rows)) * EMU
    paragraph = parse_xml(
        f"<w:p {names}><w:pPr><w:spacing w:before='120' w:after='120' w:line='240' w:lineRule='auto'/>"
        "<w:ind w:firstLine='0' w:firstLineChars='0'/><w:jc w:val='center'/></w:pPr><w:r><w:drawing>"
        f"<wp:inline distT='0' distB='0' distL='0' distR='0'><wp:extent cx='{wide}' cy='{high}'/>"
        "<wp:docPr id='9001' name='图1'/><wp:cNvGraphicFramePr/>"
        f"<a:graphic><a:graphicData uri='{nsmap['c']}'><c:chart r:id='{relation}'/></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    described = next(paragraph.iter(qn("wp:docPr")))
    described.set("title", clean(picture.title))
    described.set("descr", clean(picture.words))
    return paragraph
