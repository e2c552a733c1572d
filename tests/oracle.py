"""The definition of assessing, slow and obvious: plain objects, one bureau, no frames.

`equipcheck.assess` is the fast copy; property tests hold the two equal.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction

INFINITE = 10**7
NOT_HELD = {"duplicate", "after_as_of", "gone"}


@dataclass
class Unit:
    """A ledger row."""

    row: int
    kind: str | None
    decision: str
    quantity: int
    status: str = "in_use"
    name: str = "名称"
    model: str | None = None
    asset_no: str | None = None
    serial: str | None = None
    acquired: dt.date | None = None
    checked_on: dt.date | None = None
    valid_until: dt.date | None = None
    rejected: bool = False
    records: list = field(default_factory=list)  # further (checked_on, valid_until) of a register


def number(rule: dict, facts: dict) -> int:
    """What a rule (in the form of the YAML) asks for."""
    if "sum" in rule:
        value = sum(number(part, facts) for part in rule["sum"])
    elif "tiers" in rule:
        value, used = 0, 0
        for tier in rule["tiers"]:
            upper = facts[rule["per"]] if tier.get("upto") is None else min(facts[rule["per"]], tier["upto"])
            value += share(tier, max(0, upper - used))
            used = max(used, upper)
    elif "per" in rule:
        value = share(rule, facts[rule["per"]])
    else:
        value = rule["count"]
    value = max(value, rule.get("min") or 0)
    return value if rule.get("max") is None else min(value, rule["max"])


def share(rule: dict, fact: int) -> int:
    """The rule's part of a fact, rounded, times its count."""
    exact = Fraction(fact) * Fraction(rule.get("percent", 100)) / 100 / Fraction(rule.get("every", 1))
    whole = exact.numerator // exact.denominator
    if rule.get("round", "up") == "up" and exact != whole:
        whole += 1
    return whole * rule.get("count", 1)


def reads(rule: dict) -> set:
    """The facts that a rule reads."""
    found = {rule["per"]} if "per" in rule else set()
    return found.union(*(reads(part) for part in rule.get("sum", [])))


def fit(when: dict, facts: dict):
    """True, False, or None where a fact not stated decides."""
    answer = True
    for name, wanted in when.items():
        fact = facts.get(name)
        if fact is None:
            answer = None
            continue
        if isinstance(wanted, dict):
            good = isinstance(fact, int) and wanted.get("min", fact) <= fact <= wanted.get("max", fact)
        else:
            good = fact in (wanted if isinstance(wanted, list) else [wanted])
        if not good:
            return False
    return answer


def column_of(standard: dict, facts: dict):
    """The one column that fits for certain, or None."""
    answers = [(column["id"], fit(column.get("when", {}), facts)) for column in standard["columns"]]
    if any(answer is None for _, answer in answers):
        return None
    fitting = [name for name, answer in answers if answer]
    return fitting[0] if len(fitting) == 1 else None


def asks(row: dict, column: str, facts: dict, floor: bool):
    """(state, required, binds) of one row."""
    rule = row["quantity"].get(column)
    if rule is None:
        return "not_applicable", 0, False
    applies = fit(row.get("when", {}), facts)
    if applies is False:
        return "not_applicable", 0, False
    if "text" in rule or not row["kinds"]:
        return "undecided", None, True
    if rule.get("as_needed"):
        return ("as_needed", None, False) if applies else ("undecided", None, True)
    low = number(rule, {name: facts.get(name) if facts.get(name) is not None else 0 for name in reads(rule)})
    high = number(
        rule, {name: facts.get(name) if facts.get(name) is not None else INFINITE for name in reads(rule)}
    )
    if floor and low == high == 0:
        return "not_applicable", 0, True
    if applies is None or low != high:
        return "undecided", None, True
    return None, low, True


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def validity(unit: Unit, kind: dict, as_of: dt.date):
    """(expired, flag) of an instrument; flag is verification_unknown, verification_due or None."""
    if not kind["metrology"]:
        return False, None
    records = [(unit.checked_on, unit.valid_until), *unit.records]
    records = [
        (checked, until) if checked is None or checked <= as_of
        # of a check made later nothing counts; an end before it is of an earlier one
        else (None, until if until is not None and until < checked else None)
        for checked, until in records
    ]  # fmt: skip
    ends = [until for _, until in records if until is not None]
    checks = [checked for checked, _ in records if checked is not None]
    end, check = max(ends, default=None), max(checks, default=None)
    if end is not None and check is not None and check > end:
        end = None
    if end is not None:
        return end < as_of, None
    if unit.status == "expired":
        return True, None
    if check is None or kind["months"] is None:
        return False, "verification_unknown"
    return False, "verification_due" if months_later(check, kind["months"]) < as_of else None


