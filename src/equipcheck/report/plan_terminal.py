"""The plan in the terminal: what to do each year, what is left, what to mind; nothing cut off within a line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from equipcheck.plan.model import Item, Plan, Unfunded, Year
from equipcheck.report import plan_words as say
from equipcheck.report import words
from equipcheck.report.columns import Column, Columns
from equipcheck.report.page import Page

MOST_LINES = 12


def render(plan: Plan, *, colour: bool, width: int | None = None) -> str:
    """The plan as text, with ANSI colours where `colour`."""
    page = Page(colour=colour, width=width)
    page.say(f"{say.unit_name(plan)} 装备补齐计划（{say.years_text(plan)}）", "bold")
    for line in say.head_lines(plan):
        page.say(f"  {line}")
    for title, tasks in ((say.FIRST, plan.first), (say.THEN, plan.then)):
        _lines(page, title, say.task_lines(tasks))
    for year in plan.years:
        _year(page, year)
    _rest(page, plan.unfunded)
    if plan.packages:
        page.heading("采购包")
        for one in plan.packages:
            start = one.calendar[1]
            page.say(
                f"  {one.name}  {words.yuan(one.amount)} 元  {one.method}  {start.step}不晚于 {start.by}"
            )
    if plan.comparison is not None:
        page.heading("两种安排办法的差别")
        for line in say.comparison_lines(plan.comparison, plan.by):
            page.say(f"  {line}")
    _lines(page, "请注意", plan.warnings)
    page.say()
    page.say(f"下一步：{say.next_step(plan)}", "bold")
    return page.text()


def _year(page: Page, year: Year) -> None:
    page.heading(f"{year.year}年")
    page.say(f"  {say.money_line(year)}")
    page.say(f"  {say.coverage_line(year)}")
    page.say(f"  {say.open_line(year)}")
    if year.items:
        page.table(ITEMS, year.items, before=1)
    else:
        page.say("  没有安排")
    if year.next_tenth:
        page.say(f"  {say.more_money(year)}")


def _grounds(one: Item) -> str:
    if one.action == "purchase" and not one.after:
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


def _rest(page: Page, unfunded: Sequence[Unfunded]) -> None:
    if unfunded:
        known = sum((one.cost for one in unfunded if one.cost is not None), Decimal(0))
        page.heading(f"未安排 {len(unfunded)} 项（有价格的合计 {words.yuan(known)} 元）")
        page.table(OPEN, unfunded, before=1)


def _lines(page: Page, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    page.heading(title)
    for line in lines[:MOST_LINES]:
        page.say(f"  {line}")
    page.more(len(lines), MOST_LINES)
