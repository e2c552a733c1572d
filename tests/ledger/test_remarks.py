"""Remarks labelled by people who had not seen the reader: what is read of them, and what is passed over in silence.

A set's columns: the text and the row's quantity; status, or part, or doubt; the days of a check that it gives. What
was read at first look stands in docs/ledgers.md. A wrong state is a failure; so is silence about a state.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from equipcheck.ledger.words.certificates import read_certificate
from equipcheck.ledger.words.remarks import Said, read_remark

SETS = sorted(path.stem for path in (Path(__file__).parent / "remarks").glob("*.csv"))
NOT_USABLE = frozenset({"gone", "pending_disposal", "lent_out", "broken", "expired"})


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / "remarks" / f"{name}.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def outcome(row: dict[str, str]) -> str:
    """right, asked (a question where a state was told), vain (a question about nothing), silent, wrong."""
    said = read_remark(row["text"], int(row["quantity"] or 1))
    wanted = Said(row["status"] or None, row["part"] == "1", row["doubt"] == "1")
    if said == wanted or {said.status, wanted.status} <= NOT_USABLE:
        return "right"
    if said.part or said.doubt:
        return "asked" if any(wanted) else "vain"
    return "silent" if said.status is None else "wrong"


def dated(row: dict[str, str]) -> str:
    said = tuple(str(day or "") for day in read_certificate(row["text"]))
    wanted = (row["checked_on"], row["valid_until"])
    return "right" if said == wanted else "silent" if said == ("", "") else "wrong"


@pytest.mark.parametrize("name", SETS)
def test_states(name: str) -> None:
    counts = Counter(outcome(row) for row in rows(name))
    told = sum(bool(row["status"] or row["part"] == "1" or row["doubt"] == "1") for row in rows(name))
    assert counts["wrong"] == 0
    assert counts["silent"] <= 0.03 * told
    assert counts["asked"] <= 0.08 * told
    assert counts["vain"] <= 0.03 * (len(rows(name)) - told)


@pytest.mark.parametrize("name", SETS)
def test_days_of_checks(name: str) -> None:
    counts = Counter(dated(row) for row in rows(name))
    assert counts["wrong"] == 0
    assert counts["silent"] <= 3
