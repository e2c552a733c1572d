"""The number cells of one row, column by column: one rule each, or the question that it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from equipcheck.standard.annex.drafting.cells import Beside, read_cell, says_the_same
from equipcheck.standard.annex.drafting.changes import changes_in
from equipcheck.standard.annex.drafting.columns import Columns
from equipcheck.standard.annex.drafting.duties import counts_otherwise, of_remark
from equipcheck.standard.annex.language.marks import SIGNS, Legend
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import Duty, words
from equipcheck.standard.annex.layout.reading import Line, Value
from equipcheck.standard.grammar import Cell, parse_cell
from equipcheck.standard.model import QuantityRule
from equipcheck.standard.tokens import flat
from equipcheck.standard.words import OBLIGATIONS


@dataclass(frozen=True, slots=True)
class RowCells:
    """What is known of all rows: the columns, the notes by their marks, floor or ceiling."""

    columns: Columns
    footnotes: Mapping[str, str]
    limit: Literal["floor", "ceiling"]

    def of(self, line: Line, beside: Beside, table: Legend) -> Iterator[tuple[str, Cell, str, str | None]]:
        """Each column's cell: id, what it says, its words, and the question it leaves."""
        by_column: dict[str, list[Value]] = {}
        values = _spread(line.values)
        for value in values:
            for column in self.columns.ids_of(value.heading):
                by_column.setdefault(column, []).append(value)
        for column, found in by_column.items():
            told = [value for value in found if value.words.strip()]
            cells = [(value, self._cell(value, beside, table)) for value in told]
            saying = [(value, cell) for value, cell in cells if cell.rule is not None]
            if not saying:
                continue
            words_ = "；".join(_labelled(value, several=len(saying) > 1) for value, _ in saying)
            value, cell = saying[0]
            duties = {value.heading.duty for value, _ in saying}
            if (len(saying) > 1 and len({str(cell.rule) for _, cell in saying}) > 1) or len(duties) > 1:
                what = "必配和选配都有数量" if duties == {"required", "optional"} else "这一列有几个数量"
                yield column, Cell(QuantityRule(text=words_)), words_, f"同一行里{what}，请分成几行或选定一个"
            elif value.heading.rival and cell.question is None and value.heading.bound != "min":
                text = f"{value.heading.printed} {flat(value.words)}"
                why = f"“{value.heading.printed}”旁边还有同一类机构的另一列数量，不知以哪一列为准"
                yield (
                    column,
                    Cell(QuantityRule(text=text), cell.obligation or value.heading.duty),
                    words_,
                    why,
                )
            else:
                duty = cell.obligation or value.heading.duty
                if (
                    value.words.strip() in words().marks
                ):  # √ under 选配 says that it is so, not that it must be
                    duty = value.heading.duty or cell.obligation
                yield column, Cell(cell.rule, duty, cell.unit, cell.note), words_, cell.question

    def _cell(self, value: Value, beside: Beside, table: Legend) -> Cell:
        """One cell, with its own marks as the notes explain them and its signs as the legend does."""
        sign = value.words.strip()
        cell = read_cell(value, beside, self.limit)
        if sign in table.marks and cell.rule is not None:
            cell = cell._replace(obligation=table.marks[sign])
        elif sign[:1] in table.marks and cell.rule is not None:
            cell = cell._replace(obligation=table.marks[sign[:1]])
        for mark in value.marks:
            if mark in table.marks:
                return cell._replace(obligation=table.marks[mark])
            note = self.footnotes.get(mark, "").lstrip(mark + " :：、.．为")
            duty, doubt = of_remark(note)
            if duty is not None:
                return cell._replace(obligation=duty)
            if mark in SIGNS and not note:
                doubt = f"原文有标记“{mark}”，没有找到对应的注"
            elif other := counts_otherwise(note):
                doubt = doubt or f"注另写“{other}”，不知按哪个计算"
            elif changed := self._changed(value, note, cell):
                doubt = doubt or f"注另写“{changed}”，不知这里的数量是否照旧"
            if doubt and cell.rule is not None and cell.rule.text is None:
                text = QuantityRule(text=flat(value.words) + mark)
                return Cell(text, cell.obligation, cell.unit, None, doubt)
        return cell

    def _changed(self, value: Value, note: str, cell: Cell) -> str:
        """The words of a footnote that may make this number another one; "" where none do."""
        for change in changes_in(re.sub(r"^\s*[0-9]\s+", "", note), self.limit):
            same = cell.rule is not None and says_the_same(value, change.words, cell.rule, self.limit)
            if not same and not change.part:
                return change.words
        return ""


def parts_of(line: Line, columns: Columns) -> tuple[Line, ...]:
    """A row that has a 必配 and a 选配 number for the same bureaus as two: each obligation with its own columns."""
    duties: dict[str, set[Duty | None]] = {}
    for value in line.values:
        if parse_cell(value.words).rule is not None and not value.heading.rival and _sign(value) is None:
            for column in columns.ids_of(value.heading):
                duties.setdefault(column, set()).add(value.heading.duty)
    if not any({"required", "optional"} <= told for told in duties.values()):
        return (line,)
    required = tuple(value for value in line.values if value.heading.duty != "optional")
    optional = tuple(value for value in line.values if value.heading.duty == "optional")
    return tuple(
        replace(line, values=mine, words=_words_of(line, other))
        for mine, other in ((required, optional), (optional, required))
    )


def _words_of(line: Line, others: tuple[Value, ...]) -> dict[str, str]:
    """The row's words without those of the other part's numbers."""
    gone = {value.heading.printed for value in others}
    return {heading: words for heading, words in line.words.items() if heading not in gone}


def _spread(values: tuple[Value, ...]) -> list[Value]:
    """Signs under levels (√) with one number beside them: the number is each marked level's."""
    told = [
        value
        for value in values
        if value.heading.facts and (_sign(value) or parse_cell(value.words).rule is not None)
    ]
    signs = [value for value in told if _sign(value)]
    bare = [value for value in values if value.heading.bare]
    numbers = [value for value in bare if value.words.strip()]
    duties = [value for value in bare if value.heading.duty and value.words.strip() in words().marks]
    if duties and len(duties) == 1 and len(numbers) == 2:
        (number,) = [value for value in numbers if value not in duties]
        duty = duties[0].heading.duty
        values = tuple(
            replace(value, heading=replace(value.heading, duty=value.heading.duty or duty, rival=False))
            for value in values
            if value.words.strip() not in words().marks or value not in duties
        )
        return [value for value in values if value.heading.bare is False or value.words == number.words]
    if signs and signs == told and len(numbers) == 1:
        out = []
        for value in values:
            if value in signs:
                sign = value.heading.duty or _sign(value)
                head = replace(value.heading, duty=sign, basis=numbers[0].heading.basis)
                out.append(replace(value, heading=head, words=numbers[0].words, merged=numbers[0].merged))
            elif value not in bare:
                out.append(value)
        return out
    return list(values)


def _sign(value: Value) -> Duty | None:
    """What a cell says that says nothing but required or optional: √, 必配."""
    plain = squeeze(value.words)
    return words().marks.get(plain) or words().duties.get(plain)


def _labelled(value: Value, *, several: bool) -> str:
    words = flat(value.words)
    duty = value.heading.duty
    return f"{OBLIGATIONS[duty] if duty else value.heading.label} {words}" if several else words
