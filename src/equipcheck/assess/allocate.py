"""Counting: each usable unit counts once, where it is needed first.

Kinds may stand in nested rows. Required rows take first, the narrow before the wide, then optional rows likewise.
Within a row, units of known validity count first, idle ones last, then ledger order.
"""

from __future__ import annotations

import polars as pl

from equipcheck.assess.coding import codes_of, look_up, table
from equipcheck.assess.need import Need
from equipcheck.assess.usable import COUNTED, EXCLUDED, REJECTED, SURPLUS, Units
from equipcheck.standard.model import Standard

ENDS = {
    "at": pl.UInt32(),  # the asset row, by its position
    "place": pl.UInt8(),  # in PLACE_NAMES
    "line": pl.UInt32(),  # the line of `Need.rows` where it counts, stands as surplus or is excluded; else null
    "units": pl.Int64(),
}


def allocate(units: Units, asked: Need, services: pl.DataFrame, standard: Standard) -> pl.DataFrame:
    """Where every unit ends (ENDS): a line for each asset row in ledger order, then further lines of some rows."""
    demand = _demand(asked, units, standard)
    lines = units.lines.select("cell", "quantity", "place", "unknown", "idle").with_row_index("at")
    required = asked.rows["required"].fill_null(0)
    cells = len(asked.bureaus) * len(units.kinds)
    first, again, left = _take(lines, demand, required, cells)
    taken = pl.concat([first, again])
    nest = _nests(demand, taken, served(services, asked), required, cells, floor=standard.limit == "floor")
    counts = [
        table(lines.height, first["at"], first[name]).alias(f"counted {name}") for name in ("line", "units")
    ]
    lines = lines.with_columns(left.alias("left"), *counts)
    usable, counted = pl.col("place").is_null(), pl.col("counted line").is_not_null()
    nothing = pl.col("quantity") == 0  # a row of no units stands where its kind is first needed
    over = pl.when(nothing).then(COUNTED).otherwise(SURPLUS)
    ends = {name: look_up(found, pl.col("cell")) for name, found in nest.items()}
    over_line = pl.when(nothing).then(ends["narrowest"]).otherwise(ends["widest"])
    excluded = pl.when(pl.col("place") == EXCLUDED).then(ends["narrowest_short"])
    each = lines.select(
        "at",
        place=pl.when(usable).then(pl.when(counted).then(COUNTED).otherwise(over)).otherwise(pl.col("place")),
        line=pl.when(usable).then(pl.coalesce("counted line", over_line)).otherwise(excluded),
        units=pl.when(usable)
        .then(pl.coalesce("counted units", "left"))
        .otherwise(pl.when(pl.col("place") == REJECTED).then(0).otherwise(pl.col("quantity"))),
    )
    rest = lines.filter(usable & counted & (pl.col("left") > 0)).select(
        "at", place=pl.lit(SURPLUS), line=over_line, units="left"
    )
    more = again.select("at", "line", "units", place=pl.lit(COUNTED))
    return pl.concat([part.select(list(ENDS)).cast(pl.Schema(ENDS)) for part in (each, more, rest)])


