"""Step 7: this year's snapshot, and what changed through the years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipcheck.desk.forms import Form
from equipcheck.desk.pages import Page
from equipcheck.desk.workspace import Workspace
from equipcheck.history import files, snapshot
from equipcheck.history.bought import purchases_of
from equipcheck.history.trend import trend
from equipcheck.report import trend_


def show(space: Workspace, _: Mapping[str, Any], __: Form | None) -> dict[str, Any]:
    """The snapshots on record, and which year's would be recorded now."""
    run = space.run()
    snapshots, notes = files.read_all(run.project.root)
    return {
        "report": run.report,
        "trend": trend(snapshots, notes),
        "trends": trend_,
        "year": run.as_of.year,
        "recorded": any(one.year == run.as_of.year for one in snapshots),
    }


def record(space: Workspace, form: Form) -> str:
    """Record this year's snapshot; another one of the same year only where that was asked for."""
    with space.lock:
        run = space.run()
        taken = snapshot.take(space.plan().report, purchases_of(run.gathered.assets))
        done = files.record(taken, run.project.root, force=form.text("force") == "1")
    return f"/history?done={ {'new': 'recorded'}.get(done.state, done.state) }"


PAGE = Page("history", show, {"record": record})
