"""The words that every renderer of a plan shares, and its head."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from equipcheck.checking.results import Rates
from equipcheck.ground.inputs import Input
from equipcheck.plan.model import Comparison, Item, Plan, Task, Unfunded, Used, Year
from equipcheck.report import tables, words
from equipcheck.report.columns import Column, Columns, Formula
from equipcheck.report.words import UNPRICED, yuan

ACTION = words.ACTION
BY = {"priority": "按先后逐项安排", "value": "按价值取最优"}
STATE = {"gap": "安排", "renew": "当年到期", "verify": "补登记"}
RESTORE = {
    "verification_expired": "送检",
    "verification_unknown": "补登记或送检",
    "unknown": "补登记或送检",
    "broken": "维修",
    "lent_out": "收回",
}
TASK = {
    "recall": "收回",
    "recall_verify": "收回并送检",
    "transfer": "调入",
    "verify": "送检",
    "repair": "维修",
    "repair_verify": "维修并送检",
    "register": "补登记有效期（查不到证书的送检）",
    "renew": "年内到期，届满前送检（已届满的立即送）",
    "review": "复核待确认的台账行，可能正是所缺的",
    "list": "补充台账一般不含的物品清单",
    "purchase": "购置",
    "service": "购买服务、统调（逐年计）",
    "quota": "先核编制，编制数以内才可购置，不在上数内的",
}
FIRST, THEN = "先办不花钱或花钱很少的", "再办要花钱买的"
REASON = {"budget": "经费不足", "price": "待询价", "quota": "先核编制", "unrecorded": "先补充清单"}
DUE = {"verification": "检定到期", "service": "服务到期", "waiver": "说明到期", "life": "到使用年限"}
LAW = {"A": "正式文本", "B": "转载的正式文本", "C": "第二手材料"}
ROLE = {
    "project": "项目文件",
    "standard": "标准",
    "ledger": "台账",
    "supplement": "补充清单",
    "verification": "检定台账",
    "decisions": "人工确认",
    "catalogue": "项目的装备目录",
    "prices": "价格表",
    "history": "年度快照",
}

INTENTION_END = (
    "本次公开的采购意向是本单位政府采购工作的初步安排，具体采购项目情况以相关采购公告和采购文件为准。"
)


Line = tuple[int | None, Item | Unfunded]
"""A line of a plan with its year; None: of none."""


def planned(plan: Plan) -> list[Line]:
    """What is planned, year by year."""
    return [(year.year, item) for year in plan.years for item in year.items]


def open_lines(plan: Plan) -> list[Line]:
    """What no year closes."""
    return [(None, one) for one in plan.unfunded]


def left_out(one: Item | Unfunded) -> str:
    """Why no year closes a line."""
    return REASON[one.reason] if isinstance(one, Unfunded) else ""


def more_money(year: Year) -> str:
    """「预算再加一成，可多补：…」 and what would give way to it, or nothing."""
    more, less = (
        "、".join(f"{one.name}{one.quantity}{one.unit}" for one in items)
        for items in (year.next_tenth, year.next_tenth_less)
    )
    return more and f"预算再加一成，可多补：{more}{f'；同时少补：{less}' if less else ''}"


def way(one: Item | Unfunded) -> str:
    """How a line closes its units: 送检, 维修, 维修并送检, 收回, 调剂, 购置 …"""
    then = "并送检" if one.sent and one.why in ("broken", "lent_out") else ""
    return RESTORE.get(one.why, ACTION[one.action]) + then


def amount(units: str, price: str, value: Decimal | None) -> Formula:
    """Units × price, of the columns so named: it follows when a person fills in a price."""
    text = f'=IF(ISNUMBER({price}{{row}}),{units}{{row}}*{price}{{row}},"{UNPRICED}")'
    return Formula(text, UNPRICED if value is None else value)


def band(one: Item) -> str:
    """「2,500 元（1,500～4,000）」: what one unit costs."""
    if one.unit_cost is None or one.spread is None:
        return UNPRICED
    low, high = one.spread.low / one.quantity, one.spread.high / one.quantity
    spread = "" if low == high else f"（{yuan(low)}～{yuan(high)}）"
    return f"{yuan(one.unit_cost)} 元{spread}"


def rank(one: Item | Unfunded) -> str:
    """The report's rank; what is no gap of the report has none."""
    return "—" if one.rank is None else str(one.rank)


