"""Where the tables of a sheet stand: heading rows, what each column holds, where each table ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import polars as pl

from equipcheck.ledger.headings import (
    MAX_LENGTH,
    NAME_LIKE,
    Heading,
    heading_of,
    heading_under,
    money_scale,
    plain,
)
from equipcheck.ledger.numerals import measure_word
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.words import is_empty, squash, text_of

MAX_STOREYS = 4  # rows of one heading
_AS_DATA = re.compile(r"[:：]|^[\s\d.,/-]+$")  # a label with its value, a number, a date: no heading
MONEY_UNIT = re.compile(r"单位[:：]?(?:人民币)?[(（]?万元")
UNIT_STATED = re.compile(r"元")
NUMBERS = frozenset({"asset_no", "serial"})
VALIDITY = frozenset({"checked_on", "valid_until", "certificate"})


@dataclass(slots=True)
class Column:
    """A column under a heading. `field` None: kept as it stands; `scale`: 元 in one unit of money."""

    index: int
    heading: str
    field: str | None = None
    scale: int = 1


@dataclass(slots=True)
class Table:
    """Rows `head`…`body`-1 are the heading, `body`…`end`-1 what stands under it, less `repeats`."""

    head: int
    body: int
    end: int
    columns: list[Column]
    repeats: set[int] = field(default_factory=set)

    def of(self, name: str) -> list[Column]:
        """The columns of a field, from left to right."""
        return [column for column in self.columns if column.field == name]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What headings mean in one file: ours, overruled by the project's `columns:`."""

    role: str = "ledger"
    own: Mapping[str, str] = field(default_factory=dict)  # plain heading → field

    @staticmethod
    def of_source(role: str, columns: Mapping[str, str]) -> Vocabulary:
        """From `columns:` (field → heading)."""
        return Vocabulary(role, {plain(heading): name for name, heading in columns.items()})

    def read(self, text: str) -> Heading | None:
        """What one heading means."""
        return self._overruled(plain(text), heading_of(text))

    def under(self, uppers: Sequence[str], lower: str) -> Heading | None:
        """What a heading means under the headings above it."""
        found = heading_of(lower)
        for upper in reversed(uppers):
            found = heading_under(upper, lower)
            if found is not None and plain(lower):
                break
        return self._overruled(plain(lower or (uppers[-1] if uppers else "")), found)

    def _overruled(self, word: str, found: Heading | None) -> Heading | None:
        if word and word in self.own:
            return Heading(self.own[word], -1)
        if found is not None and found.field in self.own.values():
            return Heading(None)
        return found

    def enough(self, fields: Iterable[str | None]) -> bool:
        """Whether these fields make a table worth reading in this role."""
        have = set(fields)
        if self.role == "verification":
            return bool(have & NUMBERS) and bool(have & VALIDITY)
        return "name" in have


def find_tables(sheet: Sheet, words: Vocabulary, header_row: int | None = None) -> list[Table]:
    """The tables of a sheet, from top to bottom; none where no heading is recognised."""
    if header_row is not None:
        at = sheet.index(header_row)
        heads = [] if at is None else [at]
    else:
        heads = _heading_rows(sheet, words)
    tables: list[Table] = []
    for at in heads:
        if tables and at < tables[-1].body:
            continue
        if tables and (again := _repeated(sheet, tables[-1], at)):
            tables[-1].repeats.update(again)
            continue
        table = _table_at(sheet, at, words, floor=tables[-1].body if tables else 0)
        if table is None:
            continue
        if tables:
            tables[-1].end = table.head
        tables.append(table)
    if header_row is not None and tables:
        _repeats(sheet, tables[0])
    return tables


