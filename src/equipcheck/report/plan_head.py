"""What stands above every form of a plan, and the step that comes after it."""

from __future__ import annotations

from equipcheck.plan.model import Plan
from equipcheck.report import plan_words as say
from equipcheck.report import tables


def head_lines(plan: Plan) -> list[str]:
    """On what the plan rests."""
    report = plan.report
    day = "" if report.as_of_given else "（未写明，按今天）"
    lines = [
        f"单位：{say.unit_name(plan)}（{tables.facts_line(report)}）",
        f"标准：{tables.standard_line(report)}",
    ]
    lines.append(
        f"截至：{plan.as_of}{day}；{say.BY[plan.by]}；{'含选配' if plan.with_optional else '只列必配'}"
    )
    if plan.what_if:
        lines.append("假设：" + "，".join(f"{name}＝{value}" for name, value in plan.what_if.items()))
    if report.overrides:
        lines.append(f"选项改动：{'；'.join(report.overrides)}")
    return [*lines, *tables.trust_lines(report)]


def next_plan_step(plan: Plan) -> str:
    """What to do first: what costs nothing, then prices, then the workbook."""
    if plan.first:
        return f"先办：{say.task_lines(plan.first[:1])[0]}"
    unpriced = [one for one in plan.unfunded if one.reason == "price"]
    if unpriced:
        names = "、".join(one.name for one in unpriced[:4])
        return f"{len(unpriced)} 项待询价（{names}），询价后写进 prices: 所指的价格表，再排一次"
    if not any(year.items for year in plan.years) and not plan.unfunded:
        open_ = sum(one.status == "undecided" for one in plan.report.findings)
        known = f"除 {open_} 项待定外，" if open_ else ""
        return f"{known}没有需要补齐的缺口，按送检计划保持有效期即可"
    return "用 --xlsx 计划.xlsx 写出工作簿，核对价格后办理预算申报和采购意向公开"
