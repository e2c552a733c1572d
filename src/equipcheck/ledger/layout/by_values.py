"""Columns whose headings leave open what they hold: what stands under them tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from equipcheck.ground.patterns import any_of, pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.layout.alone import stands_alone
from equipcheck.ledger.layout.columns import Column
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.layout.ticks import TICKS
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.values.dates import parse_date
from equipcheck.ledger.values.numerals import measure_word, parse_quantity
from equipcheck.ledger.values.text import EMPTY, is_empty, squash, text_of
from equipcheck.ledger.words.form import LedgerWords, plain
from equipcheck.ledger.words.headings import foreign, heading_of
from equipcheck.ledger.words.remarks import speaks_of_a_state
from equipcheck.ledger.words.spread import CROSSES, lowest, year_named
from equipcheck.ledger.words.statuses import parse_status

SAMPLE = 2000  # rows looked at
FIRST = 20  # numbers that run on from 1: rows are numbered, not things
PLAIN_DATES = frozenset({"日期", "时间", "年月", "年月日", "年份", "年度", "date"})
_WORDS = words_of(LedgerWords)
NUMBERING = frozenset(_WORDS.row_numbers)
_VOUCHERS = frozenset(_WORDS.voucher_headings)
_DEEDS = pattern(any_of(_WORDS.heading_pairs["acquired"].deed))
_STOCK = pattern("[末底]|盘|结存|现有|实有|库存|存量")
_HAS_YEAR = pattern(r"(?:19|20)\d{2}")


def tell_by_values(sheet: Sheet, table: Table, *, register: bool) -> None:
    """Settle what such columns are. `register`: of verification dates, whose rows any number may tell."""
    _filled_instead(sheet, table)
    _unit_or_organisation(sheet, table)
    if not register or table.of("serial"):
        _row_numbers(sheet, table)
    if not register:
        _dates(sheet, table)
        _states_by_year(sheet, table)
        _counts_by_year(sheet, table)


def _cells(sheet: Sheet, table: Table, column: Column) -> Iterator[Value]:
    """What stands under a heading; not of sums and signatures."""
    rows = range(table.body, min(table.end, table.body + SAMPLE))
    for row in (sheet.rows[at] for at in rows if at not in table.repeats):
        if not is_empty(text_of(row[column.index])) and not stands_alone(row):
            yield row[column.index]


def _filled_instead(sheet: Sheet, table: Table) -> None:
    """Where nothing stands under the best heading for a field, the next one that holds something is taken."""
    for column in table.columns:
        if column.field is None or any(map(text_of, _cells(sheet, table, column))):
            continue
        others = (c for c in table.columns if c.field is None and c.means == column.field)
        if (
            other := next((c for c in others if any(map(text_of, _cells(sheet, table, c)))), None)
        ) is not None:
            other.field, column.field = column.field, None


def _unit_or_organisation(sheet: Sheet, table: Table) -> None:
    """「单位」 alone is a unit of count or an organisation; units with their numbers (「2台」) are the quantity."""
    column = next(iter(table.of("unit")), None)
    if column is None:
        return
    if not table.of("quantity") and _mostly(sheet, table, column, _a_count):
        column.field, table.taken = "quantity", column.heading
        return
    if plain(column.heading) != "单位":
        return
    values = {squash(text_of(cell)) for cell in _cells(sheet, table, column)}
    texts = [value for value in values if heading_of(value) is None]
    if (
        texts
        and sum(measure_word(text) for text in texts) * 2 < len(texts)
        and any(len(t) > 2 for t in texts)
    ):
        column.field = None if table.of("department") else "department"


def _row_numbers(sheet: Sheet, table: Table) -> None:
    """「编号」 over 1, 2, 3 … numbers the rows: no thing is known by it elsewhere."""
    column = next((c for c in table.of("asset_no") if plain(lowest(c.heading)) in NUMBERING), None)
    if column is None:
        return
    cells = _cells(sheet, table, column)
    numbers = [squash(text_of(cell)) for cell, _ in zip(cells, range(FIRST), strict=False)]
    if numbers == [str(n) for n in range(1, len(numbers) + 1)]:
        column.field = None


def numbering(table: Table) -> Column | None:
    """The column that numbers a table's rows."""
    free = (column for column in table.columns if column.field is None)
    return next((column for column in free if plain(lowest(column.heading)) in NUMBERING), None)


