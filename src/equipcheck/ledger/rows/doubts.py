"""What may make a table another thing than a list of assets: samples of how to fill in, quantities not found."""

from __future__ import annotations

import polars as pl

from equipcheck.ground.patterns import any_of, pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.layout.by_values import PLAIN_DATES, is_day
from equipcheck.ledger.layout.counts import MOST, QUANTITIES
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.rows.non_assets import SAMPLE, SAMPLE_SHEET
from equipcheck.ledger.sheet import Sheet
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import squash, text_of
from equipcheck.ledger.words.form import LedgerWords, plain
from equipcheck.ledger.words.headings import heading_of
from equipcheck.ledger.words.spread import year_named

_OF_ITS_OWN = pattern("日期|时间|年份|年度|期")  # a day of something else: 停用日期
_PLANS = words_of(LedgerWords).plan_titles
_PLANNED, _DONE = pattern(any_of(_PLANS.planned)), pattern(any_of(_PLANS.done))
TITLES_ABOVE, LONGEST_TITLE = 4, 60


def sample_title(sheet: Sheet, table: Table) -> str | None:
    """The sheet's name, or the line right above a table, where it says that what follows is a sample."""
    if SAMPLE_SHEET.fullmatch(squash(sheet.name)):
        return sheet.name
    for at in range(table.head - 1, -1, -1):
        texts = [text for cell in sheet.rows[at] if (text := text_of(cell).strip())]
        if texts:
            return texts[0] if len(texts) == 1 and SAMPLE.fullmatch(squash(texts[0])) else None
    return None


def plan_title(sheet: Sheet, table: Table) -> str | None:
    """The sheet's name, or a line above a table, where it says that what follows is yet to be bought."""
    rows = sheet.rows[max(0, table.head - TITLES_ABOVE) : table.head]
    lines = [[text for cell in row if (text := text_of(cell).strip())] for row in rows]
    titles = [texts[0] for texts in reversed(lines) if len(texts) == 1 and len(texts[0]) <= LONGEST_TITLE]
    said = [squash(title) for title in (*titles, sheet.name)]
    if any(_DONE.search(words) for words in said):
        return None
    found = (
        title for title, words in zip((*titles, sheet.name), said, strict=True) if _PLANNED.search(words)
    )
    return next(found, None)


def numeric_columns(table: Table, rows: pl.DataFrame) -> list[str]:
    """Where no column was taken for the quantity: the unknown headings under which only whole numbers stand."""
    if any(table.of(name) for name in QUANTITIES):
        return []
    return [heading for heading, texts in _unknown(table, rows).items() if _are_counts(texts)]


def date_columns(table: Table, rows: pl.DataFrame) -> list[str]:
    """Where no column was taken for the day of acquisition: headings that say none, under which only days stand."""
    if table.of("acquired") or table.lending is not None:
        return []
    found = _unknown(table, rows, also=PLAIN_DATES)
    return [
        heading
        for heading, texts in found.items()
        if (plain(heading) in PLAIN_DATES or not _OF_ITS_OWN.search(heading))
        and sum(is_day(text, plainly=plain(heading) in PLAIN_DATES) for text in texts) * 3 >= 2 * len(texts)
    ]


def _unknown(table: Table, rows: pl.DataFrame, also: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Columns with words whose headings are not known, and the distinct texts of each."""
    unknown = [
        c.heading
        for c in table.columns
        if c.field is None
        and c.means is None
        and (heading_of(c.heading) is None or plain(c.heading) in also or year_named(c.heading) is not None)
    ]
    if not unknown:
        return {}
    cells = rows.select("extra").explode("extra").unnest("extra").drop_nulls()
    texts = {
        heading: cells.filter(pl.col("column") == heading)["value"].unique().to_list()
        for heading in dict.fromkeys(unknown)
    }
    return {heading: told for heading, told in texts.items() if told}


def _are_counts(texts: list[str]) -> bool:
    """Whether only whole numbers stand there, formulas without a value aside."""
    told = [text for text in texts if not text.startswith("=")]
    return bool(told) and all(map(_is_count, told))


def _is_count(text: str) -> bool:
    units, code = parse_quantity(text)
    return code is None and units is not None and units < MOST
