"""Transfers between bureaus: surplus units against gaps of others, each with its assets, its basis and its effect.

Offered is what stands over after the giver's own rows, required and optional, have taken theirs: no transfer takes a
giver below its own requirement. Units that are broken, lent out, lapsed or due for disposal are no surplus and are
never offered; what is over age or of unknown validity is offered last and says so. Asked for is what a bureau cannot
close by restoring its own (`plan.ladder`): transfer comes before purchase (条例 art. 11).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
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
    over = (
        view.part.offers.lazy()
        .group_by("bureau", "kind")
        .agg(pl.col("units").sum())
        .collect()
        .with_columns(pl.col("bureau", "kind").cast(pl.String))
        .sort("bureau", "kind")
    )
    gaps, prices = _gaps(view, set(over["kind"].unique()))
    wanted = {kind for one in gaps for kind in one.kinds}
    asked = over.filter(pl.col("kind").is_in(list(wanted)))
    surplus = {(bureau, kind): units for bureau, kind, units in asked.iter_rows()}
    moves = match_up(surplus, gaps, view.parents)
    offers = _offers(view, moves)
    lines = tuple(_line(one, offers, prices, view) for one in moves)
    unpriced = sum(one.quantity for one in lines if one.saves is None)
    moved = sum(one.quantity for one in lines)
    return Transfers(
        lines,
        OBJECTIVE,
        tuple((law.cite, law.text, law.trust) for law in (laws()["transfer-first"],)),
        moved,
        sum((one.saves for one in lines if one.saves is not None), Decimal(0)),
        unpriced,
        int(over["units"].sum()) - moved,
    )


def _offers(view: View, moves: Sequence[Move]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(bureau, kind) of those who give → their rows with units over: idle ones first; unsure and over age last."""
    days = {one.key: one.as_of for one in view.cohorts}
    lives = {kind.id: kind.life_years for one in view.cohorts for kind in one.catalogue.kinds.values()}
    givers = pl.DataFrame(
        sorted({(one.giver, one.kind) for one in moves}),
        schema={"bureau": pl.String(), "kind": pl.String()},
        orient="row",
    ).cast(pl.Categorical())
    mine = view.part.offers.lazy().join(givers.lazy(), on=["bureau", "kind"], how="semi").collect()
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in mine.with_columns(coded_rows.ref()).iter_rows(named=True):
        row["old"] = _over_age(row["acquired"], lives.get(row["kind"]), days[row["cohort"]])
        found[row["bureau"], row["kind"]].append(row)
    for rows in found.values():
        rows.sort(key=lambda one: (one["unsure"], one["old"], not one["idle"], one["row"]))
    return found


def _over_age(acquired: dt.date | None, years: int | None, day: dt.date) -> bool:
    if acquired is None or years is None:
        return False
    return (acquired.year + int(years), acquired.month, acquired.day) <= (day.year, day.month, day.day)


def _gaps(view: View, offered: set[str]) -> tuple[list[Gap], Mapping[tuple[str, str], int | None]]:
    """What bureaus lack after restoring their own, where any of `offered` closes it; and what a unit of it costs to buy
    (分; None: 待询价).
    """
    asked = {
        (one.key, row.id): row
        for one in view.cohorts
        for row in one.loaded.standard.requirements
        if not offered.isdisjoint(row.kinds)
    }
    rows_asked = pl.DataFrame(
        list(asked), schema={"cohort": pl.Int64(), "requirement": pl.String()}, orient="row"
    )
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
        .join(rows_asked, on=["cohort", "requirement"], how="semi")
        .join(bought, on=["bureau", "requirement"])
        .sort("bureau", "order")
        .select(
            "bureau", "requirement", "cohort", "obligation", "units", "fen",
            none=pl.col("counted") + pl.col("serviced") == 0,
        )
    )  # fmt: skip
    gaps, prices = [], {}
    for bureau, name, cohort, obligation, units, fen, none in rows.iter_rows():
        requirement: Requirement = asked[cohort, name]
        weight = WEIGHTS[obligation, requirement.source.kind]
        kinds = tuple(dict.fromkeys(requirement.kinds))
        gaps.append(Gap(bureau, name, kinds, units, weight, weight + (FIRST if none else 0)))
        prices[bureau, name] = None if fen is None else fen // units
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
