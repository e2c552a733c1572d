"""What people must decide: doubtful names, once each, most consequential first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Question:
    """One doubtful name; `model` is set where other rows of the name are not in doubt."""

    name: str
    model: str | None
    rows: int
    units: int
    refs: tuple[str, ...]  # the first few
    models: tuple[str, ...]
    departments: tuple[str, ...]
    suggestions: tuple[tuple[str, float], ...]
    evidence: tuple[str, ...]
    weight: float  # how much the answer may matter; the caller says of which kinds
    settled: tuple[tuple[str, str], ...] = ()  # (model, kind) of this name decided without asking


def questions(
    assets: pl.DataFrame, matches: pl.DataFrame, weights: Mapping[str, float] | None = None
) -> list[Question]:
    """The names in review. `weights` (kind → weight) puts those first that could close a gap; then by units."""
    import polars as pl

    joined = assets.with_columns(
        pl.col("name").str.strip_chars(), pl.col("model").str.strip_chars().replace("", None)
    ).join(matches, on=["row", "part"], how="inner", maintain_order="left")
    open_ = joined.filter(pl.col("decision") == "review")
    if open_.is_empty():
        return []
    sure = (
        joined.join(open_.select("name").unique(), on="name", how="semi")
        .filter(pl.col("decision") == "auto")
        .select("name", "model", "kind")
        .unique(maintain_order=True)
    )
    settled: dict[str, list[tuple[str, str]]] = {}
    for name, model, kind in sure.iter_rows():
        settled.setdefault(name, []).append((model or "", kind))
    mixed = pl.col("name").is_in(list(settled))
    grouped = (
        open_.with_columns(narrow=pl.when(mixed).then("model"))
        .group_by("name", "narrow", maintain_order=True)
        .agg(
            pl.len().alias("rows"),
            pl.col("quantity").sum().alias("units"),
            pl.col("ref").head(EXAMPLES),
            pl.col("model").drop_nulls().unique(maintain_order=True).head(EXAMPLES),
            pl.col("department").drop_nulls().unique(maintain_order=True).head(EXAMPLES),
            pl.col("suggestions").first(),
            pl.col("evidence").first(),
        )
    )
    found = [_question(row, weights or {}, settled) for row in grouped.iter_rows(named=True)]
    return sorted(found, key=lambda one: (-one.weight, -one.units, -one.rows, one.name, one.model or ""))


def _question(
    row: Mapping[str, Any], weights: Mapping[str, float], settled: Mapping[str, list[tuple[str, str]]]
) -> Question:
    suggestions = tuple((one["kind"], one["score"]) for one in row["suggestions"] or ())
    return Question(
        name=row["name"],
        model=row["narrow"],
        rows=row["rows"],
        units=row["units"],
        refs=tuple(row["ref"]),
        models=tuple(row["model"]),
        departments=tuple(row["department"]),
        suggestions=suggestions,
        evidence=tuple(row["evidence"] or ()),
        weight=max((weights.get(kind, 0.0) for kind, _ in suggestions[:3]), default=0.0),
        settled=tuple(settled.get(row["name"], ())) if row["narrow"] is None else (),
    )
