"""What some bureaus of a cohort came to, as frames that can be put together again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from equipcheck.assess import Assessment
from equipcheck.fleet.members import Failed
from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.ledger import coded_rows


@dataclass(frozen=True, slots=True)
class Part:
    """What a cohort, or some bureaus of one, came to."""

    findings: pl.DataFrame  # frames.FINDINGS with `cohort`, `waived`
    accounts: pl.DataFrame  # accounts.ACCOUNT_COLUMNS by bureau
    steps: pl.DataFrame  # money.STEPS
    offers: pl.DataFrame | pl.LazyFrame  # OFFERS; lazy: on disk
    quality: pl.DataFrame  # QUALITY
    questions: pl.DataFrame  # QUESTIONS
    failed: tuple[Failed, ...] = ()


OFFERS = {  # units that stand over, row by row, and which of them can be spared (`assess.spare`)
    "bureau": pl.Categorical(),
    "cohort": pl.Int64(),
    "requirement": pl.Categorical(),
    "kind": pl.Categorical(),
    "units": pl.Int64(),
    "free": pl.Int64(),
    "why": pl.Categorical(),
    "unfit": pl.Categorical(),
    "open": pl.Categorical(),
    "row": pl.Int64(),
    "place": pl.Categorical(),  # with `number`: `coded_rows.ref`
    "number": pl.UInt32(),
    "asset_no": pl.String(),
    "name": pl.Categorical(),
    "model": pl.Categorical(),
    "acquired": pl.Date(),
    "valid_to": pl.Date(),
    "idle": pl.Boolean(),
    "unsure": pl.Boolean(),  # its validity is not known
}
QUESTIONS = {  # rows whose state, or whose owner, their ledger leaves open
    "bureau": pl.String(),
    "code": pl.String(),  # of the note that asks
    "ref": pl.String(),
    "asset_no": pl.String(),
    "name": pl.String(),
    "said": pl.String(),  # the word in the column of states
    "units": pl.Int64(),
    "place": pl.String(),  # where they stand meanwhile: counted, surplus, …
}
QUALITY = {  # how far a bureau's numbers can be trusted
    "bureau": pl.String(),
    "metered": pl.Int64(),  # usable units under verification or calibration
    "unknown": pl.Int64(),  # of them, with a validity that is not known
    "undated": pl.Int64(),  # rows without a date of acquisition
    "unnumbered": pl.Int64(),  # rows without an asset number
    "unstated": pl.Int64(),  # rows with a status that is not known
    "scrapped": pl.Int64(),  # units of required rows that wait for disposal
}


def offers_of(cohort: int, result: Assessment) -> pl.DataFrame:
    """OFFERS, where `assess` was asked what can be spared; else none."""
    if result.spare is None or result.spare.is_empty():
        return pl.DataFrame(schema=OFFERS)
    places, spare = result.coded, result.spare
    over = places.filter((pl.col("place") == "surplus") & (pl.col("units") > 0)).drop("place")
    named = ("place", "number", "asset_no", "name", "model", "acquired", "status", "open")
    rows = result.assets.select(named)[over["at"]].with_columns(asked_open()).drop("status")
    return (
        over.hstack(rows)
        .hstack(spare.drop("at", "units"))
        .with_columns(cohort=pl.lit(cohort))
        .select(list(OFFERS))
        .cast(pl.Schema(OFFERS))
    )


ASKING = {"unknown": "status-unknown", "expired": "over-in-doubt"}
"""States in which a row counts and nobody knows whether rightly."""


def asked_open() -> pl.Expr:
    """`open` of asset rows that count: which note asks of their state; some words ask whoever told them."""
    by_word = pl.col("status").cast(pl.String).replace_strict(ASKING, default=None, return_dtype=pl.String)
    return pl.coalesce(pl.col("open").cast(pl.String), by_word).alias("open")


def questions_of(assets: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """QUESTIONS: of rows whose units count, or would if their names were clear."""
    at = (assets["open"].is_not_null() | assets["status"].is_in([*ASKING])).arg_true()
    if at.is_empty():
        return pl.DataFrame(schema=QUESTIONS)
    rows = assets[at].with_columns(
        coded_rows.ref(), asked_open().alias("code"), said=pl.col("status_text"), units=pl.col("quantity")
    )
    matter = pl.col("place").is_in(["counted", "surplus", "review"]) & (pl.col("units") > 0)
    of = places.filter(matter & pl.col("row").is_in(rows["row"].implode()))
    of = of.group_by("row", "part", maintain_order=True).agg(pl.col("place").first().cast(pl.String))
    found = rows.drop("place").join(of, on=["row", "part"], maintain_order="left")
    return found.select(list(QUESTIONS)).cast(pl.Schema(QUESTIONS))


def quality_of(
    assets: pl.DataFrame, places: pl.DataFrame, kinds: pl.DataFrame, findings: pl.DataFrame
) -> pl.DataFrame:
    """QUALITY, bureau by bureau."""
    usable = pl.col("place").to_physical() <= PLACE_NAMES.index("surplus")
    every = pl.Series(places.schema["kind"].categories, dtype=pl.String)  # type: ignore[attr-defined]
    checked = every.is_in(kinds.filter("metrology")["kind"].implode())
    metered = (
        places.select(
            "bureau", "units", "unsure", usable & pl.lit(checked).gather(pl.col("kind").to_physical())
        )
        .filter("place")
        .group_by("bureau")
        .agg(metered=pl.col("units").sum(), unknown=pl.col("units").filter("unsure").sum())
    )
    sound = (pl.col("part") < 2) & pl.col("rejected").is_null()
    rows = assets.select(
        "bureau",
        undated=sound & pl.col("acquired").is_null(),
        unnumbered=sound & pl.col("asset_no").is_null(),
        unstated=sound & (pl.col("status") == "unknown"),
    )
    rows = rows.group_by("bureau").agg(pl.all().sum())
    scrapped = (
        places.filter(pl.col("reason") == "pending_disposal")
        .select(pl.col("bureau", "requirement").cast(pl.String), "units")
        .join(
            findings.filter(pl.col("obligation") == "required").select("bureau", "requirement"),
            on=["bureau", "requirement"],
            how="semi",
        )
        .group_by("bureau")
        .agg(scrapped=pl.col("units").sum())
    )
    joined = rows.join(metered, on="bureau", how="left").with_columns(pl.col("bureau").cast(pl.String))
    joined = joined.join(scrapped, on="bureau", how="left")
    joined = joined.with_columns(pl.col("metered", "unknown", "scrapped").fill_null(0))
    return joined.select(list(QUALITY)).cast(pl.Schema(QUALITY))


def together(parts: Sequence[Part]) -> Part:
    """The parts as one. Cohorts keep their keys; bureaus stand in one part each."""
    names = ("findings", "accounts", "steps", "quality", "questions")
    whole: Mapping[str, pl.DataFrame] = {
        name: pl.concat([getattr(one, name) for one in parts]) for name in names
    }
    failed = tuple(failed for one in parts for failed in one.failed)
    held = [one.offers for one in parts if isinstance(one.offers, pl.DataFrame)]
    aside = [one.offers for one in parts if isinstance(one.offers, pl.LazyFrame)]
    offers = pl.concat([*aside, *(one.lazy() for one in held)]) if aside else pl.concat(held)
    return replace(parts[0], failed=failed, offers=offers, **whole)


def put_aside(part: Part, path: Path) -> Part:
    """The part with its offers, which grow with the rows and of which few are asked for, on disk."""
    try:
        part.offers.lazy().sink_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        return part  # no room there: they stay in memory
    return replace(part, offers=pl.scan_parquet(path).cast(pl.Schema(OFFERS)))
