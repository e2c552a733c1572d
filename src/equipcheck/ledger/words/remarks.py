"""What free words say of a row's state: all of it, part of it, or nothing that can be told.

A remark about the whole row sets its status, and that is noted. One about part of a row is a question for a
decision that splits the row; it changes nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from equipcheck.ground.patterns import any_of, pattern
from equipcheck.ground.vocabulary import words_of
from equipcheck.ledger.values.numerals import MEASURES, chinese_number, parse_quantity
from equipcheck.ledger.values.text import squash
from equipcheck.ledger.values.traditional import both
from equipcheck.ledger.words.certificates import parted, read_certificate
from equipcheck.ledger.words.choices import chosen
from equipcheck.ledger.words.form import LedgerWords, plain
from equipcheck.ledger.words.headings import heading_of
from equipcheck.ledger.words.spread import ASKED, CROSSES, lowest, state_counted
from equipcheck.ledger.words.statuses import CHOICES, STATUS_WORDS, parse_status

if TYPE_CHECKING:
    import polars as pl

_WORDS = words_of(LedgerWords).remark_words


def _speaking(*but: str) -> tuple[str, ...]:
    """What speaks of a state: the words that touch one, and the status words but some."""
    return (*_WORDS.touching, *(word for word, status in STATUS_WORDS.items() if status not in but))


_BAD = _speaking("in_use")
_ASKS = _speaking("in_use", "idle")  # 库存 in a clause that is not understood is no question
BAD = both(any_of(_BAD))
"""What a remark must hold to speak of a row's state at all."""


