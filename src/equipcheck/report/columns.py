"""A table is its columns, each with its heading and what stands beneath it: every form writes the same ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Formula(NamedTuple):
    """A formula of a workbook with its value; `{row}` stands for the row's number."""

    text: str
    value: Decimal | int | str | None


Cell = str | int | Decimal | dt.date | Formula | None


class Column(NamedTuple, Generic[T_contra]):
    """A column: its heading, the cell that it makes of an item, and how a form lays it out."""

    head: str
    cell: Callable[[T_contra], Cell]
    width: float = 0  # characters; on the terminal the fewest, 0: as many as it needs
    kind: str = "text"  # text | rest | word | centre | serial | count | ratio | money | rate | date | wan
    total: bool | Callable[[Sequence[T_contra]], Cell] = (
        False  # a sum stands beneath it, or what is made of all
    )
    span: int = 1  # columns of a sheet that it takes; `width` is of all of them


Columns = Sequence[Column[T]]


def serial(_: object) -> Cell:
    """Of a column of kind `serial`: the writer numbers the lines."""
    return None


def blank(_: object) -> Cell:
    """Of a column that a person fills in."""
    return ""


def heads(columns: Columns[T]) -> list[str]:
    """The headings as a text writes them."""
    return [one.head.replace("\n", "") for one in columns]


def cells(columns: Columns[T], item: T) -> list[Cell]:
    """An item's line."""
    return [one.cell(item) for one in columns]
