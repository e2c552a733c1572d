"""`plan --xlsx`: one workbook to hand round: what is missing, what to do, what to publish and to apply for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from equipcheck.checking.results import Finding
from equipcheck.plan.model import Plan, Year
from equipcheck.report import plan_charts, plan_forms, words
from equipcheck.report import plan_words as say
from equipcheck.report.book import Book, Page
from equipcheck.report.columns import Cell, Column, Columns, Formula

ACTIONS = "行动清单"


def render(plan: Plan) -> bytes:
    """The workbook's bytes; the same plan gives the same bytes."""
    book = Book(plan.as_of, f"{say.unit_name(plan)}装备补齐计划")
    _summary(book, plan)
    plan_charts.charts(book, plan, ACTIONS)
    _gaps(book, plan)
    _actions(book, plan)
    plan_forms.intentions(book, plan)
    plan_forms.request(book, plan)
    plan_forms.verification(book, plan)
    plan_forms.transfers(book, plan)
    plan_forms.grounds(book, plan)
    return book.finish()


def _left(year: Year) -> Cell:
    return "—" if year.budget is None else Formula("=D{row}-E{row}", year.budget - year.spent)


SUMMARY: Columns[Year] = (
    Column("年度", lambda year: year.year, 9, "centre"),
    Column("年初缺口\n(件)", lambda year: year.gap_units, 10, "count"),
    Column("年内到期\n(件)", lambda year: year.lapsing_units, 10, "count"),
    Column("预算(元)", lambda year: "不限" if year.budget is None else year.budget, 14, "money", total=True),
    Column("安排(元)", lambda year: _summed("J", year.spent), 14, "money", total=True),
    Column("余额(元)", _left, 14, "money"),
    Column("价格低端(元)", lambda year: year.spread.low, 14, "money", total=True),
    Column("价格高端(元)", lambda year: year.spread.high, 14, "money", total=True),
    Column(
        "办理\n(件)",
        lambda year: _summed("H", sum(one.quantity for one in year.items)),
        8,
        "count",
        total=True,
    ),
    Column("其中待询价\n(件)", lambda year: year.unpriced.units, 11, "count", total=True),
    Column("达标率\n年初", lambda year: words.span(year.coverage_before.all), 17, "centre"),
    Column("达标率\n年末", lambda year: words.span(year.coverage_after.all), 17, "centre"),
    Column("数量配备率\n年末", lambda year: words.share(year.coverage_after.all.by_quantity), 13, "centre"),
)


def _summed(column: str, value: Decimal | int) -> Formula:
    """A year's sum over a column of the actions."""
    return Formula(f"=SUMIFS({ACTIONS}!${column}:${column},{ACTIONS}!$A:$A,A{{row}})", value)


def _summary(book: Book, plan: Plan) -> None:
    page = book.page("汇总", SUMMARY, repeat=False)
    page.title(f"{say.unit_name(plan)}装备补齐计划（{say.years_text(plan)}）")
    for line in say.head_lines(plan):
        page.line(line)
    _numbered(page, say.FIRST, say.task_lines(plan.first))
    _numbered(page, say.THEN, say.task_lines(plan.then))
    page.heading("各年安排")
    unlimited = plan.years[0].budget is None
    columns = [one._replace(total=False) if unlimited and one.head == "预算(元)" else one for one in SUMMARY]
    page.table(columns, plan.years)
    for year in plan.years:
        page.line(f"{year.year}年 {say.open_line(year)}；{say.coverage_line(year)}", grey=True)
    known = sum((one.cost for one in plan.unfunded if one.cost is not None), Decimal(0))
    units = sum(one.quantity for one in plan.unfunded)
    unpriced = sum(one.cost is None for one in plan.unfunded)
    page.line(
        f"未安排 {units} 件：有价格的 {words.yuan(known)} 元，待询价 {unpriced} 项；见“{ACTIONS}”下半部分"
    )
    for year in plan.years:
        if year.next_tenth:
            page.line(f"{year.year}年{say.more_money(year)}")
    _numbered(page, "请注意", plan.warnings)
    if plan.comparison is not None:
        page.heading("两种安排办法的差别")
        for line in say.comparison_lines(plan.comparison, plan.by):
            page.line(line)


