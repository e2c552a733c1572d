"""Where the tables of a sheet stand: heading rows, what each column holds, where each table ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import pairwise
from typing import NamedTuple

from equipcheck.ground.mutable import Mutable
from equipcheck.ground.patterns import pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.layout.header_rows import column_numbers, lower_storey, spread, storeys
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.sheet_columns import SheetTexts
from equipcheck.ledger.values.numerals import measure_word
from equipcheck.ledger.values.text import is_empty, squash, text_of
from equipcheck.ledger.words.form import LedgerWords, plain
from equipcheck.ledger.words.headings import (
    MAX_LENGTH,
    NAME_LIKE,
    STRONG,
    Heading,
    heading_of,
    money_scale,
    unit_alone,
)
from equipcheck.ledger.words.spread import spreads
from equipcheck.ledger.words.vocabulary import NUMBERS, Vocabulary

MONEY_UNIT = pattern(r"单位[:：]?(?:人民币)?[(（]?万元")
LAST = 1000  # a rank behind all others
MANY = 6  # known headings that make a heading, be there ever so many others
MIN_HEADING = 4  # cells of a heading that is known by its other words alone
HEADING_END = r"(?:名称|编号|号码|牌号|日期|时间|数量|状况|状态|地点|型号|备注)\s*$"
DATES = frozenset({"acquired", "checked_on", "valid_until"})
PLATES = frozenset(words_of(LedgerWords).vehicle_headings.plates)
VEHICLES = words_of(LedgerWords).vehicle_headings.makes
PRODUCTS = frozenset(words_of(LedgerWords).product_headings)
RETURNED = frozenset(words_of(LedgerWords).lending_headings.returned)
TAKEN = frozenset(words_of(LedgerWords).lending_headings.taken)
UNIT_STATED = pattern(r"元")


class Column(Mutable):
    """A column under a heading. `field` None: kept as it stands; `scale`: 元 in one unit of money."""

    index: int
    heading: str
    field: str | None = None
    scale: int = 1
    means: str | None = None  # the field that its heading names, whether this column was taken for it or not
    joined: tuple[int, ...] = ()  # of a date in columns of its own: the month's, and the day's
    product: bool = False  # of a quantity: the price of one stands beside it in the same cell
    ticks: tuple[str, ...] = ()  # of a status in columns to be ticked: the words over this one and the joined


class Units(NamedTuple):
    """A column that counts the units of each row in one state, and the words over it."""

    column: int
    status: str
    word: str


class Table(Mutable):
    """Rows `head`…`body`-1 are the heading, `body`…`end`-1 what stands under it, less `repeats`."""

    head: int
    body: int
    end: int
    columns: list[Column]
    repeats: set[int] = field(default_factory=set)
    nameless: bool = False  # a heading that names no name: what stands under it is not read
    lending: tuple[str, str] | None = (
        None  # each row is a lending: the heading that tells, and that of its date
    )
    beside: tuple[str, ...] = ()  # headings that say the same as one that was read, under another storey
    taken: str = ""  # the heading of a column that was taken for the quantity by what stands in it
    states: tuple[Units, ...] = ()  # columns that count a row's units by state

    def of(self, name: str) -> list[Column]:
        """The columns of a field, from left to right."""
        return [column for column in self.columns if column.field == name]


def find_tables(
    sheet: Sheet, texts: SheetTexts, words: Vocabulary, header_row: int | None = None
) -> list[Table]:
    """The tables of a sheet, from top to bottom; none where no heading is recognised."""
    if header_row is not None:
        at = sheet.index(header_row)
        heads = [] if at is None else [at]
    else:
        heads = _heading_rows(sheet, texts, words)
    others = [] if header_row is not None or not heads else _other_headings(sheet, texts, words, heads)
    tables: list[Table] = []
    for at in sorted([*heads, *others]):
        if tables and at < tables[-1].body:
            continue
        if tables and (again := _repeated(sheet, tables[-1], at)):
            tables[-1].repeats.update(again)
            continue
        floor = max(tables[-1].body, *(one + 1 for one in tables[-1].repeats), 0) if tables else 0
        table = _table_at(sheet, at, words, floor=floor, partly=at in others)
        if table is None:
            continue
        if tables:
            tables[-1].end = table.head
        tables.append(table)
    if header_row is not None and tables:
        _repeats(sheet, tables[0])
    return tables


def _heading_rows(sheet: Sheet, texts: SheetTexts, words: Vocabulary) -> list[int]:
    keys = NUMBERS if words.role == "verification" else frozenset({"name"})

    def wanted(text: str) -> bool:
        found = words.read(text)
        return (found is not None and found.field in keys) or plain(text) in PLATES

    pattern = None if words.own or words.added.headings or words.role == "verification" else NAME_LIKE
    rows = texts.rows_with(pattern, 2 * MAX_LENGTH, wanted)
    return [at for at in rows if _like_heading(sheet, at, words)]


def _other_headings(sheet: Sheet, texts: SheetTexts, words: Vocabulary, heads: list[int]) -> list[int]:
    """Rows under the first heading that head a table too, though no word in them is known to name a name."""
    if words.role == "verification":
        return []
    rows = texts.rows_with(HEADING_END, MAX_LENGTH, lambda text: words.read(text) is not None)
    found: list[int] = []
    for at in rows:
        if at <= heads[0] or at in heads:
            continue
        cells = [cell for cell in sheet.rows[at] if cell is not None and cell != ""]
        if len(cells) < MIN_HEADING or not all(isinstance(c, str) and len(c) <= MAX_LENGTH for c in cells):
            continue
        known = sum(words.read(str(cell)) is not None for cell in cells)
        if _on_a_card(sheet, at, words):
            continue
        if known * 2 >= len(cells) and len({*cells}) == len(cells):
            found.append(at)
    return found


def _like_heading(sheet: Sheet, at: int, words: Vocabulary) -> bool:
    """At least two known headings and hardly anything else; one over a row of them; or one alone in its row."""
    row = sheet.rows[at]
    cells = [cell for cell in row if cell is not None and cell != ""]
    if not all(isinstance(cell, str) for cell in cells):
        return False
    known = [found for cell in cells if (found := words.read(str(cell))) is not None]
    if _on_a_card(sheet, at, words):
        return False
    if len(cells) == 1:
        return len(known) == 1 and known[0].rank < STRONG
    if any(one.field == "name" and one.rank < STRONG for one in known):
        known += [Heading(None) for cell in cells if words.read(str(cell)) is None and spreads(str(cell))]
    if len(known) == 1 and known[0].rank < STRONG and at + 1 < len(sheet.rows):
        below = sheet.rows[at + 1]
        return (
            lower_storey(row, below, words) and sum(words.read(str(cell)) is not None for cell in below) >= 2
        )
    return len(known) >= MANY or (len(known) >= 2 and len(known) * 5 >= len(cells) * 2)


def _on_a_card(sheet: Sheet, at: int, words: Vocabulary) -> bool:
    """Labels and their values by turns, in this row and one next to it: 「资产名称 走航监测车 资产编号 TY01」."""
    rows = (sheet.rows[n] for n in (at - 1, at + 1) if 0 <= n < len(sheet.rows))
    return _by_turns(sheet.rows[at], words) and any(_by_turns(row, words) for row in rows)


def _by_turns(row: Sequence[Value], words: Vocabulary) -> bool:
    known = [words.read(text_of(cell)) is not None for cell in row if cell is not None and cell != ""]
    return len(known) >= 4 and not len(known) % 2 and all(known[0::2]) and not any(known[1::2])


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


def _table_at(
    sheet: Sheet, at: int, words: Vocabulary, *, floor: int = 0, partly: bool = False
) -> Table | None:
    """`partly`: a heading without a known word for the name; what ends in 名称 is taken for it."""
    first, last = storeys(sheet, at, words, below=floor > 0)
    first = max(first, floor)
    names = spread(sheet, first, last)
    found: list[tuple[Column, Heading | None]] = []
    for index in range(sheet.width):
        stack = [level[index] for level in names]
        texts = [text for n, text in enumerate(stack) if text and text not in stack[:n]]
        if not texts:
            continue
        column = Column(index, "/".join(" ".join(text.split()) for text in texts))
        column.scale = max(money_scale(text) for text in texts)
        called = [text for text in texts if not unit_alone(text)] or texts
        heading = words.under(called[:-1], called[-1])
        if plain(called[-1]) in PRODUCTS:
            column.product, heading = True, Heading("quantity", LAST)
        column.means = heading.field if heading is not None else None
        found.append((column, heading))
    if partly and not any(heading is not None and heading.field == "name" for _, heading in found):
        found = [
            (c, Heading("name") if h is None and plain(c.heading).endswith("名称") else h) for c, h in found
        ]
    _name_vehicles(found)
    columns = _assign(found)
    _join_dates(columns, words)
    stated = _stated_scale(sheet, first)
    for column in columns:
        if column.field in ("unit_price", "total_price") and not UNIT_STATED.search(column.heading):
            column.scale = max(column.scale, stated)
    nameless = not words.enough(column.field for column in columns)
    if nameless and not partly:
        return None
    numbered = last + 1 < len(sheet.rows) and column_numbers(sheet.rows[last + 1])
    table = Table(first, last + 1 + numbered, len(sheet.rows), columns, nameless=nameless)
    _unit_or_organisation(sheet, table)
    _lending(table)
    return table


def _name_vehicles(found: list[tuple[Column, Heading | None]]) -> None:
    """Where plates stand and no name, the type or the make says what a vehicle is."""
    called = {plain(column.heading): n for n, (column, _) in enumerate(found)}
    if PLATES.isdisjoint(called) or any(
        heading is not None and heading.field == "name" for _, heading in found
    ):
        return
    if (word := next((one for one in VEHICLES if one in called), None)) is not None:
        column = found[called[word]][0]
        column.means = "name"
        found[called[word]] = column, Heading("name")


def _stated_scale(sheet: Sheet, head: int) -> int:
    """The unit of money that stands above a table: 「金额单位：万元」."""
    above = sheet.rows[max(0, head - 6) : head]
    texts = (squash(cell) for row in above for cell in row if isinstance(cell, str) and cell)
    return 10_000 if any(MONEY_UNIT.search(text) for text in texts) else 1


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


def _join_dates(columns: list[Column], words: Vocabulary) -> None:
    """「年」「月」「日」 side by side under one heading are one date."""
    for at, (year, month) in enumerate(pairwise(columns)):
        above, called = _storeys(year)
        found = words.read(above) if called in ("年", "年份") else None
        if (
            found is None
            or found.field not in DATES
            or _storeys(month) not in ((above, "月"), (above, "月份"))
        ):
            continue
        parts = [month]
        if at + 2 < len(columns) and _storeys(columns[at + 2]) in ((above, "日"), (above, "号")):
            parts.append(columns[at + 2])
        year.joined = tuple(part.index for part in parts)
        for part in parts:
            part.field = None
        if all(column.field != found.field for column in columns):
            year.field = found.field


def _storeys(column: Column) -> tuple[str, str]:
    above, _, lowest = column.heading.rpartition("/")
    return above, plain(lowest)


def _lending(table: Table) -> None:
    """A column that says when a thing came back, and no day of acquisition but the one of the lending."""
    returned = next((c.heading for c in table.columns if plain(c.heading) in RETURNED), None)
    acquired = next(iter(table.of("acquired")), None)
    if returned is None or (acquired is not None and plain(acquired.heading) not in TAKEN):
        return
    table.lending = returned, acquired.heading if acquired is not None else ""
    if acquired is not None:
        acquired.field = None


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


def side_by_side(table: Table, width: int) -> list[tuple[int, int]]:
    """The bands of columns of a page on which tables stand side by side under one row of headings; else none.

    Either the heading stands twice or more from left to right, or the second of two names comes after a
    heading that has been there before.
    """
    headings = [plain(column.heading) for column in table.columns]
    for times in (2, 3, 4):
        period, rest = divmod(len(headings), times)
        names = any(column.field == "name" for column in table.columns[:period])
        if period >= 2 and not rest and names and headings[:period] * times == headings:
            starts = [table.columns[n * period].index for n in range(times)]
            return list(pairwise([*starts, width]))
    keys = [column.means or plain(column.heading) for column in table.columns]
    if keys.count("name") != 2:
        return []
    first, second = (at for at, key in enumerate(keys) if key == "name")
    again = next((at for at in range(first + 1, second + 1) if keys[at] in keys[:at]), second)
    if len({*keys[:again]} & {*keys[again:]}) < 3 or "quantity" not in keys[:again]:
        return []
    return [(0, table.columns[again].index), (table.columns[again].index, width)]


def _repeats(sheet: Sheet, table: Table) -> None:
    heading = sheet.rows[table.body - 1]
    for at in range(table.body, len(sheet.rows)):
        if sheet.rows[at] == heading:
            table.repeats.add(at)
