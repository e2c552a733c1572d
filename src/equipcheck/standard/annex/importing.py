"""From an annex's file to a draft's text, with what was read and what is left to answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.ground import yamlfile
from equipcheck.ground.closed_words import code_of
from equipcheck.problems import InputError, Place, Problem
from equipcheck.standard.annex.containers.files import read_annex
from equipcheck.standard.annex.draft import Question, Wanted, draft
from equipcheck.standard.annex.drafting.drafted import listed, short
from equipcheck.standard.annex.drafting.kinds import Lexicon
from equipcheck.standard.annex.dropping import Dropped
from equipcheck.standard.annex.layout.reading import Reading, Table
from equipcheck.standard.annex.merging import Merged, fresh, merge
from equipcheck.standard.annex.writing import write_yaml
from equipcheck.standard.model import a_day_or_a_year


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft ready to be written. `unchanged`: the existing draft says all of it already."""

    text: str
    questions: tuple[Question, ...]
    reading: Reading
    tables: int
    kept: int = 0
    unchanged: bool = False
    back: tuple[str, ...] = ()  # rows that the existing draft had no longer
    new: tuple[str, ...] = ()  # rows that another annex has and the existing draft has not
    dropped: tuple[Dropped, ...] = ()  # answers of the existing draft that the annex no longer fits


def _effective(text: str | None) -> str | None:
    """The day or year from which the standard is in force, as standards write it. Raises InputError."""
    try:
        return None if text is None else a_day_or_a_year(text)
    except ValueError as error:
        args = {"value": text, "expected": str(error), "near": ""}
        raise InputError(Problem("bad-value", Place("施行日期"), args)) from None


def import_annex(
    path: Path, shown: str, catalogue: Catalogue, wanted: Wanted, existing: Path | None
) -> Imported:
    """Read an annex into a draft; with `existing`, that draft's answers are kept. Raises InputError."""
    effective = _effective(wanted.effective)
    annex, digest = read_annex(path, shown)
    if not annex.grids:
        raise InputError(Problem("annex-without-table", Place(shown)))
    old = _existing(existing)
    kept = code_of("limit", old.get("limit"))
    limit = wanted.limit or (kept if kept in ("floor", "ceiling") else None)
    wanted = replace(wanted, effective=effective, limit=limit, file=path.name, sha256=digest)
    made = draft(annex, Lexicon(catalogue), wanted)
    if not made.rows:
        first = "；".join(f"表{one.number}首行“{short(one.first)}”" for one in made.reading.tables[:5])
        args = {"tables": len(annex.grids), "first": first}
        raise InputError(Problem("annex-without-head", Place(shown), args))
    if existing is None:
        merged, unchanged = fresh(made), False
    else:
        merged = merge(made, old)
        unchanged = merged.head == {
            k: v for k, v in old.items() if k != "requirements"
        } and merged.rows == old.get("requirements")
    questions = tuple(question for _, question in merged.questions)
    text = write_yaml(merged.head, merged.rows, _comments(merged), _top(path.name, questions))
    done = Imported(text, questions, made.reading, len(annex.grids), merged.kept, unchanged)
    return replace(done, back=merged.back, new=merged.new, dropped=merged.dropped)


def _existing(path: Path | None) -> dict[str, Any]:
    """The plain data of the draft to merge with."""
    data = {} if path is None else yamlfile.load(path, str(path)).data
    if not isinstance(data, dict):
        raise InputError(Problem("annex-not-a-draft", Place(str(path))))
    return data


def _comments(merged: Merged) -> dict[tuple[int, str], list[str]]:
    comments: dict[tuple[int, str], list[str]] = {}
    for row, question in merged.questions:
        if row < 0:
            comments.setdefault((row, question.words), []).append(f"待定：{question.why}")
        else:
            words = f"（原文：{' '.join(question.words.split())}）" if question.words else ""
            comments.setdefault((row, question.key), []).append(f"待定：{question.why}{words}")
    return comments


_HOW_TO_WRITE = (
    "数量的写法：固定2台 county: 2；每3人1台、不少于2台 county: {per: staff, every: 3, min: 2}；"
    "每车1套 county: {per: vehicles}；按需 county: {as_needed: true}；不要求的删去这一行。"
)


def _top(name: str, questions: tuple[Question, ...]) -> list[str]:
    lines = [
        f"由 {name} 导入的草稿。请与原文逐行核对；x_ 开头的键记录原文用词，重新导入时据此保留已有的答复。",
        "标有“待定”的地方要由人对照原文写明；写完后运行 equipcheck standards lint 检查。",
    ]
    if questions:
        if any(question.key.startswith("quantity.") for question in questions):
            lines += [_HOW_TO_WRITE]
        lines += [f"待定 {len(questions)} 处："]
        lines += [f"  {' '.join(told.split())}" for told in listed(questions)]
    return lines


def account(imported: Imported) -> list[str]:
    """What became of every table, row and cell, in sentences."""
    reading = imported.reading
    counts = {
        "装备": len(reading.lines),
        "表头和标题": len(reading.heads),
        "分组": len(reading.groups),
        "注": len(reading.notes),
        "合计": len(reading.totals),
        "空行": len(reading.blanks),
        "上一行的延续": len(reading.continued),
        "未读入": len(reading.unread),
    }
    told = "，".join(f"{word} {count} 行" for word, count in counts.items() if count)
    lines = [f"读取 {imported.tables} 张表，共 {reading.total} 行：{told}"]
    lines += [_table(table) for table in reading.tables]
    for word, places in (
        ("表头和标题", reading.heads),
        ("分组", reading.groups),
        ("注", reading.notes),
        ("合计", reading.totals),
        ("延续", reading.continued),
    ):
        if places:
            lines.append(f"  {word}：{'、'.join(places)}")
    lines += [f"  未读入：{place}：{' '.join(words.split())}" for place, words in reading.unread]
    lines += reading.remarks
    return lines


def _table(table: Table) -> str:
    """One table: what was read of it, or why nothing was."""
    named = f"表{table.number}" + (f"（工作表“{table.name}”）" if table.name else "")
    if table.lines:
        return f"  {named}：读入装备 {table.lines} 行；数量列 {'，'.join(table.columns)}"
    if table.numbers:
        args = {"table": named, "why": table.why, "first": short(table.first)}
        return f"  错误：{Problem('annex-table-lost', args=args).message}"
    return f"  {named}：{table.why or '没有内容'}"
