"""Which rows of a text ledger are out of the ordinary, and whether rows mean something only by those above them.

Whatever the careful reader would note, reject or read by more than one cell is `odd` here, and left to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import chain

import polars as pl

from equipcheck.ledger.cells import Cells
from equipcheck.ledger.layout.by_values import movements
from equipcheck.ledger.layout.tables import HEADING_END
from equipcheck.ledger.plain_columns import PlainColumns
from equipcheck.ledger.rows.non_assets import SPECIAL_MARK, SUSPECT, SUSPECT_NAME
from equipcheck.ledger.sheet_columns import BLANKS
from equipcheck.ledger.values.number_runs import SEVERAL
from equipcheck.ledger.values.text import DITTO, ERRORS
from equipcheck.ledger.words.certificates import CERTIFIED
from equipcheck.ledger.words.headings import NAME_LIKE
from equipcheck.ledger.words.remarks import (
    BAD,
    COUNT_IN_NAME,
    NOT_OWN,
    NOT_OWN_ALONE,
    NOTHING_SAID,
    said_in_name,
    says_elsewhere,
)
from equipcheck.ledger.words.vocabulary import Vocabulary

JOINT = ("certificate", "cycle")  # read together with other cells


class PlainRows(PlainColumns):
    """The lines under one heading, and what speaks against reading them by columns."""

    def depends_on_others(self) -> bool:
        """Whether a row means something only by what stands above it: a mark for the cell above, a second heading."""
        if movements(self.table) is not None:
            return True  # balances, one after another
        headed = {column.index for column in self.table.columns}
        for index, cells in self.cells.items():
            if index not in headed and (cells.raw.str.strip_chars(BLANKS) != "").any():
                return True  # cells that nobody reads are named with their places
        for column in self.table.columns:
            if column.field is None:
                said = self.cells[column.index].texts.unique().drop_nulls()
                if says_elsewhere(column.heading, said):
                    return True
        words = Vocabulary.of_source(self.source.role, self.source.columns, self.source.words)
        own = bool(words.own or words.added.headings)
        return any(self._repeats_above(self.cells[index], words, own=own) for index in sorted(headed))

    def _repeats_above(self, cells: Cells, words: Vocabulary, *, own: bool) -> bool:
        texts = cells.texts.drop_nulls().unique() if own else cells.wordy
        if texts.is_in(list(DITTO)).any():
            return True
        short = texts.filter(texts.str.len_chars() <= 48)
        ends = short.filter(short.str.contains(HEADING_END)).unique().to_list()
        if any(words.read(text) is not None for text in ends):
            return True
        if not own:
            short = short.filter(short.str.contains(NAME_LIKE)).unique()
        found = (words.read(text) for text in short.to_list())
        return any(one is not None and one.field == "name" for one in found)

    @cached_property
    def several(self) -> pl.Series | None:
        """Where an asset number names several things; None where none does."""
        number = self._cells("asset_no")
        return None if number is None else number.where(lambda texts: texts.str.contains(SEVERAL))

    def odd(self, *, breaks: bool = False) -> pl.Series:
        """Rows for the careful reader. `breaks`: a cell may hold several lines."""
        odd = pl.repeat(value=False, n=self.height, eager=True)
        several = (cells.where(_breaks) for cells in self.cells.values()) if breaks else ()
        for rows in chain(self._odd(), several):
            if rows is not None:
                odd |= rows
        return odd

    def _odd(self) -> Iterable[pl.Series | None]:
        name = self._cells("name")
        if name is None:
            yield pl.repeat(value=True, n=self.height, eager=True)
            return
        yield self._empty(name)
        yield name.where(lambda texts: texts.is_in(list(ERRORS)))
        yield name.where(_special, words=True)
        yield name.where(_team, words=True)
        yield name.where(
            lambda texts: texts.map_elements(lambda t: said_in_name(t, 2) != NOTHING_SAID, pl.Boolean)
        )
        yield name.where(lambda texts: texts.str.contains(COUNT_IN_NAME))
        yield self.several
        yield from self._special_first()
        for field, (values, clear) in self.parsed.items():
            unclear = values == "unknown" if field == "status" else ~clear
            if unclear.any():
                index = self._index(field)
                assert index is not None
                yield self.cells[index].rows(unclear)
        yield name.where(lambda texts: texts.str.contains(NOT_OWN))
        for column in self.table.columns:
            if column.field is None:
                yield self.cells[column.index].where(lambda texts: texts.str.contains(NOT_OWN_ALONE))
        if (remark := self._cells("remark")) is not None:
            yield remark.where(
                lambda texts: (
                    texts.str.contains(BAD) | texts.str.contains(CERTIFIED) | texts.str.contains(NOT_OWN)
                )
            )
        for field in JOINT:
            if (cells := self._cells(field)) is not None and cells.texts.null_count() < len(cells.texts):
                yield cells.rows(cells.texts.is_not_null())

    def _empty(self, cells: Cells) -> pl.Series | None:
        return cells.rows(cells.texts.is_null()) if cells.texts.null_count() else None

    def _special_first(self) -> Iterable[pl.Series | None]:
        """Where the first cell that says anything says that the row is no asset; rows without any."""
        before = None  # rows of which nothing has been said so far; None: all of them
        for index in sorted({column.index for column in self.table.columns}):
            cells = self.cells[index]
            special = cells.where(_special, words=True)
            if special is not None:
                yield special if before is None else special & before
            empty = self._empty(cells)
            if empty is None:
                return
            before = empty if before is None else before & empty
            if not before.any():
                return
        yield before


def _breaks(distinct: pl.Series) -> pl.Series:
    return distinct.str.contains(r"[\r\n]")


def _team(distinct: pl.Series) -> pl.Series:
    return distinct.str.replace_all(r"\s", "").str.contains(SUSPECT_NAME)


def _special(distinct: pl.Series) -> pl.Series:
    return distinct.str.contains(SPECIAL_MARK) & distinct.str.replace_all(r"\s", "").str.contains(SUSPECT)
