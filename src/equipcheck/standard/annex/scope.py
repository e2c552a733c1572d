"""What a heading, a caption, a group row, a sheet's name or a unit says about the numbers under it.

Which bureaus (level, region, grade, climate), required or optional, by what it counts (每人, 件/人, 每车), in
which unit. Words that are not understood are kept (`rest`, `unknown`): they make a question, never nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from equipcheck.standard.annex.vocabulary import Duty, Facts, Words, longest, words
from equipcheck.standard.tokens import UNITS, chinese_number, halfwidth
from equipcheck.standard.words import value_in_words

ORDER = ("region", "climate", "level", "grade")
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = "[0-9]+|[一二两三四五六七八九十百千]+"


@dataclass(frozen=True, slots=True)
class Basis:
    """By what a number counts. `per` None: in words that are not understood; "": this bureau itself."""

    per: str | None
    every: int = 1
    words: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What has been said of numbers so far, from the wide (a caption) to the narrow (a heading)."""

    facts: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict)
    duty: Duty | None = None
    basis: Basis | None = None
    unit: str | None = None
    unknown: str = ""  # words about bureaus that name no known fact

    @property
    def says(self) -> bool:
        """Whether it says anything that numbers depend on."""
        return bool(self.facts or self.duty or self.basis or self.unknown)

    def then(self, inner: Scope) -> Scope:
        """This scope with a narrower one inside it; where they contradict, the words are unknown."""
        facts = dict(self.facts)
        unknown = " ".join(dict.fromkeys(filter(None, (self.unknown, inner.unknown))))
        for fact, values in inner.facts.items():
            if fact in facts and not set(values) <= set(facts[fact]):
                told = f"{in_words({fact: facts[fact]})}／{in_words({fact: values})}"
                unknown = " ".join(filter(None, (unknown, told)))
            facts[fact] = values
        basis = inner.basis or self.basis
        if self.basis and inner.basis and self.basis.per != inner.basis.per:
            basis = Basis(None, 1, f"{self.basis.words}、{inner.basis.words}")
        return Scope(facts, inner.duty or self.duty, basis, inner.unit or self.unit, unknown)


@dataclass(frozen=True, slots=True)
class Said:
    """One heading taken apart. `rest`: what no word of the vocabulary explains."""

    scope: Scope
    bound: str | None = None
    quantity: bool = False
    rest: str = ""

    @property
    def known(self) -> bool:
        """Whether every word was understood, and speaks of a quantity or of bureaus."""
        scope = self.scope
        return not self.rest and bool(self.quantity or scope.facts or scope.duty or scope.basis or self.bound)


def squeeze(text: str) -> str:
    """A heading without blanks, in half-width brackets."""
    text = halfwidth(text)
    for one, other in ("（(", "）)", "〔(", "〕)", "【(", "】)", "［(", "］)", "∕/", "⁄/", "：:", "，,"):
        text = text.replace(one, other)
    return "".join(text.split())


def in_words(facts: Mapping[str, tuple[str | int, ...]]) -> str:
    """Facts as people write them: 东部省级, 市级、县级."""
    return "".join(
        "、".join(value_in_words(fact, value) for value in facts[fact]) for fact in ORDER if fact in facts
    )


@functools.lru_cache(maxsize=4096)
def heading(text: str) -> Said:
    """A heading (one storey of it) taken apart."""
    known = words()
    text = re.sub(r"^(?:19|20)[0-9]{2}年(?:版|度)?", "", squeeze(text))
    basis, text = find_basis(text)
    unit = None
    for inside in _BRACKETS.findall(text):
        unit = unit or unit_in_brackets(inside)
    rests: list[str] = []
    parts: list[Said] = []
    plain = text
    for inside in _BRACKETS.findall(text):
        if (own := facts_of(inside[1:-1])) and own != facts_of(_BRACKETS.sub("", text)) and "级" in inside:
            rests.append(inside)  # 「市级（县级）」
            continue
        if unit_in_brackets(inside) is not None or re.fullmatch(
            r"[()省市县区旗州盟地、/及和或含各级自治直辖]*", inside
        ):
            continue
        said = heading(inside[1:-1])
        parts.append(said)
        rests += [inside] if said.rest or not said.known else []
    outside = facts_of(text)
    plain = _BRACKETS.sub("", plain)
    duty, plain = _take_duty(plain, known)
    bound, plain = _take_bound(plain, known)
    facts = outside or facts_of(plain)
    left = "" if facts else known.noise.sub("", plain.strip("、/,:-—")).strip("、/,:-—")
    quantity = not left and not facts and bool(known.quantities.search(plain))
    scope = Scope(facts, duty, basis, unit)
    for said in parts:
        scope = scope.then(said.scope)
        bound = bound or said.bound
    rest = " ".join(filter(None, [left, *rests]))
    return Said(scope, bound, quantity, rest)


def _take_duty(text: str, known: Words) -> tuple[Duty | None, str]:
    if text in known.duties:
        return known.duties[text], ""
    found = None
    for word in sorted(known.duties, key=lambda one: -len(one)):
        if len(word) > 1 and word in text:
            if found is not None and found != known.duties[word]:
                return None, text
            found = known.duties[word]
            text = text.replace(word, "")
    return found, text


def _take_bound(text: str, known: Words) -> tuple[str | None, str]:
    for word in sorted(known.bounds, key=lambda one: -len(one)):
        if word in text:
            return known.bounds[word], text.replace(word, "", 1)
    return None, text


