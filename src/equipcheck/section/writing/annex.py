"""附件: the table behind the passage."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.checking.results import Finding, Report
from equipcheck.report.words import REASON, STATUS
from equipcheck.section.writing.blocks import Table
from equipcheck.section.writing.chosen import Chosen, apart, day, name, out, standard_name, unit

HEAD = ("序号", "装备名称", "单位", "应配", "在账", "可用", "缺口", "结论", "说明")
WIDTHS = (11, 40, 11, 12, 12, 12, 12, 22, 24)  # mm; 156 in all, the width of the text block


def annex(report: Report, attested: Chosen, assumed: Chosen | None) -> tuple[Table, ...]:
    """The tables of the annex: what the standard asks for, then the reference list."""
    tables = []
    head = (
        HEAD
        if report.standard["limit"] == "floor"
        else (*HEAD[:3], "上限", "在账", "可用", "超出", "结论", "说明")
    )
    if attested.rows:
        note = f"注：依据{standard_name(report)}，截至{day(report)}。在账为台账登记数，可用为其中依规可以使用的数量。"
        tables.append(
            Table("装备配备情况表", head, WIDTHS, _rows(attested.rows), note + _starred(attested.rows))
        )
    if assumed is not None and assumed.rows:
        note = "注：所列装备种类为推定，不作为标准要求。" + _starred(assumed.rows)
        tables.append(Table("装备配备参考清单", head, WIDTHS, _rows(assumed.rows), note))
    return tuple(tables)


def _starred(rows: Sequence[Finding]) -> str:
    if not any(one.source.status == "estimate" for one in rows):
        return ""
    return "带*的数量按工作参考值测算，不是标准规定的数量。"


def _rows(rows: Sequence[Finding]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(index),
            name(one),
            unit(one),
            _number(one),
            str(one.held),
            str(one.usable),
            str(one.surplus if one.status == "over" else one.gap),
            STATUS[one.status],
            _remark(one),
        )
        for index, one in enumerate(rows, start=1)
    )


def _number(one: Finding) -> str:
    if one.required is None:
        return "待定"
    return f"{one.required}*" if one.source.status == "estimate" else str(one.required)


def _remark(one: Finding) -> str:
    parts = ["、".join(f"{REASON[reason]}{units}" for reason, units in out(one))]
    if one.unknown:
        parts.append(f"有效期未登记{one.unknown}")
    if one.serviced:
        parts.append(f"服务共享{one.serviced}")
    if one.gap:
        later = apart(one, "after_as_of")
        parts += [f"截止日后取得{later}"] if later else []
        parts += ["台账数量读不懂"] if one.unread else []
        parts += ["有名称待复核"] if one.candidates else []
    if one.waiver is not None and one.waiver.in_force:
        parts.append("已作情况说明")
    return "；".join(part for part in parts if part)
