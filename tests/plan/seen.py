"""A made-up ledger as a plan sees it on a day: the oracle's answer in the form of findings."""

from __future__ import annotations

import datetime as dt

from equipcheck.checking.results import Finding
from equipcheck.plan.opening import Stand
from tests import oracle
from tests.plan.made import asset, finding, report

SHOWN = ("counted", "surplus", "excluded")


def findings(
    standard: dict, facts: dict, units: list, kinds: dict, day: dt.date, **given
) -> tuple[Finding, ...]:
    """The oracle's findings with the ledger rows behind them, in ledger order."""
    answers, places = oracle.assess(standard, facts, units, kinds, given.get("services", {}), day)
    column = oracle.column_of(standard, facts)
    rows = {row["id"]: row for row in standard["requirements"]}
    return tuple(
        finding(
            name,
            **{key: value for key, value in answer.items() if key not in ("held", "usable")},
            kinds=tuple(rows[name]["kinds"]),
            obligation=rows[name]["obligation"].get(column, "required"),
            assets=[
                _use(unit, name, places, kinds, day)
                for unit in units
                if any((unit.row, place, name) in places for place in SHOWN)
            ],
        )
        for name, answer in answers.items()
    )


def _use(unit: oracle.Unit, name: str, places: dict, kinds: dict, day: dt.date):
    counted, surplus, out = (places.get((unit.row, place, name), 0) for place in SHOWN)
    kind = kinds[unit.kind]
    reason = oracle.why_not(unit, kind, set(), day, False)
    flag = oracle.validity(unit, kind, day)[1]
    return asset(
        f"t#{unit.row}", unit.kind, unit.quantity, reason,
        counted=counted, surplus=surplus, out=out, flags=(flag,) if flag else (),
        valid_until=unit.valid_until, checked_on=unit.checked_on,
    )  # fmt: skip


def stands(ways, years: int, day: dt.date, look) -> list[Stand]:
    """The states of so many years after a day; `look(day)` gives the findings of the same ledger on a day."""
    from equipcheck.plan.propose import with_proposals

    found = []
    start = with_proposals(report(*look(day)), ways).findings
    for year in range(day.year + 1, day.year + 1 + years):
        end = look(dt.date(year + 1, 1, 1))
        found.append(Stand(year, day, start, False, end))
        day, start = dt.date(year, 12, 31), end
    return found
