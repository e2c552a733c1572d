"""The rows of one table → asset rows, each with its place; what is no asset is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from equipcheck.ground import frames
from equipcheck.ledger.layout.columns import Column
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.oddities import Odd, message
from equipcheck.ledger.rows.apart import take_apart
from equipcheck.ledger.rows.balances import settle_balances
from equipcheck.ledger.rows.lower_lines import join_lower_lines
from equipcheck.ledger.rows.non_assets import (
    PART,
    SPECIAL_MARK,
    SUSPECT,
    SUSPECT_NAME,
    TEAM,
    Kind,
    classify,
    looks_special,
    names_group,
)
from equipcheck.ledger.rows.parts import settle_parts
from equipcheck.ledger.rows.quantities import Quantities, read_quantities, settle
from equipcheck.ledger.rows.states import read_states
from equipcheck.ledger.rows.table_columns import number_column as numbers_of
from equipcheck.ledger.rows.table_columns import whole_numbers
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.rows.totals import check_totals, settle_groups
from equipcheck.ledger.rows.validity import read_dates, read_validity
from equipcheck.ledger.sheet import Sheet, Value, spans
from equipcheck.ledger.sheet_columns import FEW, SheetTexts
from equipcheck.ledger.values.money import MAX_CENTS, parse_money
from equipcheck.ledger.values.number_runs import BELOW_EACH_OTHER
from equipcheck.ledger.values.text import NO_NUMBER, NOTHING, squash, text_of

_RUN = ("bureau", "row", "part", "role")  # columns that only the run as a whole knows
_PLAIN = ("unit", "category", "department", "location", "remark")
_NOTED = {Kind.NOTE: "not-an-asset", Kind.GROUP: "group-row", Kind.SAMPLE: "sample-row"}
_LINE_BREAK = r"\s*[\r\n]+\s*"


def read_assets(
    sheet: Sheet, table: Table, every: SheetTexts, odd: Odd, statuses: Mapping[str, str]
) -> tuple[pl.DataFrame, list[Kind | None]]:
    """Asset rows (frames.ASSETS without what only the run knows) in the sheet's order; what each row is.

    `statuses`: the project's own status words.
    """
    read = Reading.start(sheet, table, every, odd, statuses)
    quantities = read_quantities(read)
    kinds = row_kinds(read, quantities)
    check_totals(read, kinds, quantities)
    asset = Kind.ASSET
    rows = [row for row, kind in enumerate(kinds) if kind is asset]
    return _frame(read, rows, quantities), kinds


def count_kinds(kinds: list[Kind | None]) -> Counter[str]:
    """How many rows are what."""
    counts = {"heading": kinds.count(None), **{kind.value: kinds.count(kind) for kind in Kind}}
    return Counter({name: count for name, count in counts.items() if count})


def row_kinds(read: Reading, quantities: Quantities | None) -> list[Kind | None]:
    """What each row is; None for repeated headings. Only rows that look odd are looked at one by one.

    Without quantities (a register of dates) a row needs no name.
    """
    texts = read.cells.texts(own=True) if read.cells.covered else read.texts
    name = next((column.index for column in read.table.of("name")), None) if quantities is not None else None
    suspects = _suspects(texts, name)
    kinds: list[Kind | None] = [Kind.ASSET] * read.cells.height
    groups: dict[int, str] = {}
    told: dict[int, str] = {}
    parts: list[int] = []
    wide = {
        top - read.table.body
        for top, left, bottom, right in read.sheet.merged
        if top == bottom and right - left >= 2
    }
    numbers = {column.index for field in ("asset_no", "serial") for column in read.table.of(field)}
    for row in suspects:
        mine = read.cells.written(row)
        if mine and name is not None and (called := read.texts[row, str(name)]) is not None:
            mine.setdefault(name, called)
        state = quantities.state(row) if quantities is not None else None
        kind = classify(mine, name, state, wide=row in wide, numbers=numbers)
        kinds[row] = kind
        if kind is Kind.ASSET and state == "number" and names_group(mine, name):
            groups[row] = excerpt(mine.values())
        if kind is Kind.GROUP:
            read.groups[row] = " ".join(mine.values())
        if kind in _NOTED:
            told[row] = excerpt(mine.values())
        if kind is Kind.ASSET and name is not None and PART.fullmatch(squash(mine.get(name, ""))):
            parts.append(row)
    if quantities is not None:
        join_lower_lines(read, kinds, quantities)
    for row, text in told.items():
        if (settled := kinds[row]) is not None and settled in _NOTED:
            read.note(_NOTED[settled], row, text=text)
    for at in sorted(read.table.repeats):
        kinds[at - read.table.body] = None
        read.note("repeated-heading", at - read.table.body)
    if quantities is not None:
        settle_groups(read, kinds, quantities, groups)
        settle_parts(read, kinds, quantities, parts)
        settle_balances(read, kinds, quantities)
    return kinds


def _suspects(texts: pl.DataFrame, name: int | None) -> list[int]:
    """Rows that are blank, have no name, or begin (or are called) like a total, a signature or a group."""
    if texts.height <= FEW:
        at = None if name is None else texts.columns.index(str(name))
        looked = [_looked_at(words, at) for words in texts.rows()]
        distinct = {word for words in looked for word in words}
        special = {word for word in distinct if word is None or looks_special(word)}
        teams = {words[-1] for words in looked if words[-1] and TEAM.fullmatch(squash(words[-1]))}
        return [
            row for row, words in enumerate(looked) if words[-1] in teams or not special.isdisjoint(words)
        ]
    telling = {"first": pl.coalesce(pl.all())} | ({"called": pl.col(str(name))} if name is not None else {})
    rows = texts.select(**telling)
    suspect = rows.select(pl.any_horizontal(pl.all().is_null()), *_like_special(rows))
    if name is not None:
        headed = pl.col("called").str.replace_all(r"\s", "").str.contains(SUSPECT_NAME).alias("a team")
        suspect = suspect.with_columns(rows.select(headed.fill_null(value=False)))
    return suspect.select(pl.any_horizontal(pl.all()).arg_true()).to_series().to_list()


def _looked_at(words: tuple[str | None, ...], name: int | None) -> tuple[str | None, ...]:
    """A row's first word, and the name."""
    first = next((word for word in words if word is not None), None)
    return (first,) if name is None else (first, words[name])


