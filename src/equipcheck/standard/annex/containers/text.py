"""CSV and tab-separated text as one table."""

from __future__ import annotations

from equipcheck.ledger.containers.delimited import split_text
from equipcheck.standard.annex.grid import Annex, lay_out


def read_csv(text: str, shown: str) -> Annex:
    """The one table of a text file, split as ledgers are."""
    rows, _, unclosed, _ = split_text(text)
    texts = {(at, column): str(cell) for at, row in enumerate(rows) for column, cell in enumerate(row)}
    grid = lay_out(texts, {}, name="", shown=shown)
    remarks = [f"第 {line} 行的引号没有收尾，读到行末为止" for line in unclosed]
    return Annex(() if grid is None else (grid,), remarks=tuple(remarks))
