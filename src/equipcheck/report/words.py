"""The Chinese words for codes, in one place for every renderer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from equipcheck.checking.results import Finding, Rates, SourceInfo, with_units
from equipcheck.ground.frames import NOT_HELD
from equipcheck.ground.money import UNPRICED, yuan
from equipcheck.ground.percent import percent as share
from equipcheck.project.arrangements import HOW
from equipcheck.standard.words import KIND_TRUST
from equipcheck.standard.words import OBLIGATIONS as OBLIGATION
from equipcheck.standard.words import STATUSES as TRUST

__all__ = ["KIND_TRUST", "OBLIGATION", "TRUST", "UNPRICED", "share", "yuan"]

STATUS = {
    "met": "达标",
    "short": "不足",
    "absent": "缺配",
    "surplus": "有余",
    "over": "超配",
    "optional": "选配未配",
    "not_applicable": "不适用",
    "unverified": "待核实",
    "unrecorded": "台账未登记",
    "undecided": "待定",
    "as_needed": "按需",
}

GRAVITY = (
    "absent",
    "over",
    "short",
    "unverified",
    "undecided",
    "unrecorded",
    "optional",
    "as_needed",
    "met",
    "surplus",
    "not_applicable",
)
"""Statuses in the order in which they want attention."""

REASON = {
    "duplicate": "重复登记",
    "after_as_of": "截止日后取得",
    "gone": "已处置",
    "pending_disposal": "待报废",
    "lent_out": "出租出借",
    "broken": "损坏待修",
    "verification_expired": "检定过期",
    "verification_unknown": "有效期未登记",
}

FLAG = {
    "verification_unknown": "有效期未登记",
    "verification_due": "距上次检定已超过周期",
    "idle": "闲置",
}

ESTIMATE = "工作值是估计数，不是标准原文的数量，只供内部测算，不能据以签字"

METHOD = {
    "confirmed": "人工确认",
    "exact": "名称相同",
    "alias": "别名",
    "pattern": "名称用词",
    "model": "型号",
    "fuzzy": "近似",
    "none": "无",
}

PLACE = {
    "read": "读入",
    "counted": "计入",
    "surplus": "有余",
    "excluded": "不计入",
    "not_required": "标准不要求",
    "review": "待复核",
    "unmatched": "非装备",
    "rejected": "读不懂",
}


UNPROVEN = {"unsigned": "未签字", "changed": "签后改动"}
"""What is called official and what no signature holds for."""


def trust(source: SourceInfo) -> str:
    """How far a quantity can be trusted; 正式文本 only where two people's signature holds."""
    return TRUST[source.status] if source.unproven is None else UNPROVEN[source.unproven]


def places(rows: Mapping[str, int], units: Mapping[str, int]) -> list[str]:
    """The places of the books that hold anything: units of a row that counts in part stand in a place without rows."""
    return [name for name in PLACE if name != "read" and (rows[name] or units[name])]


ACTION = {
    "restore": "恢复使用",
    "transfer": "调剂",
    "pool": "统调共享",
    "service": "第三方服务",
    "purchase": "购置",
}

HELPED = "服务等抵充"
"""The column of what services, pools and loans fill of a requirement."""


def priced(amount: Decimal | None) -> Decimal | str:
    """A sum of money as a cell of a workbook: a number, or 待询价 for a person to fill in."""
    return UNPRICED if amount is None else amount


def span(rates: Rates) -> str:
    """达标率 as a range where validity is unknown: 「63.4%～70.7%」."""
    low, high = share(rates.by_kind), share(rates.by_kind_if_verified)
    return low if low == high else f"{low}～{high}"


def number(value: int | None) -> str:
    """A number, or 「—」 where there is none."""
    return "—" if value is None else str(value)


def excluded_units(finding: Finding) -> list[tuple[str, int]]:
    """Units that do not count, by reason, most first."""
    sums: Counter[str] = Counter()
    for asset in with_units(finding.assets, "out"):
        if asset.excluded is not None:
            sums[asset.excluded] += asset.out
    return sorted(sums.items(), key=lambda item: (-item[1], item[0]))


def why_not(finding: Finding) -> str:
    """「检定过期1、待报废2」, then what is uncertain about the units that count, and what services add."""
    parts = [*_told(excluded_units(finding)), *uncertain(finding), *services(finding)]
    return "、".join(parts)


def balance(finding: Finding) -> list[str]:
    """「要9，账上6，其中检定过期2、出租出借1，可计3」, then what is not on the books, uncertain, or of others."""
    units = excluded_units(finding)
    inside = _told(one for one in units if one[0] not in NOT_HELD)
    outside = _told(one for one in units if one[0] in NOT_HELD)
    out = f"，其中{'、'.join(inside)}" if inside else ""
    said = [f"要{finding.required}，账上{finding.held}{out}，可计{finding.counted}"]
    said += [f"另有{'、'.join(outside)}，不在账上数内"] if outside else []
    return [*said, *uncertain(finding), *services(finding)]


def uncertain(finding: Finding) -> list[str]:
    """「计入中有效期不明2」"""
    return [f"计入中有效期不明{finding.unknown}"] if finding.unknown else []


def services(finding: Finding) -> list[str]:
    """「第三方服务1」「统调共享2」"""
    return [f"{HOW[one.how]}{one.quantity}" for one in finding.services]


def _told(units: Iterable[tuple[str, int]]) -> list[str]:
    return [f"{REASON[reason]}{count}" for reason, count in units]


def names(items: Iterable[str], most: int = 4, unit: str = "项") -> str:
    """「甲、乙、丙等5项」"""
    listed = list(items)
    text = "、".join(listed[:most])
    return text if len(listed) <= most else f"{text}等{len(listed)}{unit}"
