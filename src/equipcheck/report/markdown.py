"""`report -f md`: the whole report as Markdown, nothing shortened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tabulate import tabulate

from equipcheck.checking.next_step import next_step
from equipcheck.checking.results import OpenRow, Report
from equipcheck.problems.notes import Note
from equipcheck.report import asset_lines, explanation, headline, tables, words


def render(report: Report) -> str:
    """The report as Markdown text."""
    parts = [
        f"# {report.bureau.get('name') or '本单位'}装备配备核查",
        f"**{escape(headline.answer(report))}。**",
        _head(report),
    ]
    for title, rows in tables.groups(report):
        body = [tables.cells(one) for one in rows]
        parts += [f"## {title}", grid(tables.HEAD, [*body, tables.total_cells(rows)])]
    outside = [one.name for one in report.findings if one.status == "not_applicable"]
    if outside:
        parts.append(f"不适用 {len(outside)} 项：{'、'.join(outside)}。")
    parts += _categories(report)
    parts += ["## 覆盖情况", _list(tables.coverage_lines(report)), "## 账目", tables.books_line(report)]
    parts += _actions(report) + _assets(report)
    parts += _open_rows("待复核", report.review, report) + _open_rows(
        "非装备或不认识", report.unmatched, report
    )
    parts += _notes("读不懂的行", report.rejected) + _notes("提示", report.notes)
    if report.questions:
        parts += ["## 需要回答", _list(one.ask for one in report.questions)]
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


def _head(report: Report) -> str:
    day = "" if report.as_of_given else "（未写明，按今天）"
    lines = [
        f"标准：{tables.standard_line(report)}",
        f"截至：{report.as_of}{day}",
        f"单位：{tables.facts_line(report)}",
    ]
    if report.overrides:
        lines.append(f"选项改动：{'；'.join(report.overrides)}")
    return _list([*lines, *tables.trust_lines(report)])


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


def _actions(report: Report) -> list[str]:
    rows = [
        (
            one.name,
            explanation.action_name(step),
            step.quantity,
            "待询价" if step.cost is None else words.yuan(step.cost),
            step.because,
        )
        for one in report.findings
        for step in one.actions
    ]
    return ["## 怎样补齐", grid(("装备", "途径", "数量", "金额（元）", "理由"), rows)] if rows else []


def _assets(report: Report) -> list[str]:
    lines = asset_lines.asset_lines(report)
    rows = [asset_lines.cells(one) for one in lines]
    return [f"## 资产明细（{len(rows)} 行）", grid(asset_lines.HEAD, rows)] if rows else []


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {escape(line)}" for line in lines)


def _open_rows(title: str, rows: Sequence[OpenRow], report: Report) -> list[str]:
    if not rows:
        return []
    names = report.kind_names
    body = [
        (
            row.ref,
            row.name,
            row.quantity,
            "、".join(names.get(one.kind, one.kind) for one in row.suggestions[:3]),
        )
        for row in rows
    ]
    return [f"## {title}（{len(rows)} 行）", grid(("位置", "名称", "数量", "可能是"), body)]


def _notes(title: str, notes: Sequence[Note]) -> list[str]:
    if not notes:
        return []
    return [
        f"## {title}（{len(notes)} 条）",
        grid(("位置", "内容"), [(note.ref or "", note.note) for note in notes]),
    ]
