"""What the notes under and around a table say of its rows: marks, obligations, other ways to count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from equipcheck.standard.annex.drafting.changes import (
    Change,
    changes_in,
    is_class,
    levels_of,
    speaks_of_bureaus,
)
from equipcheck.standard.annex.drafting.drafted import short
from equipcheck.standard.annex.drafting.duties import (
    CLAUSES,
    counts_otherwise,
    subject_of,
)
from equipcheck.standard.annex.grid import SUPERSCRIPTS
from equipcheck.standard.annex.language.marks import (
    NOTE_START,
    SIGNS,
    Legend,
    legend,
    marked_notes,
    numbers_in,
)
from equipcheck.standard.annex.language.people import People, people_in
from equipcheck.standard.annex.language.prose import bureaus_in
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import Facts, longest, words
from equipcheck.standard.annex.layout.lines import EVERYONE
from equipcheck.standard.annex.layout.reading import Line, Reading
from equipcheck.standard.grammar import parse_cell
from equipcheck.standard.tokens import UNITS, flat

_NUMBERING = re.compile(
    r"^\W*(?:[一二三四五六七八九十0-9]+|[(（][一二三四五六七八九十0-9]+[)）])\s*[、.．]?\s*"
)
_COUNTED = re.compile("数量|标准|配备|计")
_BEARERS = re.compile("对象|人员|岗位|职|级别|层级|单位|机构|部门")
"""A column that says for whom; 「适用范围」 may as well say for what."""
_SERIALS = re.compile("(?:第|序号)([0-9]+(?:[、和及至~～—-][0-9]+)*)(?:项|号|行)?")
_SUPPLIED = re.compile("由[^,，。]{1,8}(?:统一|集中|负责|统筹|采购|配发)")
"""Whoever buys and hands out is not the one whose number it is."""
_OF_EQUIPMENT = re.compile("装备|设备|器材|仪器|数量|标准|配|物资|表中|本表|表列|各项|注:")
_THING = (
    f"(?P<what>[\\u4e00-\\u9fff]{{1,8}}?)(?:各)?[0-9一二两三四五六七八九十]+(?P<unit>{longest(list(UNITS))})"
)
_LISTED = re.compile(f"(?:{_THING.replace('?P<what>', '?:').replace('?P<unit>', '?:')}、?)+")
_PLACE = re.compile(
    "[室车上处所站队楼层厅点每各另库增减改停配第见按至超不达满过约的人]|备份|损耗|[省市县区镇]$|单位|机构|部门|人员"
)
_TOGETHER = re.compile("(?=.*[必应]配)(?=.*[选可]配).*(?:含|包括|内|其中|合计|计入|之和|总[数量]|累计)")
_SPEAKS_OF_ALL = re.compile("本表|表中|上表|以上|上述|所列|表内|各项|均[为按以]")


class TableNotes:
    """The notes of all tables of a reading."""

    def __init__(self, reading: Reading, limit: str) -> None:
        self.limit = limit
        self.lines = reading.lines
        self.titles = {flat(text).rstrip("。；;") for text in reading.titles}
        self.footnotes = marked_notes(reading.texts)
        numbered = self._raised_numbers(reading)
        self.footnotes |= {mark: text for mark, text in numbered.items() if mark not in self.footnotes}
        borne = set().union(*(_marks(line) for line in reading.lines))
        everywhere = legend([text for text in reading.texts if text not in numbered.values()], borne)
        self.legends: dict[int, Legend] = {}
        for table in reading.tables:
            self.legends[table.number] = own = legend(
                [text for text in table.notes if text not in numbered.values()], borne
            )
            marks = {mark for line in reading.lines if line.table == table.number for mark in _marks(line)}
            own.marks = everywhere.marks | own.marks
            if own.others is None and marks & set(everywhere.marks):
                own.others = everywhere.others
        clauses = {
            table.number: [
                clause
                for text in table.notes
                if text not in numbered.values()
                for clause in re.split("[。；;]", text)
            ]
            for table in reading.tables
        }
        self.people = {number: _people(mine) for number, mine in clauses.items()}
        self._together = {
            number: next((short(one) for one in mine if _TOGETHER.search(one)), "")
            for number, mine in clauses.items()
        }
        dealt = self._dealt(clauses)
        self.bases = {
            number: [
                clause
                for clause in mine
                if (_COUNTED.search(clause) or self._named(clause, number))
                and counts_otherwise(clause)
                and people_in(clause) is None
            ]
            for number, mine in dealt.items()
        }
        self.changes = {
            number: [
                found
                for clause in mine
                if not self._of_marked_rows(clause, reading, number)
                for found in self._changes_of(clause, number)
            ]
            for number, mine in dealt.items()
        }

    def _dealt(self, clauses: dict[int, list[str]]) -> dict[int, list[str]]:
        """Each sentence with the tables whose rows it names, else with its own.

        A note under the last part of a table that goes on over pages is of all parts.
        """
        dealt: dict[int, list[str]] = {number: [] for number in clauses}
        for number, mine in clauses.items():
            for clause in mine:
                named = [line for line in self.lines if len(line.name) > 1 and line.name in clause]
                own = {line.name for line in named if line.table == number}
                tables = {line.table for line in named if line.name not in own} | ({number} if own else set())
                for table in sorted(tables) or [number]:
                    dealt[table].append(clause)
        return dealt

    def _changes_of(self, sentence: str, table: int) -> Iterator[tuple[Change, Facts, set[str] | None]]:
        """What a note's sentence changes: the change, whose numbers, and the names of the rows (None: any)."""
        named = self._named(sentence, table)
        of_equipment = named or _OF_EQUIPMENT.search(sentence)
        for change in changes_in(sentence, self.limit, known=flat(sentence) in self.titles):
            if change.weak and not of_equipment:
                continue
            names = self._rows_of(change, table)
            alone = _SUPPLIED.search(sentence) is not None
            yield (
                change,
                levels_of(sentence) if alone else bureaus_in(sentence),
                named or names if names is None else names,
            )

    def _named(self, text: str, table: int) -> set[str]:
        """The rows that a text names, by their names or their numbers (第2项)."""
        lines = [line for line in self.lines if line.table == table]
        serials = {one for found in _SERIALS.findall(text) for one in numbers_in(found)}
        return {line.name for line in lines if line.name in text} | {
            line.name for line in lines if squeeze(line.by_role.get("serial", "")).rstrip(".、") in serials
        }

    def _rows_of(self, change: Change, table: int) -> set[str] | None:
        """The names of the rows that a note speaks of; None where it may be of all."""
        named = self._named(change.words, table)
        if named:
            return named
        if change.part or (change.other and not self._about(change.other, table)):
            return set()
        return self._about(change.thing, table) if change.thing else None

    def _about(self, subject: str, table: int) -> set[str] | None:
        """The names of the rows that a note's subject is; None where it is a class and may be of any of them."""
        lines = [line for line in self.lines if line.table == table]
        about = {line.name for line in lines if _is_about(line, line.name, subject)}
        told = any(subject in (_NUMBERING.sub("", one.group), one.by_role.get("category")) for one in lines)
        if is_class(subject) and not told and (not about or "类" in subject):
            return None
        return about

    @staticmethod
    def _raised_numbers(reading: Reading) -> dict[str, str]:
        """Notes that begin with a plain digit which rows bear raised (³): they are those rows' footnotes."""
        borne = set().union(*(_marks(line) for line in reading.lines))
        found = {}
        for text in reading.texts:
            digit = re.match(r"\s*([0-9])\s*(?![0-9.、．)）])\S", text)
            if digit and (mark := digit[1].translate(SUPERSCRIPTS)) in borne:
                found[mark] = text
        return found

    @staticmethod
    def _of_marked_rows(clause: str, reading: Reading, table: int) -> bool:
        """Whether a note begins with a mark that rows bear: it is theirs alone."""
        if re.search("带?括号", clause):
            return True  # of the numbers in brackets, which are asked about as they are
        lines = [line for line in reading.lines if line.table == table]
        start = NOTE_START.search(clause)
        if start is None:
            digit = re.match(r"\s*([0-9])\s+\S", clause)
            return digit is not None and any(digit[1].translate(SUPERSCRIPTS) in _marks(one) for one in lines)
        mark = re.sub(r"\s", "", start[1]).replace("＊", "*")
        loose = mark.startswith("注") and any("注" in value.words for line in lines for value in line.values)
        return loose or any(mark in _marks(line) for line in lines)

    def doubts(self, line: Line, *, explained: bool) -> list[str]:
        """Marks and notes that leave open whether a row, which says nothing of it itself, is required."""
        doubts = [
            f"原文有标记“{mark}”，没有找到对应的注，不知是不是选配"
            for mark in line.marks
            if mark in SIGNS and mark not in self.footnotes
        ]
        open_ = [one for one in self.legends[line.table].doubts if not explained or re.search("[0-9]", one)]
        if open_:
            doubts.append(f"表注“{short(open_[0])}”没有读懂，不知是不是选配")
        return doubts

    def together(self, table: int) -> str:
        """The note that says that optional numbers hold the required ones too; "" where none does."""
        return self._together[table]

    def counts(self, line: Line, name: str) -> str:
        """The words by which a row's remark, footnotes or table would have its numbers counted."""
        remarks = [
            line.by_role.get("remark", ""),
            *(self.footnotes.get(mark, "") for mark in line.marks),
        ]
        own = next((found for text in remarks if (found := counts_otherwise(text))), "")
        return own or next(
            (
                short(one)
                for one in self.bases[line.table]
                if _SPEAKS_OF_ALL.search(one) or self._may_be_about(line, name, subject_of(one))
            ),
            "",
        )

    def _may_be_about(self, line: Line, name: str, subject: str) -> bool:
        """Whether a note that says how things count is of this row; 车载设备 is none where no row is called so."""
        about = self._about(subject, line.table)
        return ("类" in subject if about is None else line.name in about) or _is_about(line, name, subject)

    def changed(self, line: Line) -> tuple[tuple[Facts, str], ...]:
        """The words of remark, footnotes or notes that make a row's numbers others, and in which columns."""
        remarks = [
            (line.by_role.get("remark", ""), False),
            *((text, _of_the_thing(label)) for label, text in line.others),
            *((self.footnotes.get(mark, ""), False) for mark in line.marks),
        ]
        own = [
            (levels_of(found), found)
            for text, thing in remarks
            if (found := self.of_remark(text, line, thing))
        ]
        own += [
            (Facts(), f"{label}：{flat(text)}")
            for label, text in line.others
            if words().columns.get(squeeze(label)) == "bureau" and _BEARERS.search(label)
            if not EVERYONE.match(text)
        ]
        table = [
            (facts, short(change.words))
            for change, facts, names in self.changes[line.table]
            if names is None or line.name in names
        ]
        return (*own, *table)

    def number_in_remark(self, line: Line) -> str:
        """The remark of a row without any number, where it is the remark that says how many; "" where it does not."""
        text = line.by_role.get("remark", "")
        said = (parse_cell(clause).rule for clause in CLAUSES.split(text) if clause.strip())
        read = any(rule is not None and rule.text is None for rule in said)
        return flat(text) if read or counts_otherwise(text) or self.of_remark(text, line, thing=False) else ""

    def of_remark(self, text: str, line: Line, thing: bool) -> str:
        """The words of a remark that may change a row's numbers; one that is of a part of it changes none.

        `thing`: the column tells what the thing is (性能, 单价): only what surely changes a number is asked about.
        """
        for change in changes_in(text, self.limit, known=thing):
            if change.part and change.part not in line.name:
                continue
            if change.other and _is_another(change, line):
                continue
            if not _composes(change.words, line):
                return change.words
        return speaks_of_bureaus(text)


