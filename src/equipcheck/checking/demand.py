"""What a standard asks of one bureau, row by row, before any ledger is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equipcheck.assess.need import facts_read, need
from equipcheck.checking.check import facts_frame, one_column
from equipcheck.standard.bureau import FACT_NAMES, Bureau, as_text
from equipcheck.standard.load import Loaded
from equipcheck.standard.model import Requirement
from equipcheck.standard.words import value_in_words

STATES = {"not_applicable": "不适用", "as_needed": "按需"}


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One row: the number, or why there is none."""

    requirement: str
    obligation: str
    required: int | None
    state: str | None  # not_applicable | undecided | as_needed
    missing: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """All rows, and the facts they rest on in words."""

    head: str
    column: str
    rows: tuple[AskedRow, ...]

    @property
    def texts(self) -> dict[str, str]:
        """Row id → what the bureau must have, in words."""
        return {row.requirement: row.text for row in self.rows}

    def as_json(self) -> dict[str, Any]:
        """For `standards show --for -f json`."""
        return {
            "column": self.column,
            "required": {row.requirement: row.required for row in self.rows},
            "undecided": {
                row.requirement: list(row.missing) for row in self.rows if row.state == "undecided"
            },
        }


def demand_of(loaded: Loaded, bureau: Bureau) -> Asked:
    """What the standard asks of the bureau. Raises InputError where the column cannot be told."""
    standard = loaded.standard
    found = need(standard, facts_frame([bureau], standard))
    one_column(found.unplaced, loaded, bureau)
    by_id = {row.id: row for row in standard.requirements}
    columns = {column.id: column.label for column in standard.columns}
    rows = tuple(_row(row, by_id[row["requirement"]]) for row in found.rows.iter_rows(named=True))
    read = [name for name in sorted(facts_read(standard)) if name in bureau.facts]
    facts = "，".join(
        f"{FACT_NAMES.get(name, name)} {value_in_words(name, as_text(bureau.facts[name]))}" for name in read
    )
    column = found.rows["column"][0] if found.rows.height else ""
    label = columns.get(column, column)
    return Asked(f"本单位：{bureau.name or '（未写名称）'}；读“{label}”一栏；{facts}", column, rows)


def _row(row: dict[str, Any], requirement: Requirement) -> AskedRow:
    missing = tuple(row["missing_facts"] or ())
    required, state = row["required"], row["state"]
    if state in STATES:
        text = STATES[state]
    elif required is not None:
        text = f"{required}{requirement.unit or ''}"
    elif missing:
        text = f"缺“{'、'.join(FACT_NAMES.get(name, name) for name in missing)}”"
    else:
        text = "待定"
    if row["obligation"] == "optional" and required is not None and state is None:
        text = f"选配{text}"
    return AskedRow(requirement.id, row["obligation"], required, state, missing, text)
