"""Where the tables of a sheet stand: heading rows, what each column holds, where each table ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from equipcheck.ground.mutable import Mutable
from equipcheck.ground.patterns import pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.layout.columns import PLATES, Column, Units, assign, join_dates, name_vehicles
from equipcheck.ledger.layout.header_rows import column_numbers, lower_storey, spread, storeys
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.sheet_columns import SheetTexts
from equipcheck.ledger.values.text import squash, text_of
from equipcheck.ledger.words.form import LedgerWords, plain
from equipcheck.ledger.words.headings import (
    MAX_LENGTH,
    NAME_LIKE,
    STRONG,
    Heading,
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
PRODUCTS = frozenset(words_of(LedgerWords).product_headings)
RETURNED = frozenset(words_of(LedgerWords).lending_headings.returned)
TAKEN = frozenset(words_of(LedgerWords).lending_headings.taken)
UNIT_STATED = pattern(r"元")


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
    dated: str = ""  # the heading of a column that was taken for the day of acquisition by what stands in it
    by_year: tuple[str, ...] = ()  # headings of columns that tell the status year by year
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
    name_vehicles(found)
    columns = assign(found)
    join_dates(columns, words)
    stated = _stated_scale(sheet, first)
    for column in columns:
        if column.field in ("unit_price", "total_price") and not UNIT_STATED.search(column.heading):
            column.scale = max(column.scale, stated)
    nameless = not words.enough(column.field for column in columns)
    if nameless and not partly:
        return None
    numbered = last + 1 < len(sheet.rows) and column_numbers(sheet.rows[last + 1])
    table = Table(first, last + 1 + numbered, len(sheet.rows), columns, nameless=nameless)
    _lending(table)
    return table


def _stated_scale(sheet: Sheet, head: int) -> int:
    """The unit of money that stands above a table: 「金额单位：万元」."""
    above = sheet.rows[max(0, head - 6) : head]
    texts = (squash(cell) for row in above for cell in row if isinstance(cell, str) and cell)
    return 10_000 if any(MONEY_UNIT.search(text) for text in texts) else 1


def _lending(table: Table) -> None:
    """A column that says when a thing came back, and no day of acquisition but the one of the lending."""
    returned = next((c.heading for c in table.columns if plain(c.heading) in RETURNED), None)
    acquired = next(iter(table.of("acquired")), None)
    if returned is None or (acquired is not None and plain(acquired.heading) not in TAKEN):
        return
    table.lending = returned, acquired.heading if acquired is not None else ""
    if acquired is not None:
        acquired.field = None


def _repeats(sheet: Sheet, table: Table) -> None:
    heading = sheet.rows[table.body - 1]
    for at in range(table.body, len(sheet.rows)):
        if sheet.rows[at] == heading:
            table.repeats.add(at)
