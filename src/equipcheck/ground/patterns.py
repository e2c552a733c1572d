"""Patterns that are compiled when they are first used: a command uses some of the hundred that its modules name.

Compiling one takes up to a millisecond (a class of all Chinese characters alone does), and `re` has no public form in
which a compiled pattern could be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Like `re.compile`, at the first use; not for the functions of `re` that take a pattern."""
    return cast("re.Pattern[AnyStr]", _Uncompiled(text, flags))


def any_of(words: Iterable[str]) -> str:
    """An expression that fits each of the words, the longest first."""
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"


class _Uncompiled:
    """Stands for a compiled pattern; after the first use its methods are that pattern's own."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self.pattern = text
        self.flags = flags

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Uncompiled) and self.pattern == other.pattern and self.flags == other.flags

    def __hash__(self) -> int:
        return hash((self.pattern, self.flags))

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return self.__dict__[name]
