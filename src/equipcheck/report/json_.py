"""`report -f json`: the report as programs read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from equipcheck import __version__
from equipcheck.checking.results import Finding, OpenRow, Question, Rates, Report


def render(report: Report) -> str:
    """The report as JSON text, keys in a fixed order, UTF-8 characters as they are."""
    return dump(as_data(report))


def dump(data: Any) -> str:
    """JSON text of plain data and results: a line a key, a line an item of a list; the same data, the same bytes.

    Deeper levels stay on their line, so that a province's report is written by the fast encoder.
    """
    if not isinstance(data, Mapping):
        return _items(data) + "\n" if isinstance(data, list) else _compact(data) + "\n"
    lines = [f" {_compact(key)}: {_items(value)}" for key, value in data.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _items(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _compact(value)
    return "[\n  " + ",\n  ".join(_compact(item) for item in value) + "\n ]"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def as_data(report: Report) -> dict[str, Any]:
    """The report in the form of its published schema."""
    return {
        "format": 1,
        "tool": {"name": "equipcheck", "version": __version__},
        "as_of": report.as_of.isoformat(),
        "as_of_given": report.as_of_given,
        "bureau": dict(report.bureau),
        "standard": dict(report.standard),
        "overrides": list(report.overrides),
        "inputs": [{"path": one.path, "sha256": one.sha256, "role": one.role} for one in report.inputs],
        "coverage": {**_rates(report.coverage), "attested": _rates(report.attested)},
        "trust": dict(report.trust),
        "findings": [_finding(one) for one in report.findings],
        "review": [_open(one) for one in report.review],
        "unmatched": [_open(one) for one in report.unmatched],
        "not_required": [_open(one) for one in report.not_required],
        "rejected": [{"ref": one.ref, "code": one.code, "why": one.note} for one in report.rejected],
        "notes": [{"ref": one.ref, "code": one.code, "note": one.note} for one in report.notes],
        "questions": [_question(one) for one in report.questions],
        "accounting": {
            "rows": dict(report.accounting.rows),
            "units": dict(report.accounting.units),
            "balanced": report.accounting.balanced,
        },
    }


def _rates(rates: Rates) -> dict[str, Any]:
    return {name.name: getattr(rates, name.name) for name in fields(rates)}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "requirement": one.requirement,
        "name": one.name,
        "category": one.category,
        "obligation": one.obligation,
        "unit": one.unit,
        "kinds": list(one.kinds),
        "column": one.column,
        "required": one.required,
        "held": one.held,
        "usable": one.usable,
        "counted": one.counted,
        "serviced": one.serviced,
        "gap": one.gap,
        "surplus": one.surplus,
        "unknown": one.unknown,
        "status": one.status,
        "flags": list(one.flags),
        "waiver": _values(one.waiver) if one.waiver else None,
        "rule": one.rule,
        "service_allowed": one.service_allowed,
        "services": [_values(service) for service in one.services],
        "missing_facts": list(one.missing_facts),
        "source": _values(one.source),
        "note": one.note,
        "assets": [
            {
                "ref": asset.ref,
                "asset_no": asset.asset_no,
                "name": asset.name,
                "model": asset.model,
                "kind": asset.kind,
                "quantity": asset.quantity,
                "counted": asset.counted,
                "surplus": asset.surplus,
                "excluded": asset.excluded,
                "flags": list(asset.flags),
                "valid_until": asset.valid_until,
                "checked_on": asset.checked_on,
            }
            for asset in one.assets
        ],
        "priority": _values(one.priority) if one.priority else None,
        "actions": [_values(action) for action in one.actions],
        "candidates": [
            {"ref": row.ref, "name": row.name, "quantity": row.quantity} for row in one.candidates
        ],
    }


def _open(row: OpenRow) -> dict[str, Any]:
    data: dict[str, Any] = {"ref": row.ref, "name": row.name, "quantity": row.quantity}
    return data | {"suggestions": [{"kind": one.kind, "score": one.score} for one in row.suggestions]}


def _question(one: Question) -> dict[str, Any]:
    subject = {"fact": one.fact} if one.fact is not None else {"requirement": one.requirement}
    return {**subject, "ask": one.ask, "rows": list(one.rows)}


def _values(one: Any) -> dict[str, Any]:
    return {name.name: getattr(one, name.name) for name in fields(one)}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if is_dataclass(value):
        return _values(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)
