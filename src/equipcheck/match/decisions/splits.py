"""Rows taken apart by decision: the parts stand in the row's place and sum to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from equipcheck.ledger.words.statuses import parse_status
from equipcheck.match.decisions.file import NONE, Confirmed, Split
from equipcheck.problems import Problem
from equipcheck.problems.notes import Note

if TYPE_CHECKING:
    import polars as pl

    from equipcheck.catalogue.kinds import Catalogue


def apply_splits(assets: pl.DataFrame, splits: Sequence[Split]) -> tuple[pl.DataFrame, list[Problem]]:
    """The assets with each split row replaced by its parts, in place; problems for splits that do not fit."""
    import polars as pl

    problems: list[Problem] = []
    parts: list[dict[str, Any]] = []
    taken: list[int] = []
    for split in splits:
        rows = _rows_of(assets, split)
        if rows.height == 0:
            continue
        wrong = _wrong(rows, split)
        if wrong is not None:
            problems.append(wrong)
            continue
        row = rows.row(0, named=True)
        taken.append(row["row"])
        for number, part in enumerate(split.entry.parts, start=1):
            piece = {"row": row["row"], "new_part": number, "new_quantity": part.quantity}
            piece["new_status"] = parse_status(part.status) if part.status else row["status"]
            piece["new_text"] = part.status or row["status_text"]
            parts.append(piece)
    if not parts:
        return assets, problems
    schema = {
        "row": pl.Int64(),
        "new_part": pl.Int64(),
        "new_quantity": pl.Int64(),
        "new_status": pl.String(),
        "new_text": pl.String(),
    }
    pieces = (
        assets.filter(pl.col("row").is_in(taken))
        .unique("row", keep="first", maintain_order=True)
        .join(pl.DataFrame(parts, schema=schema), on="row", how="inner")
        .with_columns(
            pl.col("new_part").alias("part"),
            pl.col("new_quantity").alias("quantity"),
            pl.col("new_status").alias("status"),
            pl.col("new_text").alias("status_text"),
        )
        .select(assets.columns)
    )
    whole = assets.filter(~pl.col("row").is_in(taken))
    return pl.concat([whole, pieces]).sort("row", "part"), problems


def part_kinds(
    assets: pl.DataFrame, splits: Sequence[Split], catalogue: Catalogue | None
) -> dict[tuple[int, int], Confirmed]:
    """(row, part) → the kind a split gives it, for assets whose splits were applied."""
    found: dict[tuple[int, int], Confirmed] = {}
    for split in splits:
        if not any(part.kind for part in split.entry.parts):
            continue
        rows = _rows_of(assets, split)
        present = set(zip(rows["row"].to_list(), rows["part"].to_list(), strict=True))
        for number, part in enumerate(split.entry.parts, start=1):
            if part.kind is None:
                continue
            kind = None if part.kind == NONE else part.kind
            if kind is not None and catalogue is not None:
                kind = catalogue.resolve(kind)
            for row, piece in present:
                if piece == number:
                    found[row, piece] = Confirmed(kind, split.place, part.note)
    return found


def unused_splits(assets: pl.DataFrame, splits: Sequence[Split]) -> list[Note]:
    """Splits whose row is not in the ledger."""
    return [
        Note(
            "split-unused", Problem("split-unused", split.place, {"row": split.row}).message, str(split.place)
        )
        for split in splits
        if _rows_of(assets, split).height == 0
    ]


def _rows_of(assets: pl.DataFrame, split: Split) -> pl.DataFrame:
    import polars as pl

    if split.entry.ref is not None:
        return assets.filter(pl.col("ref") == split.entry.ref)
    return assets.filter(pl.col("asset_no") == split.entry.asset_no)


def _wrong(rows: pl.DataFrame, split: Split) -> Problem | None:
    if rows["row"].n_unique() > 1:
        args: dict[str, object] = {"asset_no": split.row, "rows": "、".join(rows["ref"].head(5).to_list())}
        return Problem("split-ambiguous", split.place, args)
    row = rows.row(0, named=True)
    if row["rejected"] is not None:
        return Problem("split-rejected", split.place, {"row": split.row, "why": row["why"]})
    total = sum(part.quantity for part in split.entry.parts)
    units = int(rows["quantity"].sum())  # of a row that its own columns of states took apart, all its parts
    if total != units:
        args = {"row": split.row, "quantity": units, "total": total}
        return Problem("split-sum", split.place, args)
    return None
