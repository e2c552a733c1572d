"""Of which names a turn is said, and which number belongs to which name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from equipcheck.section.drafts.statements.numbers import Number
from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import TAKES_OBJECT, WEAK_HELD

REACH = 8
"""So many characters that were not understood leave a doubt; with more, something else is spoken of."""
_LINK_WORDS = re.compile("[、和与及以或等共约计\"'“”‘’\\s]*|其中|另有|以及|(?:以)?及|及其|和")


@dataclass(frozen=True, slots=True)
class Group:
    """Names in a row (places among the tokens), whether they are the turn's object, and what was not understood."""

    names: tuple[int, ...]
    as_object: bool = False
    unread: str = ""


def groups_of(tokens: Sequence[Token]) -> list[tuple[int, ...]]:
    """Runs of names joined by 、和及… and their numbers."""
    groups: list[tuple[int, ...]] = []
    last: int | None = None
    for index, token in enumerate(tokens):
        if token.sort != "name":
            continue
        if last is not None and _links(tokens[last + 1 : index]):
            groups[-1] += (index,)
        else:
            groups.append((index,))
        last = index
    return groups


def _links(between: Sequence[Token]) -> bool:
    """Whether what stands between two names makes them one list; a thing with no known name may stand in it."""
    summed = next((index for index, one in enumerate(between) if one.sort == "listed"), len(between))
    return all(
        one.sort in ("join", "number", "listed", "each", "rule")
        or (index > summed and one.sort in ("filler", "of"))
        or one.sort == "aside"
        or (one.sort == "kinds" and index + 1 == len(between))  # 「A、B两类取证设备」
        or (one.sort == "filler" and index > 0 and between[index - 1].sort == "join")  # 「和高清夜视仪」
        or (one.sort == "of" and index > 0 and between[index - 1].sort in ("aside", "filler"))
        or (one.sort in ("filler", "part") and _LINK_WORDS.fullmatch(one.text))
        or is_item(between, index)
        for index, one in enumerate(between)
    )


def is_item(tokens: Sequence[Token], at: int) -> bool:
    """Whether words that were not understood are an item of a list: 「、水质综合毒性仪、」."""
    start, end = at, at
    while start > 0 and tokens[start - 1].sort in _INSIDE and not _stops(tokens[start - 1]):
        start -= 1
    while end + 1 < len(tokens) and tokens[end + 1].sort in _INSIDE and not _stops(tokens[end + 1]):
        end += 1
    while end > at and tokens[end].sort == "filler":
        end -= 1  # 「皮鞋暂缺」
    item = "".join(one.text for one in tokens[start : end + 1] if one.sort in ("unread", "filler", "beside"))
    joined = (end + 1 < len(tokens) and tokens[end + 1].sort == "join") or (
        start > 0 and tokens[start - 1].sort == "join"
    )
    return joined and tokens[at].sort in _INSIDE and _ITEM.search(item) is not None


def _stops(token: Token) -> bool:
    return token.text in ("、", "和", "及", "与", "等")


_INSIDE = ("unread", "filler", "number", "void", "beside")
_AHEAD_OF_A_NUMBER = (
    *("", "共", "共计", "为", "有", "仅", "数量", "一共", "总共", "统共", "拢共", "就", "只", "才", "仅仅"),
    *("只有", "仅有", "总计", "合计", "目前", "现", "倒"),
)
PARTS = ("电池", "电量", "续航", "存储", "功能", "接口", "信号", "软件", "画面", "配件")
_SUBJECTS = ("类", "类别", "方面", "领域", "这块", "这方面", "部分")
"""How a clause without a name names what it speaks of: 「快速检测类差距较大」."""
_ITEM = re.compile(
    "(?:仪|器|机|计|车|船|艇|箱|包|服|镜|灯|帽|笔|表|终端|设备|装置|系统|套装|工具|仪器|套件|站|衣|鞋)(?:[一二三四五六七八九十两\\d]+.)?$"
)


def group_for(tokens: Sequence[Token], at: int, before: int, after: int) -> Group | str | None:
    """The names that the turn at a place speaks of. `before` and `after` bound it: the turns (or ends) beside it.

    A text says what else is spoken of; None is: no name in this clause.
    """
    turn = tokens[at]
    groups = groups_of(tokens)
    following = next((one for one in groups if at < one[0] < after), None)
    preceding = next((one for one in reversed(groups) if before < one[0] < at), None)
    if preceding is None:
        # 「声级计3台中2台过期，…」: an earlier turn's names are the subject of a second turn, too
        preceding = next((one for one in reversed(groups) if one[0] < at), None)
    number_behind = at + 1 < len(tokens) and tokens[at + 1].sort in ("number", "change")
    other: str | None = None
    subject: Group | None = None
    if preceding is not None:
        found = _between(tokens[preceding[-1] + 1 : at], parts=PARTS if turn.turn == "unusable" else ())
        if isinstance(found, str):
            subject = Group(preceding, unread=found)
        else:
            other = found.text
    if (
        following is not None
        and (turn.turn in TAKES_OBJECT or turn.sort == "fact")
        and not (number_behind and subject is not None)
        and (
            not number_behind
            or turn.turn != "gap"
            or tokens[min(at + 2, len(tokens) - 1)].sort in ("name", "of")
        )
    ):
        found = _between(tokens[at + 1 : following[0]], object_=True)
        if isinstance(found, str) and tokens[at + 1].sort != "join":
            return Group(following, as_object=True, unread=found)
        if not isinstance(found, str) and subject is None:
            other = found.text
    if subject is not None:
        return subject
    return other


