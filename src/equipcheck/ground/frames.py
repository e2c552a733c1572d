"""The frames at the seams: columns, types and units, declared once and checked where data is handed on.

A bureau's rows carry its code in `bureau`, so that every frame holds one bureau or ten thousand alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

SUGGESTION = pl.Struct({"kind": pl.String(), "score": pl.Float64()})
CELL = pl.Struct({"column": pl.String(), "value": pl.String()})


class Schema(NamedTuple):
    """A declared frame: column → type. `required` columns hold no nulls."""

    name: str
    columns: Mapping[str, pl.DataType]
    required: tuple[str, ...] = ()

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame itself if it has exactly these columns and types; TypeError names what differs.

        Text may be coded (Categorical, Enum): the same words, kept once.
        """
        have = {name: pl.String() if _is_coded(kind) else kind for name, kind in frame.schema.items()}
        if have != dict(self.columns):
            lost = [name for name in self.columns if name not in have]
            extra = [name for name in have if name not in self.columns]
            wrong = [
                f"{n}: {have[n]} is not {t}" for n, t in self.columns.items() if n in have and have[n] != t
            ]
            raise TypeError(f"{self.name}: missing {lost}, unexpected {extra}, wrong type {wrong}")
        nulls = [name for name in self.required if frame[name].null_count()]
        if nulls:
            raise TypeError(f"{self.name}: nulls in {nulls}")
        return frame.select(list(self.columns))

    def build(self, rows: list[dict[str, object]]) -> pl.DataFrame:
        """A frame from plain rows; absent keys are null."""
        columns = {name: [row.get(name) for row in rows] for name in self.columns}
        return self.check(pl.DataFrame(columns, schema=dict(self.columns)))

    def part(self, *names: str) -> Schema:
        """Some of the columns, as a seam of their own."""
        required = tuple(name for name in self.required if name in names)
        return Schema(self.name, {name: self.columns[name] for name in names}, required)

    def empty(self) -> pl.DataFrame:
        """A frame without rows."""
        return pl.DataFrame(schema=dict(self.columns))


def row_key() -> pl.Expr:
    """`key`: one number for a row and its part; decisions split a row into far fewer parts than a million."""
    return (pl.col("row") * (1 << 20) + pl.col("part")).alias("key")


def _is_coded(kind: pl.DataType) -> bool:
    return isinstance(kind, pl.Categorical | pl.Enum)


ASSETS = Schema(
    "assets",
    {
        "bureau": pl.String(),  # "" where a run has one bureau
        "row": pl.Int64(),  # identity of a ledger row within the run, in ledger order; kept to the end
        "part": pl.Int64(),  # 0; 1, 2, … for the parts of a row that a decision splits
        "ref": pl.String(),  # file#sheet!row, for text files file#line
        "role": pl.String(),  # ledger | supplement
        "asset_no": pl.String(),  # as written; null for 「/」「无」「待编」 and the like
        "serial": pl.String(),  # 出厂编号, 机身编号
        "name": pl.String(),
        "model": pl.String(),
        "unit": pl.String(),
        "category": pl.String(),  # asset class or code, as written
        "quantity": pl.Int64(),  # units; 0 for rejected rows
        "status": pl.String(),  # one of STATUSES
        "status_text": pl.String(),  # as written
        "open": pl.String(),  # code of the note that asks what state it is in, or whose it is; null: nothing is asked
        "acquired": pl.Date(),
        "checked_on": pl.Date(),  # last verification or calibration
        "valid_until": pl.Date(),  # end of validity, inclusive
        "unit_price": pl.Int64(),  # 分 (CNY cents)
        "department": pl.String(),
        "location": pl.String(),
        "remark": pl.String(),
        "extra": pl.List(CELL),  # columns that were not recognised, as they stood
        "rejected": pl.String(),  # code of the problem, null for a sound row
        "why": pl.String(),  # the problem's sentence, null for a sound row
    },
    required=("bureau", "row", "part", "ref", "role", "quantity", "status"),
)

