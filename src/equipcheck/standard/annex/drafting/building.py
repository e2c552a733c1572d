"""One row of an annex → one requirement: its rules, kinds, id, notes, and the questions that it leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from equipcheck.standard.annex.drafting.cells import Beside
from equipcheck.standard.annex.drafting.claims import Claims, not_equipment
from equipcheck.standard.annex.drafting.columns import Columns
from equipcheck.standard.annex.drafting.drafted import DraftRow, Question, Wanted
from equipcheck.standard.annex.drafting.duties import Told, name_and_duty, tell
from equipcheck.standard.annex.drafting.extras import extras
from equipcheck.standard.annex.drafting.kinds import Lexicon, Named
from equipcheck.standard.annex.drafting.row_cells import RowCells, parts_of
from equipcheck.standard.annex.drafting.table_notes import TableNotes
from equipcheck.standard.annex.language.bases import body_titled, unit_in_brackets
from equipcheck.standard.annex.language.vocabulary import words
from equipcheck.standard.annex.layout.headings import Heading
from equipcheck.standard.annex.layout.reading import Line, Reading
from equipcheck.standard.annex.layout.sums import added_up, plain_number
from equipcheck.standard.annex.writing import rule_data
from equipcheck.standard.model import ONE_COLUMN
from equipcheck.standard.tokens import flat
from equipcheck.standard.words import OBLIGATIONS

_NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+\s*[、.．]|[(（][一二三四五六七八九十0-9]+[)）]|[0-9]+\s*[、.．]|第[一二三四五六七八九十]+[部分类章节]+)\s*"
)
_UNIT_AT_END = re.compile(r"\s*[(（][^（）()]*[)）]\s*$")


@dataclass(slots=True)
class Numbers:
    """What the number cells of a row say, by column."""

    quantity: dict[str, Any] = field(default_factory=dict)
    obligation: dict[str, str] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    printed: dict[str, str] = field(default_factory=dict)


class Builder:
    """Builds rows one after another: ids and kinds must not collide with the rows before."""

    def __init__(self, reading: Reading, columns: Columns, lexicon: Lexicon, wanted: Wanted) -> None:
        self.reading = reading
        self.columns = columns
        self.lexicon = lexicon
        self.wanted = wanted
        self.ids: set[str] = set()
        self.claims = Claims(lexicon)
        self.notes = TableNotes(reading, wanted.limit or "floor")
        self.bodies = {one.number: body_titled([*one.notes, one.name]) for one in reading.tables}
        self.cells = RowCells(columns, self.notes.footnotes, wanted.limit or "floor")
        self.names = [name_and_duty(line.name) for line in reading.lines]
        lexicon.look_up_all(_name(name)[0] for name, _ in self.names)
        self.told = [
            tell(line, duty, self.notes.legends[line.table], self.notes.footnotes)
            for line, (_, duty) in zip(reading.lines, self.names, strict=True)
        ]
        self.explained = {
            line.table for line, told in zip(reading.lines, self.told, strict=True) if told.duty is not None
        } | {
            line.table
            for line in reading.lines
            for value in line.values
            if value.heading.duty is not None or "选配" in value.words or value.words.strip() in words().marks
        }

    def rows(self, at: int) -> list[DraftRow]:
        """The rows of one line: one, or one for each obligation where a printed row has numbers for both."""
        parts = parts_of(self.reading.lines[at], self.columns)
        made = [self._row(at, line) for line in parts]
        doubt = self.notes.together(parts[0].table) if len(made) > 1 else ""
        for row in made[1:]:
            if doubt:
                self._open_all(row, f"表注“{doubt}”，不知选配数量里有没有必配的")
            note = f"原表同一行里另有必配数量，见 {made[0].data['id']}"
            row.data = _with_note(row.data, "；".join(filter(None, (note, row.data.pop("note", "")))))
        return made

    def _open_all(self, row: DraftRow, why: str) -> None:
        """Every number of a row as a question."""
        quantity = row.data.get("quantity", {})
        bare = not self.columns.data
        for column, rule in {ONE_COLUMN: quantity}.items() if bare else [*quantity.items()]:
            if isinstance(rule, dict) and "text" in rule:
                continue
            told = "；".join(value.words for value in row.line.values if value.words.strip())
            row.questions.append(Question(row.line.place, row.data["name"], f"quantity.{column}", told, why))
            opened = {"text": flat(told)}
            row.data["quantity"] = opened if bare else row.data["quantity"] | {column: opened}

    def _row(self, at: int, line: Line) -> DraftRow:
        told = self.told[at]
        questions: list[Question] = []
        name, unit_in_name = _name(self.names[at][0])
        printed, _ = _name(line.name)
        if not name:
            name = printed = "（原文没有名称）"
            questions.append(Question(line.place, name, "name", "", "原文这一行没有装备名称，请补上"))
        named = self.lexicon.look_up(name)
        beside = self._beside(line, told, named, name, unit_in_name, self.reading.lines[at])
        read = self._numbers(line, beside, name, told.duty or "required")
        quantity, obligation, units, notes = read.quantity, read.obligation, read.units, read.notes
        questions += read.questions
        if told.doubts and not any(question.key.startswith("quantity") for question in questions):
            doubt = f"{told.doubts[0]}，暂按{OBLIGATIONS[_same(obligation) or 'required']}"
            questions.append(Question(line.place, name, "obligation", "", doubt))
        kinds, question = self.claims.kinds(line, name, named, obligation)
        if beside.several:
            kinds, question = (
                (),
                Question(line.place, name, "kinds", line.name, "一格里有几种装备，请分成几行"),
            )
        questions += [question] if question is not None else []
        data: dict[str, Any] = {"id": self._id(kinds, line, _same(obligation)), "name": printed}
        category = line.by_role.get("category") or _NUMBERING.sub("", line.group)
        if category:
            data["category"] = flat(category)
        data["kinds"] = list(kinds)
        data["obligation"] = _same(obligation) or obligation or (told.duty or "required")
        unit = line.by_role.get("unit") or unit_in_name or self._unit(line, units)
        if unit:
            data["unit"] = "".join(unit.split())
        data["quantity"] = quantity if self.columns.data else quantity.get(ONE_COLUMN, {})
        if not self.columns.data and not quantity:
            data.pop("quantity")
        notes += extras(line, data, self.notes.footnotes)
        data["source"] = {"place": line.place, "status": self.wanted.status}
        if notes:
            data = _with_note(data, "；".join(dict.fromkeys(notes)))
        return DraftRow(line, data, line.words, self._sources(line), questions, read.printed)

    def _numbers(self, line: Line, beside: Beside, name: str, duty: str) -> Numbers:
        """The rules of a row's cells, column by column."""
        read = Numbers()
        for column, cell, said, why in self.cells.of(line, beside, self.notes.legends[line.table]):
            if cell.rule is None:
                continue
            label = self.columns.label(column) if self.columns.data else ""
            if why is not None:
                read.questions.append(Question(line.place, name, f"quantity.{column}", said, why, label))
            if cell.note:
                read.notes.append(f"{self.columns.label(column)}：{cell.note}")
            read.units += [cell.unit] if cell.unit else []
            read.printed[column] = said
            read.quantity[column] = rule_data(cell.rule)
            read.obligation[column] = cell.obligation or duty
        for question in self._in_the_remark(line, name):
            column = question.key.removeprefix("quantity.")
            read.questions.append(question)
            read.quantity[column] = {"text": question.words}
            read.obligation[column] = duty
        return read

    def _in_the_remark(self, line: Line, name: str) -> list[Question]:
        """The questions of a row whose number cells are empty, and whose remark says how many."""
        remark = "" if any(one.words.strip() for one in line.values) else self.notes.number_in_remark(line)
        if not remark:
            return []
        why = "没有写数量，不知备注说的是不是这里的数量"
        columns = dict.fromkeys(one for value in line.values for one in self.columns.ids_of(value.heading))
        return [Question(line.place, name, f"quantity.{column}", remark, why) for column in columns]

    def _beside(
        self, line: Line, told: Told, named: Named, name: str, unit_in_name: str | None, whole: Line
    ) -> Beside:
        """What the row says of all its numbers; `whole`: the printed row, where `line` is one obligation of it."""
        doubts = list(told.doubts)
        if told.duty is None:
            doubts += self.notes.doubts(line, explained=line.table in self.explained)
        return Beside(
            line.by_role.get("unit") or unit_in_name,
            line.basis,
            tuple(doubts),
            self.notes.counts(line, name),
            self.notes.changed(line),
            bool(named.kinds) or not not_equipment(name),
            bool(named.kinds),
            not named.whole and self.lexicon.several(name),
            self.notes.people[line.table],
            self.bodies[line.table],
            tuple(one.heading.label for one in whole.values if not one.heading.known),
            _misprint(whole),
        )

    def _column(self, line: Line, heading: Heading) -> str:
        """The column of this line's value under a heading as printed."""
        for value in line.values:
            if value.heading.printed == heading.printed or value.heading.label.endswith(heading.label):
                return next(iter(self.columns.ids_of(value.heading)), "")
        return next(iter(self.columns.ids_of(heading)), "")

    def _id(self, kinds: tuple[str, ...], line: Line, duty: str | None) -> str:
        by_kind = kinds[0].replace("_", "-") if kinds else ""
        if by_kind in self.ids and duty == "optional":
            by_kind += "-optional"
        found = by_kind if by_kind and by_kind not in self.ids else f"t{line.table}-r{line.row}"
        again = 2
        while found in self.ids:  # tables beside each other share their rows
            found = f"t{line.table}-r{line.row}-{again}"
            again += 1
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

    def _sources(self, line: Line) -> dict[str, str]:
        """Which heading's words decide which key, for merging with an edited draft."""
        found = {"分组": "category"} if line.group else {}
        for heading in self.reading.all_headings(line.table):
            if heading.role == "quantity":
                found[heading.printed] = f"quantity.{self._column(line, heading)}"
            elif heading.role != "other":
                found.setdefault(heading.label, heading.role)
        return found


def _name(text: str) -> tuple[str, str | None]:
    """A name without the unit in brackets at its end, and the unit."""
    unit = unit_in_brackets(text)
    return (_UNIT_AT_END.sub("", text).strip(), unit) if unit else (text.strip(), None)


def _misprint(line: Line) -> str:
    """Whether 合计 is not what the row's numbers add up to: one of them is misprinted; "" where it is."""
    total = plain_number(line.by_role.get("total", ""))
    added = added_up([value.words for value in line.values])
    if total is None or added is None or total == added:
        return ""
    return f"原文合计写 {total}，各列相加是 {added}，不知哪个数印错了"


def _same(obligation: dict[str, str]) -> str | None:
    values = set(obligation.values())
    return values.pop() if len(values) == 1 else None


def _with_note(data: dict[str, Any], note: str) -> dict[str, Any]:
    """The note stands before the source, as in the shipped files."""
    source = data.pop("source")
    return data | {"note": note, "source": source}
