"""What is to be read, and what reading yields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from equipcheck.ground.inputs import Input
from equipcheck.ledger.words.vocabulary import OwnWords
from equipcheck.problems.notes import Note

if TYPE_CHECKING:
    import polars as pl

Role = Literal["ledger", "supplement", "verification"]

EXTENSIONS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".tsv", ".txt"})
"""What is taken for a ledger where it lies in a folder."""
READABLE = EXTENSIONS | {".docx", ".pdf", ".html", ".htm", ".mht", ".xml", ".parquet"}
"""What is read where somebody names it."""

ENOUGH_BYTES = 256 << 10
"""Bytes of a text ledger below which the careful reader is as fast as the columnar one."""


class Source(NamedTuple):
    """A file to read. `shown` begins its refs; `columns` maps our fields to headings as they stand."""

    path: Path
    shown: str
    role: Role = "ledger"
    columns: Mapping[str, str] = {}
    sheets: tuple[str, ...] | None = None
    header_row: int | None = None  # physical, from 1
    bureau: str = ""
    words: OwnWords = OwnWords()
    code_columns: tuple[str, ...] = ()  # headings under which each row names its bureau, the best first


class Ledgers(NamedTuple):
    """All ledgers of a run: frames.ASSETS, frames.CHECKS, what was odd, the files with their hashes."""

    assets: pl.DataFrame
    checks: pl.DataFrame
    notes: tuple[Note, ...]
    inputs: tuple[Input, ...]
    dated: tuple[tuple[str, dt.date], ...] = ()  # file and the latest day that its heading states


_NOT_LEDGERS = frozenset({"prices.csv", "decisions.csv", "requirements.txt", "readme.txt"})


def expand(paths: Iterable[Path]) -> list[Path]:
    """Folders as the ledgers in them, patterns (`*`, `?`) as the files they fit.

    Where a pattern fits nothing, or a folder holds no ledger, the path itself stays: reading it will complain.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(find_ledgers(path) or [path])
        elif not path.exists() and any(mark in path.name for mark in "*?["):
            fitting = [file for file in sorted(path.parent.glob(path.name)) if _may_be_ledger(file)]
            found.extend(fitting or [path])
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def find_ledgers(folder: Path) -> list[Path]:
    """The ledgers in a folder (not below it), sorted; lock files, hidden files and prices left out."""
    return sorted(path for path in folder.iterdir() if _may_be_ledger(path))


def _may_be_ledger(path: Path) -> bool:
    return (
        path.is_file()
        and path.suffix.lower() in EXTENSIONS
        and not path.name.startswith(("~$", ".", ".~"))
        and path.name.lower() not in _NOT_LEDGERS
    )
