"""`report -f md`: the whole report as Markdown, nothing shortened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from tabulate import tabulate

from equipcheck.checking.next_step import next_step
from equipcheck.checking.results import Action, Finding, OpenRow, Report
from equipcheck.problems.notes import Note
from equipcheck.report import asset_lines, explanation, headline, tables, words
from equipcheck.report.columns import Column, Columns, cells, heads

T = TypeVar("T")


def render(report: Report) -> str:
    """The report as Markdown text."""
    parts = [
        f"# {report.bureau.get('name') or '本单位'}装备配备核查",
        f"**{escape(headline.answer(report))}。**",
        bullets([*(f"{label}：{text}" for label, text in tables.head(report)), *tables.trust_lines(report)]),
    ]
    for title, rows in tables.groups(report):
        parts += [f"## {title}", table(tables.findings(rows), rows, [tables.total_cells(rows)])]
    outside = [one.name for one in report.findings if one.status == "not_applicable"]
    if outside:
        parts.append(f"不适用 {len(outside)} 项：{'、'.join(outside)}。")
    parts += _categories(report)
    parts += ["## 覆盖情况", bullets(tables.coverage_lines(report)), "## 账目", tables.books_line(report)]
    parts += _actions(report) + _assets(report)
    parts += _open_rows("待复核", report.review, report) + _open_rows(
        "非装备或不认识", report.unmatched, report
    )
    parts += _notes("读不懂的行", report.rejected) + _notes("提示", report.notes)
    if report.questions:
        parts += ["## 需要回答", bullets(one.ask for one in report.questions)]
    files = [(one.path, one.sha256) for one in report.inputs]
    parts += ["## 输入文件", grid(("文件", "SHA-256"), files), f"**下一步：{escape(next_step(report))}**"]
    return "\n\n".join(parts) + "\n"


def escape(text: object) -> str:
    """Text that Markdown takes literally, inside a table cell too: no markup, no link, no line of its own."""
    return (
        str(text)
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("[", "\\[")
        .replace("`", "\\`")
        .replace("\n", " ")
        .replace("*", "\\*")
    )


def grid(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    body = [[escape(cell) for cell in row] for row in rows]
    return tabulate(body, headers=list(head), tablefmt="pipe", disable_numparse=True)


def table(columns: Columns[T], items: Iterable[T], more: Iterable[Sequence[object]] = ()) -> str:
    """A Markdown table of these columns; `more` are lines that are no items."""
    return grid(heads(columns), [*(cells(columns, item) for item in items), *more])


def bullets(lines: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {escape(line)}" for line in lines)


def _categories(report: Report) -> list[str]:
    ceiling = report.standard["limit"] == "ceiling"
    head = ("类别", "上限" if ceiling else "要求", "可用", "超出" if ceiling else "缺口")
    parts = []
    for title, found in tables.groups(report):
        rows = [
            (one.category, one.required, one.usable, one.surplus if ceiling else one.gap)
            for one in tables.by_category(found)
        ]
        parts += [f"## {title}：按类别", grid(head, rows)] if rows else []
    return parts


ACTIONS: Columns[tuple[Finding, Action]] = (
    Column("装备", lambda at: at[0].name),
    Column("途径", lambda at: explanation.action_name(at[1])),
    Column("数量", lambda at: at[1].quantity),
    Column("金额（元）", lambda at: words.yuan(at[1].cost)),
    Column("理由", lambda at: at[1].because),
)


def _actions(report: Report) -> list[str]:
    steps = [(one, step) for one in report.findings for step in one.actions]
    return ["## 怎样补齐", table(ACTIONS, steps)] if steps else []


def _assets(report: Report) -> list[str]:
    lines = asset_lines.asset_lines(report)
    return [f"## 资产明细（{len(lines)} 行）", table(asset_lines.COLUMNS, lines)] if lines else []


def _open_rows(title: str, rows: Sequence[OpenRow], report: Report) -> list[str]:
    return [f"## {title}（{len(rows)} 行）", table(tables.open_rows(report), rows)] if rows else []


def _notes(title: str, notes: Sequence[Note]) -> list[str]:
    lines = [(note.ref, note.note) for note in notes]
    return [f"## {title}（{len(notes)} 条）", table(tables.NOTES, lines)] if notes else []
