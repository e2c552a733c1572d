"""By what a number counts, and in which unit: 每人, 件/人, 每车, 套."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from equipcheck.ledger.values.numerals import chinese_number
from equipcheck.standard.annex.language.scope import Basis
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import longest, words
from equipcheck.standard.tokens import UNITS

_NUMBER = "[0-9]+|[一二两三四五六七八九十百千]+"


def unit_in_brackets(text: str) -> str | None:
    """The unit in 「数量（台/套）」, where what is in the last brackets is nothing but units."""
    found = re.search(r"\(([^()]+)\)$", squeeze(text))
    if found is None:
        return None
    inside = re.sub("^(计量)?单位:?", "", found[1])
    parts = re.split(r"[/、,或]", inside)
    return inside if all(part in UNITS for part in parts) else None


def find_basis(text: str) -> tuple[Basis | None, str]:
    """What a squeezed text says it counts by, and the text without those words."""
    group, unit, measure = _groups()
    for pattern in (
        rf"(?:平均)?每(?P<n>{_NUMBER})?(?:{measure})?(?P<group>{group})(?:数|配备?|配置)?",
        rf"(?:{unit})?/每?(?P<n>{_NUMBER})?(?:{measure})?(?P<group>{group}|辆)(?=$|[)、,;。])",
    ):
        found = re.search(pattern, text)
        if found:
            return _basis(found[0], found["group"], found["n"]), _without(text, found)
    found = re.search(r"人均(?:配备|配置)?", text)
    if found:
        return Basis("staff", 1, "人均"), _without(text, found)
    found = re.search(rf"(?P<unit>{unit})/(?P<what>[^()/、,;]+)(?=$|[)])", text) or re.search(
        r"每(?!年|月|季|次|天|日|周|期|隔|满|两年|[0-9一二三四五六七八九十]年)(?P<what>[^()、,;。配]{1,8})",
        text,
    )
    if found and not _only_units(found[0]):
        return Basis(None, 1, found[0]), _without(text, found)
    return None, text


def _only_units(text: str) -> bool:
    """台/套 names a unit twice; 部/组 counts by groups, 张/台 by machines."""
    first, *others = text.split("/")
    if first in words().consumed and any(part in "台套部辆架艘" for part in others):
        return False
    return first in UNITS and all(part in UNITS and part not in words().groups for part in others)


def _without(text: str, found: re.Match[str]) -> str:
    return (text[: found.start()] + text[found.end() :]).replace("()", "").replace("(单位:)", "")


def _basis(told: str, group: str, number: str | None) -> Basis:
    every = 1 if number is None else int(number) if number.isdecimal() else (chinese_number(number) or 0)
    known = words()
    if group in known.bases_self:
        return Basis("", 1, told) if every == 1 else Basis(None, 1, told)
    per = "vehicles" if group == "辆" else known.bases[group]
    return Basis(per, every, told) if every else Basis(None, 1, told)


@functools.cache
def _groups() -> tuple[str, str, str]:
    known = words()
    return longest([*known.bases, *known.bases_self]), longest(UNITS), known.measures


_TITLED = re.compile(
    "(中队|大队|支队|总队|分队|队|所|站|分局|局|中心|馆|库)(?:基本|常用|主要|应急|随车|个人|执法|业务|综合|行政|现场)*"
    "(?:装备|器材|设备|设施|配备|配置|建设|物资|仪器|标准)"
)


def body_titled(titles: Iterable[str]) -> str:
    """The one body that titles are about (司法所装备标准): 「每所」 is each reader itself. "" for none or several."""
    found = {word for title in titles for word in _TITLED.findall(squeeze(title))}
    return found.pop() if len(found) == 1 else ""


def unit_basis(text: str) -> tuple[str | None, Basis | None]:
    """A unit cell taken apart: 「套/人」 is 套 by the head; 「台/套」 is a unit."""
    plain = squeeze(text)
    basis, rest = find_basis(plain)
    if basis is None:
        return (plain or None), None
    head = plain.partition("/")[0]
    return (head if head in UNITS else rest or None), basis


def is_unit(text: str) -> bool:
    """Whether a unit's every part is one: 台（套）, 个/只, 人份; a single letter is taken for a measure word."""
    parts = [part for part in re.split(r"[/、,()或;]", squeeze(text)) if part]
    return all(
        len(part) == 1 or part.isascii() or part in words().units or all(char in UNITS for char in part)
        for part in parts
        if not part.isdecimal()
    ) and not re.search("[0-9]", text)
