"""Numbers in running text: 「2台」「约10台」「8台（架）」「由2台增加到8台」「人手一台」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from equipcheck.ledger.values.numerals import chinese_number

Looseness = Literal["", "about", "least", "most"]

DIGITS = r"(?:\d+|[零一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]+)"
UNIT = (
    "(?:台套|件套|台|套|部|架|艘|辆|个|件|顶|双|条|副|只|把|支|具|组|箱|艇|块|盏|枚|根|身|张)"
    "(?:[(/][台套部架辆个件只]\\)?)?"
)
UNITS = "".join(re.findall("[\u4e00-\u9fff]", UNIT))
NOT_COUNTED = "[次时月问单门线企点案每/]"
"""「30架次」 counts flights, 「1台/人」 is a rule."""
_LEAD = "约|近|仅|只有|只|共|达|不少于|超过|至少|大约|将近|接近|不低于|多达|不到|不足|不超过|高达"
NUMBER = (
    rf"(?P<lead>(?:{_LEAD})*)(?P<digits>{DIGITS})(?P<more>余|多)?(?P<unit>{UNIT})(?!{NOT_COUNTED})"
    r"(?P<tail>左右|上下|以上)?"
)
BARE = r"(?<![\d.])(?P<bare>\d+)(?![\d.%/:a-z-]|[\u4e00-\u9fff](?<![应现缺可已在实尚仍均都其和及且而但]))"
BARE_CHINESE = "(?<=[缺差])(?P<few>[一二两三四五六七八九十])$"
CHANGE = (
    rf"[由从](?:原[来有先]?的?|最初的?|上年的?|去年的?|年初的?|上年末的?|上年底的?|去年底的?|现有的?|20\d\d年(?:初|底|末)?的?)?{DIGITS}{UNIT}?[^,;。\d]{{0,6}}?(?:增加|增长|提高|提升|扩充|增|减少|下降|降低|缩小|缩减|压缩|回落|降|减|扩大|上升|升|变|添|涨|跌|换)?"
    rf"(?:到了?|至|为|成)(?:年末|年底|目前|现在|今年|当前|现有|现|20\d\d年(?:底|末)?)?的?(?P<changed>{DIGITS})(?:{UNIT})"
)

FACTS = {
    "staff": (
        "人手|每人|人均|每名(?:一线|在编|在岗)?执法人员|每位执法人员|每名队员|每个执法人员|一人|每一名执法人员|执法人员人均"
    ),
    "vehicles": "每车|每辆(?:执法)?车辆?|每辆\ue000|车均|一车|每台(?:执法)?车|每台执法车辆",
    "teams": "每个?(?:执法)?(?:中队|大队|支队)|每队|一队",
}
PER_FACT = (
    "(?:" + "|".join(f"(?P<{fact}>{words})" for fact, words in FACTS.items()) + ")"
    r"(?:均|都|各|已|配备了?|配有|配发|拥有|达到?|有|至少|不少于|实现|标配)*"
    rf"(?P<per>{DIGITS})(?:{UNIT}|机|仪|车)(?!{NOT_COUNTED})"
)
PER_FACT_ALL = (
    "(?:为|给|向)?(?:人均|人手|每一?[名位个](?:一线|在编|在岗|基层|现场)?(?:执法)?(?:人员|队员|干部)|每人"
    "|(?P<squads>[\\d一二两三四五六七八九十]+个(?:交叉)?(?:基层|一线)?(?:执法)?(?:中队|大队|小组|检查组|执法组|分队|环保所|分局|所)各自?|每一?个?(?:基层|一线)?(?:执法)?(?:中队|大队|支队|小组|检查组|执法组|组))"
    "|(?P<cars>每车|每[辆台部](?:执法)?(?:车辆?|\ue000)))[上内里]?(?:都|均|全|已)*"
    "(?:装有|配有|配上了?|配备了?|配置了?|安装了?|加装了?|配发了?|发放了?|[配发]了?(?![齐足全到上]))"
)
"""「每辆执法车上都装有…」: one each; 「为每名执法人员配备X2台」: two."""
PER_SEVERAL = (
    rf"每(?P<every>{DIGITS})(?:名|个|位)?(?:一线|在编|在岗)?(?:执法人员|人|队员|干部)"
    r"(?:共用|合用|共享|配备了?|配有|配|拥有|有|共)?"
)
RULE = (
    rf"每{DIGITS}(?:名|个|位)?(?:执法人员|人|辆车|台车|辆执法车|辆)(?:配备|配置|配)?{DIGITS}{UNIT}"
    rf"|{DIGITS}{UNIT}/{DIGITS}?[人车辆队]"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A count as stated."""

    value: int
    loose: Looseness = ""


def number_of(match: re.Match[str]) -> Number | None:
    """The number of a `NUMBER` match."""
    value = value_of(match["digits"])
    if value is None:
        return None
    lead, tail = match["lead"] or "", match["tail"] or ""
    loose: Looseness = ""
    if (re.search("不少于|超过|不低于|至少|多达|高达", lead) and "不超过" not in lead) or tail == "以上":
        loose = "least"
    elif re.search("不到|不足|不超过", lead):
        loose = "most"
    elif match["more"] or re.search("约|近", lead) or tail in ("左右", "上下"):
        loose = "about"
    return Number(value, loose)


def value_of(digits: str) -> int | None:
    """Digits or a Chinese numeral as a number."""
    if digits == "零":
        return 0
    return int(digits) if digits.isdigit() else chinese_number(digits)