def _demand(asked: Need, units: Units, standard: Standard) -> pl.DataFrame:
    """Each line of what is asked and binds, by each kind it takes: line, cell, turn, width, optional, order."""
    kinds = asked.kinds.with_columns(codes_of(asked.kinds["kind"], units.kinds).alias("kind"))
    return (
        asked.rows.select("column", "order", "requirement", "obligation", "binds")
        .with_row_index("line")
        .filter("binds")
        .join(_turns(standard).join(kinds, on="requirement"), on=["column", "requirement"])
        .select(
            "line",
            "turn",
            "width",
            "order",
            cell=(pl.col("line") // max(1, asked.count) * len(units.kinds) + pl.col("kind")).cast(pl.UInt32),
            optional=pl.col("obligation") == "optional",
        )
    )


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


def _take(
    lines: pl.DataFrame, demand: pl.DataFrame, required: pl.Series, cells: int
) -> tuple[pl.DataFrame, pl.DataFrame, pl.Series]:
    """Units counted (at, line, units): of each asset row in the first turn that takes any, and in later ones; what each
    row has left.
    """
    left = lines["quantity"]
    taken = pl.repeat(value=False, n=lines.height, eager=True)
    pool = lines.filter(pl.col("place").is_null() & (pl.col("quantity") > 0)).select(
        "at", "cell", rank=pl.col("unknown").cast(pl.UInt64) * 2 + pl.col("idle").cast(pl.UInt64)
    )
    schema = {"at": pl.UInt32(), "line": pl.UInt32(), "units": pl.Int64()}
    counted, again = [pl.DataFrame(schema=schema)], [pl.DataFrame(schema=schema)]
    for turn in sorted(demand["turn"].unique()):
        mine = demand.filter(pl.col("turn") == turn)
        wants = table(cells, mine["cell"], mine["line"])
        # one number in the order of taking: row of the standard, rank of the unit, ledger order
        key = (look_up(wants, pl.col("cell")).cast(pl.UInt64) * 4 + pl.col("rank")) * _WIDE + pl.col("at")
        keys = pool.select(key.alias("key")).to_series().drop_nulls().sort()
        offered = pl.DataFrame({"key": keys}).select(
            at=(pl.col("key") % _WIDE).cast(pl.UInt32), line=(pl.col("key") // (4 * _WIDE)).cast(pl.UInt32)
        )
        offered = offered.with_columns(left=left.gather(offered["at"])).filter(pl.col("left") > 0)
        before = pl.col("left").cum_sum() - pl.col("left")
        first = pl.col("line").ne_missing(pl.col("line").shift(1))
        offered = offered.with_columns(before=before - pl.when(first).then(before).forward_fill())
        open_ = (look_up(required, pl.col("line")) - pl.col("before")).clip(lower_bound=0)
        took = offered.select("at", "line", "left", units=pl.min_horizontal(open_, "left")).filter(
            pl.col("units") > 0
        )
        earlier = taken.gather(took["at"])
        counted.append(took.filter(~earlier).select("at", "line", "units"))
        again.append(took.filter(earlier).select("at", "line", "units"))
        left = left.scatter(took["at"], took["left"] - took["units"])
        taken = taken.scatter(took["at"], True)
    return pl.concat(counted), pl.concat(again), left


_WIDE = 1 << 32


def served(services: pl.DataFrame, asked: Need) -> pl.Series:
    """By line of what is asked, what services, pools and loans give."""
    if services.is_empty():
        return pl.repeat(0, asked.rows.height, dtype=pl.Int64, eager=True)
    joined = asked.rows.select("bureau", "requirement").join(
        services, on=["bureau", "requirement"], how="left", maintain_order="left"
    )
    return joined["quantity"].fill_null(0)


def _nests(
    demand: pl.DataFrame,
    taken: pl.DataFrame,
    served: pl.Series,
    required: pl.Series,
    cells: int,
    *,
    floor: bool,
) -> dict[str, pl.Series]:
    """By cell, the lines at the ends of the kind's nest: widest, narrowest, narrowest_short."""
    sums = taken.group_by("line").agg(pl.col("units").sum())
    filled = table(len(required), sums["line"], sums["units"]).fill_null(0) + served
    short = (required > filled) if floor else pl.repeat(value=False, n=len(required), eager=True)
    nest = (
        demand.with_columns(short=look_up(short, pl.col("line")))
        .sort("cell", "width", "optional", "order")
        .group_by("cell", maintain_order=True)
        .agg(
            widest=pl.col("line").last(),
            narrowest=pl.col("line").first(),
            narrowest_short=pl.col("line").filter("short").first(),
        )
        .with_columns(narrowest_short=pl.coalesce("narrowest_short", "narrowest"))
    )
    return {
        name: table(cells, nest["cell"], nest[name]) for name in ("widest", "narrowest", "narrowest_short")
    }
