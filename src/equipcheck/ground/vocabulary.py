"""Words that are data: `standards/vocabulary/*.yaml`, one kind of form, one check and one loader for all of them.

A list of words is one text, parted by spaces; a file's form (`WordFile`) says which lists there are. From the form come
the published schema and everything that is told of a mistake, with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, TypeVar

from equipcheck.ground.records import Record
from equipcheck.ground.shelf import kept
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.validation import validate
from equipcheck.ground.yamlfile import Document, Path_, load
from equipcheck.problems import InputError, Problem

Lists = Mapping[Path_, tuple[str, ...]]
"""The lists of words of a file, by the keys that lead to them."""


class WordFile(Record):
    """A file of `standards/vocabulary/`."""

    SUBJECT: ClassVar[str]
    """The file's name."""

    APART: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Keys under which a word may stand once: it would mean two things."""

    PATTERNS: ClassVar[tuple[str, ...]] = ()
    """Keys under which regular expressions stand."""

    @staticmethod
    def spelled(word: str, _at: Path_) -> str:
        """How a word must be written to be found in a text."""
        return word


Form = TypeVar("Form", bound=WordFile)


@cache
def words_of(form: type[Form]) -> Form:
    """The shipped words of a form. Raises InputError with everything that is wrong in the file."""
    shown = f"vocabulary/{form.SUBJECT}.yaml"
    path = shipped_dir() / shown
    code = form.__module__.removeprefix("equipcheck.").replace(".", "/") + ".py"

    def make() -> Form:
        found, problems = read_words(form, load(path, shown))
        if found is None or problems:
            raise InputError(problems)
        return found

    return kept(f"vocabulary-{form.SUBJECT}", [path], ["ground/vocabulary.py", code], make)


def read_words(form: type[Form], document: Document) -> tuple[Form | None, list[Problem]]:
    """The words of a file, and everything that is wrong in it, each with its place."""
    found, problems = validate(form, document)
    if found is None:
        return None, problems
    lists = dict(_lists(found.model_dump()))
    wrong = [*_written(form, lists), *(one for keys in form.APART for one in meanings(lists, keys))]
    return found, [no_word(document, at, word, expected) for at, word, expected in wrong]


def no_word(document: Document, at: Path_, word: str, expected: str) -> Problem:
    """What is told of a word that may not stand where it does."""
    return Problem("bad-value", document.place(at), {"value": word, "expected": expected, "near": ""})


def _written(form: type[WordFile], lists: Lists) -> Iterator[tuple[Path_, str, str]]:
    """Words that stand twice in a list, in a form that no text has when it is read, or that are no pattern."""
    for at, texts in lists.items():
        for word in dict.fromkeys(texts):
            if texts.count(word) > 1:
                yield at, word, "每个词在一处只写一次"
            if at[0] in form.PATTERNS:
                if not _is_pattern(word):
                    yield at, word, "成对的括号"
            elif (right := form.spelled(word, at)) != word:
                yield at, word, f"半角的写法，如 {right}"


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def meanings(lists: Lists, keys: Sequence[str]) -> Iterator[tuple[Path_, str, str]]:
    """Words that stand in two lists of which only one can hold."""
    seen: dict[str, Path_] = {}
    for at, texts in lists.items():
        for word in texts if at[0] in keys else ():
            first = seen.setdefault(word, at)
            if first != at:
                yield at, word, f"没有写在 {'.'.join(map(str, first))} 里的词（一个词只有一个意思）"


def _lists(data: Mapping[str, Any], at: Path_ = ()) -> Iterator[tuple[Path_, tuple[str, ...]]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _lists(value, (*at, key))
        else:
            yield (*at, key), (value,) if isinstance(value, str) else tuple(value)
