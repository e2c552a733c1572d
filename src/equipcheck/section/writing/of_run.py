"""From a run to its passage: with the years before it and what the ledger says was bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from equipcheck.history.bought import purchases_of
from equipcheck.history.files import read_all
from equipcheck.plan.propose import propose
from equipcheck.problems.notes import Note
from equipcheck.section.settings import section_settings
from equipcheck.section.writing.blocks import Passage
from equipcheck.section.writing.compose import Wish, compose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from equipcheck.checking.check import Run


def passage_of(run: Run, wish: Wish | None = None) -> tuple[Passage, Sequence[Note]]:
    """The passage of a run, and what was odd about its history. Raises InputError.

    Without a wish the project's own settings hold.
    """
    if wish is None:
        settings = section_settings(run.project)
        wish = Wish(settings.style, "all", assumed=settings.assumed)
    history, notes = read_all(run.project.root)
    return compose(propose(run), history, wish, purchases_of(run.gathered.assets)), notes
