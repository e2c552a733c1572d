"""What a decisions file says: `decisions.yaml` as written, and one decision with the place where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, TypeAlias

from equipcheck.ground.records import Record, before
from equipcheck.problems import Place

if TYPE_CHECKING:
    from pydantic import Field, StringConstraints

    from equipcheck.ground.fields import Day

NONE = "none"
"""The kind of a decision that says: no equipment of the catalogue."""

Text: TypeAlias = "Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]"


class MatchEntry(Record):
    """One decision: this name (and model, as written) is this kind, or `none`."""

    name: Text
    model: Text | None = None
    kind: Text
    note: str | None = None
    by: str | None = None
    date: Day | None = None
    why: str | None = None


class SplitPart(Record):
    """A part of a split row; its status and kind where they differ from the row's."""

    quantity: Annotated[int, Field(ge=0, le=10**9)]
    status: Text | None = None
    kind: Text | None = None
    note: str | None = None


class SplitEntry(Record):
    """One row taken apart; its parts' quantities sum to the row's. `name` tells whether `ref` is still that row."""

    ref: Text | None = None
    asset_no: Text | None = None
    name: Text | None = None
    parts: Annotated[tuple[SplitPart, ...], Field(min_length=1)]
    note: str | None = None
    by: str | None = None
    date: Day | None = None
    why: str | None = None


class DecisionsFile(Record):
    """`decisions.yaml`, as written."""

    format: Literal[1] = 1
    matches: tuple[MatchEntry, ...] = ()
    splits: tuple[SplitEntry, ...] = ()

    @before
    @classmethod
    def _empty(cls, data: Any) -> Any:
        """A file with nothing in it (or comments alone) decides nothing."""
        return {} if data is None else data


class Confirmed(NamedTuple):
    """A decision on a name, and where it stands."""

    kind: str | None  # None: no equipment of the catalogue
    place: Place
    note: str | None = None


class Split(NamedTuple):
    """A decision to take a row apart, and where it stands."""

    entry: SplitEntry
    place: Place

    @property
    def row(self) -> str:
        """The row as the file names it."""
        return self.entry.ref or self.entry.asset_no or ""
