"""`plan -f json`: the plan as programs read it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from equipcheck import __version__
from equipcheck.plan.model import Coverage, Item, Package, Plan, Task, Unfunded, Year
from equipcheck.report.json_ import dump


def render(plan: Plan) -> str:
    """The plan as JSON text; the same plan gives the same bytes."""
    return dump(as_data(plan))


def as_data(plan: Plan) -> dict[str, Any]:
    """The plan in the form of its published schema."""
    report = plan.report
    return {
        "format": 1,
        "tool": {"name": "equipcheck", "version": __version__},
        "as_of": plan.as_of.isoformat(),
        "bureau": dict(report.bureau),
        "standard": dict(report.standard),
        "overrides": list(report.overrides),
        "inputs": [{"path": one.path, "sha256": one.sha256, "role": one.role} for one in report.inputs],
        "by": plan.by,
        "with_optional": plan.with_optional,
        "what_if": dict(plan.what_if),
        "years": [_year(one) for one in plan.years],
        "unfunded": [_line(one) for one in plan.unfunded],
        "packages": [_package(one) for one in plan.packages],
        "first": [_task(one) for one in plan.first],
        "then": [_task(one) for one in plan.then],
        "warnings": list(plan.warnings),
        "dues": [_values(one) for one in plan.dues],
        "checkups": [_values(one) for one in plan.checkups],
        "comparison": _comparison(plan),
        "sensitivity": [
            {
                "weight": one.weight,
                "change": one.factor,
                "moved": [{"requirement": name, "from": was, "to": now} for name, was, now in one.moved],
            }
            for one in plan.shifts
        ],
        "settings": [_values(one) for one in plan.used],
        "laws": [{"cite": cite, "text": text, "trust": trust} for cite, text, trust in plan.laws],
    }


def _year(one: Year) -> dict[str, Any]:
    return {
        "year": one.year,
        "from_day": one.day.isoformat(),
        "budget": one.budget,
        "spent": one.spent,
        "spread": _values(one.spread),
        "items": [_line(item) for item in one.items],
        "skipped": [_line(item) for item in one.skipped],
        "unpriced": _values(one.unpriced),
        "gap_units": one.gap_units,
        "lapsing_units": one.lapsing_units,
        "new_units": one.new_units,
        "coverage_before": _coverage(one.coverage_before),
        "coverage_after": _coverage(one.coverage_after),
        "coverage_without": _coverage(one.coverage_without),
        "next_tenth": [_line(item) for item in one.next_tenth],
    }


def _coverage(one: Coverage) -> dict[str, Any]:
    return {**one.all._asdict(), "attested": one.attested._asdict()}


def _task(one: Task) -> dict[str, Any]:
    rows = [{"name": name, "quantity": units, "unit": unit} for name, units, unit in one.rows]
    return _values(one) | {"rows": rows, "refs": list(one.refs)}


def _line(one: Item | Unfunded) -> dict[str, Any]:
    spread = _values(one.spread) if one.spread else None
    return _values(one) | {"spread": spread, "refs": list(one.refs), "units": _rows(one.units)}


def _rows(units: tuple[tuple[str, int], ...]) -> list[dict[str, Any]]:
    return [{"ref": ref, "quantity": quantity} for ref, quantity in units]


def _package(one: Package) -> dict[str, Any]:
    return {
        "name": one.name,
        "year": one.year,
        "category": one.category,
        "method": one.method,
        "why": one.why,
        "amount": one.amount,
        "spread": _values(one.spread),
        "items": list(one.items),
        "calendar": [
            {"step": step.step, "by": step.by.isoformat(), "note": step.note} for step in one.calendar
        ],
    }


def _comparison(plan: Plan) -> dict[str, Any] | None:
    if plan.comparison is None:
        return None
    one = plan.comparison
    keys = ("only_here", "only_there")
    lists = {
        key: [
            {"requirement": name, "name": label, "units": units} for name, label, units in getattr(one, key)
        ]
        for key in keys
    }
    return _values(one) | lists


def _values(one: Any) -> dict[str, Any]:
    return {name.name: getattr(one, name.name) for name in fields(one)}
