"""CSV and tab-separated text as one table."""

from __future__ import annotations

import csv
import io

from equipcheck.standard.annex.grid import Annex, lay_out


def read_csv(text: str, shown: str) -> Annex:
    """The one table of a text file; the separator is the one that the lines agree on."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    texts = {(at, column): cell for at, row in enumerate(rows) for column, cell in enumerate(row)}
    grid = lay_out(texts, {}, name="", shown=shown)
    return Annex(() if grid is None else (grid,))


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()][:50]
    return max(",\t;", key=lambda mark: sum(mark in line for line in lines))