def month(day: dt.date | None) -> str:
    """「2024年8月」, or 立即."""
    return "立即" if day is None else f"{day.year}年{day.month}月"


def task_lines(tasks: Sequence[Task]) -> list[str]:
    """One line a task: 「送检 9件（3件待询价，其余 1,200 元）：声级计2部、酸度计2部」."""
    return [_task(one) for one in tasks]


def _task(one: Task) -> str:
    names = words.names((f"{name}{units}{unit}" for name, units, unit in one.rows), 6)
    if one.what == "review":
        return f"{TASK[one.what]} {one.units} 行：缺 {names}；用 equipcheck match --review 复核.xlsx 逐行确认"
    return f"{TASK[one.what]} {len(one.rows)} 项 {one.units} 件（{_task_cost(one)}）：{names}"


def _task_cost(one: Task) -> str:
    if one.cost is None:
        return "不需经费"
    if one.unpriced == one.units:
        return "费用待询价"
    rest = f"，另 {one.unpriced} 件待询价" if one.unpriced else ""
    rest += f"，{one.partly} 件的送检费或维修费待询价、不在内" if one.partly else ""
    return f"约 {yuan(one.cost)} 元{rest}"


USED: Columns[Used] = (
    Column("项目", lambda one: one.name, 34),
    Column("取值", lambda one: one.value, 36),
    Column("说明", lambda one: one.basis, 72),
)


def laws(*widths: float, spans: tuple[int, int, int] = (1, 1, 1)) -> Columns[tuple[str, str, str]]:
    """The provisions that a plan cites."""
    return (
        Column("规定", lambda law: law[0], widths[0], span=spans[0]),
        Column("所据文本", lambda law: LAW[law[2]], widths[1], span=spans[1]),
        Column("内容", lambda law: law[1], widths[2], span=spans[2]),
    )


def files(*widths: float, spans: tuple[int, int, int] = (1, 1, 1)) -> Columns[Input]:
    """The files that a result rests on."""
    return (
        Column("文件", lambda one: one.path, widths[0], span=spans[0]),
        Column("用途", lambda one: ROLE.get(one.role, one.role), widths[1], span=spans[1]),
        Column("SHA-256", lambda one: one.sha256, widths[2], span=spans[2]),
    )


def unit_name(plan: Plan) -> str:
    """The bureau's name."""
    return str(plan.report.bureau.get("name") or "本单位")


def years_text(plan: Plan) -> str:
    """「2024年」 or 「2024—2026年」."""
    first, last = plan.years[0].year, plan.years[-1].year
    return f"{first}年" if first == last else f"{first}—{last}年"


def rates(one: Rates) -> str:
    """「达标率 12.3%，数量配备率 45.6%」"""
    return f"达标率 {words.span(one)}，数量配备率 {words.share(one.by_quantity)}"


def coverage_line(year: Year) -> str:
    """How a year's plan changes coverage, and what it would be without any plan."""
    after, before, without = (
        one.attested if one.attested.applicable else one.all
        for one in (year.coverage_after, year.coverage_before, year.coverage_without)
    )
    which = "标准有据的装备" if year.coverage_after.attested.applicable else "必配装备"
    text = f"{which}：{rates(before)} → {rates(after)}"
    if without != before:
        text += f"（什么都不办，年末{rates(without)}）"
    if year.coverage_after.attested.applicable and year.coverage_after.attested != year.coverage_after.all:
        text += f"；连同参考清单：{rates(year.coverage_before.all)} → {rates(year.coverage_after.all)}"
    return text


def money_line(year: Year) -> str:
    """「预算 300,000 元，安排 299,000 元（低 200,000～高 400,000），余 1,000 元」"""
    text = f"安排 {yuan(year.spent)} 元"
    if year.spread.low != year.spread.high:
        text += f"（按价格低、高端为 {yuan(year.spread.low)}～{yuan(year.spread.high)} 元）"
    if year.budget is None:
        text = f"预算不限，{text}"
    else:
        text = f"预算 {yuan(year.budget)} 元，{text}，余 {yuan(year.budget - year.spent)} 元"
    if year.unpriced.lines:
        text += f"；另有送检、维修等 {year.unpriced.lines} 行 {year.unpriced.units} 件费用待询价，照常办理，不在此数内"
    if year.partly_units:
        text += f"；{year.partly_units} 件维修并送检的只知其中一项费用，另一项待询价、不在此数内"
    return text


