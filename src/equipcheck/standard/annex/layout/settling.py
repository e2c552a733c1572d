"""A heading's columns once what stands below them has been looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile

from equipcheck.standard.annex.grid import Grid
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import words
from equipcheck.standard.annex.layout.content import Content, content
from equipcheck.standard.annex.layout.headings import NO_HEADING, Head, Heading
from equipcheck.standard.annex.layout.one_heading import no_quantity
from equipcheck.standard.annex.layout.sums import sums


def settled(grid: Grid, heads: dict[int, Head], known: Callable[[str], bool]) -> dict[int, Head]:
    """The columns of each heading once what stands below has been looked at."""
    starts = sorted(heads)
    done = {}
    for start, following in zip(starts, [*starts[1:], len(grid.boxes)], strict=True):
        head = heads[start]
        below = [content(grid, at, head.end, following, known) for at in range(grid.width)]
        columns = [_by_what_is_below(*pair) for pair in zip(head.columns, below, strict=True)]
        columns = _beside_each_other(grid, head, columns, below)
        columns = _sentences(_telling_duties(columns, below), below)
        columns = sums(grid, replace(head, columns=tuple(columns)), following)
        done[start] = replace(head, columns=tuple(_rivals(columns, below)))
    return done


def _by_what_is_below(one: Heading, stands: Content) -> Heading:
    odd = no_quantity(squeeze(one.label))
    if one.role in ("other", "category") and stands.told and stands.bases >= 0.6:
        return Heading("unit", one.label)  # 「配备基数」 over 每人, 每车
    if one.role == "other" and holds_quantities(stands) and not odd:
        return Heading("quantity", one.label or NO_HEADING, known=False)
    if one.role in ("other", "quantity") and stands.told > 1 and stands.units >= 0.8 and not stands.numbers:
        return Heading("unit", one.label)
    if one.role == "other" and stands.counting and not one.label:
        return Heading("serial", one.label)
    if one.role in ("unit", "other", "category") and stands.told and stands.levels >= 0.8 and not odd:
        return Heading("bureau", one.label)
    classes = stands.distinct <= 0.5 and stands.short >= 0.9
    if one.role == "bureau" and stands.told and stands.bureaus < 0.5 and not (classes or stands.boxed):
        return Heading("other", one.label)
    return one


def _sentences(columns: list[Heading], below: list[Content]) -> list[Heading]:
    """「配备要求」 over sentences, where the numbers stand in another column."""

    def is_prose(one: Heading, stands: Content) -> bool:
        sentences = stands.quantities < 0.2 and stands.distinct > 0.5 and stands.told > 2
        return one.role == "quantity" and one.bare and not one.duty and sentences and stands.short < 0.3

    prose = [is_prose(*pair) for pair in zip(columns, below, strict=True)]
    if not any(one.role == "quantity" and not told for one, told in zip(columns, prose, strict=True)):
        return columns
    return [Heading("other", one.label) if told else one for one, told in zip(columns, prose, strict=True)]


def _beside_each_other(grid: Grid, head: Head, columns: list[Heading], below: list[Content]) -> list[Heading]:
    """Columns under one heading: where one holds quantities so do its neighbours, also if mostly words stand there.

    「基本」 beside 「选配」 over nothing but signs says what must be had.
    """
    out = list(columns)
    families: dict[int, list[int]] = {}
    for at in range(grid.width):
        box = grid.boxes[head.first][at]
        if box.columns > 1 and box.text.strip():
            families.setdefault(id(box), []).append(at)
    for members in families.values():
        mine = [columns[at] for at in members]
        if any(one.role == "quantity" for one in mine):
            for at in members:
                if (
                    columns[at].role == "other"
                    and below[at].told
                    and not no_quantity(squeeze(columns[at].label))
                ):
                    out[at] = Heading("quantity", columns[at].label, known=False)
        if any(one.duty == "optional" for one in mine):
            for at in members:
                if columns[at].bound == "min" and below[at].signs >= 0.9 and not columns[at].duty:
                    out[at] = replace(columns[at], duty="required", bound=None)
    return out


def _telling_duties(columns: list[Heading], below: list[Content]) -> list[Heading]:
    """「配备要求」 or 「类别」 over 必配 and 选配: no numbers and no class, where numbers stand in another column."""

    def tells(one: Heading, stands: Content) -> bool:
        free = one.role in ("category", "other") or (one.role == "quantity" and one.bare and not one.duty)
        return free and stands.told > 0 and stands.duties >= 0.8

    telling = [tells(*pair) for pair in zip(columns, below, strict=True)]
    if not any(one.role == "quantity" and not tell for one, tell in zip(columns, telling, strict=True)):
        return columns
    return [Heading("duty", one.label) if tell else one for one, tell in zip(columns, telling, strict=True)]


def _rivals(columns: list[Heading], below: list[Content]) -> list[Heading]:
    """Several number columns for the same bureaus and obligation; a bare one beside columns for levels."""
    columns = _bodies(columns)
    numbers = [one for one in columns if one.role == "quantity" and one.known]
    levels = [at for at, one in enumerate(columns) if one.role == "quantity" and one.facts]
    marked = bool(levels) and all(below[at].signs >= 0.9 or not below[at].told for at in levels)
    out = []
    for one in columns:
        if one.role != "quantity" or not one.known:
            out.append(one)
        elif one.bare and not one.duty and levels and not marked:
            out.append(replace(one, known=False))
        else:
            same = [other for other in numbers if _for_the_same(one, other)]
            out.append(replace(one, rival=len(same) > 1))
    return out


def _bodies(columns: list[Heading]) -> list[Heading]:
    """Columns told apart by bodies alone (支队, 大队): which bureaus each is for is a person's to say."""
    told = [one for one in columns if one.role == "quantity" and one.bare and not one.duty]
    bodies = [one for one in told if words().bureau_words.search(squeeze(one.label))]
    if len(bodies) < 2 or len({one.label for one in bodies}) < len(bodies):
        return columns
    letters = zip(*(one.label for one in bodies), strict=False)
    above = len(list(takewhile(lambda same: len(set(same)) == 1, letters)))
    return [replace(one, label=one.label[above:], known=False) if one in bodies else one for one in columns]


def _for_the_same(one: Heading, other: Heading) -> bool:
    """Whether two columns' numbers would be for the same bureaus, obligation and basis."""
    mine, theirs = one.basis and one.basis.per, other.basis and other.basis.per
    return (one.facts, one.duty, mine) == (other.facts, other.duty, theirs)


def holds_quantities(stands: Content) -> bool:
    """Whether a column's cells are numbers that count things."""
    mostly = stands.quantities >= 0.6 or (
        stands.quantities >= 0.25 and stands.numbers >= 0.8 and stands.short >= 0.9
    )
    return bool(stands.told) and mostly and stands.numbers > 0 and not stands.counting
