"""What stands around tables: titles above them, loose lines beside and under them, and bands set apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.cell_book import Claims, Fate
from equipcheck.ledger.layout.header_rows import label_of
from equipcheck.ledger.layout.tables import Table, find_tables
from equipcheck.ledger.sheet import Sheet, Value
from equipcheck.ledger.sheet_columns import BLANKS, SheetTexts
from equipcheck.ledger.values.text import text_of
from equipcheck.ledger.words.form import plain
from equipcheck.ledger.words.headings import heading_of
from equipcheck.ledger.words.vocabulary import Vocabulary

# What an asset has once: said again beyond a gap, it is said of other things.
ONCE = frozenset({"name", "quantity", "asset_no", "serial", "status", "model"})
_SAID = pattern(r".+[:：].*", re.DOTALL)  # 「填报单位：某某局」
_ABOUT = pattern(r".{0,10}(?:单位|部门|科室|机构|日期|时间|年度|月份|电话|人员?|币种|页码|编号|代码)")


def title_like(row: Sequence[Value]) -> bool:
    """One or two cells, or labels with what they say: 「单位：…」, 「填报日期」 beside a date."""
    texts = [text for cell in row if (text := text_of(cell).strip(BLANKS))]
    if len(texts) <= 2:
        return True
    at = 0
    while at < len(texts):
        label = label_of(texts[at])
        if _SAID.fullmatch(texts[at]) and not texts[at].rstrip().endswith((":", "：")):
            at += 1
        elif texts[at] != label or _ABOUT.fullmatch(label):
            at += 2
        else:
            return False
    return True


def claim_titles(sheet: Sheet, rows: Iterable[int], claims: Claims) -> None:
    """Titles and what they say of the table under them."""
    claims.claim(Fate.TITLE, [at for at in rows if title_like(sheet.rows[at])])


def apart(sheet: Sheet, claims: Claims, words: Vocabulary) -> list[tuple[int, int]]:
    """Bands of columns with empty columns between, where each is a table of its own or repeats another's
    headings; none for one table, be there a gap in it or not."""
    runs = _runs([bool(claims.content(column).count(1)) for column in range(sheet.width)])
    if len(runs) < 2:
        return []
    bands = [runs[0]]
    tables = [_first_table(sheet.cut(*run), words) for run in runs]
    whole = _first_table(sheet, words)
    seen = _means(whole, *runs[0])
    for run, table in zip(runs[1:], tables[1:], strict=True):
        own = table is not None and any(tables[: runs.index(run)])
        here = _means(whole, *run)
        if own or here & seen & ONCE:
            bands.append(run)
            seen = here
        else:
            bands[-1] = (bands[-1][0], run[1])
            seen |= here
    return bands if len(bands) > 1 else []


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


def _first_table(sheet: Sheet, words: Vocabulary) -> Table | None:
    return next(iter(find_tables(sheet, SheetTexts(sheet), words)), None)


def _means(table: Table | None, low: int, high: int) -> set[str]:
    columns = table.columns if table is not None else []
    return {column.means for column in columns if column.means is not None and low <= column.index < high}


def _runs(filled: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, full in enumerate(filled):
        if full and runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        elif full:
            runs.append((at, at + 1))
    return runs


def known_words(sheet: Sheet) -> tuple[int, list[str]]:
    """The most known headings in one row of the first hundred."""
    best: list[str] = []
    for row in sheet.rows[:100]:
        known = [
            " ".join(cell.split()) for cell in row if isinstance(cell, str) and heading_of(cell) is not None
        ]
        best = max(best, known, key=len)
    return len(best), best
