"""The ledger rows behind each finding: which count, which stand as surplus, which are left out and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import polars as pl

from equipcheck.assess import Assessment
from equipcheck.assess.usable import validity
from equipcheck.checking.gather import Gathered
from equipcheck.checking.results import AssetUse, MatchInfo, OpenRow, Suggestion


def asset_lines(
    gathered: Gathered, assessment: Assessment, as_of: dt.date
) -> dict[str, tuple[AssetUse, ...]]:
    """requirement → the asset rows that count, stand as surplus or are excluded there, in ledger order."""
    places = assessment.places.filter(pl.col("requirement").is_not_null())
    columns = ["row", "part", "ref", "asset_no", "name", "model", "quantity", "extra"]
    table = places.join(gathered.assets.select(columns), on=["row", "part"]).join(
        gathered.matches, on=["row", "part"]
    )
    table = table.join(
        validity(gathered.assets, gathered.ledgers.checks, as_of), on=["row", "part"], how="left"
    )
    grouped: dict[tuple[str, int, int], list[dict[str, Any]]] = defaultdict(list)
    for line in table.sort("row", "part").iter_rows(named=True):
        grouped[line["requirement"], line["row"], line["part"]].append(line)
    result: dict[str, list[AssetUse]] = defaultdict(list)
    for (requirement, row, _), lines in grouped.items():
        first = lines[0]
        units = {place: sum(one["units"] for one in lines if one["place"] == place) for place in _PLACES}
        result[requirement].append(
            AssetUse(
                ref=first["ref"],
                asset_no=first["asset_no"],
                name=first["name"],
                model=first["model"],
                kind=first["kind"],
                quantity=first["quantity"],
                counted=units["counted"],
                surplus=units["surplus"],
                out=units["excluded"],
                excluded=next((one["reason"] for one in lines if one["place"] == "excluded"), None),
                flags=tuple(first["flags"] or ()),
                valid_until=first["valid_to"],
                checked_on=first["checked_last"],
                row=row,
                match=_match_info(first),
                extra=tuple((cell["column"], cell["value"]) for cell in first["extra"] or ()),
            )
        )
    return {requirement: tuple(uses) for requirement, uses in result.items()}


_PLACES = ("counted", "surplus", "excluded")


def _match_info(line: Mapping[str, Any]) -> MatchInfo:
    return MatchInfo(
        method=line["method"],
        score=line["score"],
        decision=line["decision"],
        evidence=tuple(line["evidence"] or ()),
        suggestions=tuple(Suggestion(one["kind"], one["score"]) for one in line["suggestions"] or ()),
    )


def open_rows(gathered: Gathered, assessment: Assessment, place: str) -> tuple[OpenRow, ...]:
    """The ledger rows that ended in one place (review, unmatched, not_required), in ledger order."""
    rows = (
        assessment.places.filter(pl.col("place") == place)
        .join(gathered.assets.select("row", "part", "ref", "name", "quantity"), on=["row", "part"])
        .join(gathered.matches.select("row", "part", "suggestions"), on=["row", "part"], how="left")
        .sort("row", "part")
    )
    return tuple(
        OpenRow(
            ref,
            name or "",
            quantity,
            tuple(Suggestion(one["kind"], one["score"]) for one in suggestions or ()),
        )
        for ref, name, quantity, suggestions in rows.select(
            "ref", "name", "quantity", "suggestions"
        ).iter_rows()
    )
