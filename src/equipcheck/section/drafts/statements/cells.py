"""A table's row as statements: its name, and under 应配、现有、可用、缺口 the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from equipcheck.section.drafts.names import Lexicon, Target
from equipcheck.section.drafts.reading.paragraphs import TableRow
from equipcheck.section.drafts.reading.tables import NAME
from equipcheck.section.drafts.sentences import Sentence, fold
from equipcheck.section.drafts.statements import numbers, reader
from equipcheck.section.drafts.statements.form import Turn
from equipcheck.section.drafts.statements.statement import Reading, Statement

# What a head says of the numbers below it; the first that fits decides.
_HEADS: tuple[tuple[Turn | None, str], ...] = (
    (
        None,
        "单价|金额|预算|经费|价格|万元|年限|序号|编号|型号|规格|参数|比例|率|上限|超出|调剂|送检|去年|上年|往年|单位$",
    ),
    ("planned", "拟购|计划|需购|待购|申请|拟配|拟补"),
    ("unusable", "过期|超期|损坏|停用|待修|故障|报废|不可用|不能用"),
    ("usable", "可用|能用|完好|有效|正常"),
    ("gap", "缺口|缺额|尚缺|缺配|差额|缺少|短缺|尚差|^缺|缺数"),
    ("required", "应配|应有|标准数|标准要求|要求数|核定|配备标准|标准配备|标准$|规定数|要求$|需配|最低"),
    (
        "held",
        "现有|实有|在账|已配|实配|账面|现配|保有|已有|持有|配备数|配备情况|拥有|现状|实际|库存|^数量|台账",
    ),
)
_OTHERS = re.compile("县区|区县|所属|地区|机构名称|单位名称|使用单位|部门|科室")
_REMARK = re.compile("备注|说明|情况|结论|状况|问题")
_COUNT = re.compile(rf"\s*(?P<digits>{numbers.DIGITS})\s*(?:{numbers.UNIT})?\s*(?P<star>\*?)\s*")
_HEADED = re.compile(NAME.pattern)


def read_row(row: TableRow, lexicon: Lexicon, year: int) -> list[Reading]:
    """How a row was read: one reading for its numbers, one for each remark in words."""
    found = _name(row, lexicon)
    if found is None:
        return []
    target, column, unread = found
    if any(_OTHERS.search(head) for head in row.heads):
        unread += "分单位列示"
    statements = tuple(_numbers(row, column, target, unread))
    readings = [Reading(row.text, statements, "" if statements else "没有读出应配、现有、缺口")]
    for head, cell in zip(row.heads, row.cells, strict=False):
        if _REMARK.search(head) and len(cell) > 1 and not _COUNT.fullmatch(fold(cell)):
            sentence = Sentence(row.text, fold(cell), row.place, "other", 0)
            readings += [
                Reading(one.clause, tuple(_doubted(one.statements, unread)), one.silent)
                for one in reader.read(sentence, lexicon, year, [target])
                if one.statements
            ]
    return readings


def _doubted(statements: tuple[Statement, ...], unread: str) -> Iterator[Statement]:
    from dataclasses import replace

    for one in statements:
        yield replace(one, unread=one.unread + unread) if unread else one


def _name(row: TableRow, lexicon: Lexicon) -> tuple[Target, int, str] | None:
    """The equipment that a row is about, its column, and what of the cell was not understood."""
    columns = [index for index, head in enumerate(row.heads) if _HEADED.search(head)]
    for index in columns or range(min(3, len(row.heads))):
        if index >= len(row.cells):
            continue
        cell = re.sub(r"[(（][^()（）]*[)）]|\s|\*|^\d+[.、]", "", fold(row.cells[index]))
        mentions = [one for one in lexicon.find(cell) if not one.void and not one.target.whole]
        if len(mentions) == 1:
            one = mentions[0]
            rest = (cell[: one.start] + cell[one.end :]).strip()
            return one.target, index, rest
        if mentions:
            return None
    return None


def _numbers(row: TableRow, name: int, target: Target, unread: str) -> Iterator[Statement]:
    seen: set[Turn] = set()
    for index, (head, cell) in enumerate(zip(row.heads, row.cells, strict=False)):
        if index == name or (_REMARK.search(head) and not re.search("情况|现状", head)):
            continue
        turn = next((turn for turn, words in _HEADS if re.search(words, head)), None)
        count = _COUNT.fullmatch(fold(cell))
        if turn is None or turn in seen or count is None:
            continue
        value = numbers.value_of(count["digits"])
        if value is None:
            continue
        seen.add(turn)
        if turn == "gap" and value == 0:
            yield Statement("no_gap", target, words=head, unread=unread)
        elif turn == "planned":
            if value:
                yield Statement("planned", target, words=head, unread=unread)
        elif turn == "unusable" and value == 0:
            continue
        else:
            yield Statement(turn, target, value, words=head, unread=unread)
