"""What a later clause of a sentence does to an earlier one: it takes it back, or says that it is over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from equipcheck.section.drafts.statements.context import Context
from equipcheck.section.drafts.statements.statement import EXCEPTED, Reading, Statement
from equipcheck.section.drafts.statements.turns import Turn

_TAKES_BACK = re.compile(
    "^(?:但|而|且|不过|其实)?(?:那|这|此|上述|以上|该)[^,;。]{0,6}?(?:是|为|系|属)|不实|属实|废止|作废|误传|误报|有误|不准确|不确切|非如此|不成立"
    "|谣|谬|(?:^|但|都|均|也)(?:是|系|属|均为|都为)(?:去年|上年|往年|以前|过去|早年|[^,;。]{0,4}(?:企业|公司|单位|站|县|市局|省局))的?"
)
_MORE = re.compile(
    r"\d[台套部架辆艘个件只把支](?:作为|留作|为)?(?:备用|备份|闲置|封存|库存|在库|轮换)|(?:备用|闲置|封存|库存|另有备用)\d"
)
"""「2台在用，1台备用」: the first number is not that of all."""
_UNDER = re.compile("的(?:情况|情形|前提|条件|假设)下$|的(?:话|前提)$")
_OVER = re.compile(
    "(?:解决|补齐|补上|补足|到位|配齐|消除|整改完毕|整改到位|整改完成|填补|销号|办结|到货|购置|采购|列装|修复|修好|归还|收回|合格)"
)
_DONE = re.compile("已|均|都|全部|现|了|完成|完毕|今年|年内|随后|目前")
_NOT = re.compile("未|没|不|无|待|尚|拟|将|计划|正在|争取|仍")
_LACKS: tuple[Turn, ...] = ("gap", "none", "planned", "unusable")


def mended(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of a sentence, earlier ones in the light of later ones."""
    found = list(readings)
    for at, one in enumerate(found):
        said = one.clause
        if _UNDER.search(said):
            found[: at + 1] = [_doubted(each, _UNDER.findall(said)[0]) for each in found[: at + 1]]
        elif not at:
            continue
        elif (not one.named and _TAKES_BACK.search(said)) or (not one.named and _MORE.search(said)):
            found[:at] = [_doubted(each, said) for each in found[:at]]
        elif not one.named and _OVER.search(said) and _DONE.search(said) and not _NOT.search(said):
            found[:at] = [_without_lacks(each) for each in found[:at]]
    return [one for one in found if one.statements or one.silent]


def listed(readings: Sequence[Reading], context: Context, mode: str) -> list[Reading]:
    """The readings with what a list without a verb tells: 「水质采样器两套，无人机一架」, 「声级计3台，无人机不足」."""
    found = list(readings)
    open_ = (
        context.silent() or context.doubt() or context.soon or context.coming or context.rule or context.ruled
    )
    spoken = any(one.turn != "weak" for reading in found for one in reading.statements)
    alone = len(context.pending) < 2 or (context.spread and len({at for at, _ in context.pending}) < 2)
    if open_ or mode == "measure" or not context.listable or (alone and not spoken):
        return found
    counted = {
        each.target.name
        for one in found
        for each in one.statements
        if each.turn == "held" and each.number is not None
    }
    if any(said.unread for _, said in context.pending):
        return found  # 「比武使用声级计10台，无人机5架」
    for at, said in of_one_kind(context.pending):
        one = found[at - 1]
        if said.target.name in counted:
            continue  # 「台账登记2部，实盘只见1部」
        found[at - 1] = replace(one, statements=(*one.statements, said), silent="")
    return found


def of_one_kind(found: Sequence[tuple[int, Statement]]) -> list[tuple[int, Statement]]:
    """Two names of one kind, each with its number: 「表层采样器2台、石油类采样器1台」 says that samplers are there."""
    first: dict[tuple[Turn, tuple[str, ...]], int] = {}
    result: list[tuple[int, Statement]] = []
    for at, one in found:
        same = first.setdefault((one.turn, one.target.kinds), len(result))
        other = result[same][1] if same < len(result) else None
        if other is None or other.target.name == one.target.name or one.number is None:
            result.append((at, one))
        else:
            result[same] = (result[same][0], replace(other, number=None))
    return result


def _doubted(one: Reading, words: str) -> Reading:
    return replace(
        one, statements=tuple(replace(each, unread=each.unread + words) for each in one.statements)
    )


def _without_lacks(one: Reading) -> Reading:
    left = tuple(each for each in one.statements if each.turn not in _LACKS or each.words == EXCEPTED)
    if left == one.statements:
        return one
    return replace(one, statements=left, silent="" if left else "后面的分句说已经解决")
