"""A local rule over another standard (`extends`): rows raised or added, none loosened without a reason."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from equipcheck.ground.yamlfile import Document
from equipcheck.problems import Problem
from equipcheck.standard.model import ONE_COLUMN, QuantityRule, Requirement, Standard
from equipcheck.standard.places import Places
from equipcheck.standard.printing import print_cell
from equipcheck.standard.rules import amount

_INHERITED = (
    "name",
    "category",
    "kinds",
    "unit",
    "when",
    "service",
    "price_limit",
    "life_years",
    "parameters",
    "note",
)
_HEADS = (*range(121), 150, 200, 300, 500, 1000, 10_000)
"""The head-counts for which two rules are compared; real bureaus have no others that matter."""
_FEW = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 100, 200, 1000)
"""The same where a rule reads two facts or more."""


class Layered(NamedTuple):
    """The upper standard with its own rows put over the base's."""

    standard: Standard
    places: Places


def fill(document: Document, base: Standard) -> Document:
    """The upper file's data with what it leaves unsaid taken from the base: head, columns, parts of rows."""
    data = dict(document.data)
    bare = [column.id for column in base.columns] == [ONE_COLUMN]
    data.setdefault("family", base.family)
    data.setdefault("limit", base.limit)
    own = data.get("columns") if isinstance(data.get("columns"), list) else []
    if not bare:
        named = {column.get("id") for column in own or [] if isinstance(column, dict)}
        data["columns"] = [*(own or []), *(column for column in base.columns if column.id not in named)]
    rows = {row.id: row for row in base.requirements}
    written = data.get("requirements")
    if isinstance(written, list):
        data["requirements"] = [
            _fill_row(row, rows[row["id"]], bare=bare)
            if isinstance(row, dict) and isinstance(row.get("id"), str) and row["id"] in rows
            else row
            for row in written
        ]
    return document.but(data=data)


def _fill_row(row: dict[str, Any], under: Requirement, *, bare: bool) -> dict[str, Any]:
    filled = {key: getattr(under, key) for key in _INHERITED} | row
    if bare:
        if "quantity" not in row and ONE_COLUMN in under.quantity:
            filled["quantity"] = under.quantity[ONE_COLUMN]
        filled.setdefault("obligation", under.obligation.get(ONE_COLUMN, "required"))
        return filled
    own = row.get("quantity", {})
    if not isinstance(own, dict):
        return filled
    filled["quantity"] = {**under.quantity, **own}
    given = row.get("obligation")
    if isinstance(given, str):
        changed = own or under.quantity
        filled["obligation"] = {**under.obligation, **dict.fromkeys(changed, given)}
    elif given is None:
        filled["obligation"] = {**dict.fromkeys(own, "required"), **under.obligation}
    elif isinstance(given, dict):
        filled["obligation"] = {**under.obligation, **given}
    return filled


def lay_over(upper: Standard, document: Document, base: Standard, under: Places) -> Layered:
    """The base's rows in their order, raised where the upper standard names them, then its new rows."""
    own: dict[str, tuple[Requirement, int]] = {}
    for at, row in enumerate(upper.requirements):
        own.setdefault(row.id, (row, at))
    rows: list[Requirement] = []
    places: list[tuple[Document, int]] = []
    for at, row in enumerate(base.requirements):
        if row.id in own:
            raised, position = own[row.id]
            rows.append(raised)
            places.append((document, position))
        else:
            source = row.source.model_copy(
                update={"document": row.source.document or base.document or base.title}
            )
            rows.append(row.model_copy(update={"source": source}))
            places.append(under.rows[at])
    known = {row.id for row in base.requirements}
    for at, row in enumerate(upper.requirements):
        if row.id not in known or own[row.id][1] != at:  # a second row of one id is told by `check`
            rows.append(row)
            places.append((document, at))
    columns = [_column_place(column.id, document, base, under) for column in upper.columns]
    return Layered(
        upper.model_copy(update={"requirements": tuple(rows)}),
        Places(document, tuple(places), tuple(columns)),
    )


def _column_place(name: str, document: Document, base: Standard, under: Places) -> tuple[Document, int]:
    written = document.value(("columns",))
    for at, column in enumerate(written if isinstance(written, list) else []):
        if isinstance(column, dict) and column.get("id") == name:
            return document, at
    return next((under.columns[at] for at, one in enumerate(base.columns) if one.id == name), (document, 0))


def loosened(upper: Layered, base: Standard, under: Places) -> Iterator[Problem]:
    """Rows that ask for less than the base without saying why (`note`), and a limit turned round."""
    if upper.standard.limit != base.limit:
        yield Problem("extends-limit", upper.places.top("limit"), {"limit": base.limit})
        return
    below = {row.id: at for at, row in enumerate(base.requirements)}
    for at, row in enumerate(upper.standard.requirements):
        if not upper.places.own(at) or row.id not in below or upper.places.written(at, "note"):
            continue
        position = below[row.id]
        for what in _looser(row, base.requirements[position], base.limit):
            where = under.row(position)
            args = {"row": row.said, "base": f"{where.path}:{where.line}", "what": what}
            yield Problem("extends-looser", upper.places.row(at), args)


def _looser(row: Requirement, base: Requirement, limit: str) -> Iterator[str]:
    for column, rule in base.quantity.items():
        raised = row.quantity.get(column)
        if raised is not None and not _at_least_as_strict(raised, rule, limit):
            unit = row.unit
            yield f"列 {column} {print_cell(rule, unit)} → {print_cell(raised, unit)}"
        if base.obligation.get(column) == "required" and row.obligation.get(column) == "optional":
            yield f"列 {column} 必配 → 选配"
    if base.kinds and not set(row.kinds) <= set(base.kinds):
        yield "可以充抵的装备种类变多"
    if row.when != base.when and limit == "floor":
        yield "适用条件改变"
    if row.service and not base.service:
        yield "改为可由第三方服务满足"


def _at_least_as_strict(rule: QuantityRule, base: QuantityRule, limit: str) -> bool:
    """Whether a rule never asks for less (allows more, of a ceiling) than the base's."""
    if base.text is not None or base.as_needed or rule.text is not None:
        return True
    if rule.as_needed:
        return False
    names = sorted(rule.facts | base.facts)
    values = _HEADS if len(names) < 2 else _FEW
    for combination in itertools.product(values, repeat=len(names)):
        facts: Mapping[str, int] = dict(zip(names, combination, strict=True))
        raised, old = amount(rule, facts), amount(base, facts)
        if (raised < old) if limit == "floor" else (raised > old):
            return False
    return True
