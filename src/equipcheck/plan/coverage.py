"""Coverage of a bureau's findings when a plan has closed some units of their gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from equipcheck.checking.results import Finding, Rates

OUTSIDE = ("not_applicable", "as_needed", "unrecorded", "undecided")


def coverage(
    findings: Sequence[Finding],
    closed: Mapping[str, int],
    sure: Mapping[str, int] | None = None,
    *,
    ceiling: bool = False,
    attested: bool = False,
) -> Rates:
    """达标率 and 数量配备率 over required rows (contract: as in `report`), by what a plan adds to what counts.

    `closed` are the units that it brings to each requirement, `sure` the units of uncertain validity that it has
    verified there.
    """
    rows = [
        one
        for one in findings
        if one.obligation == "required" and (not attested or one.source.kind == "attested")
    ]
    counted = [one for one in rows if one.status not in OUTSIDE]
    sure = sure or {}
    standings = [
        _standing(one, closed.get(one.requirement, 0), sure.get(one.requirement, 0)) for one in counted
    ]
    met, unverified = standings.count("met"), standings.count("unverified")
    needed = sum(one.required or 0 for one in counted)
    filled = sum(
        min(one.counted + one.serviced + closed.get(one.requirement, 0), one.required or 0) for one in counted
    )
    total = len(counted)
    return Rates(
        by_kind=met / total if total else None,
        by_kind_if_verified=(met + unverified) / total if total else None,
        by_quantity=None if ceiling or not needed else filled / needed,
        applicable=total,
        met=met,
        unrecorded=_count(rows, "unrecorded"),
        undecided=_count(rows, "undecided"),
    )


def _count(rows: Iterable[Finding], status: str) -> int:
    return sum(one.status == status for one in rows)


def _standing(one: Finding, closed: int, sure: int) -> str:
    if one.status in ("met", "surplus", "over"):
        return "over" if one.status == "over" else "met"
    required = one.required or 0
    reached = one.counted + one.serviced + closed
    if reached - max(0, one.unknown - sure) >= required:
        return "met"
    return "unverified" if reached >= required else "short"
