"""Asset rows as many bureaus are summed from: words kept once, places put together only where they are shown."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import polars as pl

from equipcheck.ground import frames

_WORDS = (
    "role", "name", "model", "unit", "category", "status", "status_text", "open", "department", "rejected",
)  # fmt: skip
_SAME = (
    "part",
    "asset_no",
    "serial",
    "quantity",
    "acquired",
    "checked_on",
    "valid_until",
    "unit_price",
    "extra",
)

CODED: dict[str, pl.DataType] = {
    "bureau": pl.Categorical(),
    "place": pl.Categorical(),  # a row's `ref` less its number
    "number": pl.UInt32(),  # null where the ref ends in none
    **dict.fromkeys(_WORDS, pl.Categorical()),
    **{name: frames.ASSETS.columns[name] for name in _SAME},
}
"""frames.ASSETS less `row`, which only a run knows, and less what no sum reads (location, remark, why).

`extra` is null where a row has no further columns: a million empty lists cost as much as a million texts.
"""


@cache
def empty() -> pl.DataFrame:
    """No rows (CODED)."""
    return pl.DataFrame(schema=CODED)


def coded(assets: pl.DataFrame) -> pl.DataFrame:
    """CODED of rows in words, with `row` where they have it."""
    ref = pl.col("ref")
    number = ref.str.extract(r"^(?s:.*)[#!]([1-9][0-9]{0,8})$", 1)
    columns = {
        "place": pl.when(number.is_null()).then(ref).otherwise(ref.str.strip_suffix(number)),
        "number": number.cast(pl.UInt32),
        "extra": pl.when(pl.col("extra").list.len() > 0).then("extra"),
    }
    given = ["row"] if "row" in assets.columns else []
    if "part" not in assets.columns:
        columns["part"] = pl.lit(0, dtype=pl.Int64)
    return assets.with_columns(**columns).select(*given, *CODED).cast(pl.Schema(CODED))


def ref() -> pl.Expr:
    """Where a row stands, as messages and offers name it."""
    number = pl.col("number").cast(pl.String).fill_null("")
    return (pl.col("place").cast(pl.String) + number).alias("ref")


def rows_in() -> pl.Expr:
    """How many ledger rows there are: the parts of one count as one."""
    return (pl.col("part") < 2).sum().cast(pl.Int64)


def in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """frames.ASSETS of CODED rows with `row`; what coding left out is null."""
    lost = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in frames.ASSETS.columns.items()
        if name not in rows.columns and name != "ref"
    ]
    words = rows.with_columns(ref(), *lost).select(list(frames.ASSETS.columns))
    return words.cast(pl.Schema(frames.ASSETS.columns))


def in_bureaus(rows: pl.DataFrame, codes: Collection[str]) -> pl.Series:
    """Which rows are these bureaus'; each code is looked at once."""
    every = rows["bureau"].unique()
    return rows["bureau"].is_in(every.filter(every.cast(pl.String).is_in(list(codes))).implode())
