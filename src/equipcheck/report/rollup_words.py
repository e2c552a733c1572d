"""Sentences of a roll-up, shared by its renderers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from equipcheck.checking.results import Rates
from equipcheck.fleet.results import (
    BureauLine,
    HeldBack,
    Moved,
    Need,
    RequirementLine,
    Rollup,
    Tally,
    TransferLine,
    Withheld,
)
from equipcheck.problems.catalogue import ENTRIES
from equipcheck.report import words
from equipcheck.standard.bureau import FACT_NAMES
from equipcheck.standard.words import value_in_words

FLAGS = {"idle": "闲置", "unsure": "有效期未登记，须先送检", "old": "已超过使用年限，须先鉴定"}
WITHHELD = {
    "need_unknown": "本单位这种装备应配多少还不能确定",
    "state_open": "状况或归属没有写明白",
    "kept": "留足本单位：有疑问的各件如果都不能计入，这些须留下",
    "not_then": "到有的单位的截至日已不能计入",
}
"""Why units over are not offered to others."""


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
    if told := unknown_line(rollup):
        lines.append(told)
    outside = [
        f"{label} {count} 项次"
        for label, count in (("台账未登记", rates.unrecorded), ("待定", rates.undecided))
        if count
    ]
    if outside:
        lines.append(f"未计入达标率：{'、'.join(outside)}")
    open_ = [one for one in rollup.bureaus if one.missing_facts]
    if open_:
        named = (f"{one.name or one.code}（{_facts(one)}）" for one in open_)
        lines.append(f"缺少这些数才有待定：{words.names(named, 6, '个')}")
    return lines


def _facts(one: BureauLine) -> str:
    return "、".join(FACT_NAMES.get(fact, fact) for fact in one.missing_facts)


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
    said = f"补齐约需 {cost_in_words(need)}" + (f"：{'，'.join(parts)}" if parts else "")
    return "；".join([said, *left_out(need)])


def left_out(need: Need) -> list[str]:
    """What is missing and stands in no cost."""
    return [
        f"{count} 件{why}，不在其内"
        for count, why in (
            (need.waived_units, "有情况说明"),
            (need.quota_units, "先核车辆编制（没有填报或已满）"),
        )
        if count
    ]


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
    optional = f"（其中选配 {words.yuan(found.saves_optional)} 元）" if found.saves_optional else ""
    return (
        f"{len(found.lines)} 笔 {found.units} 件，少购置约 {words.yuan(found.saves)} 元{optional}{more}；"
        f"余 {found.left_over} 件可调而别处不缺"
    )


def withheld_line(rollup: Rollup) -> str:
    """How much of what others lack stands over and is not offered."""
    found = rollup.transfers.withheld
    return f"别处缺而没有列入调剂的有余装备 {len(found)} 行 {sum(one.quantity for one in found)} 件，原因逐行列出"


def why_withheld(one: Withheld) -> str:
    """Why units over are not offered."""
    more = f"（{ENTRIES[one.asked].title}）" if one.asked else ""
    until = f"（有效期至 {one.valid_until}）" if one.valid_until else ""
    return f"{WITHHELD[one.why]}{more}{until}"


def why_held_back(one: HeldBack) -> str:
    """Why what is missing is neither bought nor asked of others."""
    stated = "没有填报车辆编制" if one.quota is None else f"车辆编制 {one.quota}，账上已满"
    return f"先核编制：{stated}，不列入购置和调剂"


def asked_line(rollup: Rollup) -> str:
    """How many rows have a state, or an owner, that must be asked for."""
    found = rollup.questions
    return (
        f"状况或归属要问清的 {len(found)} 行 {sum(one.quantity for one in found)} 件"
        "（未改动台账所写，不列入调剂）"
    )


def unknown_line(rollup: Rollup) -> str:
    """Of which rows units count whose validity is not recorded, or nothing."""
    rows = [one for one in rollup.requirements if one.unknown]
    named = words.names((f"{one.name}{one.unknown}{one.unit or '件'}" for one in rows), 6)
    return f"计入的计量器具中没有登记有效期的：{named}" if rows else ""


def asset_doubts(one: TransferLine) -> list[str]:
    """What must be said of the units that would move, and of how many of them where not of all."""
    units: dict[str, int] = {}
    for asset in one.assets:
        for said in asset_flags(asset):
            units[said] = units.get(said, 0) + asset.units
    return [
        said if count == one.quantity else f"{count}{one.unit or '件'}{said}" for said, count in units.items()
    ]


def asset_flags(asset: Moved) -> list[str]:
    """What must be said of a row that would move."""
    said = [FLAGS[flag] for flag in asset.flags]
    return [*said, f"有效期至 {asset.valid_until}，届满前送检"] if asset.valid_until else said


def with_doubts(one: TransferLine, numbers: str) -> str:
    """Asset numbers, and behind them what must be said of the units."""
    return "，".join([numbers, *asset_doubts(one)])


def missing(lines: Iterable[RequirementLine]) -> list[tuple[RequirementLine, Tally]]:
    """Rows with a gap where they are required, what most bureaus lack first."""
    short = [(one, one.must) for one in lines if one.must is not None and one.must.gap]
    return sorted(short, key=lambda at: (-at[1].bureaus_short, -at[1].gap))


def without(one: Tally, called: Mapping[str, str]) -> str:
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
