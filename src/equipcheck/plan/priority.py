"""How urgent each gap is: a score in (0, 100] that is the sum of parts, each printed.

Kinds that the standard is known to ask for come before assumed ones, required rows before optional ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from equipcheck.checking.results import Finding, Priority, with_units
from equipcheck.ground.money import yuan
from equipcheck.plan.settings import Settings, Weights
from equipcheck.plan.step import Step

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Trait:
    """What speaks for a gap's urgency: each part's share in 0..1, and what is said of it."""

    requirement: str
    group: tuple[bool, bool]  # (assumed kind, optional): sorts before everything else
    shares: Mapping[str, tuple[Fraction, str]]


@dataclass(frozen=True, slots=True)
class Shift:
    """What moving one weight by a fifth does to the ranks: requirement → (rank before, after)."""

    weight: str
    factor: str
    moved: tuple[tuple[str, int, int], ...]


WEIGHT_NAMES = {
    "attested": "种类有据",
    "required": "必配",
    "nothing_held": "一件可计入的都没有",
    "share_missing": "缺口比例",
    "on_site": "现场取证随身装备",
    "named": "上年报告点名",
    "lapsing": "一年内有到期",
    "cost": "所需经费少",
}


def traits(
    findings: Sequence[Finding], steps: Mapping[str, Sequence[Step]], settings: Settings, day: dt.date
) -> list[Trait]:
    """The traits of every finding with a gap, in the standard's order."""
    return [trait(one, steps[one.requirement], settings, day) for one in findings if one.gap]


def trait(one: Finding, steps: Sequence[Step], settings: Settings, day: dt.date) -> Trait:
    """What speaks for the urgency of one gap."""
    required = one.required or 1
    missing = Fraction(one.gap, required)
    named = {one.requirement, *one.kinds} & {*settings.named}
    shares: dict[str, tuple[Fraction, str]] = {
        "attested": (_yes(one.source.kind == "attested"), "标准有据的种类"),
        "required": (_yes(one.obligation == "required"), "必配"),
        "nothing_held": (_yes(one.counted + one.serviced == 0), "一件可计入的都没有"),
        "share_missing": (missing, f"缺 {one.gap}/{required}"),
        "on_site": (_yes({*one.kinds} & {*settings.on_site_kinds}), "现场取证随身装备"),
        "named": (_yes(named), "上一年度报告点名"),
        "lapsing": (_yes(_lapses(one, day)), "一年内还有仪器到期或有效期不明"),
        "cost": _cheap(steps, settings),
    }
    return Trait(one.requirement, (one.source.kind != "attested", one.obligation != "required"), shares)


def _yes(holds: object) -> Fraction:
    return Fraction(1 if holds else 0)


def _lapses(one: Finding, day: dt.date) -> bool:
    end = day + dt.timedelta(days=365)
    return bool(one.unknown) or any(
        asset.valid_until is not None and asset.valid_until <= end
        for asset in with_units(one.assets, "counted")
    )


def _cheap(steps: Sequence[Step], settings: Settings) -> tuple[Fraction, str]:
    total = Decimal(0)
    for step in steps:
        if step.role == "gap":
            if step.cost is None:
                return Fraction(0), "经费待询价"
            total += step.cost.typical * step.quantity
    for band in settings.cost_bands:
        if total <= band.upto:
            return Fraction(band.share), f"补齐约需 {yuan(total)} 元"
    return Fraction(0), f"补齐约需 {yuan(total)} 元"


def rank(found: Sequence[Trait], weights: Weights) -> dict[str, Priority]:
    """Score, rank and reasons by requirement; of equal scores the standard's order decides."""
    scored = [(one, *_score(one, weights)) for one in found]
    order = sorted(range(len(scored)), key=lambda at: (scored[at][0].group, -scored[at][1], at))
    return {
        scored[at][0].requirement: Priority(scored[at][1], place, scored[at][2])
        for place, at in enumerate(order, start=1)
    }


def _score(one: Trait, weights: Weights) -> tuple[Decimal, tuple[str, ...]]:
    values = {name: Fraction(getattr(weights, name)) for name in WEIGHT_NAMES}
    whole = sum(values.values(), Fraction(0))
    score, because = Decimal(0), []
    for name, (share, words) in one.shares.items():
        exact = share * values[name] / whole * 100
        part = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_HALF_UP)
        score += part
        if part:
            because.append(f"{words} +{part}")
    return min(max(score, CENT), Decimal(100)), tuple(because)


def sensitivity(found: Sequence[Trait], weights: Weights) -> list[Shift]:
    """Which ranks change when one weight moves by a fifth, up or down."""
    base = rank(found, weights)
    shifts = []
    for name in WEIGHT_NAMES:
        for factor, words in ((Decimal("0.8"), "减五分之一"), (Decimal("1.2"), "加五分之一")):
            moved_weights = weights.model_copy(update={name: getattr(weights, name) * factor})
            now = rank(found, moved_weights)
            moved = tuple(
                (key, was.rank, now[key].rank) for key, was in base.items() if was.rank != now[key].rank
            )
            if moved:
                shifts.append(Shift(name, words, moved))
    return shifts