def _holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in a text. (A pattern of hundreds takes ten milliseconds to compile.)"""
    return any(word in text for word in words)


def speaks_of_a_state(words: str) -> bool:
    """Whether squashed words may speak of a state at all: `BAD` of one text."""
    return _holds(words, _BAD)


_NUMERAL = "0-9一二两三四五六七八九十"
_DAY = (
    r"(?:(?:于|自|从|至)?(?:20)?\d{2}[年./-](?:\d{1,2}(?:[月./-](?:\d{1,2}[日号]?)?)?)?"
    r"(?:初|底|末)?(?:起|以来|时|因)?)"
)
_THING = "(?:该|此|本)?(?:设备|仪器|资产|机器|车辆|装备|整机|主机|实物|此车|该车|此机|该机)"
_NOW = (
    "目前|现已|现|已经|已|全部|全|均|都|暂时|暂|正在|正|长期|一直|早已|仍|尚|确|处于|属于|属|为|系|"
    "经查|经盘点|盘点时|盘点|清查时"
)
_SQUAD = "[^，。；借租给交调送还]{1,5}(?:中队|大队|分队|科|股|组)"  # whose it was
_LEAD = rf"(?:{_DAY}|{_THING}|{_NOW}|{_SQUAD}|因[^，。；]{{1,12}}?)*?"
_TAIL = (
    r"(?:中|了|过|已久|多年|至今|状态|处理|完毕|手续|严重|"
    r"无法修复|不能修复|无法使用|不能使用|无维修价值|无修复价值|待修|待维修|"
    r"待批|待审批|审批中|资产|设备|处理中|未处置|待处置|未下账|未销账|未用|待用|待分配|待调剂|在库|入库|停用|维修中|待查|已报案|报案)*"
)
_GONE_TO = r"(?:(?:给|至|到|往|于)?[^，,。;；(（]{0,12})"
_TO = r"(?:(?:给|至|到|往)[^，,。;；(（]{1,20})"
_GIVEN = "(?:无偿|整体|统一|一并)?(?:移交|划转|划拨|划给|调拨|调剂|调给|转交|转给|过户|捐赠|赠送|上交|交回|交还|退回)"
_ELSEWHERE = "(?:局|站|中心|镇|乡|街道|公司|馆|委|厅|政府|学校|医院|公物仓|部门)(?:使用)?"
_ORDER = ("gone", "lent_out", "pending_disposal", "broken", "expired", "idle")
_BY_STATUS = {
    status: [word for word, found in STATUS_WORDS.items() if found == status and not word.endswith("年限")]
    for status in _ORDER
}
_STATUS_OF = {word: status for status, words in _BY_STATUS.items() for word in words}
_ALSO = {  # statements with an object of their own
    "gone": rf"已(?:经)?{_GIVEN}{_GONE_TO}|{_GIVEN}{_TO}|{_GIVEN}[^，。；]{{1,12}}{_ELSEWHERE}"
    r"|已?交[^，。；]{0,12}(?:回收|处理|处置|收购|公物仓)"
    r"|经[^，。；]{2,14}(?:批复|批准|同意|核准)[^，。；]{0,4}(?:报废|处置|核销)"
    r"|已(?![^，。；]*(?:申请|列入|提交|上报|申报|拟|计划|待|到|达))[^，。；]{1,14}(?:拍卖|处置|报废|核销)|已(?:报废|处置|拍卖|核销|注销|丢失|遗失){_GONE_TO}",
    "lent_out": r"(?:出借|借出|外借|出租|租出|借给|租给|租赁给|借予|借至|借与|借于|借用给|转借|借到)"
    r"(?:给|至|到|于|中|出)?[^，,。;；(（]{0,20}"
    r"|被[^，。；]{1,10}借(?:用|走|去)?(?:未还)?|[^，。；借向从由自]{2,10}借(?:走|去)(?:未还)?|借[^，。；自]{2,10}用(?:未还)?",
    "pending_disposal": rf"(?:拟|计划|准备|预计|将|应|建议|申请|申报|已列入|列入)(?:于|在)?{_DAY}?(?:年内)?"
    r"(?:进行|做|作|予以|按)?"
    r"(?:报废|处置|淘汰|核销|拍卖)(?:处置|计划|处理|名单|范围)?|报废(?:已|正)?(?:上报|申报|申请|报批)[^，。；]{0,10}"
    r"|(?:提交|上报|递交|已交|已报)[^，。；]{0,8}报废(?:申请|报告|请示)|报废(?:申请|报告|请示|手续|审批表?)(?:已|正)?[^，。；]{1,10}"
    r"|(?:已|已经)?列入[^，。；]{0,8}(?:报废|处置)[^，。；]{0,12}|待报废(?:资产|设备|车辆|物品)",
    "broken": r"[^，。；]{0,6}(?:修理厂|厂家|售后|维修点|4S店)[^，。；]{0,4}(?:维修|修理|检修)(?:中)?"
    r"|(?:已)?(?:送|寄|返|发|拉|拿)(?:回|到|往|去|至)?[^，。；]{0,8}(?:维修|检修|修理|修)(?:中|了)?",
    "expired": r"(?:强检|检定|校准|检校|计量|证书|有效期)+(?:已|已经)?"
    r"(?:过期|超期|逾期|失效|到期|期满)(?:后?未(?:再)?(?:送)?检(?:定)?)?|到期后?未(?:再)?(?:送)?检(?:定)?",
    "idle": rf"{any_of(_BY_STATUS['idle'])}(?:于|在|至)[^，。；]{{1,12}}"
    r"|[^，。；]{0,8}(?:库|库房|仓库|室|柜|队部)(?:闲置|未使用|未启用|未用|封存)",
}
_WHEN = r"(?:[^，。；]{0,18}(?:后|以来|(?<!好)时|中|期间|途中|清查|盘点|改革|车改|搬迁|搬家|新购|随[^，。；]{1,8}?))?"
_DATED_END = rf"{_DAY}(?:已|经批准)?(?:报废|处置|拍卖|核销|注销|上交|调出|捐赠|出售){_GONE_TO}"


@lru_cache(maxsize=4096)
def _statement(status: str, said: tuple[str, ...]) -> re.Pattern[str]:
    """What states a status in a clause that holds these of the status words: no other can stand in it."""
    own = [any_of(mine)] if (mine := [word for word in said if _STATUS_OF[word] == status]) else []
    core = "|".join([*own, _ALSO[status]])
    stated = rf"{_WHEN}{_LEAD}{f'{any_of(said)}?' if said else ''}(?:{core}){_TAIL}"
    return re.compile(f"{stated}|{_DATED_END}" if status == "gone" else stated)


_OBJECTS = {
    status: pattern(f"{_ALSO[status]}|{_DATED_END}" if status == "gone" else _ALSO[status])
    for status in _ORDER
}
"""What a clause that states a status must hold, unless it holds one of the status's words."""

