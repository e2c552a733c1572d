"""Step 8: the standard: an annex dropped in, its open questions answered beside its words, then two signatures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipcheck.desk import annexes
from equipcheck.desk.forms import Form, Refused
from equipcheck.desk.pages import Page
from equipcheck.desk.workspace import Workspace, mark
from equipcheck.ground.saving import save
from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.importing import account
from equipcheck.standard.load import load_file
from equipcheck.standard.verify import compare, stamp


def show(space: Workspace, query: Mapping[str, Any], form: Form | None) -> dict[str, Any]:
    """The project's own standards; of the one chosen its questions, or the comparison with its annex."""
    drafts = annexes.drafts(space)
    name = (form.text("file") if form is not None else "") or query.get("file", "")
    chosen = next((one for one in drafts if one.shown == name), drafts[0] if drafts else None)
    data, seen = space.mapping()
    context: dict[str, Any] = {
        "drafts": drafts,
        "chosen": chosen,
        "asked": [],
        "account": [],
        "comparison": None,
        "trouble": (),
        "kinds": [(k.id, k.name) for k in space.catalogue(None).kinds.values() if k.replaced_by is None],
        "endings": ",".join(sorted(annexes.ENDINGS)),
        "today": space.day().isoformat(),
        "used": data.get("standard"),
        "seen": seen,
    }
    if chosen is None:
        return context
    context["file_seen"] = mark(chosen.path.read_bytes())
    try:
        done = annexes.again(space, chosen)
        if done is not None:
            context["account"] = account(done)
            context["asked"] = annexes.asked(chosen, done)
        if done is not None and not done.questions and chosen.annex is not None:
            loaded = load_file(chosen.path, chosen.shown, space.catalogue(None))
            context["comparison"] = compare(loaded, chosen.annex, chosen.annex.name, space.catalogue(None))
    except InputError as error:
        context["trouble"] = error.problems
    return context


def take(space: Workspace, form: Form) -> str:
    """An annex dropped in."""
    if not form.files:
        said = Problem("no-upload", Place("file"))
        raise Refused([said], {"annex": [said.message]})
    name, data = form.files[0]
    wanted = {key: form.text(key) for key in ("id", "title", "document", "effective", "status")}
    try:
        one = annexes.take(space, name, data, wanted)
    except InputError as error:
        raise Refused(error.problems, {"annex": [str(problem) for problem in error.problems]}) from None
    return f"/standard?done=imported&file={one.shown}#_questions"


def answer(space: Workspace, form: Form) -> str:
    """One question answered."""
    row, key = form.text("row"), form.text("key")
    number = int(row) if row.lstrip("-").isascii() and row.lstrip("-").isdigit() else -1
    _unchanged(space, form)
    try:
        annexes.answer(space, form.text("file"), number, key, form.text("answer"))
    except InputError as error:
        raise Refused(error.problems, {f"{row}.{key}": [one.message for one in error.problems]}) from None
    return f"/standard?done=answered&file={form.text('file')}#_questions"


def sign(space: Workspace, form: Form) -> str:
    """Two people who compared the file with its annex sign for it."""
    with space.lock:
        _unchanged(space, form)
        one = annexes.find(space, form.text("file"))
        if one.annex is None:
            raise InputError(Problem("no-such-file", Place(one.shown), {"near": ""}))
        catalogue = space.catalogue(None)
        loaded = load_file(one.path, one.shown, catalogue)
        comparison = compare(loaded, one.annex, one.annex.name, catalogue)
        names = (form.text("first"), form.text("second"))
        try:
            text = stamp(loaded, comparison, names, space.day())
        except InputError as error:
            raise Refused(error.problems, {"sign": [problem.message for problem in error.problems]}) from None
        save(one.path, text)
    return f"/standard?done=signed&file={one.shown}"


def choose(space: Workspace, form: Form) -> str:
    """Check this project by one of its own standards from now on."""
    one = annexes.find(space, form.text("file"))
    data, _ = space.mapping()
    space.write_mapping({**data, "standard": one.shown}, form.text("seen"))
    return f"/standard?done=chosen&file={one.shown}"


def _unchanged(space: Workspace, form: Form) -> None:
    one = annexes.find(space, form.text("file"))
    if form.text("file_seen") != mark(one.path.read_bytes()):
        raise InputError(Problem("standard-changed", Place(one.shown)))


PAGE = Page("standard", show, {"take": take, "answer": answer, "sign": sign, "choose": choose})
