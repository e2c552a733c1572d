"""Rows taken apart by decision: the parts stand in the row's place and sum to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from equipcheck.ledger.words.statuses import parse_status
from equipcheck.match.decisions.file import NONE, Confirmed, Split
from equipcheck.problems import Problem
from equipcheck.problems.notes import Note

if TYPE_CHECKING:
    import polars as pl

    from equipcheck.catalogue.kinds import Catalogue


ASKED = ("partial-remark", "remark-unclear", "status-unknown")
"""Notes of ledgers that ask for a state."""
ANSWERED = frozenset({*ASKED, "units-by-state", "states-differ"})
"""Notes that no longer hold once a state is told: also how the ledger's own columns took the row apart, or did not."""


def apply_splits(assets: pl.DataFrame, splits: Sequence[Split]) -> tuple[pl.DataFrame, list[Problem]]:
    """The assets with each split row replaced by its parts, in place; problems for splits that do not fit."""
    import polars as pl

    problems: list[Problem] = []
    parts: list[dict[str, Any]] = []
    taken: list[int] = []
    placed = [(split, _rows_of(assets, split)) for split in splits]
    placed.sort(key=lambda one: one[0].entry.ref not in (None, *one[1]["ref"].head(1)))  # moved ones last
    for split, rows in placed:
        if rows.height == 0 or rows["row"][0] in taken:
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
            pl.when(~pl.col("open").is_in(list(ANSWERED))).then("open").alias("open"),  # told by the decision
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
    """Splits whose row is not in the ledger, is another one now, or stands at another place."""
    notes: list[Note] = []
    for split in splits:
        rows = _rows_of(assets, split)
        args: dict[str, object] = {"row": split.row, "name": split.entry.name or ""}
        if rows.height == 0:
            there = assets.filter(ref=split.entry.ref)["name"].to_list() if split.entry.ref else []
            code = "split-unfit" if there else "split-unused"
            args["there"] = there[0] if there else ""
        elif split.entry.ref is not None and rows["ref"][0] != split.entry.ref:
            code = "split-moved"
            args["now"] = rows["ref"][0]
        else:
            continue
        notes.append(Note(code, Problem(code, split.place, args).message, str(split.place)))
    return notes


def _rows_of(assets: pl.DataFrame, split: Split) -> pl.DataFrame:
    """A split's row (all its parts); none where there is no such row.

    Rows move when others are put in above: where another name stands at `ref`, the row of this name and number of
    units in the same table, if there is but one.
    """
    import polars as pl

    if split.entry.ref is None:
        return assets.filter(pl.col("asset_no") == split.entry.asset_no)
    here = assets.filter(pl.col("ref") == split.entry.ref)
    name = split.entry.name
    if name is None or (here.height and _plain(here["name"][0]) == _plain(name)):
        return here
    sheet = re.sub(r"\d+$", "", split.entry.ref)
    total = sum(part.quantity for part in split.entry.parts)
    same = assets.filter(pl.col("name") == name, pl.col("ref").str.replace(r"\d+$", "") == sheet)
    found = same.filter(pl.col("quantity").sum().over("row") == total, pl.col("rejected").is_null())
    return found if found["row"].n_unique() == 1 else found.clear()


def _plain(name: str | None) -> str:
    return "".join((name or "").split())


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