_SOUND = pattern(rf"{_LEAD}(?:{any_of(word for word, found in STATUS_WORDS.items() if found == 'in_use')})")
_UNDONE = pattern(
    r"(?<!无法)(?<!不能)(?<!未)(?<!待)(?:修复|修好|修理好)|已(?:经)?(?:修|维修|检修)(?!中|理中)|维修后|维修过|修理过|检修过"
    rf"|维修[\d一二两三]?次|{_DAY}[^，。；送返待]{{0,4}}(?:维修|大修|修理|检修|保养)(?!中)|已恢复|恢复(?:使用|正常)"
    r"|(?<!未)(?<!待)归还|已还|取回|已找回|已收回|已召回|现(?:在|已)?(?:可以?|能)?正常|仍(?:在|可|能)?(?:正常)?(?:使用|用)|继续(?:留用|使用)|尚可使用|留用$|人员调出|无(?:损坏|故障|破损|缺失)|未(?:损坏|报废|出借|丢失|闲置)|不(?:报废|闲置)|完好|已更换"
)
_BEFORE = pattern("原(?![因值件装厂价])|曾|此前|以前|之前|前期")
_RECEIVED = pattern(
    r"(?:移交|划转|划拨|调拨|转)(?:过)?来|(?:由|从|自|来自|系)[^，。；]{1,15}(?:调拨|划拨|划转|移交|调剂|配发|捐赠|转入|调入)|(?:调|划|转|调剂|移交|借)入"
    r"|^[^，。；已]{1,8}(?:捐赠|赠送)(?:的)?$"
    r"|[市省县区部厅局上级总支队]{2,8}(?:调拨|划拨|配发|下发|划转|移交|调剂)(?:的)?$"
)
_PURPOSE = pattern("(?:主要|专门|专)?(?:用于|适用于|供|用来|用作)")
_OTHERS = pattern(both(any_of(_WORDS.other_things)))
_OTHER_TERMS = pattern(rf"(?:{any_of(_WORDS.other_terms)})[^,，。;；]*(?:过期|到期|超期|期满|失效)")
_CLAUSES = pattern(r"[，,。;；:：=!！、()（）\[\]【】]+")
_COUNTED = pattern(
    rf"([{_NUMERAL}]+)(?:[{MEASURES}])|([{_NUMERAL}]+)(?=坏|损坏|报废|待修|待报废|丢失|闲置|停用)"
    rf"|(?:坏|损坏|报废|待修|丢失|丢|缺|闲置|停用|缺少|[少差]|[仅只]有|仅剩|只剩|实有|实盘|留用|可用|能用)了?([{_NUMERAL}]+)(?![\d年月日号./-])"
)
_PART = pattern(
    r"\d号[机车]|[那这]台|其中|部分|个别|少数|多数|大部|一半|半数|几台|数台|若干|各有|其余|另有|余下|剩余|[仅只]有|[仅只]剩|[仅只]\d"
)
_LEFT = pattern(
    r"[仅只][有剩]?[\d一二两三四五六七八九十]+|能用|可用|实有|实存|实盘|尚存|留用|正常|完好|[少差][\d一二两三]"
)
_ALL = pattern(rf"^(?:共|全部|全|这|该)?([{_NUMERAL}]+)[{MEASURES}](?:全部|均|都|全)?")


