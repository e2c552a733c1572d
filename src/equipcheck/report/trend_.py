"""The trend over the years: terminal (with a small chart), Markdown, JSON."""

from __future__ import annotations

import click

from equipcheck import __version__
from equipcheck.ground.percent import percent
from equipcheck.history.changes import MARKS, Change
from equipcheck.history.snapshot import Coverage, Snapshot
from equipcheck.history.trend import Line, Step, Trend
from equipcheck.report.json_ import dump, values
from equipcheck.report.markdown import escape, grid

BAR = 40
_COLOUR = {"new": "red", "again": "red", "open": "yellow", "closed": "green"}
ROW = {"required", "held", "usable", "counted", "serviced", "gap", "status"}
ORDER = ("again", "new", "open", "closed")


def as_json(trend: Trend) -> str:
    """The trend as programs read it."""
    return dump(
        {
            "format": 1,
            "tool": {"name": "equipcheck", "version": __version__},
            "years": [_year(one) for one in trend.snapshots],
            "findings": [
                {
                    "requirement": one.requirement,
                    "name": one.name,
                    "kind": one.kind,
                    "years": [None if row is None else row.model_dump(include=ROW) for row in one.rows],
                }
                for one in trend.lines
            ],
            "changes": [_step(one) for one in trend.steps],
            "notes": [values(one) for one in trend.notes],
        }
    )


def _year(one: Snapshot) -> dict[str, object]:
    return {
        "year": one.year,
        "as_of": one.as_of.isoformat(),
        "standard": one.standard.id,
        "coverage": {**one.coverage.model_dump(), "attested": one.attested.model_dump()},
        "open": sum(row.open for row in one.findings),
    }


def _step(one: Step) -> dict[str, object]:
    return {
        "from": one.before,
        "to": one.now,
        "edition_changed": one.edition_changed,
        "findings": [
            values(
                change,
                *("gap_before", "gap_now"),
                gap=[change.gap_before, change.gap_now],
                because=[values(reason) for reason in change.because],
            )
            for change in one.changes
        ],
        "money": values(one.money),
    }


def as_text(trend: Trend, *, colour: bool) -> str:
    """The trend for the terminal."""

    def paint(text: str, name: str) -> str:
        return click.style(text, fg=name) if colour else text

    lines = ["历年达标率（# 为有据装备，每格 2.5%）"]
    lines += [f"  {one.year}  {_bar(one.attested)}  {_rates(one.attested)}" for one in trend.snapshots]
    lines += ["", "连同参考清单"]
    lines += [f"  {one.year}  {_bar(one.coverage)}  {_rates(one.coverage)}" for one in trend.snapshots]
    for step in trend.steps:
        lines += ["", step_title(step)]
        for mark in ORDER:
            for change in (one for one in step.changes if one.mark == mark):
                lines.append(f"  {paint(MARKS[change.mark], _COLOUR[mark])}  {change_line(change)}")
        if not step.changes:
            lines.append("  没有缺口，也没有变化")
        lines.append(f"  {money_line(step)}")
    lines += [f"提示：{one.ref}：{one.note}" for one in trend.notes]
    return "\n".join(lines) + "\n"


def as_markdown(trend: Trend) -> str:
    """The trend as Markdown."""
    head = (
        "年度",
        "标准",
        "有据装备达标率",
        "数量配备率",
        "连同参考清单达标率",
        "数量配备率",
        "有缺口的项数",
    )
    rows = [
        (
            one.year,
            one.standard.id,
            *both(one.attested),
            *both(one.coverage),
            sum(row.open for row in one.findings),
        )
        for one in trend.snapshots
    ]
    parts = ["# 历年装备配备变化", grid(head, rows)]
    if trend.lines:
        years = [str(one.year) for one in trend.snapshots]
        parts += ["## 历年缺口", grid(("装备", *years), [(one.name, *_gaps(one)) for one in trend.lines])]
    for step in trend.steps:
        body = [
            (MARKS[one.mark], one.name, one.gap_before, one.gap_now, why(one))
            for mark in ORDER
            for one in step.changes
            if one.mark == mark
        ]
        parts.append(f"## {step_title(step)}")
        parts.append(
            grid(("变化", "装备", "原缺口", "现缺口", "原因"), body) if body else "没有缺口，也没有变化。"
        )
        parts.append(escape(money_line(step)))
    parts += [f"提示：{escape(one.ref)}：{escape(one.note)}" for one in trend.notes]
    return "\n\n".join(parts) + "\n"


def _bar(rates: Coverage) -> str:
    filled = 0 if rates.by_kind is None else int(rates.by_kind * BAR)
    return "#" * filled + "." * (BAR - filled)


def _rates(rates: Coverage) -> str:
    by_kind, by_quantity = both(rates)
    return f"达标率 {by_kind}（{rates.met}/{rates.applicable}），数量配备率 {by_quantity}"


def both(rates: Coverage) -> tuple[str, str]:
    """达标率 and 数量配备率."""
    return percent(rates.by_kind), percent(rates.by_quantity)


def _gaps(line: Line) -> list[str]:
    return ["—" if row is None else str(row.gap) if row.gap else "" for row in line.rows]


def step_title(step: Step) -> str:
    """「2022 年 → 2023 年」."""
    edition = "（标准版本不同，增减含标准变化的影响）" if step.edition_changed else ""
    return f"{step.before} 年 → {step.now} 年{edition}"


def change_line(one: Change) -> str:
    """A finding's gap then and now, and why it moved."""
    because = why(one)
    text = f"{one.name}：缺口 {one.gap_before} → {one.gap_now}"
    return f"{text}；{because}" if because else text


def why(one: Change) -> str:
    """The causes, on the side of the requirement or of the holdings."""
    return "；".join(
        f"{'要求' if reason.what == 'requirement' else '持有'}：{reason.text}" for reason in one.because
    )


def money_line(step: Step) -> str:
    """Money planned in one year and spent in the next."""
    text = f"{step.before} 年底计划 {step.money.planned:,.2f} 元，{step.now} 年台账新购 {step.money.done:,.2f} 元"
    return f"{text}（另有 {step.money.unpriced} 件新购没有登记价格）" if step.money.unpriced else text