def _like_special(rows: pl.DataFrame) -> list[pl.Series]:
    """Where a text is of the words that special rows begin with; each distinct text is looked at once."""
    words = pl.concat([column.rename("") for column in rows]).to_frame("word").lazy().unique()
    marked = words.filter(pl.col("word").str.contains(SPECIAL_MARK))
    bare = pl.col("word").str.replace_all(r"\s", "")
    found = marked.filter(bare.str.contains(SUSPECT)).collect().to_series()
    return (
        [column.is_in(found.implode()).rename(f"{column.name} is special") for column in rows]
        if found.len()
        else []
    )


def excerpt(texts: Iterable[str], limit: int = 40) -> str:
    """The first words of a row, for a note."""
    joined = " ".join(" ".join(text.split()) for text in texts)
    return joined if len(joined) <= limit else joined[: limit - 1] + "…"


def _frame(read: Reading, rows: list[int], quantities: Quantities) -> pl.DataFrame:
    table = read.table
    said = read.texts[rows].with_columns(
        *(_text(table, field).alias(field) for field in ("name", *_PLAIN)),
        *(number_column(table, field) for field in ("asset_no", "serial")),
        _text(table, "status").alias("status_text"),
        _model(table).alias("model"),
        _extra(table).alias("extra"),
        *code_column(table),
    )
    name, status = said["name"], said["status_text"]
    units, rejected = settle(read, rows, name.is_not_null().to_list(), quantities)
    codes: list[str | None] = [None] * len(rows)
    why: list[str | None] = [None] * len(rows)
    for at, (code, written) in rejected.items():
        codes[at], why[at] = code, message(code, {"value": written})
    _note_long_numbers(read, rows)
    _note_struck(read, rows)
    checked, until = read_validity(read, rows)
    columns: dict[str, pl.Series] = {
        "ref": read.refs(rows),
        "quantity": pl.Series(units, dtype=pl.Int64),
        "status": read_states(read, rows, units, name=name, written=status, remark=said["remark"]),
        "acquired": pl.Series(read_dates(read, rows, "acquired"), dtype=pl.Date),
        "checked_on": pl.Series(checked, dtype=pl.Date),
        "valid_until": pl.Series(until, dtype=pl.Date),
        "unit_price": pl.Series(_unit_price(read, rows, units), dtype=pl.Int64),
        "rejected": pl.Series(codes, dtype=pl.String),
        "why": pl.Series(why, dtype=pl.String),
    }
    wanted = [field for field in frames.ASSETS.columns if field not in _RUN]
    if table.of("bureau"):
        wanted.append("bureau")
    return take_apart(said.with_columns(**columns), read, rows).select(*wanted, "part")


def code_column(table: Table) -> list[pl.Expr]:
    """`bureau` as the rows themselves say it ("" where one does not); nothing where no column does."""
    return [_text(table, "bureau").fill_null("").alias("bureau")] if table.of("bureau") else []


