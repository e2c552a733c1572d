"""The words of an OpenDocument paragraph: raised digits, struck words, footnotes, comments, text boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from equipcheck.standard.annex.grid import STRUCK, SUPERSCRIPTS

_NAME = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
OFFICE, TEXT, _STYLE, _DRAW = (_NAME.format(name) for name in ("office", "text", "style", "drawing"))
_LONGEST_GAP = 100


@dataclass(frozen=True, slots=True)
class Style:
    """What a style does to its words."""

    raised: bool = False
    struck: bool = False
    hidden: bool = False


_PLAIN = Style()


def styles_of(styles: ET.Element) -> dict[str, Style]:
    """The styles of words by name."""
    found = {}
    for style in styles.iter(f"{_STYLE}style"):
        about = style.find(f"{_STYLE}text-properties")
        if about is None:
            continue
        position = about.get(f"{_STYLE}text-position", "").split()
        raised = bool(position) and (position[0] == "super" or position[0].rstrip("%").isdecimal())
        raised = raised and position[0] not in ("0", "0%")
        struck = any(
            about.get(f"{_STYLE}text-line-through-{what}", "none") != "none" for what in ("style", "type")
        )
        hidden = about.get(f"{TEXT}display") == "none"
        found[style.get(f"{_STYLE}name", "")] = Style(raised, struck, hidden)
    return found


@dataclass(slots=True)
class Words:
    """Reads paragraphs one after another; notes and comments are numbered as they come."""

    styles: Mapping[str, Style] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    _boxes: list[ET.Element] = field(default_factory=list)

    def paragraph(self, element: ET.Element) -> str:
        """The text that is seen."""
        return "".join(self._pieces(element, self._style(element, _PLAIN)))

    def boxes(self) -> list[ET.Element]:
        """The text boxes of the paragraphs read since the last time."""
        found, self._boxes = self._boxes, []
        return found

    def annotation(self, element: ET.Element) -> str:
        """A comment as its mark; its words become a note."""
        lines = ["".join(self._pieces(one, _PLAIN)) for one in element if one.tag == f"{TEXT}p"]
        return self._note("批注", " ".join(line.strip() for line in lines if line.strip()))

    def deleted(self, changes: ET.Element) -> None:
        """Words that a tracked change has taken out."""
        for one in changes.iter(f"{TEXT}deletion"):
            told = " ".join("".join(part.itertext()) for part in one.iter(f"{TEXT}p")).strip()
            self.hidden += [told] if told else []

    def told(self) -> list[str]:
        """What is said of words that were not read."""
        words = "、".join(dict.fromkeys(self.hidden))
        return [f"隐藏或已删除的文字没有读入：{words[:300]}"] if words else []

    def _style(self, element: ET.Element, around: Style) -> Style:
        return self.styles.get(element.get(f"{TEXT}style-name", ""), around)

    def _pieces(self, element: ET.Element, style: Style) -> Iterator[str]:
        yield self._shown(element.text, style)
        for child in element:
            yield from self._child(child, style)
            yield self._shown(child.tail, style)

    def _child(self, child: ET.Element, style: Style) -> Iterator[str]:
        if child.tag == f"{TEXT}span":
            yield from self._pieces(child, self._style(child, style))
        elif child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * min(int(count) if count.isdecimal() else 1, _LONGEST_GAP)
        elif child.tag == f"{TEXT}tab":
            yield " "
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag == f"{TEXT}note":
            body = child.find(f"{TEXT}note-body")
            lines = [] if body is None else [self.paragraph(one) for one in body.iter(f"{TEXT}p")]
            yield self._note("脚注", " ".join(line.strip() for line in lines if line.strip()))
        elif child.tag == f"{OFFICE}annotation":
            yield self.annotation(child)
        elif child.tag == f"{TEXT}ruby":
            for base in child.iter(f"{TEXT}ruby-base"):
                yield from self._pieces(base, style)
        elif child.tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            self.hidden += list(filter(None, [child.get(f"{TEXT}string-value", "").strip()]))
        elif child.tag.startswith(_DRAW):
            self._boxes += list(child.iter(f"{_DRAW}text-box"))
        else:
            yield from self._pieces(child, style)

    def _shown(self, text: str | None, style: Style) -> str:
        plain = " ".join(text.split("\n")).replace("\t", " ") if text else ""
        if style.hidden:
            self.hidden += [plain.strip()] if plain.strip() else []
            return ""
        if style.struck and plain.strip():
            return STRUCK.format(plain)
        return plain.translate(SUPERSCRIPTS) if style.raised else plain

    def _note(self, kind: str, words: str) -> str:
        mark = f"〔{kind}{len(self.notes) + 1}〕"
        self.notes[mark] = words
        return mark
