"""What was odd about a file, gathered while it is read and said late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from equipcheck.ground.mutable import Mutable
from equipcheck.ledger.sheet import Oddity
from equipcheck.problems import Place, Problem
from equipcheck.problems.notes import Note


class Odd(Mutable):
    """The oddities of one file, with the way its places are written."""

    shown: str
    text: bool = False
    found: list[Oddity] = field(default_factory=list)

    def add(self, code: str, sheet: str = "", row: int | str = 0, **args: object) -> None:
        """Keep one oddity; `row` is physical (or a cell), 0 for the sheet or file as such."""
        self.found.append(Oddity(code, sheet, row, args))

    def take(self, found: Iterable[Oddity]) -> None:
        """Keep what a reader saw."""
        self.found.extend(found)

    def ref(self, sheet: str, row: int | str = 0) -> str:
        """`file#sheet!row`, for text files `file#line`."""
        if self.text:
            return f"{self.shown}#{row}" if row else self.shown
        if not sheet:
            return self.shown
        return f"{self.shown}#{sheet}!{row}" if row else f"{self.shown}#{sheet}"

    def notes(self) -> list[Note]:
        """As notes, in the order in which they were met."""
        return [
            Note(odd.code, message(odd.code, odd.args), self.ref(odd.sheet, odd.row)) for odd in self.found
        ]


def message(code: str, args: dict[str, object]) -> str:
    """The catalogue's sentence."""
    return Problem(code, Place(), args).message
