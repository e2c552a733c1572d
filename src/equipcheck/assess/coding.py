"""Words as numbers: joins, groups and look-ups inside `assess` go by position in a list, never by text."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def codes_of(words: pl.Series, known: Sequence[str]) -> pl.Series:
    """The position of each word in `known` (null where it is none of them); `words` may be text or coded."""
    if not known:
        return pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(words))
    if isinstance(words.dtype, pl.Categorical):
        at = words.to_physical()
        most = at.max()
        if isinstance(most, int) and most < len(words):  # each word once
            every = pl.int_range(most + 1, dtype=pl.UInt32, eager=True).cat.to(words.dtype)
            return codes_of(every.cast(pl.String), known).gather(at)
    return words.cast(pl.Enum(known), strict=False).to_physical().cast(pl.UInt32)


def words_of(codes: pl.Series, known: Sequence[str]) -> pl.Series:
    """The words that codes stand for, coded as an Enum of `known`."""
    return pl.Series(known, dtype=pl.Enum(known)).gather(codes)


def table(size: int, at: pl.Series, values: pl.Series) -> pl.Series:
    """A list of `size` with `values` at positions `at` and null elsewhere."""
    empty = pl.Series([None], dtype=values.dtype).new_from_index(0, size)
    return empty.scatter(at, values) if len(at) else empty


def look_up(values: pl.Series, at: pl.Expr) -> pl.Expr:
    """The value at each position; null at no position."""
    return pl.lit(values).gather(at)
