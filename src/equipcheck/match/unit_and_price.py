"""What the other columns say against a kind found by words: a unit of services, a price out of all proportion.

Only readings by words, brackets or models are weighed; a name that stands in the catalogue, and what a person
decided, hold whatever the other columns say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipcheck.catalogue.kinds import Catalogue

if TYPE_CHECKING:
    import polars as pl

SERVICE_UNITS = (
    "次",
    "年",
    "项",
    "人次",
    "批次",
    "月",
    "小时",
    "天",
    "工日",
    "期",
    "学时",
    "公里",
    "平方米",
    "㎡",
)
CHEAP = 40
"""How many times below the low end of the price band a unit is no longer believed to be the thing itself."""

DOUBT = 0.6


def weigh_columns(assets: pl.DataFrame, matches: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """The matches, those sent to review that unit or price contradict. Both frames: same rows, same order."""
    import polars as pl

    beside = matches.select("kind", "method", "decision").with_columns(assets["unit"], assets["unit_price"])
    beside = beside.join(_low_ends(catalogue), on="kind", how="left", maintain_order="left")
    service = _weighed() & pl.col("unit").str.strip_chars().is_in(SERVICE_UNITS).fill_null(value=False)
    cheap = _weighed() & _too_cheap()
    flags = beside.select(service=service, cheap=cheap, unit="unit", price=pl.col("unit_price") / 100)
    doubtful = flags["service"] | flags["cheap"]
    if not doubtful.any():
        return matches
    why = pl.concat_list(
        pl.when("service").then(pl.format("计量单位“{}”像服务", "unit")),
        pl.when("cheap").then(pl.format("单价{}元远低于这种装备的价格", "price")),
    ).list.drop_nulls()
    changed = (
        matches.filter(doubtful)
        .hstack(flags.filter(doubtful).select(why=why))
        .with_columns(
            kind=pl.lit(None, dtype=pl.String),
            decision=pl.lit("review"),
            score=pl.min_horizontal("score", pl.lit(DOUBT)),
            evidence=pl.col("evidence").list.concat("why"),
        )
        .drop("why")
    )
    # the changed rows behind the others, then all taken in order: lists of a million rows are not built anew
    behind = doubtful.cast(pl.Int64).cum_sum() - 1 + matches.height
    place = pl.select(pl.when(doubtful).then(behind).otherwise(pl.int_range(matches.height))).to_series()
    return pl.concat([matches, changed.select(matches.columns)], how="vertical_relaxed")[place]


def doubted(
    answers: pl.DataFrame, which: pl.Series, assets: pl.DataFrame, catalogue: Catalogue
) -> pl.Series | None:
    """The same of answers given once for many rows: the rows that unit or price contradict; None where none.

    `answers` has kind, method and decision; `which` is the answer of each row of `assets`, whose words may be coded.
    """
    import polars as pl

    told = answers.join(_low_ends(catalogue), on="kind", how="left", maintain_order="left").select(
        low=pl.when(_weighed()).then("low"), weighed=_weighed()
    )
    beside = assets.select("unit", "unit_price").with_columns(told["low"].gather(which).alias("low"))
    found = beside.select(_too_cheap()).to_series()
    units = beside["unit"].unique()
    service = units.filter(
        units.cast(pl.String).str.strip_chars().is_in(SERVICE_UNITS).fill_null(value=False)
    )
    if len(service):
        like_service = beside["unit"].is_in(service.implode()).fill_null(value=False)
        found |= like_service & told["weighed"].gather(which)
    return found if found.any() else None


def _low_ends(catalogue: Catalogue) -> pl.DataFrame:
    """kind, low: the low end of each price band, in 分."""
    import polars as pl

    return pl.DataFrame(
        [(kind.id, int(kind.price.low * 100)) for kind in catalogue.kinds.values() if kind.price is not None],
        schema={"kind": pl.String(), "low": pl.Int64()},
        orient="row",
    )


def _weighed() -> pl.Expr:
    import polars as pl

    return (pl.col("decision") == "auto") & pl.col("method").is_in(["pattern", "model"])


def _too_cheap() -> pl.Expr:
    import polars as pl

    price = pl.col("unit_price")
    return (price > 0).fill_null(value=False) & (price * CHEAP < pl.col("low")).fill_null(value=False)
