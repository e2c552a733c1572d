"""Assessing many bureaus in one call against one at a time, on made-up ledgers in memory.

python benchmarks/assess.py [BUREAUS] [ROWS EACH]
"""

from __future__ import annotations

import datetime as dt
import sys
import time

import polars as pl

from equipcheck.assess import assess
from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground import frames
from equipcheck.ground.shipped import shipped_dir
from equipcheck.standard.load import load_standard


def world(bureaus: int, rows: int) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """facts, assets, matches."""
    kinds = sorted(load_catalogue().kinds)
    total = bureaus * rows
    index = pl.int_range(total, eager=True)
    code = pl.select(pl.format("b{}", index // rows)).to_series()
    blank = {name: pl.lit(None, dtype=kind) for name, kind in frames.ASSETS.columns.items()}
    assets = pl.DataFrame({"row": index, "bureau": code}).with_columns(
        part=pl.lit(0, dtype=pl.Int64),
        ref=pl.format("x#{}", pl.col("row")),
        role=pl.lit("ledger"),
        name=pl.lit("名称"),
        quantity=(pl.col("row") * 7919 % 4).cast(pl.Int64),
        status=pl.lit("in_use"),
    )
    assets = assets.with_columns(**{k: v for k, v in blank.items() if k not in assets.columns})
    chosen = pl.Series([kinds[i * 104729 % len(kinds)] for i in range(total)])
    matches = assets.select(
        "row",
        "part",
        kind=chosen,
        method=pl.lit("exact"),
        score=pl.lit(1.0),
        decision=pl.lit("auto"),
        evidence=pl.lit(None, dtype=pl.List(pl.String)),
        suggestions=pl.lit(None, dtype=pl.List(frames.SUGGESTION)),
    )
    facts = pl.DataFrame({"bureau": code.unique(maintain_order=True)}).with_columns(
        level=pl.lit("county"), staff=pl.lit("17"), vehicles=pl.lit("3")
    )
    return facts, assets.select(list(frames.ASSETS.columns)), matches


def main(bureaus: int, rows: int) -> None:
    catalogue = load_catalogue()
    standard = load_standard("enforcement-2020", shipped_dir(), catalogue).standard
    facts, assets, matches = world(bureaus, rows)
    kinds, checks, services = catalogue.frame(), frames.CHECKS.empty(), frames.SERVICES.empty()

    def go(facts: pl.DataFrame, assets: pl.DataFrame, matches: pl.DataFrame) -> float:
        start = time.perf_counter()
        assess(standard, facts, assets, matches, checks, kinds, services, as_of=dt.date(2023, 12, 31))
        return time.perf_counter() - start

    first = assets["bureau"] == "b0"
    one = min(go(facts.head(1), assets.filter(first), matches.filter(first)) for _ in range(5))
    all_ = go(facts, assets, matches)
    print(f"one bureau of {rows} rows: {one:.3f} s; {bureaus} bureaus at once: {all_:.3f} s")
    print(f"ratio to {bureaus} times one: {all_ / (one * bureaus):.4f}")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:3]) if len(sys.argv) > 2 else (10_000, 99))
