"""`plan -f md`: the whole plan as Markdown, nothing shortened."""

from __future__ import annotations

from collections.abc import Iterable

from equipcheck.plan.model import Item, Plan, Unfunded, Year
from equipcheck.report import plan_words as say
from equipcheck.report.markdown import escape, grid
from equipcheck.report.plan_head import head_lines, next_plan_step

ITEMS = ("先后", "装备", "途径", "种类", "数量", "单价（元）", "金额（元）", "价格依据", "理由")


def render(plan: Plan) -> str:
    """The plan as Markdown text."""
    parts = [f"# {say.unit_name(plan)}装备补齐计划（{say.years_text(plan)}）", _list(head_lines(plan))]
    if plan.first:
        parts += [f"## {say.FIRST}", _list(say.task_lines(plan.first))]
    if plan.then:
        parts += [f"## {say.THEN}", _list(say.task_lines(plan.then))]
    for year in plan.years:
        parts += _year(year)
    parts.append(f"## 未安排（{len(plan.unfunded)} 项）")
    parts.append(
        grid(("情形", *ITEMS), [(say.REASON[one.reason], *_cells(one)) for one in plan.unfunded])
        if plan.unfunded
        else "无。"
    )
    if plan.packages:
        parts.append("## 采购包与日程")
        rows = [
            (
                one.name,
                one.method,
                say.yuan(one.amount),
                one.why,
                "；".join(f"{step.step} {step.by}" for step in one.calendar),
            )
            for one in plan.packages
        ]
        parts.append(grid(("采购包", "方式", "金额（元）", "方式的依据", "日程（最迟）"), rows))
    if plan.checkups:
        parts.append("## 送检计划")
        checks = [
            (
                say.month(one.month),
                "—" if one.year is None else f"{one.year}年",
                one.name,
                f"{one.quantity}{one.unit}",
                say.yuan(one.cost),
                "；".join(filter(None, (one.why, one.because))),
                "、".join(one.refs),
            )
            for one in plan.checkups
        ]
        parts.append(grid(("月份", "列入年度", "装备", "数量", "费用（元）", "原因", "台账位置"), checks))
    if plan.dues:
        parts.append("## 计划期内到期")
        dues = [
            (str(one.on), say.DUE[one.what], one.name, one.quantity, one.note, one.ref) for one in plan.dues
        ]
        parts.append(grid(("日期", "事项", "装备", "数量", "说明", "位置"), dues))
    if plan.comparison is not None:
        parts += ["## 两种安排办法的差别", _list(say.comparison_lines(plan.comparison, plan.by))]
    parts += ["## 先后对权重的敏感程度", _list(say.shift_lines(plan))]
    if plan.warnings:
        parts += ["## 请注意", _list(plan.warnings)]
    parts += [
        "## 采用的设置",
        grid(("项目", "取值", "说明"), [(one.name, one.value, one.basis) for one in plan.used]),
    ]
    parts.append(f"**下一步：{escape(next_plan_step(plan))}**")
    return "\n\n".join(parts) + "\n"


def _year(year: Year) -> list[str]:
    lines = [say.money_line(year), say.coverage_line(year), say.open_line(year)]
    if year.next_tenth:
        more = "、".join(f"{one.name}{one.quantity}{one.unit}" for one in year.next_tenth)
        lines.append(f"预算再加一成，可多补：{more}")
    table = grid(ITEMS, [_cells(one) for one in year.items]) if year.items else "没有安排。"
    return [f"## {year.year}年", _list(lines), table]


def _cells(one: Item | Unfunded) -> tuple[str, ...]:
    refs = f"（{'、'.join(one.refs)}）" if one.refs else ""
    return (
        say.rank(one),
        one.name,
        say.way(one),
        one.kind_name,
        f"{one.quantity}{one.unit}",
        say.yuan(one.unit_cost),
        say.yuan(one.cost),
        one.price_basis,
        one.because + refs,
    )


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {escape(line)}" for line in lines)
