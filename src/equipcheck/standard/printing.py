"""Rules in Chinese: 「每3人1台，不少于2台」.

Rules that the cell grammar can write are printed in its forms, so that reading them again gives the same
rule. Sums, tiers and counting by unusual facts are printed so that a person understands them.
"""

from __future__ import annotations

from decimal import Decimal

from equipcheck.standard.bureau import FACT_NAMES
from equipcheck.standard.model import Obligation, QuantityRule, Tier

_HEADS = {
    "staff": "人",
    "vehicles": "车",
    "main_posts": "主要执法岗",
    "authorized": "编制",
    "on_roll": "编制内实有人员",
    "departments": "内设机构",
    "teams": "执法中队",
    "vehicle_quota": "车辆编制",
}
_MEASURES = {"authorized": "名", "on_roll": "名"}
_SHARES = {
    "staff": "执法人员",
    "vehicles": "执法车辆",
    "main_posts": "主要执法岗",
    "authorized": "编制",
    "on_roll": "实有人数",
    "departments": "内设机构",
    "teams": "执法中队",
    "vehicle_quota": "车辆编制",
}
_COUNTED = {"vehicles": "辆", "vehicle_quota": "辆", "departments": "个", "teams": "个"}


def writable(rule: QuantityRule) -> bool:
    """Whether the cell grammar has a form for the rule, so that `parse_cell(print_rule(rule))` is the rule.

    A `note` is no part of the form; it is printed beside the rule.
    """
    if rule.note is not None or rule.text is not None or rule.tiers is not None or rule.sum is not None:
        return False
    if rule.per is None:
        return True
    if rule.percent is not None:
        return rule.per in _SHARES and rule.every == 1 and rule.count == 1
    return rule.per in _HEADS


def print_cell(rule: QuantityRule | None, unit: str | None, obligation: Obligation | None = None) -> str:
    """A rule as it stands in a table's cell: 「—」 where there is none, 「选配」 before an optional one."""
    if rule is None:
        return "—"
    text = print_rule(rule, unit)
    if obligation != "optional" or rule.text is not None:
        return text
    return f"选配{text}" if text[:1].isdigit() else f"选配，{text}"


def print_rule(rule: QuantityRule, unit: str | None = None) -> str:
    """The rule in Chinese, in the forms of standards; `unit` is the row's (台、套…). Notes are left out."""
    if rule.text is not None:
        return rule.text
    if rule.as_needed:
        return "按需"
    unit = unit or ""
    if rule.sum is not None:
        text = "＋".join(_part(part, unit) for part in rule.sum)
    elif rule.tiers is not None:
        text = _tiers(rule, unit)
    elif rule.per is None:
        text = f"{rule.count}{unit}"
    else:
        text = _slice(rule.per, rule, unit)
    return text + _limits(rule, unit)


def _part(rule: QuantityRule, unit: str) -> str:
    text = print_rule(rule, unit)
    return f"（{text}）" if rule.min is not None or rule.max is not None or rule.tiers or rule.sum else text


def _limits(rule: QuantityRule, unit: str) -> str:
    text = "" if rule.min is None else f"，不少于{rule.min}{unit}"
    return text if rule.max is None else f"{text}，不超过{rule.max}{unit}"


def _slice(per: str, rule: QuantityRule | Tier, unit: str) -> str:
    """One slice's part: per head, or a share of the heads."""
    if rule.percent is None:
        return _per(per, rule.every, rule.count, unit) + ("（向下取整）" if rule.round == "down" else "")
    share = f"{_SHARES.get(per) or _name(per)}的{_plain(rule.percent)}%"
    if rule.every == 1 and rule.count == 1:
        return f"不超过{share}" if rule.round == "down" else share
    grouped = f"{share}，每{_plain(rule.every)}{_COUNTED.get(per, '人')}{rule.count}{unit}"
    return grouped + ("（向下取整）" if rule.round == "down" else "")


def _per(per: str, every: Decimal, count: int, unit: str) -> str:
    head = _HEADS.get(per)
    if head is None:
        return f"每{'' if every == 1 else _plain(every)}个“{_name(per)}”{count}{unit}"
    if per in ("staff", "vehicles"):
        return f"每{'' if every == 1 else _plain(every)}{head}{count}{unit}"
    measure = _MEASURES.get(per, "个")
    return f"每{'' if every == 1 else _plain(every)}{measure}{head}{count}{unit}"


def _tiers(rule: QuantityRule, unit: str) -> str:
    per = rule.per or ""
    counted = _COUNTED.get(per, "人")
    texts: list[str] = []
    below: int | None = None
    for tier in rule.tiers or ():
        if below is None:
            where = f"{tier.upto}{counted}以内" if tier.upto is not None else ""
        elif tier.upto is None:
            where = "超过部分" if len(texts) == 1 else f"超过{below}{counted}的部分"
        else:
            where = f"超过{below}至{tier.upto}{counted}的部分"
        texts.append(where + _tier(per, tier, unit))
        below = tier.upto
    whose = "" if per in ("staff", "on_roll") else f"按{_name(per)}："
    return whose + "，".join(texts)


def _tier(per: str, tier: Tier, unit: str) -> str:
    if tier.percent is not None:
        text = f"按{_plain(tier.percent)}%"
        if tier.every != 1 or tier.count != 1:
            text += f"每{_plain(tier.every)}{_COUNTED.get(per, '人')}{tier.count}{unit}"
    else:
        text = f"每{'' if tier.every == 1 else _plain(tier.every)}{_COUNTED.get(per, '人')}{tier.count}{unit}"
    return text + ("（向下取整）" if tier.round == "down" else "")


def _name(per: str) -> str:
    return FACT_NAMES.get(per, per)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
