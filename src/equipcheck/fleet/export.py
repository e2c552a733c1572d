"""The findings of all bureaus as parquet: one line a bureau and row of its standard, for those who go on from there."""

from __future__ import annotations

import io

import polars as pl

from equipcheck.fleet.results import Rollup


def render(rollup: Rollup) -> bytes:
    """Every finding, with the bureau's name, parent, standard and day; bureaus that failed have none."""
    who = pl.DataFrame(
        [
            (one.code, one.name, one.parent, one.level, one.region, one.standard, one.as_of)
            for one in rollup.bureaus
        ],
        schema={
            **dict.fromkeys(("bureau", "bureau_name", "parent", "level", "region", "standard"), pl.String()),
            "as_of": pl.Date(),
        },
        orient="row",
    )
    stream = io.BytesIO()
    frame = (
        who
        if rollup.findings.is_empty()
        else who.join(rollup.findings.drop("cohort"), on="bureau", maintain_order="left")
    )
    frame.write_parquet(stream, statistics=True)
    return stream.getvalue()


def statuses(rollup: Rollup) -> dict[str, dict[str, str]]:
    """Bureau → row of its standard → status."""
    found: dict[str, dict[str, str]] = {one.code: {} for one in rollup.bureaus}
    if not rollup.findings.is_empty():
        for bureau, row, status in rollup.findings.select("bureau", "requirement", "status").iter_rows():
            found[bureau][row] = status
    return found
