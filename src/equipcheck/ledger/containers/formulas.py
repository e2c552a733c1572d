"""Formulas that no program has worked out: they stand for themselves, so that no one takes them for empty cells."""

from __future__ import annotations

from collections.abc import Mapping

from equipcheck.ground.column_letters import column_letters
from equipcheck.ledger.sheet import Oddity, Sheet, spans


def fill_formulas(sheet: Sheet, formulas: Mapping[tuple[int, int], str]) -> list[Oddity]:
    """Put the formulas (by physical row and column) where the reader shows nothing; one oddity a column."""
    if not formulas or sheet.numbers is not None:
        return []
    rows: dict[int, list[int]] = {}
    examples: dict[int, str] = {}
    for (row, column), formula in sorted(formulas.items()):
        at, across = row - sheet.first_row, column - sheet.first_column
        if at < 0 or across < 0 or not _make_room(sheet, at, across):
            continue
        if sheet.rows[at][across] == "":
            sheet.rows[at][across] = formula
            rows.setdefault(column, []).append(row)
            examples.setdefault(column, formula)
    return [
        Oddity(
            "formula-without-value",
            sheet.name,
            mine[0],
            {"column": column_letters(column), "rows": spans(mine), "formula": examples[column]},
        )
        for column, mine in sorted(rows.items())
    ]


def _make_room(sheet: Sheet, at: int, across: int) -> bool:
    """Widen a sheet a little to the right and below; formulas far away are no part of it."""
    if across >= sheet.width + 10 or at >= len(sheet.rows) + 10:
        return False
    if across >= sheet.width:
        more = across + 1 - sheet.width
        for row in sheet.rows:
            row.extend([""] * more)
    while at >= len(sheet.rows):
        sheet.rows.append([""] * sheet.width)
    return True
