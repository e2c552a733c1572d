"""What a later clause of a sentence does to an earlier one: it takes it back, or says that it is over."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from equipcheck.section.drafts.statements.context import Context
from equipcheck.section.drafts.statements.form import Turn
from equipcheck.section.drafts.statements.statement import EXCEPTED, Reading, Statement
from equipcheck.section.drafts.statements.turns import mark

_TAKES_BACK = mark("takes_back")
_TOTALLED = mark("totalled")
_OWNED = mark("owned")
_CARRIED_OUT = mark("carried_out")
_MORE = mark("more")
"""「2台在用，1台备用」: the first number is not that of all."""
_REST = mark("rest")
"""「尚缺A1台，其余已配齐」: of A it says nothing."""
_UNDER = mark("under")
_OVER = mark("over")
_DONE = mark("done")
_NOT = mark("not")
_LACKS: tuple[Turn, ...] = ("gap", "none", "planned", "unusable")


def mended(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of a sentence, earlier ones in the light of later ones."""
    found = list(readings)
    for at, one in enumerate(found):
        said = one.clause
        if _TOTALLED.search(said):
            found[:at] = [_without_parts(each, one) for each in found[:at]]
        if _CARRIED_OUT.search(said) and (there := _there(one)):
            found[:at] = [_without_plans(each, there) for each in found[:at]]
        if _UNDER.search(said):
            found[: at + 1] = [_doubted(each, _UNDER.findall(said)[0]) for each in found[: at + 1]]
        elif not at:
            continue
        elif (not one.named and _TAKES_BACK.search(said)) or (not one.named and _MORE.search(said)):
            found[:at] = [_doubted(each, said) for each in found[:at]]
        elif (
            not one.named
            and not _REST.search(said)
            and _OVER.search(said)
            and _DONE.search(said)
            and not _NOT.search(said)
        ):
            found[:at] = [_without_lacks(each) for each in found[:at]]
    return [one for one in found if one.statements or one.silent or one.clause.strip()]


def listed(readings: Sequence[Reading], context: Context, mode: str) -> list[Reading]:
    """The readings with what a list without a verb tells: 「水质采样器两套，无人机一架」, 「声级计3台，无人机不足」."""
    found = list(readings)
    open_ = context.silent() or context.doubt() or context.rule or context.ruled
    spoken = any(one.turn != "weak" for reading in found for one in reading.statements)
    alone = context.spread and len({at for at, _ in context.pending}) < 2
    itself = mode == "other" and all(at in context.items for at, _ in context.pending)
    alone = alone or (len(context.pending) < 2 and not itself)
    for at, said in of_one_kind([*context.told_of, *context.in_all]):
        if not said.unread:
            found[at - 1] = replace(found[at - 1], statements=(*found[at - 1].statements, said), silent="")
    if mode == "measure" or not context.listable:
        return found
    planned = {each.target.name for one in found for each in one.statements if each.turn == "planned"}
    leading = [
        one
        for one in context.pending
        if (one[0], one[1].target.name) in context.leading
        and (
            one[0] in context.firm or context.whose == "ours" or sum(each.clause != "" for each in found) > 1
        )
        and one[1].target.name not in planned
        and not any(_OWNED.search(each.clause) for each in found[one[0] :])
    ]
    counted = {
        each.target.name
        for one in found
        for each in one.statements
        if each.turn == "held" and each.number is not None and not each.fact and not each.unread
    }
    all_ = not open_ and not (alone and not spoken) and not any(said.unread for _, said in context.pending)
    told = context.pending if all_ else [one for one in leading if not one[1].unread]
    for at, said in of_one_kind(told):  # not 「比武使用声级计10台，无人机5架」
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


def _there(one: Reading) -> set[str]:
    """What a clause says is there."""
    return {each.target.name for each in one.statements if each.turn in ("bought", "held", "no_gap")}


def _without_parts(one: Reading, whole: Reading) -> Reading:
    """「…2台运抵，连同原有的1台，现共有3台」: what went into a sum is no number of all."""
    summed = {
        each.target.kinds for each in whole.statements if each.turn == "held" and each.number is not None
    }
    left = tuple(
        each
        for each in one.statements
        if each.turn not in ("held", "bought")
        or each.number is None
        or each.fact
        or each.target.kinds not in summed
    )
    return (
        one
        if left == one.statements
        else replace(one, statements=left, silent="" if left else "后面的分句说了合计数")
    )


def _without_plans(one: Reading, there: Container[str]) -> Reading:
    """「计划购置2架，实际购置1架」: what came of the plan is told."""
    left = tuple(each for each in one.statements if each.turn != "planned" or each.target.name not in there)
    if left == one.statements:
        return one
    return replace(one, statements=left, silent="" if left else "后面的分句说已经办成")


def _without_lacks(one: Reading) -> Reading:
    left = tuple(each for each in one.statements if each.turn not in _LACKS or each.words == EXCEPTED)
    if left == one.statements:
        return one
    return replace(one, statements=left, silent="" if left else "后面的分句说已经解决")
