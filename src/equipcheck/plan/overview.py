"""What a plan comes to in a few lines: what can be had for nothing or nearly nothing, then what must be bought."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from equipcheck.checking.results import Report
from equipcheck.plan.model import Item, Task, Unfunded, Year

if TYPE_CHECKING:
    from equipcheck.plan.years import Outcome

Line = Item | Unfunded

NOT_YET = ("quota", "unrecorded")
"""Why lines are unfunded that may not be bought yet: no sum of money to be spent holds them."""


def first_tasks(year: Year, report: Report, *, with_optional: bool = False) -> tuple[Task, ...]:
    """收回、调剂、送检、维修、补登记 of the first year, funded or not; 复核 and 补清单, which cost nothing."""
    lines: list[Line] = [*year.items, *year.skipped]
    back = [one for one in lines if one.action == "restore"]
    gap = [one for one in back if one.role == "gap"]
    found = [
        _task("recall", [one for one in gap if one.why == "lent_out" and not one.sent], free=True),
        _task("transfer", [one for one in lines if one.action == "transfer"], free=True),
        _task("verify", [one for one in gap if one.why.startswith("verification")]),
        _task("recall_verify", [one for one in gap if one.why == "lent_out" and one.sent]),
        _task("repair", [one for one in gap if one.why == "broken" and not one.sent]),
        _task("repair_verify", [one for one in gap if one.why == "broken" and one.sent]),
        _task("register", [one for one in back if one.role == "verify"]),
        _task("renew", [one for one in back if one.role == "renew"]),
        _review(report, with_optional=with_optional),
        _unlisted(report),
    ]
    return tuple(one for one in found if one is not None)


def then_tasks(outcome: Outcome) -> tuple[Task, ...]:
    """What must be bought in all years, planned or not; apart from it what may not be bought before its quota is set.

    What is first to be looked for (台账一般不含) is none of it.
    """
    lines: list[Line] = [item for year in outcome.years for item in year.items]
    lines += [one for one in outcome.unfunded if one.reason not in NOT_YET]
    found = [
        _task("purchase", [one for one in lines if one.action == "purchase"]),
        _task("service", [one for one in lines if one.action in ("service", "pool")]),
        _task("quota", [one for one in outcome.unfunded if one.reason == "quota"]),
    ]
    return tuple(one for one in found if one is not None)


def _task(what: str, lines: Iterable[Line], *, free: bool = False) -> Task | None:
    rows: dict[tuple[str, str], int] = {}
    refs: list[str] = []
    cost, unpriced, partly = Decimal(0), 0, 0
    for one in lines:
        rows[one.name, one.unit] = rows.get((one.name, one.unit), 0) + one.quantity
        refs += one.refs
        cost += one.cost or 0
        unpriced += one.quantity if one.cost is None else 0
        partly += one.quantity if one.partly else 0
    if not rows:
        return None
    named = tuple((name, units, unit) for (name, unit), units in rows.items())
    return Task(
        what, named, sum(rows.values()), None if free else cost, unpriced, tuple(dict.fromkeys(refs)), partly
    )


def _review(report: Report, *, with_optional: bool) -> Task | None:
    """Ledger rows in review or unmatched that may be what is missing: looking at them costs nothing."""
    open_ = [
        one
        for one in report.findings
        if one.gap
        and one.candidates
        and (one.obligation == "required" or with_optional)
        and not (one.waiver is not None and one.waiver.in_force)
    ]
    refs = tuple(dict.fromkeys(row.ref for one in open_ for row in one.candidates))
    rows = tuple((one.name, one.gap, one.unit or "件") for one in open_)
    return Task("review", rows, len(refs), None, 0, refs) if refs else None


def _unlisted(report: Report) -> Task | None:
    """Rows that a fixed-asset ledger usually leaves out: a list of what is there may close them."""
    open_ = [one for one in report.findings if one.status == "unrecorded" and one.obligation == "required"]
    rows = tuple((one.name, one.gap, one.unit or "件") for one in open_)
    return Task("list", rows, sum(units for _, units, _ in rows), None, 0) if rows else None
