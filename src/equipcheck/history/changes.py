"""What changed between two years, finding by finding, and why.

A gap moves because more (or less) is required, or because more (or less) counts; the two are told apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from equipcheck.history.snapshot import Row, Snapshot
from equipcheck.standard.bureau import FACT_NAMES, FACT_UNITS

Mark = Literal["new", "open", "closed", "again"]
MARKS: dict[Mark, str] = {"new": "新出现", "open": "仍未补齐", "closed": "已补齐", "again": "再次出现"}
What = Literal["requirement", "holdings"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause: on the side of the requirement or of the holdings, its code, the units moved, in words."""

    what: What
    why: str
    units: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A finding from one year to the next."""

    requirement: str
    name: str
    kind: str
    mark: Mark
    gap_before: int
    gap_now: int
    required_by: int  # how much more is required
    counted_by: int  # how much more counts, services included
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """Money planned in one year for the next, and what the next year's ledger shows as bought."""

    year: int
    planned: Decimal
    done: Decimal
    unpriced: int


def changes(before: Snapshot, now: Snapshot, earlier: Sequence[Snapshot] = ()) -> tuple[Change, ...]:
    """Every finding that is or was open, in the standard's order; rows that the standard dropped come last."""
    seen = {row.requirement for snapshot in earlier for row in snapshot.findings if row.open}
    found = [_change(before, now, row.requirement, seen) for row in now.findings]
    present = {row.requirement for row in now.findings}
    found += [
        _change(before, now, row.requirement, seen)
        for row in before.findings
        if row.requirement not in present
    ]
    return tuple(one for one in found if one is not None)


def _change(before: Snapshot, now: Snapshot, requirement: str, seen: Collection[str]) -> Change | None:
    old, new = before.row(requirement), now.row(requirement)
    was, is_ = old is not None and old.open, new is not None and new.open
    if not was and not is_:
        return None
    mark: Mark = "closed" if not is_ else "open" if was else "again" if requirement in seen else "new"
    row = new or old
    if row is None:  # one of the two years has it
        return None
    required = ((new.required or 0) if new else 0) - ((old.required or 0) if old else 0)
    counted = _filled(new) - _filled(old)
    reasons = (*_of_requirement(before, now, old, new, required), *_of_holdings(old, new, counted))
    gaps = (old.gap if old and was else 0, new.gap if new and is_ else 0)
    return Change(requirement, row.name, row.kind, mark, *gaps, required, counted, reasons)


def _filled(row: Row | None) -> int:
    return row.counted + row.serviced if row else 0


def _of_requirement(
    before: Snapshot, now: Snapshot, old: Row | None, new: Row | None, by: int
) -> list[Reason]:
    edition = before.standard.id != now.standard.id
    if old is None or new is None:
        said = "本年所用标准新增此项要求" if new is not None else "本年所用标准不再要求此项"
        return [Reason("requirement", "edition" if edition else "standard", by, said)]
    if by == 0:
        return []
    unit = new.unit or "台"
    moved = f"应配由{old.required or 0}{unit}{'增' if by > 0 else '减'}至{new.required or 0}{unit}"
    reasons = []
    rule_changed = _rule(old) != _rule(new)
    if rule_changed:
        word = "标准版本变化" if edition else "标准的配备规则变化"
        reasons.append(Reason("requirement", "edition" if edition else "standard", by, f"{word}，{moved}"))
    facts = [fact for fact in _facts_changed(before, now) if FACT_NAMES.get(fact, fact) in new.rule]
    if facts:
        listed = "、".join(_fact_moved(before, now, fact) for fact in facts)
        reasons.append(Reason("requirement", "facts", 0 if rule_changed else by, f"{listed}，{moved}"))
    return reasons or [Reason("requirement", "facts", by, moved)]


def _rule(row: Row) -> str:
    """The rule without the bureau's numbers."""
    return row.rule.split("；", 1)[0]


def _facts_changed(before: Snapshot, now: Snapshot) -> list[str]:
    return [
        fact
        for fact in now.bureau
        if fact != "name" and fact in before.bureau and before.bureau[fact] != now.bureau[fact]
    ]


def _fact_moved(before: Snapshot, now: Snapshot, fact: str) -> str:
    unit = FACT_UNITS.get(fact, "")
    return f"{FACT_NAMES.get(fact, fact)}由{before.bureau[fact]}{unit}变为{now.bureau[fact]}{unit}"


_GONE = {
    "verification_expired": ("expired", "检定或校准过期"),
    "verification_unknown": ("unknown", "有效期未登记"),
    "broken": ("broken", "损坏待修"),
    "pending_disposal": ("scrapped", "待报废"),
    "lent_out": ("lent", "出租出借"),
}


def _of_holdings(old: Row | None, new: Row | None, by: int) -> list[Reason]:
    if new is None:
        return []
    unit = new.unit or "台"
    reasons = []
    if new.bought:
        reasons.append(Reason("holdings", "bought", new.bought, f"本年新购{new.bought}{unit}"))
    if old is None:
        return reasons
    for reason, (code, word) in _GONE.items():
        moved = new.out.get(reason, 0) - old.out.get(reason, 0)
        if moved > 0:
            reasons.append(Reason("holdings", code, moved, f"{word}增加{moved}{unit}"))
        elif moved < 0 and by > 0:
            back = "送检合格或补登有效期" if code in ("expired", "unknown") else f"{word}减少"
            reasons.append(Reason("holdings", "restored", -moved, f"{back}{-moved}{unit}"))
    left = old.held + new.bought - new.held
    if left > 0:
        reasons.append(Reason("holdings", "scrapped", left, f"报废、调出或核销{left}{unit}"))
    elif left < 0:
        reasons.append(Reason("holdings", "added", -left, f"调入或补登{-left}{unit}"))
    if new.serviced != old.serviced:
        more = new.serviced - old.serviced
        reasons.append(
            Reason(
                "holdings",
                "service",
                abs(more),
                f"服务、统调或借用{'增加' if more > 0 else '减少'}{abs(more)}{unit}",
            )
        )
    return reasons


def money(before: Snapshot, now: Snapshot) -> Money:
    """Money planned the year before against what was bought this year (required rows)."""
    return Money(
        now.year,
        sum((row.planned for row in before.findings if row.open), Decimal(0)),
        sum((row.spent for row in now.findings if row.obligation == "required"), Decimal(0)),
        sum(row.unpriced for row in now.findings if row.obligation == "required"),
    )
