"""The second reader, openpyxl: slower, but it takes sheets cell by cell and loses none.

For sheets whose cells lie so far apart that a rectangle around them cannot be laid out, and to look again
where the first reader shows fewer values than the file holds.
"""

from __future__ import annotations

import re
import warnings
from io import BytesIO

from equipcheck.ground.column_letters import column_number
from equipcheck.ledger.containers.zip_package import Package
from equipcheck.ledger.sheet import Sheet, Span, Value, from_cells

_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)["']""")


class SecondReaderError(Exception):
    """The second reader fails too."""


def read_sparse(package: Package, name: str, part: str, *, hidden: bool) -> Sheet:
    """A sheet with only the rows and columns that hold something."""
    sheet = from_cells(name, read_cells(package.data, name), _merged(package, part))
    sheet.hidden = hidden
    return sheet


def _merged(package: Package, part: str) -> list[Span]:
    data = b"".join(piece for piece in package.pieces(part) if b"mergeCell" in piece)
    return [
        (int(top), column_number(left), int(bottom), column_number(right))
        for left, top, right, bottom in _MERGED.findall(data)
    ]


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
