"""What stands under a heading tells what the column is where the heading's own words do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from equipcheck.standard.annex.grid import Grid
from equipcheck.standard.annex.language.bases import find_basis
from equipcheck.standard.annex.language.headings import heading
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import words
from equipcheck.standard.grammar import parse_cell
from equipcheck.standard.tokens import UNITS, flat

_SAMPLE = 80
_ENDING = re.compile(r"[①-⑳⁰¹²³⁴-⁹*＊]+$")


@dataclass(frozen=True, slots=True)
class Content:
    """The cells of a column below a row, each merged box once, as shares of those with words."""

    told: int
    boxed: bool  # most cells are merged over several rows: classes of what stands beside them
    quantities: float  # read as a quantity, a dash or a mark
    numbers: float  # with a digit
    counting: bool  # 1, 2, 3 …: a serial number
    names: float  # known to the catalogue
    texts: float  # words that are no quantity, of a length that names have
    distinct: float
    bureaus: float  # level or region words, or words for bodies
    levels: float  # level or region words alone
    short: float
    bases: float  # 每人, 件/人: what numbers elsewhere count by
    units: float
    signs: float  # √, ○ …, 必配, 选配 alone, of the cells that say something
    duties: float  # 必配, 选配 alone


def content(grid: Grid, column: int, first: int, last: int, known: Callable[[str], bool]) -> Content:
    """The content of a column from one row to before another."""
    texts: list[str] = []
    tall = 0
    seen: set[tuple[int, int]] = set()
    for row in range(first, last):
        box = grid.boxes[row][column]
        if box.column != column:
            continue  # it stands in the column where it begins
        if box.columns >= max(2, grid.width - 1) and grid.width > 2:
            continue  # a group row or a note across the table
        if box.text.strip() and (box.row, box.column) not in seen:
            seen.add((box.row, box.column))
            texts.append(flat(box.text))
            tall += box.rows > 1
            if len(texts) == _SAMPLE:
                break
    count = len(texts)
    if not count:
        return Content(0, False, 0, 0, False, *[0] * 10)
    read = [_is_quantity(text) for text in texts]
    return Content(
        count,
        2 * tall > count,
        sum(read) / count,
        sum(any(char.isdigit() for char in text) for text in texts) / count,
        _counts(texts),
        sum(not one and known(text) for one, text in zip(read, texts, strict=True)) / count,
        sum(not one and len(text) <= 40 for one, text in zip(read, texts, strict=True)) / count,
        len(set(texts)) / count,
        sum(_is_bureau(text) for text in texts) / count,
        sum(bool(facts_of(text)) for text in texts) / count,
        sum(len(text) <= 12 for text in texts) / count,
        sum(not one and _is_basis(text) for one, text in zip(read, texts, strict=True)) / count,
        sum(all(part in UNITS for part in re.split(r"[/、,()或]", squeeze(text)) if part) for text in texts)
        / count,
        sum(_is_sign(text) for text in texts)
        / max(1, sum(parse_cell(text).rule is not None for text in texts)),
        sum(squeeze(text) in words().duties for text in texts) / count,
    )


def _is_quantity(text: str) -> bool:
    if text.strip() in words().marks:
        return True
    plain = _ENDING.sub("", text).strip().lstrip("<>＜＞")
    if len(plain) > 40:
        return False
    cell = parse_cell(plain)
    return cell.question is None


def _is_sign(text: str) -> bool:
    return text.strip() in words().marks or squeeze(text) in words().duties


def _is_bureau(text: str) -> bool:
    return (
        bool(facts_of(text))
        or heading(text).scope.facts != {}
        or bool(words().bureau_words.search(text) and len(text) <= 10)
    )


def _is_basis(text: str) -> bool:
    return len(text) <= 12 and find_basis(squeeze(text))[0] is not None


def _counts(texts: list[str]) -> bool:
    numbers = [text.rstrip(".、．") for text in texts]
    found = [int(text) for text in numbers if text.isascii() and text.isdecimal()]
    return (
        len(found) >= 3
        and len(found) >= len(texts) * 0.6
        and found == list(range(found[0], found[0] + len(found)))
    )
