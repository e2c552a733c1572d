"""Word documents: tables in the body with their merges, the paragraphs between them, and footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.grid import SUPERSCRIPTS, Annex, Grid, lay_out

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(path: Path, shown: str) -> Annex:
    """The tables of a Word document. Raises InputError."""
    import docx

    try:
        document = docx.Document(str(path))
    except Exception as error:  # the library raises many kinds for damaged packages
        args = {"reason": f"{type(error).__name__}"}
        raise InputError(Problem("annex-unreadable", Place(shown), args)) from error
    grids: list[Grid] = []
    between: list[str] = []
    for block in _blocks(document.element.body):
        if block.tag == f"{_W}p":
            text = _text(block).strip()
            if text:
                between.append(text)
            continue
        grid = _table(block, shown, tuple(between))
        if grid is not None:
            grids.append(grid)
            between = []
    return Annex(tuple(grids), tuple(between), _footnotes(document))


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(child)


def _table(table: Any, shown: str, before: tuple[str, ...]) -> Grid | None:
    texts: dict[tuple[int, int], str] = {}
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    open_boxes: dict[int, tuple[int, int]] = {}  # column → the place where a vertical merge began
    rows = list(_descend(table, "tr"))
    for at, row in enumerate(rows):
        column = int(_value(row, "trPr/gridBefore") or 0)
        for cell in _descend(row, "tc"):
            span = int(_value(cell, "tcPr/gridSpan") or 1)
            across = cell.find(f"{_W}tcPr/{_W}hMerge")
            down = cell.find(f"{_W}tcPr/{_W}vMerge")
            begun = open_boxes.get(column)
            if down is not None and down.get(f"{_W}val", "continue") == "continue" and begun is not None:
                merges[begun] = (at - begun[0] + 1, merges.get(begun, (1, span))[1])
                extra = _cell_text(cell)
                if extra.strip():
                    texts[begun] = f"{texts.get(begun, '')}\n{extra}".strip()
            elif across is not None and across.get(f"{_W}val", "continue") == "continue" and column > 0:
                first = max(place for place in texts if place[0] == at)
                merges[first] = (1, column + span - first[1])
                texts[first] = f"{texts[first]}\n{_cell_text(cell)}".strip()
            else:
                texts[at, column] = _cell_text(cell)
                if span > 1:
                    merges[at, column] = (1, span)
                open_boxes.pop(column, None)
                if down is not None:
                    open_boxes[column] = (at, column)
            column += span
    return lay_out(texts, merges, name="", shown=shown, before=before)


def _descend(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, inside content controls too, but not those of nested tables."""
    for child in parent:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _descend(child, tag)


def _value(element: Any, path: str) -> str | None:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    value: str | None = None if found is None else found.get(f"{_W}val")
    return value


def _cell_text(cell: Any) -> str:
    return "\n".join(text for text in (_text(paragraph) for paragraph in cell.iter(f"{_W}p")) if text.strip())


def _text(paragraph: Any) -> str:
    """The visible text of a paragraph; raised digits as superscripts, footnotes as 〔脚注N〕."""
    parts: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        raised = _value(run, "rPr/vertAlign") == "superscript"
        for piece in run:
            if piece.tag == f"{_W}t":
                text = piece.text or ""
                parts.append(text.translate(SUPERSCRIPTS) if raised else text)
            elif piece.tag in (f"{_W}br", f"{_W}cr"):
                parts.append("\n")
            elif piece.tag == f"{_W}tab":
                parts.append(" ")
            elif piece.tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif piece.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                parts.append(f"〔脚注{piece.get(f'{_W}id')}〕")
    return "".join(parts)


def _footnotes(document: Any) -> dict[str, str]:
    from docx.oxml import parse_xml

    notes: dict[str, str] = {}
    for relation in document.part.rels.values():
        if not relation.reltype.endswith(("/footnotes", "/endnotes")) or relation.is_external:
            continue
        root = parse_xml(relation.target_part.blob)
        for note in root:
            if note.get(f"{_W}type") is None:
                text = "".join(_text(paragraph) for paragraph in note.iter(f"{_W}p")).strip()
                notes[f"〔脚注{note.get(f'{_W}id')}〕"] = text
    return notes
