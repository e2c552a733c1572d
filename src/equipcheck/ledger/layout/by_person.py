"""Lists of who has what: a line a person, a column a thing, ticks or counts in between; a thing's units are the sum.

Taken as such where a column of persons stands beside two or more that no heading is known of and in which only ticks,
counts and signs for nothing stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from equipcheck.ground.patterns import any_of, pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.cell_book import Claims, Fate
from equipcheck.ledger.layout.alone import stands_alone
from equipcheck.ledger.layout.around import claim_titles
from equipcheck.ledger.layout.ticks import TICKS
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import is_empty, squash, text_of
from equipcheck.ledger.words.form import LedgerWords, plain
from equipcheck.ledger.words.headings import MAX_LENGTH
from equipcheck.ledger.words.spread import CROSSES
from equipcheck.ledger.words.vocabulary import Vocabulary

MAX_CELLS = 20_000
FIRST_ROWS = 20  # in which the heading stands
MOST = 20  # of a thing that one person has
_PERSONS = frozenset(words_of(LedgerWords).person_headings.persons)
_OF_PERSONS = pattern(any_of(words_of(LedgerWords).person_headings.others))


class ByPerson(NamedTuple):
    """The list as a table of things and units; `differing`: things whose stated sum is another one."""

    sheet: Sheet
    head: int
    differing: tuple[str, ...]


def by_person(sheet: Sheet, words: Vocabulary, claims: Claims) -> ByPerson | None:
    """Such a list turned into a table; None where the sheet holds none."""
    if len(sheet.rows) * sheet.width > MAX_CELLS:
        return None
    for head, row in enumerate(sheet.rows[:FIRST_ROWS]):
        person = next((at for at, cell in enumerate(row) if plain(text_of(cell)) in _PERSONS), None)
        if person is None:
            continue
        body = [at for at in range(head + 1, len(sheet.rows)) if any(map(text_of, sheet.rows[at]))]
        things = [*_things(sheet, head, person, body, words)]
        if len(things) < 2:
            continue
        lines = [at for at in body if not stands_alone(sheet.rows[at]) and text_of(sheet.rows[at][person])]
        sums = [
            at
            for at in body
            if stands_alone(sheet.rows[at]) and any(_units(sheet.rows[at][c]) for c in things)
        ]
        units = {column: sum(_units(sheet.rows[at][column]) or 0 for at in lines) for column in things}
        stated = {column: _units(sheet.rows[sums[-1]][column]) for column in things} if sums else {}
        _claim(sheet, head, [*things], lines, sums, claims)
        names = {column: " ".join(text_of(row[column]).split()) for column in things}
        differing = [
            names[column] for column in things if (stated.get(column) or units[column]) != units[column]
        ]
        rows: list[list[Value]] = [["资产名称", "数量"]]
        rows += [[names[column], float(units[column])] for column in things]
        numbers = [sheet.column_number(at) for at in (person, *things)]
        turned = Sheet(sheet.name, rows, hidden=sheet.hidden, numbers=numbers, across=sheet.number(head))
        return ByPerson(turned, head, tuple(differing))
    return None


def _things(sheet: Sheet, head: int, person: int, body: list[int], words: Vocabulary) -> Iterator[int]:
    """Columns under names that are no known headings, over ticks and counts."""
    for at, cell in enumerate(sheet.rows[head]):
        text = text_of(cell)
        if at == person or not text.strip() or len(text) > MAX_LENGTH or _OF_PERSONS.search(text):
            continue
        if words.read(text) is not None:
            continue
        cells = [sheet.rows[row][at] for row in body]
        told = [one for one in cells if not is_empty(text_of(one))]
        of_lines = [sheet.rows[row][at] for row in body if not stands_alone(sheet.rows[row])]
        if (
            told
            and all(_units(one) is not None for one in told)
            and all((_units(c) or 0) <= MOST for c in of_lines)
        ):
            yield at


def _units(cell: Value) -> int | None:
    text = squash(text_of(cell))
    if text in TICKS:
        return 1
    if text in CROSSES or is_empty(text):
        return 0
    return parse_quantity(cell)[0]


def _claim(
    sheet: Sheet, head: int, things: list[int], lines: list[int], sums: list[int], claims: Claims
) -> None:
    claim_titles(sheet, range(head), claims)
    claims.claim(Fate.HEADING, [head])
    claims.claim(Fate.EXTRA, lines)
    claims.claim(Fate.FIELD, lines, things)
    claims.claim(Fate.TOTAL, sums)