def _heading_rows(sheet: Sheet, words: Vocabulary) -> list[int]:
    wanted = NUMBERS if words.role == "verification" else frozenset({"name"})
    distinct = set(chain.from_iterable(sheet.rows))
    texts = pl.Series([text for text in distinct if type(text) is str], dtype=pl.String)
    texts = texts.filter(texts.str.len_chars() <= 2 * MAX_LENGTH)
    if not words.own and words.role != "verification":
        texts = texts.filter(texts.str.contains(NAME_LIKE))
    keys = {text for text in texts if (found := words.read(text)) is not None and found.field in wanted}
    if not keys:
        return []
    return [at for at, row in enumerate(sheet.rows) if not keys.isdisjoint(row) and _like_heading(row, words)]


def _like_heading(row: Sequence[Value], words: Vocabulary) -> bool:
    """At least two known headings and hardly anything else; or one alone in its row."""
    cells = [cell for cell in row if cell is not None and cell != ""]
    if not all(isinstance(cell, str) for cell in cells):
        return False
    known = [found for cell in cells if (found := words.read(str(cell))) is not None]
    if len(cells) == 1:
        return len(known) == 1 and (known[0].rank < 10 or known[0].rank == -1)
    return len(known) >= 2 and len(known) * 5 >= len(cells) * 2


def _repeated(sheet: Sheet, table: Table, at: int) -> range:
    """The rows of a table's heading standing once more around row `at`; empty where it is another heading."""
    heading = sheet.rows[table.head : table.body]
    for offset, row in enumerate(heading):
        first = at - offset
        if (
            row == sheet.rows[at]
            and sheet.rows[first : first + len(heading)] == heading
            and first >= table.body
        ):
            return range(first, first + len(heading))
    return range(0)


def _table_at(sheet: Sheet, at: int, words: Vocabulary, *, floor: int = 0) -> Table | None:
    first, last = _storeys(sheet, at, words, below=floor > 0)
    first = max(first, floor)
    names = _spread(sheet, first, last)
    found: list[tuple[Column, Heading | None]] = []
    for index in range(sheet.width):
        stack = [level[index] for level in names]
        texts = [text for n, text in enumerate(stack) if text and text not in stack[:n]]
        if not texts:
            continue
        column = Column(index, "/".join(" ".join(text.split()) for text in texts))
        column.scale = max(money_scale(text) for text in texts)
        found.append((column, words.under(texts[:-1], texts[-1])))
    columns = _assign(found)
    stated = _stated_scale(sheet, first)
    for column in columns:
        if column.field in ("unit_price", "total_price") and not UNIT_STATED.search(column.heading):
            column.scale = max(column.scale, stated)
    if not words.enough(column.field for column in columns):
        return None
    table = Table(first, last + 1, len(sheet.rows), columns)
    _unit_or_organisation(sheet, table)
    return table


def _storeys(sheet: Sheet, at: int, words: Vocabulary, *, below: bool) -> tuple[int, int]:
    """First and last row of the heading that row `at` belongs to; `below`: under rows of another table."""
    first = last = at
    for top, left, bottom, right in sheet.merged:
        if top <= at <= bottom and bottom - top < MAX_STOREYS and left != right - sheet.width + 1:
            first, last = min(first, top), max(last, bottom)
    while last + 1 < len(sheet.rows) and last - at < MAX_STOREYS - 1:
        if not _lower_storey(sheet.rows[last], sheet.rows[last + 1], words):
            break
        last += 1
    if first == at and at > 0 and _upper_storey(sheet, at - 1, words, below=below):
        first = at - 1
    return first, last


def _lower_storey(upper: Sequence[Value], row: Sequence[Value], words: Vocabulary) -> bool:
    """Headings that stand only where the row above leaves room or names a group."""
    cells = [(at, cell) for at, cell in enumerate(row) if cell is not None and cell != ""]
    if not cells or not all(isinstance(cell, str) and len(cell) <= MAX_LENGTH for _, cell in cells):
        return False
    known = [at for at, cell in cells if words.read(str(cell)) is not None]
    under_key = any(
        (found := words.read(str(upper[at]))) is not None and found.field == "name" for at, _ in cells
    )
    return not under_key and len(known) >= 1 and len(known) * 2 >= len(cells)


