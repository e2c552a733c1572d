"""Notes: what was odd and stopped nothing, kept with its place for whoever reads the result."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd that was seen; `code` names its entry in the error catalogue."""

    code: str
    note: str
    ref: str | None = None
