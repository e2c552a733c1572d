"""Word documents as a reader sees them: paragraphs, and tables with their merges.

Deleted and moved-away text, hidden text and the second copies of text boxes are not seen. A table inside a
cell stands for itself. Elements may come from any parser: only what `xml.etree` knows is asked of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback"})
_THROUGH = frozenset(
    f"{_W}{tag}" for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body")
)
_MAX_SPAN = 200


class WordTable(NamedTuple):
    """A table's texts by row and column, from 0, and its merges: how many rows and columns from there."""

    texts: dict[tuple[int, int], str]
    merges: dict[tuple[int, int], tuple[int, int]]
    holds_tables: bool


class Look(NamedTuple):
    """How text is written down: what is struck through, raised digits; what is hidden or deleted goes to `hidden`."""

    hidden: list[str]
    struck: str = "{}"
    raised: Mapping[int, int] = {}


def blocks(parent: Any, look: Look) -> Iterator[str | WordTable]:
    """Paragraphs and tables in order; what text boxes hold comes after the paragraph that anchors them."""
    for block in _children(parent, frozenset({"p", "tbl"})):
        if block.tag == f"{_W}p":
            yield text_of(block, look)
            for box in _boxes_of(block):
                yield from blocks(box, look)
        else:
            yield from _tables(block, look)


def _tables(table: Any, look: Look) -> Iterator[WordTable]:
    inner: list[Any] = []
    texts, merges = _cells(table, inner, look)
    yield WordTable(texts, merges, bool(inner))
    for nested in inner:
        yield from _tables(nested, look)


def _children(parent: Any, tags: frozenset[str]) -> Iterator[Any]:
    """Elements of these kinds, inside content controls and insertions too, not inside each other."""
    wanted = {f"{_W}{tag}" for tag in tags}
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _THROUGH:
            yield from _children(child, tags)


def _cells(
    table: Any, inner: list[Any], look: Look
) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], tuple[int, int]]]:
    """A table's texts and merges; tables inside its cells are put into `inner`."""
    texts: dict[tuple[int, int], str] = {}
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    open_boxes: dict[int, tuple[int, int]] = {}  # column → the place where a vertical merge began
    at = -1
    for row in _children(table, frozenset({"tr"})):
        gone = row.find(f"{_W}trPr/{_W}del") is not None
        if gone or _is_on(row.find(f"{_W}trPr/{_W}hidden")):
            words = (piece.text or "" for piece in row.iter() if piece.tag in (f"{_W}t", f"{_W}delText"))
            told = " ".join(words)
            look.hidden.append(f"{'已删除' if gone else '隐藏'}的行“{' '.join(told.split())}”")
            at += not gone  # a hidden row is still one of the table's
            continue
        at += 1
        column = _number(_value(row, "trPr/gridBefore"), 0)
        last: tuple[int, int] | None = None
        for cell in _children(row, frozenset({"tc"})):
            if cell.find(f"{_W}tcPr/{_W}cellDel") is not None:
                continue
            span = max(1, _number(_value(cell, "tcPr/gridSpan"), 1))
            across = cell.find(f"{_W}tcPr/{_W}hMerge")
            down = cell.find(f"{_W}tcPr/{_W}vMerge")
            begun = open_boxes.get(column)
            text = _cell_text(cell, inner, look)
            if down is not None and down.get(f"{_W}val", "continue") == "continue" and begun is not None:
                merges[begun] = (at - begun[0] + 1, merges.get(begun, (1, span))[1])
                if text.strip():
                    texts[begun] = f"{texts.get(begun, '')}\n{text}".strip()
                last = None
            elif across is not None and across.get(f"{_W}val", "continue") == "continue" and last is not None:
                merges[last] = (merges.get(last, (1, 1))[0], column + span - last[1])
                texts[last] = f"{texts[last]}\n{text}".strip()
            else:
                last = (at, column)
                texts[last] = text
                if span > 1:
                    merges[last] = (1, span)
                open_boxes.pop(column, None)
                if down is not None:
                    open_boxes[column] = last
            column += span
    return texts, merges


def _number(text: str | None, otherwise: int) -> int:
    return min(int(text), _MAX_SPAN) if text and text.isascii() and text.isdecimal() else otherwise


def _value(element: Any, path: str) -> str | None:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    value: str | None = None if found is None else found.get(f"{_W}val")
    return value


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{_W}val", "true") not in ("0", "false", "off")


def _cell_text(cell: Any, inner: list[Any], look: Look) -> str:
    lines = []
    for block in _children(cell, frozenset({"p", "tbl"})):
        if block.tag == f"{_W}tbl":
            inner.append(block)
            continue
        lines.append(text_of(block, look))
        for box in _boxes_of(block):
            lines += [text_of(paragraph, look) for paragraph in _children(box, frozenset({"p"}))]
            inner += list(_children(box, frozenset({"tbl"})))
    return "\n".join(text for text in lines if text.strip())


def _runs(parent: Any) -> Iterator[Any]:
    """The runs that are seen, without those of text boxes."""
    for child in parent:
        if child.tag in (f"{_W}r", f"{_M}r"):
            yield child
        elif child.tag not in _GONE and child.tag != f"{_W}txbxContent":
            yield from _runs(child)


def _boxes_of(paragraph: Any) -> Iterator[Any]:
    """The contents of the text boxes that a paragraph anchors, each once."""
    for child in paragraph:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag not in _GONE:
            yield from _boxes_of(child)


def text_of(paragraph: Any, look: Look) -> str:
    """The visible text of a paragraph; footnotes as 〔脚注N〕."""
    parts: list[str] = []
    for run in _runs(paragraph):
        raised = _value(run, "rPr/vertAlign") == "superscript"
        struck = _is_on(run.find(f"{_W}rPr/{_W}strike")) or _is_on(run.find(f"{_W}rPr/{_W}dstrike"))
        if _is_on(run.find(f"{_W}rPr/{_W}vanish")):
            told = "".join(piece.text or "" for piece in run if piece.tag == f"{_W}t").strip()
            look.hidden.extend([told] if told else [])
            continue
        for piece in run:
            if piece.tag in (f"{_W}t", f"{_M}t"):
                text = piece.text or ""
                text = look.struck.format(text) if struck and text.strip() else text
                parts.append(text.translate(look.raised) if raised else text)
            elif piece.tag in (f"{_W}br", f"{_W}cr"):
                parts.append("\n")
            elif piece.tag == f"{_W}tab":
                parts.append(" ")
            elif piece.tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif piece.tag == f"{_W}sym":
                parts.append(_symbol(piece))
            elif piece.tag == f"{_W}commentReference":
                parts.append(f"〔批注{piece.get(f'{_W}id')}〕")
            elif piece.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                parts.append(f"〔脚注{piece.get(f'{_W}id')}〕")
    return "".join(parts)


_SYMBOLS = {"FC": "√", "F0FC": "√", "F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□", "F0A1": "○", "F06C": "●",
            "F06E": "■", "F0D6": "√"}  # fmt: skip


def _symbol(piece: Any) -> str:
    """A sign of Wingdings or Symbol: a tick, a box, a circle; any other as ※, so that it is seen."""
    return _SYMBOLS.get((piece.get(f"{_W}char") or "").upper(), "※")
