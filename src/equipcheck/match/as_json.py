"""`match -f json`: one object a ledger row that has a name, in order."""

from __future__ import annotations

import json

import polars as pl


def render(assets: pl.DataFrame, matches: pl.DataFrame) -> str:
    """The matches as a JSON array."""
    joined = matches.join(
        assets.select("row", "part", "ref", "name", "model"),
        on=["row", "part"],
        how="left",
        maintain_order="left",
    )
    lines = []
    for row in joined.iter_rows(named=True):
        one = {
            "ref": row["ref"],
            "name": row["name"],
            "model": row["model"],
            "kind": row["kind"],
            "method": row["method"],
            "score": row["score"],
            "decision": row["decision"],
            "evidence": row["evidence"],
            "suggestions": row["suggestions"],
        }
        if row["part"]:
            one["part"] = row["part"]
        lines.append(json.dumps(one, ensure_ascii=False))
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
