"""How a draft was read: each clause that names equipment, what was read as what, or why it makes no claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from equipcheck.report.markdown import grid
from equipcheck.section.drafts.check import Placed
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.verdicts.judged import stated

HEAD = ("位置", "分句", "读作")


def as_lines(readings: Sequence[Placed]) -> list[str]:
    """For the terminal."""
    lines = []
    for place, clause, read in _rows(readings):
        lines += [f"  {place}  {clause}", *(f"    {one}" for one in read)]
    return lines


def as_table(readings: Sequence[Placed]) -> str:
    """For Markdown."""
    return grid(HEAD, [(place, clause, "；".join(read)) for place, clause, read in _rows(readings)])


def as_data(readings: Sequence[Placed]) -> list[dict[str, Any]]:
    """For programs."""
    return [
        {
            "place": one.place,
            "clause": one.reading.clause,
            "silent": one.reading.silent or None,
            "statements": [
                {
                    "name": said.target.name,
                    "requirements": list(said.target.requirements),
                    "kinds": list(said.target.kinds),
                    "turn": said.turn,
                    "number": said.number,
                    "fact": said.fact,
                    "rate": said.rate,
                    "not_understood": said.unread or None,
                }
                for said in one.reading.statements
            ],
        }
        for one in readings
    ]


def _rows(readings: Sequence[Placed]) -> Iterator[tuple[str, str, list[str]]]:
    for one in readings:
        read = [_said(said) for said in one.reading.statements] or [f"不作判断：{one.reading.silent}"]
        yield one.place, one.reading.clause, read


def _said(said: Statement) -> str:
    """「本单位 · 声级计 · 缺2」, with what was not understood."""
    parts = ["本单位" if said.ours else "单位存疑", said.target.name, stated(said)]
    if said.unread:
        parts.append(f"未读懂“{said.unread}”")
    return " · ".join(parts)
