"""What a turn means where it stands: plans among measures, lacks that are denied or solved, rules, headless parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equipcheck.section.drafts.names import Target
from equipcheck.section.drafts.statements.context import Context
from equipcheck.section.drafts.statements.form import Turn
from equipcheck.section.drafts.statements.groups import Group, own_numbers
from equipcheck.section.drafts.statements.numbers import Number
from equipcheck.section.drafts.statements.scope import is_bare_no
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import ALL, mark

DONE = mark("meaning_done")
_THIS_YEAR = mark("this_year")
_COUNTS = mark("counts")
_FITTED = mark("fitted")
_EVERY = mark("meaning_every")
_OF_ALL = ("gap", "none", "no_gap", "weak", "usable", "unusable", "planned")
_QUALITY = mark("quality")
_BY_THEN = mark("by_then")
_BODY = mark("body")
_GONE = mark("gone")
_MAY_BE_PLANNED = ("配备", "配置", "列装", "投入使用")


def turn_at(tokens: Sequence[Token], before: int, at: int, group: Group | None, text: str) -> Turn | str:
    """The turn of a token as its clause has it, or why it says nothing of this year's equipment."""
    token = tokens[at]
    turn: Turn = token.turn or "held"
    behind = text[token.at + len(token.text) :]
    names = group.names if group and group.as_object else ()
    if turn == "usable" and names and re.match("能用|可用", token.text) and not own_numbers(tokens, names):
        return "held"  # 「能用无人机开展执法」
    if turn == "none" and _of_some(tokens[max(before, 0) : at + 2], whole=_is_whole(tokens, group)):
        return "gap"
    if (
        turn == "held"
        and _EVERY.search(token.text)
        and _FITTED.search(token.text)
        and before_is_all(tokens, at)
    ):
        return "no_gap"  # 「必配装备均已配备」
    denied = any(one.sort == "denies" for one in tokens[max(before, 0) : at])
    if turn == "unusable" and denied:
        return "否定的是后面的说法"  # 「没有发现声级计过期现象」
    if turn not in ("gap", "none"):
        return turn
    if at + 1 < len(tokens) and tokens[at + 1].sort == "change":
        return turn
    solved = is_solved(behind)
    if denied or solved:
        return "no_gap"  # 「不存在装备短缺」「短缺的问题已不复存在」
    eased = re.search("缓解|改善|好转|改观|扭转|缩小", behind)
    return "说的是有所缓解" if eased else turn


def _of_some(tokens: Sequence[Token], *, whole: bool) -> bool:
    """「15名同志尚未配发」, 「未配备5项」: not all go without."""
    return any(one.sort == "heads" or (whole and one.sort in ("kinds", "some")) for one in tokens)


def _is_whole(tokens: Sequence[Token], group: Group | None) -> bool:
    return group is None or all(tokens[index].text == ALL for index in group.names)


def before_is_all(tokens: Sequence[Token], at: int) -> bool:
    """Whether what a turn is said of is the equipment as a whole."""
    names = [one for one in tokens[:at] if one.sort == "name"]
    return bool(names) and names[-1].text == ALL


def is_solved(behind: str) -> bool:
    """Whether what stands behind a lack says that it is no more."""
    gone = _GONE.search(behind)
    return gone is not None and not re.search("未|没|难以|无法|尚|待", behind[: gone.start()])


def settled(turn: Turn, token: Token, before: str, context: Context, mode: str) -> tuple[Turn, str]:
    """What is bought or made complete among measures, or of years to come, is a plan; 加快、推进 leave it open."""
    if turn == "held" and token.text in ("配备", "配置") and _THIS_YEAR.search(before):
        turn = "bought"
    open_ = turn in ("bought", "no_gap") or (turn == "held" and token.text in _MAY_BE_PLANNED)
    done = re.search("已|现|实际" if mode == "measure" else DONE.pattern, token.text)
    if turn == "held" and not open_ and not done and context.planning:
        return turn, context.soon  # 「招标数量2台」
    if not open_ or done or token.sort == "fact":
        return turn, ""
    if turn == "no_gap" and _BY_THEN.search(before) and token.text[0] not in "均都全":
        return turn, before[-4:]  # 「月底前补齐」
    if context.planning or mode == "measure":
        return "planned", ""
    return ("planned", context.soon) if context.soon else (turn, "")


