"""Sentences of a roll-up, shared by its renderers."""

from __future__ import annotations

from collections.abc import Mapping

from equipcheck.checking.results import Rates
from equipcheck.fleet.results import Need, RequirementLine, Rollup, TransferLine
from equipcheck.report import words
from equipcheck.standard.words import value_in_words

FLAGS = {"idle": "闲置", "unsure": "有效期未登记，须先送检", "old": "已超过使用年限，须先鉴定"}


def attested(rollup: Rollup) -> list[RequirementLine]:
    """The rows that a headline speaks of: all of them where none is assumed."""
    return [one for one in rollup.requirements if one.trust[1] == "attested"]


def assumed(rollup: Rollup) -> bool:
    """Whether rows of assumed kinds stand beside."""
    return rollup.attested != rollup.coverage


def trust_lines(rollup: Rollup) -> list[str]:
    """What must be said of the numbers before anybody rests on them."""
    return [words.ESTIMATE] if any(one.trust[0] == "estimate" for one in rollup.requirements) else []


def head_lines(rollup: Rollup) -> list[str]:
    """Which bureaus, which editions, which day."""
    lines = [f"单位：{rollup.listed} 个，计入 {len(rollup.bureaus)} 个，没有计入 {len(rollup.failed)} 个"]
    for one in rollup.editions:
        document = f"，{one.document}" if one.document else ""
        count = (
            f"，{one.bureaus} 个单位，达标率 {words.span(one.coverage)}" if len(rollup.editions) > 1 else ""
        )
        lines.append(f"标准：{one.title}（{one.id}{document}）{count}")
    if rollup.dates or rollup.as_of is not None:
        lines.append(f"截至：{day_line(rollup)}")
    return lines


def day_line(rollup: Rollup) -> str:
    """The day that all numbers speak of, or that they speak of several."""
    if rollup.as_of is not None:
        return str(rollup.as_of)
    return f"各单位不同（{'、'.join(f'{day} {count} 个' for day, count in rollup.dates.items())}）"


def whole_lines(rollup: Rollup) -> list[str]:
    """Rates with their spread, what is missing and its price; attested kinds first, then all of them together."""
    rates, spread = rollup.coverage, rollup.by_kind
    beside = assumed(rollup)
    lines = [_rates("标准有据的装备", rollup.attested)] if beside else []
    lines.append(_rates("连同参考清单" if beside else "必配装备", rates))
    which = "（连同参考清单）" if beside else ""
    if spread.bureaus > 1:
        lines.append(
            f"各单位达标率{which}：最低 {words.share(spread.least)}，四分之一 {words.share(spread.p25)}，"
            f"中位数 {words.share(spread.median)}，四分之三 {words.share(spread.p75)}，最高 {words.share(spread.most)}"
        )
    lines.append(
        f"必配缺口{which} {rollup.need.gap_units} 件（{rollup.need.gap_kinds} 项次），{money_line(rollup.need)}"
    )
    left_out = [
        f"{label} {count} 项次"
        for label, count in (("台账未登记", rates.unrecorded), ("待定", rates.undecided))
        if count
    ]
    if left_out:
        lines.append(f"未计入达标率：{'、'.join(left_out)}")
    return lines


def _rates(which: str, rates: Rates) -> str:
    met = f"达标率 {words.span(rates)}（{rates.met}/{rates.applicable} 项次）"
    return f"{which}：{met}，数量配备率 {words.share(rates.by_quantity)}"


def money_line(need: Need) -> str:
    """「补齐约需 12,000 元（维修送检 …、购置 …）」"""
    if not need.gap_units:
        return "无需补齐"
    parts = [
        f"{words.ACTION[action]} {units} 件 {words.yuan(cost)} 元{f'（另 {unpriced} 件待询价）' if unpriced else ''}"
        for action, units, cost, unpriced in need.steps
    ]
    return f"补齐约需 {cost_in_words(need)}：{'，'.join(parts)}"


