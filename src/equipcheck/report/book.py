"""Workbooks as a careful colleague makes them: A4 landscape, headings repeated, page numbers, sums as formulas.

Text is always written as text, formulas carry their computed value, and the same content gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from equipcheck.ground.money import UNPRICED
from equipcheck.report.columns import Cell, Column, Columns, Formula
from equipcheck.report.columns import cells as cells_of

T = TypeVar("T")
FONT = "宋体"
HEAD_FONT = "黑体"
LINE = 15.0  # points a line of 10-point text takes
PRINTED = 960  # pixels of columns that a page takes at full size: A4 landscape between its margins


@dataclass(frozen=True, slots=True)
class Series:
    """A column of a sheet as a chart's series."""

    column: int  # from 0; its heading is the series' name
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart of rows `first` to `last` (from 1) of the sheet that it stands on; `labels` is a column."""

    title: str
    kind: str  # bar | column | line
    series: tuple[Series, ...]
    first: int
    last: int
    labels: int = 0
    stacked: bool = False
    numbers: str = "0"
    most: Decimal | None = None  # the end of the scale, where it has one


FORMATS: dict[str, dict[str, Any]] = {
    "text": {"align": "left", "indent": 1},
    "centre": {"align": "center"},
    "serial": {"align": "center", "num_format": "0"},
    "count": {"align": "center", "num_format": "0"},
    "ratio": {"align": "center", "num_format": "0.00"},
    "money": {"align": "right", "indent": 1, "num_format": "#,##0.00"},
    "wan": {"align": "right", "indent": 1, "num_format": "#,##0.00"},
    "rate": {"align": "center", "num_format": "0.0%"},
    "date": {"align": "center", "num_format": "yyyy-mm-dd"},
}


class Book:
    """A workbook in memory."""

    def __init__(self, created: dt.date, title: str) -> None:
        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.stream, {"in_memory": True})
        stamp = dt.datetime.combine(created, dt.time(), tzinfo=dt.UTC).replace(tzinfo=None)
        self.book.set_properties({"title": title, "author": "", "created": stamp})
        self.book.set_calc_mode("auto")
        self._formats: dict[tuple[Any, ...], Any] = {}
        self._asked: dict[tuple[Any, ...], Any] = {}  # the same by how they were asked for

    def format(self, **wanted: Any) -> Any:
        """A cell format, made once."""
        asked = tuple(wanted.items())
        found = self._asked.get(asked)
        if found is None:
            base = {"font_name": FONT, "font_size": 10, "valign": "vcenter", **wanted}
            key = tuple(sorted(base.items()))
            if key not in self._formats:
                self._formats[key] = self.book.add_format(base)
            found = self._asked[asked] = self._formats[key]
        return found

    def page(
        self, name: str, of: Columns[Any] | Sequence[float], *, repeat: bool = True, forms: bool = False
    ) -> Page:
        """A new sheet as wide as these columns; with `repeat` its first table's heading stands on every page.

        `forms`: several of them stand below one another, each on a page of its own (`new_page`).
        """
        widths = [one.width if isinstance(one, Column) else one for one in of]
        return Page(self, name, widths, repeat=repeat, forms=forms)

    def drawing(self, drawn: Chart, sheet: str) -> Any:
        """A native chart of a sheet's cells."""
        chart = self.book.add_chart({"type": drawn.kind, **({"subtype": "stacked"} if drawn.stacked else {})})
        first, last = drawn.first - 1, drawn.last - 1
        font = {"name": FONT, "size": 9}
        labels = (
            drawn.numbers if "%" in drawn.numbers else f"{drawn.numbers};;;"
        )  # no 0 where a stack has nothing
        for one in drawn.series:
            fill = {"color": f"#{one.colour}"}
            chart.add_series(
                {
                    "name": [sheet, drawn.first - 2, one.column],
                    "categories": [sheet, first, drawn.labels, last, drawn.labels],
                    "values": [sheet, first, one.column, last, one.column],
                    "fill": fill,
                    "border": fill,
                    "gap": 60,
                    "data_labels": {"value": True, "num_format": labels, "font": font},
                }
            )
        chart.set_title({"name": drawn.title, "name_font": {"name": HEAD_FONT, "size": 12, "bold": False}})
        chart.set_legend({"position": "bottom", "font": font})
        names = {"num_font": font, "reverse": drawn.kind == "bar"}
        grid = {"visible": True, "line": {"color": "#D9D9D9"}}
        numbers = {"num_font": font, "num_format": drawn.numbers, "major_gridlines": grid, "min": 0}
        if drawn.most is not None:
            numbers["max"] = float(drawn.most)
        if drawn.kind == "bar":  # the names from top to bottom, the numbers beneath
            numbers["label_position"] = "high"
            names, numbers = numbers, names
        chart.set_x_axis(names)
        chart.set_y_axis(numbers)
        return chart

    def finish(self) -> bytes:
        """The file's bytes."""
        self.book.close()
        return self.stream.getvalue()


