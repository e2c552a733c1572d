"""Step 4: names to decide, one at a time or as a list, and rows whose state is to be told; taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.checking.reviewing import decisions_file, open_states
from equipcheck.desk.answers import decide, tell_state, who
from equipcheck.desk.forms import Form, Refused
from equipcheck.desk.pages import Page
from equipcheck.desk.workspace import Workspace
from equipcheck.ledger.words.statuses import CHOICES
from equipcheck.match.decisions.file import NONE
from equipcheck.match.decisions.write import DecisionsOnDisk
from equipcheck.match.review.answers import Answers
from equipcheck.problems import InputError, Place, Problem

MOST, MOST_DECIDED = 200, 100
"""Names on one page; the most consequential stand first, and the next follow when these are decided."""


def show(space: Workspace, query: Mapping[str, Any], _: Form | None) -> dict[str, Any]:
    """The open questions, and the decisions as they stand."""
    run = space.run()
    catalogue = run.gathered.catalogue
    place = decisions_file(run.project, None)
    entries = list(DecisionsOnDisk(place.path, place.shown).data.get("matches") or [])
    entries.sort(key=lambda one: str(one.get("date") or ""), reverse=True)
    asked = space.questions()
    states = open_states(run.gathered)
    return {
        "asked": asked[:MOST],
        "more": len(asked) - MOST,
        "states": states[:MOST],
        "more_states": len(states) - MOST,
        "choices": CHOICES,
        "kinds": [(one.id, one.name) for one in catalogue.kinds.values() if one.replaced_by is None],
        "kind_name": lambda kind: _kind_name(catalogue, kind),
        "decided": entries[:MOST_DECIDED],
        "all_decided": len(entries),
        "file": place.path.name,
        "by": query.get("by") or who() or "",
        "view": "list" if query.get("view") == "list" else "one",
    }


def _kind_name(catalogue: Catalogue, kind: str) -> str:
    if kind == NONE:
        return "不是装备"
    return catalogue.name(kind) if kind in catalogue.kinds else kind


def answer(space: Workspace, form: Form) -> str:
    """Keep one answer: a suggestion's button, or a kind in words."""
    name, model, kind = form.text("name"), form.text("model") or None, form.text("kind")
    if not kind:
        run = space.run(decided=False)
        typed = form.text("other")
        read = Answers(run.gathered.catalogue).read(typed)
        if read.kind is None:
            said = Problem("unknown-answer", Place(name), {"value": typed, "near": read.wrong or ""})
            raise Refused([said], {"other": [said.message]})
        kind = read.kind
    one = {"name": name, "model": model, "kind": kind, "was": form.text("was") or None, "by": form.text("by")}
    try:
        decide(space, [one])
    except InputError as error:
        raise Refused(error.problems, {"now": [current(space, name, model) or ""]}) from None
    return f"/review?done=decided&view={form.text('view', 'one')}&kind={kind}"


def current(space: Workspace, name: str, model: str | None) -> str | None:
    """What a name is decided as in the file now."""
    place = decisions_file(space.project(), None)
    for one in DecisionsOnDisk(place.path, place.shown).data.get("matches") or []:
        if (one["name"].strip(), (one.get("model") or "").strip()) == (name, model or ""):
            return str(one["kind"])
    return None


def state(space: Workspace, form: Form) -> str:
    """Keep what is told of the state of a row, or of some of its units."""
    try:
        tell_state(space, form.text("ref"), form.text("told"), form.text("units"), form.text("by") or None)
    except InputError as error:
        raise Refused(error.problems, {"told": [one.message for one in error.problems]}) from None
    return f"/review?done=told&view={form.text('view', 'one')}#states"


def undo(space: Workspace, form: Form) -> str:
    """Take an answer back, or put the one before it in its place."""
    was, before = form.text("was") or None, form.text("before") or None
    name, model = form.text("name"), form.text("model") or None
    decide(space, [{"name": name, "model": model, "kind": before, "was": was, "by": form.text("by")}])
    return f"/review?done=undone&view={form.text('view', 'one')}"


PAGE = Page("review", show, {"answer": answer, "state": state, "undo": undo})
