"""What a decisions file says: `decisions.yaml` as written, and one decision with the place where it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from equipcheck.ground.fields import Part
from equipcheck.problems import Place

NONE = "none"
"""The kind of a decision that says: no equipment of the catalogue."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class MatchEntry(Part):
    """One decision: this name (and model, as written) is this kind, or `none`."""

    name: Text
    model: Text | None = None
    kind: Text
    note: str | None = None
    by: str | None = None
    date: dt.date | None = None
    why: str | None = None


class SplitPart(Part):
    """A part of a split row; its status and kind where they differ from the row's."""

    quantity: Annotated[int, Field(ge=0, le=10**9)]
    status: Text | None = None
    kind: Text | None = None
    note: str | None = None


class SplitEntry(Part):
    """One row taken apart; its parts' quantities sum to the row's."""

    ref: Text | None = None
    asset_no: Text | None = None
    parts: Annotated[tuple[SplitPart, ...], Field(min_length=1)]
    note: str | None = None
    by: str | None = None
    date: dt.date | None = None
    why: str | None = None


class DecisionsFile(Part):
    """`decisions.yaml`, as written."""

    format: Literal[1] = 1
    matches: tuple[MatchEntry, ...] = ()
    splits: tuple[SplitEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A decision on a name, and where it stands."""

    kind: str | None  # None: no equipment of the catalogue
    place: Place
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A decision to take a row apart, and where it stands."""

    entry: SplitEntry
    place: Place

    @property
    def row(self) -> str:
        """The row as the file names it."""
        return self.entry.ref or self.entry.asset_no or ""
