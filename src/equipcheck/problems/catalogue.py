"""Every error and note the tool can give, by code, gathered from one list a subject."""

from __future__ import annotations

from equipcheck.problems import Entry
from equipcheck.problems.annexes import ANNEXES
from equipcheck.problems.desk import DESK
from equipcheck.problems.files import FILES
from equipcheck.problems.fleets import FLEETS
from equipcheck.problems.ledgers import LEDGERS
from equipcheck.problems.matching import MATCHING
from equipcheck.problems.planning import PLANNING
from equipcheck.problems.projects import PROJECTS
from equipcheck.problems.sections import SECTIONS
from equipcheck.problems.standards import STANDARDS

ENTRIES: dict[str, Entry] = {
    entry.code: entry
    for subject in (
        FILES,
        STANDARDS,
        ANNEXES,
        PROJECTS,
        LEDGERS,
        MATCHING,
        PLANNING,
        SECTIONS,
        FLEETS,
        DESK,
    )
    for entry in subject
}
