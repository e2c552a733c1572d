"""`plan -f json`: the plan as programs read it."""

from __future__ import annotations

from typing import Any

from equipcheck import __version__
from equipcheck.plan.model import Comparison, Coverage, Item, Package, Plan, Task, Unfunded, Year
from equipcheck.report.json_ import dump, values


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
        "inputs": [values(one) for one in report.inputs],
        "by": plan.by,
        "with_optional": plan.with_optional,
        "what_if": dict(plan.what_if),
        "years": [_year(one) for one in plan.years],
        "unfunded": [_line(one) for one in plan.unfunded],
        "packages": [_package(one) for one in plan.packages],
        "first": [_task(one) for one in plan.first],
        "then": [_task(one) for one in plan.then],
        "warnings": list(plan.warnings),
        "dues": [values(one) for one in plan.dues],
        "checkups": [values(one) for one in plan.checkups],
        "comparison": _comparison(plan.comparison) if plan.comparison else None,
        "sensitivity": [
            {
                "weight": one.weight,
                "change": one.factor,
                "moved": [{"requirement": name, "from": was, "to": now} for name, was, now in one.moved],
            }
            for one in plan.shifts
        ],
        "settings": [values(one) for one in plan.used],
        "laws": [{"cite": cite, "text": text, "trust": trust} for cite, text, trust in plan.laws],
    }


def _year(one: Year) -> dict[str, Any]:
    return values(
        one,
        "day",
        from_day=one.day,
        spread=values(one.spread),
        items=[_line(item) for item in one.items],
        skipped=[_line(item) for item in one.skipped],
        unpriced=values(one.unpriced),
        coverage_before=_coverage(one.coverage_before),
        coverage_after=_coverage(one.coverage_after),
        coverage_without=_coverage(one.coverage_without),
        next_tenth=[_line(item) for item in one.next_tenth],
        next_tenth_less=[_line(item) for item in one.next_tenth_less],
    )


def _coverage(one: Coverage) -> dict[str, Any]:
    return values(one.all, attested=values(one.attested))


def _task(one: Task) -> dict[str, Any]:
    return values(
        one, rows=[{"name": name, "quantity": units, "unit": unit} for name, units, unit in one.rows]
    )


def _line(one: Item | Unfunded) -> dict[str, Any]:
    units = [{"ref": ref, "quantity": quantity} for ref, quantity in one.units]
    return values(one, spread=values(one.spread) if one.spread else None, refs=one.refs, units=units)


def _package(one: Package) -> dict[str, Any]:
    return values(one, "lines", spread=values(one.spread), calendar=[values(step) for step in one.calendar])


def _comparison(one: Comparison) -> dict[str, Any]:
    return values(
        one,
        only_here=_differing(one.only_here),
        only_there=_differing(one.only_there),
        moved=[values(each, before=dict(each.before), now=dict(each.now)) for each in one.moved],
    )


def _differing(rows: tuple[tuple[str, str, int], ...]) -> list[dict[str, Any]]:
    return [{"requirement": name, "name": label, "units": units} for name, label, units in rows]