def movements(table: Table) -> tuple[int, int] | None:
    """The columns of what came and of what went, None where a table has not both."""
    came, went = _called(table, _WORDS.movement_headings.came), _called(table, _WORDS.movement_headings.went)
    return None if came is None or went is None else (came, went)


def _called(table: Table, words: tuple[str, ...]) -> int | None:
    wanted = frozenset(words)
    free = (one for one in table.columns if one.field is None)
    return next((one.index for one in free if plain(lowest(one.heading)) in wanted), None)


def _dates(sheet: Sheet, table: Table) -> None:
    """Days under a word of buying (「最近购入」), or under 「日期」 beside the number of a voucher."""
    if table.of("acquired") or table.lending is not None:
        return
    booked = not _VOUCHERS.isdisjoint(plain(lowest(column.heading)) for column in table.columns)
    for column in table.columns:
        called = plain(lowest(column.heading))
        by_deed = column.means is None and bool(_DEEDS.search(called)) and not foreign(called)
        if column.field is not None or not (by_deed or (booked and called in PLAIN_DATES)):
            continue
        if _mostly(sheet, table, column, is_day):
            column.field, table.dated = "acquired", column.heading
            return


def is_day(cell: Value, *, plainly: bool = False) -> bool:
    """Whether a cell is a day with its year. `plainly`: under 「时间」; four digits alone may else be any number."""
    text = text_of(cell)
    told = plainly or len(text) >= 6 or "年" in text
    return told and _HAS_YEAR.search(text) is not None and parse_date(cell, use="acquired")[1]


def _states_by_year(sheet: Sheet, table: Table) -> None:
    """「2021年」「2022年盘点」 over ticks and words of state are one status: the latest that says anything."""
    dated = [(found, c) for c in table.columns if (found := year_named(c.heading))]
    dated = [one for one in dated if one[1].field in (None, "status")]
    others = [c for c in table.of("status") if all(c is not column for _, column in dated)]
    if len(dated) < 2 or others or not all(_mostly(sheet, table, c, _a_state) for _, c in dated):
        return
    dated.sort(key=lambda one: _when(one[0]), reverse=True)
    last, *before = [column for _, column in dated]
    for column in before:
        column.field = None
    last.field, last.latest = "status", True
    last.joined = tuple(column.index for column in before)
    table.by_year = tuple(lowest(column.heading) for _, column in reversed(dated))


def _counts_by_year(sheet: Sheet, table: Table) -> None:
    """「2022年末」「2023年末」 over counts, where no column is called a quantity: the latest one is."""
    if any(table.of(name) for name in ("quantity", "counted_quantity", "book_quantity")):
        return
    dated = [(found, c) for c in table.columns if (found := year_named(c.heading))]
    dated = [one for one in dated if one[1].field is None and _STOCK.search(plain(one[1].heading))]
    if not dated or not all(_mostly(sheet, table, column, _a_count) for _, column in dated):
        return
    dated.sort(key=lambda one: _when(one[0]))
    last = dated[-1][1]
    last.field, table.taken = "quantity", last.heading
    table.beside = tuple(column.heading for _, column in dated[:-1])


def _when(found: re.Match[str]) -> tuple[int, int]:
    """A named year and month in order; its end (年末, 年底) comes behind every month."""
    year = int(found["year"])
    month = 13 if "年末" in found[0] or "年底" in found[0] else int(found["month"] or 0)
    return (year if year > 99 else 2000 + year), month


def _a_count(cell: Value) -> bool:
    return parse_quantity(cell)[1] is None


def _a_state(cell: Value) -> bool:
    text = squash(text_of(cell))
    return text in TICKS or text in CROSSES or parse_status(text) != "unknown" or speaks_of_a_state(text)


def _mostly(sheet: Sheet, table: Table, column: Column, like: Callable[[Value], bool]) -> bool:
    """Whether two thirds of what stands under a heading is such, and anything is."""
    told = [like(cell) for cell in _cells(sheet, table, column)]
    return bool(told) and sum(told) * 3 >= 2 * len(told)


def latest(*cells: Value) -> str:
    """The state that the first of these that says anything tells; a tick says that all is well."""
    text = next((text for cell in cells if (text := text_of(cell).strip()) and squash(text) not in EMPTY), "")
    return "在用" if squash(text) in TICKS else text
