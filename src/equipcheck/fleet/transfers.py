"""Transfers between bureaus: units that one can spare against gaps of others, each with its assets and its effect.

Offered is what `assess.spare` finds: units over what the giver's own rows, required and optional, take, even if every
question that is open about its rows went against it; never a row that is itself in question, nor units of a kind of
which the giver's own need is not known. It goes only to bureaus on whose day it would count. Asked for is what a bureau
cannot close by restoring its own and may add (`money`: nothing waived, vehicles within the 编制): transfer comes before
purchase (条例 art. 11). What somebody lacks and is not offered is listed with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.fleet.cohorts import days_of
from equipcheck.fleet.matching_up import Gap, Move, match_up
from equipcheck.fleet.results import HeldBack, Moved, TransferLine, Transfers, Withheld
from equipcheck.fleet.sums import yuan
from equipcheck.ledger import coded_rows
from equipcheck.plan.laws import laws
from equipcheck.plan.quota import quota_of
from equipcheck.standard.model import Requirement

if TYPE_CHECKING:
    from equipcheck.fleet.view import View

RANKS = [
    (obligation, trust, none)
    for obligation in ("required", "optional")
    for trust in ("attested", "assumed")
    for none in (True, False)
]
"""What is closed first. A unit closes one gap, so that any weights in this order close most of the first, and so on."""

OBJECTIVE = (
    "先补必配、后补选配，各自先补种类有据的、后补推定的，其中先补一件也没有的单位的第一件；"
    "再使调剂路程最短（按隶属关系上下的层数计：同一上级先于同市，同市先于同省；跨出最上级单位另计3层），"
    "以最小费用流求得，两项均为最优；路程相同的，尽量少分拆"
)
SOON = 180
"""Days within which an end of validity is said."""

NO_TRANSFERS = Transfers((), OBJECTIVE, (), 0, Decimal(0), Decimal(0), 0, 0)


def weight(obligation: str, trust: str, *, none: bool) -> int:
    """What closing one unit of a gap is worth; `none`: of a bureau that has none at all."""
    return len(RANKS) - RANKS.index((obligation, trust, none))


def propose_transfers(view: View) -> Transfers:
    """What could move between the bureaus of a view."""
    days = days_of(view.cohorts)
    over = (
        view.part.offers.lazy()
        .group_by("bureau", "kind", "unfit")
        .agg(pl.col("free").sum())
        .filter(pl.col("free") > 0)
        .collect()
        .with_columns(pl.col("bureau", "kind", "unfit").cast(pl.String))
        .sort("bureau", "kind", "unfit")
    )
    every = over["unfit"].unique().to_list()
    fits = {
        one.key: frozenset(
            unfit for unfit in every if f",{days.index((one.as_of, one.strict))}," not in f",{unfit}"
        )
        for one in view.cohorts
    }
    gaps, prices = _gaps(view, set(over["kind"].unique()), fits)
    wanted = {kind for one in gaps for kind in one.kinds}
    stock = {(bureau, lot(kind, unfit)): units for bureau, kind, unfit, units in over.iter_rows()}
    surplus = {key: units for key, units in stock.items() if key[1] in wanted}
    moves = match_up(surplus, gaps, view.parents)
    offers = _offers(view, moves)
    lines = tuple(_line(one, offers, prices, view) for one in moves)
    moved = sum(one.quantity for one in lines)
    saved = [(one.obligation, one.saves) for one in lines if one.saves is not None]
    return Transfers(
        lines,
        OBJECTIVE,
        tuple((law.cite, law.text, law.trust) for law in (laws()["transfer-first"],)),
        moved,
        sum((cost for _, cost in saved), Decimal(0)),
        sum((cost for obligation, cost in saved if obligation == "optional"), Decimal(0)),
        sum(one.quantity for one in lines if one.saves is None),
        int(over["free"].sum()) - moved,
        tuple(_withheld(view)),
        tuple(_held_back(view)),
    )


def lot(kind: str, unfit: str) -> str:
    """Units of a kind that count on the same days: what the flow carries."""
    return f"{kind} {unfit}"


def _offers(view: View, moves: Sequence[Move]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(bureau, lot) of those who give → their rows with units to spare: idle ones first; unsure and over age last."""
    days = {one.key: one.as_of for one in view.cohorts}
    lives = {kind.id: kind.life_years for one in view.cohorts for kind in one.catalogue.kinds.values()}
    givers = pl.DataFrame(
        sorted({(one.giver, one.kind.partition(" ")[0]) for one in moves}),
        schema={"bureau": pl.String(), "kind": pl.String()},
        orient="row",
    ).cast(pl.Categorical())
    mine = (
        view.part.offers.lazy()
        .filter(pl.col("free") > 0)
        .join(givers.lazy(), on=["bureau", "kind"], how="semi")
        .collect()
    )
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in mine.with_columns(coded_rows.ref()).iter_rows(named=True):
        row["old"] = _over_age(row["acquired"], lives.get(row["kind"]), days[row["cohort"]])
        found[row["bureau"], lot(row["kind"], row["unfit"])].append(row)
    last = dt.date.max
    for rows in found.values():
        rows.sort(
            key=lambda one: (one["unsure"], one["old"], not one["idle"], one["valid_to"] or last, one["row"])
        )
    return found


def _over_age(acquired: dt.date | None, years: int | None, day: dt.date) -> bool:
    if acquired is None or years is None:
        return False
    return (acquired.year + int(years), acquired.month, acquired.day) <= (day.year, day.month, day.day)


