"""What ends in the years of a plan: verifications, services, waivers, service lives; and the verification plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from equipcheck.assess.usable import validity
from equipcheck.checking.results import AssetUse, Finding
from equipcheck.plan.ladder import Means
from equipcheck.plan.laws import cite
from equipcheck.plan.model import Checkup, Due, Item, Unfunded, Year

if TYPE_CHECKING:
    from equipcheck.checking.check import Run

HOW = {"service": "第三方服务", "pool": "统调共享", "loan": "借用"}


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
    years: Sequence[Year], unfunded: Sequence[Unfunded], found: Iterable[Due], run: Run, means: Means
) -> tuple[Checkup, ...]:
    """What is to be sent for verification and when: what has expired at once, what expires a month before its day."""
    found = [one for one in found if one.what == "verification"]
    in_time = {one.ref for one in found}  # valid now: sent before their day, they never lapse
    lines: list[Checkup] = []
    for year in years:
        month = None if year is years[0] else dt.date(year.year, 1, 1)
        lines += [_line(item, month, in_time, means) for item in year.items if _to_send(item, in_time, means)]
    lines += [_line(one, None, in_time, means) for one in unfunded if _to_send(one, in_time, means)]
    kinds = {asset.ref: asset.kind for one in run.report.findings for asset in one.assets}
    units = {one.requirement: one.unit or "件" for one in run.report.findings}
    for one in run.report.findings:
        lines += [
            _unsure(one, asset, means)
            for asset in one.assets
            if asset.counted and {"verification_unknown", "verification_due"} & {*asset.flags}
        ]
    lead = dt.timedelta(means.settings.calendar.verification_lead_days)
    for due in found:
        if due.what == "verification":
            send = max(due.on - lead, run.as_of + dt.timedelta(1))
            why = f"有效期至 {due.on}"
            lines.append(
                _checkup(send.replace(day=1), due, kinds[due.ref], units[due.requirement], why, means)
            )
    order = [one.requirement for one in run.report.findings]
    return tuple(
        sorted(lines, key=lambda line: (line.month or dt.date.min, order.index(line.requirement), line.refs))
    )


def _to_send(one: Item | Unfunded, in_time: Collection[str], means: Means) -> bool:
    """Whether a line sends instruments that are not sent in time already."""
    measured = one.action == "restore" and means.months(one.kind) is not None
    return measured and (not one.units or any(ref not in in_time for ref in one.refs))


def _code(kind: str, means: Means) -> str:
    known = means.prices.catalogue.kinds.get(kind)
    if known is None or known.metrology.mode == "none":
        return ""
    months = f"{known.metrology.months or means.settings.default_months}个月"
    return "，".join(part for part in (known.metrology.code, months, known.metrology.basis) if part)


def _line(one: Item | Unfunded, month: dt.date | None, in_time: Collection[str], means: Means) -> Checkup:
    rows = [(ref, units) for ref, units in one.units if ref not in in_time]
    quantity = sum(units for _, units in rows) if one.units else one.quantity
    return Checkup(
        month=month,
        requirement=one.requirement,
        name=one.name,
        kind_name=one.kind_name,
        unit=one.unit,
        quantity=quantity,
        unit_cost=one.unit_cost,
        cost=None if one.unit_cost is None else one.unit_cost * quantity,
        why=one.because.split("（《")[0].removeprefix("送检或维修费待询价，询价后列入；"),
        code=_code(one.kind, means),
        refs=tuple(ref for ref, _ in rows),
    )


def _unsure(one: Finding, asset: AssetUse, means: Means) -> Checkup:
    due = Due(dt.date.min, "verification", one.requirement, one.name, asset.counted, "", asset.ref)
    why = "有效期未登记或超过周期：先补登记，没有有效证书的送检"
    return _checkup(None, due, asset.kind, one.unit or "件", why, means)


def _checkup(month: dt.date | None, due: Due, kind: str, unit: str, why: str, means: Means) -> Checkup:
    known = means.prices.catalogue.kinds.get(kind)
    price = means.prices.cost(kind, "verify")
    unit_cost = None if price is None else price.typical
    return Checkup(
        month,
        due.requirement,
        due.name,
        known.name if known is not None else kind,
        unit,
        due.quantity,
        unit_cost,
        None if unit_cost is None else unit_cost * due.quantity,
        why,
        _code(kind, means),
        (due.ref,),
    )
