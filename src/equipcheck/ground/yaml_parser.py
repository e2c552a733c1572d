"""The parser behind `yamlfile`: events of YAML to plain data, with the line and column of every value and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NoReturn

import yaml

from equipcheck.problems import InputError, Place, Problem

At = tuple[str | int, ...]
Places = dict[At, tuple[int, int]]

MAX_NODES = 200_000
MAX_DEPTH = 40

_LOADER: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # libyaml: the same events at a twelfth of the time
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


def parse(text: str, name: str) -> tuple[Any, Places, Places]:
    """The data of a text, and where values and keys stand; `name` is the file in messages. Raises InputError."""
    builder = _Builder(name)
    try:
        data = builder.build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, line=mark.line + 1, column=mark.column + 1) if mark else Place(name)
        raise InputError(Problem("yaml-syntax", place, {"reason": _reason(error.problem or "")})) from None
    except yaml.YAMLError as error:
        raise InputError(Problem("yaml-syntax", Place(name), {"reason": _reason(str(error))})) from None
    if builder.problems:
        raise InputError(builder.problems)
    return data, builder.marks, builder.keys


_REASONS = {
    "did not find expected key": "这一行的缩进与上面的不一致，或者上面的键后面已经写了值（如 {}、[]）",
    "expected <block end>": "这一行的缩进与上面的不一致，或者上面的键后面已经写了值（如 {}、[]）",
    "mapping values are not allowed": "这里不该有冒号：上面的缩进不一致，或者文字里有冒号而没有加引号",
    "could not find expected ':'": "这里少一个冒号，或者冒号后没有空格",
    "did not find expected '-'": "这里应是“- ”开头的一项，缩进与上面各项不一致",
    "did not find expected ',' or": "括号里的各项要用逗号隔开，或者括号没有收尾",
    "expected ',' or": "括号里的各项要用逗号隔开，或者括号没有收尾",
    "block sequence entries are not allowed": "这里不该有“- ”：各项要另起一行",
    "sequence entries are not allowed": "这里不该有“- ”：各项要另起一行",
    "tab": "缩进里有制表符，只能用空格",
    "\\t": "缩进里有制表符，只能用空格",
    "cannot start any token": "这个符号不能开头，请给文字加引号",
    "unexpected end of stream": "引号或括号没有收尾",
    "escape": "双引号里的反斜杠写法不认识，请改用单引号",
    "document start": "前一段写完之后还有内容，缩进不一致",
    "control characters": "有看不见的控制字符，请删去",
    "special characters": "有看不见的控制字符，请删去",
}
"""What a parser says (a part of it), and what that means here."""


def _reason(said: str) -> str:
    return next((told for part, told in _REASONS.items() if part in said), "这里不合 YAML 的写法")


class _Builder:
    """Turns parser events into plain data with marks."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.marks: dict[At, tuple[int, int]] = {}
        self.keys: dict[At, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.nodes = 0

    def build(self, events: Iterable[Any]) -> Any:
        stream = iter(events)
        data: Any = None
        seen = False
        for event in stream:
            if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self._fail("yaml-syntax", event, reason="一个文件里只能有一份文档（--- 分隔了多份）")
                seen = True
                continue
            data = self._value(event, stream, (), 0)
        return data

    def _value(self, event: Any, stream: Iterator[Any], at: At, depth: int) -> Any:
        self._count(event, 1, depth)
        self.marks[at] = _mark(event)
        if isinstance(event, yaml.AliasEvent):
            known = self.anchors.get(event.anchor or "")
            if known is None:
                self._fail("yaml-syntax", event, reason=f"引用“*{event.anchor}”没有对应的锚点")
            value, size = known
            self._count(event, size, depth)
            return value
        if event.tag is not None and not _implied(event):
            self.problems.append(Problem("yaml-tag", self._place(event), {"tag": event.tag}))
        before = self.nodes
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(stream, at, depth)
        else:
            value = self._mapping(stream, at, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, self.nodes - before)
        return value

    def _sequence(self, stream: Iterator[Any], at: At, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in stream:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, stream, (*at, len(items)), depth + 1))
        return items

    def _mapping(self, stream: Iterator[Any], at: At, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        for event in stream:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self._fail("yaml-syntax", event, reason="键必须是简单的文字")
            key = str(event.value)
            here = (*at, key)
            if key in items:
                first = self.keys[here][0]
                self.problems.append(
                    Problem("yaml-duplicate-key", self._place(event), {"key": key, "first": first})
                )
            else:
                self.keys[here] = _mark(event)
            items[key] = self._value(next(stream), stream, here, depth + 1)
        return items

    def _count(self, event: Any, nodes: int, depth: int) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            self._fail("yaml-too-big", event, reason=f"展开后超过 {MAX_NODES} 项")
        if depth > MAX_DEPTH:
            self._fail("yaml-too-big", event, reason=f"嵌套超过 {MAX_DEPTH} 层")

    def _fail(self, code: str, event: Any, **args: Any) -> NoReturn:
        raise InputError([*self.problems, Problem(code, self._place(event), args)])

    def _place(self, event: Any) -> Place:
        line, column = _mark(event)
        return Place(self.name, line=line, column=column)


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _implied(event: Any) -> bool:
    """Whether the parser itself supplied the tag."""
    if isinstance(event, yaml.ScalarEvent):
        return bool(event.implicit[0] or event.implicit[1])
    return bool(event.implicit)


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.style is not None and event.style != "":
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INT.fullmatch(text):
        return int(text) if len(text) <= 30 else text
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
