"""`report -f xlsx`: the whole result as one workbook; sums are formulas over the sheets that hold the rows."""

from __future__ import annotations

from collections.abc import Callable

from equipcheck.checking.next_step import next_step
from equipcheck.checking.results import Accounting, Finding, Report
from equipcheck.plan.model import Plan
from equipcheck.report import asset_lines, headline, tables, words
from equipcheck.report import plan_words as say
from equipcheck.report.book import Book, Chart, Page, Series
from equipcheck.report.columns import Cell, Column, Columns, Formula

FINDINGS, ASSETS = "核查结果", "资产明细"


def render(plan: Plan) -> bytes:
    """The workbook's bytes; `plan` carries the report. The same results give the same bytes."""
    report = plan.report
    book = Book(report.as_of, f"{say.unit_name(plan)}装备配备核查")
    _summary(book, plan)
    _findings(book, report)
    _assets(book, report)
    _open(book, report)
    _grounds(book, plan)
    return book.finish()


GRID = (20, 14, 14, 14, 14, 14, 14, 14)
FIGURES: Columns[headline.Figure] = (
    Column("指标", lambda one: one.label, 20),
    Column("数值", lambda one: one.value, 28, "centre", span=2),
    Column("构成", lambda one: one.made_of, 42, span=3),
    Column("连同参考清单", lambda one: one.beside, 28, span=2),
)
UNITS = f"=SUMIFS({ASSETS}!$B:$B,{ASSETS}!$A:$A,A{{row}})"
PLACE_NOTE = {
    "counted": "用来抵标准的要求",
    "surplus": "可用而多于要求；同一行里有计入的，行数记在“计入”",
    "excluded": "账上有、不能计入，原因见资产明细",
    "not_required": "标准没有要求本单位配这种装备",
    "review": "名称不能确定对应哪种装备",
    "unmatched": "不是执法装备，或不认识",
    "rejected": "数量或名称读不懂，请改正台账",
}
BOOKS: Columns[tuple[str, Accounting]] = (
    Column("去向", lambda at: words.PLACE[at[0]], 20),
    Column("行数", lambda at: at[1].rows[at[0]], 14, "count", total=True),
    Column("件数", lambda at: Formula(UNITS, at[1].units[at[0]]), 14, "count", total=True),
    Column("说明", lambda at: PLACE_NOTE[at[0]], 70, span=5),
)


def _summary(book: Book, plan: Plan) -> None:
    report = plan.report
    page = book.page("汇总", GRID, repeat=False)
    page.title(f"{say.unit_name(plan)}装备配备核查")
    day = "" if report.as_of_given else "（未写明，按今天）"
    page.line(f"标准：{tables.standard_line(report)}")
    page.line(f"截至：{report.as_of}{day}；单位：{tables.facts_line(report)}")
    if report.overrides:
        page.line(f"选项改动：{'；'.join(report.overrides)}")
    for line in tables.trust_lines(report):
        page.line(line, grey=True)
    page.heading(headline.answer(report))
    page.table(FIGURES, headline.figures(report, plan))
    for line in tables.coverage_lines(report):
        page.line(line, grey=True)
    page.line(f"下一步：{next_step(report)}")
    page.heading("台账去向（每一行、每一件恰好归入一处）")
    books = report.accounting
    places = [(name, books) for name in words.places(books.rows, books.units)]
    page.table(BOOKS, places, empty="台账没有资产行")
    _categories(page, report)


def _summed(head: str, sums: str, value: Callable[[tables.Bar], int]) -> Column[tables.Bar]:
    """A sum over a column of 核查结果, of one category and group."""

    def cell(one: tables.Bar) -> Cell:
        kind = words.KIND_TRUST[one.rows[0].source.kind]
        which = f'{FINDINGS}!$Q:$Q,"{kind}",{FINDINGS}!$R:$R,"是",{FINDINGS}!$B:$B,$A{{row}}'
        return Formula(f"=SUMIFS({FINDINGS}!${sums}:${sums},{which})", value(one))

    return Column(head, cell, 14, "count", total=True)


CATEGORY: Columns[tables.Bar] = (
    Column("类别", lambda one: one.category, 20),
    _summed("要求", "F", lambda one: one.required),
    _summed("可用", "H", lambda one: one.usable),
    _summed("计入", "I", lambda one: sum(row.counted for row in one.rows)),
    _summed(words.HELPED, "J", lambda one: sum(row.helped for row in one.rows)),
    _summed("缺口", "K", lambda one: one.gap),
    _summed("有余", "L", lambda one: one.surplus),
)


def _categories(page: Page, report: Report) -> None:
    """Sums over 核查结果 by category, a table a group, and a chart of each beneath."""
    ceiling = report.standard["limit"] == "ceiling"
    charts: list[tuple[Chart, str]] = []
    for title, rows in tables.groups(report):
        bars = tables.by_category(rows)
        if not bars:
            continue
        page.heading(f"{title}：按类别")
        first = page.table(CATEGORY, bars)
        end = Series(6, "8FB3D3") if ceiling else Series(5, "C8574C")
        drawn = Chart(
            f"{title.partition('（')[0]}（件）",
            "bar",
            (Series(3, "2F6EA8"), end),
            first,
            first + len(bars) - 1,
            stacked=True,
        )
        charts.append((drawn, f"{title}：{tables.bars_in_words(bars, ceiling=ceiling)}"))
    if charts:
        page.line("只列必配；不适用、按需、台账未登记、待定的不在内。各数是对“核查结果”的求和。", grey=True)
        page.charts(charts, page.room())


