"""The normal form of a standard, every key spelled out: `show -f json` prints it, `diff` compares it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from equipcheck.standard.model import Condition, QuantityRule, Requirement, Standard, Tier, When


def normal(standard: Standard) -> dict[str, Any]:
    """The whole standard as plain data."""
    effective = standard.effective
    return {
        "id": standard.id,
        "family": standard.family,
        "title": standard.title,
        "document": standard.document,
        "issuer": standard.issuer,
        "effective": effective.isoformat() if isinstance(effective, dt.date) else effective,
        "limit": standard.limit,
        "supersedes": list(standard.supersedes),
        "extends": standard.extends,
        "note": standard.note,
        "verified": normal_verified(standard),
        "columns": [
            {"id": column.id, "label": column.label, "when": normal_when(column.when)}
            for column in standard.columns
        ],
        "requirements": [normal_row(row, standard) for row in standard.requirements],
    }


def normal_verified(standard: Standard) -> dict[str, Any] | None:
    """The stamp of `standards verify`, if there is one."""
    stamp = standard.verified
    if stamp is None:
        return None
    by = [stamp.by] if isinstance(stamp.by, str) else list(stamp.by)
    return {"on": stamp.on.isoformat(), "by": by, "sha256": stamp.sha256}


def normal_row(row: Requirement, standard: Standard) -> dict[str, Any]:
    """One row; columns without a rule are absent from `quantity` and `obligation`."""
    named = [column.id for column in standard.columns if column.id in row.quantity]
    source = row.source
    return {
        "id": row.id,
        "name": row.name,
        "category": row.category,
        "kinds": list(row.kinds),
        "unit": row.unit,
        "obligation": {column: row.obligation[column] for column in named},
        "quantity": {column: normal_rule(row.quantity[column]) for column in named},
        "when": normal_when(row.when),
        "service": row.service,
        "price_limit": number(row.price_limit),
        "life_years": row.life_years,
        "parameters": row.parameters,
        "note": row.note,
        "source": {
            "document": source.document,
            "place": source.place,
            "status": source.status,
            "kind": source.kind,
            "note": source.note,
        },
    }


def normal_rule(rule: QuantityRule) -> dict[str, Any]:
    """A rule with every key."""
    return {
        "per": rule.per,
        "every": number(rule.every),
        "count": rule.count,
        "percent": number(rule.percent),
        "min": rule.min,
        "max": rule.max,
        "round": rule.round,
        "tiers": None if rule.tiers is None else [_tier(tier) for tier in rule.tiers],
        "sum": None if rule.sum is None else [normal_rule(part) for part in rule.sum],
        "as_needed": rule.as_needed,
        "text": rule.text,
        "note": rule.note,
    }


def _tier(tier: Tier) -> dict[str, Any]:
    return {
        "upto": tier.upto,
        "every": number(tier.every),
        "count": tier.count,
        "percent": number(tier.percent),
        "round": tier.round,
    }


def normal_when(when: When) -> dict[str, Any]:
    """Conditions: fact → list of values, or {min, max}."""
    return {name: _condition(condition) for name, condition in when.items()}


def _condition(condition: Condition) -> Any:
    if condition.values is not None:
        return [number(value) if isinstance(value, Decimal) else value for value in condition.values]
    return {"min": number(condition.min), "max": number(condition.max)}


def number(value: Decimal | None) -> int | float | None:
    """A number for JSON: whole ones without a point. Only for output; nothing is computed with it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
