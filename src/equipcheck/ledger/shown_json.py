"""`ledger show -f json`: what was read as what, for programs and for the desk."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from equipcheck.ledger.cell_book import CellBalance
from equipcheck.ledger.inspect import Shown


def as_data(shown: Shown, rows: int) -> dict[str, Any]:
    """A file as it was understood, with its first rows; dates are left to the writer."""
    return {
        "file": shown.path,
        "sha256": shown.sha256,
        "role": shown.role,
        "reader": shown.reader,
        "sheets": [asdict(sheet) for sheet in shown.sheets],
        "cells": [_cells(balance) for balance in shown.cells],
        "rows": shown.rows.drop("bureau").head(rows).to_dicts(),
        "rejected": rejected(shown),
        "notes": [{"ref": note.ref, "code": note.code, "note": note.note} for note in shown.notes],
    }


def _cells(balance: CellBalance) -> dict[str, Any]:
    """What became of the cells of a sheet; those that went nowhere one by one (of very many, the first)."""
    unread = [{"cell": cell, "text": text} for block in balance.unread for cell, text in block.cells]
    return {
        "sheet": balance.sheet,
        "filled": balance.cells,
        "became": balance.became,
        "unread": balance.nothing,
        "unread_cells": unread,
    }


def rejected(shown: Shown) -> list[dict[str, Any]]:
    """Rows that could not be read, with the reason."""
    if "rejected" not in shown.rows.columns:
        return []
    found = shown.rows.filter(shown.rows["rejected"].is_not_null())
    return [
        {"ref": ref, "code": code, "why": why}
        for ref, code, why in found.select("ref", "rejected", "why").rows()
    ]
