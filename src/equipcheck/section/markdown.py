"""The passage as Markdown, from the shipped template or a bureau's own."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from equipcheck.problems import InputError, Place, Problem
from equipcheck.report.markdown import escape, grid
from equipcheck.section import filling
from equipcheck.section.writing.blocks import Block, Para, Passage

_HEADING = re.compile(r"^(#+)\s")


def render(passage: Passage, template: Path | None = None) -> str:
    """Markdown text. Raises InputError where the template cannot be used."""
    text, shown = _template(template)
    lines = [filling.Line(line, _level(line)) for line in text.split("\n")]
    filling.check(lines, shown)
    stays = filling.kept(lines, passage)
    texts = filling.renumbered(lines, stays)
    parts: list[str] = []
    for line, stay in zip(texts, stays, strict=True):
        if not stay:
            continue
        part = filling.part_of(line)
        parts.append(
            "\n\n".join(_block(one) for one in passage.parts[part]) if part else filling.filled(line, passage)
        )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).strip("\n") + "\n"


def _template(path: Path | None) -> tuple[str, str]:
    if path is None:
        return (files("equipcheck.section") / "templates" / "section.md").read_text(
            encoding="utf-8"
        ), "section.md"
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"), str(path)
    except OSError:
        raise InputError(Problem("no-such-file", Place(str(path)), {"near": ""})) from None
    except UnicodeDecodeError:
        raise InputError(Problem("draft-encoding", Place(str(path)))) from None


def _level(line: str) -> int | None:
    found = _HEADING.match(line)
    return None if found is None else len(found[1]) - 1


def _block(block: Block) -> str:
    if isinstance(block, Para):
        return _plain(block.text)
    table = f"**附件：{escape(block.caption)}**\n\n{grid(block.head, block.rows)}"
    return f"{table}\n\n{_plain(block.note)}" if block.note else table


def _plain(text: str) -> str:
    """Running text that Markdown takes literally."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)
