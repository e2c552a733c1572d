"""What stands above a table, and on its sheet's tab: titles, notes, and what they say of its numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from equipcheck.standard.annex.grid import Annex
from equipcheck.standard.annex.language.headings import heading
from equipcheck.standard.annex.language.marks import NOTE
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.prose import prose
from equipcheck.standard.annex.language.scope import Scope
from equipcheck.standard.annex.language.vocabulary import words
from equipcheck.standard.tokens import flat

_TABLE = re.compile(r"^\s*(附?表|附件|续表)\s*[0-9一二三四五六七八九十]")
_SECTION = re.compile(
    r"^\s*(第[一二三四五六七八九十]+[部分章节]+|[一二三四五六七八九十]+\s*[、.．]|[(（][一二三四五六七八九十]+[)）])"
)
_CONTINUED = re.compile(r"续\s*表|[(（]\s*续\s*[)）]|续前表|接上表")


@dataclass(slots=True)
class Caption:
    """Titles and notes above one table, and the scope that they give it."""

    titles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    following: list[str] = field(default_factory=list)  # notes that stand before the next table
    scope: Scope = field(default_factory=Scope)
    continued: bool = False  # 续表: the table before goes on

    def of_title(self, text: str) -> Scope:
        """What a title row inside the table adds."""
        return prose(text)


def captions(annex: Annex) -> list[Caption]:
    """One a table. A section's heading counts for the tables below it until the next one speaks of the same."""
    found: list[Caption] = []
    section = Scope()
    document = _document(annex)
    for number, grid in enumerate(annex.grids):
        caption = Caption()
        noting = False
        scope = Scope()
        for text in grid.before:
            noting = (
                (noting or bool(NOTE.match(text))) and not _TABLE.match(text) and not _SECTION.match(text)
            )
            if noting:
                caption.notes.append(flat(text))
                if number and found:
                    found[-1].following.append(text)
                continue
            caption.titles.append(flat(text))
            caption.continued = caption.continued or bool(_CONTINUED.search(text))
            said = prose(text)
            if _SECTION.match(text) and not _TABLE.match(text):
                section = _instead(section, said)
            else:
                scope = _instead(scope, said)
        if caption.continued and not scope.says and found:
            scope = found[-1].scope
        scope = _instead(_instead(document, section), scope)
        sheet = sheet_scope(grid.name)
        caption.scope = _instead(scope, sheet) if not scope.facts or not sheet.facts else scope.then(sheet)
        found.append(caption)
    return _told_apart(annex, found)


def _instead(wide: Scope, narrow: Scope) -> Scope:
    """The narrower words; what they don't speak of stays."""
    return Scope(
        {**wide.facts, **narrow.facts},
        narrow.duty or wide.duty,
        narrow.basis or wide.basis,
        narrow.unit or wide.unit,
        narrow.unknown or ("" if narrow.facts else wide.unknown),
    )


def _document(annex: Annex) -> Scope:
    """What the document's title says, where tables have captions of their own and none contradicts it."""
    if len(annex.grids) < 2 or not annex.grids[0].before:
        return Scope()
    before = annex.grids[0].before
    titles = [
        text
        for text in before
        if not _TABLE.match(text) and not _SECTION.match(text) and not NOTE.match(text)
    ]
    if not titles or (len(before) == len(titles) and len(titles) < 2):
        return Scope()
    said = prose(" ".join(titles if len(titles) < len(before) else titles[:1]))
    for grid in annex.grids[1:]:
        for text in (*grid.before, grid.name):
            if set(prose(text).facts) & set(said.facts):
                return Scope()
    return Scope(facts=said.facts, unknown=said.unknown)


def sheet_scope(name: str) -> Scope:
    """What a sheet's name says: 「省级」, 「市级（支队）」, 「随车装备（每车）」."""
    if not name.strip():
        return Scope()
    plain = re.sub(r"^(附?表|附件)?\s*[0-9一二三四五六七八九十]+\s*[、.．\-—_]?", "", name) or name
    said = heading(plain)
    if said.known and not said.rest:
        return said.scope
    facts = facts_of(plain)
    return Scope(facts=facts) if facts else prose(name)


def body_in(title: str) -> str:
    """The body that a title ends on, in words that name no known level: 乡镇所, 特勤分队; "" where it names none."""
    plain = re.sub(r"^\s*(附表|附件|表)?\s*[0-9一二三四五六七八九十]*\s*[:：、.．]?\s*", "", title)
    plain = re.sub(r"(装备)?(配备|配置)?(标准|表|清单|一览表|目录)*$", "", plain).strip("（）() ：")
    return plain if words().bureau_words.search(plain) else ""


def _told_apart(annex: Annex, found: list[Caption]) -> list[Caption]:
    """Sheets and captions that differ in words for bodies (「基层所」「特勤分队」) differ in their bureaus."""
    if len(found) < 2:
        return found
    told = []
    for grid, caption in zip(annex.grids, found, strict=True):
        told.append(body_in(caption.titles[-1] if caption.titles else grid.name))
    different = {text for text in told if text}
    if len(different) > 1 or (different and any(one.scope.facts for one in found)):
        for caption, text in zip(found, told, strict=True):
            if text and not caption.scope.facts and not caption.scope.unknown:
                caption.scope = replace(caption.scope, unknown=text)
    return found
