"""The second reader, openpyxl: slower, but it takes sheets cell by cell and loses none.

For sheets whose cells lie so far apart that a rectangle around them cannot be laid out, and to look again
where the first reader shows fewer values than the file holds.
"""

from __future__ import annotations

import re
import warnings
from io import BytesIO

from equipcheck.ledger.package import Package
from equipcheck.ledger.sheet import Sheet, Span, Value
from equipcheck.ledger.xlsxscan import column_number

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)["']""")


class SecondReaderError(Exception):
    """The second reader fails too."""


def read_sparse(package: Package, name: str, part: str, *, hidden: bool) -> Sheet:
    """A sheet with only the rows and columns that hold something."""
    cells = read_cells(package.data, name)
    numbers = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    row_at = {number: at for at, number in enumerate(numbers)}
    column_at = {number: at for at, number in enumerate(columns)}
    rows: list[list[Value]] = [[""] * len(columns) for _ in numbers]
    for (row, column), value in cells.items():
        rows[row_at[row]][column_at[column]] = value
    merged = tuple(sorted(filter(None, (_kept(span, row_at, column_at) for span in _merged(package, part)))))
    return Sheet(name, rows, merged=merged, hidden=hidden, numbers=numbers, column_numbers=columns)


def _merged(package: Package, part: str) -> list[Span]:
    data = b"".join(piece for piece in package.pieces(part) if b"mergeCell" in piece)
    return [
        (int(top), column_number(left), int(bottom), column_number(right))
        for left, top, right, bottom in _MERGED.findall(data)
    ]


def _kept(span: Span, rows: dict[int, int], columns: dict[int, int]) -> Span | None:
    """A merged range (absolute, from 1) in what is kept of the sheet; None without its first cell."""
    top, left, bottom, right = span
    if top not in rows or left not in columns:
        return None
    last_row = max(at for number, at in rows.items() if number <= bottom)
    last_column = max(at for number, at in columns.items() if number <= right)
    return rows[top], columns[left], last_row, last_column


def read_cells(data: bytes, name: str) -> dict[tuple[int, int], Value]:
    """Every cell that holds something, by row and column from 1. Raises SecondReaderError."""
    import openpyxl

    cells: dict[tuple[int, int], Value] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl does not know
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            page = book[name]
            page.reset_dimensions()  # WPS may declare a sheet smaller than it is
            for row in page.iter_rows():
                for cell in row:
                    if cell.value is not None and cell.value != "":
                        cells[cell.row, cell.column] = cell.value
    except Exception as error:
        raise SecondReaderError(f"{type(error).__name__}: {error}") from error
    return cells
