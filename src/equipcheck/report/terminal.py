"""The report in the terminal: status as words, never colour or marks alone; nothing cut off."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.checking.next_step import next_step
from equipcheck.checking.results import Finding, OpenRow, Report
from equipcheck.problems.notes import Note
from equipcheck.report import bars, tables
from equipcheck.report.columns import heads
from equipcheck.report.page import Page

STYLES = {
    "met": "green",
    "surplus": "green",
    "short": "yellow",
    "absent": "bold red",
    "over": "bold red",
    "unverified": "yellow",
    "undecided": "magenta",
    "unrecorded": "cyan",
}
MOST_LINES = 12


def render(report: Report, *, colour: bool, width: int | None = None, chart: bool = False) -> str:
    """The report as text, with ANSI colours where `colour` and bars by category where `chart`."""
    page = Page(colour=colour, width=width)
    _head(page, report)
    for title, rows in tables.groups(report):
        _table(page, title, rows)
    _inapplicable(page, report)
    if chart:
        _chart(page, report)
    page.heading("覆盖情况")
    for line in tables.coverage_lines(report):
        page.say(f"  {line}")
    page.heading("账目")
    page.say(f"  {tables.books_line(report)}")
    _open_rows(page, "待复核（名称不能确定对应哪种装备）", report.review, report)
    _open_rows(page, "非装备或不认识（未计入）", report.unmatched, report)
    _notes(page, "读不懂的行", report.rejected)
    _notes(page, "提示", report.notes)
    if report.questions:
        page.heading("需要回答")
        for question in report.questions:
            page.say(f"  {question.ask}")
    page.say()
    page.say(f"下一步：{next_step(report)}", "bold")
    return page.text()


def _head(page: Page, report: Report) -> None:
    page.say(f"{report.bureau.get('name') or '本单位'} 装备配备核查", "bold")
    lines = tables.head(report)
    lines += [("依据" if index == 0 else "", line) for index, line in enumerate(tables.trust_lines(report))]
    page.pairs(lines)


def _table(page: Page, title: str, rows: Sequence[Finding]) -> None:
    page.heading(title)
    columns = tables.findings(rows)
    at = heads(columns).index("结论")
    foot = tables.total_cells(rows)
    page.table(columns, rows, foot=foot, style=lambda one: {at: STYLES.get(one.status, "")})


def _chart(page: Page, report: Report) -> None:
    ceiling = report.standard["limit"] == "ceiling"
    for title, rows in tables.groups(report):
        shown = bars.lines(tables.by_category(rows), ceiling=ceiling)
        if shown:
            page.heading(f"{title}：按类别（{bars.LEGEND_CEILING if ceiling else bars.LEGEND}）")
        for line in shown:
            page.say(f"  {line}")


def _inapplicable(page: Page, report: Report) -> None:
    rows = [one.name for one in report.findings if one.status == "not_applicable"]
    if rows:
        page.say()
        page.say(f"不适用 {len(rows)} 项：{'、'.join(rows)}")


def _open_rows(page: Page, title: str, rows: Sequence[OpenRow], report: Report) -> None:
    if not rows:
        return
    page.heading(f"{title} {len(rows)} 行")
    for row in rows[:MOST_LINES]:
        guesses = "、".join(tables.guesses(report, row))
        hint = f"  可能是：{guesses}" if guesses else ""
        page.say(f"  {row.ref}  {row.name}  {row.quantity}件{hint}")
    page.more(len(rows), MOST_LINES)


def _notes(page: Page, title: str, notes: Sequence[Note]) -> None:
    if not notes:
        return
    page.heading(f"{title} {len(notes)} 处")
    lines = tables.grouped(notes)
    for line in lines[:MOST_LINES]:
        page.say(f"  {line}")
    page.more(len(lines), MOST_LINES)
