"""Standards and their differences as tables of Chinese texts, for the terminal and Markdown alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from equipcheck.ground.tables import Table
from equipcheck.standard.diff import Change, Difference
from equipcheck.standard.model import Requirement, Standard
from equipcheck.standard.printing import print_cell
from equipcheck.standard.words import (
    KIND_TRUST,
    LIMITS,
    OBLIGATIONS,
    PARTS,
    STATUSES,
    remarks,
    trust_in_words,
    when_in_words,
)


def standard_table(standard: Standard, own: Mapping[str, str] | None = None) -> Table:
    """The standard as its annex prints it. `own`: what a bureau must have, by row id."""
    columns = standard.columns
    rows = [
        (
            row.category or "",
            row.name,
            row.unit or "",
            *(
                print_cell(row.quantity.get(column.id), row.unit, row.obligation.get(column.id))
                for column in columns
            ),
            *(() if own is None else (own.get(row.id, ""),)),
            trust_in_words(row.source),
            "；".join(remarks(row, columns)),
        )
        for row in standard.requirements
    ]
    mine = () if own is None else ("本单位",)
    labels = tuple(column.label for column in columns)
    return Table(("类别", "装备名称", "计量单位", *labels, *mine, "依据", "备注"), tuple(rows))


def difference_table(difference: Difference) -> Table:
    """One line a difference."""
    added = [("新增", row.name, "", "", _whole(row, difference.new)) for row in difference.added]
    removed = [("取消", row.name, "", _whole(row, difference.old), "") for row in difference.removed]
    changed = [
        ("变化", change.new.name, *line)
        for change in difference.changed
        for line in _lines(change, difference)
    ]
    return Table(("变动", "装备名称", "项目", "旧", "新"), (*added, *removed, *changed))


def counts_in_words(difference: Difference) -> str:
    """How many rows were added, removed and changed; said in words where there are none."""
    counts = (("新增", difference.added), ("取消", difference.removed), ("变化", difference.changed))
    if not any(rows for _, rows in counts):
        return "两个标准的各行相同"
    return "，".join(f"{word} {len(rows)} 行" for word, rows in counts)


def _whole(row: Requirement, standard: Standard) -> str:
    cells = [
        f"{column.label}{print_cell(row.quantity[column.id], row.unit, row.obligation.get(column.id))}"
        for column in standard.columns
        if column.id in row.quantity
    ]
    return "；".join(cells) or "各列均不配"


def _lines(change: Change, difference: Difference) -> list[tuple[str, str, str]]:
    labels = {column.id: column.label for column in difference.old.columns + difference.new.columns}
    return [
        (_label(path, labels), _text(path, old, change.old), _text(path, new, change.new))
        for path, (old, new) in change.what.items()
    ]


def _label(path: str, labels: Mapping[str, str]) -> str:
    part, _, column = path.partition(".")
    if part in ("quantity", "obligation"):
        return f"{labels.get(column, column)} {PARTS[part]}"
    return PARTS.get(path, path)


def _text(path: str, value: Any, row: Requirement) -> str:
    """A changed value in words; the row's own typed value where it has one."""
    part, _, column = path.partition(".")
    if value is None:
        return "—"
    if part == "quantity":
        rule = row.quantity[column]
        note = f"（{rule.note}）" if rule.note else ""
        return print_cell(rule, row.unit) + note
    words: Mapping[str, Mapping[str, str]] = {
        "obligation": OBLIGATIONS,
        "source.status": STATUSES,
        "source.kind": KIND_TRUST,
    }
    known = words.get(path) or words.get(part)
    if known is not None:
        return known[value]
    if part == "when":
        return when_in_words(row.when) or "—"
    if isinstance(value, bool):
        return "可以" if value else "不可以"
    if isinstance(value, list):
        return "、".join(value) or "待定"
    return " ".join(str(value).split())


def list_table(standards: Sequence[Standard]) -> Table:
    """One line a standard."""
    rows = [
        (
            one.id,
            one.title,
            one.document or "未查到",
            f"{one.effective}年" if one.year_only else str(one.in_force_from or "未写明"),
            LIMITS[one.limit],
            str(len(one.requirements)),
            "、".join(word for status, word in STATUSES.items() if _resting_on(one, status)),
        )
        for one in standards
    ]
    return Table(("编号", "名称", "文号", "施行", "性质", "行数", "数量依据"), tuple(rows), frozenset({5}))


def listed(standard: Standard) -> dict[str, Any]:
    """One standard in `standards list -f json`."""
    start = standard.in_force_from
    return {
        "id": standard.id,
        "family": standard.family,
        "title": standard.title,
        "document": standard.document,
        "effective": None if start is None else start.isoformat(),
        "year_only": standard.year_only,
        "limit": standard.limit,
        "rows": len(standard.requirements),
        "trust": {status: _resting_on(standard, status) for status in STATUSES},
    }


def _resting_on(standard: Standard, status: str) -> int:
    return sum(row.source.status == status for row in standard.requirements)
