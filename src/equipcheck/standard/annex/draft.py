"""The rows of an annex as a draft standard: head, rows, and every question that is left."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Literal

from equipcheck.standard.annex.drafting.building import Builder
from equipcheck.standard.annex.drafting.columns import Columns, columns_of, without_unused
from equipcheck.standard.annex.drafting.drafted import Draft, DraftRow, Question, Wanted, short
from equipcheck.standard.annex.drafting.kinds import Lexicon
from equipcheck.standard.annex.grid import Annex
from equipcheck.standard.annex.layout.reading import Reading
from equipcheck.standard.annex.layout.rows import read_rows

__all__ = ["Draft", "DraftRow", "Question", "Wanted", "draft"]


def draft(annex: Annex, lexicon: Lexicon, wanted: Wanted) -> Draft:
    """Turn an annex into a draft. Nothing is dropped and nothing guessed: what is not clear is a question."""
    reading = read_rows(annex, lexicon.knows, wanted.columns)
    if wanted.limit is None:
        wanted = replace(wanted, limit=_limit(reading))
    columns = columns_of(reading)
    builder = Builder(reading, columns, lexicon, wanted)
    made = [builder.rows(at) for at in range(len(reading.lines))]
    rows = [row for several in made for row in several]
    if apart := [several[0].line.place for several in made if len(several) > 1]:
        reading.remarks.append(f"必配、选配都有数量的行各分作两行：{'、'.join(apart)}")
    columns = without_unused(columns, {column for row in rows for column in _columns(row)})
    questions = [Question("", "", "", words, why) for words, why in columns.questions]
    questions += _unread(reading)
    return Draft(_head(reading, columns, wanted), rows, questions, reading)


def _columns(row: DraftRow) -> set[str]:
    quantity = row.data.get("quantity")
    return set(quantity) if isinstance(quantity, dict) else set()


def _limit(reading: Reading) -> Literal["floor", "ceiling"]:
    """A ceiling where the headings or titles say so (数量上限, 最高限额)."""
    columns = (one.label for heads in reading.heads_of.values() for one in heads if one.role == "quantity")
    told = [*columns, *reading.titles]
    if not any(re.search("上限|最高限|限额|最高数量", text) for text in told):
        return "floor"
    reading.remarks.append("表头或标题写明是上限，按配置上限读取")
    return "ceiling"


def _unread(reading: Reading) -> list[Question]:
    """One question for each table that was passed over with words in it, in its place."""
    return [
        Question(
            f"表{table.number}",
            "",
            "",
            table.first,
            f"{'表里有数字，' if table.numbers else ''}{table.why}，{table.rows} 行没有读入，"
            f"首行是“{short(table.first)}”",
        )
        for table in reading.tables
        if table.why and not table.lines and not table.prose
    ]


def _head(reading: Reading, columns: Columns, wanted: Wanted) -> dict[str, Any]:
    title = wanted.title or next((text for text in reading.titles if "标准" in text), None)
    notes = [*(text for text in reading.titles if text != title), *reading.texts, *reading.remarks]
    head: dict[str, Any] = {
        "format": 1,
        "id": wanted.id,
        "family": wanted.family,
        "title": title or wanted.id,
        "document": wanted.document,
        "issuer": None,
        "effective": wanted.effective,
        "limit": wanted.limit,
        "supersedes": [],
    }
    if notes:
        head["note"] = "\n".join(notes)
    if wanted.file:
        head["x_import"] = {"file": wanted.file, "sha256": wanted.sha256}
        unread = [str(question) for question in _unread(reading)]
        if unread:
            head["x_import"]["unread"] = unread
    if columns.data:
        head["columns"] = columns.data
    return head
