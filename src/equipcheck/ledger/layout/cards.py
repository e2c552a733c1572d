"""Card-style forms: labels beside values, one asset a block or a sheet, made a table like any other.

A sheet is taken as cards where its labels stand over several rows, each with a value to its right, and a
heading row (labels side by side over values) is not to be seen.
"""

from __future__ import annotations

import re
from dataclasses import field
from itertools import pairwise
from typing import NamedTuple

from equipcheck.ground.mutable import Mutable
from equipcheck.ground.patterns import pattern
from equipcheck.ledger.cell_book import Claims, Fate
from equipcheck.ledger.layout.header_rows import label_of
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.values.text import squash, text_of
from equipcheck.ledger.words.vocabulary import Vocabulary

MAX_CELLS = 20_000  # cards are small; bigger sheets are tables
_IS_WORDS = pattern(r"[^\d:：]+[:：]?")
_LABELLED = pattern(r"([^:：]{1,20})[:：](.+)", re.DOTALL)


class _Pair(NamedTuple):
    """A label and its value, each with its column; one cell may hold both."""

    column: int
    label: str
    value: Value
    beside: int


class _Card(Mutable):
    row: int  # where its name stands
    values: dict[str, Value] = field(default_factory=dict)  # label → value
    fields: set[str] = field(default_factory=set)
    pairs: list[tuple[int, _Pair]] = field(default_factory=list)  # with their rows


def as_table(
    sheet: Sheet, words: Vocabulary, claims: Claims, *, least: int = 2, fields: int = 1
) -> Sheet | None:
    """The cards of a sheet as one table: a heading, and a row a card; None where it holds no cards.

    `least`: rows with labels and values that it takes; `fields`: of ours that each card must say.
    """
    if not sheet.rows or len(sheet.rows) * sheet.width > MAX_CELLS:
        return None
    known = sum(bool(_pairs(row, words, set())) for row in sheet.rows)
    if known < least or has_heading(sheet, words):
        return None
    columns = _label_columns(sheet, words)
    pairs = [(at, _pairs(row, words, columns)) for at, row in enumerate(sheet.rows)]
    cards = [card for band in _bands(pairs, sheet.width) for card in _cards(band, words)]
    cards = [card for card in cards if words.enough(card.fields) and len(card.fields) >= fields]
    if not cards:
        return None
    cards.sort(key=lambda card: card.row)
    for card in cards:
        for at, pair in card.pairs:
            found = words.read(pair.label)
            taken = Fate.FIELD if found is not None and found.field is not None else Fate.EXTRA
            claims.claim(Fate.HEADING, [at], [pair.column])
            claims.claim(taken, [at], [pair.beside])
    labels = list(dict.fromkeys(label for card in cards for label in card.values))
    heading: list[Value] = [*labels]
    rows = [heading, *([card.values.get(label, "") for label in labels] for card in cards)]
    numbers = [sheet.number(cards[0].row), *(sheet.number(card.row) for card in cards)]
    return Sheet(sheet.name, rows, hidden=sheet.hidden, hidden_rows=sheet.hidden_rows, numbers=numbers)


def _label_columns(sheet: Sheet, words: Vocabulary) -> set[int]:
    """Columns in which known labels stand: what stands there beside a value is a label too."""
    return {
        column
        for row in sheet.rows
        for column, cell in enumerate(row)
        if isinstance(cell, str) and cell and words.read(label_of(cell)) is not None
    }


def _pairs(row: list[Value], words: Vocabulary, columns: set[int]) -> list[_Pair]:
    """The labels of a row, each with the cell to its right (or what follows its colon)."""
    found: list[_Pair] = []
    column = 0
    while column < len(row):
        cell = row[column]
        text = cell.strip() if isinstance(cell, str) else ""
        inline = _LABELLED.fullmatch(text)
        if inline is not None and words.read(inline[1]) is not None:
            found.append(_Pair(column, inline[1].strip(), inline[2].strip(), column))
        elif text and (words.read(text) is not None or (column in columns and _may_be_label(text))):
            at = column + 1
            while at < len(row) and (row[at] is None or row[at] == ""):
                at += 1
            free = at < len(row) and not _is_label(row[at], words)
            if free or words.read(text) is not None:
                found.append(_Pair(column, label_of(text), row[at] if free else "", at if free else column))
            column = at if free and row[at] != "" else at - 1
        column += 1
    return found


def _may_be_label(text: str) -> bool:
    return len(text) <= 12 and _IS_WORDS.fullmatch(text) is not None


def _is_label(cell: Value, words: Vocabulary) -> bool:
    if not isinstance(cell, str):
        return False
    if words.read(cell) is not None:
        return True
    inline = _LABELLED.fullmatch(cell.strip())
    return inline is not None and words.read(inline[1]) is not None


def has_heading(sheet: Sheet, words: Vocabulary) -> bool:
    """Labels side by side: on a card each label has its value beside it, so this is a table's heading.

    Three are enough anywhere; two where they are all the row holds and what stands under them is no label.
    """
    for number, row in enumerate(sheet.rows):  # a heading stands near the top: what follows is not looked at
        places = _filled(row)
        labels = [at for at in places if _is_label(row[at], words)]
        if any({at, at + 1, at + 2} <= set(labels) for at in labels):
            return True
        if labels == places and len(places) == 2 and places[1] == places[0] + 1:
            below = next((under[at[0]] for under in sheet.rows[number + 1 :] if (at := _filled(under))), None)
            names = (words.read(text_of(row[at])) for at in places)
            if (
                below is not None
                and not _is_label(below, words)
                and any(found is not None and found.field == "name" for found in names)
            ):
                return True
    return False


def _filled(row: list[Value]) -> list[int]:
    return [at for at, cell in enumerate(row) if squash(text_of(cell))]


def _bands(pairs: list[tuple[int, list[_Pair]]], width: int) -> list[list[tuple[int, list[_Pair]]]]:
    """Cards side by side are read one beside the other: a label twice in a row begins the next band."""
    starts = {0}
    for _, found in pairs:
        seen: set[str] = set()
        for pair in found:
            if squash(pair.label) in seen:
                starts.add(pair.column)
                seen = set()
            seen.add(squash(pair.label))
    edges = [*sorted(starts), width]
    return [
        [(at, [pair for pair in found if low <= pair.column < high]) for at, found in pairs]
        for low, high in pairwise(edges)
    ]


def _cards(band: list[tuple[int, list[_Pair]]], words: Vocabulary) -> list[_Card]:
    """A new card begins where a label comes again."""
    cards: list[_Card] = []
    card: _Card | None = None
    for at, found in band:
        for pair in found:
            label = pair.label
            if card is None or label in card.values:
                card = _Card(at)
                cards.append(card)
            card.values[label] = pair.value
            card.pairs.append((at, pair))
            meaning = words.read(label)
            if meaning is not None and meaning.field is not None:
                card.fields.add(meaning.field)
                if meaning.field == "name":
                    card.row = at
    return cards
