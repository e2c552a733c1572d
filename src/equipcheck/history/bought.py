"""What a ledger says of purchases: when each row was acquired, and at what price."""

from __future__ import annotations

import polars as pl

from equipcheck.history.snapshot import Purchase


def purchases_of(assets: pl.DataFrame) -> dict[int, Purchase]:
    """Ledger row → its purchase (`assets` as frames.ASSETS; parts of a row share it)."""
    rows = assets.select("row", "acquired", "unit_price").unique("row", keep="first", maintain_order=True)
    return {row: Purchase(acquired, price) for row, acquired, price in rows.iter_rows()}
