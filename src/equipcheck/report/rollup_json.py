"""`rollup -f json`: the roll-up as programs and the page read it. Its schema is published (`--of rollup`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipcheck import __version__
from equipcheck.checking.results import Rates
from equipcheck.fleet.results import (
    BureauLine,
    Edition,
    GroupLine,
    Need,
    RequirementLine,
    Rollup,
    TransferLine,
    Transfers,
)
from equipcheck.report import json_
from equipcheck.report.json_ import values


def render(rollup: Rollup) -> str:
    """JSON text; the same roll-up, the same bytes."""
    return json_.dump(as_data(rollup))


def as_data(rollup: Rollup) -> dict[str, Any]:
    """The roll-up in the form of its published schema."""
    return {
        "format": 1,
        "tool": {"name": "equipcheck", "version": __version__},
        "title": rollup.title,
        "as_of": rollup.as_of.isoformat() if rollup.as_of else None,
        "dates": dict(rollup.dates),
        "editions": [_with_coverage(one) for one in rollup.editions],
        "bureaus": len(rollup.bureaus),
        "bureaus_listed": rollup.listed,
        "bureaus_failed": len(rollup.failed),
        "not_reported": [one.bureau for one in rollup.not_reported],
        "coverage": _coverage(rollup.coverage, rollup.attested),
        **_need(rollup.need),
        "distribution": {"by_kind": values(rollup.by_kind), "by_quantity": values(rollup.by_quantity)},
        "worst": list(rollup.worst),
        "best": list(rollup.best),
        "by_bureau": [_bureau(one) for one in rollup.bureaus],
        "by_requirement": [_requirement(one) for one in rollup.requirements],
        "by_kind": [values(one) for one in rollup.kinds],
        "by_parent": [_group(one) for one in rollup.parents],
        "by_level": [_group(one) for one in rollup.levels],
        "by_region": [_group(one) for one in rollup.regions],
        "transfers": [_transfer(one) for one in rollup.transfers.lines],
        "transfers_summary": _transfers(rollup.transfers),
        "questions": [values(one) for one in rollup.questions],
        "failed": [values(one) for one in rollup.failed],
        "notes": [values(one) for one in rollup.notes],
        "accounting": {
            **{what: dict(places) for what, places in rollup.accounting.items()},
            "balanced": True,
        },
        "inputs": [values(one) for one in rollup.inputs],
    }


def _coverage(rates: Rates, attested: Rates) -> dict[str, Any]:
    return values(rates, attested=values(attested))


def _with_coverage(one: BureauLine | GroupLine | Edition, *without: str, **instead: Any) -> dict[str, Any]:
    """Coverage of the attested rows stands within that of all."""
    coverage = _coverage(one.coverage, one.attested)
    return values(one, *without, "attested", coverage=coverage, **instead)


def _need(need: Need) -> dict[str, Any]:
    steps = [
        {"action": action, "quantity": units, "cost": cost, "unpriced_units": unpriced}
        for action, units, cost, unpriced in need.steps
    ]
    return values(need, "cost", gap_cost=need.cost, steps=steps)


def _bureau(one: BureauLine) -> dict[str, Any]:
    return _with_coverage(one, "need", **_need(one.need), quality=values(one.quality))


def _group(one: GroupLine) -> dict[str, Any]:
    under: Mapping[str, Any] = one.under
    below = (
        {
            "bureaus": under["bureaus"],
            "coverage": _coverage(under["coverage"], under["attested"]),
            **_need(under["need"]),
        }
        if under
        else None
    )
    return _with_coverage(
        one,
        *("failed", "need", "by_kind"),
        parent=one.key,
        bureaus_failed=one.failed,
        **_need(one.need),
        distribution={"by_kind": values(one.by_kind)},
        under=below,
    )


def _requirement(one: RequirementLine) -> dict[str, Any]:
    return values(
        one,
        *("trust", "cost", "spread", "tallies"),
        by_obligation=[values(tally, "cost", gap_cost=tally.cost) for tally in one.tallies],
        source={"status": one.trust[0], "kind": one.trust[1]},
        gap_cost=one.cost,
        distribution=values(one.spread),
    )


def _transfer(one: TransferLine) -> dict[str, Any]:
    assets = [values(asset, "units", quantity=asset.units) for asset in one.assets]
    return values(one, "giver", "taker", assets=assets, **{"from": one.giver, "to": one.taker})


def _transfers(one: Transfers) -> dict[str, Any]:
    basis = [{"cite": cite, "text": text, "trust": trust} for cite, text, trust in one.basis]
    return values(
        one,
        "lines",
        "units",
        basis=basis,
        quantity=one.units,
        withheld=[values(held) for held in one.withheld],
        held_back=[values(held) for held in one.held_back],
    )
