"""What a caption, a title, a group row or a sheet's name says of the numbers below it."""

from __future__ import annotations

import functools
import re

from equipcheck.standard.annex.language.asides import unexplained
from equipcheck.standard.annex.language.bases import find_basis
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.scope import Scope
from equipcheck.standard.annex.language.spelling import BRACKETS, squeeze, unnumbered
from equipcheck.standard.annex.language.vocabulary import Facts, Words, longest, words


def prose(text: str) -> Scope:
    """What a caption, a title, a group row or a sheet's name says of the numbers below it."""
    known = words()
    plain = unnumbered(squeeze(text))
    unknown = known.bureau_phrases.search(plain)
    basis = None
    inside = [one for one in BRACKETS.findall(plain) if "/" in one or "每" in one or "人均" in one]
    told = re.search("单位:([^()]+)", plain)
    for part in [*inside, *([told[1]] if told else []), *_of_equipment(plain)]:
        found = find_basis(part.strip("()"))[0]
        if found is not None and (found.per is not None or part in inside or "每" in found.words[:1]):
            basis = found
            break
    duties = {known.duties[word] for word in known.duties if len(word) > 1 and word in plain}
    duty = duties.pop() if len(duties) == 1 else None
    return Scope(_in_prose(plain, known), duty, basis, None, unknown[0] if unknown else unexplained(plain))


def _of_equipment(plain: str) -> list[str]:
    """The text; of a sentence only the clauses that speak of equipment (「每中队不少于12人。」 does not)."""
    if not plain.endswith(("。", ";")):
        return [plain]
    return [clause for clause in re.split("[,，;；。]", plain) if re.search("装备|设备|器材|配", clause)]


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


@functools.cache
def _levels_listed() -> re.Pattern[str]:
    """「省、设区的市、县级」, 「省、市、县三级」: levels one after another."""
    own = longest([word.removesuffix("级") for word, facts in words().places.items() if "level" in facts])
    return re.compile(f"((?:{own})级?(?:[、和及与/](?:{own})级?)+)(?:(?<=级)|[两二三四]级)")


def bureaus_in(text: str) -> Facts:
    """The bureaus that a sentence speaks of: {} where it names none, or all levels."""
    return _in_prose(squeeze(text), words())


def _in_prose(text: str, known: Words) -> Facts:
    found: Facts = {}
    lists = _levels_listed().search(text)
    plain = text
    if lists and (several := facts_of(lists[1].removesuffix("级") + "级")):
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
