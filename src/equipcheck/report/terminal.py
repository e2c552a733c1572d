"""The report in the terminal: status as words, never colour or marks alone; nothing cut off."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from equipcheck.checking.next_step import next_step
from equipcheck.checking.results import Finding, OpenRow, Report
from equipcheck.problems.notes import Note
from equipcheck.report import bars, tables
from equipcheck.report.page import Page, heading, more, table

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
    console = page.console
    _head(console, report)
    for title, rows in tables.groups(report):
        _table(console, title, rows)
    _inapplicable(console, report)
    if chart:
        _chart(console, report)
    heading(console, "覆盖情况")
    for line in tables.coverage_lines(report):
        console.print(f"  {line}")
    heading(console, "账目")
    console.print(f"  {tables.books_line(report)}")
    _open_rows(console, "待复核（名称不能确定对应哪种装备）", report.review, report)
    _open_rows(console, "非装备或不认识（未计入）", report.unmatched, report)
    _notes(console, "读不懂的行", report.rejected)
    _notes(console, "提示", report.notes)
    if report.questions:
        heading(console, "需要回答")
        for question in report.questions:
            console.print(f"  {question.ask}")
    console.print()
    console.print(Text(f"下一步：{next_step(report)}", style="bold"))
    return page.text()


def _head(console: Console, report: Report) -> None:
    console.print(Text(f"{report.bureau.get('name') or '本单位'} 装备配备核查", style="bold"))
    lines = tables.head(report)
    lines += [("依据" if index == 0 else "", line) for index, line in enumerate(tables.trust_lines(report))]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in lines:
        grid.add_row(Text(label), Text(text))
    console.print(grid)


def _table(console: Console, title: str, rows: Sequence[Finding]) -> None:
    heading(console, title)
    foot = tables.total_cells(rows)
    console.print(table(tables.FINDING, rows, foot=foot, style=lambda one: {6: STYLES.get(one.status, "")}))


def _chart(console: Console, report: Report) -> None:
    ceiling = report.standard["limit"] == "ceiling"
    for title, rows in tables.groups(report):
        shown = bars.lines(tables.by_category(rows), ceiling=ceiling)
        if shown:
            heading(console, f"{title}：按类别（{bars.LEGEND_CEILING if ceiling else bars.LEGEND}）")
        for line in shown:
            console.print(f"  {line}")


def _inapplicable(console: Console, report: Report) -> None:
    rows = [one.name for one in report.findings if one.status == "not_applicable"]
    if rows:
        console.print()
        console.print(f"不适用 {len(rows)} 项：{'、'.join(rows)}")


def _open_rows(console: Console, title: str, rows: Sequence[OpenRow], report: Report) -> None:
    if not rows:
        return
    heading(console, f"{title} {len(rows)} 行")
    for row in rows[:MOST_LINES]:
        guesses = "、".join(tables.guesses(report, row))
        hint = f"  可能是：{guesses}" if guesses else ""
        console.print(f"  {row.ref}  {row.name}  {row.quantity}件{hint}")
    more(console, len(rows), MOST_LINES)


def _notes(console: Console, title: str, notes: Sequence[Note]) -> None:
    if not notes:
        return
    heading(console, f"{title} {len(notes)} 处")
    lines = tables.grouped(notes)
    for line in lines[:MOST_LINES]:
        console.print(f"  {line}")
    more(console, len(lines), MOST_LINES)
