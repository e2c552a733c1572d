"""Where the parts of a standard stand, also when its rows come from several files (`extends`)."""

from __future__ import annotations

from typing import Any, NamedTuple

from equipcheck.ground.yamlfile import Document, Path_
from equipcheck.problems import Place
from equipcheck.standard.model import Standard


class Places(NamedTuple):
    """The file itself, and for each row the file and the position there; likewise for columns."""

    document: Document
    rows: tuple[tuple[Document, int], ...]
    columns: tuple[tuple[Document, int], ...]

    @staticmethod
    def of(standard: Standard, document: Document) -> Places:
        """The places of a standard that stands in one file."""
        return Places(
            document,
            tuple((document, at) for at in range(len(standard.requirements))),
            tuple((document, at) for at in range(len(standard.columns))),
        )

    def top(self, *path: str | int) -> Place:
        """The place of something outside rows and columns."""
        return self.document.place(path)

    def row(self, at: int, *path: str | int, key: bool = False) -> Place:
        """The place of (a part of) a row."""
        document, position = self.rows[at]
        return document.place(("requirements", position, *path), key=key)

    def column(self, at: int, *path: str | int) -> Place:
        """The place of (a part of) a column."""
        document, position = self.columns[at]
        return document.place(("columns", position, *path))

    def written(self, at: int, *path: str | int) -> Any:
        """What the file says at a place of a row, before shorthands are spelled out."""
        document, position = self.rows[at]
        where: Path_ = ("requirements", position, *path)
        return document.value(where)

    def own(self, at: int) -> bool:
        """Whether a row stands in the file itself."""
        return self.rows[at][0] is self.document

    def other(self, at: int, seen_from: int) -> str:
        """Where a row stands, as told to a reader of another row: 「第 7 行」 or file:line."""
        place = self.row(at)
        same = self.rows[at][0] is self.rows[seen_from][0]
        return f"第 {place.line} 行" if same else f"{place.path}:{place.line}"
