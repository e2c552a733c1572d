"""Purchases put together: one package a class and year, its way by the limits, its days counted back from the end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from equipcheck.ground.money import yuan
from equipcheck.plan.laws import cite
from equipcheck.plan.lines import spent, total
from equipcheck.plan.means import Means
from equipcheck.plan.model import Item, Milestone, Package, Used, Year
from equipcheck.plan.settings import Calendar
from equipcheck.standard.words import value_in_words

BOUGHT = ("purchase", "service", "pool")

TENDER, CONSULTATION, QUOTATION = "公开招标", "竞争性磋商", "限额以下自行采购"


def packages(years: Sequence[Year], means: Means) -> tuple[Package, ...]:
    """Every year's purchases by class; services stand by themselves."""
    found: list[Package] = []
    for year in years:
        classes: dict[str, list[Item]] = defaultdict(list)
        for item in year.items:
            if item.action in BOUGHT:
                classes[item.category if item.action == "purchase" else "第三方服务与统调"].append(item)
        found += [_package(year.year, name, lines, means) for name, lines in classes.items()]
    return tuple(found)


def _package(year: int, category: str, lines: Sequence[Item], means: Means) -> Package:
    amount = spent(lines)
    method, why = way(amount, means)
    if any(means.under_quota(one.kind) for one in lines):
        why += f"；车辆先核编制（{cite('vehicle-quota')}）"
    what = "采购" if any(one.action == "purchase" for one in lines) else "购买"
    return Package(
        name=f"{year}年{category}{what}",
        year=year,
        category=category,
        method=method,
        why=why,
        amount=amount,
        spread=total(one.spread for one in lines),
        items=tuple(dict.fromkeys(one.requirement for one in lines)),
        lines=tuple(lines),
        calendar=calendar(year, method, means.settings.calendar),
    )


def way(amount: Decimal, means: Means) -> tuple[str, str]:
    """How a package of this amount is bought, and the limits by which this was decided."""
    limits = means.settings.procurement
    lower = limit(means)
    if amount >= limits.open_tender:
        return TENDER, f"达到公开招标数额标准 {yuan(limits.open_tender)} 元（设置值）"
    if amount >= lower:
        return CONSULTATION, (
            f"达到分散采购限额 {yuan(lower)} 元、低于公开招标数额标准 {yuan(limits.open_tender)} 元（均为设置值）"
        )
    return QUOTATION, f"低于分散采购限额 {yuan(lower)} 元（设置值）；在集中采购目录内的按目录执行"


def limit(means: Means) -> Decimal:
    """分散采购限额 for the bureau's level, as set."""
    value: Decimal = getattr(
        means.settings.procurement.limit, means.level, means.settings.procurement.limit.county
    )
    return value


def calendar(year: int, method: str, days: Calendar) -> tuple[Milestone, ...]:
    """The latest day of each step, counted back from the day on which the things should be accepted."""
    papers, opening, wait, law = {
        TENDER: ("发出招标文件", "投标截止、开标", days.tender_days, f"至少20日，{cite('tender-period')}"),
        CONSULTATION: (
            "发出磋商文件",
            "首次响应截止",
            days.consultation_days,
            f"至少10日，{cite('consultation-period')}",
        ),
        QUOTATION: ("询价、比选", "收取报价", days.quotation_days, "按本单位内控制度"),
    }[method]
    accepted = dt.date.fromisoformat(f"{year}-{days.wanted}")
    delivered = accepted - dt.timedelta(days.acceptance_days)
    signed = delivered - dt.timedelta(days.delivery_days)
    chosen = signed - dt.timedelta(days.contract_days)
    opened = chosen - dt.timedelta(days.evaluation_days)
    issued = opened - dt.timedelta(wait)
    announced = issued - dt.timedelta(days.intention_days)
    asked = dt.date.fromisoformat(f"{year - 1}-{days.budget_request}")
    small = "；限额以下且不在集中采购目录内的不要求" if method == QUOTATION else ""
    return (
        Milestone("预算申报", asked, f"列入下一年度部门预算，{cite('budget-first')}"),
        Milestone("意向公开", announced, f"不晚于采购活动开始前30日，{cite('intention')}{small}"),
        Milestone(papers, issued),
        Milestone(opening, opened, law),
        Milestone("确定供应商", chosen),
        Milestone("签订合同", signed),
        Milestone("交货", delivered),
        Milestone("验收", accepted, f"逐项验收并出具验收书，{cite('acceptance')}"),
    )


def splitting(found: Sequence[Package], means: Means) -> list[str]:
    """A warning where purchases of one class in one year together reach the open-tender limit."""
    bar = means.settings.procurement.open_tender
    return [
        f"{one.year}年“{one.category}”各项合计 {yuan(one.amount)} 元，达到公开招标数额标准 {yuan(bar)} 元（设置值），"
        f"应合并公开招标，不得拆分（{cite('no-splitting')}：同一预算项目、同一品目、同一年度累计计算）"
        for one in found
        if one.amount >= bar
    ]


def late(found: Sequence[Package], as_of: dt.date) -> list[str]:
    """Warnings for steps whose day has passed."""
    warnings = []
    for year in dict.fromkeys(one.year for one in found):
        steps = [(one, step) for one in found if one.year == year for step in one.calendar if step.by < as_of]
        if any(step.step == "预算申报" for _, step in steps):
            warnings.append(
                f"{year}年度预算的申报期（设置值）在 {as_of} 前已过：尚未申报的须走预算调剂或追加，或改列下一年度"
            )
        for one, step in steps:
            if step.step == "意向公开":
                warnings.append(
                    f"“{one.name}”按希望验收的日期倒排，意向公开应在 {step.by} 前，已过，请推后验收日期"
                )
    return warnings


def used(means: Means) -> tuple[Used, ...]:
    """The limits and days that were used, each said to be a setting."""
    limits, days = means.settings.procurement, means.settings.calendar
    level = value_in_words("level", means.level)
    local = f"设置值，不是法律规定；采购限额由地方分级制定（{cite('local-limits')}），请按本地规定核对"
    return (
        Used("公开招标数额标准", f"{yuan(limits.open_tender)} 元", local),
        Used(f"分散采购限额（{level}）", f"{yuan(limit(means))} 元", local),
        Used("希望验收的日期", f"每年 {days.wanted}", "设置值"),
        Used("预算申报的日期", f"上一年 {days.budget_request}", "设置值；以财政部门通知为准"),
        Used("意向公开提前", f"{days.intention_days} 天", cite("intention")),
        Used("公开招标等标期", f"{days.tender_days} 天", cite("tender-period")),
        Used("竞争性磋商等待期", f"{days.consultation_days} 天", cite("consultation-period")),
        Used("评审、签约、交货、验收", f"{days.evaluation_days}、{days.contract_days}、{days.delivery_days}、"
             f"{days.acceptance_days} 天", "设置值，自然日"),
        Used("周期未查到的按", f"{means.settings.default_months} 个月估算", "设置值，不是规程规定的周期"),
    )  # fmt: skip
