"""Notes: what was odd and stopped nothing, kept with its place for whoever reads the result."""

from __future__ import annotations

from typing import NamedTuple


class Note(NamedTuple):
    """Something odd that was seen; `code` names its entry in the error catalogue."""

    code: str
    note: str
    ref: str | None = None
