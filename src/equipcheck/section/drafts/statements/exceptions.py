"""「除A外均已配齐」 says that A is missing, 「除A外均未配备」 that A is there, 「除A外还缺少B」 adds B to A."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from equipcheck.section.drafts.names import WHOLE, Target
from equipcheck.section.drafts.statements import accounts
from equipcheck.section.drafts.statements.clauses import Masked, Text
from equipcheck.section.drafts.statements.context import Context
from equipcheck.section.drafts.statements.form import Turn
from equipcheck.section.drafts.statements.scope import is_bare_no
from equipcheck.section.drafts.statements.statement import EXCEPTED, REST, Reading, Statement
from equipcheck.section.drafts.statements.tokens import scan
from equipcheck.section.drafts.statements.turns import ALL, NAME, mark

_EXCEPT = re.compile("除(?:了)?(?P<inside>[^。;]{1,80}?)(?:以外|之外|外)")
_BESIDES = re.compile("(?P<inside>[^。;,]{1,60}?)(?:以外|之外)的")
_PART_OUT = mark("part_out")
"""「除2台送修外均可正常使用」"""
_TOO = mark("too")
_MEETS = mark("meets")
_OPPOSITE: dict[Turn, Turn] = {"no_gap": "gap", "gap": "held", "none": "held"}


def read(text: Text) -> tuple[Reading | None, Text, tuple[str, ...]]:
    """What the exception says, the text without it, and the requirements that it takes out of what is said of all."""
    found = _EXCEPT.search(text.text) or _BESIDES.search(text.text)
    if found is None:
        return None, text, ()
    if _says_no(found["inside"]):
        return None, text, ()  # 「没有A以外的B」
    if NAME not in found["inside"]:
        part = _PART_OUT.fullmatch(found["inside"])
        if part is None:
            return None, text, ()
        inside, after = (
            text.part(found.start("inside"), found.end("inside")),
            text.part(found.end(), len(text.text)),
        )
        return None, text.part(0, found.start()) + Text("其中", []) + inside + Text(",其余", []) + after, ()
    after = text.part(found.end(), len(text.text))
    token = next((one for one in scan(after.text.split(";")[0]) if one.sort == "turn"), None)
    turn = token.turn if token else None
    if token and turn == "held" and re.search("均|都|全", token.text):
        turn = "no_gap"  # 「其余均有配备」
    inside_turns = [one for one in scan(found["inside"]) if one.sort == "turn"]
    inside = text.part(found.start("inside"), found.end("inside"))
    if inside_turns:
        besides = tuple(row for one in inside.targets for row in one.requirements)
        before = text.part(0, found.start())
        after = text.part(found.end(), len(text.text))
        after = after.part(1 if after.text[:1] == "," else 0, len(after.text))
        if not before.targets and not after.targets:
            after = Text(ALL, [Masked("其余装备", WHOLE)]) + after
        return None, inside + Text(",", []) + before + after, besides
    if turn not in _OPPOSITE:
        return None, text, ()
    targets = [one for one in inside.targets if not one.whole]
    said: Turn = turn if _TOO.match(after.text) else _OPPOSITE[turn]
    if said == "held" and token and _MEETS.search(token.text):
        said = "no_gap"  # 「其余均未达到标准要求」
    if said == "none":
        said = "gap"
    before = text.part(0, found.start())
    opens = not before.text or before.text[-1] in ",;:。"
    after = _without(after, targets)
    rest = before + (after if opens else after.part(1 if after.text[:1] == "," else 0, len(after.text)))
    left = accounts.left_over(scan(inside.text), ())
    statements = tuple(Statement(said, one, words=EXCEPTED, unread=left) for one in targets)
    besides = tuple(row for one in targets for row in one.requirements)
    return Reading(inside.written, statements), rest, besides


def _says_no(inside: str) -> bool:
    tokens = scan(inside)
    return any(
        is_bare_no(one) and tokens[at + 1 :] and tokens[-1].sort == "name" for at, one in enumerate(tokens)
    )


def _without(text: Text, targets: Sequence[Target]) -> Text:
    """「除A外，其他C类设备」: an umbrella word behind the exception, without what is taken out of it."""
    kinds = {kind for one in targets for kind in one.kinds}
    rows = {row for one in targets for row in one.requirements}
    return Text(text.text, [_narrowed(one, kinds, rows) for one in text.masks])


def _narrowed(one: Masked, kinds: Container[str], rows: Container[str]) -> Masked:
    if one.target is None or not one.target.several:
        return one
    left = tuple(kind for kind in one.target.kinds if kind not in kinds)
    asked = tuple(row for row in one.target.requirements if row not in rows)
    return replace(one, target=replace(one.target, kinds=left, requirements=asked)) if left and asked else one


def held_to(found: Reading, readings: Sequence[Reading], context: Context) -> Reading:
    """The exception as far as the rest of its sentence is a claim: on a condition or of others, it is none, too."""
    silent = context.silent()
    if silent:
        return replace(found, statements=(), silent=silent)
    said = [one for reading in readings for one in reading.statements]
    doubts = [one.unread.replace(REST, "") for one in said]
    unread = "" if "" in doubts else next(iter(doubts), "")
    open_ = next((one.silent for one in readings if one.silent), "") if not said else ""
    doubt = context.doubt() or unread or open_
    doubted = tuple(replace(one, unread=one.unread + doubt) for one in found.statements)
    return replace(found, statements=doubted)