def _text(table: Table, field: str) -> pl.Expr:
    column = next(iter(table.of(field)), None)
    if column is None:
        return pl.lit(None, dtype=pl.String)
    return pl.col(str(column.index)).str.replace_all(_LINE_BREAK, "")


def number_column(table: Table, field: str) -> pl.Expr:
    """Asset and serial numbers as written; 「无」「待编」 are none."""
    numbers = _text(table, field).str.strip_prefix("'")
    if (column := next(iter(table.of(field)), None)) is not None:
        written = pl.col(str(column.index))
        numbers = (
            pl.when(written.str.contains(BELOW_EACH_OTHER))
            .then(written.str.replace_all(_LINE_BREAK, " "))
            .otherwise(numbers)
        )
    return pl.when(numbers.is_in(list(NO_NUMBER))).then(None).otherwise(numbers).alias(field)


def _note_struck(read: Reading, rows: list[int]) -> None:
    """Rows whose name is struck through."""
    sheet, name = read.sheet, next(iter(read.table.of("name")), None)
    if sheet.struck and name is not None and not sheet.across:
        column = sheet.column_number(name.index)
        numbers = [sheet.number(read.table.body + row) for row in rows]
        if struck := [number for number in numbers if (number, column) in sheet.struck]:
            read.odd.add("struck-through", sheet.name, struck[0], rows=spans(struck))


def _note_long_numbers(read: Reading, rows: list[int]) -> None:
    """Numbers of more than fifteen digits that a spreadsheet keeps as numbers have lost their last digits."""
    for field in ("asset_no", "serial"):
        for column in read.table.of(field):
            cells = read.cells.filled[column.index]
            if float in set(map(type, cells)):
                for row in rows:
                    if isinstance(cell := cells[row], float) and abs(cell) >= 1e15:
                        read.note("number-imprecise", row, heading=column.heading, value=text_of(cell))


def _model(table: Table) -> pl.Expr:
    """型号, with 规格 behind it where it has a column of its own."""
    parts = [str(column.index) for column in table.of("model")]
    if not parts:
        return _text(table, "model")
    alone = [pl.when(pl.col(part).is_in(list(NOTHING))).then(None).otherwise(pl.col(part)) for part in parts]
    joined = pl.concat_str(alone, separator=" ", ignore_nulls=True).str.replace_all(_LINE_BREAK, " ")
    return pl.when(joined != "").then(joined)


def _unit_price(read: Reading, rows: list[int], units: list[int]) -> list[int | None]:
    """分 each: the unit price, else the total by the quantity."""
    prices = _money(read, rows, next(iter(read.table.of("unit_price")), None))
    column = next(iter(read.table.of("total_price")), None)
    totals = _money(read, rows, column)
    covered = read.cells.covered.get(column.index, set()) if column is not None else set()
    shared = covered | {row - 1 for row in covered}  # a total merged over rows belongs to none of them alone
    for n, (row, total) in enumerate(zip(rows, totals, strict=True)):
        if prices[n] is None and total is not None and units[n] and row not in shared:
            prices[n] = (2 * total + units[n]) // (2 * units[n])
    return prices


def _money(read: Reading, rows: list[int], column: Column | None) -> list[int | None]:
    if column is None:
        return [None] * len(rows)
    cells = read.cells.filled[column.index]
    if (whole := _whole_money(cells, column.scale)) is not None:
        return whole.gather(rows).to_list()
    parsed = read.cells.parsed(column.index, lambda value: parse_money(value, column.scale))
    amounts: list[int | None] = []
    for row in rows:
        amount, clear = parsed[row]
        if not clear and not text_of(cells[row]).startswith("="):  # a formula is noted once for its column
            read.note("money-unclear", row, heading=column.heading, value=excerpt([text_of(cells[row])]))
        amounts.append(amount)
    return amounts


def _whole_money(cells: Sequence[Value], scale: int) -> pl.Series | None:
    """A column of whole 元 at once, as most are; None where it holds anything else."""
    numbers = numbers_of(cells, set(map(type, cells)))
    whole = whole_numbers(numbers) if numbers is not None else None
    if whole is None or not whole.is_between(0, MAX_CENTS // 100 // scale).fill_null(value=True).all():
        return None
    return whole * 100 * scale


def _extra(table: Table) -> pl.Expr:
    """Columns that are no field of ours, as they stood."""
    others = [column for column in table.columns if column.field is None]
    dtype = frames.ASSETS.columns["extra"]
    if not others:
        return pl.lit([], dtype=dtype)
    cells = [
        pl.struct(pl.lit(column.heading).alias("column"), pl.col(str(column.index)).alias("value"))
        for column in others
    ]
    kept = pl.concat_list(cells).list.filter(pl.element().struct.field("value").is_not_null())
    return kept.cast(dtype)
