"""Which problems of a draft no measure answers.

A problem is one numbered item (or a sentence without a number) that says equipment is missing; a measure answers
it when it names the kind, or the equipment as a whole, with what will be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from equipcheck.section.drafts import phrases
from equipcheck.section.drafts.mentions import Lexicon, Target
from equipcheck.section.drafts.pieces import Item, Sentence
from equipcheck.section.drafts.statements import Said, names_in

PROBLEM_TURNS = ("short", "none", "weak", "lapsed")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A problem as written, its place, and what no measure names."""

    problem: str
    place: str
    because: str


@dataclass(slots=True)
class _Problem:
    """What one item says is missing: each name with all it may stand for, and whether the equipment as a whole."""

    names: dict[str, set[str]] = field(default_factory=dict)
    whole: bool = False


def unanswered(
    sentences: Sequence[Sentence], items: Sequence[Item], said: Sequence[Sequence[Said]], lexicon: Lexicon
) -> tuple[Unanswered, ...]:
    """The problems that no measure answers, in the order of the text."""
    problems: dict[int, _Problem] = {}
    answered: set[str] = set()
    whole = False
    for sentence, statements in zip(sentences, said, strict=True):
        if sentence.mode != "measure":
            _gather(problems, sentence, statements)
        does, names = _does(sentence, statements, lexicon)
        whole |= does
        answered |= names
    if whole:
        return ()
    result = []
    for index, problem in sorted(problems.items()):
        left = [name for name, keys in problem.names.items() if not keys & answered]
        if left:
            result.append(Unanswered(items[index].text, items[index].place, f"没有措施提到{'、'.join(left)}"))
        elif problem.whole and not problem.names and not answered:
            result.append(Unanswered(items[index].text, items[index].place, "没有措施提到补齐装备"))
    return tuple(result)


def _gather(problems: dict[int, _Problem], sentence: Sentence, statements: Sequence[Said]) -> None:
    for one in statements:
        if one.turn in PROBLEM_TURNS:
            problem = problems.setdefault(sentence.item, _Problem())
            if one.target.whole:
                problem.whole = True
            else:
                problem.names.setdefault(one.target.name, set()).update(_keys(one.target))


def _keys(target: Target) -> set[str]:
    return {*target.requirements, *(() if target.kind is None else (f"kind:{target.kind}",))}


def _does(sentence: Sentence, statements: Sequence[Said], lexicon: Lexicon) -> tuple[bool, set[str]]:
    """Whether a sentence answers for the equipment as a whole, and the kinds for which it does."""
    text, mentions = names_in(sentence, lexicon)
    names: set[str] = set()
    ahead = sentence.mode == "measure" or any(one.turn == "plan" for one in statements)
    if phrases.COVERED.search(text) or (ahead and phrases.DOES.search(text)):
        names = {key for one in mentions for key in _keys(one.target)}
    whole = phrases.DOES_WHOLE.search(text)
    if whole is not None and sentence.mode != "measure":
        soon = phrases.AHEAD.search(text)
        return soon is not None and soon.start() <= whole.start(), names
    return whole is not None, names
