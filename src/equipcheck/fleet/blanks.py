"""Blank workbooks to send out: one a bureau, named so that its return is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equipcheck.fleet.members import Fleet, Member
from equipcheck.fleet.table import columns_of
from equipcheck.problems import InputError, Place, Problem
from equipcheck.project.return_workbook import LABELS, return_workbook
from equipcheck.standard.bureau import USUAL, as_text

_MOST_BYTES = 200  # of a file's name, which systems hold to 255
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what some system refuses in a file's name


def blanks(fleet: Fleet, names: Sequence[str]) -> dict[str, bytes]:
    """File name → workbook, in the order of the bureaus. Raises InputError where no table says which there are."""
    if fleet.template is not None or not fleet.members:
        raise InputError(Problem("blank-needs-bureaus", Place(str(fleet.root))))
    made: dict[str, bytes] = {}
    taken: set[str] = set()
    for member in fleet.members:
        stem = _UNSAFE.sub("_", f"{member.code}-{member.name}" if member.name else member.code)
        stem = stem.encode("utf-8")[:_MOST_BYTES].decode("utf-8", "ignore")
        name, count = f"{stem}.xlsx", 1
        while name.lower() in taken:
            count += 1
            name = f"{stem}-{count}.xlsx"
        taken.add(name.lower())
        made[name] = return_workbook(_known(member), names)
    return made


def _known(member: Member) -> dict[str, str]:
    """What the table has of a bureau, by the workbook's labels."""
    labels = [label for label, _ in LABELS]
    known: dict[str, str] = {}
    for at, key in columns_of(labels).items():
        if key in ("code", "name"):
            known[labels[at]] = member.code if key == "code" else member.name or ""
        elif key in member.bureau.facts:
            value = as_text(member.bureau.facts[key])
            known[labels[at]] = USUAL.get(key, {}).get(value, (value,))[0]
    return known
