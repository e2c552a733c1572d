"""Step 6: the yearly passage as text to read and edit, its document, and drafts checked sentence by sentence."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equipcheck.desk import drafts
from equipcheck.desk.api import DRAFTS
from equipcheck.desk.drafts import EDITED, FILE, Draft
from equipcheck.desk.forms import Form, Refused
from equipcheck.desk.pages import Page, Shown
from equipcheck.desk.project_files import safe_name
from equipcheck.desk.workspace import Workspace, mark
from equipcheck.ground.saving import save
from equipcheck.problems import InputError, Place, Problem
from equipcheck.section.drafts.check import Claim, DraftCheck, check_draft
from equipcheck.section.drafts.reading.files import read_draft
from equipcheck.section.drafts.reading.paragraphs import Part, TableRow
from equipcheck.section.drafts.reading.plain import from_text
from equipcheck.section.drafts.rendering import ABOUT, VERDICT
from equipcheck.section.writing.compose import ANNEX
from equipcheck.section.writing.of_run import passage_of


@dataclass(frozen=True, slots=True)
class Beside:
    """A paragraph or a table's row of a draft with the claims that it makes."""

    place: str
    text: str
    heading: bool
    claims: tuple[Claim, ...]


def show(space: Workspace, _: Mapping[str, Any], form: Form | None) -> dict[str, Any]:
    """The passage: as the results have it, or as it was edited."""
    run = space.run()
    passage, notes = passage_of(run)
    fresh = drafts.texts_of(passage)
    draft = drafts.read(space.draft_file)
    texts = {**fresh, **draft.parts} if draft is not None else fresh
    if form is not None and form.text("do") in ("save", "check_text"):
        texts = _typed(form) or texts
    return {
        "report": run.report,
        "title": passage.values["标题"],
        "texts": {part: texts[part] for part in EDITED if part in texts},
        "fresh": fresh,
        "annex": passage.parts.get(ANNEX, ()),
        "draft": draft,
        "stale": draft is not None and draft.basis != drafts.basis_of(passage),
        "draft_file": FILE,
        "draft_seen": mark(space.draft_file.read_bytes()) if draft is not None else "",
        "notes": notes,
        "endings": ",".join(sorted(DRAFTS)),
    }


def _typed(form: Form) -> dict[str, str]:
    return {
        part: form.text(f"part.{part}").replace("\r\n", "\n") for part in EDITED if form.has(f"part.{part}")
    }


def keep(space: Workspace, form: Form) -> str:
    """Put the edited text on disk as the draft; never over a draft that somebody else has changed since."""
    with space.lock:
        passage, _ = passage_of(space.run())
        path = space.draft_file
        now = path.read_bytes() if path.is_file() else b""
        if form.text("draft_seen") != (mark(now) if now else ""):
            raise InputError(Problem("draft-changed", Place(FILE)))
        old = drafts.read(path)
        basis = old.basis if old is not None else drafts.basis_of(passage)
        save(path, drafts.to_text(Draft(_typed(form), basis)))
    return f"/section?done=drafted&seen={mark(path.read_bytes())}"


def fresh(space: Workspace, form: Form) -> str:
    """Give the draft up for what the results say now."""
    with space.lock:
        path = space.draft_file
        if path.is_file():
            if form.text("draft_seen") != mark(path.read_bytes()):
                raise InputError(Problem("draft-changed", Place(FILE)))
            save(path.with_suffix(".md.bak"), path.read_bytes())
            path.unlink()
    return "/section?done=fresh"


def check_text(space: Workspace, form: Form) -> Shown:
    """Check the text as it stands in the page."""
    texts = _typed(form)
    whole = "\n".join(f"# {part}\n{words}" for part, words in texts.items())
    return _checked(space, from_text(whole, markdown=True), "页面上的文字")


def check_file(space: Workspace, form: Form) -> Shown:
    """Check a dropped report; it is not kept."""
    if not form.files:
        said = Problem("no-upload", Place("file"))
        raise Refused([said], {"file": [said.message]})
    given, data = form.files[0]
    name = safe_name(given)
    if name is None or Path(name).suffix.lower() not in DRAFTS:
        said = Problem("not-a-draft-file", Place(given))
        raise Refused([said], {"file": [said.message]})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        paragraphs = read_draft(path, name)
    return _checked(space, paragraphs, name)


def _checked(space: Workspace, paragraphs: Sequence[Part], name: str) -> Shown:
    run = space.run()
    found = check_draft(paragraphs, run.report, run.gathered.catalogue)
    names = {one.requirement: one.name for one in run.report.findings}
    return Shown(
        {
            "checked": found,
            "checked_name": name,
            "beside": beside(paragraphs, found),
            "verdicts": VERDICT,
            "about": ABOUT,
            "names": names,
        }
    )


def beside(paragraphs: Sequence[Part], found: DraftCheck) -> list[Beside]:
    """Every paragraph with its claims, in the text's order; claims placed nowhere else stand at the end."""
    left = list(found.claims)
    rows = []
    for one in paragraphs:
        places = {one.place} if isinstance(one, TableRow) else {place for _, place in one.marks}
        own = tuple(claim for claim in left if claim.place in places)
        left = [claim for claim in left if claim.place not in places]
        place = one.place if isinstance(one, TableRow) else one.place(0)
        rows.append(Beside(place, one.text, not isinstance(one, TableRow) and one.heading, own))
    if left:
        rows.append(Beside("", "（文中别处）", heading=False, claims=tuple(left)))
    return rows


PAGE = Page(
    "section", show, {"save": keep, "fresh": fresh, "check_text": check_text, "check_file": check_file}
)