def _numbered(page: Page, title: str, lines: Sequence[str]) -> None:
    if lines:
        page.heading(title)
    for number, line in enumerate(lines, start=1):
        page.line(f"{number}. {line}")


GAPS: Columns[Finding] = (
    Column("先后", lambda one: one.priority.rank if one.priority else None, 6, "count"),
    Column("类别", lambda one: one.category or "", 14),
    Column("装备名称", lambda one: one.name, 20),
    Column("必配\n选配", lambda one: words.OBLIGATION[one.obligation], 6, "centre"),
    Column("单位", lambda one: one.unit or "", 5, "centre"),
    Column("要求", lambda one: one.required, 6, "count"),
    Column("持有", lambda one: one.held, 6, "count"),
    Column("可用", lambda one: one.usable, 6, "count"),
    Column("计入", lambda one: one.counted, 6, "count"),
    Column("缺口", lambda one: one.gap, 6, "count", total=True),
    Column("结论", lambda one: words.STATUS[one.status], 11, "centre"),
    Column("得分", lambda one: str(one.priority.score) if one.priority else "", 7, "centre"),
    Column("得分构成", lambda one: "，".join(one.priority.because) if one.priority else "", 36),
    Column("种类", lambda one: words.KIND_TRUST[one.source.kind], 6, "centre"),
    Column("数量\n依据", lambda one: words.trust(one.source), 8, "centre"),
    Column("测算", lambda one: one.rule, 28),
)


def _gaps(book: Book, plan: Plan) -> None:
    page = book.page("缺口明细", GAPS)
    page.title("缺口明细")
    page.line(
        "先后按得分排列：种类有据的在前、必配在前；得分构成逐项列出。服务、统调、借用已抵充的不算缺口。",
        grey=True,
    )
    found = sorted(
        (one for one in plan.report.findings if one.gap),
        key=lambda one: one.priority.rank if one.priority else 0,
    )
    page.table(GAPS, found, empty="没有缺口")


LINES: Columns[say.Line] = (
    Column("年度", lambda at: at[0] or say.left_out(at[1]), 11, "centre"),
    Column("先后", lambda at: "—" if at[1].rank is None else at[1].rank, 6, "count"),
    Column("装备名称", lambda at: at[1].name, 19),
    Column(
        "情形", lambda at: say.STATE[at[1].role] if at[0] or at[1].role != "gap" else "未安排", 9, "centre"
    ),
    Column("途径", lambda at: say.way(at[1]), 11, "centre"),
    Column("种类", lambda at: at[1].kind_name, 17),
    Column("单位", lambda at: at[1].unit, 5, "centre"),
    Column("数量", lambda at: at[1].quantity, 6, "count", total=True),
    Column("单价(元)", lambda at: words.priced(at[1].unit_cost), 12, "money"),
    Column("金额(元)", lambda at: say.amount("H", "I", at[1].cost), 14, "money", total=True),
    Column("价格依据", lambda at: at[1].price_basis, 20),
    Column("理由", lambda at: at[1].because, 44),
    Column("台账位置", lambda at: "\n".join(at[1].refs), 27),
    Column("类别", lambda at: at[1].category or plan_charts.OTHER, 13),
)


def _actions(book: Book, plan: Plan) -> None:
    page = book.page(ACTIONS, LINES)
    page.title(f"行动清单（{say.years_text(plan)}）")
    page.line(
        "先恢复（送检、维修、收回），再调剂，最后购置；金额＝单价×数量，可改单价、数量，合计随之变动。",
        grey=True,
    )
    page.table(LINES, say.planned(plan), empty="没有安排")
    page.heading("未安排")
    page.table((LINES[0]._replace(head="原因"), *LINES[1:]), say.open_lines(plan))
