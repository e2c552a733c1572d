"""`report -f xlsx`: the whole result as one workbook; sums are formulas over the sheets that hold the rows."""

from __future__ import annotations

from equipcheck.checking.next_step import next_step
from equipcheck.checking.results import Finding, OpenRow, Report
from equipcheck.plan.model import Plan
from equipcheck.report import asset_lines, headline, tables, words
from equipcheck.report import plan_words as say
from equipcheck.report.book import Book, Cell, Chart, Column, Formula, Page, Series

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
FIGURES = (
    Column("指标", 20),
    Column("数值", 28, "centre", span=2),
    Column("构成", 42, span=3),
    Column("连同参考清单", 28, span=2),
)
BOOKS = (
    Column("去向", 20),
    Column("行数", 14, "count", total=True),
    Column("件数", 14, "count", total=True),
    Column("说明", 70, span=5),
)
PLACE_NOTE = {
    "counted": "用来抵标准的要求",
    "surplus": "可用而多于要求",
    "excluded": "账上有、不能计入，原因见资产明细",
    "not_required": "标准没有要求本单位配这种装备",
    "review": "名称不能确定对应哪种装备",
    "unmatched": "不是执法装备，或不认识",
    "rejected": "数量或名称读不懂，请改正台账",
}


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
    rows: list[list[Cell]] = [
        [one.label, one.value, one.made_of, one.beside] for one in headline.figures(report, plan)
    ]
    page.table(FIGURES, rows)
    for line in tables.coverage_lines(report):
        page.line(line, grey=True)
    page.line(f"下一步：{next_step(report)}")
    page.heading("台账去向（每一行、每一件恰好归入一处）")
    units = report.accounting.units
    places = [name for name in words.PLACE if name != "read" and report.accounting.rows[name]]
    page.table(
        BOOKS,
        [
            [
                words.PLACE[name],
                report.accounting.rows[name],
                Formula(f"=SUMIFS({ASSETS}!$B:$B,{ASSETS}!$A:$A,A{{row}})", units[name]),
                PLACE_NOTE[name],
            ]
            for name in places
        ],
        empty="台账没有资产行",
    )
    _categories(page, report)


CATEGORY = (
    Column("类别", 20),
    Column("要求", 14, "count", total=True),
    Column("可用", 14, "count", total=True),
    Column("计入", 14, "count", total=True),
    Column("服务等抵充", 14, "count", total=True),
    Column("缺口", 14, "count", total=True),
    Column("有余", 14, "count", total=True),
)
SUMMED = {"要求": "F", "可用": "H", "计入": "I", "服务等抵充": "J", "缺口": "K", "有余": "L"}
"""The summary's columns and the columns of 核查结果 that they sum."""


def _categories(page: Page, report: Report) -> None:
    """Sums over 核查结果 by category, a table a group, and a chart of each beneath."""
    ceiling = report.standard["limit"] == "ceiling"
    found = [(title, rows[0].source.kind, tables.by_category(rows)) for title, rows in tables.groups(report)]
    charts: list[tuple[Chart, str]] = []
    for title, kind, bars in found:
        if not bars:
            continue
        page.heading(f"{title}：按类别")
        first = page.table(CATEGORY, [_by_category(one, kind) for one in bars])
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


def _by_category(one: tables.Bar, kind: str) -> list[Cell]:
    values = {
        "要求": one.required,
        "可用": one.usable,
        "计入": sum(row.counted for row in one.rows),
        "服务等抵充": sum(row.serviced for row in one.rows),
        "缺口": one.gap,
        "有余": one.surplus,
    }
    which = f'{FINDINGS}!$Q:$Q,"{words.KIND_TRUST[kind]}",{FINDINGS}!$R:$R,"是",{FINDINGS}!$B:$B,$A{{row}}'
    sums = [
        Formula(f"=SUMIFS({FINDINGS}!${SUMMED[name]}:${SUMMED[name]},{which})", value)
        for name, value in values.items()
    ]
    return [one.category, *sums]


RESULTS = (
    Column("编号", 20),
    Column("类别", 13),
    Column("装备名称", 20),
    Column("必配\n选配", 6, "centre"),
    Column("单位", 5, "centre"),
    Column("要求", 6, "count"),
    Column("持有", 6, "count"),
    Column("可用", 6, "count"),
    Column("计入", 6, "count"),
    Column("服务等\n抵充", 7, "count"),
    Column("缺口", 6, "count"),
    Column("有余", 6, "count"),
    Column("结论", 11, "centre"),
    Column("说明", 34),
    Column("测算", 32),
    Column("数量\n依据", 8, "centre"),
    Column("种类\n依据", 6, "centre"),
    Column("计入\n达标率", 7, "centre"),
)


