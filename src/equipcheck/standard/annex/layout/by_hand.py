"""Columns named by hand: `--columns 名称=B,县级=D`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from equipcheck.ground.column_letters import column_number
from equipcheck.standard.annex.grid import Grid
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import words
from equipcheck.standard.annex.layout.content import content
from equipcheck.standard.annex.layout.headings import Head, Heading
from equipcheck.standard.annex.layout.heads import find_heads
from equipcheck.standard.annex.layout.one_heading import one_heading
from equipcheck.standard.grammar import parse_cell


def heads_by_hand(grid: Grid, by_hand: dict[str, str], known: Callable[[str], bool]) -> dict[int, Head]:
    """The heading of a table whose columns a person has named; {} where it has not that many columns."""
    places: dict[int, Heading] = {}
    for label, where in by_hand.items():
        at = column_of(where, grid)
        if at is None or at >= grid.width:
            return {}
        places[at] = named_by_hand(label)
    found = find_heads(grid, known)
    if found:
        return {row: _with(head, places) for row, head in found.items()}
    name = next((at for at, one in places.items() if one.role == "name"), None)
    numbers = [at for at, one in places.items() if one.role == "quantity"]
    if name is None or not numbers:
        return {}
    end = next(
        (
            row
            for row in range(len(grid.boxes))
            if grid.text(row, name).strip()
            and any(
                re.search("[0-9０-９]", grid.text(row, at))
                and parse_cell(grid.text(row, at)).question is None
                for at in numbers
            )
        ),
        0,
    )
    blank = tuple(
        Heading("other", squeeze(grid.text(max(end - 1, 0), at)) if end else "") for at in range(grid.width)
    )
    head = _with(Head(max(end - 1, 0) if end else 0, end, blank), places)
    return {head.first: head}


def _with(head: Head, places: dict[int, Heading]) -> Head:
    named = {one.label for one in places.values()} | {
        one.role for one in places.values() if one.role != "quantity"
    }
    columns = []
    for at, one in enumerate(head.columns):
        if at in places:
            columns.append(places[at])
        elif one.role in named or (
            one.role == "quantity" and any(p.role == "quantity" for p in places.values())
        ):
            columns.append(Heading("other", one.label))
        else:
            columns.append(one)
    return replace(head, columns=tuple(columns))


def named_by_hand(label: str) -> Heading:
    """What a name given by hand means: 名称, 单位, 备注 …, or a quantity column."""
    plain = squeeze(label)
    role = words().columns.get(plain)
    if role is not None:
        return Heading(role, label)  # type: ignore[arg-type]
    found = one_heading([label])
    return found if found.role == "quantity" else Heading("quantity", label, known=False)


def column_of(where: str, grid: Grid | None = None) -> int | None:
    """A column (from 0) by its letter, its number, or its heading's words; None where there is none."""
    plain = where.strip()
    if re.fullmatch("[A-Za-z]{1,3}", plain):
        return column_number(plain) - 1
    if plain.isdecimal() and int(plain) > 0:
        return int(plain) - 1
    if grid is not None:
        for row in range(min(len(grid.boxes), 20)):
            for at in range(grid.width):
                if squeeze(grid.text(row, at)) == squeeze(plain):
                    return at
    return None


__all__ = ["column_of", "content", "heads_by_hand", "named_by_hand"]
