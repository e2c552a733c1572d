"""A roll-up's answer in one sentence and its four numbers: of attested rows; what is assumed stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from equipcheck.fleet.results import Rollup, Tally
from equipcheck.report import rollup_words, words
from equipcheck.report.headline import Figure
from equipcheck.report.rollup_words import assumed, attested


def answer(rollup: Rollup) -> str:
    """What a leader must know, in one sentence."""
    known = f"{rollup.listed} 个单位，计入 {len(rollup.bureaus)} 个"
    if rollup.not_reported:
        known += f"，没有报送 {len(rollup.not_reported)} 个"
    rates = rollup.attested
    if not rates.applicable:
        return f"{known}；没有标准有据且可以核查的必配项"
    which = "标准有据的必配装备" if assumed(rollup) else "必配装备"
    said = f"{known}；{which}达标率 {words.span(rates)}"
    short = rollup_words.missing(attested(rollup))
    if not short:
        return f"{said}，均无缺口"
    named = words.names((f"{one.name}（{must.bureaus_short} 个单位）" for one, must in short), most=4)
    return f"{said}，缺得最多的是{named}"


def figures(rollup: Rollup) -> list[Figure]:
    """达标率 as a range, 数量配备率, what is missing, what closing it costs."""
    rates, every = rollup.attested, rollup.coverage
    rows = [one.must for one in attested(rollup) if one.must is not None]
    gap = sum(one.gap for one in rows)
    short = max((one.bureaus_short for one in rows), default=0)
    known, unpriced = _money(rows)
    price = f"另有 {unpriced} 件待询价" if unpriced else "按目录和各单位询价估算，不是报价"
    return [
        Figure(
            "达标率",
            words.span(rates),
            f"{rates.met}/{rates.applicable} 项次达标",
            _beside(rollup, f"{words.span(every)}（{every.met}/{every.applicable}）"),
            "bureaus",
        ),
        Figure(
            "数量配备率",
            words.share(rates.by_quantity),
            "可计入的件数÷要求的件数",
            _beside(rollup, words.share(every.by_quantity)),
            "requirements",
        ),
        Figure(
            "必配缺口",
            f"{gap:,} 件",
            f"最多的一种有 {short} 个单位缺",
            _beside(rollup, f"{rollup.need.gap_units:,} 件（{rollup.need.gap_kinds:,} 项次）"),
            "requirements",
        ),
        Figure(
            "补齐约需",
            f"{words.yuan(known)} 元",
            price,
            _beside(rollup, rollup_words.cost_in_words(rollup.need)),
            "requirements",
        ),
    ]


def _money(rows: Sequence[Tally]) -> tuple[Decimal, int]:
    return sum((one.cost or Decimal(0) for one in rows), Decimal(0)), sum(one.unpriced_units for one in rows)


def _beside(rollup: Rollup, text: str) -> str:
    return f"连同参考清单 {text}" if assumed(rollup) else ""
