"""`ledger show -f json`: what was read as what, for programs and for the desk."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from equipcheck.ledger.inspect import Shown


def as_data(shown: Shown, rows: int) -> dict[str, Any]:
    """A file as it was understood, with its first rows; dates are left to the writer."""
    return {
        "file": shown.path,
        "sha256": shown.sha256,
        "role": shown.role,
        "reader": shown.reader,
        "sheets": [asdict(sheet) for sheet in shown.sheets],
        "rows": shown.rows.drop("bureau").head(rows).to_dicts(),
        "rejected": rejected(shown),
        "notes": [{"ref": note.ref, "code": note.code, "note": note.note} for note in shown.notes],
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
