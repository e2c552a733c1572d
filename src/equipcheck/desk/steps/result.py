"""Step 3: the report, part by part, every number opening to its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipcheck.desk.forms import Form
from equipcheck.desk.pages import Page
from equipcheck.desk.workspace import Workspace


def show(space: Workspace, _: Mapping[str, Any], __: Form | None) -> dict[str, Any]:
    """The report with its plan."""
    plan = space.plan()
    return {"report": plan.report, "plan": plan}


PAGE = Page("result", show)
