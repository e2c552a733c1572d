"""What free words say of a row's state: all of it, part of it, or nothing that can be told.

A remark about the whole row sets its status, and that is noted. One about part of a row is a question for a
decision that splits the row; it changes nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from equipcheck.ground.patterns import pattern
from equipcheck.ledger.values.numerals import MEASURES, chinese_number, parse_quantity
from equipcheck.ledger.values.text import squash
from equipcheck.ledger.values.traditional import both
from equipcheck.ledger.words.headings import plain
from equipcheck.ledger.words.statuses import STATUS_WORDS, parse_status

_NOW = r"(?:(?:该|此)?(?:设备|仪器|资产|机器|车辆)?(?:目前|现|现已|已经|已|全部|均|都|暂|暂时|正在|正)*)"
_WHOLE = {
    "lent_out": r"(?:出借|借出|外借|出租|租出|借给|租给|借予|借至|借用给|转借)"
    r"(?:给|至|到|于|中|出)?[^，,。;；(（]{0,20}",
    "gone": r"(?:已|现已|已经|于.{2,12})"
    r"(?:报废|处置|调出|调拨|划转|丢失|遗失|移交|拍卖|核销|注销|捐赠|出售|销毁|退回)[^，,。;；(（]{0,12}"
    r"|盘亏|丢失|遗失|被盗|失窃|已下账|已销账",
    "pending_disposal": r"(?:待报废|拟报废|申请报废|建议报废|报废|待处置|拟处置|待核销|待淘汰|淘汰)"
    r"(?:中|待批|待审批|待处置|审批中|处理中|未处置)?",
    "broken": r"(?:损坏|坏|坏了|坏掉|毁损|损毁|故障|有故障|发生故障|出故障|待修|待维修|送修|返修|返厂|"
    r"返厂维修|送厂维修|外送维修|在修|维修|修理|报修|停用|停机|无法使用|不能使用|不能用|用不了|"
    r"无法正常使用|不能正常使用|无法开机|不能开机|无法启动|不能启动)"
    r"(?:中|了|待修|维修中|已久|严重|无法修复|不能修复|无法使用)*",
    "idle": r"(?:闲置|未使用|未启用|封存|入库封存)(?:中|未用|待分配|待调剂)?",
}
_ORDER = ("lent_out", "gone", "pending_disposal", "broken", "idle")  # 已报废 before 报废
_TAIL = r"(?:[，,。;；(（].*)?"
_STATEMENTS = {status: pattern(_NOW + f"(?:{_WHOLE[status]})" + _TAIL) for status in _ORDER}
BAD = both(
    "坏|损毁|毁损|故障|待修|送修|返修|在修|维修中|报修|停用|无法使用|不能使用|无法开机|不能开机|报废|待处置|"
    "出借|借出|外借|借给|租给|出租|丢失|遗失|盘亏|被盗|调出|调拨|闲置|损 *坏|故 *障|报 *废|送 *修"
)
_BAD = pattern(BAD)
_UNDONE = pattern(
    r"(?<!无法)(?<!不能)修复|修好|已修|维修后|已恢复|归还|已还|已找回|人员调出|无损坏|未损坏|无故障|未报废|未出借|不报废|完好"
)
_NUMERAL = "0-9一二两三四五六七八九十"
_COUNTED = pattern(rf"([{_NUMERAL}]+)(?:[{MEASURES}])")
_PART = pattern(r"其中|部分|个别|少数|多数|大部|一半|半数|几台|数台|若干|各有|其余|另有|余下|剩余")
_ALL = pattern(rf"^(?:共|全部|全|这|该)?([{_NUMERAL}]+)[{MEASURES}](?:全部|均|都|全)?")


class Said(NamedTuple):
    """What words say: a status of the whole row, or of part of it, or something that is not clear."""

    status: str | None = None
    part: bool = False
    doubt: bool = False


NOTHING_SAID = Said()


def read_remark(text: str, quantity: int) -> Said:
    """What a remark says of a row of `quantity` units."""
    words = squash(text)
    if not _BAD.search(words) or _UNDONE.search(words):
        return NOTHING_SAID
    counts = [_number(found) for found in _COUNTED.findall(words)]
    if quantity > 1 and (_PART.search(words) or any(count and count < quantity for count in counts)):
        return Said(part=True)
    if (whole := _ALL.match(words)) is not None and _number(whole[1]) == quantity:
        words = words[whole.end() :]
    if not _PART.search(words):
        for status in _ORDER:
            if _STATEMENTS[status].fullmatch(words):
                return Said(status=status)
    return Said(doubt=True)


def read_status(text: str, quantity: int) -> Said:
    """What a status cell says that is no status word: 「借给二队」, 「在用3台，损坏2台」."""
    said = read_remark(text, quantity)
    return said if said.status or said.part else NOTHING_SAID


_LEADING = pattern(rf"(共?[{_NUMERAL}]+[{MEASURES}]?)[，,、;；(（].+")


def leading_quantity(text: str) -> int | None:
    """The 5 of 「5台，其中2台已坏」, where what follows speaks of a part."""
    found = _LEADING.fullmatch(squash(text))
    if found is None:
        return None
    units, _ = parse_quantity(found[1].removeprefix("共"))
    return units if units and read_remark(squash(text)[len(found[1]) :], units).part else None


_ASIDE = pattern(rf"(共?[{_NUMERAL}]+([{MEASURES}]?))[(（](.+)[)）]")
_HARMLESS = pattern(r"(?:内?含|包含|包括|内有|每|备用|其中|共)[^应实现缺少欠账帐盘]*")
_OF_OTHERS = pattern(rf"共?[{_NUMERAL}]+([{MEASURES}])")


def quantity_with_aside(text: str) -> int | None:
    """The 1 of 「1套（3件）」, the 2 of 「2台（含备用1台）」: the brackets hold no other count of the same things."""
    found = _ASIDE.fullmatch(squash(text))
    if found is None or _BAD.search(found[3]):
        return None
    others = _OF_OTHERS.fullmatch(found[3])
    of_others = others is not None and found[2] != "" and others[1] != found[2]
    if not of_others and not _HARMLESS.fullmatch(found[3]):
        return None
    units, _ = parse_quantity(found[1].removeprefix("共"))
    return units or None


COUNT_IN_NAME = (  # 「执法记录仪2台」「声级计（3台）」「对讲机×6」
    rf"(?:[^\d.A-Za-z-](?:[2-9]|[1-9]\d{{1,2}})|[两二三四五六七八九十]+)[{MEASURES}把][)）]?\s*$|[×✕]\s*(?:[2-9]|[1-9]\d{{1,2}})\s*$"
)

_BRACKETED = pattern(r"^(.+?)[(（\[【]([^()（）\[\]【】]{1,8})[)）\]】]$")
TELLING = frozenset({"lent_out", "broken", "pending_disposal", "gone"})


_NOT_SO = frozenset({"0", "否", "×", "x", "X", "无", "没有", "未"})


def says_elsewhere(heading: str, texts: Iterable[str]) -> list[str]:
    """The texts of a column that is read as nothing, yet say that an asset is gone, broken or lent."""
    headed = parse_status(plain(heading.rpartition("/")[2])) in TELLING  # 「报废」 over 1
    return [
        text for text in texts if parse_status(text) in TELLING or (headed and squash(text) not in _NOT_SO)
    ]


def status_in_name(name: str) -> str | None:
    """The status that a name carries in brackets at its end: 「声级计（已报废）」."""
    found = _BRACKETED.match(name.strip())
    status = STATUS_WORDS.get(squash(found[2])) if found else None
    return status if status in TELLING else None


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else chinese_number(text)
