"""What two people's signature holds: the file's own content, whatever its layout and comments."""

from __future__ import annotations

import hashlib
import json

from equipcheck.ground import yamlfile
from equipcheck.problems import Problem
from equipcheck.standard.model import Verified


def content_of(document: yamlfile.Document) -> str:
    """The fingerprint (SHA-256, hex) of all that a file says, but for the signature itself and the importer's notes."""
    said = document.data if isinstance(document.data, dict) else {}
    kept = {key: value for key, value in said.items() if key != "verified" and not str(key).startswith("x_")}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def changed_since(verified: Verified | None, document: yamlfile.Document) -> tuple[Problem, ...]:
    """The problem of a file that was changed after it was signed; none where it was not, or where nobody can tell."""
    if verified is None or verified.content is None or verified.content == content_of(document):
        return ()
    args = {"signed": verified.said}
    return (Problem("verified-changed", document.place(("verified",)), args),)
