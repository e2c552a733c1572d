"""The report in the terminal: status as words, never colour or marks alone; nothing cut off."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from equipcheck.checking.next_step import next_step
from equipcheck.checking.results import Finding, OpenRow, Report
from equipcheck.problems.notes import Note
from equipcheck.report import bars, tables
from equipcheck.report.page import RULES, Page, Word, heading

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
WHOLE = (*tables.HEAD[1:6], "结论", "依据")
"""Columns of words and numbers that are never broken."""
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
    day = "" if report.as_of_given else "（未写明，按今天）"
    lines = [
        ("标准", tables.standard_line(report)),
        ("截至", f"{report.as_of}{day}"),
        ("单位", tables.facts_line(report)),
    ]
    if report.overrides:
        lines.append(("选项改动", "；".join(report.overrides)))
    lines += [("依据" if index == 0 else "", line) for index, line in enumerate(tables.trust_lines(report))]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in lines:
        grid.add_row(Text(label), Text(text))
    console.print(grid)


def _table(console: Console, title: str, rows: Sequence[Finding]) -> None:
    heading(console, title)
    table = Table(box=RULES, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_footer=True)
    lines, foots = [tables.cells(one) for one in rows], tables.total_cells(rows)
    for head, foot, *texts in zip(tables.HEAD, foots, *lines, strict=True):
        right, whole = head in tables.HEAD[1:6], head in WHOLE
        table.add_column(
            Word(head) if whole else Text(head),
            footer=Word(foot) if whole else Text(foot),
            justify="right" if right else "left",
            no_wrap=whole,
            width=max(map(cell_len, (head, foot, *texts))) if whole else None,
            overflow="fold",
            min_width=24 if head == "装备名称" else None,
            ratio=1 if head == "说明" else None,
        )
    for one, line in zip(rows, lines, strict=True):
        styles = {"结论": STYLES.get(one.status, "")}
        cells = zip(tables.HEAD, line, strict=True)
        table.add_row(
            *(Word(text, styles.get(head, "")) if head in WHOLE else Text(text) for head, text in cells)
        )
    console.print(table)


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
        guesses = "、".join(report.kind_names.get(one.kind, one.kind) for one in row.suggestions[:3])
        hint = f"  可能是：{guesses}" if guesses else ""
        console.print(f"  {row.ref}  {row.name}  {row.quantity}件{hint}")
    _more(console, len(rows))


def _notes(console: Console, title: str, notes: Sequence[Note]) -> None:
    if not notes:
        return
    heading(console, f"{title} {len(notes)} 处")
    lines = tables.grouped(notes)
    for line in lines[:MOST_LINES]:
        console.print(f"  {line}")
    _more(console, len(lines))


def _more(console: Console, count: int) -> None:
    if count > MOST_LINES:
        console.print(f"  ……另有 {count - MOST_LINES} 条，全部内容见 -f json 或 -f md")