def why_not(unit: Unit, kind: dict, seen: set, as_of: dt.date, strict: bool):
    """The first reason for which a unit does not count, or None."""
    expired, flag = validity(unit, kind, as_of)
    if unit.asset_no is not None and identity(unit) in seen:
        return "duplicate"
    if unit.acquired is not None and unit.acquired > as_of:
        return "after_as_of"
    for status in ("gone", "pending_disposal", "lent_out", "broken"):
        if unit.status == status:
            return status
    if expired:
        return "verification_expired"
    return "verification_unknown" if strict and flag else None


def identity(unit: Unit):
    """What makes two ledger rows the same asset."""
    dates = (unit.acquired, unit.checked_on, unit.valid_until)
    return (unit.asset_no, unit.name, unit.model, unit.quantity, unit.status, dates)


def assess(
    standard: dict,
    facts: dict,
    units: list,
    kinds: dict,
    services: dict,
    as_of,
    strict=False,
    supplemented=False,
) -> tuple[dict, dict]:
    """({requirement: finding}, {(row, place, requirement): units}) for a bureau whose column is certain."""
    floor = standard.get("limit", "floor") == "floor"
    column = column_of(standard, facts)
    rows = {row["id"]: row for row in standard["requirements"]}
    order = list(rows)
    state = {name: asks(row, column, facts, floor) for name, row in rows.items()}
    binding = [name for name in order if state[name][2]]
    need = {name: (state[name][1] or 0) for name in order}
    places: dict = defaultdict(int)
    counted: dict = defaultdict(int)
    unsure: dict = defaultdict(int)
    flags, pool, excluded, seen = {}, {}, [], set()

    def optional(name):
        return rows[name]["obligation"][column] == "optional"

    def nest(kind):
        """The rows that bind and take a kind, narrow before wide, required before optional."""
        having = [name for name in binding if kind in rows[name]["kinds"]]
        return sorted(having, key=lambda name: (len(rows[name]["kinds"]), optional(name), order.index(name)))

    for unit in units:
        if unit.rejected:
            places[unit.row, "rejected", None] = 0
        elif unit.decision == "review":
            places[unit.row, "review", None] = unit.quantity
        elif unit.kind is None:
            places[unit.row, "unmatched", None] = unit.quantity
        elif not nest(unit.kind):
            places[unit.row, "not_required", None] = unit.quantity
        else:
            reason = why_not(unit, kinds[unit.kind], seen, as_of, strict)
            flags[unit.row] = validity(unit, kinds[unit.kind], as_of)[1]
            if reason is not None:
                excluded.append((unit, reason))
            else:
                pool[unit.row] = [unit, unit.quantity]
                if unit.quantity == 0:
                    places[unit.row, "counted", nest(unit.kind)[0]] = 0
        if unit.asset_no is not None and not unit.rejected:
            seen.add(identity(unit))

    def readiness(entry):
        unit = entry[0]
        return flags[unit.row] is not None, unit.status == "idle", unit.row

    for name in sorted(
        binding, key=lambda name: (optional(name), len(rows[name]["kinds"]), order.index(name))
    ):
        for entry in sorted(pool.values(), key=readiness):
            unit, left = entry
            took = min(left, max(0, need[name] - counted[name]))
            if unit.kind in rows[name]["kinds"] and took:
                entry[1] -= took
                counted[name] += took
                unsure[name] += took if flags[unit.row] else 0
                places[unit.row, "counted", name] += took
    surplus: dict = defaultdict(int)
    for unit, left in pool.values():
        if left:
            surplus[nest(unit.kind)[-1]] += left
            places[unit.row, "surplus", nest(unit.kind)[-1]] += left
    out: dict = defaultdict(int)
    for unit, reason in excluded:
        chain = nest(unit.kind)
        short = [name for name in chain if floor and need[name] > counted[name] + services.get(name, 0)]
        place = (short or chain)[0]
        places[unit.row, "excluded", place] += unit.quantity
        out[place] += 0 if reason in NOT_HELD else unit.quantity

    standing = {unit.kind for unit in units if not unit.rejected and unit.decision != "review" and unit.kind}
    findings = {}
    for name in order:
        serviced = services.get(name, 0)
        filled = counted[name] + serviced
        light = bool(rows[name]["kinds"]) and all(kinds[kind]["off_ledger"] for kind in rows[name]["kinds"])
        status = state[name][0]
        if status is None and not floor:
            status = "over" if surplus[name] else "met"
        elif status is None:
            reached = filled >= need[name]
            if reached and surplus[name]:
                status = "surplus"
            elif reached and filled - unsure[name] < need[name]:
                status = "unverified"
            elif not reached and light and not supplemented and not standing & set(rows[name]["kinds"]):
                status = "unrecorded"
            elif reached:
                status = "met"
            elif optional(name):
                status = "optional"
            else:
                status = "absent" if filled == 0 else "short"
        findings[name] = {
            "required": state[name][1],
            "held": counted[name] + surplus[name] + out[name],
            "usable": counted[name] + surplus[name],
            "counted": counted[name],
            "serviced": serviced,
            "gap": max(0, need[name] - filled) if floor else 0,
            "surplus": surplus[name],
            "unknown": unsure[name],
            "status": status,
        }
    return findings, dict(places)


