"""One storey of a heading taken apart; what no word of the vocabulary explains is its `rest`."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from equipcheck.standard.annex.language.bases import find_basis, unit_in_brackets
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.scope import Scope
from equipcheck.standard.annex.language.spelling import BRACKETS, squeeze
from equipcheck.standard.annex.language.vocabulary import Duty, Words, words


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


@functools.lru_cache(maxsize=4096)
def heading(text: str) -> Said:
    """A heading (one storey of it) taken apart."""
    known = words()
    text = re.sub(r"^(?:19|20)[0-9]{2}年(?:版|度)?", "", squeeze(text))
    basis, text = find_basis(text)
    unit = None
    for inside in BRACKETS.findall(text):
        unit = unit or unit_in_brackets(inside)
    rests: list[str] = []
    parts: list[Said] = []
    plain = text
    outside = facts_of(text)
    body = BRACKETS.sub("", text)
    for inside in BRACKETS.findall(text):
        own = facts_of(inside[1:-1])
        if own and "级" in inside and own != facts_of(body):
            if known.noise.fullmatch(body):
                outside = own  # 「支队（市级）」
            else:
                rests.append(inside)  # 「市级（县级）」
            continue
        if unit_in_brackets(inside) is not None or re.fullmatch(
            r"[()省市县区旗州盟地、/及和或含各级自治直辖]*", inside
        ):
            continue
        said = heading(inside[1:-1])
        parts.append(said)
        rests += [inside] if said.rest or not said.known else []
    plain = BRACKETS.sub("", plain)
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
