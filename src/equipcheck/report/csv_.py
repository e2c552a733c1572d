"""`report -f csv`: a line a requirement or (`--of assets`) a line of the ledger and place; UTF-8 with BOM."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TypeVar

from equipcheck.checking.results import Finding, Report
from equipcheck.report import asset_lines, explanation, words
from equipcheck.report.columns import Cell, Column, Columns, cells, heads

T = TypeVar("T")

FINDINGS: Columns[Finding] = (
    Column("编号", lambda one: one.requirement),
    Column("类别", lambda one: one.category),
    Column("装备名称", lambda one: one.name),
    Column("必配选配", lambda one: words.OBLIGATION[one.obligation]),
    Column("单位", lambda one: one.unit),
    Column("要求", lambda one: one.required),
    Column("持有", lambda one: one.held),
    Column("可用", lambda one: one.usable),
    Column("计入", lambda one: one.counted),
    Column(words.HELPED, lambda one: one.helped),
    Column("缺口", lambda one: one.gap),
    Column("有余", lambda one: one.surplus),
    Column("结论", lambda one: words.STATUS[one.status]),
    Column("不计入原因", words.why_not),
    Column("测算", lambda one: one.rule),
    Column("数量依据", lambda one: words.trust(one.source)),
    Column("种类依据", lambda one: words.KIND_TRUST[one.source.kind]),
    Column("依据位置", lambda one: one.source.place),
    Column("依据说明", lambda one: one.source.note),
    Column("补齐途径", lambda one: "；".join(explanation.action_lines(one))),
)


def render(report: Report, *, of: str | None = None) -> str:
    """The findings as CSV text; `of` "assets": every unit of the ledger by where it ended and why."""
    if of == "assets":
        return csv_text(asset_lines.COLUMNS, asset_lines.asset_lines(report))
    return csv_text(FINDINGS, report.findings)


def csv_text(columns: Columns[T], items: Iterable[T], more: Iterable[Sequence[Cell]] = ()) -> str:
    """A table for Excel and WPS, beginning with a byte-order mark; `more` are lines that are no items."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(heads(columns))
    for line in (*(cells(columns, item) for item in items), *more):
        writer.writerow([_plain(cell) for cell in line])
    return "\ufeff" + stream.getvalue()


def _plain(cell: Cell) -> Cell:
    """Nothing for None, and no text that a spreadsheet program could take for a formula (OWASP ASVS 1.2.10)."""
    if isinstance(cell, str):
        return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\0") else cell
    return "" if cell is None else cell
