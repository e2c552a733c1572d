"""The plan in the terminal: what to do each year, what is left, what to mind; nothing cut off within a line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from equipcheck.plan.model import Item, Plan, Unfunded, Year
from equipcheck.report import plan_words as say
from equipcheck.report.page import RULES, Page, heading
from equipcheck.report.plan_head import head_lines, next_plan_step

MOST_LINES = 12


def render(plan: Plan, *, colour: bool, width: int | None = None) -> str:
    """The plan as text, with ANSI colours where `colour`."""
    page = Page(colour=colour, width=width)
    console = page.console
    console.print(Text(f"{say.unit_name(plan)} 装备补齐计划（{say.years_text(plan)}）", style="bold"))
    for line in head_lines(plan):
        console.print(f"  {line}")
    for title, tasks in ((say.FIRST, plan.first), (say.THEN, plan.then)):
        _lines(console, title, say.task_lines(tasks))
    for year in plan.years:
        _year(console, year)
    _rest(console, plan.unfunded)
    if plan.packages:
        heading(console, "采购包")
        for one in plan.packages:
            start = one.calendar[1]
            console.print(
                f"  {one.name}  {say.yuan(one.amount)} 元  {one.method}  {start.step}不晚于 {start.by}"
            )
    if plan.comparison is not None:
        heading(console, "两种安排办法的差别")
        for line in say.comparison_lines(plan.comparison, plan.by):
            console.print(f"  {line}")
    _lines(console, "请注意", plan.warnings)
    console.print()
    console.print(Text(f"下一步：{next_plan_step(plan)}", style="bold"))
    return page.text()


def _year(console: Console, year: Year) -> None:
    heading(console, f"{year.year}年")
    console.print(f"  {say.money_line(year)}")
    console.print(f"  {say.coverage_line(year)}")
    console.print(f"  {say.open_line(year)}")
    if year.items:
        console.print(_table(year.items))
    else:
        console.print("  没有安排")
    if year.next_tenth:
        more = "、".join(f"{one.name}{one.quantity}{one.unit}" for one in year.next_tenth)
        console.print(f"  预算再加一成，可多补：{more}")


def _table(items: Sequence[Item]) -> Table:
    table = Table(box=RULES, show_edge=False, pad_edge=False, padding=(0, 1))
    for head, right in (
        ("先后", True),
        ("装备", False),
        ("途径", False),
        ("数量", True),
        ("单价", True),
        ("金额", True),
    ):
        table.add_column(head, justify="right" if right else "left", no_wrap=head != "装备", overflow="fold")
    table.add_column("依据与理由", overflow="fold", ratio=1)
    for one in items:
        cells = (
            say.rank(one),
            one.name,
            say.way(one),
            f"{one.quantity}{one.unit}",
            say.yuan(one.unit_cost),
            say.yuan(one.cost),
            _grounds(one),
        )
        table.add_row(*map(Text, cells))
    return table


def _grounds(one: Item) -> str:
    if one.action == "purchase":
        return one.price_basis
    where = f"（{'、'.join(one.refs)}）" if one.refs else ""
    basis = "" if one.cost is None else f"{one.price_basis}；"
    return f"{basis}{one.because}{where}"


def _rest(console: Console, unfunded: Sequence[Unfunded]) -> None:
    if not unfunded:
        return
    known = sum((one.cost for one in unfunded if one.cost is not None), Decimal(0))
    heading(console, f"未安排 {len(unfunded)} 项（有价格的合计 {say.yuan(known)} 元）")
    table = Table(box=RULES, show_edge=False, pad_edge=False, padding=(0, 1))
    for head, right in (("情形", False), ("装备", False), ("途径", False), ("数量", True), ("金额", True)):
        table.add_column(head, justify="right" if right else "left", no_wrap=head != "装备", overflow="fold")
    table.add_column("原因", overflow="fold", ratio=1)
    for one in unfunded:
        cells = (
            say.REASON[one.reason],
            one.name,
            say.way(one),
            f"{one.quantity}{one.unit}",
            say.yuan(one.cost),
            one.because,
        )
        table.add_row(*map(Text, cells))
    console.print(table)


def _lines(console: Console, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    heading(console, title)
    for line in lines[:MOST_LINES]:
        console.print(f"  {line}")
    if len(lines) > MOST_LINES:
        console.print(f"  ……另有 {len(lines) - MOST_LINES} 条，全部内容见 -f json 或 -f md")