def open_line(year: Year) -> str:
    """「年初缺口 14 件（另有…），年内到期 5 件」"""
    lapsing = f"，年内到期 {year.lapsing_units} 件" if year.lapsing_units else ""
    apart = "，".join(
        f"{words_} {units} 件"
        for words_, units in (
            ("台账一般不含、先补充清单的", year.unlisted_units),
            ("有情况说明、不列入的", year.waived_units),
        )
        if units
    )
    return f"年初缺口 {year.gap_units} 件{f'（另有{apart}）' if apart else ''}{lapsing}"


def comparison_lines(one: Comparison, by: str) -> list[str]:
    """How this plan differs from the other way to spend the same money."""
    here, there = BY[by], BY[one.by]
    ours = f"{here}补 {one.closed} 件、用 {yuan(one.spent)} 元、价值 {one.value}"
    theirs = f"{there}补 {one.other_closed} 件、用 {yuan(one.other_spent)} 元、价值 {one.other_value}"
    lines = [f"{ours}；{theirs}（价值＝Σ得分×补齐件数÷要求件数）"]
    if not one.moved:
        return [*lines, "两种办法安排相同"]
    if one.only_here:
        lines.append(f"本计划多补：{_listed(one.only_here)}")
    if one.only_there:
        lines.append(f"{there}多补：{_listed(one.only_there)}")
    counted = {key for key, _, _ in (*one.only_here, *one.only_there)}
    later = [each for each in one.moved if each.requirement not in counted]
    if later:
        named = "；".join(
            f"{each.name}本计划{_by_year(each.now)}，{there}{_by_year(each.before)}" for each in later[:6]
        )
        rest = f"等 {len(later)} 项" if len(later) > 6 else ""
        lines.append(f"年份或途径不同：{named}{rest}")
    return [*lines, one.proof]


def _by_year(units: tuple[tuple[int, int], ...]) -> str:
    return "、".join(f"{year}年{count}" for year, count in units) or "没有"


def _listed(rows: tuple[tuple[str, str, int], ...]) -> str:
    return "、".join(f"{name}{units}" for _, name, units in rows)


def shift_lines(plan: Plan) -> list[str]:
    """Which ranks change when a weight moves by a fifth."""
    from equipcheck.plan.priority import WEIGHT_NAMES

    names = {one.requirement: one.name for one in plan.report.findings}
    if not plan.shifts:
        return ["各项权重增减五分之一，先后都不变"]
    return [
        f"“{WEIGHT_NAMES[one.weight]}”{one.factor}："
        + "、".join(f"{names[key]} 第{was}→第{now}" for key, was, now in one.moved[:6])
        + (f"等 {len(one.moved)} 项" if len(one.moved) > 6 else "")
        for one in plan.shifts
    ]


def head_lines(plan: Plan) -> list[str]:
    """On what the plan rests."""
    report = plan.report
    day = "" if report.as_of_given else "（未写明，按今天）"
    lines = [
        f"单位：{unit_name(plan)}（{tables.facts_line(report)}）",
        f"标准：{tables.standard_line(report)}",
    ]
    lines.append(f"截至：{plan.as_of}{day}；{BY[plan.by]}；{'含选配' if plan.with_optional else '只列必配'}")
    if plan.what_if:
        lines.append("假设：" + "，".join(f"{name}＝{value}" for name, value in plan.what_if.items()))
    if report.overrides:
        lines.append(f"选项改动：{'；'.join(report.overrides)}")
    return [*lines, *tables.trust_lines(report)]


def next_step(plan: Plan) -> str:
    """What to do first: what costs nothing, then prices, then the workbook."""
    if plan.first:
        return f"先办：{task_lines(plan.first[:1])[0]}"
    unpriced = [one for one in plan.unfunded if one.reason == "price"]
    if unpriced:
        names = "、".join(one.name for one in unpriced[:4])
        return f"{len(unpriced)} 项待询价（{names}），询价后写进 prices: 所指的价格表，再排一次"
    if not any(year.items for year in plan.years) and not plan.unfunded:
        open_ = sum(one.status == "undecided" for one in plan.report.findings)
        known = f"除 {open_} 项待定外，" if open_ else ""
        return f"{known}没有需要补齐的缺口，按送检计划保持有效期即可"
    return "用 --xlsx 计划.xlsx 写出工作簿，核对价格后办理预算申报和采购意向公开"
