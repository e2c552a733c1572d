"""One quantity cell with all that stands over and beside it → a rule, or a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from equipcheck.standard.annex.drafting.drafted import short
from equipcheck.standard.annex.language.bases import find_basis, is_unit
from equipcheck.standard.annex.language.people import People
from equipcheck.standard.annex.language.scope import Basis
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import Duty, Facts, words
from equipcheck.standard.annex.layout.reading import Value
from equipcheck.standard.grammar import Cell, parse_cell
from equipcheck.standard.model import QuantityRule
from equipcheck.standard.tokens import flat


@dataclass(frozen=True, slots=True)
class Beside:
    """What the row says of all its numbers."""

    unit: str | None = None
    basis: Basis | None = None
    doubts: tuple[str, ...] = ()
    counts: str = ""  # a remark's words by which the numbers would count
    changed: tuple[tuple[Facts, str], ...] = ()  # words that make the numbers others, and in which columns
    equipment: bool = True  # False: the name is none that equipment has
    known: bool = True  # whether the name is in the catalogue
    several: bool = False  # several kinds in one name
    people: People | None = None  # whom the table's notes count as 人
    body: str = ""  # the body that the table's title is about: 「每所」 is the bureau itself
    columns: tuple[str, ...] = ()  # the labels of the columns that name bodies in words of their own
    misprint: str = ""  # why one of the row's numbers must be misprinted


def read_cell(value: Value, beside: Beside, limit: Literal["floor", "ceiling"]) -> Cell:
    """What a cell asks for, in its context. A cell that leaves a doubt is kept in words."""
    text = value.words
    sign, rest = _sign(text)
    if sign is not None and not rest:
        return _open(text, f"“{flat(text)}”只是记号，没有写数量", sign)
    cell = parse_cell(_of_the_reader(rest, beside.body), limit)
    if sign is not None:
        cell = cell._replace(obligation=cell.obligation or sign)
    if cell.rule is None or cell.question is not None:
        return cell
    why = _doubt(value, cell, beside, limit)
    if why:
        return _open(text, why, cell.obligation, _context(value, beside))
    if value.merged is not None:
        first, last = value.merged
        why = f"“{short(text)}”一格跨第{first}–{last}行，不知是合计还是各行都有"
        return _open(text, why, cell.obligation)
    return _by_whom(value, _counted(value, cell, beside), beside)


def _of_the_reader(text: str, body: str) -> str:
    """「每所1套」, 「2套/站」 where the title is about that body: each bureau's."""
    if not body:
        return text
    plain = re.sub(f"每个?{body}(?=[^队])", "每单位", text)
    return re.sub(f"(?<=[/∕／]){body}$", "单位", plain.strip())


def _is_the_reader(words_: str, body: str) -> bool:
    return bool(body) and re.fullmatch(f"每个?{body}(?:配备?|配置)?|[^/]*/{body}", words_) is not None


def _by_whom(value: Value, cell: Cell, beside: Beside) -> Cell:
    """The rule by the heads that the notes mean by 人; 执法人员 and 实有人数 in the cell's own words are no others."""
    people, rule = beside.people, cell.rule
    assert rule is not None
    if people is None or rule.as_needed:
        return cell
    own = value.words + value.heading.label + _context(value, beside)
    heads = (rule.per == "staff" and "执法人员" not in own) or (
        rule.percent is not None and rule.per == "on_roll" and not re.search("实有|编制", own)
    )
    if rule.per is None and people.numbers:
        return _open(value.words, f"原文另写“{people.words}”，不知数量按哪个计算", cell.obligation)
    if not heads or rule.per == people.per:
        return cell
    if people.per is None:
        return _open(value.words, f"原文另写“{people.words}”，不知“人”是哪些人", cell.obligation)
    return cell._replace(rule=rule.model_copy(update={"per": people.per}))


def _sign(text: str) -> tuple[Duty | None, str]:
    """A sign in front or alone (√, ●2台) and the rest."""
    plain = text.strip()
    marks = words().marks
    if plain in marks:
        return marks[plain], ""
    if plain[:1] in marks and not plain[:1].isalnum() and plain[1:2] not in marks:
        return marks[plain[:1]], plain[1:].strip().strip("()（）")
    if plain[-1:] in marks and not plain[-1:].isalnum() and plain[:1].isdigit():
        return marks[plain[-1:]], plain[:-1].strip()
    return None, text


def _doubt(value: Value, cell: Cell, beside: Beside, limit: Literal["floor", "ceiling"]) -> str:
    """Why a person must look at a number that can be read; "" where nothing speaks against it."""
    rule = cell.rule
    assert rule is not None
    return (
        _doubt_of_row(value, rule, cell, beside)
        or _doubt_of_basis(value, rule, beside)
        or _doubt_of_heading(value, rule, limit)
        or _doubt_of_notes(value, rule, beside, limit)
        or ("一格里有几种装备，不知各要多少，请分成几行" if beside.several else "")
        or _units(cell.unit, beside.unit or _one_unit(value.heading.unit), rule)
    )


def _doubt_of_row(value: Value, rule: QuantityRule, cell: Cell, beside: Beside) -> str:
    if beside.misprint:
        return beside.misprint
    if not beside.equipment:
        return "这一行不像装备，请决定是否删去"
    if (
        rule.percent is not None
        and rule.per == "on_roll"
        and not beside.known
        and not re.search("人", value.words)
    ):
        return f"“{flat(value.words)}”不知是什么的百分比"
    if beside.doubts and cell.obligation is None:
        return beside.doubts[0]
    return ""


