"""Transfers between bureaus: surplus units against gaps of others, each with its assets, its basis and its effect.

Offered is what stands over after the giver's own rows, required and optional, have taken theirs: no transfer takes a
giver below its own requirement. Units that are broken, lent out, lapsed or due for disposal are no surplus and are
never offered; what is over age or of unknown validity is offered last and says so. Asked for is what a bureau cannot
close by restoring its own (`plan.ladder`): transfer comes before purchase (条例 art. 11).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from equipcheck.fleet.matching_up import Gap, Move, match_up
from equipcheck.fleet.results import Moved, TransferLine, Transfers
from equipcheck.fleet.sums import yuan
from equipcheck.ledger import coded_rows
from equipcheck.plan.laws import laws
from equipcheck.standard.model import Requirement

if TYPE_CHECKING:
    from equipcheck.fleet.view import View

WEIGHTS = {
    ("required", "attested"): 4,
    ("required", "assumed"): 2,
    ("optional", "attested"): 1,
    ("optional", "assumed"): 1,
}
FIRST = 4
"""Added to the weight of the first unit where a bureau has none at all."""

OBJECTIVE = (
    "先使补上的缺口权数最大（必配有据每件4、必配推定每件2、选配每件1，一件也没有的单位第一件另加4），"
    "再使调剂路程最短（按隶属关系上下的层数计：同一上级先于同市，同市先于同省；跨出最上级单位另计3层），"
    "以最小费用流求得，两项均为最优；路程相同的，尽量少分拆"
)
NO_TRANSFERS = Transfers((), OBJECTIVE, (), 0, Decimal(0), 0, 0)


def propose_transfers(view: View) -> Transfers:
    """What could move between the bureaus of a view."""
    offers = _offers(view)
    surplus: dict[tuple[str, str], int] = defaultdict(int)
    for (bureau, kind), rows in offers.items():
        surplus[bureau, kind] = sum(one["units"] for one in rows)
    gaps, prices = _gaps(view)
    moves = match_up(surplus, gaps, view.parents)
    lines = tuple(_line(one, offers, prices, view) for one in moves)
    unpriced = sum(one.quantity for one in lines if one.saves is None)
    return Transfers(
        lines,
        OBJECTIVE,
        tuple((law.cite, law.text, law.trust) for law in (laws()["transfer-first"],)),
        sum(one.quantity for one in lines),
        sum((one.saves for one in lines if one.saves is not None), Decimal(0)),
        unpriced,
        sum(surplus.values()) - sum(one.quantity for one in lines),
    )


def _offers(view: View) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(bureau, kind) → its rows with units over: idle ones first; unknown validity and over age last."""
    days = {one.key: one.as_of for one in view.cohorts}
    lives = {kind.id: kind.life_years for one in view.cohorts for kind in one.catalogue.kinds.values()}
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in view.part.offers.with_columns(coded_rows.ref()).iter_rows(named=True):
        row["old"] = _over_age(row["acquired"], lives.get(row["kind"]), days[row["cohort"]])
        found[row["bureau"], row["kind"]].append(row)
    for rows in found.values():
        rows.sort(key=lambda one: (one["unsure"], one["old"], not one["idle"], one["row"]))
    return dict(sorted(found.items()))


def _over_age(acquired: dt.date | None, years: int | None, day: dt.date) -> bool:
    if acquired is None or years is None:
        return False
    return (acquired.year + int(years), acquired.month, acquired.day) <= (day.year, day.month, day.day)


def _gaps(view: View) -> tuple[list[Gap], Mapping[tuple[str, str], int | None]]:
    """What bureaus lack after restoring their own, and what a unit of it costs to buy (分; None: 待询价)."""
    bought = (
        view.part.steps.filter(pl.col("action").is_in(["purchase", "service", "pool"]))
        .group_by("bureau", "requirement")
        .agg(
            pl.col("units").sum(),
            fen=pl.when(pl.col("fen").is_null().any()).then(None).otherwise(pl.col("fen").sum()),
        )
    )
    rows = (
        view.part.findings.filter(
            (pl.col("gap") > 0) & ~pl.col("waived") & (pl.col("status") != "unrecorded")
        )
        .join(bought, on=["bureau", "requirement"])
        .sort("bureau", "order")
    )
    by_cohort = {one.key: {row.id: row for row in one.loaded.standard.requirements} for one in view.cohorts}
    gaps, prices = [], {}
    for row in rows.iter_rows(named=True):
        requirement: Requirement = by_cohort[row["cohort"]][row["requirement"]]
        weight = WEIGHTS[row["obligation"], requirement.source.kind]
        first = weight + (FIRST if row["counted"] + row["serviced"] == 0 else 0)
        key = row["bureau"], row["requirement"]
        gaps.append(Gap(*key, tuple(dict.fromkeys(requirement.kinds)), row["units"], weight, first))
        prices[key] = None if row["fen"] is None else row["fen"] // row["units"]
    return gaps, prices


def _line(
    move: Move,
    offers: Mapping[tuple[str, str], list[dict[str, Any]]],
    prices: Mapping[tuple[str, str], int | None],
    view: View,
) -> TransferLine:
    """A move with the assets that go, taken off what the giver offers."""
    left, moved = move.units, []
    rows = offers[move.giver, move.kind]
    while left:
        row = rows[0]
        units = min(left, row["units"])
        flags = [name for name in ("idle", "unsure", "old") if row[name]]
        moved.append(Moved(row["ref"], row["asset_no"], row["name"], row["model"], units, tuple(flags)))
        row["units"] -= units
        left -= units
        if not row["units"]:
            rows.pop(0)
    requirement = view.requirement(move.taker, move.requirement)
    price = prices[move.taker, move.requirement]
    distance, where = view.nearness(move.giver, move.taker, move.at)
    return TransferLine(
        view.standard_of(move.taker),
        move.requirement,
        requirement.name,
        requirement.unit,
        move.kind,
        move.giver,
        move.taker,
        move.units,
        distance,
        None if price is None else yuan(price * move.units),
        tuple(moved),
        f"{view.called(move.giver)}高出本单位应配数量的部分，{where}；优先通过调剂配置（{laws()['transfer-first'].cite}）",
    )
