"""A sheet's columns, made once for all who look at them: as tuples, and as text where they hold nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import polars as pl

from equipcheck.ledger.sheet import Sheet, Value

FEW = 2000
"""Rows up to which plain Python has answered before a columnar engine has begun."""

BLANKS = " \t\r\n\v\f\u3000\u200b\ufeff\xa0"


class SheetTexts:
    """The columns of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.columns: Sequence[Sequence[Value]] = [*zip(*sheet.rows, strict=True)]
        self._texts: pl.DataFrame | None = None
        self._distinct: dict[int, pl.Series] = {}

    def text(self, index: int) -> pl.Series | None:
        """A column of texts without blanks around them; None where it holds anything else."""
        if self._texts is None:  # all of them at once: everyone asks for nearly all
            pure = {str(at): one for at, one in enumerate(self.columns) if set(map(type, one)) == {str}}
            texts = pl.DataFrame(pure, schema=dict.fromkeys(pure, pl.String()))
            self._texts = texts.select(pl.all().str.strip_chars(BLANKS))
        name = str(index)
        return self._texts.get_column(name) if name in self._texts.columns else None

    def rows_with(self, pattern: str | None, longest: int, wanted: Callable[[str], bool]) -> list[int]:
        """Rows with a text that fits the pattern (None: any), is no longer than this, and is wanted."""
        rows: set[int] = set()
        for index, column in enumerate(self.columns):
            cells = column
            texts = None if len(cells) <= FEW else self.text(index)
            if texts is None:
                fits = re.compile(pattern or "").search
                pure = set(map(type, cells)) == {str}
                keys = set()
                for cell in {*cells}:
                    if type(cell) is str:
                        text = cell.strip(BLANKS) if pure else cell
                        if len(text) <= longest and fits(text) and wanted(text):
                            keys.add(cell)
                if keys:
                    rows.update(at for at, cell in enumerate(cells) if cell in keys)
                continue
            if index not in self._distinct:
                self._distinct[index] = texts.unique()
            distinct = self._distinct[index]
            fitting = distinct.filter(distinct.str.len_chars() <= longest)
            if pattern is not None:
                fitting = fitting.filter(fitting.str.contains(pattern))
            if chosen := [text for text in fitting.to_list() if wanted(text)]:
                rows.update(texts.is_in(chosen).arg_true().to_list())
        return sorted(rows)