_ALL_BEHIND = pattern(rf"([{_NUMERAL}]+)[{MEASURES}]?$")
_WITH_NUMBER = pattern(
    rf"[(]?([{_NUMERAL}]+)[{MEASURES}]?[)]?(\D+)|([^{_NUMERAL}(]+)[(]?([{_NUMERAL}]+)[{MEASURES}]?[)]?"
)

_NOT_OWN = any_of(_WORDS.not_own)
NOT_OWN = both(rf"{_NOT_OWN}|产权")
"""What words must hold to say that a thing is another's."""

_ANOTHERS = pattern(
    rf"(?<!非)(?<!未)(?<!不)(?<!无)(?:{_NOT_OWN})(?!登记|合同|给|期间|过|人)"
    r"|产权(?:归|属|属于|为|是|在)(?![^，。；]{0,4}(?:本|我))[^，。；]{2,}|(?:无|没有|不享有|不具有)产权"
)
NOT_OWN_ALONE = both(rf"^\s*[(（]?(?:{_NOT_OWN})的?(?:资产|设备|物资|物品|方式)?[)）]?\s*$")
"""A text that says this and nothing else."""


def is_anothers(text: str) -> bool:
    """Whether words say that a thing is borrowed, rented or kept for another."""
    return _ANOTHERS.search(squash(text)) is not None


class Said(NamedTuple):
    """What words say: a status of the whole row, or of part of it, or something that is not clear."""

    status: str | None = None
    part: bool = False
    doubt: bool = False


NOTHING_SAID = Said()


_MISSPELT = dict(pair.split("=") for pair in _WORDS.misspelt)


def _spelt(text: str) -> str:
    for wrong, right in _MISSPELT.items():
        text = text.replace(wrong, right)
    return text


def read_remark(text: str, quantity: int) -> Said:
    """What a remark says of a row of `quantity` units."""
    words = _OTHER_TERMS.sub("", _spelt(squash(parted(text))))
    counts = [_number(next(filter(None, found))) for found in _COUNTED.findall(words)]
    fewer = quantity > 1 and any(count and count < quantity for count in counts)
    if fewer and _LEFT.search(words):
        return Said(part=True)
    if not speaks_of_a_state(words) or _UNDONE.search(words):
        return NOTHING_SAID
    if fewer or (quantity > 1 and _PART.search(words)):
        return Said(part=True)
    if (whole := _ALL.match(words)) is not None and _number(whole[1]) == quantity:
        words = words[whole.end() :]
    elif (whole := _ALL_BEHIND.search(words)) is not None and _number(whole[1]) == quantity:
        words = words[: whole.start()]
    told = [_read_clause(clause) for clause in _CLAUSES.split(words) if clause]
    worst = next((status for status in _ORDER if status in told), None)
    if worst is None and ("?" not in told or _RECEIVED.search(words)):
        return NOTHING_SAID
    mixed = "in_use" in told and worst != "idle"  # 「在用、待修」: one of the two
    if worst is None or mixed or _PART.search(words):
        return Said(doubt=True)
    return Said(status=worst)


_A_PART = pattern(
    rf"(?:其中|另有|还有|有|现)?(?:([{_NUMERAL}]+)[{MEASURES}]?)?(.*?)(?:([{_NUMERAL}]+)[{MEASURES}]?)?"
)


_CHOICES = {STATUS_WORDS[word]: word for word in reversed(CHOICES) if STATUS_WORDS[word] != "gone"}


