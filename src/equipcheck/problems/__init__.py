"""Errors as values: what is wrong, where it stands, and how to mend it.

Readers and checkers collect `Problem`s and go on; only a call that cannot go on raises `InputError`
with all of them. Sentences are made late, from the catalogue (`equipcheck errors` lists it).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

__all__ = ["Entry", "InputError", "Level", "Place", "Problem", "entry", "title"]

Level = Literal["error", "hint"]


class Entry(NamedTuple):
    """One entry of the error catalogue; `template` is filled with the problem's arguments."""

    code: str
    title: str
    why: str
    mend: str
    template: str


class Place(NamedTuple):
    """Where something stands: a text file's line and column, or a sheet's row and column (all from 1)."""

    path: str = ""
    sheet: str = ""
    line: int = 0
    column: int = 0
    header: str = ""

    def __str__(self) -> str:
        if self.sheet:
            parts = [f"{self.path}#{self.sheet}!{self.line}" if self.line else f"{self.path}#{self.sheet}"]
            if self.header:
                parts.append(f"“{self.header}”列")
            return " ".join(parts)
        text = self.path
        if self.line:
            text += f":{self.line}"
            if self.column:
                text += f":{self.column}"
        return text


class Problem(NamedTuple):
    """One thing that is wrong or odd. `code` names its entry in the catalogue."""

    code: str
    place: Place = Place()
    args: Mapping[str, Any] = {}
    level: Level = "error"

    @property
    def message(self) -> str:
        """The sentence for people, without the place."""
        return entry(self.code).template.format_map(_Blank(self.args))

    def __str__(self) -> str:
        where = str(self.place)
        return f"{where}: {self.message}" if where else self.message


class _Blank(dict[str, Any]):
    """A missing argument shows as itself: an error message must never raise."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class InputError(Exception):
    """The call or an input is wrong (exit code 2). Carries every problem found, in order of place."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        found = [problems] if isinstance(problems, Problem) else list(problems)
        self.problems = tuple(sorted(found, key=lambda problem: problem.place))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[list[Problem]]]:
        """Whole on its way to another process: from its problems, not from its text."""
        return type(self), (list(self.problems),)


def entry(code: str) -> Entry:
    """The catalogue entry of a code."""
    from equipcheck.problems.catalogue import ENTRIES

    return ENTRIES[code]


def title(code: str) -> str:
    """The title of a code, the code itself where the catalogue has none."""
    from equipcheck.problems.catalogue import ENTRIES

    return ENTRIES[code].title if code in ENTRIES else code