def _between(tokens: Sequence[Token], *, object_: bool = False, parts: Sequence[str] = ()) -> str | Token:
    """What was not understood between a name and its turn, or the token that makes it a statement on something else."""
    unread = ""
    for index, token in enumerate(tokens):
        if token.text in parts and index and tokens[index - 1].sort in ("number", "part"):
            continue  # 「3台电池鼓包无法开机」
        if is_item(tokens, index) or (token.sort == "void" and _summed(tokens[:index])):
            continue
        if token.sort in ("beside", "void") or (
            object_ and token.sort in ("theirs", "act_on", "condition", "title", "made_to", "inspected")
        ):
            return token
        if token.sort == "unread":
            if not object_ and index and tokens[index - 1].sort == "of":
                return token  # 「…的原理」
            unread += token.text
    if len(unread) > REACH:
        return Token("unread", unread, 0)
    return unread


def _summed(before: Sequence[Token]) -> bool:
    """Whether 「等一批…」 leads to what sums up the names before it."""
    return any(one.sort == "listed" for one in before)


def is_bare(tokens: Sequence[Token], before: int) -> str | None:
    """What is not understood in a clause without names; None where it has a subject of its own."""
    unread = "".join(one.text for one in tokens if one.sort == "unread" and one.at >= 0)
    if any(one.sort in ("beside", "void", "title", "theirs") for one in tokens[:before]):
        return None
    own = (
        before < len(tokens)
        and before
        and tokens[before - 1].sort == "unread"
        and len(tokens[before - 1].text) > 1
    )
    ahead = "".join(one.text for one in tokens[:before] if one.sort in ("filler", "aside"))
    if own or ahead.endswith(_SUBJECTS):
        return None  # 「办公条件达标」
    return unread if len(unread) <= REACH - 2 else None


# -- numbers -------------------------------------------------------------------------------------------------------


def own_numbers(tokens: Sequence[Token], names: Sequence[int]) -> dict[int, Number]:
    """The number that stands right behind each name, or right before it (「2台声级计、1架无人机」)."""
    found: dict[int, Number] = {}
    for name in names:
        number = _behind(tokens, name) or _ahead(tokens, name)
        if number is not None:
            found[name] = number
    return found


def _behind(tokens: Sequence[Token], name: int) -> Number | None:
    at = name + 1
    while at < len(tokens) and (
        (tokens[at].sort == "ours" and tokens[at].text[0] == "全")
        or (tokens[at].sort in ("filler", "hedge") and tokens[at].text.strip() in _AHEAD_OF_A_NUMBER)
    ):
        at += 1
    if at < len(tokens) and tokens[at].sort in ("number", "change"):
        return tokens[at].number
    return None


def _ahead(tokens: Sequence[Token], name: int) -> Number | None:
    at = name - 1
    while at >= 0 and (tokens[at].sort == "of" or (tokens[at].sort == "filler" and len(tokens[at].text) > 1)):
        at -= 1
    if at < 0 or tokens[at].sort != "number":
        return None
    before = next((one for one in reversed(tokens[:at]) if one.sort != "filler"), None)
    taken = before is not None and before.sort in ("name", "each")
    return None if taken else tokens[at].number


def each_number(tokens: Sequence[Token], start: int, end: int) -> Number | None:
    """「各2台」「均为1台」 behind the names."""
    for index in range(start, min(end, len(tokens) - 1)):
        token = tokens[index]
        each = token.sort == "each" or (token.sort == "turn" and re.search("各|均", token.text))
        if each and tokens[index + 1].sort == "number":
            return tokens[index + 1].number
    return None


def dealt(tokens: Sequence[Token], start: int, count: int) -> list[Number] | None:
    """「分别缺1台、3台」: as many numbers in a row as there are names."""
    apart = any(
        one.sort == "apart" or (one.sort in ("turn", "filler") and re.search("分别|依次", one.text))
        for one in tokens[start:]
    )
    numbers = [one.number for one in tokens[start:] if one.sort == "number" and one.number is not None]
    return numbers if apart and len(numbers) == count else None


def says_held(tokens: Sequence[Token], at: int, *, as_object: bool) -> bool:
    """Whether 「有」「配备」 alone says that something is there: 「配备情况」 and 「有关」 do not."""
    words = tokens[at].text.removesuffix("了")
    if words not in WEAK_HELD:
        return True
    behind = [one.sort for one in tokens[at + 1 :] if one.sort not in ("filler", "aside", "of", "kinds")]
    follows = behind[0] if behind else ""
    if follows in ("number", "change", "fact"):
        return True
    if words in ("仅", "只", "共", "共计", "合计", "总计"):
        return behind[:2] == ["name", "number"]
    return follows == "name" or (as_object and words != "有")
