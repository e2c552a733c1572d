"""Tables of texts, made once and shown on the terminal or as Markdown."""

from __future__ import annotations

from typing import NamedTuple


class Table(NamedTuple):
    """A heading and rows of texts; `numeric` are the columns whose texts are numbers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


def markdown(table: Table) -> str:
    """A Markdown table; texts cannot break out of their cells."""
    lines = [_row(table.headers)]
    lines.append(
        "|" + "|".join("---:" if at in table.numeric else "---" for at in range(len(table.headers))) + "|"
    )
    lines += [_row(row) for row in table.rows]
    return "\n".join(lines) + "\n"


def _row(texts: tuple[str, ...]) -> str:
    cells = [text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for text in texts]
    return "| " + " | ".join(cells) + " |"
