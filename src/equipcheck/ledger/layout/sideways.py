"""Tables that lie on their side: names along a row, the labels down a column; turned over like a page.

A sheet is taken as one where its labels stand in one column only and the row of the names holds two or more.
"""

from __future__ import annotations

from typing import NamedTuple

from equipcheck.ledger.layout.header_rows import label_of
from equipcheck.ledger.sheet import Sheet, Span
from equipcheck.ledger.values.text import is_empty, text_of
from equipcheck.ledger.words.vocabulary import Vocabulary

MAX_CELLS = 200_000


class Turned(NamedTuple):
    """A block of a sheet turned over: its columns are these rows, its rows these columns of the sheet."""

    sheet: Sheet
    rows: list[int]
    columns: list[int]


def turn_over(sheet: Sheet, words: Vocabulary) -> list[Turned]:
    """The blocks of a sheet that lies on its side, from top to bottom; none where it does not."""
    if not sheet.rows or len(sheet.rows) * sheet.width > MAX_CELLS:
        return []
    labels: dict[int, list[int]] = {}  # column → rows of known labels
    for at, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell and (found := words.read(label_of(cell))) is not None:
                if found.field is None and column > min(labels, default=column):
                    continue  # a word that may as well be a value
                labels.setdefault(column, []).append(at)
    if not labels:
        return []
    left = max(labels, key=lambda column: (len(labels[column]), -column))
    stray = sum(len(rows) for column, rows in labels.items() if column != left)
    if len(labels[left]) < 2 or stray * 4 > len(labels[left]):
        return []
    blocks = [_turned(sheet, left, rows, words) for rows in _block_rows(sheet, left, labels[left])]
    return [block for block in blocks if block is not None]


def _block_rows(sheet: Sheet, left: int, known: list[int]) -> list[list[int]]:
    """The rows of each block: from label to label, anew where a label comes again. Rows without one are none."""
    blocks: list[list[int]] = []
    seen: set[str] = set()
    for at in range(known[0], known[-1] + 1):
        label = label_of(text_of(sheet.rows[at][left]))
        if not label:
            continue
        if not blocks or (label in seen and at in known):
            blocks.append([])
            seen = set()
        seen.add(label)
        blocks[-1].append(at)
    return blocks


def _turned(sheet: Sheet, left: int, rows: list[int], words: Vocabulary) -> Turned | None:
    labels = {at: words.read(label_of(text_of(sheet.rows[at][left]))) for at in rows}
    names = [at for at, found in labels.items() if found is not None and found.field == "name"]
    if not names or len(rows) < 2:
        return None
    best = min(names, key=lambda at: (found.rank if (found := labels[at]) is not None else 0, at))
    values = [cell for cell in sheet.rows[best][left + 1 :] if not is_empty(text_of(cell))]
    if len(values) < 2:
        return None
    columns = [left, *range(left + 1, sheet.width)]
    turned = [[sheet.rows[at][column] for at in rows] for column in columns]
    turned[0] = [label_of(text_of(cell)) for cell in turned[0]]
    at_row = {at: n for n, at in enumerate(rows)}
    merged: list[Span] = [
        (low - left, at_row[top], high - left, at_row[top] + bottom - top)
        for top, low, bottom, high in sheet.merged
        if low > left and all(at in at_row for at in range(top, bottom + 1))
    ]
    result = Sheet(
        sheet.name,
        turned,
        merged=tuple(sorted(merged)),
        hidden=sheet.hidden,
        numbers=[sheet.column_number(column) for column in columns],
        column_numbers=[sheet.number(at) for at in rows],
        across=sheet.number(best),
    )
    return Turned(result, rows, columns)