OUTSIDE = {"not_applicable", "as_needed", "unrecorded", "undecided"}


def coverage(standard: dict, facts: dict, findings: dict) -> dict:
    """达标率 and 数量配备率 over required rows that apply, and what stands apart from them."""
    column = column_of(standard, facts)
    rows = {row["id"]: row for row in standard["requirements"]}
    required = [name for name in rows if rows[name]["obligation"].get(column, "required") == "required"]
    status = {name: findings[name]["status"] for name in required if column in rows[name]["quantity"]}
    counted = [name for name in status if status[name] not in OUTSIDE]
    met = [name for name in counted if status[name] in ("met", "surplus")]
    unsure = [name for name in counted if status[name] == "unverified"]
    needed = sum(findings[name]["required"] for name in counted)
    filled = sum(
        min(findings[name]["counted"] + findings[name]["serviced"], findings[name]["required"])
        for name in counted
    )
    return {
        "by_kind": len(met) / len(counted) if counted else None,
        "by_kind_if_verified": (len(met) + len(unsure)) / len(counted) if counted else None,
        "by_quantity": filled / needed if needed and standard.get("limit", "floor") == "floor" else None,
        "applicable": len(counted),
        "met": len(met),
        "unrecorded": list(status.values()).count("unrecorded"),
        "undecided": list(status.values()).count("undecided"),
    }


def restored(unit: Unit) -> Unit:
    """The unit after everything that can be done for it without buying: sent, repaired, taken back."""
    back = "in_use" if unit.status in ("broken", "lent_out") else unit.status
    return replace(unit, status=back, valid_until=dt.date(2199, 12, 31), checked_on=None, records=[])
