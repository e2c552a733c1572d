"""What a passage is made of, before any format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_DIGITS = "零一二三四五六七八九"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the annex: its caption, heads with their widths in mm, rows, and a note below."""

    caption: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


Block = Para | Table


@dataclass(frozen=True, slots=True)
class Picture:
    """Stacked bars: their title, the series' names, (name, a number a series) a bar, and all of it in words."""

    title: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, int, int], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: single values (标题, 单位, …) and parts (存在的问题, …) by the name of their placeholder."""

    values: Mapping[str, str]
    parts: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    picture: Picture | None = None  # stands at the end of 存在的问题, in Word only


def numeral(number: int) -> str:
    """1 to 99 as 一 … 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not head else "")


def itemise(sentences: Sequence[str]) -> list[str]:
    """「一是…」「二是…」; a single sentence stands without a number. Each ends with 。"""
    ended = [one if one.endswith("。") else f"{one}。" for one in sentences]
    if len(ended) < 2:
        return ended
    return [f"{numeral(index)}是{one}" for index, one in enumerate(ended, start=1)]


def clean(text: object) -> str:
    """A text from a file on one line, without control characters."""
    return " ".join(_CONTROL.sub(" ", str(text)).split())
