"""Workbooks by python-calamine: xlsx, xls, xlsb, ods."""

from __future__ import annotations

from io import BytesIO
from typing import cast

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from equipcheck.ledger.sheet import Book, Oddity, Sheet, Span, Value
from equipcheck.problems import InputError, Place, Problem


def read_workbook(data: bytes, shown: str, wanted: frozenset[str] | None = None) -> Book:
    """Every sheet that holds cells (or those wanted). Raises InputError where the file is broken."""
    book = Book([], reader="calamine")
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            book.names = workbook.sheet_names
            for about in workbook.sheets_metadata:
                if about.typ != SheetTypeEnum.WorkSheet or (wanted is not None and about.name not in wanted):
                    continue
                hidden = about.visible != SheetVisibleEnum.Visible
                book.sheets.append(_sheet(workbook, about.name, hidden=hidden))
                if hidden:
                    book.oddities.append(Oddity("hidden-sheet", about.name))
    except PasswordError:
        raise InputError(Problem("encrypted-file", Place(shown))) from None
    except (CalamineError, OSError, ValueError) as error:
        raise broken(shown, error) from None
    except BaseException as error:
        if (
            type(error).__name__ != "PanicException"
        ):  # the reader's own failure: pyo3 derives it from BaseException
            raise
        raise broken(shown, error) from None
    return book


def broken(shown: str, error: BaseException) -> InputError:
    """A file that no reader makes out, with what the reader said."""
    reason = " ".join(str(error).split())[:120] or type(error).__name__
    return InputError(Problem("broken-file", Place(shown), {"reason": reason}))


def _sheet(workbook: CalamineWorkbook, name: str, *, hidden: bool) -> Sheet:
    source = workbook.get_sheet_by_name(name)
    rows = cast("list[list[Value]]", source.to_python())
    top, left = source.start or (0, 0)
    width = len(rows[0]) if rows else 0
    merged: list[Span] = []
    for (first, start), (last, end) in source.merged_cell_ranges or ():
        span = (first - top, start - left, last - top, end - left)
        if 0 <= span[0] < len(rows) and 0 <= span[1] < width:
            merged.append((span[0], span[1], min(span[2], len(rows) - 1), min(span[3], width - 1)))
    return Sheet(name, rows, top + 1, left + 1, tuple(sorted(merged)), hidden=hidden)
