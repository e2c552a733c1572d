"""「X一中队3台、二中队2台」: what each of our squads has of one thing is summed up before the sentence is read."""

from __future__ import annotations

import re

from equipcheck.section.drafts.statements.clauses import Masked, Text
from equipcheck.section.drafts.statements.numbers import DIGITS, UNIT, value_of
from equipcheck.section.drafts.statements.turns import ALL, NAME, TITLE, VOID
from equipcheck.section.drafts.statements.words import either

_SQUAD = f"(?:(?![与和及、,;:])[^\\d,;:。{NAME}{ALL}{VOID}{TITLE}]){{0,5}}?{either(('whose', 'squads'))}"
_HAS = "(?:各|有|共|配备|配|为|现有|实有)?"
_EACH = re.compile(f"{_SQUAD}{_HAS}(?P<digits>{DIGITS})(?P<unit>{UNIT})")
_PART = f"{_SQUAD}(?:{_HAS}{DIGITS}{UNIT}|(?:没有|暂无|尚无|无|未配备?))"
_PARTED = re.compile("[、,及和]")
_LIST = re.compile(
    f"(?P<name>[{NAME}])(?P<stated>(?:共计?|合计|总计|现有|已?配备)?{DIGITS}{UNIT})?[:,(]?(?:其中)?(?P<parts>{_PART}(?:[、,及和]{_PART})+)"
    f"(?:[,、](?:合计|共计|总计|共)(?P<sum>{DIGITS})(?:{UNIT}))?[)]?(?=[,;。]|$)"
)


def summed(text: Text) -> Text:
    """The numbers of our squads put together: 「照相机：城区中队3部，港区中队2部」 is 「照相机共有5部」."""
    at = 0
    while (found := _LIST.search(text.text, at)) is not None:
        each = list(_EACH.finditer(found["parts"]))
        numbers = [value_of(one["digits"]) for one in each]
        total = sum(one for one in numbers if one is not None)
        at = found.end("name")
        if None in numbers or not total or (found["sum"] and value_of(found["sum"]) != total):
            continue
        whole = found["sum"] or len(each) == len(_PARTED.split(found["parts"]))  # else one of them has none
        middle = f"共有{total}{each[0]['unit']}" if whole else "已配备"
        middle = found["stated"] or middle
        name = text.part(found.start("name"), at)
        told = Masked(name.written + found["parts"], name.masks[0].target)
        rest = text.part(found.end(), len(text.text))
        text = text.part(0, found.start("name")) + Text(name.text + middle, [told]) + rest
    return text
