"""What one column is, told by the words over it alone."""

from __future__ import annotations

import re

from equipcheck.standard.annex.language.headings import Said, heading
from equipcheck.standard.annex.language.scope import Scope
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import words
from equipcheck.standard.annex.layout.headings import Heading, Role

_BRACKETS = re.compile(r"\([^()]*\)")


def one_heading(path: list[str]) -> Heading:
    """One column's heading; `other` where its words don't say what stands under it."""
    label = "".join(path)
    squeezed = [squeeze(text) for text in path]
    roles = [role for text in squeezed if (role := _fixed(text)) is not None]
    said = [heading(text) for text in squeezed]
    facts = {fact for one in said for fact in one.scope.facts}
    role = next(iter(roles), None)
    if role is not None and (role, squeezed[-1]) == ("unit", "单位"):
        return Heading(role, label)  # of the number beside it, under the same level
    if role is not None and not (facts and role in ("unit", "duty", "bureau")):
        return Heading(role, label)
    if squeezed and words().columns.get(_BRACKETS.sub("", squeezed[-1])) == "category":
        return Heading("category", label)
    if any(no_quantity(text) for text in squeezed):
        return Heading("other", label)
    return _quantity(path, said, label)


def _quantity(path: list[str], said: list[Said], label: str) -> Heading:
    scope = Scope()
    for one in said:
        scope = scope.then(one.scope)
    bound = next((one.bound for one in reversed(said) if one.bound), None)
    understood = bool(said) and all(one.known or not (one.rest or one.scope.says) for one in said)
    if not understood or scope.unknown:
        speaks = any(words().bureau_words.search(one.rest) for one in said if one.rest)
        partly = bool(scope.facts) or any(one.quantity for one in said)
        if speaks or partly:
            own = "".join(text for text, one in zip(path, said, strict=True) if one.rest or one.scope.says)
            return Heading("quantity", own or label, {}, scope.duty, scope.unit, False, scope.basis, bound)
        return Heading("other", label)
    if not any(one.known for one in said):
        return Heading("other", label)
    named = [text for text, one in zip(path, said, strict=True) if one.scope.facts]
    return Heading(
        "quantity", "".join(named) or label, scope.facts, scope.duty, scope.unit, True, scope.basis, bound
    )


def no_quantity(text: str) -> bool:
    """Whether a heading is one of columns that are no quantities: 单价, 年限."""
    return text in words().heads or words().not_quantities.search(heading_words(text)) is not None


def heading_words(text: str) -> str:
    """A heading without what says by which count (「实有人数」 is no 现有数)."""
    return re.sub("实有人数|编制内实有|最低数量|限价", "", text)


def _fixed(text: str) -> Role | None:
    plain = _BRACKETS.sub("", text).lower()
    for one in (plain, text):
        role = words().columns.get(one)
        if role is not None and role not in ("name", "category"):
            return role  # type: ignore[return-value]
    if "必配" in text and "选配" in text:
        return "duty"
    return None
