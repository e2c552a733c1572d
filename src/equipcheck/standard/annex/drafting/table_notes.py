"""What the notes under and around a table say of its rows: marks, obligations, other ways to count."""

from __future__ import annotations

import re

from equipcheck.standard.annex.drafting.drafted import short
from equipcheck.standard.annex.drafting.duties import counts_otherwise
from equipcheck.standard.annex.language.marks import SIGNS, Legend, legend, marked_notes
from equipcheck.standard.annex.layout.reading import Line, Reading

_COUNTED = re.compile("数量|标准|配备|计")
_SPEAKS_OF_ALL = re.compile("本表|表中|上表|以上|上述|所列|表内|各项|均[为按以]")


class TableNotes:
    """The notes of all tables of a reading."""

    def __init__(self, reading: Reading) -> None:
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

    def counts(self, line: Line, name: str) -> str:
        """The words by which a row's remark, footnotes or table would have its numbers counted."""
        remarks = [
            line.by_role.get("remark", ""),
            *(self.footnotes.get(mark, "") for mark in line.marks),
        ]
        own = next((found for text in remarks if (found := counts_otherwise(text))), "")
        return own or next(
            (short(one) for one in self.bases[line.table] if name in one or _SPEAKS_OF_ALL.search(one)), ""
        )


def _marks(line: Line) -> set[str]:
    return {*line.marks, *(mark for value in line.values for mark in value.marks)}
