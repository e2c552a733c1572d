"""Group rows: what the rows below them are, and what they say of their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from equipcheck.standard.annex.language.headings import heading
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.prose import prose
from equipcheck.standard.annex.language.scope import Scope

_STYLES = (
    (
        1,
        re.compile(
            r"^\s*(第[一二三四五六七八九十]+[部分章节类]+|[一二三四五六七八九十]+\s*[、.．]|[IVXⅠ-Ⅻ]+\s*[、.．])"
        ),
    ),
    (2, re.compile(r"^\s*[(（][一二三四五六七八九十]+[)）]")),
    (3, re.compile(r"^\s*[0-9]+\s*[、.．]")),
    (4, re.compile(r"^\s*[(（][0-9]+[)）]")),
)


@dataclass(slots=True)
class _Group:
    text: str
    depth: int  # 0: without a number
    scope: Scope
    rows: int = 0


@dataclass(slots=True)
class Groups:
    """The groups that a row stands in, the widest first."""

    open: list[_Group] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The narrowest group's words."""
        return self.open[-1].text if self.open else ""

    @property
    def scope(self) -> Scope:
        """What all of them say together."""
        scope = Scope()
        for group in self.open:
            scope = scope.then(group.scope)
        return scope

    def doubted(self) -> Groups:
        """The same groups where it is not sure that they go on: what they say of numbers is a question."""
        return Groups(
            [
                replace(one, scope=Scope(unknown=f"{one.text}？")) if one.scope.says else one
                for one in self.open
            ]
        )

    def row(self, name: str) -> None:
        """A requirement stands in the groups; one that is numbered as a group is stands beside it: 「三、复印机」."""
        depth = _depth(name)
        while depth and self.open and self.open[-1].depth >= depth:
            self.open.pop()
        for group in self.open:
            group.rows += 1

    def enter(self, number: str, text: str) -> None:
        """A group row: it ends those of its own rank, and stands inside the others."""
        said = group_scope(text)
        numbered = number if number.endswith((")", "）")) or not number else f"{number}、"
        depth = _depth(numbered or text)
        if depth:
            while self.open and (self.open[-1].depth >= depth or not self.open[-1].depth):
                self.open.pop()
        elif said.says:
            while self.open and not self.open[-1].depth:
                last = self.open.pop()
                if set(last.scope.facts) & set(said.facts) or (last.scope.duty and said.duty):
                    break
        elif self.open and not self.open[-1].depth:
            last = self.open[-1]
            if not last.scope.says:
                self.open.pop()
            elif last.rows:  # another group of the same rank, or one inside it: nobody can tell
                said = Scope(unknown=f"{last.text}？") if last.scope.facts or last.scope.unknown else said
                if not (last.scope.facts or last.scope.unknown):
                    self.open.pop()
        self.open.append(_Group(text, depth, said))


def _depth(text: str) -> int:
    """The rank of a numbering: 一、 before （一） before 1、; 0 without one."""
    return next((depth for depth, style in _STYLES if style.match(text)), 0)


def group_scope(text: str) -> Scope:
    """What a group row says: as a heading where all of it is understood, else as prose."""
    plain = re.sub(
        r"^\s*(第[一二三四五六七八九十]+[部分章节类]+|[(（]?[0-9一二三四五六七八九十IVXⅠ-Ⅻ]+[)）]?\s*[、.．]?)",
        "",
        text,
    )
    said = heading(plain)
    if said.known or facts_of(plain):
        return said.scope
    return prose(text)