_BOUND = re.compile(
    "[且并但]?(?:原则上|一般|实际)?(?:总数|合计|总量|每?单位)?(?:不少于|不低于|至少|最少|最多|不超过)"
)


def _doubt_of_basis(value: Value, rule: QuantityRule, beside: Beside) -> str:
    head = value.heading
    bases = [
        one
        for one in (head.basis, beside.basis)
        if one is not None and one.per != "" and not _is_the_reader(one.words, beside.body)
    ]
    for basis in bases:
        if basis.per is None:
            return f"“{basis.words}”不知按什么计算"
    if len({one.per for one in bases}) > 1:
        return f"“{bases[0].words}”和“{bases[1].words}”不知按哪个计算"
    if bases and rule.per is not None and (rule.per != bases[0].per or rule.percent is not None):
        return f"原文另写“{bases[0].words}”，不知按哪个计算"
    if bases and squeeze(value.words) in words().duties:
        return f"原文只写“选配”，又写“{bases[0].words}”，不知数量"
    if rule.percent is not None and "占" in head.label and "实有" not in head.label:
        return f"“{head.label}”，不知按哪个人数计算"
    per = rule.per or (bases[0].per if bases else None)
    if beside.counts and not rule.as_needed and (per is None or _counts_by_another(beside.counts, per)):
        return f"备注另写“{beside.counts}”，不知按哪个计算"
    return ""


def _counts_by_another(words_: str, per: str) -> bool:
    """Whether a remark counts otherwise than the number does: 「每车1个」「不少于2个」 where it is for each head."""
    basis, _ = find_basis(squeeze(words_))
    return (
        _BOUND.match(squeeze(words_)) is not None if basis is None else bool(basis.per) and basis.per != per
    )


def _doubt_of_notes(
    value: Value, rule: QuantityRule, beside: Beside, limit: Literal["floor", "ceiling"]
) -> str:
    mine = value.heading.facts
    for facts, told in beside.changed:
        named = [label for label in beside.columns if label in told]
        elsewhere = bool(named) and value.heading.label not in named
        apart = elsewhere or any(
            fact in mine and not set(values) & set(mine[fact]) for fact, values in facts.items()
        )
        if not apart and not rule.as_needed and not says_the_same(value, told, rule, limit):
            return f"原文另写“{told}”，不知这里的数量是否照旧"
    return ""


def says_the_same(value: Value, told: str, rule: QuantityRule, limit: Literal["floor", "ceiling"]) -> bool:
    """Whether a remark repeats the number, or says of its rule what holds anyway (不足5人的按5人计算)."""
    read = (parse_cell(told, limit).rule, parse_cell(f"{value.words}，{told}", limit).rule)
    mine = rule.model_copy(update={"round": "up"})
    return any(one is not None and one.model_copy(update={"round": "up"}) == mine for one in read)


def _doubt_of_heading(value: Value, rule: QuantityRule, limit: str) -> str:
    head = value.heading
    if head.bound == "advice":
        return f"“{head.label}”是建议数，不知是不是要求"
    if head.bound == "max" and limit == "floor" and not rule.as_needed:
        return f"“{head.label}”是上限，不知至少配多少"
    return ""


def _units(mine: str | None, theirs: str | None, rule: QuantityRule) -> str:
    """Whether the row's unit is one, and a number's own fits it: 盘 under 米 does not."""
    if theirs and not rule.as_needed and parse_cell(theirs).rule is not None and not is_unit(theirs):
        return f"单位“{theirs}”没有读懂，不知数量怎样计"
    if not mine or not theirs:
        return ""
    one, other = _parts(mine), _parts(theirs)
    if one & other:
        return ""
    odd = words().measure_units | words().packs
    if (one | other) & odd:
        return f"数量写“{mine}”，单位写“{theirs}”，不知怎样折算"
    return ""


def _one_unit(unit: str | None) -> str | None:
    """A heading's unit; several (套、件、组) are for each row to choose from."""
    return unit if unit and len(_parts(unit)) < 3 else None


def _parts(unit: str) -> set[str]:
    return {part for part in re.split(r"[/、,()或（）]", squeeze(unit)) if part}


def _counted(value: Value, cell: Cell, beside: Beside) -> Cell:
    """The rule with the basis that stands over or beside the number."""
    rule = cell.rule
    assert rule is not None
    basis = value.heading.basis or beside.basis
    duty = cell.obligation or value.heading.duty
    if basis is None or not basis.per or rule.per is not None or rule.as_needed:
        return Cell(rule, duty, cell.unit, cell.note)
    given: dict[str, Any] = {"per": basis.per, "count": rule.count, "min": rule.min, "max": rule.max}
    if basis.every != 1:
        given["every"] = basis.every
    rule = QuantityRule(
        **{name: one for name, one in given.items() if one is not None and (name, one) != ("count", 1)}
    )
    return Cell(rule, duty, cell.unit, cell.note)


def _context(value: Value, beside: Beside) -> str:
    told = [basis.words for basis in (value.heading.basis, beside.basis) if basis is not None]
    return "、".join([*told, *([beside.counts] if beside.counts else [])])


def _open(text: str, why: str, duty: Duty | None = None, context: str = "") -> Cell:
    shown = flat(text)
    if context and context not in shown:
        shown = f"{shown}（{context}）"
    return Cell(QuantityRule(text=shown), duty, None, None, why)
