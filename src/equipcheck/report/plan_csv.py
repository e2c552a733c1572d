"""`plan -f csv`: one line an action, planned or not, for Excel and WPS."""

from __future__ import annotations

from decimal import Decimal

from equipcheck.plan.model import Plan
from equipcheck.report import plan_words as say
from equipcheck.report import words
from equipcheck.report.columns import Column, Columns
from equipcheck.report.csv_ import csv_text

ACTIONS: Columns[say.Line] = (
    Column("年度", lambda at: at[0]),
    Column("情形", lambda at: say.STATE[at[1].role] if at[0] else say.left_out(at[1])),
    Column("先后", lambda at: at[1].rank),
    Column("编号", lambda at: at[1].requirement),
    Column("装备名称", lambda at: at[1].name),
    Column("途径", lambda at: say.way(at[1])),
    Column("种类", lambda at: at[1].kind_name),
    Column("单位", lambda at: at[1].unit),
    Column("数量", lambda at: at[1].quantity),
    Column("单价（元）", lambda at: _money(at[1].unit_cost)),
    Column("金额（元）", lambda at: _money(at[1].cost)),
    Column("低端（元）", lambda at: _money(at[1].spread.low if at[1].spread else None)),
    Column("高端（元）", lambda at: _money(at[1].spread.high if at[1].spread else None)),
    Column("价格依据", lambda at: at[1].price_basis),
    Column("理由", lambda at: at[1].because),
    Column("台账位置", lambda at: "；".join(at[1].refs)),
)


def render(plan: Plan) -> str:
    """The actions as CSV text."""
    return csv_text(ACTIONS, [*say.planned(plan), *say.open_lines(plan)])


def _money(amount: Decimal | None) -> str:
    return words.UNPRICED if amount is None else f"{amount:.2f}"
