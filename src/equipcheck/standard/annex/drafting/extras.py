"""What a row holds beside its numbers: remarks, footnotes and unusual columns as notes; price, life, parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from equipcheck.standard.annex.layout.reading import Line
from equipcheck.standard.grammar import is_blank
from equipcheck.standard.tokens import flat

_MONEY = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*元?(?:/[^\s]{1,2})?")
_YEARS = re.compile(r"([0-9]+)\s*年?")
_WHOLE = re.compile(r"[0-9]+")


def extras(line: Line, data: dict[str, Any], footnotes: Mapping[str, str]) -> list[str]:
    """Remarks, footnotes and unusual columns as notes; parameters, price and life where clear."""
    notes: list[str] = []
    if not _empty(line.by_role.get("remark", "")):
        notes.append(flat(line.by_role["remark"]))
    for key, role, pattern in (("price_limit", "price", _MONEY), ("life_years", "life", _YEARS)):
        text = line.by_role.get(role, "")
        found = pattern.fullmatch("".join(text.split())) if text else None
        if found:
            data[key] = _number(found[1])
        elif not _empty(text):
            notes.append(f"{'价格上限' if role == 'price' else '使用年限'}：{' '.join(text.split())}")
    if line.by_role.get("bureau"):
        notes.append(f"适用：{line.by_role['bureau']}")
    if not _empty(line.by_role.get("parameters", "")):
        data["parameters"] = flat(line.by_role["parameters"])
    notes += [f"{heading or '（无表头）'}：{words}" for heading, words in line.others if not _empty(words)]
    for mark in dict.fromkeys([*line.marks, *(mark for value in line.values for mark in value.marks)]):
        told = footnotes.get(mark)
        notes.append(told if told else f"原文有脚注标记“{mark}”，没有找到对应的注")
    return notes


def _number(text: str) -> int | str:
    plain = text.replace(",", "")
    return int(plain) if _WHOLE.fullmatch(plain) else plain


def _empty(words: str) -> bool:
    return is_blank(words)
