"""What a new edition means for a bureau, in words and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipcheck.report.words import yuan

if TYPE_CHECKING:
    from equipcheck.ground.tables import Table
    from equipcheck.plan.edition_impact import Impact, Side


def impact_lines(impact: Impact) -> list[str]:
    """The sums, and on what they rest."""
    old, new = impact.gap_units
    before, after = impact.gap_cost
    units = f"必配项缺口：{old} 件 → {new} 件（{_signed(new - old)} 件）"
    money = (
        f"补齐约需 {yuan(before)} 元 → {yuan(after)} 元（工作估价或本单位价格表，不是报价；"
        "先核编制的车辆、台账一般不含的不在内）"
    )
    lines = [f"{units}；{money}"]
    if any(impact.unpriced):
        lines.append(f"另有待询价的 {impact.unpriced[0]} 项 → {impact.unpriced[1]} 项，不在金额内")
    assumed = sum(row.assumed for row in impact.rows)
    if assumed:
        lines.append(f"下列 {len(impact.rows)} 项中，{assumed} 项的种类是推定，不能据以对外")
    if not impact.rows:
        lines.append("换用后本单位的要求和缺口没有变化")
    return lines


def impact_table(impact: Impact) -> Table:
    """One line a row that changes."""
    from equipcheck.ground.tables import Table

    rows = [
        (
            row.name if row.obligation == "required" else f"{row.name}（选配）",
            _required(row.old),
            _required(row.new),
            str(row.old.gap),
            str(row.new.gap),
            yuan(row.old.cost),
            yuan(row.new.cost),
        )
        for row in impact.rows
    ]
    heads = ("装备名称", "原要求", "新要求", "原缺口", "新缺口", "原需经费", "新需经费")
    return Table(heads, tuple(rows), frozenset(range(1, 7)))


def _required(side: Side) -> str:
    return "—" if side.required is None else str(side.required)


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number)
