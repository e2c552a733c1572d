"""What stands in brackets, behind a colon or a dash of a title, a group row or a heading, and is not explained."""

from __future__ import annotations

import functools
import re

from equipcheck.standard.annex.language.bases import find_basis, unit_in_brackets
from equipcheck.standard.annex.language.headings import heading
from equipcheck.standard.annex.language.people import people_in
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.scope import Scope
from equipcheck.standard.annex.language.spelling import BRACKETS, squeeze, unnumbered
from equipcheck.standard.annex.language.vocabulary import longest, words

_LONGEST = 60
"""A longer text is a paragraph about the standard, not a title of numbers."""
_COUNTING = re.compile(
    r"(?:第?[0-9一二三四五六七八九十ⅠⅡⅢⅣIVX]+(?:[章节类批期部版]|部分|页)?|[A-Za-z]{0,3}[0-9]*(?:[-.][0-9]+)*|[①-⑳]|"
    r"(?:19|20)[0-9]{2}(?:年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?)?(?:版|度|修订版?|修正版?|试行版?|本)?|"
    r".{0,20}[0-9]+号|共[0-9一二三四五六七八九十]+[页张种类项件]|续[0-9一二三四五六七八九十]*|接上[页表])"
)
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{0,8}\((?:19|20)[0-9]{2}\)第?[0-9]+号")
_PARTS = re.compile("[、,，;；/和及与]")
_HELD = re.compile("^(?:不?含|包括|包含|不包括|含有)")


def unexplained(text: str) -> str:
    """The words of a short text that may say something of numbers and that nothing explains; "" where all is."""
    plain = unnumbered(_DOCUMENT.sub("", squeeze(text)))
    if len(plain) > _LONGEST or "。" in plain:
        return ""
    plain = _places().sub("", plain)
    for inside in BRACKETS.findall(plain):
        if not _explained(inside[1:-1]):
            return str(inside[1:-1])
    bare = BRACKETS.sub("", plain)
    before, colon, after = bare.partition(":")
    if colon and after and _announces(before) and not _explained(after):
        return after
    dash = re.search("(?:[—–―]+|--+)(.+)$", bare)
    if dash and not _explained(dash[1]):
        return dash[1]
    tail = _behind_its_noun(bare)
    if tail and not _explained(tail):
        return tail
    return bare if words().limits.search(bare) else ""


@functools.lru_cache(maxsize=4096)
def in_brackets(label: str) -> Scope:
    """What the heading of a column of names or units says, in its brackets, of the numbers beside it."""
    plain = squeeze(label)
    basis, rest = find_basis(plain)
    scope = Scope(basis=basis)
    for inside in BRACKETS.findall(rest):
        body = inside[1:-1]
        said = heading(body)
        if said.known and not said.rest:
            scope = scope.then(said.scope)
        elif not _explained(body):
            scope = scope.then(Scope(unknown=body))
    tail = re.search("(?:名称|单位)(.+)$", BRACKETS.sub("", rest))
    if tail and squeeze(label) not in words().columns and not _explained(tail[1]):
        scope = scope.then(Scope(unknown=tail[1]))
    return scope


def _announces(text: str) -> bool:
    """Whether what follows a colon says for whom or how many: 「适用范围：」, 「一、取证装备：」."""
    plain = re.sub(r"^[(]?[0-9一二三四五六七八九十]+[)]?[、.．]", "", text)
    if re.fullmatch("附[件表录][0-9一二三四五六七八九十]*", plain):
        return False
    if plain in words().columns:
        return words().columns[plain] in ("bureau", "duty", "category")
    return bool(_ends_as_class().search(plain)) or plain in words().quantity_words


def _explained(text: str) -> bool:
    known = words()
    text = text.lstrip("、,，:/.及与和的")
    if known.noise.fullmatch(text):
        return True
    if not text or known.asides.fullmatch(text) or _COUNTING.fullmatch(text) or _says(text):
        return True
    if text.startswith(("单位:", "计量单位:")) or unit_in_brackets(f"({text})") is not None:
        rest = text.partition(":")[2] or text
        return unit_in_brackets(f"({rest})") is not None or find_basis(rest)[0] is not None
    if known.limits.search(text) or known.bureau_words.search(text):
        return False
    if _HELD.match(text) or _ends_as_class().search(text):
        return True
    parts = [part for part in _PARTS.split(text) if part]
    return len(parts) > 1 and all(_explained(part) for part in parts)


def _says(text: str) -> bool:
    """Whether it is read elsewhere: whose, how many by what, required or optional (by the legend, or as its doubt)."""
    people = people_in(text)
    if people is not None and people.per is not None:
        return True
    if words().duty_hints.search(text) or any(word in text for word in words().duties if len(word) > 1):
        return True
    said = heading(text)
    return bool(facts_of(text)) or (said.known and not said.rest) or find_basis(text)[0] is not None


def _behind_its_noun(text: str) -> str:
    """What stands behind the last noun of a title (标准, 表, 装备)."""
    ends = [found.end() for found in re.finditer(f"(?:{longest(words().title_words)})(?!化)", text)]
    return text[ends[-1] :] if ends else ""


@functools.cache
def _places() -> re.Pattern[str]:
    """Bodies' names that hold brackets: 县(区)级, 乡镇(街道)司法所."""
    written = [word for word in words().places if "(" in word]
    return re.compile(f"{longest(written)}|(?<=[乡镇县区市旗团场])\\([市县区旗街道办乡镇、]+\\)(?=[^\\s()])")


@functools.cache
def _ends_as_class() -> re.Pattern[str]:
    return re.compile(f"(?:{longest(words().class_words)})$")
