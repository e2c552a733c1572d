"""`rollup -f json`: the roll-up as programs and the page read it. Its schema is published (`--of rollup`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipcheck import __version__
from equipcheck.checking.results import Rates
from equipcheck.fleet.members import Failed
from equipcheck.fleet.results import (
    BureauLine,
    GroupLine,
    KindLine,
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
        "editions": [
            {
                "id": one.id,
                "title": one.title,
                "document": one.document,
                "limit": one.limit,
                "sha256": one.sha256,
                "bureaus": one.bureaus,
                "coverage": _coverage(one.coverage, one.attested),
                "note": one.note,
            }
            for one in rollup.editions
        ],
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
        "by_kind": [_kind(one) for one in rollup.kinds],
        "by_parent": [_group(one) for one in rollup.parents],
        "by_level": [_group(one) for one in rollup.levels],
        "by_region": [_group(one) for one in rollup.regions],
        "transfers": [_transfer(one) for one in rollup.transfers.lines],
        "transfers_summary": _transfers(rollup.transfers),
        "failed": [_failed(one) for one in rollup.failed],
        "notes": [{"ref": one.ref, "code": one.code, "note": one.note} for one in rollup.notes],
        "accounting": {
            **{what: dict(places) for what, places in rollup.accounting.items()},
            "balanced": True,
        },
        "inputs": [{"path": one.path, "sha256": one.sha256, "role": one.role} for one in rollup.inputs],
    }


def _coverage(rates: Rates, attested: Rates) -> dict[str, Any]:
    return {**values(rates), "attested": values(attested)}


def _need(need: Need) -> dict[str, Any]:
    return {
        "gap_units": need.gap_units,
        "gap_kinds": need.gap_kinds,
        "gap_cost": need.cost,
        "unpriced_units": need.unpriced_units,
        "waived_units": need.waived_units,
        "steps": [
            {"action": action, "quantity": units, "cost": cost, "unpriced_units": unpriced}
            for action, units, cost, unpriced in need.steps
        ],
    }


def _bureau(one: BureauLine) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "parent": one.parent,
        "level": one.level,
        "region": one.region,
        "column": one.column,
        "staff": one.staff,
        "main_posts": one.main_posts,
        "standard": one.standard,
        "as_of": one.as_of.isoformat(),
        "coverage": _coverage(one.coverage, one.attested),
        **_need(one.need),
        "required": one.required,
        "held": one.held,
        "usable": one.usable,
        "counted": one.counted,
        "excluded": one.excluded,
        "scrapped": one.scrapped,
        "surplus": one.surplus,
        "undecided": one.undecided,
        "quality": values(one.quality),
        "because": list(one.because),
    }


def _group(one: GroupLine) -> dict[str, Any]:
    under: Mapping[str, Any] = one.under
    return {
        "key": one.key,
        "parent": one.key,
        "name": one.name,
        "bureaus": one.bureaus,
        "bureaus_failed": one.failed,
        "coverage": _coverage(one.coverage, one.attested),
        **_need(one.need),
        "staff": one.staff,
        "main_posts": one.main_posts,
        "distribution": {"by_kind": values(one.by_kind)},
        "under": {
            "bureaus": under["bureaus"],
            "coverage": _coverage(under["coverage"], under["attested"]),
            **_need(under["need"]),
        }
        if under
        else None,
    }


def _requirement(one: RequirementLine) -> dict[str, Any]:
    return {
        "standard": one.standard,
        "requirement": one.requirement,
        "name": one.name,
        "category": one.category,
        "unit": one.unit,
        "kinds": list(one.kinds),
        "obligations": list(one.obligations),
        "source": {"status": one.trust[0], "kind": one.trust[1]},
        "required": one.required,
        "held": one.held,
        "usable": one.usable,
        "counted": one.counted,
        "serviced": one.serviced,
        "gap": one.gap,
        "required_gap": one.required_gap,
        "surplus": one.surplus,
        "bureaus": one.bureaus,
        "bureaus_met": one.bureaus_met,
        "bureaus_short": one.bureaus_short,
        "bureaus_none": one.bureaus_none,
        "undecided": one.undecided,
        "none": list(one.none),
        "gap_cost": one.cost,
        "unpriced_units": one.unpriced_units,
        "distribution": values(one.spread),
    }


def _kind(one: KindLine) -> dict[str, Any]:
    return values(one) | {"standards": list(one.standards)}


def _transfer(one: TransferLine) -> dict[str, Any]:
    return {
        "standard": one.standard,
        "requirement": one.requirement,
        "name": one.name,
        "unit": one.unit,
        "kind": one.kind,
        "from": one.giver,
        "to": one.taker,
        "quantity": one.quantity,
        "distance": one.distance,
        "saves": one.saves,
        "assets": [
            {
                "ref": asset.ref,
                "asset_no": asset.asset_no,
                "name": asset.name,
                "model": asset.model,
                "quantity": asset.units,
                "flags": list(asset.flags),
            }
            for asset in one.assets
        ],
        "because": one.because,
    }


def _transfers(one: Transfers) -> dict[str, Any]:
    return {
        "objective": one.objective,
        "basis": [{"cite": cite, "text": text, "trust": trust} for cite, text, trust in one.basis],
        "quantity": one.units,
        "saves": one.saves,
        "unpriced_units": one.unpriced_units,
        "left_over": one.left_over,
    }


def _failed(one: Failed) -> dict[str, Any]:
    return {
        "bureau": one.bureau,
        "name": one.name,
        "code": one.code,
        "why": one.why,
        "rows": one.rows,
        "units": one.units,
    }
