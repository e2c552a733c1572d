"""What ends in the years of a plan: verifications, services, waivers, service lives; and the verification plan."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import polars as pl

from equipcheck.assess.usable import validity
from equipcheck.checking.results import Finding, Report, with_units
from equipcheck.plan.laws import cite
from equipcheck.plan.means import Means
from equipcheck.plan.model import Checkup, Due, Item, Unfunded, Year
from equipcheck.plan.restore import UNKNOWN
from equipcheck.project.arrangements import HOW

if TYPE_CHECKING:
    from equipcheck.checking.check import Run


def dues(run: Run, means: Means, end: dt.date) -> tuple[Due, ...]:
    """Everything that ends after the as-of date and up to `end`, in order of day."""
    names = {one.requirement: one.name for one in run.report.findings}
    found = [*_verifications(run, means, names, end), *_lives(run, means, names, end)]
    for one in run.report.findings:
        found += [
            Due(service.until, "service", one.requirement, one.name, service.quantity,
                f"{HOW[service.how]}到期，到期后不再满足要求", service.paper or "")
            for service in one.services
            if service.until is not None and service.until <= end
        ]  # fmt: skip
        if one.waiver is not None and one.waiver.in_force and one.waiver.until <= end:
            found.append(
                Due(
                    one.waiver.until,
                    "waiver",
                    one.requirement,
                    one.name,
                    one.gap,
                    "情况说明到期，缺口恢复列入",
                )
            )
    order = [one.requirement for one in run.report.findings]
    return tuple(sorted(found, key=lambda due: (due.on, due.what, order.index(due.requirement), due.ref)))


def _counted(run: Run) -> pl.DataFrame:
    """Counted units with their row, kind, requirement, acquisition and end of validity."""
    gathered = run.gathered
    ends = validity(gathered.assets, gathered.ledgers.checks, run.as_of)
    return (
        run.assessment.places.filter((pl.col("place") == "counted") & (pl.col("units") > 0))
        .join(gathered.assets.select("row", "part", "ref", "acquired"), on=["row", "part"])
        .join(gathered.matches.select("row", "part", "kind"), on=["row", "part"])
        .join(ends.select("row", "part", "valid_to"), on=["row", "part"], how="left")
        .sort("row", "part", "requirement")
    )


def _verifications(run: Run, means: Means, names: dict[str, str], end: dt.date) -> list[Due]:
    rows = _counted(run).filter(pl.col("valid_to").is_not_null() & (pl.col("valid_to") <= end))
    columns = ("valid_to", "requirement", "units", "ref", "kind")
    return [
        Due(
            day,
            "verification",
            requirement,
            names[requirement],
            units,
            "检定（校准）有效期届满，此前送检",
            ref,
        )
        for day, requirement, units, ref, kind in rows.select(columns).iter_rows()
        if means.months(kind) is not None
    ]


def _lives(run: Run, means: Means, names: dict[str, str], end: dt.date) -> list[Due]:
    kinds = means.prices.catalogue.kinds
    lives = {name: kind.life_years for name, kind in kinds.items() if kind.life_years}
    rows = _counted(run).filter(pl.col("acquired").is_not_null() & pl.col("kind").is_in(list(lives)))
    found = []
    for acquired, requirement, units, ref, kind in rows.select(
        "acquired", "requirement", "units", "ref", "kind"
    ).iter_rows():
        day = _years_on(acquired, lives[kind] or 0)
        if run.as_of < day <= end:
            note = f"达到使用年限 {lives[kind]} 年；仅达到年限不是报废理由，仍能用的继续使用（{cite('scrapping')}）"
            found.append(Due(day, "life", requirement, names[requirement], units, note, ref))
    return found


def _years_on(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def checkups(
    years: Sequence[Year], unfunded: Sequence[Unfunded], found: Iterable[Due], report: Report, means: Means
) -> tuple[Checkup, ...]:
    """The verification plan: what the years send, and what they leave out but the law still asks to be verified.

    What has expired goes at once, what expires some days before its day (`calendar: verification_lead_days`).
    """
    lines: list[Checkup] = []
    taken: Counter[str] = Counter()  # units of each ledger row, in the year that sends most of them
    for year in years:
        sent: Counter[str] = Counter()
        for item in (item for item in year.items if _to_send(item, means)):
            lines.append(_line(item, _month(item, year, years[0], report.as_of, means), year.year, means))
            sent.update(dict(item.units))
        taken |= sent
    for one in (one for one in unfunded if _to_send(one, means)):
        lines.append(_line(one, None, None, means, "经费未安排"))
        taken.update(dict(one.units))
    lines += _outside(report, found, taken, means)
    order = [one.requirement for one in report.findings]
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                line.year is None, line.month or dt.date.min, order.index(line.requirement), line.refs,
            ),
        )
    )  # fmt: skip


def _to_send(one: Item | Unfunded, means: Means) -> bool:
    """Whether a line sends instruments for verification, alone or once they are repaired or taken back."""
    return one.sent and means.months(one.kind) is not None


def _month(item: Item, year: Year, first: Year, as_of: dt.date, means: Means) -> dt.date | None:
    """The month in which an item's units are sent; None: at once."""
    begins = year is first and year.day == as_of
    start = as_of + dt.timedelta(1) if begins else dt.date(year.year, 1, 1)
    if item.due is None or item.due < start:  # nothing is sent before a day that has passed
        return None if begins else start
    return _ahead_of(item.due, start, means)


