"""`plan --xlsx`: one workbook to hand round: what is missing, what to do, what to publish and to apply for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from equipcheck.plan.model import Item, Plan, Unfunded, Year
from equipcheck.report import plan_charts, plan_forms, words
from equipcheck.report import plan_words as say
from equipcheck.report.book import Book, Cell, Column, Formula, Page
from equipcheck.report.plan_head import head_lines

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


SUMMARY = (
    Column("年度", 9, "centre"),
    Column("年初缺口\n(件)", 10, "count"),
    Column("年内到期\n(件)", 10, "count"),
    Column("预算(元)", 14, "money", total=True),
    Column("安排(元)", 14, "money", total=True),
    Column("余额(元)", 14, "money"),
    Column("价格低端(元)", 14, "money", total=True),
    Column("价格高端(元)", 14, "money", total=True),
    Column("办理\n(件)", 8, "count", total=True),
    Column("其中待询价\n(件)", 11, "count", total=True),
    Column("达标率\n年初", 17, "centre"),
    Column("达标率\n年末", 17, "centre"),
    Column("数量配备率\n年末", 13, "centre"),
)


def _summary(book: Book, plan: Plan) -> None:
    page = book.page("汇总", [one.width for one in SUMMARY], repeat=False)
    page.title(f"{say.unit_name(plan)}装备补齐计划（{say.years_text(plan)}）")
    for line in head_lines(plan):
        page.line(line)
    _numbered(page, say.FIRST, say.task_lines(plan.first))
    _numbered(page, say.THEN, say.task_lines(plan.then))
    page.heading("各年安排")
    rows = [_year(year) for year in plan.years]
    unlimited = plan.years[0].budget is None
    page.table(
        [replace(one, total=False) if unlimited and one.head == "预算(元)" else one for one in SUMMARY], rows
    )
    for year in plan.years:
        page.line(f"{year.year}年 {say.coverage_line(year)}", grey=True)
    known = sum((one.cost for one in plan.unfunded if one.cost is not None), Decimal(0))
    units = sum(one.quantity for one in plan.unfunded)
    unpriced = sum(one.cost is None for one in plan.unfunded)
    page.line(
        f"未安排 {units} 件：有价格的 {say.yuan(known)} 元，待询价 {unpriced} 项；见“{ACTIONS}”下半部分"
    )
    for year in plan.years:
        if year.next_tenth:
            more = "、".join(f"{one.name}{one.quantity}{one.unit}" for one in year.next_tenth)
            page.line(f"{year.year}年预算再加一成，可多补：{more}")
    _numbered(page, "请注意", plan.warnings)
    if plan.comparison is not None:
        page.heading("两种安排办法的差别")
        for line in say.comparison_lines(plan.comparison, plan.by):
            page.line(line)


def _year(year: Year) -> list[Cell]:
    spent = f"=SUMIFS({ACTIONS}!$J:$J,{ACTIONS}!$A:$A,A{{row}})"
    closed = f"=SUMIFS({ACTIONS}!$H:$H,{ACTIONS}!$A:$A,A{{row}})"
    left: Cell = "—" if year.budget is None else Formula("=D{row}-E{row}", year.budget - year.spent)
    return [
        year.year,
        year.gap_units,
        year.lapsing_units,
        "不限" if year.budget is None else year.budget,
        Formula(spent, year.spent),
        left,
        year.spread.low,
        year.spread.high,
        Formula(closed, sum(one.quantity for one in year.items)),
        year.unpriced.units,
        words.span(year.coverage_before.all),
        words.span(year.coverage_after.all),
        words.share(year.coverage_after.all.by_quantity),
    ]


def _numbered(page: Page, title: str, lines: Sequence[str]) -> None:
    if lines:
        page.heading(title)
    for number, line in enumerate(lines, start=1):
        page.line(f"{number}. {line}")


GAPS = (
    Column("先后", 6, "count"),
    Column("类别", 14),
    Column("装备名称", 20),
    Column("必配\n选配", 6, "centre"),
    Column("单位", 5, "centre"),
    Column("要求", 6, "count"),
    Column("持有", 6, "count"),
    Column("可用", 6, "count"),
    Column("计入", 6, "count"),
    Column("缺口", 6, "count", total=True),
    Column("结论", 11, "centre"),
    Column("得分", 7, "centre"),
    Column("得分构成", 36),
    Column("种类", 6, "centre"),
    Column("数量\n依据", 8, "centre"),
    Column("测算", 28),
)


def _gaps(book: Book, plan: Plan) -> None:
    page = book.page("缺口明细", [one.width for one in GAPS])
    page.title("缺口明细")
    page.line(
        "先后按得分排列：种类有据的在前、必配在前；得分构成逐项列出。服务、统调、借用已抵充的不算缺口。",
        grey=True,
    )
    found = sorted(
        (one for one in plan.report.findings if one.gap),
        key=lambda one: one.priority.rank if one.priority else 0,
    )
    rows: list[list[Cell]] = []
    for one in found:
        score = one.priority
        rows.append(
            [
                score.rank if score else None,
                one.category or "",
                one.name,
                words.OBLIGATION[one.obligation],
                one.unit or "",
                one.required,
                one.held,
                one.usable,
                one.counted,
                one.gap,
                words.STATUS[one.status],
                str(score.score) if score else "",
                "，".join(score.because) if score else "",
                words.KIND_TRUST[one.source.kind],
                words.TRUST[one.source.status],
                one.rule,
            ]
        )
    page.table(GAPS, rows, empty="没有缺口")


LINES = (
    Column("年度", 11, "centre"),
    Column("先后", 6, "count"),
    Column("装备名称", 19),
    Column("情形", 9, "centre"),
    Column("途径", 11, "centre"),
    Column("种类", 17),
    Column("单位", 5, "centre"),
    Column("数量", 6, "count", total=True),
    Column("单价(元)", 12, "money"),
    Column("金额(元)", 14, "money", total=True),
    Column("价格依据", 20),
    Column("理由", 44),
    Column("台账位置", 27),
    Column("类别", 13),
)


def _actions(book: Book, plan: Plan) -> None:
    page = book.page(ACTIONS, [one.width for one in LINES])
    page.title(f"行动清单（{say.years_text(plan)}）")
    page.line(
        "先恢复（送检、维修、收回），再调剂，最后购置；金额＝单价×数量，可改单价、数量，合计随之变动。",
        grey=True,
    )
    rows = [_planned(item, year.year) for year in plan.years for item in year.items]
    page.table(LINES, rows, empty="没有安排")
    page.heading("未安排")
    columns = tuple(Column("原因", one.width, one.kind) if one.head == "年度" else one for one in LINES)
    page.table(columns, [_open(one) for one in plan.unfunded])


def _money(one: Item | Unfunded) -> tuple[Cell, Cell]:
    """Unit price and amount; the amount follows when a person fills in a price that was not known."""
    amount = Formula(
        '=IF(ISNUMBER(I{row}),H{row}*I{row},"待询价")', say.UNPRICED if one.cost is None else one.cost
    )
    return say.UNPRICED if one.unit_cost is None else one.unit_cost, amount


def _planned(item: Item, year: int) -> list[Cell]:
    return [
        year,
        item.rank if item.rank is not None else "—",
        item.name,
        say.STATE[item.role],
        say.way(item),
        item.kind_name,
        item.unit,
        item.quantity,
        *_money(item),
        item.price_basis,
        item.because,
        "\n".join(item.refs),
        item.category or plan_charts.OTHER,
    ]


def _open(one: Unfunded) -> list[Cell]:
    return [
        say.REASON[one.reason],
        one.rank if one.rank is not None else "—",
        one.name,
        say.STATE[one.role] if one.role != "gap" else "未安排",
        say.way(one),
        one.kind_name,
        one.unit,
        one.quantity,
        *_money(one),
        one.price_basis,
        one.because,
        "\n".join(one.refs),
        one.category or plan_charts.OTHER,
    ]
