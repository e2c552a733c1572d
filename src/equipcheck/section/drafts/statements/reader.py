"""A sentence read clause by clause: whose, kinds, turn, number, time; doubt is kept, never guessed away.

A clause's turn takes the names that follow it (「缺少声级计2台」), else those before it (「声级计不足」), else the
subject of the clause before. What is said of others, of the past or on a condition says nothing of this year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from equipcheck.section.drafts.names import Lexicon, Target
from equipcheck.section.drafts.sentences import Sentence
from equipcheck.section.drafts.statements import exceptions
from equipcheck.section.drafts.statements.carried import carried
from equipcheck.section.drafts.statements.clauses import Clause, clauses_of, masked
from equipcheck.section.drafts.statements.context import Context
from equipcheck.section.drafts.statements.counting import Span
from equipcheck.section.drafts.statements.groups import groups_of
from equipcheck.section.drafts.statements.predicates import Predicates, named
from equipcheck.section.drafts.statements.statement import Reading, Statement
from equipcheck.section.drafts.statements.tokens import scan
from equipcheck.section.drafts.statements.turns import ALL, NAME

_RULES = re.compile("原则上|不少于每|至少每|配发标准|使用年限|[一二三]级机构")
_SUPPOSED = re.compile(f"(?:^|[,;])如[{NAME}{ALL}][^,;。]*,(?:可|则|应|将|须|就|需|由)")
_DOUBLE = re.compile("不得不|不可或缺|不可缺少|必不可少|缺一不可")


def read(sentence: Sentence, lexicon: Lexicon, year: int, subject: Sequence[Target] = ()) -> list[Reading]:
    """How each clause of a sentence was read. `subject` is what it speaks of unless it says so (a table's row)."""
    text = masked(sentence.folded, lexicon)
    if not text.targets and not subject:
        return []
    if _DOUBLE.search(text.text):
        return [Reading(text.written, silent="双重否定，不作判断")]
    found, text, besides = exceptions.read(text)
    reader = _Reader(sentence.mode, year, besides, list(subject))
    reader.context.condition = _SUPPOSED.search(text.text) is not None
    reader.context.rule = _RULES.search(text.text) is not None
    readings = [found] if found else []
    for clause in clauses_of(text):
        reading = reader.clause(clause)
        if reading is not None:
            readings.append(reading)
    return readings


class _Reader:
    def __init__(self, mode: str, year: int, besides: tuple[str, ...], subject: list[Target]) -> None:
        self.mode = mode
        self.context = Context(year, group=subject)
        self.predicates = Predicates(mode, besides, self.context)

    def clause(self, clause: Clause) -> Reading | None:
        """The reading of a clause; None where it names no equipment and says nothing."""
        if clause.subject:
            self.context.group = clause.subject
        tokens = scan(clause.text)
        turns = [index for index, token in enumerate(tokens) if token.sort in ("turn", "fact")]
        groups = groups_of(tokens)
        first = turns[0] if turns else len(tokens)
        own = bool(groups) and groups[0][0] < first
        whole = own and all(clause.targets[tokens[i].order].whole for i in groups[0])
        self.context.new_clause(own_subject=own and not whole)
        if self.mode == "measure" and not clause.subject:
            self.context.soon = self.context.soon or "拟"
        found: list[Statement] = []
        silent = ""
        at = 0
        for order, index in enumerate(turns):
            self.context.take(tokens[at:index])
            at = index
            before = turns[order - 1] if order else -1
            after = turns[order + 1] if order + 1 < len(turns) else len(tokens)
            found += self.predicates.read(clause, Span(tokens, before, index, after))
            silent = self.predicates.silent or silent
        self.context.take(tokens[at:])
        if not turns or not (found or silent):
            silent = self.context.silent()
            if not silent:
                found += carried(clause, tokens, groups, self.context, turned=bool(turns))
        if groups:
            goes_on = bool(found) and not turns  # 「现有执法船艇2艘，无人船1艘，运行良好」
            last = named([clause.targets[tokens[i].order] for i in groups[-1]])
            self.context.group = [*(self.context.group if goes_on else ()), *last]
        if not (found or clause.targets):
            return None
        why = "" if found else silent or "没有读出关于装备数量或状况的说法"
        return Reading(clause.written, tuple(dict.fromkeys(found)), why)