ASSESSED = ASSETS.part(
    "bureau", "row", "part", "asset_no", "serial", "name", "model", "quantity", "status", "status_text",
    "open", "acquired", "checked_on", "valid_until", "rejected",
)  # fmt: skip
"""What assessing reads of an asset row."""

STATUSES = ("in_use", "idle", "lent_out", "broken", "pending_disposal", "gone", "expired", "unknown")

NOT_HELD = ("duplicate", "after_as_of", "gone")
"""Reasons why a unit is not held at all: it stands twice, is not there yet, or no more (contracts §4)."""

CHECKS = Schema(  # a register of verification dates, joined to assets by asset or serial number
    "checks",
    {
        "bureau": pl.String(),
        "ref": pl.String(),
        "asset_no": pl.String(),
        "serial": pl.String(),
        "checked_on": pl.Date(),
        "valid_until": pl.Date(),
    },
    required=("bureau", "ref"),
)

MATCHES = Schema(  # one row per asset row (and part) that has a name
    "matches",
    {
        "row": pl.Int64(),
        "part": pl.Int64(),
        "kind": pl.String(),  # null unless confirmed or auto
        "method": pl.String(),  # confirmed | exact | alias | pattern | model | fuzzy | none
        "score": pl.Float64(),  # 0..1
        "decision": pl.String(),  # confirmed | auto | review | none
        "evidence": pl.List(pl.String()),  # Chinese, for people
        "suggestions": pl.List(SUGGESTION),  # best first
    },
    required=("row", "part", "method", "score", "decision"),
)

DECIDED = MATCHES.part("row", "part", "kind", "decision")
"""What assessing reads of a match."""

KINDS = Schema(  # what assessing needs to know of a kind
    "kinds",
    {
        "kind": pl.String(),
        "metrology": pl.Boolean(),  # under verification or calibration
        "months": pl.Int64(),  # between two checks, null where unknown
        "off_ledger": pl.Boolean(),  # usually below the value at which things enter a fixed-asset ledger
    },
    required=("kind", "metrology", "off_ledger"),
)

SERVICES = Schema(  # services, pools and loans in force, summed
    "services",
    {"bureau": pl.String(), "requirement": pl.String(), "quantity": pl.Int64()},
    required=("bureau", "requirement", "quantity"),
)

FINDINGS = Schema(  # bureau × requirement
    "findings",
    {
        "bureau": pl.String(),
        "order": pl.Int64(),  # the row's position in the standard, from 0
        "requirement": pl.String(),
        "column": pl.String(),  # the column this bureau reads
        "obligation": pl.String(),  # required | optional
        "required": pl.Int64(),  # null: undecided or as needed
        "held": pl.Int64(),
        "usable": pl.Int64(),
        "counted": pl.Int64(),
        "serviced": pl.Int64(),
        "gap": pl.Int64(),
        "surplus": pl.Int64(),
        "unknown": pl.Int64(),  # counted units whose validity is not known
        "status": pl.String(),
        "missing_facts": pl.List(pl.String()),  # why it is undecided
    },
    required=(
        "bureau",
        "order",
        "requirement",
        "column",
        "obligation",
        "held",
        "usable",
        "counted",
        "gap",
        "status",
    ),
)

PLACES = Schema(  # where each unit ended: one line per asset row (and part) × place × requirement
    "places",
    {
        "bureau": pl.String(),
        "row": pl.Int64(),
        "part": pl.Int64(),
        "place": pl.String(),  # counted | surplus | excluded | not_required | review | unmatched | rejected
        "requirement": pl.String(),  # where it counts, stands as surplus or is excluded; else null
        "units": pl.Int64(),
        "reason": pl.String(),  # exclusion code
        "flags": pl.List(pl.String()),  # verification_unknown, verification_due, idle
    },
    required=("bureau", "row", "part", "place", "units"),
)

PLACE_NAMES = ("counted", "surplus", "excluded", "not_required", "review", "unmatched", "rejected")
