"""The report with its priorities and actions: what to do about each gap, before any budget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from equipcheck.checking.results import Action, Finding, Report
from equipcheck.plan.ladder import Before, dealt_with, ladder, within_quota
from equipcheck.plan.means import Means
from equipcheck.plan.prices import CONTRACTED, Cost, read_prices
from equipcheck.plan.priority import rank, traits
from equipcheck.plan.quota import left_in, quota_of, units_on_books
from equipcheck.plan.restore import narrow_first, returning, year_after
from equipcheck.plan.settings import Settings, read_settings
from equipcheck.plan.step import Source, Step
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near
from equipcheck.project.arrangements import Service
from equipcheck.project.project import Project

if TYPE_CHECKING:
    from equipcheck.checking.check import Run


def propose(run: Run) -> Report:
    """The report of a run with `priority` and `actions` of every finding. Raises InputError (prices, settings)."""
    return with_proposals(run.report, read_means(run))


def with_proposals(report: Report, means: Means) -> Report:
    """The report with priorities for every gap and actions for every gap and every unsure unit."""
    steps = proposals(report.findings, means, report.as_of)
    ranks = rank(traits(report.findings, steps, means.settings, report.as_of), means.settings.weights)
    findings = tuple(
        one._replace(
            priority=ranks.get(one.requirement),
            actions=tuple(as_action(step, one) for step in steps[one.requirement]),
        )
        for one in report.findings
    )
    return report._replace(findings=findings)


def proposals(
    findings: Sequence[Finding], means: Means, day: dt.date | None = None
) -> dict[str, tuple[Step, ...]]:
    """The ladder of every finding as it stands on a day, for the year after.

    A unit that can come back is offered once, to nested rows from the narrowest on.
    """
    span = None if day is None else year_after(day)
    back = returning(findings, {one.requirement for one in findings if one.gap})
    steps: dict[str, tuple[Step, ...]] = {one.requirement: () for one in findings}
    restored: dict[Source, int] = {}
    for one in narrow_first(findings):
        if one.kinds:
            found = ladder(one, means, before=Before(restored), back=back.get(one.requirement, ()), span=span)
            restored = dealt_with([step for step in found if step.role == "gap"], restored)
            steps[one.requirement] = found
    return _within_quota(findings, steps, means, day or dt.date.min)


def _within_quota(
    findings: Sequence[Finding], steps: Mapping[str, tuple[Step, ...]], means: Means, day: dt.date
) -> dict[str, tuple[Step, ...]]:
    """The steps parted at the vehicle quota, which goes to the most urgent rows first."""
    ranks = rank(traits(findings, steps, means.settings, day), means.settings.weights)
    left = left_in(means.vehicle_quota, means.vehicles)
    parted = dict(steps)
    for name in sorted(ranks, key=lambda one: ranks[one].rank):
        parts: list[Step] = []
        for step in steps[name]:
            within, beyond = within_quota(step, means, left)
            left -= within.quantity if within is not None and within is not step else 0
            parts += [part for part in (within, beyond) if part is not None]
        parted[name] = tuple(parts)
    return parted


def as_action(step: Step, finding: Finding) -> Action:
    """A step as the report shows it."""
    waived = finding.waiver is not None and finding.waiver.in_force
    where = f"：{'、'.join(step.refs[:3])}{'等' if len(step.refs) > 3 else ''}" if step.refs else ""
    basis = step.cost.basis if step.cost is not None else "待询价"
    because = f"{step.because}{where}；{basis}" + ("；已有情况说明，不列入计划" if waived else "")
    cost = None if step.unit_cost is None else step.unit_cost * step.quantity
    partly, price_basis = (False, "") if step.cost is None else (bool(step.cost.lacks), basis)
    return Action(
        step.action, step.quantity, step.unit_cost, cost, because, step.role, step.why, step.sent, partly,
        price_basis, step.blocked or "",
    )  # fmt: skip


def read_means(run: Run) -> Means:
    """Prices, settings and what else planning needs, from a run's project. Raises InputError."""
    project = run.project
    settings = read_settings(project)
    _check_transfers(run, settings)
    facts = project.bureau.facts
    return Means(
        prices=read_prices(project.prices, run.gathered.catalogue),
        settings=settings,
        services=contract_prices(project),
        arranged=_arranged(run),
        vehicle_quota=quota_of(facts),
        vehicles=_under_quota(run),
        level=str(facts.get("level", "county")),
    )


def contract_prices(project: Project) -> Mapping[tuple[str, str], Cost]:
    """What a project's contracts (in force or ended) cost a unit and year."""
    return {
        (one.requirement, one.how): Cost.exactly(
            one.price, f"{CONTRACTED}（{one.by or '提供方未写明'}，{one.paper or '合同编号未写明'}）"
        )
        for one in project.services
        if one.price is not None and one.how in ("service", "pool")
    }


def _arranged(run: Run) -> Mapping[str, Sequence[Service]]:
    """Every service, pool and loan that may meet a requirement, in force or not."""
    allowed = {one.requirement for one in run.report.findings if one.service_allowed}
    found: dict[str, list[Service]] = {}
    for one in run.project.services:
        if one.how != "service" or one.requirement in allowed:
            service = Service(one.how, one.quantity, one.by, one.paper, one.until)
            found.setdefault(one.requirement, []).append(service)
    return found


def _under_quota(run: Run) -> int:
    """Units under 编制管理 that stand on the books: all but repeated, later acquired and gone ones."""
    kinds = [name for name, kind in run.gathered.catalogue.kinds.items() if kind.quota]
    rows = run.assessment.places.join(run.gathered.matches.select("row", "part", "kind"), on=["row", "part"])
    return int(rows.filter(pl.col("kind").is_in(kinds)).select(units_on_books()).item())


def _check_transfers(run: Run, settings: Settings) -> None:
    known = {one.requirement for one in run.report.findings}
    problems = [
        Problem(
            "transfer-unknown",
            run.project.document.place(("plan", "transfers", at)) if run.project.document else Place(),
            {
                "value": one.requirement,
                "near": near(one.requirement, known),
                "standard": run.report.standard["id"],
            },
        )
        for at, one in enumerate(settings.transfers)
        if one.requirement not in known
    ]
    if problems:
        raise InputError(problems)