def _gaps(
    view: View, offered: set[str], fits: Mapping[int, Set[str]]
) -> tuple[list[Gap], Mapping[tuple[str, str], int | None]]:
    """What bureaus lack after restoring their own and may add, where any of `offered` closes it; and what a unit of it
    costs to buy (分; None: 待询价). `fits`: cohort → `unfit` of what counts on its day.
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
        view.part.steps.filter(
            pl.col("action").is_in(["purchase", "service", "pool"]) & pl.col("blocked").is_null()
        )
        .group_by("bureau", "requirement")
        .agg(
            pl.col("units").sum(),
            fen=pl.when(pl.col("fen").is_null().any()).then(None).otherwise(pl.col("fen").sum()),
        )
    )
    rows = (
        view.part.findings.filter((pl.col("gap") > 0) & (pl.col("status") != "unrecorded"))
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
        if obligation == "optional" and _within_required(requirement, view, bureau):
            continue
        more, first = (weight(obligation, requirement.source.kind, none=one) for one in (False, none))
        kinds = _may_come(requirement, view.catalogue_of(bureau))
        lots = tuple(lot(kind, unfit) for kind in kinds for unfit in sorted(fits[cohort]))
        gaps.append(Gap(bureau, name, lots, units, more, first))
        prices[bureau, name] = None if fen is None else fen // units
    return gaps, prices


def _within_required(row: Requirement, view: View, bureau: str) -> bool:
    """Whether a required row takes more kinds than this one, these among them: it is filled first, out of whatever is
    there, so that nobody can say that what comes would count for this one.
    """
    column = view.columns[bureau]
    return any(
        one.obligation.get(column) == "required" and set(one.kinds) > set(row.kinds)
        for one in view.cohort_of[bureau].loaded.standard.requirements
    )


def _may_come(requirement: Requirement, catalogue: Catalogue) -> tuple[str, ...]:
    """The kinds that may close a gap. Where the first, which is bought, is under no quota, none that is comes instead:
    the quota is dealt out by what is bought.
    """
    kinds = tuple(dict.fromkeys(requirement.kinds))
    limited = [one for one in kinds if one in catalogue.kinds and catalogue.kinds[one].quota]
    return kinds if kinds[0] in limited else tuple(one for one in kinds if one not in limited)


def _line(
    move: Move,
    offers: Mapping[tuple[str, str], list[dict[str, Any]]],
    prices: Mapping[tuple[str, str], int | None],
    view: View,
) -> TransferLine:
    """A move with the assets that go, taken off what the giver offers."""
    left, moved = move.units, []
    rows = offers[move.giver, move.kind]
    soon = view.cohort_of[move.taker].as_of + dt.timedelta(days=SOON)
    while left:
        row = rows[0]
        units = min(left, row["free"])
        until = row["valid_to"] if row["valid_to"] is not None and row["valid_to"] <= soon else None
        flags = [name for name in ("idle", "unsure", "old") if row[name]]
        moved.append(
            Moved(row["ref"], row["asset_no"], row["name"], row["model"], units, tuple(flags), until)
        )
        row["free"] -= units
        left -= units
        if not row["free"]:
            rows.pop(0)
    requirement = view.requirement(move.taker, move.requirement)
    price = prices[move.taker, move.requirement]
    distance, where = view.nearness(move.giver, move.taker, move.at)
    return TransferLine(
        view.standard_of(move.taker),
        move.requirement,
        requirement.name,
        requirement.unit,
        view.obligation(move.taker, move.requirement),
        move.kind.partition(" ")[0],
        move.giver,
        move.taker,
        move.units,
        distance,
        None if price is None else yuan(price * move.units),
        tuple(moved),
        f"{view.called(move.giver)}高出本单位应配数量的部分，{where}；优先通过调剂配置（{laws()['transfer-first'].cite}）",
    )


def _withheld(view: View) -> Iterator[Withheld]:
    """Units over that somebody lacks and that are not offered to all or to any, with the reason."""
    steps = view.part.steps.filter(pl.col("blocked").is_null() & (pl.col("action") != "restore"))
    lacking = steps.select("cohort", "requirement").unique()
    wanted = {
        kind
        for key, name in lacking.iter_rows()
        if (key, name) in view.rows
        for kind in view.rows[key, name].kinds
    }
    kept = (pl.col("free") < pl.col("units")) | (pl.col("unfit") != "")
    rows = view.part.offers.lazy().filter(kept).collect()
    rows = rows.filter(pl.col("kind").cast(pl.String).is_in(list(wanted)))
    rows = rows.with_columns(coded_rows.ref(), pl.col("bureau", "kind").cast(pl.String)).sort("bureau", "row")
    for row in rows.iter_rows(named=True):
        not_then = row["free"] == row["units"]
        yield Withheld(
            row["bureau"],
            row["kind"],
            row["ref"],
            row["asset_no"],
            row["name"],
            row["model"],
            row["units"] if not_then else row["units"] - row["free"],
            "not_then" if not_then else row["why"],
            (row["open"] or "same-number-differs") if row["why"] == "state_open" else None,
            row["valid_to"] if not_then else None,
        )


def _held_back(view: View) -> Iterator[HeldBack]:
    """What bureaus lack and may not add before their 编制 is settled."""
    held = view.part.steps.filter(pl.col("blocked") == "quota")
    sums = held.group_by("bureau", "requirement").agg(pl.col("units").sum()).sort("bureau", "requirement")
    for bureau, name, units in sums.iter_rows():
        row = view.requirement(bureau, name)
        quota = quota_of(view.members[bureau].bureau.facts)
        yield HeldBack(bureau, name, row.name, row.unit, units, view.obligation(bureau, name), quota)