def _findings(book: Book, report: Report) -> None:
    page = book.page(FINDINGS, [one.width for one in RESULTS])
    page.title(FINDINGS)
    page.line(
        "标准有据的在前；种类为推定的是参考清单，不作为标准要求。“计入达标率”为“是”的行参与达标率和数量配备率。",
        grey=True,
    )
    shown = [one for _, rows in tables.groups(report) for one in rows]
    rest = [one for one in report.findings if one.status == "not_applicable"]
    first = page.table(RESULTS, [_result(one) for one in (*shown, *rest)], empty="标准没有条目")
    page.filtered(first, len(RESULTS))


def _result(one: Finding) -> list[Cell]:
    inside = one.obligation == "required" and one.status in tables.IN_COVERAGE
    return [
        one.requirement,
        one.category or tables.NO_CATEGORY,
        one.name,
        words.OBLIGATION[one.obligation],
        one.unit or "",
        one.required if one.required is not None else "—",
        one.held,
        one.usable,
        one.counted,
        one.serviced,
        one.gap,
        one.surplus,
        words.STATUS[one.status],
        tables.remark(one),
        one.rule,
        words.TRUST[one.source.status],
        words.KIND_TRUST[one.source.kind],
        "是" if inside else "—",
    ]


LINES = (
    Column("归处", 10, "centre"),
    Column("件数", 7, "count", total=True),
    Column("原因", 13),
    Column("装备要求", 18),
    Column("装备种类", 18),
    Column("资产名称", 22),
    Column("规格型号", 15),
    Column("资产编号", 14),
    Column("状态与有效期", 20),
    Column("对应依据", 46),
    Column("台账位置", 28),
)


def _assets(book: Book, report: Report) -> None:
    page = book.page(ASSETS, [one.width for one in LINES])
    page.title("资产明细：每一件为什么计入或不计入")
    page.line("一行资产的各件去向不同时分成几行；件数合计等于台账读入的件数。", grey=True)
    lines = [list(asset_lines.cells(one)) for one in asset_lines.asset_lines(report)]
    first = page.table(LINES, lines, empty="台账没有资产行")
    page.filtered(first, len(LINES))


REVIEW = (Column("台账位置", 34), Column("名称", 34), Column("数量", 8, "count"), Column("可能是", 56))
NOTES = (Column("位置", 34), Column("内容", 98, span=3))


def _open(book: Book, report: Report) -> None:
    page = book.page("待复核", [one.width for one in REVIEW], repeat=False)
    page.title("待复核")
    page.line(
        "要逐项回答的，用 equipcheck match --review 复核.xlsx 写出带下拉框的表，填好后用 --apply 读回。",
        grey=True,
    )
    page.heading(f"名称不能确定对应哪种装备 {len(report.review)} 行")
    page.table(
        REVIEW,
        [[row.ref, row.name, row.quantity, _guesses(report, row)] for row in report.review],
    )
    asks: list[list[Cell]] = [
        ["、".join(one.rows) or one.fact or one.requirement or "", one.ask] for one in report.questions
    ]
    for title, rows in (
        (f"需要回答 {len(report.questions)} 条", asks),
        (f"读不懂的行 {len(report.rejected)} 行", [[one.ref or "", one.note] for one in report.rejected]),
        (f"提示 {len(report.notes)} 处", [[one.ref or "", one.note] for one in report.notes]),
    ):
        page.heading(title)
        page.table(NOTES, rows)


def _guesses(report: Report, row: OpenRow) -> str:
    return "、".join(report.kind_names.get(one.kind, one.kind) for one in row.suggestions[:3])


SOURCES = (
    Column("装备名称", 22),
    Column("测算", 36),
    Column("位置", 30),
    Column("数量依据", 10, "centre"),
    Column("种类依据", 10, "centre"),
    Column("说明", 62),
)
FILES = (Column("文件", 58, span=2), Column("用途", 30), Column("SHA-256", 82, span=3))
LAWS = (Column("规定", 58, span=2), Column("所据文本", 30), Column("内容", 82, span=3))


def _grounds(book: Book, plan: Plan) -> None:
    report = plan.report
    page = book.page("依据与来源", [one.width for one in SOURCES], repeat=False)
    page.title("依据与来源")
    page.line(f"标准：{tables.standard_line(report)}")
    if report.standard["note"]:
        page.line(str(report.standard["note"]).strip(), grey=True)
    page.heading("标准各行")
    page.table(SOURCES, [_source(one) for one in report.findings], empty="标准没有条目")
    page.heading("输入文件")
    page.table(FILES, [[one.path, say.ROLE.get(one.role, one.role), one.sha256] for one in report.inputs])
    page.heading("补齐途径所引的规定")
    page.table(LAWS, [[name, say.LAW[mark], text] for name, text, mark in plan.laws])


def _source(one: Finding) -> list[Cell]:
    source = one.source
    said = "；".join(part for part in (source.note, one.note, source.origin) if part)
    return [
        one.name,
        one.rule,
        source.place or "未注明",
        words.TRUST[source.status],
        words.KIND_TRUST[source.kind],
        said,
    ]
