"""Where every unit ended, from codes to words: what is summed over many bureaus stays coded, what is shown is text."""

from __future__ import annotations

import polars as pl

from equipcheck.assess.coding import words_of
from equipcheck.assess.need import Need
from equipcheck.assess.usable import FLAGS, REASONS, Units
from equipcheck.ground import frames


def coded(ends: pl.DataFrame, units: Units, asked: Need) -> pl.DataFrame:
    """The columns of frames.PLACES without `flags`, words as Enums, and kind, flag, unsure, idle; not sorted."""
    assets, lines = units.assets, units.lines
    again = ends["at"][assets.height :]  # the first lines are the assets in their order

    def of(values: pl.Series) -> pl.Series:
        return pl.concat([values, values.gather(again)], rechunk=True) if len(again) else values

    ids = asked.requirements
    order = (ends["line"] % max(1, asked.count)).cast(pl.UInt32)
    return pl.DataFrame(
        {
            "bureau": of(assets["bureau"]),
            "row": of(assets["row"]),
            "part": of(assets["part"]),
            "place": words_of(ends["place"], frames.PLACE_NAMES),
            "requirement": words_of(order, ids),
            "units": ends["units"],
            "reason": of(words_of(lines["reason"], REASONS)),
            "at": ends["at"],
            "kind": of(words_of(lines["kind"], units.kinds)),
            "flag": of(words_of(lines["flag"], FLAGS)),
            "unsure": of(lines["unknown"]),
            "idle": of(lines["idle"]),
        }
    )


def in_words(places: pl.DataFrame) -> pl.DataFrame:
    """frames.PLACES, sorted."""
    flags = pl.Series(
        [[*said, *idle] for idle in ([], ["idle"]) for said in ([], [FLAGS[0]], [FLAGS[1]])],
        dtype=pl.List(pl.String),
    )
    which = (pl.col("flag").to_physical().cast(pl.UInt32) + 1).fill_null(0) + pl.col("idle").cast(
        pl.UInt32
    ) * (len(FLAGS) + 1)
    words = places.with_columns(
        pl.col("bureau", "place", "requirement", "reason").cast(pl.String),
        flags=pl.lit(flags).gather(which),
    )
    return frames.PLACES.check(
        words.select(list(frames.PLACES.columns)).sort("bureau", "row", "part", "requirement", "place")
    )
