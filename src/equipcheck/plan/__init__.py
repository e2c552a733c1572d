"""From gaps to a plan: the cheapest lawful way first, in a defensible order, within the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipcheck.plan.propose import propose

if TYPE_CHECKING:
    from equipcheck.checking.check import Run
    from equipcheck.plan.make import Call
    from equipcheck.plan.model import Plan

__all__ = ["make_plan", "propose"]


def make_plan(run: Run, call: Call | None = None) -> Plan:
    """Plan what a run found (`plan.make`, imported only now: a report needs but `propose`). Raises InputError."""
    from equipcheck.plan.make import make_plan as make

    return make(run, call)
