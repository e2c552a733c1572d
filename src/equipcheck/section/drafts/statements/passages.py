"""The sentences of a draft read one after another: what one leaves for the next, and what points back to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from equipcheck.section.drafts.names import Lexicon, Target
from equipcheck.section.drafts.sentences import Sentence, is_numbered
from equipcheck.section.drafts.statements.clauses import Masked, Text, masked
from equipcheck.section.drafts.statements.context import Context
from equipcheck.section.drafts.statements.reader import read_text
from equipcheck.section.drafts.statements.statement import Reading
from equipcheck.section.drafts.statements.tokens import scan
from equipcheck.section.drafts.statements.turns import ALL, NAME, mark

_BACK = mark("back")


def read_all(sentences: Sequence[Sentence], lexicon: Lexicon, year: int) -> list[list[Reading]]:
    """How each clause of each sentence was read. What a paragraph says of others casts doubt on its next sentence,
    what introduces a list on the whole of it; an item without a verb goes on with what introduced it."""
    found: list[list[Reading]] = []
    item, abroad, lead = -1, "", ""
    listed = False  # whether others are sure to have what the list tells
    named: list[Target] = []  # for 「上述设备」
    opened: Context | None = None  # what introduces a list
    before: Context | None = None  # of the sentence before, where a semicolon or a colon ends it
    for sentence in sentences:
        if sentence.item != item:
            numbered = is_numbered(sentence.folded)
            lead, opened = (lead, opened) if numbered else ("", None)
            before = before if numbered else None
            item, abroad = sentence.item, lead
        readings, context = read_text(
            _pointed(masked(sentence.folded, lexicon), named),
            sentence,
            year,
            (),
            abroad,
            listed=listed and bool(lead),
            before=before or opened,
        )
        found.append(readings)
        named = [one.target for each in readings for one in each.statements] or named
        others = context.abroad and (
            context.others_lead or context.inspected or any(one.named for one in readings)
        )
        if others or context.condition or (context.told and context.foreign):
            abroad = context.doubt() or context.whose_words or "上文"
        elif context.whose == "ours":
            abroad = ""
        if sentence.folded.endswith((":", ",")):
            lead, listed = abroad, context.whose in ("theirs", "acted") or context.inspected
            opened = replace(context, listing=True)
        before = context if sentence.folded.endswith(";") else None
    return found


def _pointed(text: Text, named: Sequence[Target]) -> Text:
    """「上述设备」, and a bare 「设备」 that works or does not, as the names that they point back to."""
    back = _BACK.search(text.text)
    if back is None:
        back = next((one for one in re.finditer(ALL, text.text) if _is_itself(text, one.start())), None)
    if back is None:
        return text
    before = text.part(0, back.start())
    targets = [one for one in before.targets if not one.whole] or [one for one in named if not one.whole]
    if not targets:
        return text
    masks = [Masked(one.name, one) for one in targets]
    names = Text("、".join(NAME for _ in masks), masks)
    return before + names + text.part(back.end(), len(text.text))


def _is_itself(text: Text, at: int) -> bool:
    """「…1台，现存放于装备室，设备完好」"""
    words = text.part(at, at + 1).masks[0].words
    if words not in ("设备", "仪器") or "," not in text.text[:at]:
        return False
    turn = next((one for one in scan(text.text[at + 1 :]) if one.sort == "turn"), None)
    return turn is not None and turn.turn in ("usable", "unusable")
