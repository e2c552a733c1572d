"""Rates that a draft states, against both ways of counting: 达标率 (rows met) and 数量配备率 (units)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from equipcheck.checking.results import Finding, Rates, Report
from equipcheck.ground.percent import rounded
from equipcheck.ledger.values.numerals import chinese_number
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.verdicts.judged import Judged, Verdict


def judge_rate(said: Statement, report: Report, findings: Mapping[str, Finding]) -> Judged | None:
    """The verdict on a stated rate, at the precision in which it is written. None where it is no number."""
    stated = _percent(said.rate or "")
    if stated is None:
        return None
    rows = [findings[one] for one in said.target.requirements]
    requirement = rows[0].requirement if len(rows) == 1 else None
    known = _of_rows(rows) if rows else _of_report(report)
    if not known:
        return Judged(requirement, said.target.kind, "rate", "unknown", "没有可计算的比率")
    value, places = stated
    shown = {label: rounded(rate, max(places, 1)) for label, rate in known.items()}
    fitting = [label for label, rate in known.items() if _fits(rate, value, places, said.loose)]
    listed = "，".join(f"{label}{percent}%" for label, percent in shown.items())
    verdict: Verdict = "agrees" if fitting else "contradicts"
    because = (
        f"{said.rate}与{fitting[0]}相符（{listed}）" if fitting else f"两种算法都得不出{said.rate}：{listed}"
    )
    return Judged(requirement, said.target.kind, "rate", verdict, because)


def _percent(text: str) -> tuple[Decimal, int] | None:
    """「85.5%」 is 85.5 with one decimal; 「百分之八十五」 85."""
    digits = re.fullmatch(r"(\d+(?:\.(\d+))?)%", text)
    if digits is not None:
        return Decimal(digits[1]), len(digits[2] or "")
    words = text.removeprefix("百分之")
    whole, _, part = words.partition("点")
    number = 100 if whole == "百" else chinese_number(whole)
    tail = "".join(str(chinese_number(c)) for c in part)
    if number is None or not re.fullmatch(r"\d*", tail):
        return None
    return Decimal(f"{number}.{tail}" if tail else number), len(tail)


def _fits(rate: Fraction, value: Decimal, places: int, loose: str) -> bool:
    exact = rate * 100
    if loose == "least":
        return exact >= Fraction(value)
    if loose == "most":
        return exact < Fraction(value)
    if loose == "about":
        return abs(exact - Fraction(value)) <= 1
    return rounded(rate, places) == value


def _of_report(report: Report) -> dict[str, Fraction]:
    """Every rate that the check gives: of attested rows and of all, 达标率 from sure to if verified."""
    known: dict[str, Fraction] = {}
    pairs = [("", report.coverage)]
    if report.attested != report.coverage:
        pairs = [("有据装备", report.attested), ("连同参考清单", report.coverage)]
    for label, rates in pairs:
        known |= _of_rates(label, rates)
    return known


def _of_rates(label: str, rates: Rates) -> dict[str, Fraction]:
    known: dict[str, Fraction] = {}
    if rates.applicable and rates.by_kind is not None:
        known[f"{label}达标率"] = Fraction(rates.met, rates.applicable)
        if rates.by_kind_if_verified is not None and rates.by_kind_if_verified != rates.by_kind:
            known[f"{label}达标率（有效期核实后）"] = _exact(rates.by_kind_if_verified)
    if rates.by_quantity is not None:
        known[f"{label}数量配备率"] = _exact(rates.by_quantity)
    return known


def _exact(value: float) -> Fraction:
    """The ratio of counts that a rate came from."""
    return Fraction(value).limit_denominator(10**6)


def _of_rows(rows: list[Finding]) -> dict[str, Fraction]:
    """The rates of one row or of an umbrella word's rows."""
    rows = [one for one in rows if one.required]
    needed = sum(one.required or 0 for one in rows)
    if not needed:
        return {}
    filled = sum(min(one.counted + one.serviced, one.required or 0) for one in rows)
    known = {"数量配备率": Fraction(filled, needed)}
    if len(rows) > 1:
        known["达标率"] = Fraction(sum(one.status in ("met", "surplus") for one in rows), len(rows))
    return known
