"""A passage put into a Word template: the shipped one or a bureau's own."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

from equipcheck.ground.archives import repacked
from equipcheck.problems import InputError, Place, Problem
from equipcheck.section import filling
from equipcheck.section.word.annex import add_annex, body_paragraph
from equipcheck.section.word.chart import chart_paragraph
from equipcheck.section.word.template import shipped
from equipcheck.section.writing.blocks import Para, Passage, Table, clean
from equipcheck.section.writing.compose import ANNEX, PROBLEMS

_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_DAY = re.compile(r"(\d+)年(\d+)月(\d+)日")


def render(passage: Passage, template: Path | None = None) -> bytes:
    """A docx; the same passage and template give the same bytes. Raises InputError on a broken template."""
    document, shown = _open(template)
    paragraphs = list(document.paragraphs)
    lines = [filling.Line(one.text, _level(one)) for one in paragraphs]
    filling.check(lines, shown)
    stays = filling.kept(lines, passage)
    texts = filling.renumbered(lines, stays)
    for paragraph, line, text, stay in zip(paragraphs, lines, texts, stays, strict=True):
        part = filling.part_of(line.text)
        if not stay:
            _remove(paragraph)
        elif part is not None:
            _put_part(document, paragraph, part, passage)
        elif text != line.text:
            _set_text(paragraph, text)
    for paragraph in _all_paragraphs(document):
        _put_values(paragraph, passage)
    _properties(document, passage)
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def _open(template: Path | None) -> tuple[Document, str]:
    if template is None:
        return docx.Document(io.BytesIO(shipped())), "section.docx"
    if not template.is_file():
        raise InputError(Problem("no-such-file", Place(str(template)), {"near": ""}))
    try:
        return docx.Document(str(template)), str(template)
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise InputError(
            Problem("draft-broken", Place(str(template)), {"reason": type(error).__name__})
        ) from None


def _level(paragraph: Paragraph) -> int | None:
    """The level of a heading, 0 for a title, None for running text."""
    name = paragraph.style.name if paragraph.style is not None else None
    found = _HEADING.search(name or "")
    if found:
        return int(found[1])
    return 0 if (name or "").lower() in ("title", "标题") else None


def _remove(paragraph: Paragraph) -> None:
    element = paragraph._p
    element.getparent().remove(element)


def _put_part(document: Document, paragraph: Paragraph, part: str, passage: Passage) -> None:
    """The blocks of a part where its placeholder stood, in the placeholder's own form."""
    blocks = passage.parts[part]
    at: Any = paragraph._p
    for block in blocks:
        if isinstance(block, Para):
            new = body_paragraph(paragraph, clean(block.text))
            at.addnext(new)
            at = new
    if part == PROBLEMS and passage.picture is not None:
        new = chart_paragraph(document, passage.picture)
        at.addnext(new)
        at = new
    tables = [one for one in blocks if isinstance(one, Table)]
    if tables and part == ANNEX:
        add_annex(document, paragraph, at, tables)
    _remove(paragraph)


def _all_paragraphs(document: Document) -> list[Paragraph]:
    """Every paragraph of the body (those in tables too), of headers and of footers."""
    from docx.oxml.ns import qn

    roots: list[Any] = [document.element.body]
    for section in document.sections:
        parts = (section.header, section.footer, section.even_page_header, section.even_page_footer)
        roots += [part._element for part in parts if not part.is_linked_to_previous]
    return [Paragraph(element, document) for root in roots for element in root.iter(qn("w:p"))]


def _put_values(paragraph: Paragraph, passage: Passage) -> None:
    """Single values, run by run where they stand whole in one, so that a run keeps its form."""
    if "{{" not in paragraph.text:
        return
    for run in paragraph.runs:
        if filling.PLACEHOLDER.search(run.text):
            run.text = filling.filled(run.text, passage)
    if filling.PLACEHOLDER.search(paragraph.text):
        _set_text(paragraph, filling.filled(paragraph.text, passage))


def _set_text(paragraph: Paragraph, text: str) -> None:
    """The whole text in the form of the first run."""
    runs = paragraph.runs
    if not runs:
        paragraph.add_run(text)
        return
    runs[0].text = text
    for run in runs[1:]:
        run._r.getparent().remove(run._r)


def _properties(document: Document, passage: Passage) -> None:
    """Core properties that depend on the inputs only: the date is the report's."""
    found = _DAY.search(passage.values["截至日期"])
    year, month, number = (int(part) for part in found.groups()) if found else (1980, 1, 1)
    day = dt.datetime(year, month, number, tzinfo=dt.UTC)
    properties = document.core_properties
    properties.title = clean(passage.values["标题"])
    properties.author = clean(passage.values["单位"])
    properties.last_modified_by = ""
    properties.created = properties.modified = day.replace(tzinfo=None)
    properties.revision = 1
