"""Made-up standards, bureaus and ledgers for the property tests: hypothesis strategies and their frames."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os

import polars as pl
from hypothesis import strategies as st

from equipcheck.ground import frames
from equipcheck.standard.bureau import as_text
from equipcheck.standard.model import Standard
from tests.oracle import Unit

AS_OF = dt.date(2023, 12, 31)
KIND_IDS = ["a", "b", "c", "d", "e"]
# Laminar sets over the kinds; rows pick from these, so that nests occur often.
NESTS = [("a",), ("a", "b"), ("a", "b", "c"), ("a",), ("a", "b"), ("c",), ("d",), ("d", "e"), ()]
FACTS = ["staff", "vehicles", "main_posts"]


def examples(number: int) -> int:
    """How many examples a property is tried on; mutation testing asks for fewer."""
    return max(10, int(number * float(os.environ.get("EQUIPCHECK_EXAMPLES", "1"))))


small = st.integers(0, 4)


def plain_rules():
    per = st.fixed_dictionaries(
        {"per": st.sampled_from(FACTS)},
        optional={
            "every": st.integers(1, 5),
            "count": st.integers(0, 3),
            "percent": st.sampled_from([0, 15, 35, 50, 80, 100, 150]),
            "round": st.sampled_from(["up", "down"]),
        },
    )
    tiers = st.builds(
        lambda per, upto, first, last: {
            "per": per,
            "tiers": [{"upto": upto, "every": first}, {"every": last, "round": "down"}],
        },
        st.sampled_from(FACTS), st.integers(1, 10), st.integers(1, 4), st.integers(1, 4),
    )  # fmt: skip
    return st.one_of(st.builds(lambda n: {"count": n}, st.integers(0, 4)), per, tiers)


@st.composite
def bounded(draw, rules):
    rule = dict(draw(rules))
    low = draw(st.none() | st.integers(0, 3))
    high = draw(st.none() | st.integers(3, 6))
    if set(rule) != {"count"} or draw(st.booleans()):
        rule |= {key: value for key, value in (("min", low), ("max", high)) if value is not None}
    return rule


rules = st.one_of(
    bounded(plain_rules()),
    st.builds(lambda n: {"count": n}, st.integers(1, 9)),
    st.builds(lambda n: {"count": n}, st.integers(1, 9)),
    bounded(st.builds(lambda parts: {"sum": parts}, st.lists(plain_rules(), min_size=1, max_size=3))),
    st.just({"as_needed": True}),
    st.just({"text": "若干"}),
)
whens = st.one_of(
    st.just({}),
    st.just({"vehicles": {"min": 1}}),
    st.just({"region": ["east", "west"]}),
    st.just({"coast": True}),
)


@st.composite
def standards(draw):
    """A valid standard as plain data (the form of the YAML, spelled out)."""
    columns = [{"id": "city", "when": {"level": "city"}}, {"id": "county", "when": {"level": "county"}}]
    rows = []
    for kinds in draw(st.lists(st.sampled_from(NESTS), min_size=1, max_size=8)):
        quantity = {column["id"]: draw(rules) for column in columns if draw(st.integers(0, 4))}
        obligation = {
            column: draw(st.sampled_from(["required", "required", "optional"])) for column in quantity
        }
        clash = any(
            set(row["kinds"]) == set(kinds) != set()
            and any(row["obligation"].get(column) == what for column, what in obligation.items())
            for row in rows
        )
        if not clash:
            rows.append(
                {
                    "id": f"r{len(rows)}",
                    "kinds": list(kinds),
                    "quantity": quantity,
                    "obligation": obligation,
                    "when": draw(whens),
                }
            )
    return {
        "columns": columns,
        "requirements": rows,
        "limit": draw(st.sampled_from(["floor", "floor", "ceiling"])),
    }


facts = st.fixed_dictionaries(
    {"level": st.sampled_from(["city", "county"])},
    optional={
        "staff": st.integers(0, 30),
        "vehicles": st.integers(0, 6),
        "main_posts": st.integers(0, 12),
        "region": st.sampled_from(["east", "west", "central"]),
        "coast": st.booleans(),
    },
)


def day(*offsets):
    return st.sampled_from([None, *(AS_OF + dt.timedelta(days=n) for n in offsets)])


acquired_days, check_days, end_days = (
    day(-800, 0, 1),
    day(-800, -366, -365, -30, 0, 1),
    day(-30, -1, 0, 1, 90),
)
kinds = st.fixed_dictionaries(
    {
        name: st.fixed_dictionaries(
            {
                "metrology": st.sampled_from([True, True, False]),
                "months": st.none() | st.sampled_from([6, 12]),
                "off_ledger": st.booleans(),
            }
        )
        for name in KIND_IDS
    }
)


@st.composite
def ledgers(draw, distinct_numbers=False):
    """Rows in ledger order; a row often repeats an earlier one word for word, or in all but one field."""
    units = []
    for row in range(draw(st.integers(0, 12))):
        if units and not distinct_numbers and draw(st.integers(0, 3)) == 0:
            again = draw(st.sampled_from([units[-1], *units]))
            change = draw(
                st.sampled_from([{}, {}, {"status": "idle"}, {"valid_until": AS_OF}, {"model": "N"}])
            )
            units.append(dataclasses.replace(again, row=row, **({} if again.rejected else change)))
            continue
        decision = draw(st.sampled_from([*["auto"] * 8, "confirmed", "review", "none"]))
        kind = (
            draw(st.sampled_from(["a", "a", "b", *KIND_IDS, "z"]))
            if decision in ("auto", "confirmed")
            else None
        )
        rejected = draw(st.integers(0, 15)) == 0
        number = f"n{row}" if distinct_numbers else draw(st.sampled_from([None, None, "n1", "n2"]))
        units.append(
            Unit(
                row=row,
                kind=kind,
                decision=decision,
                quantity=0 if rejected else draw(small),
                status=draw(st.sampled_from([*["in_use"] * 6, "idle", "idle", *frames.STATUSES])),
                model=draw(st.sampled_from([None, None, "M"])),
                asset_no=number,
                acquired=draw(acquired_days),
                checked_on=draw(check_days),
                valid_until=draw(end_days),
                rejected=rejected,
                records=[(draw(check_days), draw(end_days))] if draw(st.integers(0, 3)) == 0 else [],
            )
        )
    return units


def as_standard(data: dict) -> Standard:
    rows = [row | {"name": row["id"], "source": {"status": "estimate"}} for row in data["requirements"]]
    columns = [column | {"label": column["id"]} for column in data["columns"]]
    head = {"id": "made-up", "family": "made-up", "title": "虚构标准", "limit": data["limit"]}
    return Standard.model_validate(head | {"columns": columns, "requirements": rows})


def as_facts(bureaus: dict[str, dict]) -> pl.DataFrame:
    names = sorted({name for stated in bureaus.values() for name in stated})
    rows = [
        {"bureau": code} | {name: as_text(stated[name]) if name in stated else None for name in names}
        for code, stated in bureaus.items()
    ]
    return pl.DataFrame(rows, schema={"bureau": pl.String(), **dict.fromkeys(names, pl.String())})


def as_frames(bureaus: dict[str, list[Unit]]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """(assets, matches, checks); rows are renumbered over all bureaus in order."""
    assets, matches, checks, number = [], [], [], 0
    for code, units in bureaus.items():
        for unit in units:
            serial = f"s{number}"
            assets.append(
                {
                    "bureau": code, "row": number, "part": 0, "ref": f"台账.csv#{number}", "role": "ledger",
                    "asset_no": unit.asset_no, "serial": serial, "name": unit.name, "model": unit.model,
                    "quantity": unit.quantity, "status": unit.status, "acquired": unit.acquired,
                    "checked_on": unit.checked_on, "valid_until": unit.valid_until,
                    "rejected": "bad-quantity" if unit.rejected else None,
                }
            )  # fmt: skip
            matches.append(
                {
                    "row": number,
                    "part": 0,
                    "kind": unit.kind,
                    "method": "exact",
                    "score": 1.0,
                    "decision": unit.decision,
                }
            )
            for checked, until in unit.records:
                record = {"serial": serial, "checked_on": checked, "valid_until": until}
                checks.append(record | {"bureau": code, "ref": "检定.csv#1"})
            number += 1
    return frames.ASSETS.build(assets), frames.MATCHES.build(matches), frames.CHECKS.build(checks)


def as_kinds(data: dict) -> pl.DataFrame:
    return frames.KINDS.build([{"kind": name} | values for name, values in data.items()])


def as_services(bureaus: dict[str, dict]) -> pl.DataFrame:
    rows = [
        {"bureau": b, "requirement": r, "quantity": n}
        for b, services in bureaus.items()
        for r, n in services.items()
    ]
    return frames.SERVICES.build(rows)
