"""The whole plan of one bureau: years, packages, calendar, what lapses, how far the order rests on the weights."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from equipcheck.checking.results import Finding, Report
from equipcheck.plan.difference import moved
from equipcheck.plan.expiries import checkups, dues
from equipcheck.plan.laws import laws
from equipcheck.plan.means import Means
from equipcheck.plan.model import Comparison, Plan, Used, Year
from equipcheck.plan.opening import Stand, plannable, waived
from equipcheck.plan.overview import first_tasks, then_tasks
from equipcheck.plan.priority import sensitivity, traits
from equipcheck.plan.procurement import late, packages, splitting, used
from equipcheck.plan.propose import proposals, read_means, with_proposals
from equipcheck.plan.years import Outcome, plan_years
from equipcheck.problems import InputError

if TYPE_CHECKING:
    from equipcheck.checking.check import Run
    from equipcheck.standard.bureau import Fact


@dataclass(frozen=True, slots=True)
class Call:
    """What the call asks for. `budgets`: CNY a year each; None: everything open, in one year."""

    budgets: tuple[Decimal, ...] | None = None
    by: str = "priority"  # priority | value
    first_year: int | None = None
    with_optional: bool = False
    what_if: Mapping[str, Fact] = field(default_factory=dict)


def make_plan(run: Run, call: Call | None = None) -> Plan:
    """Plan what a run found. Raises InputError (prices, settings, facts that do not fit)."""
    from equipcheck.checking.check import evaluate

    call = call or Call()
    if call.what_if:
        run = evaluate(run.gathered, run.as_of, facts=call.what_if, standard=run.loaded)
    means = read_means(run)
    report = with_proposals(run.report, means)
    stands = _stands(run, report, call)
    outcome = plan_years(stands, call.budgets, means, by=call.by, with_optional=call.with_optional)
    ends = dt.date(stands[-1].year, 12, 31)
    found = dues(run, means, ends)
    bought = packages(outcome.years, means)
    steps = proposals(run.report.findings, means, run.as_of)
    weights = means.settings.weights
    return Plan(
        as_of=run.as_of,
        by=call.by,
        with_optional=call.with_optional,
        what_if=dict(call.what_if),
        report=report,
        years=outcome.years,
        unfunded=outcome.unfunded,
        packages=bought,
        warnings=(
            *_newer_edition(run, stands),
            *_left_out(run, stands),
            *_warnings(report, stands, with_optional=call.with_optional),
            *splitting(bought, means),
            *late(bought, run.as_of),
            *_tight(outcome.years),
            *_falling(outcome.years),
        ),
        dues=found,
        checkups=checkups(outcome.years, outcome.unfunded, found, report, means),
        comparison=_comparison(stands, outcome, means, call),
        shifts=tuple(sensitivity(traits(run.report.findings, steps, means.settings, run.as_of), weights)),
        used=(*used(means), *_weights_used(means)),
        laws=tuple((one.cite, one.text, one.trust) for one in laws().values()),
        first=first_tasks(outcome.years[0], report, with_optional=call.with_optional),
        then=then_tasks(outcome),
    )


def _stands(run: Run, report: Report, call: Call) -> list[Stand]:
    """The state that each year begins with (the first: the report, unless years are left out) and ends with.

    A verification whose last day is 31 December has lapsed when the year has ended; a contract that runs until
    then served the whole year, and is missed on the day after.
    """
    first = call.first_year or run.as_of.year + 1
    ceiling = run.loaded.standard.limit == "ceiling"
    stands: list[Stand] = []
    day, start = run.as_of, report.findings
    if first > run.as_of.year + 1:  # years are left out: the first begins as if nothing were done in them
        day = dt.date(first - 1, 12, 31)
        known = {one.requirement: one for one in report.findings}
        start = tuple(
            one._replace(priority=known[one.requirement].priority, actions=known[one.requirement].actions)
            for one in _seen_on(run, call, day + dt.timedelta(1))
        )
    for year in range(first, first + len(call.budgets or (None,))):
        last = max(run.as_of, dt.date(year, 12, 31))
        end = _seen_on(run, call, last + dt.timedelta(1), last)
        stands.append(Stand(year, day, start, ceiling, end))
        day = last
        turns = any(one.until == last for one in run.project.services) or any(
            one.until == last for one in run.project.waivers
        )
        start = _seen_on(run, call, last + dt.timedelta(1)) if turns else end
    return stands


def _seen_on(run: Run, call: Call, day: dt.date, arranged: dt.date | None = None) -> tuple[Finding, ...]:
    """The findings of the same ledger on a later day."""
    from equipcheck.checking.check import evaluate

    later = evaluate(
        run.gathered, day, as_of=day, facts=call.what_if or None, standard=run.loaded, arranged=arranged
    )
    return later.report.findings


def _comparison(stands: Sequence[Stand], here: Outcome, means: Means, call: Call) -> Comparison | None:
    """The same money spent the other way."""
    if call.budgets is None:
        return None
    other = "value" if call.by == "priority" else "priority"
    there = plan_years(stands, call.budgets, means, by=other, with_optional=call.with_optional)
    ours, theirs = _units(here.years), _units(there.years)
    names = {one.requirement: one.name for one in stands[0].findings}
    more = [(key, names[key], ours.get(key, 0) - theirs.get(key, 0)) for key in names]
    return Comparison(
        by=other,
        value=_decimal(here),
        other_value=_decimal(there),
        spent=sum((year.spent for year in here.years), Decimal(0)),
        other_spent=sum((year.spent for year in there.years), Decimal(0)),
        closed=sum(ours.values()),
        other_closed=sum(theirs.values()),
        only_here=tuple((key, name, units) for key, name, units in more if units > 0),
        only_there=tuple((key, name, -units) for key, name, units in more if units < 0),
        moved=moved(there.years, here.years),
        proof="按价值选取由整数规划求解器 HiGHS 求解，再以整数动态规划核定为精确最优"
        "（项目特别多、核定不完时以求解器的结果为准，误差不超过百万分之一）；逐年求解，有据的种类在前",
    )


def _decimal(outcome: Outcome) -> Decimal:
    exact = outcome.value
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.0001"))


def _units(years: Sequence[Year]) -> dict[str, int]:
    """Gap units closed by requirement; what is only kept valid is none."""
    units: dict[str, int] = {}
    for year in years:
        for item in year.items:
            if item.role == "gap":
                units[item.requirement] = units.get(item.requirement, 0) + item.quantity
    return units


def _newer_edition(run: Run, stands: Sequence[Stand]) -> list[str]:
    """A shipped edition of the same family that comes into force while the plan runs."""
    from equipcheck.standard.load import in_force

    standard = run.loaded.standard
    try:
        newest, _ = in_force(standard.family, dt.date(stands[-1].year, 12, 31))
        known, _ = in_force(standard.family, run.as_of)
    except InputError:  # a family of the bureau's own, of which nothing is shipped
        return []
    if newest in (standard.id, known):
        return []
    return [
        f"计划期内“{newest}”施行，本计划仍按“{standard.id}”测算；要看新版的缺口，请把标准换成“{newest}”再核查一次"
    ]


def _left_out(run: Run, stands: Sequence[Stand]) -> list[str]:
    first = stands[0].year
    if first == run.as_of.year + 1 or stands[0].day == run.as_of:
        return []
    return [
        f"{run.as_of} 至 {stands[0].day} 不在计划内：{first}年初按这期间什么都不办推算，这期间到期的此前另行送检、续期"
    ]


def _warnings(report: Report, stands: Sequence[Stand], *, with_optional: bool) -> list[str]:
    """What the plan leaves out or cannot know."""
    said = []
    rows = [one for one in report.findings if plannable(one, with_optional=with_optional)]
    for one in rows:
        if one.status == "undecided":
            said.append(f"“{one.name}”待定，未列入计划：{one.rule}")
        elif one.status == "over":
            said.append(
                f"“{one.name}”超出配置上限 {one.surplus} {one.unit or '件'}，不再安排购置，按规定处置或调剂"
            )
        elif one.gap and one.waiver is not None and one.waiver.in_force:
            later = [stand.year for stand in stands if not waived(one, stand.year)]
            then = f"{later[0]}年起列入" if later else "未列入计划"
            said.append(f"“{one.name}”有情况说明（{one.waiver.reason}，至 {one.waiver.until}），{then}")
        elif one.gap and one.candidates:
            refs = "、".join(row.ref for row in one.candidates[:3])
            said.append(f"“{one.name}”的缺口可能由待复核的台账行补上（{refs}），先复核再购置")
    unsure = [one.name for one in rows if one.status == "unverified"]
    if unsure:
        said.append(
            f"{len(unsure)} 项只靠有效期不明的仪器达标（{'、'.join(unsure[:5])}），先登记或送检，见送检计划"
        )
    if report.trust["estimate"]:
        said.append(
            f"{report.trust['estimate']} 项的数量是工作值（估计），不是标准原文的数量：申报前先导入标准原表核对"
        )
    return said


def _tight(years: Sequence[Year]) -> list[str]:
    said = [
        f"{year.year}年当年到期 {year.lapsing_units} 件（检定、服务等），已列入当年：到期前办理，免得出现空档"
        for year in years
        if year.lapsing_units
    ]
    return said + [
        f"{year.year}年初新出现缺口 {fresh} 件（上年到期未办、服务或情况说明到期等）"
        for year in years[1:]
        if (fresh := year.new_units - year.lapsing_units) > 0
    ]


def _falling(years: Sequence[Year]) -> list[str]:
    """A year whose money does not reach to keep what the one before had."""
    said = []
    for before, year in itertools.pairwise(years):
        old, new = (one.coverage_after.all.by_quantity for one in (before, year))
        if old is not None and new is not None and new < old:
            said.append(
                f"{year.year}年末的数量配备率低于上年末：当年经费不够办完到期的送检、续期等，未办的见“未安排”"
            )
    return said


def _weights_used(means: Means) -> tuple[Used, ...]:
    from equipcheck.plan.priority import WEIGHT_NAMES

    weights = means.settings.weights
    text = "、".join(f"{words} {getattr(weights, name):f}" for name, words in WEIGHT_NAMES.items())
    return (Used("先后的权重", text, "设置值；按比例折成 100 分，可在 plan: weights: 里改写"),)