RESULTS: Columns[Finding] = (
    Column("编号", lambda one: one.requirement, 20),
    Column("类别", lambda one: one.category or tables.NO_CATEGORY, 13),
    Column("装备名称", lambda one: one.name, 20),
    Column("必配\n选配", lambda one: words.OBLIGATION[one.obligation], 6, "centre"),
    Column("单位", lambda one: one.unit or "", 5, "centre"),
    Column("要求", lambda one: "—" if one.required is None else one.required, 6, "count"),
    Column("持有", lambda one: one.held, 6, "count"),
    Column("可用", lambda one: one.usable, 6, "count"),
    Column("计入", lambda one: one.counted, 6, "count"),
    Column("服务等\n抵充", lambda one: one.helped, 7, "count"),
    Column("缺口", lambda one: one.gap, 6, "count"),
    Column("有余", lambda one: one.surplus, 6, "count"),
    Column("结论", lambda one: words.STATUS[one.status], 11, "centre"),
    Column("说明", tables.remark, 34),
    Column("测算", lambda one: one.rule, 32),
    Column("数量\n依据", lambda one: words.trust(one.source), 8, "centre"),
    Column("种类\n依据", lambda one: words.KIND_TRUST[one.source.kind], 6, "centre"),
    Column("计入\n达标率", lambda one: "是" if tables.in_coverage(one) else "—", 7, "centre"),
)


def _findings(book: Book, report: Report) -> None:
    page = book.page(FINDINGS, RESULTS)
    page.title(FINDINGS)
    page.line(
        "标准有据的在前；种类为推定的是参考清单，不作为标准要求。“计入达标率”为“是”的行参与达标率和数量配备率。",
        grey=True,
    )
    shown = [one for _, rows in tables.groups(report) for one in rows]
    rest = [one for one in report.findings if one.status == "not_applicable"]
    first = page.table(RESULTS, [*shown, *rest], empty="标准没有条目")
    page.filtered(first, len(RESULTS))


def _assets(book: Book, report: Report) -> None:
    page = book.page(ASSETS, asset_lines.COLUMNS)
    page.title("资产明细：每一件为什么计入或不计入")
    page.line("一行资产的各件去向不同时分成几行；件数合计等于台账读入的件数。", grey=True)
    first = page.table(asset_lines.COLUMNS, asset_lines.asset_lines(report), empty="台账没有资产行")
    page.filtered(first, len(asset_lines.COLUMNS))


NOTES: Columns[tuple[str | None, str]] = (
    Column("位置", lambda at: at[0] or "", 34),
    Column("内容", lambda at: at[1], 98, span=3),
)


def _open(book: Book, report: Report) -> None:
    page = book.page("待复核", review := tables.open_rows(report, "台账位置"), repeat=False)
    page.title("待复核")
    page.line(
        "要逐项回答的，用 equipcheck match --review 复核.xlsx 写出带下拉框的表，填好后用 --apply 读回。",
        grey=True,
    )
    page.heading(f"名称不能确定对应哪种装备 {len(report.review)} 行")
    page.table(review, report.review)
    for title, rows in (
        (
            f"需要回答 {len(report.questions)} 条",
            [("、".join(one.rows) or one.fact or one.requirement, one.ask) for one in report.questions],
        ),
        (f"读不懂的行 {len(report.rejected)} 行", [(one.ref, one.note) for one in report.rejected]),
        (f"提示 {len(report.notes)} 处", [(one.ref, one.note) for one in report.notes]),
    ):
        page.heading(title)
        page.table(NOTES, rows)


SOURCES: Columns[Finding] = (
    Column("装备名称", lambda one: one.name, 22),
    Column("测算", lambda one: one.rule, 36),
    Column("位置", lambda one: one.source.place or "未注明", 30),
    Column("数量依据", lambda one: words.trust(one.source), 10, "centre"),
    Column("种类依据", lambda one: words.KIND_TRUST[one.source.kind], 10, "centre"),
    Column(
        "说明",
        lambda one: "；".join(part for part in (one.source.note, one.note, one.source.origin) if part),
        62,
    ),
)


def _grounds(book: Book, plan: Plan) -> None:
    report = plan.report
    page = book.page("依据与来源", SOURCES, repeat=False)
    page.title("依据与来源")
    page.line(f"标准：{tables.standard_line(report)}")
    if report.standard["note"]:
        page.line(str(report.standard["note"]).strip(), grey=True)
    page.heading("标准各行")
    page.table(SOURCES, report.findings, empty="标准没有条目")
    page.heading("输入文件")
    page.table(say.files(58, 30, 82, spans=(2, 1, 3)), report.inputs)
    page.heading("补齐途径所引的规定")
    page.table(say.laws(58, 30, 82, spans=(2, 1, 3)), plan.laws)
