"""What a caption, a title, a group row or a sheet's name says of the numbers below it."""

from __future__ import annotations

import functools
import re

from equipcheck.standard.annex.language.asides import unexplained
from equipcheck.standard.annex.language.bases import find_basis
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.scope import Scope
from equipcheck.standard.annex.language.spelling import BRACKETS, squeeze
from equipcheck.standard.annex.language.vocabulary import Facts, Words, longest, words


def prose(text: str) -> Scope:
    """What a caption, a title, a group row or a sheet's name says of the numbers below it."""
    known = words()
    plain = squeeze(text)
    unknown = known.bureau_phrases.search(plain)
    basis = None
    inside = [one for one in BRACKETS.findall(plain) if "/" in one or "每" in one or "人均" in one]
    told = re.search("单位:([^()]+)", plain)
    for part in [*inside, *([told[1]] if told else []), plain]:
        found = find_basis(part.strip("()") if part is not plain else part)[0]
        if found is not None and (found.per is not None or part is not plain or "每" in found.words[:1]):
            basis = found
            break
    duties = {known.duties[word] for word in known.duties if len(word) > 1 and word in plain}
    duty = duties.pop() if len(duties) == 1 else None
    return Scope(_in_prose(plain, known), duty, basis, None, unknown[0] if unknown else unexplained(plain))


@functools.cache
def _prose_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    known = words()
    levels = [word for word, facts in known.places.items() if "level" in facts and word.endswith("级")]
    own = [word for word, facts in known.places.items() if "level" in facts]
    regions = [word for word, facts in known.places.items() if "region" in facts]
    climates = [word for word, facts in known.places.items() if "climate" in facts]
    return (
        re.compile(
            f"(?<!副)(?:{longest(levels)})(?!以|及以|地方标准)|(?:(?<=^)|(?<=[^\\u4e00-\\u9fff]))"
            f"(?:{longest([word for word in own if not word.endswith('级')])})(?=厅|局|总队|支队|大队)"
        ),
        re.compile(longest(regions)),
        re.compile("([一二三123ⅠⅡⅢ]级)(?=标准|机构|单位|总队|支队|大队|达标|建设|配备|装备|$|\\))"),
        re.compile(longest(climates)),
    )


def bureaus_in(text: str) -> Facts:
    """The bureaus that a sentence speaks of: {} where it names none, or all levels."""
    return _in_prose(squeeze(text), words())


def _in_prose(text: str, known: Words) -> Facts:
    found: Facts = {}
    lists = re.search(
        r"([省市县区地州盟旗]+(?:\([市县区、旗]+\))?[、和及与/])+[省市县区地州盟旗]+(?:\([市县区、旗]+\))?级",
        text,
    )
    plain = text
    if lists and (several := facts_of(lists[0])):
        found |= several
        plain = text.replace(lists[0], "")
    else:
        pairs = re.search("[东中西]部?(?:地区)?[、和及与/][东中西]部", text)
        if pairs and (several := facts_of(pairs[0].replace("地区", ""))):
            found |= several
            plain = text.replace(pairs[0], "")
    for pattern in _prose_patterns():
        for word in pattern.findall(plain):
            for fact, values in known.places.get(word, {}).items():
                found[fact] = tuple(dict.fromkeys([*found.get(fact, ()), *values]))
    if len(found.get("level", ())) == 3:  # all of them: nothing is left out
        found.pop("level")
    return found
