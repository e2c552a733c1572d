"""One sheet on its way to frames: how it lies, the tables in it, and what became of each of its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import polars as pl

from equipcheck.ground.mutable import Mutable
from equipcheck.ground.signatures import SIGNED
from equipcheck.ledger.cell_book import Claims, Fate
from equipcheck.ledger.layout.around import apart, claim_titles, side_by_side
from equipcheck.ledger.layout.by_person import ByPerson, by_person
from equipcheck.ledger.layout.by_values import tell_by_values
from equipcheck.ledger.layout.cards import as_table, has_heading
from equipcheck.ledger.layout.continued import continued
from equipcheck.ledger.layout.counts import spread_counts
from equipcheck.ledger.layout.sideways import Turned, turn_over
from equipcheck.ledger.layout.tables import Table, find_tables
from equipcheck.ledger.layout.ticks import join_ticks
from equipcheck.ledger.layout.two_lines import Paired, two_lines
from equipcheck.ledger.oddities import Odd
from equipcheck.ledger.rows.assets import count_kinds, excerpt, read_assets
from equipcheck.ledger.rows.doubts import date_columns, numeric_columns, plan_title, sample_title
from equipcheck.ledger.rows.non_assets import Kind
from equipcheck.ledger.rows.register import read_checks
from equipcheck.ledger.sheet import Sheet, spans
from equipcheck.ledger.sheet_columns import BLANKS, SheetTexts
from equipcheck.ledger.source import Source
from equipcheck.ledger.values.text import squash, text_of
from equipcheck.ledger.words.form import plain
from equipcheck.ledger.words.vocabulary import Vocabulary

CARD_ROWS, CARD_FIELDS = 3, 4  # at least, where a card stands over a list
SMALL = 20_000  # cells; cards and sheets on their side are small
FATES = {Kind.TOTAL: Fate.TOTAL, Kind.GROUP: Fate.GROUP, Kind.NOTE: Fate.NOTE, None: Fate.HEADING}
FATES |= {Kind.SAMPLE: Fate.NOTE, Kind.PLAN: Fate.NOTE, Kind.PART: Fate.SUMMARY, Kind.EARLIER: Fate.SUMMARY}


class TableRead(Mutable):
    """A table and what came of its rows. `kinds` counts them: as ledger show lists."""

    table: Table
    rows: pl.DataFrame
    kinds: Counter[str]
    claims: Claims | None  # None: its cells are claimed one by one
    carried_on: bool = False  # under the heading of the sheet before
    checks: pl.DataFrame | None = None  # of a table that only says when things of other tables were checked


class SheetRead(Mutable):
    """A sheet (or a band of it), turned or made a table where it lay otherwise, and the tables found in it."""

    sheet: Sheet
    tables: list[TableRead]
    cards: bool = False


class SheetReader:
    """Reads the sheets of one file in order; knows the last table, which a sheet may go on with."""

    def __init__(self, source: Source, words: Vocabulary, odd: Odd) -> None:
        self.source = source
        self.words = words
        self.odd = odd
        self._last: tuple[Sheet, Table] | None = None

    def read(self, sheet: Sheet, claims: Claims, *, split: bool = True) -> list[SheetRead]:
        """The sheet as one or more; cells that became something are claimed."""
        free = self.source.header_row is None
        if free and len(sheet.rows) * sheet.width <= SMALL and not has_heading(sheet, self.words):
            if blocks := turn_over(sheet, self.words):
                return self._turned(sheet, blocks, claims)
            if (cards := as_table(sheet, self.words, claims)) is not None:
                self.odd.add("card-form", sheet.name, count=len(cards.rows) - 1)
                self._claim_loose(sheet, claims)
                every = SheetTexts(cards)
                return [self._tables(cards, every, find_tables(cards, every, self.words), None, cards=True)]
        if free and (paired := two_lines(sheet, self.words)) is not None:
            return self._paired(sheet, paired, claims)
        if free and split and (bands := apart(sheet, claims, self.words)):
            return self._bands(sheet, bands, claims)
        return self._upright(sheet, claims)

    def _paired(self, sheet: Sheet, paired: Paired, claims: Claims) -> list[SheetRead]:
        every = SheetTexts(paired.sheet)
        tables = find_tables(paired.sheet, every, self.words)
        if not tables or tables[0].nameless:
            return self._upright(sheet, claims)
        mine = claims.pair(paired.lines, sheet.width)
        claim_titles(paired.sheet, range(tables[0].head), mine)
        pairs = sum(second is not None for _, second in paired.lines[tables[0].body :])
        self.odd.add("two-line-rows", sheet.name, sheet.number(paired.head), count=pairs)
        _note_hidden(paired.sheet, tables[0], self.odd)
        return [self._tables(paired.sheet, every, tables, mine)]

    def _upright(self, sheet: Sheet, claims: Claims) -> list[SheetRead]:
        every = claims.texts() or SheetTexts(sheet)
        tables = find_tables(sheet, every, self.words, self.source.header_row)
        if tables and (bands := side_by_side(tables[0], sheet.width)):
            return self._bands(sheet, bands, claims)
        if not tables and self._last is not None and sheet.rows and self.source.header_row is None:
            before, last = self._last
            if (table := continued(sheet, every, before, last)) is not None:
                self.odd.add("sheet-continued", sheet.name, sheet.place(table.body), before=before.name)
                claim_titles(sheet, range(table.body), claims)
                return [self._tables(sheet, every, [table], claims, carried_on=True)]
        free = not tables and self.source.role != "verification" and self.source.header_row is None
        if free and (found := by_person(sheet, self.words, claims)) is not None:
            return self._by_person(sheet, found, claims)
        if not tables or tables[0].nameless:
            return [SheetRead(sheet, [])]
        _note_hidden(sheet, tables[0], self.odd)
        claim_titles(sheet, range(tables[0].head), claims)
        if (cards := self._cards_above(sheet, tables[0].head, claims)) is not None:
            return [cards, self._tables(sheet, every, tables, claims)]
        above = continued(sheet, every, sheet, tables[0], tables[0].head)
        if above is not None and self.source.header_row is None:
            self.odd.add(
                "rows-above-heading", sheet.name, sheet.place(above.body), count=above.end - above.body
            )
            early = self._tables(sheet, every, [above], claims, carried_on=True)
            result = self._tables(sheet, every, tables, claims)
            result.tables[:0] = early.tables
            return [result]
        return [self._tables(sheet, every, tables, claims)]

    def _by_person(self, sheet: Sheet, found: ByPerson, claims: Claims) -> list[SheetRead]:
        every = SheetTexts(found.sheet)
        tables = find_tables(found.sheet, every, self.words)
        self.odd.add("by-person", sheet.name, sheet.number(found.head), count=len(found.sheet.rows) - 1)
        if found.differing:
            told = "、".join(found.differing)
            self.odd.add("by-person-differs", sheet.name, sheet.number(found.head), names=told)
        self._claim_loose(sheet, claims)
        return [self._tables(found.sheet, every, tables, None, cards=True)]

    def _cards_above(self, sheet: Sheet, head: int, claims: Claims) -> SheetRead | None:
        """Cards that stand over a list, as a table of their own."""
        if self.source.header_row is not None or not CARD_ROWS <= head <= SMALL // max(1, sheet.width):
            return None
        above = sheet.above(head)
        cards = as_table(above, self.words, claims, least=CARD_ROWS, fields=CARD_FIELDS)
        if cards is None:
            return None
        self.odd.add("card-form", sheet.name, count=len(cards.rows) - 1)
        every = SheetTexts(cards)
        return self._tables(cards, every, find_tables(cards, every, self.words), None, cards=True)

    def _bands(self, sheet: Sheet, bands: list[tuple[int, int]], claims: Claims) -> list[SheetRead]:
        parts: list[SheetRead] = []
        for low, high in bands:
            parts += self.read(sheet.cut(low, high), claims.cut(low, high), split=False)
        read = [part for part in parts if part.tables]
        if len(read) > 1:
            first = read[0].tables[0].table.head
            self.odd.add("side-by-side", sheet.name, sheet.number(first), count=len(read))
        return read or parts[:1]

    def _turned(self, sheet: Sheet, blocks: list[Turned], claims: Claims) -> list[SheetRead]:
        parts: list[SheetRead] = []
        for block in blocks:
            every = SheetTexts(block.sheet)
            tables = find_tables(block.sheet, every, self.words)
            if tables:
                turned = claims.turn(block.rows, block.columns)
                parts.append(self._tables(block.sheet, every, tables, turned))
        if not parts:
            return self._upright(sheet, claims)
        assets = sum(table.rows.height for part in parts for table in part.tables)
        self.odd.add("sideways", sheet.name, sheet.number(blocks[0].rows[0]), count=assets)
        self._claim_loose(sheet, claims)
        return parts

    def _tables(
        self,
        sheet: Sheet,
        every: SheetTexts,
        tables: list[Table],
        claims: Claims | None,
        *,
        cards: bool = False,
        carried_on: bool = False,
    ) -> SheetRead:
        source, odd = self.source, self.odd
        for table in tables:
            _mark_codes(table, source.code_columns)
            tell_by_values(sheet, table, register=source.role == "verification")
            join_ticks(sheet, table.body, table.columns, self.words)
            if source.role != "verification":
                spread_counts(sheet, table)
        result = SheetRead(sheet, [], cards)
        for n, table in enumerate(tables):
            if table.nameless:
                odd.add("heading-without-name", sheet.name, sheet.place(table.head), text=_headings(table))
                continue
            if n:
                odd.add("further-table", sheet.name, sheet.place(table.head))
            if source.role == "verification":
                rows, kinds = read_checks(sheet, table, every, odd)
            else:
                rows, kinds = read_assets(sheet, table, every, odd, self.words.added.statuses)
                rows = rows.with_columns(role=pl.lit(source.role))
                passed = None if source.sheets is not None else _passed_over(sheet, table, rows)
                if passed is not None:
                    kind, title = passed
                    text = excerpt(name for name in rows["name"] if name is not None)
                    args = {"title": title, "count": rows.height, "text": text}
                    odd.add(f"{kind.value}-table", sheet.name, sheet.place(table.head), **args)
                    rows, kinds = rows.clear(), [kind if one is Kind.ASSET else one for one in kinds]
                elif not carried_on:
                    _note_doubts(sheet, table, rows, odd)
            if "bureau" not in rows.columns:
                rows = rows.with_columns(bureau=pl.lit(source.bureau))
            result.tables.append(TableRead(table, rows, count_kinds(kinds), claims, carried_on))
            if claims is not None:
                _claim(claims, table, kinds)
            self._last = sheet, table
        return result

    def _claim_loose(self, sheet: Sheet, claims: Claims) -> None:
        """Lines above, between and under what was read of a sheet that is no table as it stands."""
        touched = claims.touched()
        first = min(touched, default=0)
        claim_titles(sheet, range(first), claims)
        for at in range(first, len(sheet.rows)):
            texts = [text for cell in sheet.rows[at] if (text := text_of(cell).strip(BLANKS))]
            if at in touched or not texts:
                continue
            if len(texts) == 1 or any(SIGNED.fullmatch(squash(text)) for text in texts):
                claims.claim(Fate.NOTE, [at])
                self.odd.add("not-an-asset", sheet.name, sheet.number(at), text=excerpt(texts))


def _passed_over(sheet: Sheet, table: Table, rows: pl.DataFrame) -> tuple[Kind, str] | None:
    """A table that holds no assets by its title, and what it holds: samples, or what is yet to be bought."""
    if not rows.height:
        return None
    if (title := sample_title(sheet, table)) is not None:
        return Kind.SAMPLE, title
    own = rows.select(pl.all_horizontal(pl.col("asset_no", "serial", "acquired").is_null().all())).item()
    title = plan_title(sheet, table) if own else None
    return None if title is None else (Kind.PLAN, title)


def _note_doubts(sheet: Sheet, table: Table, rows: pl.DataFrame, odd: Odd) -> None:
    """What speaks against taking a table's rows for assets, one a row."""
    at = sheet.place(table.head)
    if table.lending is not None:
        heading, taken = table.lending
        said = f"“{taken}”不当作取得日期；" if taken else ""
        odd.add("lending-register", sheet.name, at, heading=heading, taken=said)
    if table.beside:
        odd.add("columns-beside", sheet.name, at, columns="、".join(f"“{one}”" for one in table.beside))
    if table.dated:
        odd.add("date-taken", sheet.name, at, heading=table.dated)
    if table.by_year:
        told = "、".join(f"“{one}”" for one in table.by_year)
        odd.add("status-by-years", sheet.name, at, columns=told, last=table.by_year[-1])
    if table.taken:
        odd.add("quantity-taken", sheet.name, at, heading=table.taken)
    if rows.height and (columns := numeric_columns(table, rows)):
        odd.add("quantity-not-found", sheet.name, at, columns="、".join(f"“{column}”" for column in columns))
    if rows.height and (columns := date_columns(table, rows)):
        told = "、".join(f"“{column}”" for column in columns)
        odd.add("date-not-found", sheet.name, at, columns=told, first=columns[0])


