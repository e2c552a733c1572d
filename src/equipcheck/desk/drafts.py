"""The yearly passage as people edit it: a draft on disk beside the project, and from it the document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from equipcheck.section.writing.blocks import Block, Para, Passage, Table
from equipcheck.section.writing.compose import ANNEX, PARTS

FILE = "年报草稿.md"
EDITED = tuple(part for part in PARTS if part != ANNEX)
_BASIS = re.compile(r"^<!-- 依据 ([0-9a-f]{16}) -->$", re.MULTILINE)
_HEADING = re.compile(r"^## (.+?)\s*$")


@dataclass(frozen=True, slots=True)
class Draft:
    """Edited parts, and the mark of the passage that they were made from."""

    parts: Mapping[str, str]
    basis: str


def texts_of(passage: Passage) -> dict[str, str]:
    """The running text of each part, a paragraph a line."""
    return {
        part: "\n".join(one.text for one in passage.parts.get(part, ()) if isinstance(one, Para))
        for part in EDITED
        if part in passage.parts
    }


def basis_of(passage: Passage) -> str:
    """A mark of a passage's text, by which a draft knows whether the results have moved since."""
    text = "\n".join(f"{part}\n{words}" for part, words in texts_of(passage).items())
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def read(path: Path) -> Draft | None:
    """The draft on disk; None where there is none."""
    if not path.is_file():
        return None
    text = path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    parts: dict[str, list[str]] = {}
    here: list[str] | None = None
    for line in text.split("\n"):
        found = _HEADING.match(line)
        if found and found[1] in EDITED:
            here = parts.setdefault(found[1], [])
        elif here is not None and line.strip():
            here.append(line.strip())
    basis = _BASIS.search(text)
    return Draft({part: "\n".join(lines) for part, lines in parts.items()}, basis[1] if basis else "")


def to_text(draft: Draft) -> str:
    """The draft's file."""
    head = f"<!-- 年报装备部分的草稿，可直接修改；标题行不要改。 -->\n<!-- 依据 {draft.basis} -->\n"
    parts = [
        f"\n## {part}\n\n" + "\n\n".join(_paragraphs(words)) + "\n" for part, words in draft.parts.items()
    ]
    return head + "".join(parts)


def _paragraphs(words: str) -> list[str]:
    return [line.strip() for line in words.replace("\r\n", "\n").split("\n") if line.strip()]


def edited(passage: Passage, draft: Draft) -> Passage:
    """The passage with the draft's words; the annex stays as the results have it."""
    parts: dict[str, tuple[Block, ...]] = {
        part: (
            *(Para(line) for line in _paragraphs(draft.parts[part])),
            *(one for one in blocks if isinstance(one, Table)),
        )
        if part in draft.parts
        else blocks
        for part, blocks in passage.parts.items()
    }
    added = {
        part: tuple(map(Para, _paragraphs(words))) for part, words in draft.parts.items() if part not in parts
    }
    return Passage(passage.values, {part: blocks for part, blocks in (parts | added).items() if blocks})
