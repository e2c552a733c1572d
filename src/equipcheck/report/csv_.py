"""`report -f csv`: a line a requirement or (`--of assets`) a line of the ledger and place; UTF-8 with BOM."""

from __future__ import annotations

import csv
import io

from equipcheck.checking.results import Report
from equipcheck.report import asset_lines, explanation, words

HEAD = (
    "编号",
    "类别",
    "装备名称",
    "必配选配",
    "单位",
    "要求",
    "持有",
    "可用",
    "计入",
    "服务等抵充",
    "缺口",
    "有余",
)
TAIL = ("结论", "不计入原因", "测算", "数量依据", "种类依据", "依据位置", "依据说明", "补齐途径")


def render(report: Report) -> str:
    """The findings as CSV text, beginning with a byte-order mark."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*HEAD, *TAIL])
    for one in report.findings:
        numbers = [one.required, one.held, one.usable, one.counted, one.serviced, one.gap, one.surplus]
        texts = [
            words.STATUS[one.status],
            words.why_not(one),
            one.rule,
            words.TRUST[one.source.status],
            words.KIND_TRUST[one.source.kind],
            one.source.place or "",
            one.source.note or "",
            "；".join(explanation.action_lines(one)),
        ]
        row = [
            one.requirement,
            one.category or "",
            one.name,
            words.OBLIGATION[one.obligation],
            one.unit or "",
        ]
        writer.writerow(
            [*map(text_cell, row), *("" if n is None else n for n in numbers), *map(text_cell, texts)]
        )
    return "\ufeff" + stream.getvalue()


def render_assets(report: Report) -> str:
    """Every unit of the ledger by where it ended and why, as CSV text with a byte-order mark."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(asset_lines.HEAD)
    for line in asset_lines.asset_lines(report):
        cells = asset_lines.cells(line)
        writer.writerow([text_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    return "\ufeff" + stream.getvalue()


def text_cell(text: str) -> str:
    """Text that a spreadsheet program cannot take for a formula (OWASP ASVS 1.2.10)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\0") else text
