"""「除A外均已配齐」 says that A is missing, 「除A外均未配备」 that A is there, 「除A外还缺少B」 adds B to A."""

from __future__ import annotations

import re

from equipcheck.section.drafts.statements.clauses import Text
from equipcheck.section.drafts.statements.statement import Reading, Statement
from equipcheck.section.drafts.statements.tokens import scan
from equipcheck.section.drafts.statements.turns import NAME, Turn

_EXCEPT = re.compile("除(?:了)?(?P<inside>[^。;]{1,80}?)(?:以外|之外|外)")
_BESIDES = re.compile("(?P<inside>[^。;,]{1,60}?)(?:以外|之外)的")
_TOO = re.compile("^,?(?:我局|我单位|目前|我支队|我大队)*(?:还|也|亦|仍|另|又|同时)")
_OPPOSITE: dict[Turn, Turn] = {"no_gap": "gap", "gap": "held", "none": "held"}


def read(text: Text) -> tuple[Reading | None, Text, tuple[str, ...]]:
    """What the exception says, the text without it, and the requirements that it takes out of what is said of all."""
    found = _EXCEPT.search(text.text) or _BESIDES.search(text.text)
    if found is None or NAME not in found["inside"]:
        return None, text, ()
    after = text.part(found.end(), len(text.text))
    token = next((one for one in scan(after.text.split(";")[0]) if one.sort == "turn"), None)
    turn = token.turn if token else None
    if token and turn == "held" and re.search("均|都|全", token.text):
        turn = "no_gap"  # 「其余均有配备」
    inside_turns = [one for one in scan(found["inside"]) if one.sort == "turn"]
    if turn not in _OPPOSITE or inside_turns:
        return None, text, ()
    inside = text.part(found.start("inside"), found.end("inside"))
    targets = [one for one in inside.targets if not one.whole]
    said: Turn = turn if _TOO.match(after.text) else _OPPOSITE[turn]
    if said == "none":
        said = "gap"
    rest = text.part(0, found.start()) + after
    statements = tuple(Statement(said, one, words="除…外") for one in targets)
    besides = tuple(row for one in targets for row in one.requirements)
    return Reading(inside.written, statements), rest, besides