def part_said(text: str, quantity: int) -> tuple[int, str] | None:
    """(units, a status word or nothing) of 「其中1台损坏」, where one clause tells both; None where it does not."""
    found = []
    for clause in _CLAUSES.split(squash(text)):
        told = _A_PART.fullmatch(clause)
        units = told and (told[1] or told[3])
        if not told or not units or (told[1] and told[3]):
            continue
        count = _number(units)
        status = _read_clause(told[2])
        if count and count < quantity and status in _ORDER:
            known = parse_status(told[2]) == status
            found.append((count, told[2] if known else _CHOICES.get(status, "")))
    return found[0] if len(found) == 1 else None


def _read_clause(clause: str) -> str:
    """The status that a clause states; "?" where it speaks of one and is not understood, else nothing."""
    if _SOUND.fullmatch(clause):
        return "in_use"
    if not speaks_of_a_state(clause) or _RECEIVED.search(clause) or _PURPOSE.match(clause):
        return ""
    said = tuple(word for word in _STATUS_OF if word in clause)
    may = {_STATUS_OF[word] for word in said}
    told = next(
        (
            status
            for status in _ORDER
            if (status in may or _OBJECTS[status].search(clause))
            and _statement(status, said).fullmatch(clause)
        ),
        "",
    )
    if told and _BEFORE.match(clause):
        return "?"
    unclear = not told and _holds(_OTHERS.sub("", clause), _ASKS) and read_certificate(clause) == (None, None)
    return "?" if unclear else told


def read_status(text: str, quantity: int) -> Said:
    """What a status cell says that is no status word: 「借给二队」, 「在用3台，损坏2台」."""
    if (choice := chosen(text)) is not None:
        status = parse_status(choice) if choice else "unknown"
        return NOTHING_SAID if status == "unknown" else Said(status)
    if (counted := _WITH_NUMBER.fullmatch(squash(text))) is not None:
        status, count = parse_status(counted[2] or counted[3]), _number(counted[1] or counted[4])
        if status != "unknown" and count is not None:
            whole = Said(status) if count == quantity else NOTHING_SAID
            return Said(part=True) if count < quantity else whole
    said = read_remark(text, quantity)
    return said if said.status or said.part else NOTHING_SAID


_OTHERWISE = pattern("[应实现缺少欠账帐盘仅只]")  # the first number is not what is there
_LEADING = pattern(rf"(共?[{_NUMERAL}]+[{MEASURES}]?)[，,、;；(（].+")


def leading_quantity(text: str) -> int | None:
    """The 5 of 「5台，其中2台已坏」, where what follows speaks of a part."""
    found = _LEADING.fullmatch(squash(text))
    if found is None:
        return None
    units, _ = parse_quantity(found[1].removeprefix("共"))
    rest = squash(text)[len(found[1]) :]
    return units if units and not _OTHERWISE.search(rest) and read_remark(rest, units).part else None


_ASIDE = pattern(rf"(共?[{_NUMERAL}]+([{MEASURES}]?))[(（](.+)[)）]")
_HARMLESS = pattern(r"(?:内?含|包含|包括|内有|每|备用|其中|共)[^应实现缺少欠账帐盘]*")
_OF_OTHERS = pattern(rf"共?[{_NUMERAL}]+([{MEASURES}])")


def quantity_with_aside(text: str) -> int | None:
    """The 1 of 「1套（3件）」, the 2 of 「2台（含备用1台）」: the brackets hold no other count of the same things."""
    found = _ASIDE.fullmatch(squash(text))
    if found is None or read_remark(found[3], 1) != NOTHING_SAID:
        return None
    others = _OF_OTHERS.fullmatch(found[3])
    of_others = others is not None and found[2] != "" and others[1] != found[2]
    if not of_others and not _HARMLESS.fullmatch(found[3]):
        return None
    units, _ = parse_quantity(found[1].removeprefix("共"))
    return units or None


