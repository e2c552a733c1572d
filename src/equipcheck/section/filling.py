"""Templates: which placeholders there are, which headings fall away with an empty part, and their new numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.nearby import near
from equipcheck.section.writing.blocks import Passage, numeral
from equipcheck.section.writing.compose import ANNEX, PARTS, VALUES

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_NUMBERED = re.compile(r"^(#*\s*)([一二三四五六七八九十]+)、")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a template: its text, and its level where it is a heading (0 for the title)."""

    text: str
    level: int | None = None


def check(lines: Sequence[Line], shown: str) -> None:
    """Refuse a template without a part, or with a placeholder that is not known. Raises InputError."""
    named = [
        (number, name)
        for number, line in enumerate(lines, start=1)
        for name in PLACEHOLDER.findall(line.text)
    ]
    known = (*PARTS, *VALUES)
    problems = []
    for number, name in named:
        if name not in known:
            args = {
                "name": name,
                "near": near(name, known, likeness=0.3),
                "known": "、".join(known),
            }
            problems.append(Problem("template-placeholder", Place(shown, line=number), args))
    for number, line in enumerate(lines, start=1):
        inside = [name for name in PLACEHOLDER.findall(line.text) if name in PARTS]
        if inside and PLACEHOLDER.sub("", line.text).strip():
            problems.append(Problem("template-part-inline", Place(shown, line=number), {"name": inside[0]}))
    if not any(name in PARTS for _, name in named):
        problems.append(Problem("template-empty", Place(shown), {"known": "、".join(PARTS)}))
    if problems:
        raise InputError(problems)


def part_of(text: str) -> str | None:
    """The part whose placeholder a paragraph is."""
    found = PLACEHOLDER.fullmatch(text.strip())
    return found[1] if found and found[1] in PARTS else None


def kept(lines: Sequence[Line], passage: Passage) -> list[bool]:
    """Which paragraphs stay: not the placeholder of an empty part, nor a heading with nothing but such below it."""
    stays = [True] * len(lines)
    for index, line in enumerate(lines):
        part = part_of(line.text)
        if part is not None and part not in passage.parts:
            stays[index] = False
    for index in reversed(range(len(lines))):
        level = lines[index].level
        if not level:
            continue
        below = []
        for further in range(index + 1, len(lines)):
            other = lines[further].level
            if (other is not None and other <= level) or part_of(lines[further].text) == ANNEX:
                break
            if lines[further].text.strip():
                below.append(stays[further])
        if below and not any(below):
            stays[index] = False
    return stays


def renumbered(lines: Sequence[Line], stays: Sequence[bool]) -> list[str]:
    """The texts, with 一、二、三、 of first-level headings counted anew where one fell away."""
    if all(stay or line.level is None for line, stay in zip(lines, stays, strict=True)):
        return [line.text for line in lines]
    top = min((line.level for line in lines if line.level and _NUMBERED.match(line.text)), default=None)
    count = 0
    texts = []
    for line, stay in zip(lines, stays, strict=True):
        found = _NUMBERED.match(line.text) if line.level == top and line.level else None
        if stay and found:
            count += 1
            texts.append(f"{found[1]}{numeral(count)}、{line.text[found.end() :]}")
        else:
            texts.append(line.text)
    return texts


def filled(text: str, passage: Passage) -> str:
    """A text with its single values put in."""
    return PLACEHOLDER.sub(lambda found: passage.values.get(found[1], found[0]), text)
