"""Which findings a passage speaks of, in which order, and the words that several parts share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from equipcheck.checking.results import Finding, Report, with_units
from equipcheck.section.writing.blocks import clean

OUTSIDE = ("not_applicable", "as_needed")

_OUT = {
    "verification_expired": "检定（校准）过期",
    "verification_unknown": "检定（校准）有效期未登记",
    "broken": "损坏待修",
    "pending_disposal": "待报废",
    "lent_out": "出租出借",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Required findings of one trust, sorted into what will be said of them."""

    rows: tuple[Finding, ...]  # all that apply, in the standard's order
    gaps: tuple[Finding, ...]  # with a gap, most important first
    waived: tuple[Finding, ...]
    met: tuple[Finding, ...]
    unverified: tuple[Finding, ...]
    unsure: tuple[Finding, ...]  # met, because there are more than needed, with units of unknown validity
    unrecorded: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    over: tuple[Finding, ...]

    @property
    def settled(self) -> int:
        """How many rows an answer exists for."""
        return len(self.rows) - len(self.unrecorded) - len(self.undecided)


def choose(report: Report, trust: str) -> Chosen:
    """The required findings whose kinds are `attested` or `assumed`."""
    rows = [
        one
        for one in report.findings
        if one.obligation == "required" and one.source.kind == trust and one.status not in OUTSIDE
    ]
    unrecorded = [one for one in rows if one.status == "unrecorded"]
    undecided = [one for one in rows if one.status == "undecided"]
    open_ = [one for one in rows if one.gap and one.status not in ("unrecorded", "undecided")]
    waived = [one for one in open_ if one.waiver is not None and one.waiver.in_force]
    return Chosen(
        rows=tuple(rows),
        gaps=tuple(sorted((one for one in open_ if one not in waived), key=_rank)),
        waived=tuple(waived),
        met=tuple(one for one in rows if one.status in ("met", "surplus")),
        unsure=tuple(one for one in rows if one.status == "surplus" and one.unsure),
        unverified=tuple(one for one in rows if one.status == "unverified"),
        unrecorded=tuple(unrecorded),
        undecided=tuple(undecided),
        over=tuple(one for one in rows if one.status == "over"),
    )


def _rank(one: Finding) -> int:
    """By priority; without one, in the standard's order (sorting keeps it)."""
    return one.priority.rank if one.priority is not None else 10**6


def unit(one: Finding) -> str:
    """The row's unit."""
    return clean(one.unit or "台")


def amount(one: Finding, number: int) -> str:
    """「2套」"""
    return f"{number}{unit(one)}"


def name(one: Finding) -> str:
    """The row's name as printed."""
    return clean(one.name)


def listed(rows: Sequence[Finding]) -> str:
    """「甲、乙、丙」"""
    return "、".join(name(one) for one in rows)


def quoted(names: Iterable[str]) -> str:
    """「“甲”“乙”等5种」, names as the ledger writes them."""
    every = list(names)
    text = "".join(f"“{one}”" for one in every[:MOST_QUOTED])
    return text if len(every) <= MOST_QUOTED else f"{text}等{len(every)}种"


MOST_QUOTED = 5


def need(one: Finding) -> str:
    """「应配2套」, or what the working value says; an estimate is never called the standard's number."""
    said = amount(one, one.required or 0)
    return f"按工作参考值需配{said}" if one.source.status == "estimate" else f"应配{said}"


def out(one: Finding) -> list[tuple[str, int]]:
    """Units on the books that may not be counted, by reason, most first."""
    sums: Counter[str] = Counter()
    for asset in with_units(one.assets, "out"):
        if asset.excluded in _OUT:
            sums[asset.excluded] += asset.out
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))


def apart(one: Finding, reason: str) -> int:
    """Units of a ledger row that do not stand on the books for this reason: gone, after_as_of."""
    return sum(asset.out for asset in with_units(one.assets, "out") if asset.excluded == reason)


def out_words(one: Finding) -> str:
    """「检定（校准）过期2部、待报废1部」"""
    return "、".join(f"{_OUT[reason]}{amount(one, units)}" for reason, units in out(one))


def out_units(one: Finding, *reasons: str) -> int:
    """How many units are out for these reasons."""
    return sum(units for reason, units in out(one) if reason in reasons)


def standard_name(report: Report) -> str:
    """「《…》（环办执法〔2024〕27号）」"""
    title = f"《{clean(report.standard['title'])}》"
    document = report.standard["document"]
    return f"{title}（{clean(document)}）" if document else title


def money(value: Decimal) -> str:
    """「3.5万元」, below 万元 「800元」."""
    if value < 10_000:
        return f"{_plain(value)}元"
    return f"{_plain((value / 10_000).quantize(Decimal('0.01'), ROUND_HALF_UP))}万元"


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def day(report: Report) -> str:
    """「2023年12月31日」"""
    return f"{report.as_of.year}年{report.as_of.month}月{report.as_of.day}日"
