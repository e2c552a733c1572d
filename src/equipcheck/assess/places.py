"""Where every unit ended, from codes to words: what is summed over many bureaus stays coded, what is shown is text."""

from __future__ import annotations

import polars as pl

from equipcheck.assess.coding import words_of
from equipcheck.assess.need import Need
from equipcheck.assess.usable import FLAGS, REASONS, Units
from equipcheck.ground import frames


def coded(ends: pl.DataFrame, units: Units, asked: Need) -> pl.DataFrame:
    """The columns of frames.PLACES without `flags`, words as Enums, and kind, flag, unsure, idle; not sorted."""
    assets, lines, at = units.assets, units.lines, ends["at"]
    ids = asked.requirements
    order = (ends["line"] % max(1, asked.count)).cast(pl.UInt32)
    return pl.DataFrame(
        {
            "bureau": assets["bureau"].gather(at),
            "row": assets["row"].gather(at),
            "part": assets["part"].gather(at),
            "place": words_of(ends["place"], frames.PLACE_NAMES),
            "requirement": words_of(order, ids),
            "units": ends["units"],
            "reason": words_of(lines["reason"].gather(at), REASONS),
            "at": at,
            "kind": words_of(lines["kind"].gather(at), units.kinds),
            "flag": words_of(lines["flag"].gather(at), FLAGS),
            "unsure": lines["unknown"].gather(at),
            "idle": lines["idle"].gather(at),
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
