"""The plan in the terminal: what to do each year, what is left, what to mind; nothing cut off within a line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console
from rich.text import Text

from equipcheck.plan.model import Item, Plan, Unfunded, Year
from equipcheck.report import plan_words as say
from equipcheck.report import words
from equipcheck.report.columns import Column, Columns
from equipcheck.report.page import Page, heading, more, table

MOST_LINES = 12


def render(plan: Plan, *, colour: bool, width: int | None = None) -> str:
    """The plan as text, with ANSI colours where `colour`."""
    page = Page(colour=colour, width=width)
    console = page.console
    console.print(Text(f"{say.unit_name(plan)} 装备补齐计划（{say.years_text(plan)}）", style="bold"))
    for line in say.head_lines(plan):
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
                f"  {one.name}  {words.yuan(one.amount)} 元  {one.method}  {start.step}不晚于 {start.by}"
            )
    if plan.comparison is not None:
        heading(console, "两种安排办法的差别")
        for line in say.comparison_lines(plan.comparison, plan.by):
            console.print(f"  {line}")
    _lines(console, "请注意", plan.warnings)
    console.print()
    console.print(Text(f"下一步：{say.next_step(plan)}", style="bold"))
    return page.text()


def _year(console: Console, year: Year) -> None:
    heading(console, f"{year.year}年")
    console.print(f"  {say.money_line(year)}")
    console.print(f"  {say.coverage_line(year)}")
    console.print(f"  {say.open_line(year)}")
    if year.items:
        console.print(table(ITEMS, year.items, before=1))
    else:
        console.print("  没有安排")
    if year.next_tenth:
        console.print(f"  {say.more_money(year)}")


def _grounds(one: Item) -> str:
    if one.action == "purchase":
        return one.price_basis
    where = f"（{'、'.join(one.refs)}）" if one.refs else ""
    basis = "" if one.cost is None else f"{one.price_basis}；"
    return f"{basis}{one.because}{where}"


ITEMS: Columns[Item] = (
    Column("先后", say.rank, kind="count"),
    Column("装备", lambda one: one.name),
    Column("途径", say.way, kind="word"),
    Column("数量", lambda one: f"{one.quantity}{one.unit}", kind="count"),
    Column("单价", lambda one: words.yuan(one.unit_cost), kind="money"),
    Column("金额", lambda one: words.yuan(one.cost), kind="money"),
    Column("依据与理由", _grounds, kind="rest"),
)


OPEN: Columns[Unfunded] = (
    Column("情形", lambda one: say.REASON[one.reason], kind="word"),
    Column("装备", lambda one: one.name),
    Column("途径", say.way, kind="word"),
    Column("数量", lambda one: f"{one.quantity}{one.unit}", kind="count"),
    Column("金额", lambda one: words.yuan(one.cost), kind="money"),
    Column("原因", lambda one: one.because, kind="rest"),
)


def _rest(console: Console, unfunded: Sequence[Unfunded]) -> None:
    if unfunded:
        known = sum((one.cost for one in unfunded if one.cost is not None), Decimal(0))
        heading(console, f"未安排 {len(unfunded)} 项（有价格的合计 {words.yuan(known)} 元）")
        console.print(table(OPEN, unfunded, before=1))


def _lines(console: Console, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    heading(console, title)
    for line in lines[:MOST_LINES]:
        console.print(f"  {line}")
    more(console, len(lines), MOST_LINES)
