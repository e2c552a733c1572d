"""The error catalogue as text, JSON and the page docs/errors.md, which is made from it and kept in step by a test."""

from __future__ import annotations

import json
from collections.abc import Sequence

from equipcheck.problems import Entry, InputError, Problem
from equipcheck.problems.catalogue import ENTRIES
from equipcheck.problems.nearby import or_near


def chosen(code: str | None) -> list[Entry]:
    """Every entry, or the one of a code. Raises InputError for a code that is none."""
    if code is None:
        return list(ENTRIES.values())
    if code not in ENTRIES:
        hint = or_near(code, ENTRIES, "。不写编号可列出全部")
        raise InputError(Problem("bad-usage", args={"reason": f"没有编号为“{code}”的错误{hint}"}))
    return [ENTRIES[code]]


def as_text(entries: Sequence[Entry]) -> str:
    """For the terminal."""
    return "".join(
        f"{entry.code}  {entry.title}\n    为什么要紧：{entry.why}\n    怎样处理：{entry.mend}\n"
        for entry in entries
    )


def as_json(entries: Sequence[Entry]) -> str:
    """For programs."""
    return json.dumps([entry._asdict() for entry in entries], ensure_ascii=False, indent=2) + "\n"


def as_markdown(entries: Sequence[Entry]) -> str:
    """The page of the documentation."""
    lines = [
        "# 错误与注意事项一览",
        "",
        "由 `equipcheck errors -f md` 生成，请勿手改。花括号里的是出错时填入的内容。",
        "",
    ]
    for entry in entries:
        lines += [
            f"## {entry.code}：{entry.title}",
            "",
            f"- 为什么要紧：{entry.why}",
            f"- 怎样处理：{entry.mend}",
            f"- 提示语：{entry.template}",
            "",
        ]
    return "\n".join(lines)