COUNT_IN_NAME = (  # 「执法记录仪2台」「声级计（3台）」「对讲机×6」
    rf"(?:[^\d.A-Za-z-](?:[2-9]|[1-9]\d{{1,2}})|[两二三四五六七八九十]+)[{MEASURES}把][)）]?\s*(?:$|[、，,;；和及])"
    rf"|[×✕]\s*(?:[2-9]|[1-9]\d{{1,2}})\s*(?:$|[、，,;；])|\d[{MEASURES}把][)）]?\s*[、，,;；和及].*\d[{MEASURES}把][)）]?\s*$"
)

STATE_IN_NAME = r"^\s*[(（\[【]|[)）\]】]\s*$|[-—–_－][^-—–_－\w]*[一-龥]{1,6}\s*$"
"""What every name holds that may say a state."""
_BRACKETED = pattern(r"^(.+?)[(（\[【]([^()（）\[\]【】]{1,16})[)）\]】]$")
_BRACKET_FIRST = pattern(r"^([(（\[【])([^()（）\[\]【】]{1,16})[)）\]】].+$")
_BEHIND_DASH = pattern(r"^.+[-—–_－]([一-龥]{1,6})$")
TELLING = frozenset({"lent_out", "broken", "pending_disposal", "gone", "expired"})
_TELLING_ELSEWHERE = TELLING - {"expired"}  # a guarantee is over, a licence


NOT_SO = CROSSES | {"没有", "未", "不", "正常"}
"""What says that nothing is in the state which a heading names."""


_FOUND = frozenset(words_of(LedgerWords).found_headings)
_OF_A_STATE = pattern(r"(?:日期|时间|年月|年份|原因|文号|批文|批复|情况|记录|说明|明细)$")


def _heads_a_state(heading: str) -> bool:
    """Whether what stands under a heading says a state by being there: 「报废」 over 1, a day under 「处置日期」."""
    state = state_counted(heading)
    called = plain(lowest(heading)).removeprefix(ASKED)
    told = _OF_A_STATE.sub("", called)
    found = {state, parse_status(called) if called else None}
    if told and told != called:
        found |= {parse_status(told), parse_status(f"已{told}")} - {"lent_out"}
    return not found.isdisjoint(_TELLING_ELSEWHERE)


def says_elsewhere(heading: str, texts: pl.Series) -> list[str]:
    """The texts of a column that is read as nothing, yet say that an asset is gone, broken or lent."""
    headed = _heads_a_state(heading)
    asked = plain(lowest(heading)) in _FOUND
    free = heading_of(lowest(heading)) is None
    speaking = {*texts.filter(texts.str.contains(BAD))} if free else set()
    return [
        text
        for text in texts
        if parse_status(text) in _TELLING_ELSEWHERE
        or (headed and squash(text) not in NOT_SO)
        or (asked and squash(text) in NOT_SO - {"正常"})
        or (text in speaking and _tells(text))
    ]


def _tells(text: str) -> bool:
    """Whether words say that all or a part of a row is gone, broken or lent: 「1台送修」."""
    said = read_remark(text, 2)
    return said.part or said.status in _TELLING_ELSEWHERE


def anothers_in_name(name: str) -> bool:
    """Whether a name says in brackets at its end that the thing is another's: 「声级计（租赁）」."""
    found = _BRACKETED.match(name.strip())
    return found is not None and re.match(NOT_OWN_ALONE, found[2]) is not None


def said_in_name(name: str, quantity: int) -> Said:
    """What a name says of the state: 「声级计（已报废）」「【借出】无人机」「对讲机-已坏」."""
    found = _BRACKETED.match(name.strip()) or _BRACKET_FIRST.match(name.strip())
    inside = found[2] if found else ""
    status = STATUS_WORDS.get(squash(inside))
    if status is None and (behind := _BEHIND_DASH.match(name.strip())) is not None:
        status = STATUS_WORDS.get(squash(behind[1]))
    if status in TELLING:
        return Said(status)
    said = read_remark(inside, quantity) if len(inside) > 2 else NOTHING_SAID
    return said if said.part or said.status in _TELLING_ELSEWHERE else NOTHING_SAID


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else chinese_number(text)
