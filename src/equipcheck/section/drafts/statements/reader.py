"""A sentence read clause by clause: whose, kinds, turn, number, time; doubt is kept, never guessed away.

A clause's turn takes the names that follow it (「缺少声级计2台」), else those before it (「声级计不足」), else the
subject of the clause before. What is said of others, of the past or on a condition says nothing of this year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from equipcheck.section.drafts.names import Lexicon, Target
from equipcheck.section.drafts.sentences import Sentence
from equipcheck.section.drafts.statements import accounts, exceptions, frames, later, tallies
from equipcheck.section.drafts.statements.carried import carried, total
from equipcheck.section.drafts.statements.clauses import Clause, Text, clauses_of, masked
from equipcheck.section.drafts.statements.context import Context
from equipcheck.section.drafts.statements.counting import Span
from equipcheck.section.drafts.statements.form import Sort
from equipcheck.section.drafts.statements.groups import groups_of
from equipcheck.section.drafts.statements.predicates import Predicates
from equipcheck.section.drafts.statements.statement import Reading, Statement
from equipcheck.section.drafts.statements.tokens import Token, scan
from equipcheck.section.drafts.statements.turns import mark
from equipcheck.section.drafts.statements.umbrellas import named
from equipcheck.section.drafts.statements.words import ends_as_a_body

_RULES = mark("rules")
_SUPPOSED = mark("supposed")
_DOUBLE = mark("double")
_ASKS = mark("asks")
_GIVEN = mark("given")
"""「…1部、…1台，均为2019年省级项目下发」: then these are held."""
_WHICH = mark("which")
_NOW = mark("now")
_SINCE = mark("since")
_RULED = mark("ruled")
_LEADS: tuple[Sort, ...] = (
    "ours",
    "now",
    "year",
    "name",
    "void",
    "filler",
    "of",
    "aside",
    "done",
    "title",
    "act_on",
)
"""What may stand in the clause that a list of what is there follows."""
_OPENS: tuple[Sort, ...] = ("turn", "fact", "ours", "now", "theirs", "unsure", "year", "past", "coming")
"""What begins anew, and does not go on with the sentence before a semicolon."""
_ITEMS: tuple[Sort, ...] = ("ours", "now", "name", "number", "join")
_COUNTS = ("", "共", "共计", "计", "有", "为", "仅", "只", "各类", "各")
"""What an item of a list is made of: 「声级计共3台」."""
_SUM = re.compile("合计|总计|共计|总共|共$")
_NOTHING = "没有说到装备，或者说的是它的附属物、服务"
_OBJECT = mark("lack_object")
_TOPIC = 10
_USED = mark("used")
_WANTS = mark("wants")
_SERVES = mark("serves")
_RENEWED = mark("renewed")
_POINTS = mark("points")
_QUOTED_RULE = mark("quoted_rule")


def read(sentence: Sentence, lexicon: Lexicon, year: int, subject: Sequence[Target] = ()) -> list[Reading]:
    """How each clause of a sentence was read. `subject` is what it speaks of unless it says so (a table's row)."""
    return read_text(masked(sentence.folded, lexicon), sentence, year, subject, "")[0]


def read_text(
    text: Text,
    sentence: Sentence,
    year: int,
    subject: Sequence[Target],
    abroad: str,
    *,
    listed: bool = False,
    before: Context | None = None,
) -> tuple[list[Reading], Context]:
    """How each clause of a masked sentence was read, and what it leaves for the next. `abroad`: what was said of
    others before; `before`: what an item without a verb goes on with."""
    if _DOUBLE.search(text.text) and text.targets:
        return [Reading(text.written, silent="双重否定或反问，不作判断")], Context(year)
    if _ASKS.search(text.text) and text.targets:
        return [Reading(text.written, silent="问句，不作判断")], Context(year)
    found, text, besides = exceptions.read(tallies.summed(text))
    clauses = list(clauses_of(text))
    context = Context(year, group=list(subject))
    if (
        before is not None
        and clauses
        and clauses[0].targets
        and not any(one.sort in _OPENS for one in scan(clauses[0].text))
    ):
        context = before.for_item()
        clauses[0].colon = context.listing
    if before is not None and before.listing:
        context.listing = True
        context.soon = context.soon or ("拟" if before.soon else "")  # 「申请资金用于：（1）更新…」
    reader = _Reader(sentence.mode, besides, context)
    if abroad:
        context.whose_words = abroad
        context.whose = "theirs" if _POINTS.match(text.text) else "before"
        context.inspected = listed
    context.condition = context.condition or _SUPPOSED.search(text.text) is not None
    context.rule = context.rule or _RULES.search(text.text) is not None
    readings = later.listed([reader.clause(clause) for clause in clauses], context, sentence.mode)
    if found:
        readings.insert(0, exceptions.held_to(found, readings, context))
    if not (text.masks or subject or found):
        return [], context
    return [_explained(one) for one in later.mended(readings)], context


def _explained(one: Reading) -> Reading:
    """A reading that says why it claims nothing: every clause of a sentence on equipment stands in `--explain`."""
    return one if one.statements or one.silent else replace(one, silent=_NOTHING)


def _goes_on(clause: Clause) -> bool:
    """Whether a clause is an item without a verb, which goes on with what stands before it."""
    return bool(clause.targets) and not any(one.sort in _OPENS for one in scan(clause.text))


def _is_actual(token: Token) -> bool:
    """Whether a word turns from what a standard asks to what there is: 「标准规定配3台，实有2台」."""
    return token.sort in ("ours", "now", "done") or (
        token.sort == "turn" and re.search("^(?:目前|[实现已尚仍缺还未没])|达", token.text) is not None
    )


def _without_attributes(found: Sequence[Statement]) -> list[Statement]:
    """Without 「购置的」 where the clause goes on to say that it is not there: 「购置的无人机尚未到货」."""
    lacking = {one.target.name for one in found if one.turn in ("gap", "none", "planned")}
    kept = [
        one
        for one in found
        if one.turn not in ("bought", "held") or one.number is not None or one.target.name not in lacking
    ]
    first: dict[str, Statement] = {}  # 「短缺问题已解决」 says it twice
    for one in kept:
        if one.turn == "no_gap":
            first.setdefault(one.target.name, one)
    kept = [one for one in kept if one.turn != "no_gap" or first[one.target.name] is one]
    full = {one.target.name for one in found if one.turn == "no_gap"}
    kept = [
        one
        for one in kept
        if one.turn != "gap" or one.target.name not in full or _OBJECT.search(one.words) is None
    ]  # 「补齐了声级计这一短板」
    none = {one.target.name for one in found if one.turn == "none"}
    usable = {one.target.name for one in found if one.turn == "usable"}
    both = none & usable  # 「已无声级计可用」: there may be some that are not
    sent = usable & {one.target.name for one in found if one.turn == "unusable" and one.number is None}
    both |= sent  # 「过期的声级计均已送检」
    return [replace(one, unread=one.unread + "可用") if one.target.name in both else one for one in kept]


def _with(unread: str, left: str) -> str:
    """Both lists of words that were not understood, each word once."""
    more = [one for one in left.split("、") if one not in unread]
    return "、".join(one for one in (unread, *more) if one)


def _is_topic(tokens: Sequence[Token]) -> bool:
    """Whether what a colon follows only says what the list is about: 「水这一头：」, and not 「比武器材：」."""
    text = "".join(one.text for one in tokens)
    soft = all(one.sort in (*_LEADS, "unread", "beside") for one in tokens)
    return soft and len(text) < _TOPIC and _USED.search(text) is None


class _Reader:
    def __init__(self, mode: str, besides: tuple[str, ...], context: Context) -> None:
        self.mode = mode
        self.context = context
        self.predicates = Predicates(mode, besides, self.context)
        self.last: Sequence[Token] = ()

    def clause(self, clause: Clause) -> Reading:
        """The reading of a clause; without a word in `silent` where it names no equipment and says nothing."""
        tokens = frames.settled(scan(clause.text), ours=self.context.whose == "ours")
        turns = [index for index, token in enumerate(tokens) if token.sort in ("turn", "fact")]
        groups = groups_of(tokens)
        if tokens and tokens[0].sort == "supposed" and self.context.turn in ("gap", "none", "weak"):
            tokens[0] = replace(tokens[0], sort="filler")  # 「装备不足，如无人机尚未配备」
        self._begin(clause, tokens, groups, turns)
        self._introduced(clause, tokens)
        found, silent, past = self._turned(clause, tokens, turns)
        ruled = _QUOTED_RULE.search(clause.text) is not None and not accounts.is_own_look(clause.text)
        ours = any(one.sort in ("ours", "parts") for one in tokens)
        if ours and not groups and self.context.whose == "parts" and accounts.is_told_by_others(clause.text):
            self.context.whose = ""  # 「三中队反映，…」
        if ruled or (not groups and not ours and accounts.is_told_by_others(clause.text)):
            self.context.report(clause.text)
            self.context.foreign = self.context.foreign or ruled
        if not turns or not (found or silent):
            silent = self.context.silent()
            if not silent:
                found += carried(clause, tokens, groups, self.context, turned=bool(turns))
        self._totals(clause, tokens, groups, found)
        all_ = all(clause.targets[tokens[i].order].whole for group in groups for i in group)
        given = all_ and _GIVEN.search(clause.text) is not None and not self.context.doubt()
        if given:
            found, silent = [one for _, one in self.context.pending], ""
            self.context.pending = []
        found = [one for _, one in later.of_one_kind([(0, one) for one in _without_attributes(found)])]
        if not given:
            found, silent = self._accounted(tokens, groups, found, silent, past)
        if any(one.turn == "required" and _RULED.search(one.words) for one in found):
            self.context.ruled, self.context.told = True, self.context.told or "标准的要求"
        self._hold_on(clause, tokens, groups, found, turned=bool(turns))
        why = "" if found else silent or "没有读出关于装备数量或状况的说法"
        if not (found or clause.targets):
            why = ""
        return Reading(clause.written, tuple(dict.fromkeys(found)), why, bool(clause.targets))

    def _totals(
        self,
        clause: Clause,
        tokens: Sequence[Token],
        groups: Sequence[tuple[int, ...]],
        found: Sequence[Statement],
    ) -> None:
        """「15台终端中有3台…」: how many there are in all, whatever is told of some of them."""
        if not groups or any(one.turn in ("held", "bought", "planned") and not one.unread for one in found):
            return
        said = total(clause, tokens, groups[0], self.context)
        ahead = [one for one in tokens[: groups[0][0]] if one.sort != "number"]
        left = accounts.left_over(ahead, ()) if said else ""
        if said is not None and not left:
            self.context.pending = [one for one in self.context.pending if one[0] != self.context.at]
            self.context.in_all.append((self.context.at, said))

    def _hold_on(
        self,
        clause: Clause,
        tokens: Sequence[Token],
        groups: Sequence[tuple[int, ...]],
        found: Sequence[Statement],
        *,
        turned: bool,
    ) -> None:
        """What a clause leaves for those after it."""
        if groups:
            pending = any(at == self.context.at for at, _ in self.context.pending)
            goes_on = (bool(found) or pending) and not turned  # 「现有执法船艇2艘，无人船1艘，运行良好」
            last = named([clause.targets[tokens[i].order] for i in groups[-1]])
            united, self.context.united = self.context.united, None
            self.context.near = [united] if united else last
            self.context.group = [united] if united else [*(self.context.group if goes_on else ()), *last]
        if tokens:
            self.context.parted = any(one.sort == "part" for one in tokens)
        if (
            not groups
            and any(one.sort == "heads" for one in tokens)
            and any(one.turn == "held" for one in tokens)
        ):
            self.context.turn, self.context.counted = "held", True  # 「现有人员12名，执法记录仪12台」
        listed = any(at == self.context.at for at, _ in self.context.pending)
        if clause.subject and not found and any(one.sort == "number" for one in tokens):
            self.context.pending = [
                one for one in self.context.pending if one[1].target not in clause.subject
            ]  # 「对讲机24部（含向林草局借用8部）」
        if self.context.plain and all(one.sort in _ITEMS or one.text.strip() in _COUNTS for one in tokens):
            self.context.items.add(self.context.at)
        led = any(at == self.context.at for at, _ in self.context.leading)
        self.context.stray = self.context.stray or (bool(groups) and not found and not led)
        leads = not groups and frames.is_aside(tokens)
        leads = leads or all(one.sort in _LEADS or one.turn in ("held", "usable") for one in tokens)
        self.context.plain = self.context.plain and bool(found or listed or leads)
        first = next((at for at, one in enumerate(tokens) if one.sort == "turn"), 0)
        within = not groups and any(one.sort in ("beside", "void") for one in tokens[:first])
        renewed = within or _RENEWED.search(clause.text) is not None
        self.context.renewed = (self.context.renewed and not groups) or renewed
        if not groups and any(accounts.is_work(one) for one in tokens) and not _SERVES.match(clause.text):
            self.context.leading.clear()
            self.context.items.clear()  # 「无人机1架，检查企业12家」

    def _begin(
        self, clause: Clause, tokens: Sequence[Token], groups: Sequence[tuple[int, ...]], turns: Sequence[int]
    ) -> None:
        """What a clause begins with: its subject, and what of the clauses before holds on."""
        context = self.context
        context.group = clause.subject or context.group
        if context.whose == "parts" and not groups and any(_SUM.match(one.text) for one in tokens):
            context.whose = ""  # 「…各有1辆，合计5辆」
        first = turns[0] if turns else len(tokens)
        own = bool(groups) and groups[0][0] < first
        whole = own and all(clause.targets[tokens[i].order].whole for i in groups[0])
        context.new_clause(own_subject=own and not whole)
        if self.mode == "measure" and not clause.subject:
            context.soon = context.soon or "拟"
        context.scheduled = context.scheduled or (clause.colon and context.planning)
        if context.ruled and not context.foreign and any(_is_actual(one) for one in tokens):
            context.ruled, context.told = False, ""
        which = None if groups else _WHICH.search(clause.text)
        if which is not None:
            context.pair = context.group if len(context.group) == 2 else context.pair
            context.group = [context.pair[which[0] == "后者"]] if context.pair else context.group
            context.near = context.group

    def _introduced(self, clause: Clause, tokens: Sequence[Token]) -> None:
        """「现场监测设备方面：」 leaves a list to tell what is there, 「拟购：」 does not."""
        context = self.context
        if clause.colon and not all(
            one.sort in _LEADS or one.turn in ("held", "usable") for one in self.last
        ):
            context.listable = _is_topic(self.last)
        if clause.colon and _WANTS.search("".join(one.text for one in self.last)):
            context.leading.clear()
            context.listable = False
        context.at += 1
        self.last = tokens

    def _turned(
        self, clause: Clause, tokens: list[Token], turns: Sequence[int]
    ) -> tuple[list[Statement], str, set[int]]:
        """The statements of a clause's turns, why the last makes none, and the turns that tell of the past."""
        found: list[Statement] = []
        silent = ""
        past: set[int] = set()
        at = 0
        for order, index in enumerate(turns):
            self.context.take(tokens[at:index])
            at = index
            since = self.context.past_of and _SINCE.search(tokens[index].text) is not None
            if since or _NOW.match(tokens[index].text):
                self.context.past = False
            before = turns[order - 1] if order else -1
            after = turns[order + 1] if order + 1 < len(turns) else len(tokens)
            found += self.predicates.read(clause, Span(tokens, before, index, after))
            silent = self.predicates.silent or silent
            if self.context.past:
                past.add(index)
        self.context.take(tokens[at:])
        return found, silent, past

    def _accounted(
        self,
        tokens: Sequence[Token],
        groups: Sequence[tuple[int, ...]],
        found: Sequence[Statement],
        silent: str,
        past: set[int],
    ) -> tuple[list[Statement], str]:
        """The statements with the words that nothing explains; where these tell of others, none."""
        context = self.context
        left = (
            accounts.left_over(tokens, [*found, *(one for _, one in context.pending)], past)
            if found or groups
            else ""
        )
        here = any(one.sort == "ours" for one in tokens)
        turned = any(one.sort in ("turn", "fact") for one in tokens)
        if groups:
            context.left = "" if context.past or (turned and not found) else left
            ahead = [one.text for one in tokens[: groups[-1][-1]] if one.sort == "unread"]
            context.left_ahead = "、".join(one for one in left.split("、") if one in ahead)
        elif here:
            context.left = ""
        if found and turned:
            context.unread = _with(context.unread, left)
        apart = self.mode == "other" and context.whose != "ours"
        others = accounts.names_others(tokens) if apart else ""
        listed = [replace(one, unread=one.unread + left) for at, one in context.pending if at == context.at]
        if others and (found or listed) and ends_as_a_body(others):
            context.whose, context.whose_words = "unsure", others
        before = [each for each in context.pending if each[0] != context.at]
        drop = others or (groups and not found and silent)
        context.pending = before if drop else [*before, *((context.at, one) for one in listed)]
        if found and apart and (len(left) > accounts.MUCH or others):
            return [], f"没有读懂“{others or left}”，看不出说的是不是本单位的装备"
        reported = context.told or next((one.text for one in tokens if one.sort == "report"), "")
        if (
            found
            and apart
            and (context.whose in ("unsure", "before", "acted") or (reported and not context.ruled))
        ):
            return [], f"看不出说的是不是本单位（{context.doubt() or reported}）"
        if tokens and tokens[0].sort == "supposed":
            changed = any(one.sort == "change" for one in tokens)
            context.told = tokens[0].text if turned or changed or context.turn is None else context.told
        if self.mode != "other" and context.whose != "ours" and accounts.names_others(tokens):
            found = [replace(one, ours=False) for one in found]
        actual = any(one.turn == "held" and one.text[0] in "实现" for one in tokens)  # 「核定6辆，实有5辆」
        rates = all(one.turn == "rate" and one.target.whole for one in found)
        carried_on = (
            context.left_ahead if rates else context.left
        )  # a rate is of whatever the clause before told
        left = left if groups or here or actual else "、".join(filter(None, (left, carried_on)))
        return [replace(one, unread=_with(one.unread, left)) for one in found], silent