def statement(
    turn: Turn, token: Token, target: Target, number: Number | None, besides: tuple[str, ...]
) -> Statement | None:
    """The statement that a turn makes of a target; None where it claims nothing."""
    if turn == "none" and number is not None and number.value:
        turn = "gap"
    if turn == "none" and target.items is not None:
        turn = "gap"
    if turn in ("none", "planned") or (
        turn == "gap" and token.turn != "none" and not _COUNTS.search(token.text)
    ):
        number = None
    if turn == "held" and number is not None and number.value == 0 and not token.fact:
        turn, number = "none", None  # 「实有0台」
    if turn == "gap" and number is not None and number.value == 0:
        turn, number = "no_gap", None  # 「缺0」
    if turn == "gap" and target.whole and _QUALITY.search(token.text):
        turn = "weak"
    if target.whole and number is not None and turn in ("held", "bought") and not number.loose:
        return Statement(turn, target, number.value, words=token.text)
    if target.whole:
        number = None  # so many units missing of all: no row's number
    if turn == "required" and number is None:
        return None
    if target.whole and (turn not in _OF_ALL or token.sort == "fact"):
        return None
    return Statement(
        turn,
        target,
        number.value if number else None,
        number.loose if number else "",
        fact=token.fact,
        besides=besides if target.whole else (),
        words=token.text,
    )


def denies_lack(tokens: Sequence[Token], at: int, after: int, text: str) -> bool:
    """Whether 「没有」 denies a lack that is named behind: 「没有声级计短缺的情况」, 「一辆没有报废」."""
    if after >= len(tokens) or not is_bare_no(tokens[at]):
        return False
    if tokens[after].turn not in ("gap", "unusable", "weak"):
        return False
    between = tokens[at + 1 : after]
    if all(one.sort in ("number", "filler", "kinds") for one in between):
        return True
    behind = text[tokens[after].at + len(tokens[after].text) :]
    return between[-1].sort == "name" and re.match("等?的?(?:问题|情况|现象|情形)|$", behind) is not None


def is_rule(text: str) -> bool:
    """「按每3人1台的标准」 tells of a rule, not of what is there."""
    return re.search("^(?:按|按照|标准|要求|应|须|规定)|的?(?:标准|要求|比例|规定)", text) is not None


def tail(tokens: Sequence[Token], group: Group | None, at: int, after: int, whose: str) -> str:
    """What stands behind with 的 makes it no claim: 「未配备声级计的企业」「已到期的及时送检」."""
    end = max([at, *(group.names if group else ())])
    rest = [one for one in tokens[end + 1 : after] if one.sort not in ("number", "filler")]
    if group is not None and [one.sort for one in tokens[end + 1 : end + 2]] == ["of"]:
        owner = "".join(one.text for one in tokens[end + 2 : end + 3])
        if _BODY.fullmatch(owner):
            return f"说的是其他单位（{owner}）"  # 「还没批下来的县有5个」
    if len(rest) > 1 and rest[0].sort == "of" and rest[1].sort in ("theirs", "inspected", "condition"):
        return f"说的是其他单位（{rest[1].text}）"
    if (
        rest
        and rest[0].sort == "of"
        and len(rest) == 1
        and group is not None
        and group.as_object
        and whose != "ours"
    ):
        return "说的是其中的一部分"  # 「配齐声级计的10个」
    if rest and rest[0].sort == "of" and group is None and (len(rest) < 2 or rest[1].sort != "name"):
        return "说的是其中的一部分"
    if any(one.sort == "inspected" for one in rest) and whose != "ours":
        return "说的是检查、查处的情况"
    return ""
