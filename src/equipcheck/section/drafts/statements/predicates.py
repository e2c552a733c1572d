"""One turn of a clause read to its statements: the names it takes, their numbers, and what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from equipcheck.section.drafts.names import WHOLE, Target
from equipcheck.section.drafts.statements import meaning
from equipcheck.section.drafts.statements.clauses import Clause
from equipcheck.section.drafts.statements.context import Context
from equipcheck.section.drafts.statements.counting import Counted, Span, counted, in_total, number_at
from equipcheck.section.drafts.statements.form import Turn
from equipcheck.section.drafts.statements.groups import Group, group_for, is_bare, own_numbers, says_held
from equipcheck.section.drafts.statements.numbers import DIGITS, Looseness, Number, value_of
from equipcheck.section.drafts.statements.scope import reaches_past
from equipcheck.section.drafts.statements.statement import PART, REST, Statement
from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import TAKES_OBJECT, mark
from equipcheck.section.drafts.statements.umbrellas import listed, sums_up, together
from equipcheck.section.drafts.statements.words import ends_as_a_body, words

_SOLVED = mark("solved")
_EVERY = mark("every")
_NEGATES = mark("negates")
_STILL = mark("still")
_BUYING = mark("buying")
_LISTS = mark("lists")
_ONCE = mark("once")
_SERVICE = mark("service")
_EARLY = mark("early")
_CAME = mark("came")
_ADDRESSED = mark("addressed")
_PLAN_NAMED = mark("plan_named")
_RENEWS = mark("renews")
_REFUSES = mark("refuses")
_WHEN = mark("when")
_OVERALL = mark("overall")
_VAGUE = mark("vague")
_NOT_COME = mark("not_come")
_OF_ITS_OWN = mark("of_its_own")
"""「没有专门的取证设备」: there may be others."""
_SURPLUS = mark("surplus")
_NEEDS = mark("needs")
_RATES_ALL = re.compile("配备|达标|配置|装备")
"""Scrapped already or still to be; a phrase of joy; a hedge; what no standard measures."""


class Predicates:
    """Reads the turns of a sentence's clauses. `silent` says why the last of them claims nothing."""

    def __init__(self, mode: str, besides: tuple[str, ...], context: Context) -> None:
        self.mode = mode
        self.besides = besides
        self.context = context
        self.silent = ""

    def read(self, clause: Clause, span: Span) -> Iterator[Statement]:
        """The statements of one turn."""
        group = group_for(span.tokens, span.at, span.before, span.after)
        if isinstance(group, str):
            self.silent = f"说的是“{group}”"
            return
        self.silent = self._silent(clause, span, group)
        if self.context.past and group is not None and span.token.turn == "gap":
            self._then(clause, span, group)
        if self.silent or not (_says(span, group) or self._is_to_come(span, group)):
            return
        turn = meaning.turn_at(span.tokens, span.before, span.at, group, clause.text)
        if turn not in _TURNS:
            self.silent = turn
            return
        turn, doubt = meaning.settled(turn, span.token, clause.text[: span.token.at], self.context, self.mode)  # type: ignore[arg-type]
        if self.context.coming and turn in ("held", "usable", "no_gap", "bought", "rate"):
            self.silent = "说的是以后"
            return
        if turn == "planned" and _RENEWS.search(span.token.text):
            self.silent = "说的是更新换代"
            return
        unread = self._unread(span, group, turn) + doubt
        targets, bare = self._targets(clause, span, group)
        unread += bare
        if span.token.rate and not targets and bare == "" and _RATES_ALL.match(span.token.text):
            targets = self.context.group = [WHOLE]
        if not targets or (turn == "planned" and group is None and unread):
            self._remember(turn, span, group, unread)
            return
        if turn == "bought" and not (_is_object(group) or _bought(span)):
            return
        if span.token.rate:
            yield from self._rate(span.token, targets, unread)
            return
        self._remember(turn, span, group, unread)
        yield from self._made(turn, clause, span, group, targets, unread)

    def _is_to_come(self, span: Span, group: Group | None) -> bool:
        """「声级计亟待配备」「执法记录仪计划明年配备」"""
        return self.context.planning and group is not None and span.at + 1 == len(span.tokens)

    def _then(self, clause: Clause, span: Span, group: Group) -> None:
        """Remember the gap of an earlier time: 「上年度无人机缺口2架，至今没有补上」."""
        targets = [clause.targets[span.tokens[i].order] for i in group.names]
        for one in counted(span, group, list(group.names), targets):
            if one.number is not None and not one.unread:
                self.context.missing_then[one.target.name] = one.number

    def _silent(self, clause: Clause, span: Span, group: Group | None) -> str:
        """Why the turn makes no claim; empty where it may."""
        return self._of_something_else(clause, span, group) or self._of_now(clause, span, group)

    def _of_something_else(self, clause: Clause, span: Span, group: Group | None) -> str:
        """What the turn is said of, where it is no equipment that is there or not."""
        token = span.token
        if self.mode != "problem" and token.turn in ("gap", "none", "weak") and _ADDRESSED.match(clause.text):
            return "说的是所针对的问题"
        of_all = self._of_all(clause, span, group)
        if of_all:
            return of_all
        if any(one.sort == "scoped" for one in span.tokens[: span.at]):
            return "否定的是整个分句"
        past = reaches_past(span.tokens, span.at)
        if past:
            span.tokens[span.at] = Token("scoped", token.text, token.at)
            return f"没有的不是装备本身（{past}）"
        if token.turn == "none" and meaning.denies_lack(span.tokens, span.at, span.after, clause.text):
            span.tokens[span.at] = Token("denies", token.text, token.at)
            return "否定的是后面的说法"
        if token.sort == "fact" and span.before >= 0 and span.tokens[span.before].turn in ("gap", "none"):
            return "说的是没有做到的"  # 「尚不能做到人手一台」
        met = any(one.turn == "no_gap" for one in span.tokens[span.at :])  # 「按每车1台标准全部安装到位」
        ruled = token.sort == "fact" and not met and meaning.is_rule(clause.text)
        if ruled or (self.context.rule and token.turn in (None, "held", "required", "bought")):
            return "说的是配备标准"
        return ""

    def _of_all(self, clause: Clause, span: Span, group: Group | None) -> str:
        """What a turn on the equipment as a whole is said of, where that is no equipment."""
        token = span.token
        if group is None or not all(clause.targets[span.tokens[i].order].whole for i in group.names):
            return ""
        if self.mode == "measure" and token.turn in ("gap", "none", "weak"):
            return "说的是措施针对的问题"
        if token.turn == "planned" and _PLAN_NAMED.search(token.text):
            return "说的是计划本身"  # 「装备购置计划共9项」
        if token.turn == "no_gap" and "建设" in clause.text[: token.at]:
            return "说的是“建设”"  # 「装备标准化建设达到要求」 counts no units
        return ""

    def _of_now(self, clause: Clause, span: Span, group: Group | None) -> str:
        """Which other time, case or body the turn is said of."""
        token = span.token
        if token.turn in ("unusable", "gap", "none") and (
            self.context.coming or self.context.soon.startswith("将")
        ):
            return "说的是以后"
        silent = _another_time(token, clause.text)
        period = self.context.period or "年内" in clause.text
        if period and token.turn == "none" and _BUYING.search(token.text):
            silent = "说的是这一年没有新购"
        if silent:
            return silent
        silent = self.context.silent() or self._for_others(span)
        if token.turn in ("gap", "none") and meaning.is_solved(clause.text[token.at :]):
            silent = silent if not self.context.past else ""  # 「上年缺配的问题均已解决」
        lacks = token.turn in ("gap", "planned") or (token.turn == "bought" and self.context.planning)
        if group is None and lacks and self.context.renewed:
            return "说的是更新换代或者附属物"
        if group is None and token.turn in ("gap", "none", "planned") and _LISTS.search(clause.text):
            return silent  # 「缺配的主要是：」
        return silent or meaning.tail(span.tokens, group, span.at, span.after, self.context.whose)

    def _for_others(self, span: Span) -> str:
        """「省厅为高海拔县的执法机构统一配发」: others have it from others."""
        ahead = span.tokens[: span.at]
        to = next(
            (at for at, one in enumerate(ahead) if one.sort == "made_to" and one.text in ("为", "给")), None
        )
        if (
            self.context.whose != "unsure"
            or to is None
            or span.token.turn not in ("bought", "held", "planned")
        ):
            return ""
        given_to = "".join(one.text for one in ahead[to + 1 :])
        open_ = not given_to or any(one.sort in ("ours", "parts", "name") for one in ahead[to + 1 :])
        return "" if open_ else f"说的是其他单位（{given_to}）"

    def _unread(self, span: Span, group: Group | None, turn: Turn) -> str:
        """Words that leave a doubt: between name and turn, negations anywhere, subjects that may be others."""
        tokens = span.tokens
        first = min([span.at, *(group.names if group else ())])
        ahead = [one.text for one in tokens[:first] if one.sort == "unread" and len(one.text) > 1]
        others = "".join(one for one in ahead if ends_as_a_body(one))
        negated = "".join(one.text for one in tokens if one.sort == "unread" and _NEGATES.search(one.text))
        needs = span.token.turn == "no_gap" and _NEEDS.search(span.token.text)
        vague = span.token.text if needs or _VAGUE.search(span.token.text) else ""
        if turn == "gap" and span.after < len(tokens) and tokens[span.after].sort == "fact":
            vague += tokens[span.after].text  # 「尚不能做到人手一台」: nor does the standard ask for it
        if group is None and _NOT_COME.search(span.token.text):
            vague += span.token.text  # 「…至今未到位」: the money, or the thing
        if turn == "no_gap":
            vague += "".join(one.text for one in tokens[: span.at] if _OVERALL.search(one.text))
        if group is None and turn in ("usable", "no_gap", "unusable"):
            vague += "".join(one.text for one in tokens[: span.at] if one.text in words("rest"))
        if turn == "none":
            vague += "".join(one.text for one in tokens[span.at : span.after] if _OF_ITS_OWN.search(one.text))
        return (group.unread if group else "") + self.context.doubt(turn) + others + negated + vague

    def _targets(self, clause: Clause, span: Span, group: Group | None) -> tuple[list[Target], str]:
        """What the turn is said of, and what of a clause without names was not understood."""
        if group is not None:
            return [clause.targets[span.tokens[i].order] for i in group.names], ""
        bare = is_bare(span.tokens, span.at)
        behind = [one for one in span.tokens[span.at + 1 :] if one.sort != "filler"]
        if (
            behind
            and behind[0].sort == "unread"
            and len(behind[0].text) > 1
            and span.token.turn in TAKES_OBJECT
        ):
            return [], ""  # 「缺少走航等先进设备」: of something that has no known name
        near = self.context.near
        if (
            bare is not None
            and near
            and not clause.subject
            and any(one.sort == "part" for one in span.tokens[: span.at])
        ):
            return near, bare + (PART if len(near) > 1 else "")  # 「A2台，B3台，其中1台损坏」: of B
        return (list(self.context.group), bare) if bare is not None else ([], "")

    def _remember(self, turn: Turn, span: Span, group: Group | None, unread: str) -> None:
        """For clauses that go on: 「检定到期，不能使用，涉及声级计2部」."""
        context = self.context
        goes_on = turn == context.turn == "unusable" and not context.counted
        context.words = (context.words if goes_on else "") + span.token.text
        listed = group is not None and group.as_object and own_numbers(span.tokens, group.names) != {}
        context.counted = listed or number_at(span.tokens, span.at + 1) is not None
        context.turn, context.unread = turn, unread
        context.of_subject = group is not None and not group.as_object

    def _made(
        self, turn: Turn, clause: Clause, span: Span, group: Group | None, targets: list[Target], unread: str
    ) -> Iterator[Statement]:
        names = list(group.names) if group else []
        keep = [
            order
            for order, one in enumerate(targets)
            if not (one.whole or (names and sums_up(span.tokens, names[order], one)))
            or (names and one.whole and listed(span.tokens, names[order]))
        ] or list(range(len(targets)))
        names = [names[order] for order in keep] if names else []
        negated = re.match("未|没有|无", span.token.text) is not None
        every = negated or _EVERY.search(clause.text) is not None
        total = None if group is None else in_total(span, names)
        if total is not None and len(keep) > 1:
            united = together([targets[order] for order in keep])
            self.context.united = united
            made = meaning.statement(turn, span.token, united, total, self.besides)
            if made is not None:
                yield replace(made, unread=unread)
            if turn == "gap":
                return
        for one in counted(span, group, names, [targets[order] for order in keep]):
            if one.of_all is not None:
                yield Statement("held", one.target, one.of_all.value, one.of_all.loose, unread=unread)
            squads = turn == "held" and self.context.of_each(span.tokens)
            number = (
                None
                if self.context.whose == "parts" and not squads
                else one.number or self._of_item(clause, span, turn, one)
            )  # each of our squads has so many
            made = meaning.statement(turn, span.token, one.target, number, self.besides)
            if turn == "no_gap" and _SURPLUS.search(span.token.text):
                number = None  # 「富余2台」: so many more than asked for
                made = meaning.statement(turn, span.token, one.target, number, self.besides)
            elif turn != span.token.turn and turn == "no_gap":
                made = meaning.statement(turn, span.token, one.target, None, self.besides)
            elif turn == "no_gap" and one.number is not None and not one.target.whole:
                held = Statement(
                    "held", one.target, one.number.value, one.number.loose, unread=unread + one.unread
                )
                yield held  # 「声级计（2台）已配备到位」
                number = None
                made = meaning.statement(turn, span.token, one.target, number, self.besides)
            if made is not None:
                words = self.context.words if turn == "unusable" else made.words
                vague = REST if turn == "none" and one.target.whole and self.besides else ""
                vague += "不足" if one.number is not None and one.number.loose == "most" else ""
                ours = not self.context.doubt(turn)
                then = self.context.missing_then.get(one.target.name)
                if (
                    then is not None
                    and not names
                    and turn == "gap"
                    and one.number is None
                    and _STILL.search(clause.text)
                ):
                    made = replace(made, number=then.value, loose=then.loose)
                fact = "teams" if squads and one.number is not None else made.fact  # each of them has so many
                yield replace(
                    made,
                    target=_with_items(made.target, span.tokens),
                    words=words,
                    every=every,
                    unread=unread + vague + one.unread,
                    ours=ours,
                    fact=fact,
                )
        if (
            group is None
            and not clause.subject
            and (turn in ("usable", "unusable", "no_gap") or _CAME.search(span.token.text))
        ):
            doubt = self.context.doubt()
            self.context.told_of += [
                (at, replace(one, unread=one.unread + doubt)) for at, one in self.context.pending
            ]
            self.context.pending = []

    def _of_item(self, clause: Clause, span: Span, turn: Turn, one: Counted) -> Number | None:
        """「声级计2台（已过期）」「声级计2台，检定过期」: of both."""
        if not (clause.subject and turn == "usable") and (clause.targets or turn != "unusable"):
            return None
        parted = any(each.sort == "part" for each in span.tokens[: span.at])
        if parted or (self.context.parted and not clause.subject):
            return None  # 「3台，其中1台响应异常，暂停使用」
        told = [said for _, said in self.context.pending if said.target == one.target]
        return Number(told[-1].number) if told and told[-1].number is not None else None

    def _rate(self, token: Token, targets: Sequence[Target], unread: str) -> Iterator[Statement]:
        if self.mode == "measure" or self.context.coming or self.context.soon:
            self.silent = "说的是目标"
            return
        words = token.text.replace(token.rate or "", "")
        loose: Looseness = ""
        if re.search("不少于|超过|不低于|至少|以上", words):
            loose = "least"
        elif re.search("不足|低于|不到|不及", words):
            loose = "most"
        elif re.search("约|近|左右|接近", words):
            loose = "about"
        yield Statement("rate", together(targets), None, loose, token.rate, words=token.text, unread=unread)


