"""`report -f html`: a bureau's whole result as one page."""

from __future__ import annotations

from equipcheck.checking.next_step import next_step
from equipcheck.history.trend import Trend
from equipcheck.plan.model import Plan
from equipcheck.report import trend_
from equipcheck.report.html.environment import environment


def render(plan: Plan, trend: Trend | None = None) -> str:
    """The page; `plan` carries the report that it rests on. The same results give the same bytes."""
    template = environment().get_template("bureau.html")
    return template.render(
        report=plan.report,
        plan=plan,
        trend=trend if trend is not None and trend.snapshots else None,
        trends=trend_,
        next_step=next_step(plan.report),
    )
