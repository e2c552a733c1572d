"""The files that a run read, named by path and SHA-256."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple


class Input(NamedTuple):
    """A file that was read, with its SHA-256."""

    path: str
    sha256: str
    role: str  # standard | ledger | supplement | verification | decisions | prices | project


def sha256(path: Path) -> str:
    """The file's SHA-256, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
