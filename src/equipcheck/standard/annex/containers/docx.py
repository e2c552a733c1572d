"""Word documents: tables with their merges, the paragraphs between them, and footnotes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from equipcheck.ground.word_tables import Look, WordTable, blocks, text_of
from equipcheck.standard.annex.containers.flow import Flow
from equipcheck.standard.annex.grid import STRUCK, SUPERSCRIPTS, Annex

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(path: Path, shown: str) -> Annex:
    """The tables of a Word document."""
    import docx

    document = docx.Document(str(path))
    flow, look = Flow(shown), Look([], STRUCK, SUPERSCRIPTS)
    for block in blocks(document.element.body, look):
        if isinstance(block, WordTable):
            flow.table(block.texts, block.merges, holds_tables=block.holds_tables)
        else:
            flow.paragraph(block)
    remarks = []
    if look.hidden:
        words = "、".join(dict.fromkeys(look.hidden))
        remarks.append(f"隐藏或已删除的文字没有读入：{words[:300]}")
    return Annex(tuple(flow.grids), tuple(flow.between), _footnotes(document), tuple(remarks))


def _footnotes(document: Any) -> dict[str, str]:
    from docx.oxml import parse_xml

    notes: dict[str, str] = {}
    for relation in document.part.rels.values():
        if not relation.reltype.endswith(("/footnotes", "/endnotes", "/comments")) or relation.is_external:
            continue
        root = parse_xml(relation.target_part.blob)
        for note in root:
            if note.get(f"{_W}type") is None:
                text = "".join(
                    text_of(paragraph, Look([], STRUCK, SUPERSCRIPTS)) for paragraph in note.iter(f"{_W}p")
                ).strip()
                kind = "批注" if relation.reltype.endswith("/comments") else "脚注"
                notes[f"〔{kind}{note.get(f'{_W}id')}〕"] = text
    return notes
