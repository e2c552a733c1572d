"""Quantity rules, exactly: what a rule asks of a bureau, as polars expressions over many bureaus at once.

All arithmetic is on whole numbers: a ratio percent/100 ÷ every is kept as numerator and denominator, so that
35% of 20 is 7 and not 7.000000000000001 rounded up to 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from equipcheck.standard.bureau import FACT_MAX, as_text
from equipcheck.standard.model import Condition, QuantityRule, Tier, When

if TYPE_CHECKING:
    import polars as pl

Bound = Literal["low", "high"]


def ratio(rule: QuantityRule | Tier) -> Fraction:
    """percent/100 ÷ every, exactly."""
    percent = Fraction(100) if rule.percent is None else Fraction(rule.percent)
    return percent / 100 / Fraction(rule.every)


def amount(rule: QuantityRule, facts: Mapping[str, int]) -> int:
    """What the rule asks for, given its facts (whole numbers ≥ 0). Not for 按需 and open rules."""
    if rule.sum is not None:
        value = sum(amount(part, facts) for part in rule.sum)
    elif rule.per is None:
        value = rule.count
    elif rule.tiers is not None:
        value = sum(_of_slice(tier, size) for tier, size in slices(rule.tiers, facts[rule.per]))
    else:
        value = _of_slice(rule, facts[rule.per])
    if rule.min is not None:
        value = max(value, rule.min)
    return value if rule.max is None else min(value, rule.max)


def slices(tiers: tuple[Tier, ...], fact: int) -> list[tuple[Tier, int]]:
    """Each tier with the part of the fact that falls into it."""
    parts, start = [], 0
    for tier in tiers:
        end = fact if tier.upto is None else min(fact, tier.upto)
        parts.append((tier, max(0, end - start)))
        start = max(start, end)
    return parts


def _of_slice(rule: QuantityRule | Tier, size: int) -> int:
    share = ratio(rule) * size
    whole = (
        -(-share.numerator // share.denominator)
        if rule.round == "up"
        else share.numerator // share.denominator
    )
    return whole * rule.count


def amount_expr(rule: QuantityRule, missing: Bound) -> pl.Expr:
    """The same over a frame with one text column a fact; a fact not stated counts as 0 or as FACT_MAX.

    Rules never fall when a fact grows, so low = high says that the missing facts cannot change the answer.
    """
    import polars as pl

    if rule.sum is not None:
        value = pl.sum_horizontal([amount_expr(part, missing) for part in rule.sum])
    elif rule.per is None:
        value = pl.lit(rule.count, dtype=pl.Int64)
    else:
        fact = pl.col(rule.per).cast(pl.Int64, strict=False).fill_null(0 if missing == "low" else FACT_MAX)
        if rule.tiers is None:
            value = _of_slice_expr(rule, fact)
        else:
            parts, start = [], 0
            for tier in rule.tiers:
                end = fact if tier.upto is None else pl.min_horizontal(fact, pl.lit(tier.upto))
                parts.append(_of_slice_expr(tier, pl.max_horizontal(end - start, pl.lit(0))))
                start = tier.upto or start
            value = pl.sum_horizontal(parts)
    if rule.min is not None:
        value = pl.max_horizontal(value, pl.lit(rule.min, dtype=pl.Int64))
    if rule.max is not None:
        value = pl.min_horizontal(value, pl.lit(rule.max, dtype=pl.Int64))
    return value.cast(pl.Int64)


def _of_slice_expr(rule: QuantityRule | Tier, size: pl.Expr) -> pl.Expr:
    share = ratio(rule)
    add = share.denominator - 1 if rule.round == "up" else 0
    return (size * share.numerator + add) // share.denominator * rule.count


def fits(condition: Condition, fact: str) -> bool:
    """Whether a fact (as `bureau.as_text` writes it) meets a condition."""
    if condition.values is not None:
        return fact in {as_text(value) for value in condition.values}
    try:
        number = Fraction(fact)
    except ValueError:
        return False
    above = condition.min is None or number >= Fraction(condition.min)
    return above and (condition.max is None or number <= Fraction(condition.max))


def when_expr(when: When) -> pl.Expr:
    """Whether all facts fit; null where facts that are not stated decide it."""
    import polars as pl

    tests = [pl.lit(value=True)]
    for name, condition in when.items():
        fact = pl.col(name)
        if condition.values is not None:
            tests.append(fact.is_in([as_text(value) for value in condition.values]))
        else:
            number = fact.cast(pl.Float64, strict=False)
            test = pl.lit(value=True)
            if condition.min is not None:
                test = test & (number >= float(condition.min))
            if condition.max is not None:
                test = test & (number <= float(condition.max))
            # A word where a number is needed does not fit; only a fact not stated leaves it open.
            tests.append(
                pl.when(fact.is_not_null() & number.is_null()).then(pl.lit(value=False)).otherwise(test)
            )
    return pl.all_horizontal(tests)
