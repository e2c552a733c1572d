"""One row of an annex → one requirement: its rules, kinds, id, notes, and the questions that it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from equipcheck.standard.annex.columns import Columns
from equipcheck.standard.annex.drafted import DraftRow, Question, Wanted, short
from equipcheck.standard.annex.heads import unit_in_brackets
from equipcheck.standard.annex.kinds import Lexicon
from equipcheck.standard.annex.rows import Line, Reading, Value, marked_notes
from equipcheck.standard.grammar import Cell, parse_cell
from equipcheck.standard.model import ONE_COLUMN, QuantityRule
from equipcheck.standard.tokens import flat
from equipcheck.standard.words import OBLIGATIONS

_NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+\s*[、.．]|[(（][一二三四五六七八九十0-9]+[)）]|[0-9]+\s*[、.．]|第[一二三四五六七八九十]+[部分类章节]+)\s*"
)
_UNIT_AT_END = re.compile(r"\s*[(（][^（）()]*[)）]\s*$")
_WHOLE = re.compile(r"[0-9]+")
_MONEY = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*元?(?:/[^\s]{1,2})?")
_YEARS = re.compile(r"([0-9]+)\s*年?")


class Builder:
    """Builds rows one after another: ids and kinds must not collide with the rows before."""

    def __init__(self, reading: Reading, columns: Columns, lexicon: Lexicon, wanted: Wanted) -> None:
        self.reading = reading
        self.columns = columns
        self.lexicon = lexicon
        self.wanted = wanted
        self.ids: set[str] = set()
        self.claims: list[tuple[frozenset[str], frozenset[tuple[str, str]], Line]] = []

    def row(self, line: Line) -> DraftRow:
        """One row."""
        questions: list[Question] = []
        name, unit_in_name = _name(line.name)
        if not name:
            name = "（原文没有名称）"
            questions.append(Question(line.place, name, "name", "", "原文这一行没有装备名称，请补上"))
        duty = _duty(line.by_role.get("duty", ""))
        quantity: dict[str, Any] = {}
        obligation: dict[str, str] = {}
        units: list[str] = []
        notes: list[str] = []
        for column, cell, words, why in self._cells(line):
            if cell.rule is None:
                continue
            if why is not None:
                questions.append(Question(line.place, name, f"quantity.{column}", words, why))
            if cell.note:
                notes.append(f"{self.columns.label(column)}：{cell.note}")
            units += [cell.unit] if cell.unit else []
            quantity[column] = rule_data(cell.rule)
            obligation[column] = cell.obligation or duty or "required"
        if line.by_role.get("duty") and duty is None:
            why = f"“{line.by_role['duty']}”看不出是必配还是选配，暂按必配"
            questions.append(Question(line.place, name, "obligation", line.by_role["duty"], why))
        kinds, question = self._kinds(line, name, obligation)
        questions += [question] if question is not None else []
        data: dict[str, Any] = {"id": self._id(kinds, line), "name": name}
        category = line.by_role.get("category") or _NUMBERING.sub("", line.group)
        if category:
            data["category"] = flat(category)
        data["kinds"] = list(kinds)
        data["obligation"] = _same(obligation) or obligation or (duty or "required")
        unit = line.by_role.get("unit") or unit_in_name or self._unit(line, units)
        if unit:
            data["unit"] = "".join(unit.split())
        data["quantity"] = quantity if self.columns.data else quantity.get(ONE_COLUMN, {})
        if not self.columns.data and not quantity:
            data.pop("quantity")
        notes += self._extras(line, data)
        data["source"] = {"place": line.place, "status": self.wanted.status}
        if notes:
            data = _with_note(data, "；".join(notes))
        return DraftRow(data, line.words, self._sources(line), questions)

    def _cells(self, line: Line) -> Iterator[tuple[str, Cell, str, str | None]]:
        """Each column's cell: id, what it says, its words, and the question it leaves."""
        by_column: dict[str, list[Value]] = {}
        for value in line.values:
            by_column.setdefault(self.columns.id_of(value.heading), []).append(value)
        for column, values in by_column.items():
            told = [value for value in values if value.words.strip()]
            cells = [(value, parse_cell(value.words, self.wanted.limit or "floor")) for value in told]
            saying = [(value, cell) for value, cell in cells if cell.rule is not None]
            if not saying:
                continue
            words = "；".join(_labelled(value, several=len(saying) > 1) for value, _ in saying)
            value, cell = saying[0]
            if len(saying) > 1:
                both = {value.heading.duty for value, _ in saying} == {"required", "optional"}
                what = "必配和选配都有数量" if both else "这一列有几个数量"
                yield column, Cell(QuantityRule(text=words)), words, f"同一行里{what}，请分成几行"
            elif value.merged is not None:
                first, last = value.merged
                why = f"“{short(words)}”一格跨第{first}–{last}行，不知是合计还是各行都有"
                yield column, Cell(QuantityRule(text=words)), words, why
            else:
                duty = cell.obligation or value.heading.duty
                yield column, Cell(cell.rule, duty, cell.unit, cell.note), words, cell.question

    def _kinds(
        self, line: Line, name: str, obligation: dict[str, str]
    ) -> tuple[tuple[str, ...], Question | None]:
        """The kinds that the name stands for, unless another row claims them already."""
        named = self.lexicon.look_up(name)
        if not named.kinds:
            near = "、".join(f"{kind}（{self._kind(kind)}）" for kind in named.suggestions)
            why = "目录里没有同名的装备种类" + (f"，相近的有 {near}" if near else "")
            return (), Question(line.place, name, "kinds", line.name, why)
        claimed = frozenset(named.kinds)
        bound = frozenset((column, duty) for column, duty in obligation.items())
        for kinds, taken, other in self.claims:
            nested = kinds < claimed or claimed < kinds
            if kinds & claimed and not nested and self._clash(taken, bound, same=kinds == claimed):
                names = "、".join(self._kind(kind) for kind in named.kinds)
                why = f"与{other.place}“{other.name}”同为“{names}”（{'、'.join(named.kinds)}），不知如何区分"
                return (), Question(line.place, name, "kinds", line.name, why)
        self.claims.append((claimed, bound, line))
        return named.kinds, None

    def _clash(self, one: frozenset[tuple[str, str]], two: frozenset[tuple[str, str]], *, same: bool) -> bool:
        """Whether rows that share kinds meet in a column (with one obligation, where the sets are equal)."""
        if same:
            return bool(one & two)
        return bool({column for column, _ in one} & {column for column, _ in two})

    def _kind(self, kind: str) -> str:
        return self.lexicon.catalogue.kinds[kind].name

    def _id(self, kinds: tuple[str, ...], line: Line) -> str:
        by_kind = kinds[0].replace("_", "-") if kinds else ""
        found = by_kind if by_kind and by_kind not in self.ids else f"t{line.table}-r{line.row}"
        self.ids.add(found)
        return found

    def _unit(self, line: Line, units: list[str]) -> str | None:
        """The unit of the numbers where all agree, else the heading's."""
        if units and len(set(units)) == 1:
            return units[0]
        if units:
            return None
        heads = {value.heading.unit for value in line.values if value.heading.unit}
        return heads.pop() if len(heads) == 1 else None

    def _extras(self, line: Line, data: dict[str, Any]) -> list[str]:
        """Remarks, footnotes and unusual columns as notes; parameters, price and life where clear."""
        notes: list[str] = []
        footnotes = marked_notes(self.reading.texts)
        if not _empty(line.by_role.get("remark", "")):
            notes.append(flat(line.by_role["remark"]))
        for key, role, pattern in (("price_limit", "price", _MONEY), ("life_years", "life", _YEARS)):
            text = line.by_role.get(role, "")
            found = pattern.fullmatch("".join(text.split())) if text else None
            if found:
                data[key] = _number(found[1])
            elif not _empty(text):
                notes.append(f"{'价格上限' if role == 'price' else '使用年限'}：{' '.join(text.split())}")
        if not _empty(line.by_role.get("parameters", "")):
            data["parameters"] = flat(line.by_role["parameters"])
        notes += [
            f"{heading or '（无表头）'}：{words}" for heading, words in line.others if not _empty(words)
        ]
        for mark in line.marks:
            told = footnotes.get(mark)
            notes.append(told if told else f"原文有脚注标记“{mark}”，没有找到对应的注")
        return notes

    def _sources(self, line: Line) -> dict[str, str]:
        """Which heading's words decide which key, for merging with an edited draft."""
        found = {"分组": "category"} if line.group else {}
        for heading in self.reading.all_headings(line.table):
            if heading.role == "quantity":
                found[heading.printed] = f"quantity.{self.columns.id_of(heading)}"
            elif heading.role != "other":
                found.setdefault(heading.label, heading.role)
        return found


