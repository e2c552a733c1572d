"""Word documents: the text as it stands once tracked changes are accepted, tables, notes, comments, text boxes.

Paragraphs of the body are counted as a word processor lists them (empty ones too); hidden text is left out; a text
box that stands twice in the file, for old and for new programs, is read once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equipcheck.section.drafts.reading.paragraphs import Paragraph, Part
from equipcheck.section.drafts.reading.tables import parts_of

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", _FALLBACK)
_BOX = f"{_W}txbxContent"
_NOTES = (("footnotes", "footnote", "脚注"), ("endnotes", "endnote", "尾注"), ("comments", "comment", "批注"))


@dataclass(slots=True)
class _Body:
    """Where the reading of a document stands."""

    headings: frozenset[str]
    numbered: frozenset[str]
    paragraphs: int = 0
    tables: int = 0
    boxes: list[Any] = field(default_factory=list)


def word_parts(path: Path) -> Iterator[Part]:
    """The parts of a document: its body in order, then text boxes, notes and comments."""
    import docx

    document = docx.Document(str(path))
    headings, numbered = _styles(document)
    body = _Body(headings, numbered)
    yield from _blocks(document.element.body, body)
    for number, box in enumerate(body.boxes, start=1):
        yield from _apart(box, f"文本框{number}", body)
    for name, tag, word in _NOTES:
        yield from _notes(document, name, tag, word, body)


def _styles(document: Document) -> tuple[frozenset[str], frozenset[str]]:
    headings, numbered = set(), set()
    for style in document.styles.element.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        identity = style.get(f"{_W}styleId") or ""
        words = ((name.get(f"{_W}val") if name is not None else "") or "").lower()
        if words.startswith(("heading", "title", "标题")):
            headings.add(identity)
        if style.find(f"{_W}pPr/{_W}numPr") is not None:
            numbered.add(identity)
    return frozenset(headings), frozenset(numbered)


def _blocks(parent: Any, body: _Body) -> Iterator[Part]:
    """Paragraphs and tables below an element, content controls opened."""
    carried = ""  # of a paragraph whose end was deleted: it goes on in the next
    for child in parent:
        if child.tag == f"{_W}p":
            body.boxes += _boxes(child)
            text = carried + _text(child)
            if _joined(child):
                carried = text
                continue
            carried = ""
            body.paragraphs += 1
            yield from _paragraph(child, text, f"第{body.paragraphs}段", body)
        elif child.tag == f"{_W}tbl":
            body.tables += 1
            yield from parts_of(list(_rows(child, f"表{body.tables}", body)))
        elif child.tag in (f"{_W}sdt", f"{_W}ins", f"{_W}moveTo", f"{_W}smartTag", f"{_W}customXml"):
            inner = child.find(f"{_W}sdtContent") if child.tag == f"{_W}sdt" else child
            if inner is not None:
                yield from _blocks(inner, body)
    if carried.strip():
        body.paragraphs += 1
        yield Paragraph(carried.strip(), ((0, f"第{body.paragraphs}段"),))


def _paragraph(
    element: Any, text: str, place: str, body: _Body, *, apart: bool = False
) -> Iterator[Paragraph]:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val") if style is not None else None
    numbered = element.find(f"{_W}pPr/{_W}numPr") is not None or name in body.numbered
    for index, line in enumerate(text.split("\n")):
        if line.strip():
            heading = name in body.headings
            yield Paragraph(line.strip(), ((0, place),), heading, numbered and not index, apart)


def _joined(paragraph: Any) -> bool:
    """Whether the paragraph's end was deleted or moved away."""
    mark = paragraph.find(f"{_W}pPr/{_W}rPr")
    return mark is not None and any(mark.find(f"{_W}{tag}") is not None for tag in ("del", "moveFrom"))


def _text(element: Any) -> str:
    """The visible text: insertions in, deletions, fields' codes, hidden runs and text boxes out."""
    if element.tag in _GONE or element.tag == _BOX:
        return ""
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag in (f"{_W}tab", f"{_W}ptab"):
        return "\t"
    if element.tag in (f"{_W}br", f"{_W}cr"):
        return "\n"
    if element.tag == f"{_W}pPr":
        return ""
    if element.tag == f"{_W}r":
        hidden = element.find(f"{_W}rPr/{_W}vanish")
        if hidden is not None and hidden.get(f"{_W}val") not in ("0", "false"):
            return ""
    return "".join(_text(child) for child in element)


def _boxes(element: Any) -> list[Any]:
    """The text boxes in an element, each once."""
    found = []
    for child in element:
        if child.tag in _GONE:
            continue
        found += [child] if child.tag == _BOX else _boxes(child)
    return found


def _rows(table: Any, place: str, body: _Body) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table as cells of its grid; a merged cell stands in each of its places."""
    above: dict[int, str] = {}
    number = 0
    for row in _children(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        number += 1
        cells: list[str] = []
        for cell in _children(row, "tc"):
            span = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"))
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val") != "restart"
            for paragraph in cell.iter(f"{_W}p"):
                body.boxes += _boxes(paragraph)
            text = "\n".join(_text(one) for one in cell.iter(f"{_W}p")).strip()
            for _ in range(min(span, 60)):
                column = len(cells)
                cells.append(above.get(column, "") if goes_on else text)
                above[column] = cells[-1]
        yield f"{place}第{number}行", cells


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _children(child, tag)


def _number(element: Any) -> int:
    value = "" if element is None else element.get(f"{_W}val") or ""
    return int(value) if value.isdecimal() and int(value) > 0 else 1


def _notes(document: Document, name: str, tag: str, word: str, body: _Body) -> Iterator[Part]:
    """Footnotes, endnotes or comments, counted from 1; separators are none."""
    from docx.oxml import parse_xml

    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith(f"/{name}")]
    number = 0
    for part in parts:
        for note in parse_xml(part.blob).iter(f"{_W}{tag}"):
            if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            number += 1
            yield from _apart(note, f"{word}{number}", body)


def _apart(parent: Any, place: str, body: _Body) -> Iterator[Part]:
    tables = 0
    for child in parent:
        if child.tag == f"{_W}tbl":
            tables += 1
            yield from parts_of(list(_rows(child, f"{place}表{tables}", body)))
            continue
        for paragraph in [child] if child.tag == f"{_W}p" else child.iter(f"{_W}p"):
            yield from _paragraph(paragraph, _text(paragraph), place, body, apart=True)
