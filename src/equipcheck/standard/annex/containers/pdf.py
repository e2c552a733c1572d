"""PDF with text: ruled tables, through the extra `pdf`."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.grid import SUPERSCRIPTS, Annex, Grid, lay_out

_PAGE_NUMBER = re.compile(r"[\s\-—–·]*(?:第?\s*[0-9]+\s*页?)(?:\s*[/共]\s*[0-9]+\s*页?)?[\s\-—–·]*")
_NEAR = 3.0
"""Points within which two rules are the same line."""


def read_pdf(path: Path, shown: str) -> Annex:
    """The ruled tables of a PDF, page by page. Raises InputError."""
    try:
        import pdfplumber
    except ImportError:
        raise InputError(Problem("pdf-extra-missing", Place(shown))) from None
    grids: list[Grid] = []
    between: list[str] = []
    texts = 0
    try:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                texts += len(page.chars)
                _page(page, grids, between, shown)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # the library raises many kinds for damaged files
        args = {"reason": type(error).__name__}
        raise InputError(Problem("annex-unreadable", Place(shown), args)) from error
    if not texts:
        raise InputError(Problem("pdf-without-text", Place(shown)))
    if not grids:
        raise InputError(Problem("pdf-without-lines", Place(shown)))
    return Annex(tuple(grids), tuple(between))


def _page(page: Any, grids: list[Grid], between: list[str], shown: str) -> None:
    """The tables of a page from top to bottom, and the lines of text around them."""
    end = page.bbox[1]
    for table in sorted(page.find_tables(), key=lambda one: one.bbox[1]):
        between += _lines(page, end, table.bbox[1])
        follows = bool(grids) and end == page.bbox[1] and all(_PAGE_NUMBER.fullmatch(one) for one in between)
        end = max(end, table.bbox[3])
        grid = _table(page, table, tuple(between), shown)
        if grid is not None:
            grids.append(replace(grid, follows=follows))
            between.clear()
    between += _lines(page, end, page.bbox[3])


def _lines(page: Any, top: float, bottom: float) -> list[str]:
    text = _text(page, (page.bbox[0], top, page.bbox[2], bottom))
    return [line.strip() for line in text.splitlines() if line.strip()]


def _text(page: Any, area: tuple[float, float, float, float]) -> str:
    """The text whose letters have their middle in an area: neighbours that touch it stay out."""
    from pdfplumber.utils.text import extract_text

    left, top, right, bottom = area
    inside = [
        char
        for char in page.chars
        if left <= (char["x0"] + char["x1"]) / 2 < right
        and top <= (char["top"] + char["bottom"]) / 2 < bottom
    ]
    text: str = extract_text(_raised_as_such(inside))
    return text


def _raised_as_such(chars: list[Any]) -> list[Any]:
    """Small digits that stand high are footnote marks: superscripts, on the line of the letter before them."""
    if len({round(char["size"], 1) for char in chars}) < 2:
        return chars
    out: list[Any] = []
    base: Any = None
    for char in chars:
        if base is not None and _is_raised(char, base):
            line = {key: base[key] for key in ("top", "bottom", "doctop")}
            out.append(char | line | {"text": char["text"].translate(SUPERSCRIPTS)})
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


def _table(page: Any, table: Any, before: tuple[str, ...], shown: str) -> Grid | None:
    across = _edges([edge for cell in table.cells for edge in (cell[0], cell[2])])
    down = _edges([edge for cell in table.cells for edge in (cell[1], cell[3])])
    texts: dict[tuple[int, int], str] = {}
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    for left, top, right, bottom in table.cells:
        place = (_at(down, top), _at(across, left))
        span = (_at(down, bottom) - place[0], _at(across, right) - place[1])
        texts[place] = _text(page, (left, top, right, bottom))
        if span != (1, 1):
            merges[place] = span
    return lay_out(texts, merges, name="", shown=shown, before=before)


def _edges(numbers: list[float]) -> list[float]:
    """Distinct lines, in order."""
    found: list[float] = []
    for number in sorted(numbers):
        if not found or number - found[-1] > _NEAR:
            found.append(number)
    return found


def _at(edges: list[float], number: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - number))