def _mark_codes(table: Table, headings: Sequence[str]) -> None:
    """In a ledger of many bureaus: the column that says whose each row is."""
    by_heading = {plain(column.heading): column for column in reversed(table.columns)}
    found = next((by_heading[one] for one in map(plain, headings) if one in by_heading), None)
    if found is not None:
        found.field = "bureau"


def _headings(table: Table) -> str:
    return excerpt(column.heading for column in table.columns)


def _claim(claims: Claims, table: Table, kinds: list[Kind | None]) -> None:
    """A table's cells: its heading, fields and further columns of its assets, and the rows that are none."""
    every = [column.index for column in table.columns]
    body = range(table.body, table.end)
    claims.claim(Fate.HEADING, range(table.head, table.body), every)
    claims.claim(Fate.FIELD, body, [column.index for column in table.columns if column.field is not None])
    claims.claim(Fate.EXTRA, body, [column.index for column in table.columns if column.field is None])
    for kind, fate in FATES.items():
        if kind in kinds:
            claims.claim(fate, [table.body + n for n, one in enumerate(kinds) if one is kind], every)


def _note_hidden(sheet: Sheet, first: Table, odd: Odd) -> None:
    if sheet.hidden_rows:
        below = {sheet.number(at) for at, row in enumerate(sheet.rows) if at >= first.body and any(row)}
        if hidden := sorted(below & sheet.hidden_rows):
            odd.add("hidden-rows", sheet.name, hidden[0], rows=spans(hidden))
