"""The cells of a big text ledger by column: texts that come again and again are kept, and looked at, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from equipcheck.ledger.sheet_columns import BLANKS
from equipcheck.ledger.values.text import DITTO, EMPTY, NO_NUMBER

OFTEN = 0.9
"""The share of distinct texts in the first rows below which a column is coded: some ten thousand distinct texts."""


def how_kept(texts: pl.Series) -> pl.DataType:
    """How a column is kept: coded, with categories of its own, where its (first) texts repeat."""
    return coded_apart() if texts.n_unique() < OFTEN * len(texts) else pl.String()


def coded_apart() -> pl.DataType:
    """A Categorical with categories of its own."""
    return pl.Categorical(pl.Categories.random("equipcheck"))


_SHORT = 5
_WORDY = r"[^!-~]|(?i:name|total|description|equipment|instrument)"
"""A text of more than _SHORT plain ASCII characters without blanks and these words is a code, no word of ours."""

assert all(len(word.encode()) <= _SHORT or not word.isascii() for word in EMPTY | DITTO | NO_NUMBER)


@dataclass
class Cells:
    """One column. `raw`: its texts as they stand, nothing null; `codes`: which of them each row has.

    `codes` None: texts hardly repeat, and `raw` are the rows themselves.
    """

    raw: pl.Series
    codes: pl.Series | None
    values: Sequence[Any] | None = None  # what `raw` are the texts of, where a file has more than texts

    @staticmethod
    def of(column: pl.Series) -> Cells:
        """From text, or from a Categorical with categories of its own."""
        if column.dtype == pl.String:
            return Cells(column.fill_null(""), None)
        codes = column.to_physical()
        most = codes.max()
        count = 0 if most is None else int(most) + 1  # type: ignore[arg-type]
        raw = pl.int_range(count, dtype=pl.UInt32, eager=True).cat.to(column.dtype).cast(pl.String)
        if codes.null_count():
            raw = pl.concat([raw, pl.Series([""], dtype=pl.String)])
            codes = codes.fill_null(count)
        return Cells(raw, codes)

    @cached_property
    def texts(self) -> pl.Series:
        """The texts without blanks around them; null: says nothing."""
        if self.codes is None and not self._wordy.any():
            return self.raw
        stripped = self.raw.str.strip_chars(BLANKS)
        if self.codes is None:
            short = (stripped.str.len_bytes() <= max(len(word.encode()) for word in EMPTY)).arg_true()
            empty = short.filter(stripped.gather(short).is_in(list(EMPTY)))
            return stripped.scatter(empty, None) if len(empty) else stripped
        return stripped.set(stripped.is_in(list(EMPTY)), None)

    @cached_property
    def wordy(self) -> pl.Series:
        """Those of `texts` that may hold a word of ours, nothing null."""
        if self.codes is not None:
            return self.texts.drop_nulls()
        return self.texts.filter(self._wordy).drop_nulls()

    @cached_property
    def _wordy(self) -> pl.Series:
        return (self.raw.str.len_bytes() <= _SHORT) | self.raw.str.contains(_WORDY)

    def rows(self, values: pl.Series, at: pl.Series | None = None) -> pl.Series:
        """What was found for each of `raw`, row by row (of the rows `at`)."""
        if self.codes is None:
            return values if at is None else values.gather(at)
        return values.gather(self.codes if at is None else self.codes.gather(at))

    def where(self, test: Callable[[pl.Series], pl.Series], *, words: bool = False) -> pl.Series | None:
        """The rows whose text passes a test, None where none does; `words`: plain codes never pass it."""
        texts = self.wordy if words and self.codes is None else self.texts.drop_nulls()
        found = texts.filter(test(texts).cast(pl.Boolean)) if len(texts) else texts
        if not len(found):
            return None
        return self.rows(self.texts.is_in(found.implode()).fill_null(value=False))

    def parsed(self, parse: Callable[[Any], tuple[Any, bool]], kind: Any) -> tuple[pl.Series, pl.Series]:
        """The value of each of `raw`, and whether it says it without doubt; each distinct text is parsed once."""
        distinct = self.raw.unique() if self.codes is None else self.raw
        found = [parse(one) for one in (distinct.to_list() if self.values is None else self.values)]
        values = pl.Series([value for value, _ in found], dtype=kind)
        clear = pl.Series([clear for _, clear in found], dtype=pl.Boolean)
        if self.codes is not None:
            return values, clear
        table = pl.DataFrame({"text": distinct, "value": values, "clear": clear})
        joined = pl.DataFrame({"text": self.raw}).join(table, on="text", how="left", maintain_order="left")
        return joined["value"], joined["clear"]
