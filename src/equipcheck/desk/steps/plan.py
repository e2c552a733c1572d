"""Step 5: the plan: a budget a year, by rank or by value, what moves when money moves, prices beside the lines."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from equipcheck.desk import project_files
from equipcheck.desk.forms import Form, Refused
from equipcheck.desk.pages import Page
from equipcheck.desk.workspace import Workspace, mark
from equipcheck.ground.encoding import decode
from equipcheck.ground.saving import save
from equipcheck.ledger.values.money import parse_money
from equipcheck.plan.budgets import parse_budgets
from equipcheck.plan.difference import difference
from equipcheck.plan.make import Call
from equipcheck.plan.price_file import with_quote
from equipcheck.plan.prices import USES, Quote
from equipcheck.problems import InputError, Place, Problem
from equipcheck.project.project import shown_path

MOST_YEARS = 10
PRICES = "prices.csv"
USE_OF = {
    "purchase": ("purchase",),
    "service": ("service",),
    "pool": ("pool",),
    "restore": ("verify", "repair"),
}
"""What a line's price may be for; a transfer costs nothing."""


def show(space: Workspace, query: Mapping[str, Any], _: Form | None) -> dict[str, Any]:
    """The plan that the query asks for, and against the one before it (`was`) what moved."""
    texts = _texts(query)
    by = query.get("by") if query.get("by") in ("priority", "value") else "priority"
    optional = query.get("optional") == "1"
    budgets, wrong = _budgets(texts)
    call = Call(budgets, str(by), None, optional)
    plan = space.plan(call)
    was = query.get("was", "")
    path = project_files.prices_path(space)
    return {
        "plan": plan,
        "report": plan.report,
        "texts": texts,
        "first": plan.years[0].year,
        "by": by,
        "optional": optional,
        "budget_wrong": wrong,
        "difference": _since(space, str(was), call) if was else None,
        "this": _said(call),
        "query": urlencode(
            [("b", text) for text in texts] + [("by", by), ("optional", "1" if optional else "")]
        ),
        "download": urlencode(
            [("budget", ",".join(map(str, budgets))), ("by", by), ("with_optional", "1" if optional else "")]
            if budgets
            else [("by", by), ("with_optional", "1" if optional else "")]
        ),
        "uses": USES,
        "use_of": USE_OF,
        "prices_seen": mark(path.read_bytes()) if path.is_file() else "",
        "prices_name": path.name,
        "this_year": space.day().year,
    }


def _texts(query: Mapping[str, Any]) -> list[str]:
    several = getattr(query, "getlist", None)
    texts = [str(one).strip() for one in (several("b") if several is not None else [])]
    while texts and not texts[-1]:
        texts.pop()
    return texts[:MOST_YEARS]


def _budgets(texts: list[str]) -> tuple[tuple[Decimal, ...] | None, dict[int, str]]:
    """A year's money each; what could not be read, by field."""
    found: list[Decimal] = []
    wrong: dict[int, str] = {}
    for at, text in enumerate(texts):
        if not text:
            wrong[at] = "这一年没有填；预算要从头一年起逐年填"
            continue
        try:
            found += parse_budgets(text.replace(",", "").replace("，", ""))
        except InputError as error:
            wrong[at] = error.problems[0].message
    return (tuple(found) or None) if not wrong else None, wrong


def _said(call: Call) -> str:
    """A call as the next page names it: what it was compared with."""
    money = ",".join(map(str, call.budgets or ()))
    return f"{call.by};{'1' if call.with_optional else ''};{money}"


def _since(space: Workspace, was: str, call: Call) -> Any:
    by, optional, money = (*was.split(";"), "", "")[:3]
    if by not in ("priority", "value") or was == _said(call):
        return None
    budgets, wrong = _budgets([one for one in money.split(",") if one])
    if wrong:
        return None
    return difference(space.plan(Call(budgets, by, None, optional == "1")), space.plan(call))


def price(space: Workspace, form: Form) -> str:
    """Write one price into the project's price list, which comes to be with the first."""
    kind, use = form.text("kind"), form.text("use")
    cents, clear = parse_money(form.text("price"), 1)
    field = f"price.{kind}.{form.text('row')}"
    if not clear or cents is None:
        args = {"value": form.text("price"), "expected": "金额，如 12000 或 1.2万", "near": ""}
        said = Problem("bad-price", Place(PRICES), args)
        raise Refused([said], {field: [said.message]})
    year = form.text("year")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        said = Problem(
            "bad-price", Place(PRICES), {"value": year, "expected": "四位年份，如 2023", "near": ""}
        )
        raise Refused([said], {field: [said.message]})
    with space.lock:
        catalogue = space.run().gathered.catalogue
        if kind not in catalogue.kinds or use not in USES:
            raise InputError(Problem("bad-body", Place(PRICES), {"expected": "目录里的种类和用途"}))
        path = project_files.prices_path(space)
        raw = path.read_bytes() if path.is_file() else b""
        if form.text("prices_seen") != (mark(raw) if path.is_file() else ""):
            raise InputError(Problem("prices-changed", Place(path.name)))
        text = decode(raw, shown_path(path))[0] if raw else ""
        quote = Quote(
            kind, use, Decimal(cents) / 100, int(year) if year else None, form.text("source") or None
        )
        save(path, "\ufeff" + with_quote(text, quote, shown_path(path), catalogue))
        project_files.name_prices(space, path)
    return f"/plan?{form.text('query')}&done=priced#_lines"


PAGE = Page("plan", show, {"price": price})
