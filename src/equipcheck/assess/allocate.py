"""Counting: each usable unit counts once, where it is needed first.

Kinds may stand in nested rows. Required rows take first, the narrow before the wide, then optional rows likewise.
Within a row, units of known validity count first, idle ones last, then ledger order.
"""

from __future__ import annotations

import polars as pl

from equipcheck.assess.need import Need
from equipcheck.ground import frames
from equipcheck.standard.model import Standard


def allocate(units: pl.DataFrame, asked: Need, services: pl.DataFrame, standard: Standard) -> pl.DataFrame:
    """Where every unit ends (frames.PLACES)."""
    demand = (
        asked.rows.filter(pl.col("binds"))
        .join(asked.kinds, on="requirement")
        .join(_turns(standard), on=["column", "requirement"])
        .with_columns(optional=pl.col("obligation") == "optional")
    )
    usable = units.filter(pl.col("place").is_null())
    taken = _take(usable, demand)
    left = (
        usable.join(taken.group_by("row", "part").agg(pl.col("units").sum()), on=["row", "part"], how="left")
        .with_columns(units=pl.col("quantity") - pl.col("units").fill_null(0))
        .filter((pl.col("units") > 0) | (pl.col("quantity") == 0))
    )
    ends = _ends(demand, taken, services, floor=standard.limit == "floor")
    surplus = left.join(
        ends.select("bureau", "kind", "widest", "narrowest"), on=["bureau", "kind"]
    ).with_columns(
        place=pl.when(pl.col("quantity") == 0).then(pl.lit("counted")).otherwise(pl.lit("surplus")),
        requirement=pl.when(pl.col("quantity") == 0).then(pl.col("narrowest")).otherwise(pl.col("widest")),
    )
    excluded = (
        units.filter(pl.col("place") == "excluded")
        .join(ends.select("bureau", "kind", requirement="narrowest_short"), on=["bureau", "kind"])
        .with_columns(units=pl.col("quantity"))
    )
    elsewhere = units.filter(pl.col("place").is_not_null() & (pl.col("place") != "excluded")).with_columns(
        requirement=pl.lit(None, dtype=pl.String),
        units=pl.when(pl.col("place") == "rejected").then(0).otherwise(pl.col("quantity")),
    )
    columns = list(frames.PLACES.columns)
    parts = [frame.select(columns) for frame in (taken, surplus, excluded, elsewhere)]
    return pl.concat(parts).sort("bureau", "row", "part", "requirement", "place")


def _turns(standard: Standard) -> pl.DataFrame:
    """column, requirement, turn: rows of one turn share no kind, so that a turn is one pass over all units."""
    rows = []
    for column in standard.columns:
        here = [row for row in standard.requirements if column.id in row.quantity and row.kinds]
        base = 0
        for obligation in ("required", "optional"):
            depth: dict[str, int] = {}
            for row in sorted(
                (r for r in here if r.obligation[column.id] == obligation), key=lambda r: len(set(r.kinds))
            ):
                inner = [
                    depth[other.id]
                    for other in here
                    if other.id in depth and set(other.kinds) < set(row.kinds)
                ]
                depth[row.id] = max(inner, default=base - 1) + 1
            rows += [(column.id, name, turn) for name, turn in depth.items()]
            base = max(depth.values(), default=base - 1) + 1
    schema = {"column": pl.String(), "requirement": pl.String(), "turn": pl.Int64()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _take(usable: pl.DataFrame, demand: pl.DataFrame) -> pl.DataFrame:
    """Units counted, turn by turn: PLACES rows with place `counted`."""
    pool = usable.with_columns(left=pl.col("quantity"))
    counted: list[pl.DataFrame] = [_as_counted(pool.head(0), pl.lit(None, dtype=pl.String), pl.col("left"))]
    for turn in sorted(demand["turn"].unique()):
        wanted = demand.filter(pl.col("turn") == turn).select("bureau", "kind", "requirement", "required")
        offered = (
            pool.filter(pl.col("left") > 0)
            .join(wanted, on=["bureau", "kind"])
            .sort("bureau", "requirement", "unknown", "idle", "row", "part")
        )
        before = pl.col("left").cum_sum().over("bureau", "requirement") - pl.col("left")
        open_ = (pl.col("required").fill_null(0) - before).clip(lower_bound=0)
        took = offered.with_columns(took=pl.min_horizontal(open_, pl.col("left"))).filter(pl.col("took") > 0)
        counted.append(_as_counted(took, pl.col("requirement"), pl.col("took")))
        pool = (
            pool.join(took.select("row", "part", "took"), on=["row", "part"], how="left")
            .with_columns(left=pl.col("left") - pl.col("took").fill_null(0))
            .drop("took")
        )
    return pl.concat(counted)


def _as_counted(rows: pl.DataFrame, requirement: pl.Expr, units: pl.Expr) -> pl.DataFrame:
    return rows.with_columns(place=pl.lit("counted"), requirement=requirement, units=units).select(
        list(frames.PLACES.columns)
    )


def _ends(demand: pl.DataFrame, taken: pl.DataFrame, services: pl.DataFrame, *, floor: bool) -> pl.DataFrame:
    """bureau, kind, and the rows at the ends of the kind's nest: widest, narrowest, narrowest_short."""
    filled = taken.group_by("bureau", "requirement").agg(counted=pl.col("units").sum())
    filled_up = pl.col("counted").fill_null(0) + pl.col("quantity").fill_null(0)
    short = pl.lit(floor) & (pl.col("required").fill_null(0) > filled_up)
    nest = (
        demand.join(filled, on=["bureau", "requirement"], how="left")
        .join(services, on=["bureau", "requirement"], how="left")
        .with_columns(short=short)
        .sort("bureau", "kind", "width", "optional", "order")
    )
    return nest.group_by("bureau", "kind", maintain_order=True).agg(
        widest=pl.col("requirement").last(),
        narrowest=pl.col("requirement").first(),
        narrowest_short=pl.col("requirement")
        .filter(pl.col("short"))
        .first()
        .fill_null(pl.col("requirement").first()),
    )
