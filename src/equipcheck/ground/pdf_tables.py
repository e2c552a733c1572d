"""Ruled tables of a PDF with text, page by page, through the extra `pdf`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

PAGE_NUMBER = re.compile(
    r"[\s\-—–·]*(?:第?\s*[0-9]+\s*页?)(?:\s*(?:[/,，]\s*共?|共)\s*[0-9]+\s*页?)?[\s\-—–·]*"
)
_NEAR = 3.0
"""Points within which two rules are the same line."""


Area = tuple[float, float, float, float]
"""Left, top, right and bottom, in points."""
Raised = Mapping[int, int] | Mapping[int, str]


class NoReaderError(Exception):
    """The extra is not installed."""


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table with words in it. `texts` by (row, column) from 0, `merges` by their first place → (rows, columns)."""

    page: int  # from 1
    first: bool  # of its page
    before: tuple[str, ...]  # lines of text since the table before
    texts: dict[tuple[int, int], str]
    merges: dict[tuple[int, int], tuple[int, int]]
    across: tuple[float, ...]  # where its upright rules stand


@dataclass(frozen=True, slots=True)
class PdfText:
    """A file's tables in order, and the lines behind the last one."""

    tables: tuple[PdfTable, ...]
    after: tuple[str, ...]
    letters: int  # of all pages: none in a scan
    pages_without: tuple[int, ...] = ()  # pages on which nothing but pictures stands


def read_pdf(file: Path | BytesIO, raised: Raised | None = None) -> PdfText:
    """The ruled tables of a PDF. Raises NoReaderError, and whatever the library raises of a damaged file.

    `raised`: what small digits that stand high become; without it they are left out behind a digit (6¹ is 6).
    """
    try:
        import pdfplumber
    except ImportError:
        raise NoReaderError from None
    tables: list[PdfTable] = []
    between: list[str] = []
    without: list[int] = []
    letters = 0
    with pdfplumber.open(file) as document:
        for page in document.pages:
            letters += len(page.chars)
            if not page.chars:
                without.append(page.page_number)
            _page(page, tables, between, raised)
            page.close()
    return PdfText(tuple(tables), tuple(between), letters, tuple(without))


def _page(page: Any, tables: list[PdfTable], between: list[str], raised: Raised | None) -> None:
    """The tables of a page from top to bottom, and the lines of text around them."""
    end = page.bbox[1]
    for table in sorted(page.find_tables(), key=lambda one: one.bbox[1]):
        between += _lines(page, (end, table.bbox[1]), raised)
        first = end == page.bbox[1]
        end = max(end, table.bbox[3])
        cells = {cell: _text(page, cell, raised) for cell in table.cells}
        found = _table(page.page_number, cells, tuple(between), first=first)
        if any(text.strip() for text in found.texts.values()):
            tables.append(found)
            between.clear()
    between += _lines(page, (end, page.bbox[3]), raised)


def _lines(page: Any, band: tuple[float, float], raised: Raised | None) -> list[str]:
    text = _text(page, (page.bbox[0], band[0], page.bbox[2], band[1]), raised)
    return [line.strip() for line in text.splitlines() if line.strip()]


def _text(page: Any, area: Area, raised: Raised | None) -> str:
    """The text whose letters have their middle in an area: neighbours that touch it stay out."""
    from pdfplumber.utils.text import extract_text

    left, top, right, bottom = area
    inside = [
        char
        for char in page.chars
        if left <= (char["x0"] + char["x1"]) / 2 < right
        and top <= (char["top"] + char["bottom"]) / 2 < bottom
    ]
    text: str = extract_text(_raised_as_such(inside, raised))
    return text


def _raised_as_such(chars: list[Any], raised: Raised | None) -> list[Any]:
    """Small digits that stand high are footnote marks: superscripts, on the line of the letter before them."""
    if len({round(char["size"], 1) for char in chars}) < 2:
        return chars
    out: list[Any] = []
    base: Any = None
    for char in chars:
        if base is not None and _is_raised(char, base):
            line = {key: base[key] for key in ("top", "bottom", "doctop")}
            if raised is not None or not base["text"].isdigit():
                out.append(char | line | {"text": char["text"].translate({**(raised or {})})})
            continue
        if char["text"].strip():
            base = char
        out.append(char)
    return out


def _is_raised(char: Any, base: Any) -> bool:
    middle = (char["top"] + char["bottom"]) / 2
    return (
        char["text"] in "0123456789*①②③④⑤⑥⑦⑧⑨"
        and char["size"] <= base["size"] * 0.8
        and abs(char["x0"] - base["x1"]) <= base["size"]
        and base["top"] - base["size"] * 0.6 <= middle <= (base["top"] + base["bottom"]) / 2
    )


def _table(page: int, cells: Mapping[Area, str], before: tuple[str, ...], *, first: bool) -> PdfTable:
    across = _edges([edge for cell in cells for edge in (cell[0], cell[2])])
    down = _edges([edge for cell in cells for edge in (cell[1], cell[3])])
    texts: dict[tuple[int, int], str] = {}
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    for (left, top, right, bottom), text in cells.items():
        place = (_at(down, top), _at(across, left))
        span = (_at(down, bottom) - place[0], _at(across, right) - place[1])
        texts[place] = text
        if span != (1, 1):
            merges[place] = span
    return PdfTable(page, first, before, texts, merges, tuple(across))


def _edges(numbers: list[float]) -> list[float]:
    """Distinct lines, in order."""
    found: list[float] = []
    for number in sorted(numbers):
        if not found or number - found[-1] > _NEAR:
            found.append(number)
    return found


def _at(edges: list[float], number: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - number))


def same_columns(one: PdfTable, other: PdfTable) -> bool:
    """Whether the upright rules of two tables stand at the same places."""
    return len(one.across) == len(other.across) and all(
        abs(left - right) <= _NEAR for left, right in zip(one.across, other.across, strict=True)
    )


def as_data(found: PdfText) -> dict[str, Any]:
    """As plain values, to be handed from one program to another."""
    tables = [
        [one.page, one.first, one.before, [*one.texts.items()], [*one.merges.items()], one.across]
        for one in found.tables
    ]
    rest = {"after": found.after, "letters": found.letters, "pages_without": found.pages_without}
    return {"tables": tables, **rest}


def of_data(data: Mapping[str, Any]) -> PdfText:
    """What `as_data` was given."""
    tables = tuple(
        PdfTable(
            page,
            first,
            tuple(before),
            {(row, column): text for (row, column), text in texts},
            {(row, column): (down, right) for (row, column), (down, right) in merges},
            tuple(across),
        )
        for page, first, before, texts, merges, across in data["tables"]
    )
    return PdfText(tables, tuple(data["after"]), data["letters"], tuple(data["pages_without"]))
