"""A clause of names alone goes on with what was said before: 「已配备声级计3台，无人机1架」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from equipcheck.section.drafts.names import Target
from equipcheck.section.drafts.statements import meaning
from equipcheck.section.drafts.statements.clauses import Clause
from equipcheck.section.drafts.statements.context import Context
from equipcheck.section.drafts.statements.form import Turn
from equipcheck.section.drafts.statements.groups import dealt, each_number, is_bare, own_numbers
from equipcheck.section.drafts.statements.numbers import DIGITS, UNIT, Number, value_of
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import mark

_LISTS = mark("carried_lists")

_EACH_FEW = re.compile(
    rf"每(?P<every>{DIGITS})(?:名|个|位)?(?:执法人员|人)(?:配备|配置|配|共用)?(?P<count>{DIGITS}){UNIT}"
)
"""「目前每两人一台」: what there is, and no rule."""
_IS_SO = mark("is_so")
_TOTAL = mark("total")
_USED = mark("used")
_MORE = mark("more_than")
_ITEM = ("name", "number", "join", "each", "ours", "now")
_ONLY = ("只", "仅", "仅有", "只有", "才", "就", "共", "一共", "总共", "还", "也")
_AHEAD = ("heads", "ours", "now", "filler", "of", "aside", "done", "year")
_BEHIND = (
    "apart",
    "number",
    "filler",
    "aside",
    "of",
    "each",
    "join",
    "now",
    "done",
    "part",
    "listed",
    "kinds",
)


def carried(
    clause: Clause,
    tokens: Sequence[Token],
    groups: Sequence[tuple[int, ...]],
    context: Context,
    *,
    turned: bool,
) -> Iterator[Statement]:
    """The statements of names without a turn of their own. `turned`: the clause has turns, which took none of them."""
    if not groups:
        yield from _changed_subject(tokens, context)
        return
    listed = clause.colon or _LISTS.match(clause.text) is not None
    opened = _opens(tokens[: groups[0][0]])
    each = any(one.sort == "each" and one.text[-1] in "配有" for one in tokens)  # 「各配2台」
    for group in groups:
        own = own_numbers(tokens, group) or _dealt(tokens, group)
        spread = each_number(tokens, group[-1] + 1, len(tokens))
        for index in group:
            target = clause.targets[tokens[index].order]
            number = own.get(index) or spread
            if target.whole:
                continue
            if number is not None and _is_all(tokens, index):
                yield Statement("held", target, number.value, number.loose, unread=context.doubt())
                continue
            shared = _shared(clause, tokens[:index], target, number, context)
            if shared is not None:
                yield from shared
                continue
            behind = next((one.sort for one in tokens[index + 1 :] if one.sort != "filler"), "")
            changed = behind == "change"
            if changed and (context.coming or context.planning):
                continue  # 「到2026年底，无人机由2架增至4架」
            turn = _turn(
                context, number, changed=changed, opened=opened, turned=turned, each=each, colon=listed
            )
            several = behind == "some" and turn in ("held", "bought")  # 「强光手电若干」
            if turn is None or turn in ("weak", "rate") or (number is None and not listed and not several):
                meant = context.soon or context.coming  # 「拟报废照相机4部」
                subject = _is_subject(tokens, group, context)
                if number is not None and not turned and turn is None and not meant:
                    none = number.value == 0  # 「卫星电话0部」
                    one = (
                        Statement("none", target)
                        if none
                        else Statement("held", target, number.value, number.loose)
                    )
                    context.pending.append((context.at, one))
                    if subject:
                        plain = all(one.sort in _ITEM for one in tokens)
                        context.firm |= set() if plain else {context.at}
                        context.leading.add((context.at, target.name))
                    context.spread = context.spread or index not in own
                continue
            words = "缺" if turn == "gap" else context.words
            fact = "teams" if turn == "held" and context.of_each(tokens) else None  # 「各中队各配2台」
            made = meaning.statement(turn, Token("turn", words, 0, turn, fact=fact), target, number, ())
            if made is not None:
                yield replace(made, unread=context.doubt(turn) or context.unread)


def _is_subject(tokens: Sequence[Token], group: Sequence[int], context: Context) -> bool:
    """Whether counted names stand first in their clause, as what there is: 「电脑五台…」「全队十五台记录仪…」."""
    if context.stray or context.silent() or context.doubt() or context.rule or context.ruled:
        return False
    if context.turn not in (None, "held", "bought", "usable", "no_gap", "required"):
        return False
    first, last = group[0], group[-1]
    ahead = [one for one in tokens[:first] if one.sort != "number"]
    behind = tokens[last + 1 :]
    if not all(one.sort in _AHEAD for one in ahead) or any(_MORE.search(one.text) for one in ahead):
        return False
    if _is_total(tokens, group):
        return True
    used = _USED.search("".join(one.text for one in behind)) is not None
    if used or not all(one.sort in _BEHIND for one in behind):
        return False
    if len(ahead) < first:  # 「五辆执法车跑三个镇」, not 「2台声级计送检」
        return context.at == 1 and any(one.sort == "aside" for one in behind)
    return any(one.sort == "number" for one in tokens[first : last + 3])


def _going_on(tokens: Sequence[Token], context: Context) -> Statement | None:
    """「应配30台，目前22台」「单皮鞋已发（26双）」: how many there are of what was named."""
    counted = [one.number for one in tokens if one.sort == "number"]
    sorts = {one.sort for one in tokens}
    now = bool(sorts & {"now", "year", "done"}) or context.turn in ("held", "bought")
    plain = sorts <= {"now", "year", "number", "ours", "done"} or all(
        one.sort != "filler" or one.text in _ONLY for one in tokens
    )
    if len(counted) != 1 or counted[0] is None or not now or len(context.group) != 1 or context.silent():
        return None
    if (
        not plain
        or not sorts <= {"now", "year", "number", "ours", "done", "filler"}
        or context.group[0].whole
    ):
        return None
    if context.turn not in (None, "required", "held", "bought") or (
        context.counted and context.turn != "required"
    ):
        return None
    return Statement(
        "held", context.group[0], counted[0].value, counted[0].loose, unread=context.doubt() or context.left
    )


def _dealt(tokens: Sequence[Token], group: Sequence[int]) -> dict[int, Number]:
    """「测距仪、望远镜、夜视仪分别为3台、2台、0台」"""
    numbers = dealt(tokens, group[-1] + 1, len(group))
    return {} if numbers is None else dict(zip(group, numbers, strict=True))


def _is_total(tokens: Sequence[Token], group: Sequence[int]) -> bool:
    """「全队十五台执法记录仪」「十五台执法记录仪中」"""
    behind = tokens[group[-1] + 1 : group[-1] + 2]
    among = bool(behind) and behind[0].text[0] in "中里" and tokens[group[0] - 1].sort == "number"
    return (
        (among and group[0] > 0)
        or any(_TOTAL.search(one.text) for one in tokens[: group[0]])
        or any(one.sort == "part" for one in behind)
    )


def total(
    clause: Clause, tokens: Sequence[Token], group: Sequence[int], context: Context
) -> Statement | None:
    """The number of all of which a clause tells a part: 「15台终端中有3台…」「全队十五台…有近一半…」."""
    target = clause.targets[tokens[group[0]].order]
    number = own_numbers(tokens, group).get(group[0])
    if len(group) > 1 or number is None or target.whole or not _is_total(tokens, group):
        return None
    open_ = context.silent() or context.doubt() or context.rule or context.ruled or context.planning
    if open_ or not all(one.sort in (*_AHEAD, "number") for one in tokens[: group[0]]):
        return None
    return Statement("held", target, number.value, number.loose)


def _is_all(tokens: Sequence[Token], name: int) -> bool:
    """「4台摄像机中…」, whatever is told of a part of them."""
    behind = tokens[name + 1] if name + 1 < len(tokens) else None
    return behind is not None and behind.sort == "part" and behind.text[0] == "中"


def _turn(
    context: Context,
    number: Number | None,
    *,
    changed: bool,
    opened: bool,
    turned: bool,
    each: bool,
    colon: bool,
) -> Turn | None:
    if changed and number is not None:
        return "gap" if context.turn == "gap" else "held"  # 「由2台增加到8台」
    if turned:
        return None
    if number is not None and each:
        return "held"
    if number is not None and context.turn == "unusable" and context.parted:
        return "held"  # 「A3台，其中1台损坏，B2台」
    if (
        number is not None
        and context.turn == "unusable"
        and context.of_subject
        and not (context.counted or colon)
    ):
        return "weak"  # 「A2台停用，B1台」: out of use too, or there
    if number is not None and ((opened and context.turn is None) or context.turn in ("no_gap", "usable")):
        return "held"  # 「我局声级计3台」「通讯设备齐全，固定电话5部」
    if number is not None and context.turn in ("gap", "none") and not (context.counted or colon):
        return None  # 「装备不足，声级计2台」
    return context.turn


def _opens(ahead: Sequence[Token]) -> bool:
    """Whether 「我局」「目前」 and nothing else stands before the names."""
    return any(one.sort in ("ours", "now") for one in ahead) and all(
        one.sort in ("ours", "now", "filler", "number", "of") for one in ahead
    )


def _shared(
    clause: Clause, ahead: Sequence[Token], target: Target, number: Number | None, context: Context
) -> tuple[Statement, ...] | None:
    """「每3人共用打印机1台」"""
    several = next((one.number for one in ahead if one.sort == "several"), None)
    ruled = _EACH_FEW.search(clause.text)
    if several is None and ruled is not None and _IS_SO.search(clause.text):
        several, number = _few(ruled["every"]), _few(ruled["count"])
    if several is None or number is None:
        return None
    if meaning.is_rule(clause.text):
        return ()
    return (Statement("held", target, number.value, fact="staff", per=several.value, unread=context.doubt()),)


def _few(digits: str) -> Number | None:
    value = value_of(digits)
    return None if value is None else Number(value)


def _changed_subject(tokens: Sequence[Token], context: Context) -> Iterator[Statement]:
    if context.coming or context.planning:
        return
    part = (
        len(tokens) > 1
        and tokens[0].sort == "number"
        and tokens[1].sort == "part"
        and tokens[1].text[0] == "中"
    )
    if part and len(context.group) == 1 and not context.group[0].whole and tokens[0].number is not None:
        number = tokens[0].number  # 「8台中有5台为2014年前购置」
        yield Statement("held", context.group[0], number.value, number.loose, unread=context.doubt())
        return
    going_on = _going_on(tokens, context)
    if going_on is not None:
        yield going_on
        return
    changed = next((one.number for one in tokens if one.sort == "change"), None)
    if changed is None or is_bare(tokens, len(tokens)) is None:
        return
    for target in context.group:
        if not target.whole:
            yield Statement("held", target, changed.value, unread=context.doubt())
