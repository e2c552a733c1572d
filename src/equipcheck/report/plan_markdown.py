"""`plan -f md`: the whole plan as Markdown, nothing shortened."""

from __future__ import annotations

from equipcheck.plan.model import Checkup, Due, Item, Package, Plan, Unfunded, Year
from equipcheck.report import plan_words as say
from equipcheck.report import words
from equipcheck.report.columns import Column, Columns
from equipcheck.report.markdown import bullets, escape, table

ITEMS: Columns[Item | Unfunded] = (
    Column("先后", say.rank),
    Column("装备", lambda one: one.name),
    Column("途径", say.way),
    Column("种类", lambda one: one.kind_name),
    Column("数量", lambda one: f"{one.quantity}{one.unit}"),
    Column("单价（元）", lambda one: words.yuan(one.unit_cost)),
    Column("金额（元）", lambda one: words.yuan(one.cost)),
    Column("价格依据", lambda one: one.price_basis),
    Column("理由", lambda one: one.because + (f"（{'、'.join(one.refs)}）" if one.refs else "")),
)
PACKAGES: Columns[Package] = (
    Column("采购包", lambda one: one.name),
    Column("方式", lambda one: one.method),
    Column("金额（元）", lambda one: words.yuan(one.amount)),
    Column("方式的依据", lambda one: one.why),
    Column("日程（最迟）", lambda one: "；".join(f"{step.step} {step.by}" for step in one.calendar)),
)
CHECKUPS: Columns[Checkup] = (
    Column("月份", lambda one: say.month(one.month)),
    Column("列入年度", lambda one: "—" if one.year is None else f"{one.year}年"),
    Column("装备", lambda one: one.name),
    Column("数量", lambda one: f"{one.quantity}{one.unit}"),
    Column("费用（元）", lambda one: words.yuan(one.cost)),
    Column("原因", lambda one: "；".join(filter(None, (one.why, one.because)))),
    Column("台账位置", lambda one: "、".join(one.refs)),
)
DUES: Columns[Due] = (
    Column("日期", lambda one: str(one.on)),
    Column("事项", lambda one: say.DUE[one.what]),
    Column("装备", lambda one: one.name),
    Column("数量", lambda one: one.quantity),
    Column("说明", lambda one: one.note),
    Column("位置", lambda one: one.ref),
)
OPEN: Columns[Item | Unfunded] = (Column("情形", say.left_out), *ITEMS)


def render(plan: Plan) -> str:
    """The plan as Markdown text."""
    parts = [f"# {say.unit_name(plan)}装备补齐计划（{say.years_text(plan)}）", bullets(say.head_lines(plan))]
    if plan.first:
        parts += [f"## {say.FIRST}", bullets(say.task_lines(plan.first))]
    if plan.then:
        parts += [f"## {say.THEN}", bullets(say.task_lines(plan.then))]
    for year in plan.years:
        parts += _year(year)
    parts.append(f"## 未安排（{len(plan.unfunded)} 项）")
    parts.append(table(OPEN, plan.unfunded) if plan.unfunded else "无。")
    if plan.packages:
        parts += ["## 采购包与日程", table(PACKAGES, plan.packages)]
    if plan.checkups:
        parts += ["## 送检计划", table(CHECKUPS, plan.checkups)]
    if plan.dues:
        parts += ["## 计划期内到期", table(DUES, plan.dues)]
    if plan.comparison is not None:
        parts += ["## 两种安排办法的差别", bullets(say.comparison_lines(plan.comparison, plan.by))]
    parts += ["## 先后对权重的敏感程度", bullets(say.shift_lines(plan))]
    if plan.warnings:
        parts += ["## 请注意", bullets(plan.warnings)]
    parts += [
        "## 采用的设置",
        table(say.USED, plan.used),
    ]
    parts.append(f"**下一步：{escape(say.next_step(plan))}**")
    return "\n\n".join(parts) + "\n"


def _year(year: Year) -> list[str]:
    lines = [say.money_line(year), say.coverage_line(year), say.open_line(year)]
    lines += [say.more_money(year)] if year.next_tenth else []
    planned = table(ITEMS, year.items) if year.items else "没有安排。"
    return [f"## {year.year}年", bullets(lines), planned]
