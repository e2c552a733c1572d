"""Layers against a slow second reading of the same rule: column by column, written without a look at `layers.py`."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.problems import InputError
from equipcheck.standard.load import load_standard

CATALOGUE = load_catalogue()
NAMES = "abcdef"
KINDS = {name: list(CATALOGUE.kinds)[at : at + 2] for at, name in zip(range(0, 12, 2), NAMES, strict=True)}
"""Two kinds a row, of no other row."""
COLUMNS = ("province", "city", "county")
duty = st.sampled_from(["required", "optional"])
numbers = st.dictionaries(st.sampled_from(COLUMNS), st.integers(0, 3), min_size=1)


def kinds(name: str):
    return st.lists(st.sampled_from(KINDS[name]), min_size=1, unique=True)


@st.composite
def base_row(draw, name: str):
    quantity = draw(numbers)
    obligation = draw(st.none() | duty | st.fixed_dictionaries(dict.fromkeys(quantity, duty)))
    return {
        "id": name,
        "name": name,
        "kinds": draw(kinds(name)),
        "quantity": quantity,
        "obligation": obligation,
    }


@st.composite
def upper_row(draw, name: str, below):
    """A row of the local file; of one that the base has, any part may be left unsaid."""
    quantity = draw(numbers if below is None else st.none() | numbers)
    held = set(quantity or {}) | set(below["quantity"] if below else {})
    some = st.dictionaries(st.sampled_from(sorted(held)), duty, min_size=1)
    whole = st.fixed_dictionaries(dict.fromkeys(sorted(held), duty))
    obligation = draw(st.none() | duty | (whole if below is None else some))
    if below is not None and isinstance(obligation, dict):  # a mapping names every column that is new
        obligation |= {column: draw(duty) for column in sorted(set(quantity or {}) - set(below["quantity"]))}
    row = {"id": name, "quantity": quantity, "obligation": obligation}
    if below is None:
        row |= {"name": name, "kinds": draw(kinds(name))}
    else:
        row["kinds"] = draw(st.none() | kinds(name))
        row["note"] = draw(st.none() | st.just("有理由"))
    return row


@st.composite
def layers(draw):
    names = draw(st.lists(st.sampled_from(NAMES[:4]), min_size=1, unique=True))
    base = [draw(base_row(name)) for name in names]
    below = {row["id"]: row for row in base}
    own = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    return base, [draw(upper_row(name, below.get(name))) for name in own]


def duties(row, quantity):
    given_ = row["obligation"]
    return given_ if isinstance(given_, dict) else dict.fromkeys(quantity, given_ or "required")


def expected(base, upper):
    """(id, kinds, quantity, obligation) of every row, and the ids of rows that are loosened without a reason."""
    above = {row["id"]: row for row in upper}
    rows, looser = [], set()
    for row in base:
        own = above.get(row["id"], {"quantity": None, "obligation": None, "kinds": None, "note": None})
        quantity, obligation = {}, {}
        lower = duties(row, row["quantity"])
        for column in COLUMNS:
            said = (own["quantity"] or {}).get(column)
            number = said if said is not None else row["quantity"].get(column)
            if number is None:
                continue
            quantity[column] = number
            told = own["obligation"]
            touched = own["quantity"] or row["quantity"]
            if isinstance(told, dict) and column in told:
                obligation[column] = told[column]
            elif isinstance(told, str) and column in touched:
                obligation[column] = told
            else:
                obligation[column] = lower.get(column, "required")
            if column in row["quantity"]:
                less = number < row["quantity"][column]
                let_off = (lower[column], obligation[column]) == ("required", "optional")
                if (less or let_off) and not own["note"]:
                    looser.add(row["id"])
        if own["kinds"] and not set(own["kinds"]) <= set(row["kinds"]) and not own["note"]:
            looser.add(row["id"])
        rows.append((row["id"], tuple(own["kinds"] or row["kinds"]), quantity, obligation))
    known = {row["id"] for row in base}
    for row in upper:
        if row["id"] not in known:
            held = row["quantity"]
            rows.append((row["id"], tuple(row["kinds"]), held, duties(row, held)))
    return rows, looser


def file_of(name: str, rows, head) -> str:
    """JSON is YAML; what is None is left unsaid."""
    written = [
        {key: value for key, value in row.items() if value is not None}
        | {"unit": "台", "source": {"status": "estimate"}}
        for row in rows
    ]
    return json.dumps({"id": name, "family": "demo", "title": name, **head, "requirements": written})


@settings(max_examples=250, deadline=None)
@given(layers())
def test_a_layer_is_what_a_slow_reading_makes_of_it(two):
    base, upper = two
    columns = [{"id": one, "label": one, "when": {"level": one}} for one in COLUMNS]
    rows, looser = expected(base, upper)
    with TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "base.yaml").write_text(file_of("base", base, {"columns": columns}), "utf-8")
        (path / "local.yaml").write_text(file_of("local", upper, {"extends": "base.yaml"}), "utf-8")
        if looser:
            with pytest.raises(InputError) as error:
                load_standard("local.yaml", path, CATALOGUE)
            assert {one.code for one in error.value.problems} == {"extends-looser"}
            return
        loaded = load_standard("local.yaml", path, CATALOGUE)
    seen = [
        (
            row.id,
            row.kinds,
            {column: rule.count for column, rule in row.quantity.items()},
            dict(row.obligation),
        )
        for row in loaded.standard.requirements
    ]
    assert seen == rows