def _name(text: str) -> tuple[str, str | None]:
    """A name without the unit in brackets at its end, and the unit."""
    unit = unit_in_brackets(text)
    return (_UNIT_AT_END.sub("", text).strip(), unit) if unit else (text.strip(), None)


def _duty(words: str) -> Literal["required", "optional"] | None:
    plain = "".join(words.split())
    if plain in ("必配", "必备", "应配", "必"):
        return "required"
    return "optional" if plain in ("选配", "选备", "可选", "选") else None


def _labelled(value: Value, *, several: bool) -> str:
    words = flat(value.words)
    duty = value.heading.duty
    return f"{OBLIGATIONS[duty] if duty else value.heading.label} {words}" if several else words


def _same(obligation: dict[str, str]) -> str | None:
    values = set(obligation.values())
    return values.pop() if len(values) == 1 else None


def _with_note(data: dict[str, Any], note: str) -> dict[str, Any]:
    """The note stands before the source, as in the shipped files."""
    source = data.pop("source")
    return data | {"note": note, "source": source}


def rule_data(rule: QuantityRule) -> Any:
    """A rule as it is written in YAML, as short as possible."""
    data = rule.model_dump(exclude_defaults=True)
    if not data or set(data) == {"count"}:
        return rule.count
    return data


def _number(text: str) -> int | str:
    plain = text.replace(",", "")
    return int(plain) if _WHOLE.fullmatch(plain) else plain


def _empty(words: str) -> bool:
    return parse_cell(words).rule is None
