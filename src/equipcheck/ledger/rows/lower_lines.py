"""Rows that only go on with what the row above says, where a name or a model broke off at the edge of its cell.

Taken as such in tables whose rows are numbered and counted, where a row has neither a number nor a quantity, nor
anything but a name and a model; and a name only where the one above is as long as any, or its bracket is open.
"""

from __future__ import annotations

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.layout.by_values import numbering
from equipcheck.ledger.rows.non_assets import Kind
from equipcheck.ledger.rows.quantities import Quantities
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.values.text import squash

_ASIDE = pattern(r"[(（\[【]|[^:：]{1,8}[:：]|其中|含|包括|注")  # words about the row above
LEAST = 3  # numbered rows
MOST = 20_000  # rows of a table that a person broke up into lines


def join_lower_lines(read: Reading, kinds: list[Kind | None], quantities: Quantities) -> None:
    """Such rows are no assets of their own: their words go to the row above, noted."""
    numbers = numbering(read.table)
    models = [column.index for column in read.table.of("model")]
    name = read.table.of("name")[0].index
    if numbers is None or not quantities.given or read.cells.height > MOST:
        return
    numbered = read.texts[str(numbers.index)].is_not_null().to_list()
    candidates = [
        row
        for row, kind in enumerate(kinds)
        if kind in (Kind.ASSET, Kind.NOTE) and not numbered[row] and quantities.codes[row] == "empty"
    ]
    mine = {row: read.cells.written(row) for row in candidates}
    candidates = [row for row in candidates if mine[row] and mine[row].keys() <= {name, *models}]
    candidates = [row for row in candidates if not _ASIDE.match(squash(mine[row].get(name, "")))]
    assets = [row for row, kind in enumerate(kinds) if kind is Kind.ASSET and row not in candidates]
    if not candidates or sum(numbered) < LEAST or not all(numbered[row] for row in assets):
        return
    uppers = {row - 1 for row in candidates}
    longest = max((_length(read, name, row) for row in assets if row not in uppers), default=0)
    for row in candidates:
        taken = {name: mine[row][name]} if name in mine[row] else {}
        head = next((at for at in range(row - 1, -1, -1) if kinds[at] is not Kind.CARRIED_ON), None)
        if head is None or kinds[head] is not Kind.ASSET:
            continue
        whole = read.texts[head, str(name)] or ""
        if taken and _length(read, name, row - 1) < longest and not _open(whole):
            continue
        if not taken and not read.texts[head, str(models[0])]:
            continue
        kinds[row] = Kind.CARRIED_ON
        read.note("line-carried-on", row, text=" ".join(mine[row].values())[:40], upper=read.place(head))
        for index, text in mine[row].items():
            _append(read, head, index, text, between="" if index == name else " ")


def _length(read: Reading, name: int, row: int) -> int:
    return len(squash(read.texts[row, str(name)] or ""))


def _open(text: str) -> bool:
    words = squash(text)
    return words.count("(") > words.count(")")


def _append(read: Reading, row: int, index: int, text: str, *, between: str) -> None:
    column = read.texts[str(index)]
    above = column[row]
    read.texts = read.texts.with_columns(column.scatter(row, f"{above}{between}{text}" if above else text))
