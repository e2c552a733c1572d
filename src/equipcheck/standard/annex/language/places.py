"""Which bureaus a text names: its level, region, grade or climate."""

from __future__ import annotations

import functools
import re

from equipcheck.standard.annex.language.spelling import BRACKETS, squeeze
from equipcheck.standard.annex.language.vocabulary import Facts, Words, words


@functools.lru_cache(maxsize=4096)
def _facts(text: str) -> tuple[tuple[str, tuple[str | int, ...]], ...]:
    known = words()
    text = squeeze(text)
    found: Facts = {}
    upwards = re.fullmatch("(.+级)及?以(上|下)", text)
    if upwards and (one := facts_of(upwards[1])).get("level") and len(one) == 1 and len(one["level"]) == 1:
        order = ("province", "city", "county")
        at = order.index(str(one["level"][0]))
        return (("level", order[: at + 1] if upwards[2] == "上" else order[at:]),)
    for plain in (text, BRACKETS.sub("", text), text.strip("()")):
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