def _upper_storey(sheet: Sheet, at: int, words: Vocabulary, *, below: bool) -> bool:
    """A row of group headings over the heading: two short texts at least, some over several columns.

    Under another table it must name a known heading, or it is a row of that table.
    """
    upper, lower = sheet.rows[at], sheet.rows[at + 1]
    cells = [cell for cell in upper if cell is not None and cell != ""]
    if len(cells) < 2 or not all(
        isinstance(cell, str) and len(cell) <= MAX_LENGTH and not _AS_DATA.search(cell) for cell in cells
    ):
        return False
    if below and not any(words.read(str(cell)) is not None for cell in cells):
        return False
    if any(top == at == bottom and left < right for top, left, bottom, right in sheet.merged):
        return True
    return not sheet.merged and any(
        upper[column] and not upper[column + 1] and lower[column + 1] for column in range(sheet.width - 1)
    )


def _spread(sheet: Sheet, first: int, last: int) -> list[list[str]]:
    """The heading's texts, cells merged or open to the right filled with what stands over them."""
    levels = [[_heading_text(cell) for cell in row] for row in sheet.rows[first : last + 1]]
    covered = set()
    for top, left, bottom, right in sheet.merged:
        if first <= top and bottom <= last:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    levels[row - first][column] = levels[top - first][left]
                    covered.add((row - first, column))
    for n, level in enumerate(levels[:-1]):
        for index in range(1, len(level)):
            if not level[index] and (n, index) not in covered and levels[n + 1][index]:
                level[index] = level[index - 1]
    return levels


def _stated_scale(sheet: Sheet, head: int) -> int:
    """The unit of money that stands above a table: 「金额单位：万元」."""
    above = sheet.rows[max(0, head - 6) : head]
    texts = (squash(cell) for row in above for cell in row if isinstance(cell, str) and cell)
    return 10_000 if any(MONEY_UNIT.search(text) for text in texts) else 1


def _heading_text(cell: Value) -> str:
    text = text_of(cell).strip()
    return "" if is_empty(text) else text


def _assign(found: list[tuple[Column, Heading | None]]) -> list[Column]:
    """One column a field (型号 and 规格 apart are both the model); the others are kept as they stand."""
    best: dict[str, tuple[int, Column]] = {}
    for column, heading in found:
        if heading is None or heading.field is None:
            continue
        name = heading.field
        if name not in best or heading.rank < best[name][0]:
            best[name] = (heading.rank, column)
    for name, (_, column) in best.items():
        column.field = name
    if (model := best.get("model")) is not None:
        for column, heading in found:
            if heading is not None and heading.field == "model" and _apart(column.heading, model[1].heading):
                column.field = "model"
    return [column for column, _ in found]


def _apart(one: str, other: str) -> bool:
    kinds = [("型号" in text, "规格" in text) for text in (plain(one), plain(other))]
    return sorted(kinds) == [(False, True), (True, False)]


def _unit_or_organisation(sheet: Sheet, table: Table) -> None:
    """「单位」 alone is a unit of count or an organisation: its values tell."""
    column = next((c for c in table.of("unit") if plain(c.heading) == "单位"), None)
    if column is None:
        return
    values = {squash(text_of(row[column.index])) for row in sheet.rows[table.body : table.end][:2000]}
    texts = [value for value in values if not is_empty(value) and heading_of(value) is None]
    if (
        texts
        and sum(measure_word(text) for text in texts) * 2 < len(texts)
        and any(len(t) > 2 for t in texts)
    ):
        column.field = None if table.of("department") else "department"


def _repeats(sheet: Sheet, table: Table) -> None:
    heading = sheet.rows[table.body - 1]
    for at in range(table.body, len(sheet.rows)):
        if sheet.rows[at] == heading:
            table.repeats.add(at)