def _is_another(change: Change, line: Line) -> bool:
    """Whether what a remark counts is another thing, in another unit: 「配备用灯1盏」 beside 架."""
    unit = squeeze(line.by_role.get("unit", ""))
    return bool(unit) and change.words[-1] not in unit and not set(change.other) & set(line.name)


def _composes(clause: str, line: Line) -> bool:
    """Whether a clause only lists what a thing consists of, in other units than the row's: 「圆桌1张」 of a 套."""
    unit = squeeze(line.by_role.get("unit", ""))
    plain = re.sub("^[配含带附]", "", squeeze(clause))
    if not unit or _LISTED.fullmatch(plain) is None:
        return False
    things = [re.fullmatch(_THING, one) for one in plain.split("、")]
    return all(one and one["unit"] not in unit and not _PLACE.search(one["what"]) for one in things)


def _of_the_thing(label: str) -> bool:
    """Whether a column's heading says that it tells what the thing is, or what it costs, or why it is asked for."""
    plain = squeeze(label)
    told = words().not_quantities.findall(plain)
    return bool(set(told) - {"说明", "备注"}) or plain in words().names_too


def _people(clauses: list[str]) -> People | None:
    """Whom a table's notes count as 人; open where they say it in two ways."""
    told = [found for clause in clauses if (found := people_in(clause)) is not None]
    if len({one.per for one in told}) > 1:
        return People(None, "；".join(one.words for one in told), any(one.numbers for one in told))
    return told[0] if told else None


def _is_about(line: Line, name: str, subject: str) -> bool:
    """Whether a note's subject is this row: its name, its group, or the first word of both (车载设备: 车载冰箱)."""
    group = _NUMBERING.sub("", line.group)
    told = [name, group, line.by_role.get("category", "")]
    stem = _stem(subject)
    return any(len(text) > 1 and text in subject for text in told) or (
        len(stem) > 1 and (name.startswith(stem) or name.endswith(stem))
    )


def _stem(subject: str) -> str:
    """A class's name without its last words, as long as two characters are left: 防护类装备 is 防护."""
    ending = re.compile(f"(?:{longest([*words().class_words, '等'])})$")
    while (shorter := ending.sub("", subject)) != subject and len(shorter) > 1:
        subject = shorter
    return subject


def _marks(line: Line) -> set[str]:
    return {*line.marks, *(mark for value in line.values for mark in value.marks)}
