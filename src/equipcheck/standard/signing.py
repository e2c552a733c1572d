"""What two people's signature holds: the file's own content, whatever its layout and comments."""

from __future__ import annotations

import hashlib
import json

from equipcheck.ground import yamlfile
from equipcheck.problems import Place, Problem
from equipcheck.standard.load import Loaded
from equipcheck.standard.model import Verified


def content_of(document: yamlfile.Document) -> str:
    """The fingerprint (SHA-256, hex) of all that a file says, but for the signature itself and the importer's notes."""
    said = document.data if isinstance(document.data, dict) else {}
    kept = {key: value for key, value in said.items() if key != "verified" and not str(key).startswith("x_")}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def unproven(loaded: Loaded) -> dict[str, Problem]:
    """By row that is called official and whose file holds no signature over what it says now: what is wrong."""
    rows = [
        (row.id, document)
        for row, (document, _) in zip(loaded.standard.requirements, loaded.places.rows, strict=True)
        if row.source.status == "official"
    ]
    files: dict[int, Loaded] = {}
    one: Loaded | None = loaded if rows else None
    while one is not None:
        files[id(one.document)] = one
        one = one.base
    told = {key: _wrong(one, sum(id(document) == key for _, document in rows)) for key, one in files.items()}
    return {row: problem for row, document in rows if (problem := told.get(id(document))) is not None}


def _wrong(loaded: Loaded, count: int) -> Problem | None:
    if loaded.document.value(("verified",)) is None:
        return Problem("official-unsigned", Place(loaded.shown), {"count": count})
    return next(iter(changed_since(loaded.standard.verified, loaded.document)), None)


def changed_since(verified: Verified | None, document: yamlfile.Document) -> tuple[Problem, ...]:
    """The problem of a file that was changed after it was signed; none where it was not, or where nobody can tell."""
    if verified is None or verified.content is None or verified.content == content_of(document):
        return ()
    args = {"signed": verified.said}
    return (Problem("verified-changed", document.place(("verified",)), args),)
