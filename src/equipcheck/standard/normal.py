"""The normal form of a standard, every key spelled out: `show -f json` prints it, `diff` compares it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from equipcheck.ground.records import Record
from equipcheck.standard.model import Condition, Requirement, Standard


def normal(standard: Standard) -> dict[str, Any]:
    """The whole standard as plain data."""
    data: dict[str, Any] = plain(standard)
    del data["format"]
    rows = [normal_row(row, standard) for row in standard.requirements]
    return data | {"verified": normal_verified(standard), "requirements": rows}


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
    data: dict[str, Any] = plain(row)
    return data | {
        what: {column: data[what][column] for column in named} for what in ("obligation", "quantity")
    }


def plain(value: Any) -> Any:
    """A record with every key; of a condition its values, or {min, max}."""
    if isinstance(value, Condition):
        return (
            {"min": number(value.min), "max": number(value.max)}
            if value.values is None
            else plain(value.values)
        )
    if isinstance(value, Record):
        return {name: plain(getattr(value, name)) for name in value.FIELDS}
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return [plain(one) for one in value] if isinstance(value, (tuple, list)) else value


def number(value: Decimal | None) -> int | float | None:
    """A number for JSON: whole ones without a point. Only for output; nothing is computed with it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
