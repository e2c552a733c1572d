"""What the columns of a table hold: one for each field, dates in three cells joined, vehicles named by their make."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from equipcheck.ground.mutable import Mutable
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.words.form import LedgerWords, plain
from equipcheck.ledger.words.headings import Heading
from equipcheck.ledger.words.vocabulary import Vocabulary

DATES = frozenset({"acquired", "checked_on", "valid_until"})
PLATES = frozenset(words_of(LedgerWords).vehicle_headings.plates)
VEHICLES = words_of(LedgerWords).vehicle_headings.makes


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
    latest: bool = False  # of a status told year by year: the joined columns are those of the years before


class Units(NamedTuple):
    """A column that counts the units of each row in one state, and the words over it."""

    column: int
    status: str
    word: str


def name_vehicles(found: list[tuple[Column, Heading | None]]) -> None:
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


def assign(found: list[tuple[Column, Heading | None]]) -> list[Column]:
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


def join_dates(columns: list[Column], words: Vocabulary) -> None:
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


def _apart(one: str, other: str) -> bool:
    kinds = [("型号" in text, "规格" in text) for text in (plain(one), plain(other))]
    return sorted(kinds) == [(False, True), (True, False)]
