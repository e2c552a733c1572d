"""Rows whose state people must tell: what the ledger writes was not understood, or speaks of a part of the units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from equipcheck.ledger.words.remarks import part_said
from equipcheck.ledger.words.statuses import parse_status
from equipcheck.match.decisions.splits import ANSWERED, ASKED
from equipcheck.problems.notes import Note

if TYPE_CHECKING:
    import polars as pl

AS_SUGGESTED = "按建议"


class StateQuestion(NamedTuple):
    """A row, what its ledger writes of its state, and what that may mean: of how many units, which status word."""

    ref: str
    name: str
    model: str | None
    quantity: int
    said: str
    units: int | None = None
    status: str | None = None


class StateTold(NamedTuple):
    """An answer: `units` of the row's `quantity` are in a state, in the word that was written; the rest as it is."""

    ref: str
    quantity: int
    units: int
    status: str
    note: str | None = None


def state_questions(assets: pl.DataFrame, notes: Iterable[Note]) -> list[StateQuestion]:
    """The rows asked about by notes of ASKED, in ledger order."""
    import polars as pl

    asked = list(dict.fromkeys(note.ref for note in notes if note.code in ASKED and note.ref))
    if not asked:
        return []
    rows = assets.filter(pl.col("ref").is_in(asked) & pl.col("rejected").is_null())
    rows = rows.with_columns(pl.col("quantity").sum().over("row")).filter(pl.col("part") < 2)
    return [_question(row) for row in rows.sort("row").iter_rows(named=True) if row["quantity"]]


def _question(row: Mapping[str, Any]) -> StateQuestion:
    words = [text for text in (row["status_text"], row["remark"]) if text]
    part = next((found for text in words if (found := part_said(text, row["quantity"]))), None)
    units, status = part or (None, None)
    said = "；".join(words)
    return StateQuestion(
        row["ref"], row["name"] or "", row["model"], row["quantity"], said, units, status or None
    )


def told_state(one: StateQuestion, told: str, units: str, note: str | None) -> StateTold | None:
    """What is told of a row; None where it is no state, or no number of its units."""
    if told == AS_SUGGESTED:
        if units or one.units is None or one.status is None:
            return None
        return StateTold(one.ref, one.quantity, one.units, one.status, note)
    if not told or parse_status(told) == "unknown":
        return None
    if units and not (units.isdecimal() and 0 < int(units) <= one.quantity):
        return None
    return StateTold(one.ref, one.quantity, int(units) if units else one.quantity, told, note)


def unanswered(notes: Sequence[Note], assets: pl.DataFrame, before: pl.DataFrame) -> list[Note]:
    """The notes without those of ANSWERED at rows that a decision has taken apart; `before`: the assets without it."""

    if not any(note.code in ANSWERED for note in notes):
        return list(notes)
    same = ["row", "part", "quantity", "status"]
    settled = set(assets.join(before.select(same), on=same, how="anti")["ref"].to_list())
    return [note for note in notes if note.code not in ANSWERED or note.ref not in settled]


def as_splits(answers: Iterable[StateTold], assets: pl.DataFrame) -> list[dict[str, Any]]:
    """Entries of a decisions file's `splits:`; a row is named by its asset number where it has one of its own."""
    import polars as pl

    refs = {one.ref: one for one in answers}
    rows = assets.filter(pl.col("part") < 2)
    rows = rows.select("ref", "name", "asset_no", alone=pl.col("asset_no").is_unique())
    found = []
    for ref, name, number, alone in rows.filter(pl.col("ref").is_in(list(refs))).iter_rows():
        one = refs[ref]
        rest = one.quantity - one.units
        parts: list[dict[str, Any]] = [{"quantity": one.units, "status": one.status}]
        if rest:
            parts.insert(0, {"quantity": rest})
        entry: dict[str, Any] = {"asset_no": number} if number and alone else {"ref": ref, "name": name}
        found.append(entry | {"parts": parts} | ({"note": one.note} if one.note else {}))
    return found
