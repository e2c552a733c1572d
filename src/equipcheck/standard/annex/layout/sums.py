"""A column that sums up the others (合计): none of the standard's, but a check of what the others say."""

from __future__ import annotations

import re
from dataclasses import replace

from equipcheck.standard.annex.grid import Grid
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import longest, words
from equipcheck.standard.annex.layout.headings import Head, Heading
from equipcheck.standard.grammar import parse_cell


def sums(grid: Grid, head: Head, last: int) -> list[Heading]:
    """The columns, 合计 told apart where most of its numbers are the sum of the others' in their rows."""
    columns = list(head.columns)
    parts = [at for at, one in enumerate(columns) if one.role == "quantity" and not _named_sum(one)]
    for at, one in enumerate(columns):
        if one.role in ("quantity", "other") and _named_sum(one) and len(parts) > 1:
            rows = [
                (total, added)
                for row in range(head.end, last)
                if (total := plain_number(grid.text(row, at))) is not None
                and (added := added_up([grid.text(row, part) for part in parts])) is not None
            ]
            if rows and 2 * sum(total == added for total, added in rows) >= len(rows):
                columns[at] = replace(one, role="total")
    return columns


def _named_sum(one: Heading) -> bool:
    return re.search(f"(?:{longest([*words().totals])})(?:\\([^()]*\\))?$", squeeze(one.label)) is not None


def added_up(texts: list[str]) -> int | None:
    """The sum of plain numbers; None where one is none: 「每3人1台」."""
    numbers = [plain_number(text) if parse_cell(text).rule is not None else 0 for text in texts]
    return None if None in numbers else sum(number for number in numbers if number is not None)


def plain_number(text: str) -> int | None:
    """A cell's number where it is one of things and nothing else."""
    cell = parse_cell(text)
    plain = cell.rule is not None and cell.question is None and not cell.rule.as_needed
    return cell.rule.count if cell.rule is not None and plain and cell.rule.per is None else None
