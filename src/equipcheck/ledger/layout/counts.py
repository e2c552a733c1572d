"""Quantities spread over columns: by state (「在用」「闲置」), by team (「一中队」「二中队」), summed or not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from equipcheck.ledger.layout.alone import stands_alone
from equipcheck.ledger.layout.by_values import movements
from equipcheck.ledger.layout.columns import Column, Units
from equipcheck.ledger.layout.tables import Table
from equipcheck.ledger.sheet import Sheet
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.words.spread import lowest, place_counted, state_counted, sums_up

IN_QUANTITY = "in_quantity"  # a field of columns whose counts are in the quantity already
QUANTITIES = ("quantity", "counted_quantity", "book_quantity")
SAMPLE = 2000  # rows looked at
MOST = 100_000  # a bigger number is hardly a quantity
FEW_ODD = 2  # of so many counts one cell at most may hold other words
USABLE = frozenset({"in_use", "idle"})
_Counts = list[int | None]


class _Rows:
    """The rows that may be assets. Most columns are no counts at first sight: which rows stand alone is asked late."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        last = min(table.end, table.body + SAMPLE)
        self.cells = [sheet.rows[at] for at in range(table.body, last) if at not in table.repeats]
        self.alone: dict[int, bool] = {}

    def stands_alone(self, at: int) -> bool:
        """Whether one of `cells` is a sum, or says who signed."""
        if at not in self.alone:
            self.alone[at] = stands_alone(self.cells[at])
        return self.alone[at]

    def counts(self, index: int, *, sure: bool = True) -> _Counts | None:
        """A column's counts; None where it holds anything else, or nothing.

        Where the heading says that counts stand here (not `sure`), a few other words are of their rows alone.
        """
        found: _Counts = []
        odd = 0
        for at, cells in enumerate(self.cells):
            units, code = parse_quantity(cells[index])
            if (code not in (None, "empty") or (units or 0) >= MOST) and not self.stands_alone(at):
                if sure:
                    return None
                units, odd = None, odd + 1
            found.append(units)
        if odd * FEW_ODD > sum(units is not None for units in found):
            return None
        if not any(units is not None for units in found):
            return None
        found = [units for at, units in enumerate(found) if not self.stands_alone(at)]
        return found if any(units is not None for units in found) else None


def spread_counts(sheet: Sheet, table: Table) -> None:
    """Take columns side by side that hold counts of one row for its quantity, and for its states."""
    rows = _Rows(sheet, table)
    _check_changes(table, rows)
    if _same_under_others(table, rows):
        return
    moved = movements(table) or ()
    counts = {
        column.index: found
        for column in table.columns
        if _open(column)
        and column.index not in moved
        and (found := rows.counts(column.index, sure=state_counted(column.heading) is None)) is not None
    }
    whole = _sum_column(table, counts)
    for run in _runs(table, counts, whole):
        states = [state_counted(column.heading) for column in run]
        told = None not in states
        if whole is not None:
            stated = rows.counts(whole.index, sure=not told)
            some = _inside(run[0]) and USABLE.isdisjoint(map(str, states))
            if stated is None or not _agrees(stated, [counts[column.index] for column in run], some=some):
                continue
            whole.field = whole.field or "quantity"
            words = [lowest(column.heading) for column in run]
        elif len(run) < 2 or not (told or _of_places(run)) or _has_quantity(table, run):
            continue
        else:
            words = [lowest(column.heading) for column in run]
            _join(run)
        if told and (len(run) > 1 or _inside(run[0])):
            table.states = tuple(
                Units(c.index, str(s), w) for c, s, w in zip(run, states, words, strict=True)
            )
        if told or whole is None:
            for column in run:
                column.field = column.field or IN_QUANTITY
        return
    _take_beside_unit(table, counts)


def _check_changes(table: Table, rows: _Rows) -> None:
    """What a stocktaking found more or less: such columns hold counts, or they are ticked, or of money."""
    changes = [*table.of("gained_quantity"), *table.of("lost_quantity")]
    if not changes:
        return
    base = next((c for name in ("quantity", "book_quantity") for c in table.of(name)), None)
    held = rows.counts(base.index) if base is not None else None
    for column in changes:
        found = rows.counts(column.index)
        if found is None or held is None or table.of("counted_quantity"):
            column.field = None
        elif column.field == "lost_quantity":
            over = any((lost or 0) > (have or 0) for lost, have in zip(found, held, strict=True))
            column.field = None if over else column.field