@functools.lru_cache(maxsize=4096)
def _facts(text: str) -> tuple[tuple[str, tuple[str | int, ...]], ...]:
    known = words()
    text = squeeze(text)
    found: Facts = {}
    upwards = re.fullmatch("(.+级)及以(上|下)", text)
    if upwards and (one := facts_of(upwards[1])).get("level") and len(one) == 1 and len(one["level"]) == 1:
        order = ("province", "city", "county")
        at = order.index(str(one["level"][0]))
        return (("level", order[: at + 1] if upwards[2] == "上" else order[at:]),)
    for plain in (text, _BRACKETS.sub("", text), text.strip("()")):
        stripped = plain if plain in known.places else known.noise.sub("", plain)
        found = _facts_of_part(plain, known) or _facts_of_part(stripped, known) or _several(stripped, known)
        if found:
            break
    return tuple(found.items())


def facts_of(text: str) -> Facts:
    """Which bureaus a text speaks of, where it is all it says: {level: (county,)}, {region: …, grade: …}; else {}."""
    return dict(_facts(text))


def _several(text: str, known: Words) -> Facts:
    parts = [part for part in re.split(r"[、和及与/,或]", text) if part]
    each = [
        _facts_of_part(part, known)
        or _facts_of_part(f"{part}级", known)
        or _facts_of_part(f"{part}部", known)
        for part in parts
    ]
    if len(parts) < 2 or not all(each) or len({tuple(one) for one in each}) != 1 or len(each[0]) != 1:
        return {}
    (fact,) = each[0]
    return {fact: tuple(dict.fromkeys(value for one in each for value in one[fact]))}


def _facts_of_part(text: str, known: Words) -> Facts:
    if len(text) < 1 or (len(text) == 1 and text not in "省市县"):
        return {}
    if text in known.places:
        return dict(known.places[text])
    for word in sorted(known.places, key=lambda one: -len(one)):
        if "region" in known.places[word] and text.startswith(word):
            rest = _facts_of_part(text.removeprefix(word).removeprefix("区"), known)
            if rest and "region" not in rest:
                return known.places[word] | rest
    return {}


def unit_in_brackets(text: str) -> str | None:
    """The unit in 「数量（台/套）」, where what is in the last brackets is nothing but units."""
    found = re.search(r"\(([^()]+)\)$", squeeze(text))
    if found is None:
        return None
    inside = re.sub("^(计量)?单位:?", "", found[1])
    parts = re.split(r"[/、,或]", inside)
    return inside if all(part in UNITS for part in parts) else None


def find_basis(text: str) -> tuple[Basis | None, str]:
    """What a squeezed text says it counts by, and the text without those words."""
    group, unit, measure = _groups()
    for pattern in (
        rf"(?:平均)?每(?P<n>{_NUMBER})?(?:{measure})?(?P<group>{group})(?:数|配备?|配置)?",
        rf"(?:{unit})?/每?(?P<n>{_NUMBER})?(?:{measure})?(?P<group>{group}|辆)(?=$|[)、,;。])",
    ):
        found = re.search(pattern, text)
        if found:
            return _basis(found[0], found["group"], found["n"]), _without(text, found)
    found = re.search(r"人均(?:配备|配置)?", text)
    if found:
        return Basis("staff", 1, "人均"), _without(text, found)
    found = re.search(rf"(?P<unit>{unit})/(?P<what>[^()/、,;]+)(?=$|[)])", text) or re.search(
        r"每(?!年|月|季|次|天|日|周|期|隔|满|两年|[0-9一二三四五六七八九十]年)(?P<what>[^()、,;。配]{1,8})",
        text,
    )
    if found and not _only_units(found[0]):
        return Basis(None, 1, found[0]), _without(text, found)
    return None, text


def _only_units(text: str) -> bool:
    """台/套 names a unit twice; 部/组 counts by groups."""
    first, *others = text.split("/")
    return first in UNITS and all(part in UNITS and part not in words().groups for part in others)


def _without(text: str, found: re.Match[str]) -> str:
    return (text[: found.start()] + text[found.end() :]).replace("()", "").replace("(单位:)", "")


def _basis(told: str, group: str, number: str | None) -> Basis:
    every = 1 if number is None else int(number) if number.isdecimal() else (chinese_number(number) or 0)
    known = words()
    if group in known.bases_self:
        return Basis("", 1, told) if every == 1 else Basis(None, 1, told)
    per = "vehicles" if group == "辆" else known.bases[group]
    return Basis(per, every, told) if every else Basis(None, 1, told)


@functools.cache
def _groups() -> tuple[str, str, str]:
    known = words()
    return longest([*known.bases, *known.bases_self]), longest(UNITS), known.measures


def unit_basis(text: str) -> tuple[str | None, Basis | None]:
    """A unit cell taken apart: 「套/人」 is 套 by the head; 「台/套」 is a unit."""
    plain = squeeze(text)
    basis, rest = find_basis(plain)
    if basis is None:
        return (plain or None), None
    head = plain.partition("/")[0]
    return (head if head in UNITS else rest or None), basis


def prose(text: str) -> Scope:
    """What a caption, a title, a group row or a sheet's name says of the numbers below it."""
    known = words()
    plain = squeeze(text)
    unknown = known.bureau_phrases.search(plain)
    basis = None
    inside = [one for one in _BRACKETS.findall(plain) if "/" in one or "每" in one or "人均" in one]
    told = re.search("单位:([^()]+)", plain)
    for part in [*inside, *([told[1]] if told else []), plain]:
        found = find_basis(part.strip("()") if part is not plain else part)[0]
        if found is not None and (found.per is not None or part is not plain or "每" in found.words[:1]):
            basis = found
            break
    duties = {known.duties[word] for word in known.duties if len(word) > 1 and word in plain}
    duty = duties.pop() if len(duties) == 1 else None
    return Scope(_in_prose(plain, known), duty, basis, None, unknown[0] if unknown else "")


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
