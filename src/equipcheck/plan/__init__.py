"""From gaps to a plan: the cheapest lawful way first, in a defensible order, within the budget."""

from equipcheck.plan.make import Call, make_plan
from equipcheck.plan.propose import propose

__all__ = ["Call", "make_plan", "propose"]
