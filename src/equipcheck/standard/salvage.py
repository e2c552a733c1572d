"""What is still sound in a standard whose form is broken, so that all mistakes of a file are shown at once.

Broken values are taken out and missing ones filled with placeholders until the rest has a form; then unknown
kinds, ids that stand twice and rows that share kinds can be told beside the broken form. Nothing of it is used.
"""

from __future__ import annotations

import copy
from typing import Any

from equipcheck.ground.validation import without_private_keys
from equipcheck.ground.yamlfile import Document
from equipcheck.standard.model import Standard

ROUNDS = 4

_PLACEHOLDERS: dict[str, Any] = {
    "source": {"status": "estimate"},
    "status": "estimate",
    "name": "?",
    "title": "?",
    "label": "?",
    "family": "x",
    "requirements": [],
}


def sound_part(document: Document) -> tuple[Standard, frozenset[int]] | None:
    """The standard without what is broken in it, rows in their places, and which rows were mended.

    None where too little is left.
    """
    from pydantic import ValidationError

    data = copy.deepcopy(without_private_keys(document.data))
    rows: set[int] = set()
    for _ in range(ROUNDS):
        try:
            return Standard.model_validate(data), frozenset(rows)
        except ValidationError as error:
            found = error.errors()
            rows |= {
                int(row)
                for head, row, *_ in (one["loc"] for one in found if len(one["loc"]) > 1)
                if head == "requirements"
            }
            if not all(_mend(data, one["type"], one["loc"]) for one in found):
                return None
    return None


def _mend(data: Any, kind: str, location: tuple[int | str, ...]) -> bool:
    """Take out the value that an error points at, or put in the one that is missing."""
    path = _present(data, location)
    if kind == "missing":
        return _fill(_at(data, path), str(location[-1]), location)
    parent, last = _at(data, path[:-1]), path[-1] if path else None
    if isinstance(parent, dict) and last is not None:
        parent.pop(last, None)
        return True
    if isinstance(parent, list) and isinstance(last, int):
        parent[last] = {}
        return True
    return False


def _fill(parent: Any, key: str, location: tuple[int | str, ...]) -> bool:
    if not isinstance(parent, dict):
        return False
    if key == "id":
        parent[key] = "-".join(["missing", *(str(step) for step in location)]).lower()
    elif key in _PLACEHOLDERS:
        parent[key] = copy.deepcopy(_PLACEHOLDERS[key])
    else:
        return False
    return True


def _present(data: Any, location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The steps of a location that lead somewhere in the file: validators may add steps of their own."""
    here, path = data, []
    for step in location:
        inside_list = isinstance(here, list) and isinstance(step, int) and step < len(here)
        if inside_list or (isinstance(here, dict) and step in here):
            here = here[step]
            path.append(step)
    return tuple(path)


def _at(data: Any, path: tuple[int | str, ...]) -> Any:
    for step in path:
        data = data[step]
    return data
