"""`plan -f csv`: one line an action, planned or not, for Excel and WPS (UTF-8 with BOM)."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from equipcheck.plan.model import Item, Plan, Unfunded
from equipcheck.report import plan_words as say
from equipcheck.report.csv_ import text_cell

HEAD = (
    "年度",
    "情形",
    "先后",
    "编号",
    "装备名称",
    "途径",
    "种类",
    "单位",
    "数量",
    "单价（元）",
    "金额（元）",
)
TAIL = ("低端（元）", "高端（元）", "价格依据", "理由", "台账位置")


def render(plan: Plan) -> str:
    """The actions as CSV text, beginning with a byte-order mark."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*HEAD, *TAIL])
    lines: list[tuple[str, str, Item | Unfunded]] = [
        (str(year.year), say.STATE[item.role], item) for year in plan.years for item in year.items
    ]
    lines += [("", say.REASON[one.reason], one) for one in plan.unfunded]
    for year_text, state, one in lines:
        spread = one.spread
        texts = (one.requirement, one.name, say.way(one), one.kind_name, one.unit)
        money = (one.unit_cost, one.cost, spread.low if spread else None, spread.high if spread else None)
        basis = (one.price_basis, one.because, "；".join(one.refs))
        row = [
            year_text,
            state,
            "" if one.rank is None else one.rank,
            *map(text_cell, texts),
            one.quantity,
            *map(_money, money),
            *map(text_cell, basis),
        ]
        writer.writerow(row)
    return "\ufeff" + stream.getvalue()


def _money(amount: Decimal | None) -> str:
    return "待询价" if amount is None else f"{amount:.2f}"