_TURNS = (
    "none", "gap", "planned", "no_gap", "held", "bought", "usable", "unusable", "required", "rate", "weak",
)  # fmt: skip


def _another_time(token: Token, text: str) -> str:
    """Why a turn tells of another time or case: 「年初尚缺…」「…不足时」「解决了…不足」."""
    if token.turn in ("gap", "none", "held", "usable") and _EARLY.search(text[: token.at]):
        return "说的是年初"
    if token.turn == "none" and _REFUSES.search(token.text):
        return "说的是不打算购置"
    if token.turn in ("held", "usable") and _ONCE.search(text[: token.at]) and "已" not in text:
        return "说的是以后"
    if token.turn in ("bought", "planned") and _SERVICE.match(text[token.at + len(token.text) :]):
        return "说的是购买服务"
    if _WHEN.match(text[token.at + len(token.text) :]):
        return "条件句，不作判断"
    return "说的是已解决的问题" if _SOLVED.search(text[: token.at]) else ""


def _with_items(target: Target, tokens: Sequence[Token]) -> Target:
    """「装备缺口21项」: of how many kinds it is told."""
    counted = [one.text for one in tokens if one.sort == "kinds"]
    found = re.match(DIGITS, counted[0]) if len(counted) == 1 else None
    if not target.whole or target.items is not None or found is None:
        return target
    return replace(target, items=value_of(found[0]))


def _says(span: Span, group: Group | None) -> bool:
    token = span.token
    if token.turn != "held" or token.sort != "turn":
        return True
    if (
        _is_object(group)
        and span.after < len(span.tokens)
        and re.fullmatch("现有|已有|在用|现配备", token.text)
    ):
        return own_numbers(span.tokens, group.names if group else (0,)) != {}  # 「现有车辆已无法承担…」
    return says_held(span.tokens, span.at, as_object=_is_object(group))


def _is_object(group: Group | None) -> bool:
    return group is not None and group.as_object


def _bought(span: Span) -> bool:
    """Whether 「购置」 is said of what stands before it, by a number or as done."""
    ahead = span.tokens[span.before + 1 : span.at]
    done = any(one.sort == "done" and one.text.endswith("完成") for one in ahead)
    done = done or (bool(ahead) and ahead[-1].sort == "done")
    done = done and not any(one.sort in ("soon", "coming") for one in ahead)  # 「完成无人船采购」
    counted = number_at(span.tokens, span.at + 1) is not None
    return done or counted or meaning.DONE.search(span.token.text) is not None
