"""The answer in one sentence and its four numbers: of attested rows; what is assumed stands beside, never within."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from equipcheck.checking.results import Finding, Rates, Report
from equipcheck.plan.model import Item, Plan, Unfunded
from equipcheck.plan.overview import NOT_YET
from equipcheck.report import tables, words


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the headline: what it is, its value, what it is made of, what the assumed rows would add."""

    label: str
    value: str
    made_of: str
    beside: str
    leads_to: str  # findings | plan


@dataclass(frozen=True, slots=True)
class Basis:
    """The rows that a headline speaks of, and their coverage."""

    title: str
    rates: Rates
    rows: tuple[Finding, ...]

    @property
    def open(self) -> tuple[Finding, ...]:
        """Required rows with a known gap."""
        return tuple(one for one in self.rows if one.gap)

    @property
    def over(self) -> tuple[Finding, ...]:
        """Rows above what a ceiling allows."""
        return tuple(one for one in self.rows if one.status == "over")


def bases(report: Report) -> list[Basis]:
    """The headline's rows first; then, where assumed rows stand in the standard, all of them."""
    required = [one for one in report.findings if tables.in_coverage(one)]
    everything = Basis("连同参考清单", report.coverage, tuple(required))
    attested = tuple(one for one in required if one.source.kind == "attested")
    if len(attested) == len(required):
        return [Basis("必配装备", report.coverage, tuple(required))]
    return [Basis("标准有据的必配装备", report.attested, attested), everything]


def answer(report: Report) -> str:
    """What a leader must know, in one sentence."""
    basis = bases(report)[0]
    total = basis.rates.applicable
    if not total:
        if report.coverage.applicable:
            return "没有标准有据且可以核查的必配项，以下各项都是参考清单，不作为标准要求"
        return "没有可以核查的必配项"
    if report.standard["limit"] == "ceiling":
        if not basis.over:
            return f"{total} 项限额均未超出"
        return f"{total} 项限额中 {len(basis.over)} 项超配：{_named(basis.over)}"
    unverified = sum(one.status == "unverified" for one in basis.rows)
    unsure = len(tables.unsure(basis.rows))
    apart = f"（其中 {unsure} 项要靠有效期未登记的仪器）" if unsure else ""
    if not basis.open and not unverified:
        return f"{basis.title} {total} 项全部达标{apart}"
    said = f"{basis.title} {total} 项，达标 {basis.rates.met} 项{apart}"
    if unverified:
        said += f"，待核实 {unverified} 项"
    if not basis.open:
        return said
    units = sum(one.gap for one in basis.open)
    return f"{said}，有缺口 {len(basis.open)} 项、共 {units} 件：{_named(basis.open)}"


def _named(rows: Sequence[Finding]) -> str:
    return words.names((one.name for one in rows), most=6)


def figures(report: Report, plan: Plan) -> list[Figure]:
    """达标率 as a range, 数量配备率, what is missing, what closing it costs; of a ceiling, what stands above it."""
    found = bases(report)
    if report.standard["limit"] == "ceiling":
        return [_within(found), _over(found), _over_units(found)]
    return [_by_kind(found), _by_quantity(found), _missing(found), _money(found, plan)]


def _beside(found: Sequence[Basis], text: str) -> str:
    return f"{found[1].title} {text}" if len(found) > 1 else ""


def _of(basis: Basis) -> str:
    return f"{basis.rates.met}/{basis.rates.applicable}"


def _by_kind(found: Sequence[Basis]) -> Figure:
    first, last = found[0].rates, found[-1].rates
    note = "低端不含待核实的项" if first.by_kind != first.by_kind_if_verified else ""
    made = "，".join(part for part in (f"{_of(found[0])} 项达标", note) if part)
    return Figure(
        "达标率",
        words.span(first),
        made,
        _beside(found, f"{words.span(last)}（{_of(found[-1])}）"),
        "findings",
    )


def _by_quantity(found: Sequence[Basis]) -> Figure:
    total = tables.totals(found[0].rows)
    helped = f"，{words.HELPED} {total.helped} 件" if total.helped else ""
    return Figure(
        "数量配备率",
        words.share(found[0].rates.by_quantity),
        f"要求 {total.needed} 件，计入 {total.counted} 件{helped}" if total.needed else "没有可计算的数量",
        _beside(found, words.share(found[-1].rates.by_quantity)),
        "findings",
    )


def _missing(found: Sequence[Basis]) -> Figure:
    rows = found[0].open
    absent = sum(one.status == "absent" for one in rows)
    made = f"共缺 {sum(one.gap for one in rows)} 件" + (
        f"，其中 {absent} 项一件可计的也没有" if absent else ""
    )
    more = found[-1].open
    beside = _beside(found, f"{len(more)} 项 {sum(one.gap for one in more)} 件")
    return Figure("有缺口的项", f"{len(rows)} 项", made, beside, "findings")


def _money(found: Sequence[Basis], plan: Plan) -> Figure:
    known, unpriced = money(plan, found[0].rows)
    more, more_unpriced = money(plan, found[-1].rows)
    made = "按价格表和目录估价，未经询价" if known else "没有需要经费的项目"
    if unpriced:
        made += f"；另有 {unpriced} 项待询价"
    ours = {one.requirement for one in found[0].rows}
    held = {one.name: None for one in plan.unfunded if one.reason == "quota" and one.requirement in ours}
    if held:
        made += f"；{words.names(held)}先核编制，不在此数内"
    beside = f"{words.yuan(more)} 元" + (f"，待询价 {more_unpriced} 项" if more_unpriced else "")
    return Figure("补齐约需", f"{words.yuan(known)} 元", made, _beside(found, beside), "plan")


def money(plan: Plan, rows: Sequence[Finding]) -> tuple[Decimal, int]:
    """What closing the gaps of these rows costs by the plan (CNY), and how many of its lines have no price yet."""
    ours = {one.requirement for one in rows}
    lines: list[Item | Unfunded] = [*(item for year in plan.years for item in year.items), *plan.unfunded]
    costs = [
        one.cost
        for one in lines
        if one.requirement in ours
        and one.role == "gap"
        and not (isinstance(one, Unfunded) and one.reason in NOT_YET)
    ]
    return sum((cost for cost in costs if cost is not None), Decimal(0)), sum(cost is None for cost in costs)


def _within(found: Sequence[Basis]) -> Figure:
    made = f"{_of(found[0])} 项在限额以内"
    beside = _beside(found, words.share(found[-1].rates.by_kind))
    return Figure("限额以内", words.share(found[0].rates.by_kind), made, beside, "findings")


def _over(found: Sequence[Basis]) -> Figure:
    made = words.names(one.name for one in found[0].over) or "没有超配"
    return Figure(
        "超配的项", f"{len(found[0].over)} 项", made, _beside(found, f"{len(found[-1].over)} 项"), "findings"
    )


def _over_units(found: Sequence[Basis]) -> Figure:
    first, last = (sum(one.surplus for one in basis.over) for basis in (found[0], found[-1]))
    return Figure(
        "超出限额", f"{first} 件", "不再购置，按规定处置或调剂", _beside(found, f"{last} 件"), "findings"
    )
