"""`plan --xlsx`: one workbook to hand round: what is missing, what to do, what to publish and to apply for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from equipcheck.plan.model import Item, Plan, Unfunded
from equipcheck.report import plan_forms, words
from equipcheck.report import plan_words as say
from equipcheck.report.book import Book, Cell, Column, Formula
from equipcheck.report.plan_head import head_lines

ACTIONS = "行动清单"


def render(plan: Plan) -> bytes:
    """The workbook's bytes; the same plan gives the same bytes."""
    book = Book(plan.as_of, f"{say.unit_name(plan)}装备补齐计划")
    _summary(book, plan)
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
    Column("预算(元)", 14, "money", total=True),
    Column("安排(元)", 14, "money", total=True),
    Column("余额(元)", 14, "money"),
    Column("价格低端(元)", 14, "money", total=True),
    Column("价格高端(元)", 14, "money", total=True),
    Column("补齐\n(件)", 8, "count", total=True),
    Column("达标率\n年初", 17, "centre"),
    Column("达标率\n年末", 17, "centre"),
    Column("数量配备率\n年末", 13, "centre"),
)


def _summary(book: Book, plan: Plan) -> None:
    page = book.page("汇总", [one.width for one in SUMMARY], repeat=False)
    page.title(f"{say.unit_name(plan)}装备补齐计划（{say.years_text(plan)}）")
    for line in head_lines(plan):
        page.line(line)
    page.heading("各年安排")
    rows: list[list[Cell]] = []
    for year in plan.years:
        spent = f"=SUMIFS({ACTIONS}!$I:$I,{ACTIONS}!$A:$A,A{{row}})"
        closed = f"=SUMIFS({ACTIONS}!$G:$G,{ACTIONS}!$A:$A,A{{row}})"
        budget: Cell = year.budget if year.budget is not None else "不限"
        left: Cell = "—" if year.budget is None else Formula("=C{row}-D{row}", year.budget - year.spent)
        rows.append(
            [
                year.year,
                year.gap_units,
                budget,
                Formula(spent, year.spent),
                left,
                year.spread.low,
                year.spread.high,
                Formula(closed, sum(one.quantity for one in year.items)),
                words.span(year.coverage_before.all),
                words.span(year.coverage_after.all),
                words.share(year.coverage_after.all.by_quantity),
            ]
        )
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
    if plan.warnings:
        page.heading("请注意")
        for number, warning in enumerate(plan.warnings, start=1):
            page.line(f"{number}. {warning}")
    if plan.comparison is not None:
        page.heading("两种安排办法的差别")
        for line in say.comparison_lines(plan.comparison, plan.by):
            page.line(line)


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
    Column("途径", 11, "centre"),
    Column("种类", 17),
    Column("单位", 5, "centre"),
    Column("数量", 6, "count", total=True),
    Column("单价(元)", 12, "money"),
    Column("金额(元)", 14, "money", total=True),
    Column("价格依据", 20),
    Column("理由", 44),
    Column("台账位置", 27),
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
    columns = tuple(Column("情形", one.width, one.kind) if one.head == "年度" else one for one in LINES)
    page.table(columns, [_open(one) for one in plan.unfunded])


def _planned(item: Item, year: int) -> list[Cell]:
    return [
        year,
        item.rank,
        item.name,
        say.ACTION[item.action],
        item.kind_name,
        item.unit,
        item.quantity,
        item.unit_cost,
        Formula("=G{row}*H{row}", item.cost),
        item.price_basis,
        item.because,
        "\n".join(item.refs),
    ]


def _open(one: Unfunded) -> list[Cell]:
    cost: Cell = "待询价" if one.cost is None else Formula("=G{row}*H{row}", one.cost)
    return [
        say.REASON[one.reason],
        one.rank,
        one.name,
        say.ACTION[one.action],
        one.kind_name,
        one.unit,
        one.quantity,
        "待询价" if one.unit_cost is None else one.unit_cost,
        cost,
        one.price_basis,
        one.because,
        "\n".join(one.refs),
    ]
