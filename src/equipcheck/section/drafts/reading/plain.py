"""Text and Markdown: one paragraph a line; a line broken inside a sentence goes on in the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from equipcheck.section.drafts.reading.paragraphs import Paragraph, Part
from equipcheck.section.drafts.reading.tables import parts_of

_ENDS = "。！？；：!?;:"
_STARTS = re.compile(
    r"\s|[一二三四五六七八九十]+[、是]|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．]|[①-⑳]|第[一二三四五六七八九十]|#|[-*>|]"
)
_MARKUP = re.compile(r"^\s*(?:>\s*)*(?:[-*+]\s+)?|\*\*|__|`|<!--.*?-->|~~.*?~~")
_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*")


def from_text(text: str, *, markdown: bool = False) -> tuple[Part, ...]:
    """The parts of a text that is at hand."""
    return tuple(_parts(text, markdown=markdown))


def _parts(text: str, *, markdown: bool) -> Iterator[Part]:
    held: list[str] = []
    marks: list[tuple[int, str]] = []
    table: list[tuple[str, list[str]]] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        row = markdown and line.lstrip().startswith("|")
        if table and not row:
            yield from parts_of(table)
            table = []
        heading = markdown and line.lstrip().startswith("#")
        clean = _MARKUP.sub("", line.lstrip().lstrip("#")) if markdown else line
        goes_on = (
            held
            and _broken(held[-1])
            and clean.strip()
            and not heading
            and not row
            and not _STARTS.match(line)
        )
        if held and not goes_on:
            yield Paragraph("".join(held), tuple(marks))
            held, marks = [], []
        if row:
            if not _RULE.fullmatch(line):
                table.append((f"第{number}行", _cells(line)))
        elif heading:
            yield Paragraph(clean.strip(), ((0, f"第{number}行"),), heading=True)
        elif clean.strip():
            marks.append((sum(map(len, held)), f"第{number}行"))
            held.append(_unescaped(clean.strip()) if markdown else clean.strip())
    if table:
        yield from parts_of(table)
    if held:
        yield Paragraph("".join(held), tuple(marks))


def _cells(line: str) -> list[str]:
    inner = re.split(r"(?<!\\)\|", line.strip().strip("|"))
    return [_unescaped(_MARKUP.sub("", one).strip()) for one in inner]


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\`*_\[\]<>#|])", r"\1", text)


def _broken(line: str) -> bool:
    """Whether a line was broken by its width: long, and no sentence ends there."""
    return len(line) >= 20 and line[-1] not in _ENDS