class Page:
    """One sheet, written from top to bottom."""

    def __init__(self, book: Book, name: str, widths: Sequence[float], *, repeat: bool, forms: bool) -> None:
        self.book = book
        self.sheet = book.book.add_worksheet(name)
        self.widths = list(widths)
        self.row = 0
        self._repeat = repeat
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        self._breaks: list[int] = []
        if forms:  # pages that fit by themselves know no breaks of ours
            sheet.set_print_scale(int(min(100, PRINTED / sum(width * 9.5 + 5 for width in widths) * 100)))
        else:
            sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer(f"&L&9{name}&R&9第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)

    def new_page(self) -> None:
        """What follows begins a page (of a sheet of `forms`)."""
        self._breaks.append(self.row)
        self.sheet.set_h_pagebreaks(self._breaks)

    def title(self, text: str) -> None:
        """The sheet's title, over all columns."""
        style = self.book.format(font_name=HEAD_FONT, font_size=16, align="center")
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", style)
        self.sheet.write_string(self.row, 0, text, style)
        self.sheet.set_row(self.row, 30)
        self.row += 1

    def heading(self, text: str) -> None:
        """A heading within the sheet, after a blank line."""
        self.row += 1
        self.sheet.write_string(self.row, 0, text, self.book.format(font_name=HEAD_FONT, font_size=12))
        self.sheet.set_row(self.row, 21)
        self.row += 1

    def line(self, text: str, *, grey: bool = False) -> None:
        """A line of text over all columns, as high as it needs."""
        style = self.book.format(text_wrap=True, **({"font_color": "#595959"} if grey else {}))
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", style)
        self.sheet.write_string(self.row, 0, text, style)
        self.sheet.set_row(self.row, _lines(text, sum(self.widths)) * LINE + 3)
        self.row += 1

    def table(
        self, columns: Columns[T], items: Iterable[T], more: Iterable[list[Cell]] = (), empty: str = "无"
    ) -> int:
        """A table; the sum row adds columns marked `total`. Returns the row number (from 1) of its first line.

        `more` are lines that are no items.
        """
        head = self.book.format(
            bold=True, font_name=HEAD_FONT, align="center", text_wrap=True, border=1, bg_color="#DDE6F0"
        )
        for index, column in _placed(columns):
            self._over(index, column, head)
            self.sheet.write_string(self.row, index, column.head, head)
        self.sheet.set_row(self.row, max(_lines(one.head, one.width) for one in columns) * LINE + 6)
        if self._repeat:
            self.sheet.repeat_rows(self.row)
            self.sheet.freeze_panes(self.row + 1, 0)
            self._repeat = False
        self.row += 1
        first = self.row
        items = list(items)
        rows = [*(cells_of(columns, item) for item in items), *more]
        for number, cells in enumerate(rows, start=1):
            self._cells(columns, cells, number)
        if not rows:
            self._nothing(columns, empty)
        elif any(one.total for one in columns):
            self._sums(columns, rows, first, items)
        return first + 1

    def filtered(self, first: int, columns: int) -> None:
        """Drop-downs to filter the table whose first line is row `first` (from 1), down to the last line written."""
        if self.row >= first:
            self.sheet.autofilter(first - 2, 0, self.row - 1, columns - 1)

    def room(self, rows: int = 15) -> int:
        """Empty lines for pictures; returns the first of them."""
        first = self.row
        for _ in range(rows):
            self.sheet.set_row(self.row, LINE)
            self.row += 1
        return first

    def charts(self, drawn: Sequence[tuple[Chart, str]], at: int, rows: int = 15) -> None:
        """Native charts side by side over the sheet's width in the room made at line `at`; each with its words."""
        pixels = [int(width * 7 + 5) for width in self.widths]
        wide = min(sum(pixels), 1100) // max(1, len(drawn))
        for index, (one, alt) in enumerate(drawn):
            chart = self.book.drawing(one, self.sheet.get_name())
            chart.set_size({"width": wide - 12, "height": rows * 20 - 12})
            place = {"x_offset": 4 + index * wide, "y_offset": 6, "description": alt}
            self.sheet.insert_chart(at, 0, chart, place)

    def _cells(self, columns: Columns[Any], cells: Sequence[Cell], number: int) -> None:
        height = 1
        for (index, column), cell in zip(_placed(columns), cells, strict=True):
            self._over(index, column, self.book.format(border=1))
            self._cell(index, column, number if column.kind == "serial" else cell)
            if isinstance(cell, str):
                height = max(height, _lines(cell, column.width))
        self.sheet.set_row(self.row, height * LINE + 4)
        self.row += 1

    def _over(self, index: int, column: Column[Any], style: Any) -> None:
        if column.span > 1:
            self.sheet.merge_range(self.row, index, self.row, index + column.span - 1, "", style)

    def _cell(self, index: int, column: Column[Any], cell: Cell) -> None:
        shape = FORMATS[column.kind]
        style = self.book.format(border=1, text_wrap=isinstance(cell, str), **shape)
        if cell is None:
            self.sheet.write_blank(self.row, index, None, style)
            return
        if isinstance(cell, Formula) and isinstance(cell.value, str):
            style = self.book.format(border=1, align="center", num_format=shape.get("num_format", "General"))
        elif isinstance(cell, str) and column.kind not in ("text", "centre"):
            style = self.book.format(border=1, text_wrap=True, align="center")
        self._said(index, cell, style)

    def _said(self, index: int, cell: Cell, style: Any) -> None:
        if isinstance(cell, Formula):
            said = cell.value
            value = said if isinstance(said, str) else "" if said is None else float(said)
            self.sheet.write_formula(self.row, index, cell.text.format(row=self.row + 1), style, value)
        elif isinstance(cell, str):
            self.sheet.write_string(self.row, index, cell, style)
        elif isinstance(cell, dt.date):
            self.sheet.write_datetime(self.row, index, dt.datetime(cell.year, cell.month, cell.day), style)  # noqa: DTZ001 (a day has no zone)
        elif cell is not None:
            self.sheet.write_number(self.row, index, float(cell), style)

    def _nothing(self, columns: Columns[Any], text: str) -> None:
        style = self.book.format(border=1, align="center", font_color="#595959")
        last = sum(one.span for one in columns) - 1
        if last:
            self.sheet.merge_range(self.row, 0, self.row, last, "", style)
        self.sheet.write_string(self.row, 0, text, style)
        self.sheet.set_row(self.row, LINE + 6)
        self.row += 1

    def _sums(
        self, columns: Columns[Any], rows: Sequence[Sequence[Cell]], first: int, items: Sequence[Any]
    ) -> None:
        label = next((at for at, one in _placed(columns) if one.kind == "text" and not one.total), 0)
        for number, (index, column) in enumerate(_placed(columns)):
            shape = FORMATS[column.kind]
            style = self.book.format(bold=True, border=1, bg_color="#F2F2F2", **shape)
            self._over(index, column, style)
            if callable(column.total):
                self._said(index, column.total(items), style)
            elif column.total:
                top, bottom = xl_rowcol_to_cell(first, index), xl_rowcol_to_cell(self.row - 1, index)
                column_cells = [cells[number] for cells in rows]
                if all(isinstance(cell, Formula) and cell.value == UNPRICED for cell in column_cells):
                    known = f"ISNUMBER(1/COUNT({top}:{bottom}))"  # once a person fills in a price
                    text = f'=IF({known},SUM({top}:{bottom}),"{UNPRICED}")'
                    self.sheet.write_formula(self.row, index, text, style, UNPRICED)
                    continue
                value = sum(map(_number, column_cells), Decimal(0))
                self.sheet.write_formula(self.row, index, f"=SUM({top}:{bottom})", style, float(value))
            else:
                self.sheet.write_string(self.row, index, "合计" if index == label else "", style)
        self.sheet.set_row(self.row, LINE + 4)
        self.row += 1


def _placed(columns: Columns[Any]) -> list[tuple[int, Column[Any]]]:
    """Each column with the sheet's column at which it begins."""
    starts = itertools.accumulate((one.span for one in columns), initial=0)
    return list(zip(starts, columns, strict=False))


def _number(cell: Cell) -> Decimal:
    if isinstance(cell, Formula):
        return Decimal(0 if isinstance(cell.value, str) else cell.value or 0)
    return Decimal(cell) if isinstance(cell, (int, Decimal)) else Decimal(0)


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a cell so wide; a Chinese character takes nearly two places at this size."""
    room = max(1.0, width - 2)
    if len(text) * 1.8 <= room and "\n" not in text:  # as most
        return 1
    return sum(
        max(1, math.ceil(sum(1.8 if unicodedata.east_asian_width(c) in "WFA" else 0.95 for c in part) / room))
        for part in text.split("\n")
    )