def _take_beside_unit(table: Table, counts: dict[int, _Counts]) -> None:
    """Where no column is called a quantity: the only one of counts, where it stands right beside the unit's."""
    unit = next(iter(table.of("unit")), None)
    unknown = [column for column in table.columns if column.index in counts and column.field is None]
    if unit is None or len(unknown) != 1 or _has_quantity(table, []):
        return
    (column,) = unknown
    if abs(column.index - unit.index) == 1 and state_counted(column.heading) is None:
        column.field, table.taken = "quantity", column.heading


def _same_under_others(table: Table, rows: _Rows) -> bool:
    """「数量」 under each of several teams is one quantity; under anything else the first holds, and is said."""
    same = [column for column in table.columns if column.means == "quantity" and "/" in column.heading]
    chosen = next((column for column in same if column.field == "quantity"), None)
    same = [c for c in same if chosen is not None and lowest(c.heading) == lowest(chosen.heading)]
    if chosen is None or len(same) < 2 or any(rows.counts(column.index) is None for column in same):
        return False
    over = [column.heading.rpartition("/")[0] for column in same]
    if all(map(place_counted, over)):
        _join(same)
        for column in same[1:]:
            column.field = IN_QUANTITY
        beside = [
            c for c in table.columns if c.means and not c.field and c.heading.rpartition("/")[0] in over
        ]
    else:
        beside = [column for column in same if column is not chosen]
    table.beside = tuple(column.heading for column in beside)
    return True


def _of_places(run: list[Column]) -> bool:
    return all(place_counted(column.heading) for column in run)


def _has_quantity(table: Table, run: list[Column]) -> bool:
    return any(column not in run for name in QUANTITIES for column in table.of(name))


def _inside(column: Column) -> bool:
    return "其中" in column.heading


def _open(column: Column) -> bool:
    """Columns that nothing else is known of, or that a state's word made the quantity or the status."""
    if column.joined or column.ticks:
        return False
    if column.field is None:
        return column.means is None or state_counted(column.heading) is not None
    return column.field in ("quantity", "status") and state_counted(column.heading) is not None


def _sum_column(table: Table, counts: dict[int, _Counts]) -> Column | None:
    """The column that states the sum of others: one taken for the quantity, else one that is called so."""
    known = (column for name in QUANTITIES for column in table.of(name) if column.index not in counts)
    called = (c for c in table.columns if c.index in counts and sums_up(c.heading))
    return next(known, None) or next(called, None)


def _runs(table: Table, counts: dict[int, _Counts], whole: Column | None) -> list[list[Column]]:
    """Columns of counts side by side, those of states by themselves; the longest first."""
    mine = [column for column in table.columns if column.index in counts and column is not whole]
    runs: list[list[Column]] = [[column] for column in mine[:1]]
    for before, column in pairwise(mine):
        beside = not any(before.index < c.index < column.index and c is not whole for c in table.columns)
        if beside and (state_counted(before.heading) is None) == (state_counted(column.heading) is None):
            runs[-1].append(column)
        else:
            runs.append([column])
    return sorted(runs, key=len, reverse=True)


def _agrees(stated: _Counts, parts: Sequence[_Counts], *, some: bool) -> bool:
    """Whether the parts sum to what is stated, in most rows; `some`: to no more than that."""
    sums = [sum(filter(None, row)) for row in zip(*parts, strict=True)]
    both = [(whole, units) for whole, units in zip(stated, sums, strict=True) if whole is not None]
    agreeing = [units <= whole if some else units == whole for whole, units in both]
    return agreeing.count(True) * 2 > len(both)


def _join(run: list[Column]) -> None:
    first, *others = run
    first.heading = "、".join(column.heading for column in run)
    first.field, first.joined = "quantity", tuple(column.index for column in others)
    for column in others:
        column.field = None
