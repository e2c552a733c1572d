"""Registers of what came in and went out: several rows of one thing, each with what was left; the last one holds.

Taken as such where a table has a column of what came and one of what went, and of each thing that comes again every
balance is the one before, and what came, less what went.
"""

from __future__ import annotations

from equipcheck.ledger.layout.by_values import movements
from equipcheck.ledger.rows.non_assets import Kind
from equipcheck.ledger.rows.quantities import Quantities
from equipcheck.ledger.rows.table_reading import Reading
from equipcheck.ledger.sheet import spans
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import squash


def settle_balances(read: Reading, kinds: list[Kind | None], quantities: Quantities) -> None:
    """Earlier balances of a thing count nowhere, noted; where they do not add up, it is asked about."""
    columns = movements(read.table)
    if columns is None or not quantities.given:
        return
    came, went = columns
    plus = read.cells.parsed(came, lambda cell: parse_quantity(cell)[0] or 0)
    minus = read.cells.parsed(went, lambda cell: parse_quantity(cell)[0] or 0)
    earlier: list[int] = []
    unclear: list[int] = []
    for rows in _things(read, kinds).values():
        balances = [quantities.units[row] for row in rows]
        steps = zip(balances, rows[1:], balances[1:], strict=False)
        adds_up = all(
            before is not None and after == before + plus[row] - minus[row] for before, row, after in steps
        )
        if len(rows) > 1:
            (earlier if adds_up else unclear).extend(rows[:-1] if adds_up else rows)
    for row in earlier:
        kinds[row] = Kind.EARLIER
    for code, rows in (("earlier-balance", sorted(earlier)), ("balance-unclear", sorted(unclear))):
        if rows:
            numbers = [read.sheet.number(read.table.body + row) for row in rows]
            read.note(code, rows[0], rows=spans(numbers))
            read.asked(code, rows)


def _things(read: Reading, kinds: list[Kind | None]) -> dict[tuple[str, ...], list[int]]:
    """The rows of each name, model and number."""
    columns = [
        str(c.index) for field in ("name", "model", "asset_no", "serial") for c in read.table.of(field)
    ]
    found: dict[tuple[str, ...], list[int]] = {}
    for row, texts in enumerate(read.texts.select(columns).iter_rows()):
        if kinds[row] is Kind.ASSET and texts[0] is not None:
            found.setdefault(tuple(squash(text or "") for text in texts), []).append(row)
    return found
