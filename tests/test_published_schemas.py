"""What programs rely on: published JSON Schemas may grow within a major version, and lose or change nothing.

`EQUIPCHECK_GOLDEN=write` publishes what has grown; a change that breaks somebody's program fails all the same, and
needs a new major version (then the published files of the old one are removed by hand).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

from equipcheck.schemas import NAMES, schema_of
from tests.goldens import COMPARED, FOLDER

INPUTS = frozenset({"standard", "catalogue", "project", "decisions", "fleet"})


def breaks(old: Any, new: Any, *, takes: bool, at: str = "") -> Iterator[str]:
    """What the new schema takes away from those who rely on the old one; `takes`: of a file that people write."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return
    for key in ("type", "const", "$ref"):
        if key in old and old[key] != new.get(key) and not _wider(old[key], new.get(key), takes=takes):
            yield f"{at}: {key} {old[key]!r} became {new.get(key)!r}"
    lost = set(map(str, old.get("enum", ()))) - set(map(str, new.get("enum", ())))
    if lost and "enum" in new:
        yield f"{at}: no longer one of {sorted(lost)}"
    had, has = set(old.get("required", ())), set(new.get("required", ()))
    if takes and has - had:
        yield f"{at}: now required: {sorted(has - had)}"
    if not takes and had - has:
        yield f"{at}: no longer always there: {sorted(had - has)}"
    for part in ("properties", "$defs"):
        for name, inner in old.get(part, {}).items():
            if name not in new.get(part, {}):
                yield f"{at}/{name}: gone"
            else:
                yield from breaks(inner, new[part][name], takes=takes, at=f"{at}/{name}")
    for part in ("items", "additionalProperties"):
        yield from breaks(old.get(part), new.get(part), takes=takes, at=f"{at}/{part}")


def _wider(old: Any, new: Any, *, takes: bool) -> bool:
    """Whether a type only grew (of what is taken) — of what is given, a wider type surprises its readers."""
    known = set(old if isinstance(old, list) else [old])
    return takes and isinstance(new, list) and known <= set(new)


@pytest.mark.parametrize("name", NAMES)
def test_a_published_schema_only_grows(name):
    path = FOLDER / "schemas" / f"{name}.json"
    now = json.loads(json.dumps(schema_of(name)))
    if os.environ.get("EQUIPCHECK_GOLDEN") == "write" and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    COMPARED.add(f"schemas/{name}.json")
    published = json.loads(path.read_text("utf-8"))
    found = list(breaks(published, now, takes=name in INPUTS))
    assert found == []
    if os.environ.get("EQUIPCHECK_GOLDEN") == "write":
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


OLD = {
    "type": "object",
    "required": ["a"],
    "properties": {"a": {"type": "integer"}, "b": {"enum": ["x", "y"]}},
}


@pytest.mark.parametrize(
    ("change", "takes", "breaking"),
    [
        ({}, False, False),
        ({"properties": {**OLD["properties"], "c": {"type": "string"}}}, False, False),  # grown
        ({"properties": {"a": {"type": "integer"}}}, False, True),  # a key is gone
        ({"properties": {**OLD["properties"], "a": {"type": "string"}}}, False, True),
        ({"properties": {**OLD["properties"], "a": {"type": ["integer", "null"]}}}, False, True),
        ({"properties": {**OLD["properties"], "a": {"type": ["integer", "null"]}}}, True, False),
        ({"properties": {**OLD["properties"], "b": {"enum": ["x"]}}}, True, True),
        ({"required": ["a", "b"]}, True, True),
        ({"required": ["a", "b"]}, False, False),
        ({"required": []}, False, True),
    ],
)
def test_what_breaks_and_what_does_not(change, takes, breaking):
    assert bool(list(breaks(OLD, {**OLD, **change}, takes=takes))) is breaking