def cost(need: Need) -> str:
    """The known cost, and how many units have no price."""
    text = words.yuan(need.cost)
    return f"{text}+{need.unpriced_units}件待询价" if need.cost is not None and need.unpriced_units else text


def cost_in_words(need: Need) -> str:
    """「12,000 元（另 3 件待询价）」"""
    if need.cost is None:
        return "待询价"
    return f"{words.yuan(need.cost)} 元" + (
        f"（另 {need.unpriced_units} 件待询价）" if need.unpriced_units else ""
    )


def books_line(rollup: Rollup) -> str:
    """Rows and units by place, and what stands outside."""
    rows, units, outside = (rollup.accounting[name] for name in ("rows", "units", "not_assessed"))
    parts = [
        f"{words.PLACE[place]} {rows[place]} 行 {units[place]} 件" for place in words.places(rows, units)
    ]
    text = f"读入 {rows['read']} 行 {units['read']} 件 = {' + '.join(parts)}，收支相符"
    if outside["bureaus"]:
        seen = f"{outside['rows']} 行 {outside['units']} 件"
        text += f"；没有计入的 {outside['bureaus']} 个单位或代码已读到 {seen}，不在其内"
    return text


def transfers_line(rollup: Rollup) -> str:
    """How much could move, and what it saves."""
    found = rollup.transfers
    more = f"，另有 {found.unpriced_units} 件待询价" if found.unpriced_units else ""
    return (
        f"{len(found.lines)} 笔 {found.units} 件，少购置约 {words.yuan(found.saves)} 元{more}；"
        f"余 {found.left_over} 件别处不缺"
    )


def asset_doubts(one: TransferLine) -> list[str]:
    """What must be said of the units that would move, and of how many of them where not of all."""
    units: dict[str, int] = {}
    for asset in one.assets:
        for flag in asset.flags:
            units[flag] = units.get(flag, 0) + asset.units
    return [
        FLAGS[flag] if count == one.quantity else f"{count}{one.unit or '件'}{FLAGS[flag]}"
        for flag, count in units.items()
    ]


def with_doubts(one: TransferLine, numbers: str) -> str:
    """Asset numbers, and behind them what must be said of the units."""
    return "，".join([numbers, *asset_doubts(one)])


def without(one: RequirementLine, called: Mapping[str, str]) -> str:
    """Which bureaus have none at all."""
    if len(one.none) == one.bureaus and one.bureaus > 1:
        return f"适用的 {one.bureaus} 个单位都没有"
    return words.names([called[code] for code in one.none], 8, "个")


def names(rollup: Rollup) -> dict[str, str]:
    """What each bureau is called."""
    return {one.code: one.name or one.code for one in rollup.bureaus}


def level(code: str | None, empty: str = "（未写明）") -> str:
    """省级, 市级, 县级, or as it is written."""
    return value_in_words("level", code) if code else empty


def region(code: str | None, empty: str = "（未写明）") -> str:
    """东部, 中部, 西部, or as it is written."""
    return value_in_words("region", code) if code else empty


def next_step(rollup: Rollup) -> str:
    """The most important thing to do."""
    if rollup.not_reported:
        names = words.names([one.name or one.bureau for one in rollup.not_reported], 5, "个")
        return f"催报 {len(rollup.not_reported)} 个没有报送台账的单位：{names}"
    if rollup.failed:
        return f"改正没有计入的 {len(rollup.failed)} 个单位或代码（见上），再汇总一次：只重读改动的文件"
    if not rollup.bureaus:
        return "一个单位也没有计入：放入填好的台账，或给出机构表（--bureaus），再汇总一次"
    if rollup.transfers.lines:
        return "先办单位之间的调剂（-f xlsx 含调剂申请表），再安排购置"
    if rollup.need.gap_units:
        return "各单位运行 equipcheck plan 排出补齐的先后、途径和经费"
    return "各单位均无缺口，保持检定有效期即可"
