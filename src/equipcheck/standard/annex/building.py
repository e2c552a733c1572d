"""One row of an annex → one requirement: its rules, kinds, id, notes, and the questions that it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from equipcheck.standard.annex.cells import Beside, read_cell
from equipcheck.standard.annex.columns import Columns
from equipcheck.standard.annex.drafted import DraftRow, Question, Wanted, short
from equipcheck.standard.annex.duties import Told, counts_otherwise, name_and_duty, of_remark, tell
from equipcheck.standard.annex.heads import Heading
from equipcheck.standard.annex.kinds import Lexicon, Named
from equipcheck.standard.annex.marks import SIGNS, Legend, legend, marked_notes
from equipcheck.standard.annex.rows import Line, Reading, Value
from equipcheck.standard.annex.scope import squeeze, unit_in_brackets
from equipcheck.standard.annex.vocabulary import words
from equipcheck.standard.grammar import Cell, parse_cell
from equipcheck.standard.model import ONE_COLUMN, QuantityRule
from equipcheck.standard.tokens import flat
from equipcheck.standard.words import OBLIGATIONS

_NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+\s*[、.．]|[(（][一二三四五六七八九十0-9]+[)）]|[0-9]+\s*[、.．]|第[一二三四五六七八九十]+[部分类章节]+)\s*"
)
_UNIT_AT_END = re.compile(r"\s*[(（][^（）()]*[)）]\s*$")
_WHOLE = re.compile(r"[0-9]+")
_COUNTED = re.compile("数量|标准|配备|计")
_SPEAKS_OF_ALL = re.compile("本表|表中|上表|以上|上述|所列|表内|各项|均[为按以]")
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
        self.claims: dict[str, list[tuple[frozenset[str], frozenset[tuple[str, str]], Line]]] = {}
        self.footnotes = marked_notes(reading.texts)
        everywhere = legend(reading.texts)
        self.legends: dict[int, Legend] = {}
        for table in reading.tables:
            self.legends[table.number] = own = legend(table.notes)
            marks = {mark for line in reading.lines if line.table == table.number for mark in _marks(line)}
            own.marks = everywhere.marks | own.marks
            if own.others is None and marks & set(everywhere.marks):
                own.others = everywhere.others
        self.bases = {
            table.number: [
                clause
                for text in table.notes
                for clause in re.split("[。；;]", text)
                if _COUNTED.search(clause) and counts_otherwise(clause)
            ]
            for table in reading.tables
        }
        self.names = [name_and_duty(line.name) for line in reading.lines]
        lexicon.look_up_all(_name(name)[0] for name, _ in self.names)
        self.told = [
            tell(line, duty, self.legends[line.table], self.footnotes)
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

    def row(self, at: int) -> DraftRow:
        """The row of one line."""
        line = self.reading.lines[at]
        told = self.told[at]
        questions: list[Question] = []
        name, unit_in_name = _name(self.names[at][0])
        printed, _ = _name(line.name)
        if not name:
            name = printed = "（原文没有名称）"
            questions.append(Question(line.place, name, "name", "", "原文这一行没有装备名称，请补上"))
        named = self.lexicon.look_up(name)
        beside = self._beside(line, told, named, name, unit_in_name)
        quantity: dict[str, Any] = {}
        obligation: dict[str, str] = {}
        units: list[str] = []
        notes: list[str] = []
        for column, cell, said, why in self._cells(line, beside):
            if cell.rule is None:
                continue
            if why is not None:
                questions.append(Question(line.place, name, f"quantity.{column}", said, why))
            if cell.note:
                notes.append(f"{self.columns.label(column)}：{cell.note}")
            units += [cell.unit] if cell.unit else []
            quantity[column] = rule_data(cell.rule)
            obligation[column] = cell.obligation or told.duty or "required"
        if told.doubts and not any(question.key.startswith("quantity") for question in questions):
            doubt = f"{told.doubts[0]}，暂按{OBLIGATIONS[_same(obligation) or 'required']}"
            questions.append(Question(line.place, name, "obligation", "", doubt))
        kinds, question = self._kinds(line, name, named, obligation)
        if beside.several:
            kinds, question = (
                (),
                Question(line.place, name, "kinds", line.name, "一格里有几种装备，请分成几行"),
            )
        questions += [question] if question is not None else []
        data: dict[str, Any] = {"id": self._id(kinds, line), "name": printed}
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
        notes += self._extras(line, data)
        data["source"] = {"place": line.place, "status": self.wanted.status}
        if notes:
            data = _with_note(data, "；".join(dict.fromkeys(notes)))
        return DraftRow(data, line.words, self._sources(line), questions)

    def _beside(self, line: Line, told: Told, named: Named, name: str, unit_in_name: str | None) -> Beside:
        """What the row says of all its numbers."""
        doubts = list(told.doubts)
        table = self.legends[line.table]
        if told.duty is None:
            doubts += [
                f"原文有标记“{mark}”，没有找到对应的注，不知是不是选配"
                for mark in line.marks
                if mark in SIGNS and mark not in self.footnotes
            ]
            open_ = [
                one for one in table.doubts if line.table not in self.explained or re.search("[0-9]", one)
            ]
            if open_:
                doubts.append(f"表注“{short(open_[0])}”没有读懂，不知是不是选配")
        counts = next((found for text in self._remarks(line) if (found := counts_otherwise(text))), "")
        counts = counts or next(
            (short(one) for one in self.bases[line.table] if name in one or _SPEAKS_OF_ALL.search(one)), ""
        )
        return Beside(
            line.by_role.get("unit") or unit_in_name,
            line.basis,
            tuple(doubts),
            counts,
            bool(named.kinds) or not not_equipment(name),
            bool(named.kinds),
            not named.whole and self.lexicon.several(name),
        )

    def _remarks(self, line: Line) -> list[str]:
        return [
            line.by_role.get("remark", ""),
            *(self.footnotes.get(mark, "") for mark in line.marks),
        ]

    def _cells(self, line: Line, beside: Beside) -> Iterator[tuple[str, Cell, str, str | None]]:
        """Each column's cell: id, what it says, its words, and the question it leaves."""
        by_column: dict[str, list[Value]] = {}
        values = _spread(line.values)
        for value in values:
            for column in self.columns.ids_of(value.heading):
                by_column.setdefault(column, []).append(value)
        table = self.legends[line.table]
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
                yield column, Cell(cell.rule, duty, cell.unit, cell.note), words_, cell.question

    def _cell(self, value: Value, beside: Beside, table: Legend) -> Cell:
        """One cell, with its own marks as the notes explain them and its signs as the legend does."""
        sign = value.words.strip()
        cell = read_cell(value, beside, self.wanted.limit or "floor")
        if sign in table.marks and cell.rule is not None:
            cell = replace(cell, obligation=table.marks[sign])
        elif sign[:1] in table.marks and cell.rule is not None:
            cell = replace(cell, obligation=table.marks[sign[:1]])
        for mark in value.marks:
            if mark in table.marks:
                return replace(cell, obligation=table.marks[mark])
            note = self.footnotes.get(mark)
            if note is None and cell.rule is not None and cell.rule.text is None:
                why = f"原文有标记“{mark}”，没有找到对应的注"
                if mark in SIGNS:
                    return Cell(
                        QuantityRule(text=flat(value.words) + mark), cell.obligation, cell.unit, None, why
                    )
            duty, doubt = of_remark((note or "").lstrip(mark + " :：、.．为"))
            other = counts_otherwise(note or "")
            if duty is not None:
                return replace(cell, obligation=duty)
            if (doubt or other) and cell.rule is not None and cell.rule.text is None:
                why = doubt or f"注另写“{other}”，不知按哪个计算"
                return Cell(
                    QuantityRule(text=flat(value.words) + mark), cell.obligation, cell.unit, None, why
                )
        return cell

    def _kinds(
        self, line: Line, name: str, named: Named, obligation: dict[str, str]
    ) -> tuple[tuple[str, ...], Question | None]:
        """The kinds that the name stands for, unless another row claims them already."""
        if not named.kinds:
            near = "、".join(f"{kind}（{self._kind(kind)}）" for kind in named.suggestions)
            why = "目录里没有同名的装备种类" + (f"，相近的有 {near}" if near else "")
            if not_equipment(name):
                why = "这一行不像装备，请决定是否删去"
            return (), Question(line.place, name, "kinds", line.name, why)
        claimed = frozenset(named.kinds)
        bound = frozenset((column, duty) for column, duty in obligation.items())
        rivals = {id(claim): claim for kind in named.kinds for claim in self.claims.get(kind, ())}
        for kinds, taken, other in rivals.values():
            nested = kinds < claimed or claimed < kinds
            if kinds & claimed and not nested and self._clash(taken, bound, same=kinds == claimed):
                names = "、".join(self._kind(kind) for kind in named.kinds)
                why = f"与{other.place}“{other.name}”同为“{names}”（{'、'.join(named.kinds)}），不知如何区分"
                return (), Question(line.place, name, "kinds", line.name, why)
        claim = (claimed, bound, line)
        for kind in named.kinds:
            self.claims.setdefault(kind, []).append(claim)
        return named.kinds, None

    def _clash(self, one: frozenset[tuple[str, str]], two: frozenset[tuple[str, str]], *, same: bool) -> bool:
        """Whether rows that share kinds meet in a column (with one obligation, where the sets are equal)."""
        if same:
            return bool(one & two)
        return bool({column for column, _ in one} & {column for column, _ in two})

    def _column(self, line: Line, heading: Heading) -> str:
        """The column of this line's value under a heading as printed."""
        for value in line.values:
            if value.heading.printed == heading.printed or value.heading.label.endswith(heading.label):
                return next(iter(self.columns.ids_of(value.heading)), "")
        return next(iter(self.columns.ids_of(heading)), "")

    def _kind(self, kind: str) -> str:
        return self.lexicon.catalogue.kinds[kind].name

    def _id(self, kinds: tuple[str, ...], line: Line) -> str:
        by_kind = kinds[0].replace("_", "-") if kinds else ""
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

    def _extras(self, line: Line, data: dict[str, Any]) -> list[str]:
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
        notes += [
            f"{heading or '（无表头）'}：{words}" for heading, words in line.others if not _empty(words)
        ]
        for mark in dict.fromkeys([*line.marks, *(mark for value in line.values for mark in value.marks)]):
            told = self.footnotes.get(mark)
            notes.append(told if told else f"原文有脚注标记“{mark}”，没有找到对应的注")
        return notes

    def _sources(self, line: Line) -> dict[str, str]:
        """Which heading's words decide which key, for merging with an edited draft."""
        found = {"分组": "category"} if line.group else {}
        for heading in self.reading.all_headings(line.table):
            if heading.role == "quantity":
                found[heading.printed] = f"quantity.{self._column(line, heading)}"
            elif heading.role != "other":
                found.setdefault(heading.label, heading.role)
        return found


def _marks(line: Line) -> set[str]:
    return {*line.marks, *(mark for value in line.values for mark in value.marks)}


def _spread(values: tuple[Value, ...]) -> list[Value]:
    """Signs under levels (√) with one number beside them: the number is each marked level's."""
    signs = [value for value in values if value.heading.facts and value.words.strip()]
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
    if signs and len(numbers) == 1 and all(value.words.strip() in words().marks for value in signs):
        out = []
        for value in values:
            if value in signs:
                sign = words().marks[value.words.strip()]
                head = replace(value.heading, duty=value.heading.duty or sign, basis=numbers[0].heading.basis)
                out.append(replace(value, heading=head, words=numbers[0].words, merged=numbers[0].merged))
            elif value not in bare:
                out.append(value)
        return out
    return list(values)


def not_equipment(name: str) -> bool:
    """Whether a name the catalogue does not know speaks of people, rooms or rules."""
    return words().not_equipment.search(squeeze(name)) is not None


def _name(text: str) -> tuple[str, str | None]:
    """A name without the unit in brackets at its end, and the unit."""
    unit = unit_in_brackets(text)
    return (_UNIT_AT_END.sub("", text).strip(), unit) if unit else (text.strip(), None)


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