def _ahead_of(due: dt.date, start: dt.date, means: Means) -> dt.date:
    lead = dt.timedelta(means.settings.calendar.verification_lead_days)
    return max(due - lead, start).replace(day=1)


def _outside(report: Report, found: Iterable[Due], taken: Counter[str], means: Means) -> Iterator[Checkup]:
    """What ends, or is not known, and stands in no year: optional and waived rows, rows that have enough without it."""
    rows = {one.requirement: one for one in report.findings}
    kinds = {(one.requirement, asset.ref): asset.kind for one in report.findings for asset in one.assets}
    start = report.as_of + dt.timedelta(1)  # what is due comes after it
    for due in found:
        units = _not_taken(due.ref, due.quantity, taken) if due.what == "verification" else 0
        if units:
            month, why = _ahead_of(due.on, start, means), f"有效期至 {due.on}"
            kind = kinds[due.requirement, due.ref]
            yield _left_out(rows[due.requirement], due.ref, kind, units, month, why, means)
    for one in report.findings:
        for asset in with_units(one.assets, "counted"):
            if {*UNKNOWN} & {*asset.flags}:
                units = _not_taken(asset.ref, asset.counted, taken)
                why = "有效期未登记或超过周期：先补登记，没有有效证书的送检"
                if units:
                    yield _left_out(one, asset.ref, asset.kind, units, None, why, means)


def _not_taken(ref: str, units: int, taken: Counter[str]) -> int:
    """Units of a ledger row beyond those that are planned; each planned one is taken off once."""
    planned = min(units, taken[ref])
    taken[ref] -= planned
    return units - planned


def _left_out(
    one: Finding, ref: str, kind: str, units: int, month: dt.date | None, why: str, means: Means
) -> Checkup:
    if one.waiver is not None and one.waiver.in_force:
        because = "已有情况说明，未列入各年安排"
    elif one.obligation != "required":
        because = "选配项，未列入各年安排"
    else:
        because = "没有它也够数，未列入各年安排；使用前仍须送检"
    known = means.prices.catalogue.kinds.get(kind)
    price = means.prices.cost(kind, "verify")
    return Checkup(
        month=month,
        year=None,
        requirement=one.requirement,
        name=one.name,
        kind_name=known.name if known is not None else kind,
        unit=one.unit or "件",
        quantity=units,
        unit_cost=None if price is None else price.typical,
        cost=None if price is None else price.typical * units,
        why=why,
        code=_code(kind, means),
        refs=(ref,),
        because=because,
    )


def _line(
    one: Item | Unfunded, month: dt.date | None, year: int | None, means: Means, because: str = ""
) -> Checkup:
    fee = means.prices.cost(one.kind, "verify")  # of a repaired one too: its line costs the repair besides
    return Checkup(
        month=month,
        year=year,
        requirement=one.requirement,
        name=one.name,
        kind_name=one.kind_name,
        unit=one.unit,
        quantity=one.quantity,
        unit_cost=None if fee is None else fee.typical,
        cost=None if fee is None else fee.typical * one.quantity,
        why=one.because.split("（《")[0],
        code=_code(one.kind, means),
        refs=one.refs,
        because=because,
    )


def _code(kind: str, means: Means) -> str:
    known = means.prices.catalogue.kinds.get(kind)
    if known is None or known.metrology.mode == "none":
        return ""
    months = f"{known.metrology.months or means.settings.default_months}个月"
    return "，".join(part for part in (known.metrology.code, months, known.metrology.basis) if part)
