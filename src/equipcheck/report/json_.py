"""`report -f json`: the report as programs read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from equipcheck import __version__
from equipcheck.checking.results import Finding, OpenRow, Question, Report

MOST_ASSETS = 200
"""Rows of a list of ledger rows that are shown, unless all are asked for."""


def render(report: Report, *, all_assets: bool = False) -> str:
    """The report as JSON text, keys in a fixed order, UTF-8 characters as they are."""
    return dump(as_data(report, all_assets=all_assets))


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
    return _ENCODER.encode(value)


def as_data(report: Report, *, all_assets: bool = False) -> dict[str, Any]:
    """The report in the form of its published schema. Long lists of rows are cut (`…_more`: how many further)."""
    most = None if all_assets else MOST_ASSETS
    return {
        "format": 1,
        "tool": {"name": "equipcheck", "version": __version__},
        "as_of": report.as_of.isoformat(),
        "as_of_given": report.as_of_given,
        "bureau": dict(report.bureau),
        "standard": dict(report.standard),
        "overrides": list(report.overrides),
        "inputs": [values(one) for one in report.inputs],
        "coverage": values(report.coverage, attested=values(report.attested)),
        "trust": dict(report.trust),
        "findings": [_finding(one, most) for one in report.findings],
        "review": [_open(one) for one in report.review],
        "unmatched": [_open(one) for one in report.unmatched],
        "not_required": [_open(one) for one in report.not_required[:most]],
        **_more("not_required", report.not_required, most),
        "rejected": [{"ref": one.ref, "code": one.code, "why": one.note} for one in report.rejected],
        "notes": [values(one) for one in report.notes],
        "questions": [_question(one) for one in report.questions],
        "accounting": values(report.accounting),
    }


def _more(name: str, rows: Sequence[object], most: int | None) -> dict[str, int]:
    """How many rows of a list are not shown, where it is cut."""
    return {f"{name}_more": len(rows) - most} if most is not None and len(rows) > most else {}


def _finding(one: Finding, most: int | None) -> dict[str, Any]:
    return values(
        one,
        waiver=values(one.waiver) if one.waiver else None,
        services=[values(service) for service in one.services],
        source=values(one.source),
        assets=[values(asset, "out", "row", "at", "behind") for asset in one.assets[:most]],
        priority=values(one.priority) if one.priority else None,
        actions=[values(action) for action in one.actions],
        candidates=[values(row, "suggestions") for row in one.candidates],
        unread=[values(row, "suggestions") for row in one.unread],
        **_more("assets", one.assets, most),
    )


def _open(row: OpenRow) -> dict[str, Any]:
    return values(row, suggestions=[values(one) for one in row.suggestions])


def _question(one: Question) -> dict[str, Any]:
    subject = {"fact": one.fact} if one.fact is not None else {"requirement": one.requirement}
    return {**subject, "ask": one.ask, "rows": list(one.rows)}


def values(record: Any, *without: str, **instead: Any) -> dict[str, Any]:
    """The fields of a result by name, without some, with others in their place or beside them."""
    if isinstance(record, tuple):  # most are named tuples
        data = dict(zip(record._fields, record, strict=True))  # type: ignore[attr-defined]
    else:
        kind: Any = type(record)
        names, of = _getter(kind)
        data = dict(zip(names, of(record), strict=True))
    data |= instead
    for name in without:
        del data[name]
    return data


@cache
def _getter(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(one.name for one in fields(kind))
    return names, attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if is_dataclass(value):
        return values(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_plain)
