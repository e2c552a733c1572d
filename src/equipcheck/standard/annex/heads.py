"""The heading of a table: where it stands, and what each of its columns is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from equipcheck.standard.annex.content import Content, content
from equipcheck.standard.annex.grid import Grid
from equipcheck.standard.annex.scope import Basis, Said, Scope, facts_of, heading, in_words, squeeze
from equipcheck.standard.annex.vocabulary import Duty, words

Role = Literal[
    "name",
    "category",
    "unit",
    "remark",
    "serial",
    "duty",
    "parameters",
    "price",
    "life",
    "bureau",
    "quantity",
    "other",
]

_BRACKETS = re.compile(r"\([^()]*\)")
_DIGITS = re.compile("[0-9０-９]")
NO_HEADING = "（无表头）"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: what it is, its heading as printed, and for quantities what the heading says of them."""

    role: Role
    label: str
    facts: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict)
    duty: Duty | None = None
    unit: str | None = None
    known: bool = True  # False: for bureaus that the heading names in words we do not know
    basis: Basis | None = None
    bound: str | None = None  # min, max, advice: one of several numbers for the same bureaus
    rival: bool = False  # another column has numbers for the same bureaus and obligation

    @property
    def printed(self) -> str:
        """The heading in full: 市级, 市级必配."""
        named = self.label
        if self.bound and self.rival:
            named += {"min": "最低", "max": "最高", "advice": "建议"}[self.bound]
        return named if self.duty is None else named + {"required": "必配", "optional": "选配"}[self.duty]

    @property
    def bare(self) -> bool:
        """Whether it names no bureaus at all: 数量."""
        return self.known and not self.facts

    def within(self, scope: Scope) -> Heading:
        """The same column where a caption, a group or the row itself says more of its numbers."""
        if not (scope.facts or scope.unknown or scope.basis):
            return self
        mine = Scope(self.facts, self.duty, self.basis, self.unit)
        both = scope.then(mine)
        outside = Scope({fact: v for fact, v in both.facts.items() if fact not in self.facts})
        label = self.label
        if outside.facts:
            label = in_words(both.facts) if self.bare or self.facts else in_words(outside.facts) + label
        known = self.known and not both.unknown
        if both.unknown:
            label = both.unknown if self.bare else f"{both.unknown} {self.label}"
        return replace(self, label=label, facts=both.facts, known=known, basis=both.basis)


@dataclass(frozen=True, slots=True)
class Head:
    """A table's heading: its first row and the first row after it, and its columns."""

    first: int
    end: int
    columns: tuple[Heading, ...]

    def of(self, role: Role) -> list[int]:
        """The columns of a role, from left to right."""
        return [at for at, one in enumerate(self.columns) if one.role == role]


def find_heads(grid: Grid, known: Callable[[str], bool]) -> dict[int, Head]:
    """Every heading of a table by its first row; {} where nothing is one.

    By its words; else by a name or a quantity word with what stands below it; else by what stands below alone.
    """
    for judge in (_by_words, _by_quantity_words, _by_name_word, _by_content):
        found: dict[int, Head] = {}
        row = 0
        while row < len(grid.boxes):
            head = judge(grid, row, known)
            if head is not None:
                found[row] = head
                row = head.end
                if judge is not _by_words:
                    break
                continue
            row += 1
        if found:
            return _settled(grid, found, known)
    return {}


def _by_words(grid: Grid, row: int, known: Callable[[str], bool]) -> Head | None:
    texts = _texts(grid, row)
    name = _name_column(texts)
    likely = [at for at, text in enumerate(texts) if text in words().names_too]
    if name in likely and len(likely) > 1:  # 「项目」 beside 「仪器设备」: where the catalogue's names stand
        last = len(grid.boxes)
        name = max(likely, key=lambda at: (content(grid, at, row + 1, last, known).names, at == name))
    if name is None or grid.boxes[row][name].row != row:
        return None
    head = _head(grid, row, name)
    return head if head.of("quantity") else None


def _by_quantity_words(grid: Grid, row: int, known: Callable[[str], bool]) -> Head | None:
    """A row with words of levels or quantities, over a column of names."""
    if row > 12 or not _looks_like_a_head(grid, row):
        return None
    said = [one_heading([text]) for text in _texts(grid, row)]
    if not any(one.role == "quantity" and one.known for one in said):
        return None
    name = _names_by_content(grid, row, said, known)
    return None if name is None else _head(grid, row, name)


def _by_name_word(grid: Grid, row: int, known: Callable[[str], bool]) -> Head | None:
    """A row with a name's heading, over columns of numbers."""
    texts = _texts(grid, row)
    name = _name_column(texts)
    if name is None or row > 12 or not _looks_like_a_head(grid, row) or grid.boxes[row][name].row != row:
        return None
    head = _head(grid, row, name)
    stands = content(grid, name, head.end, len(grid.boxes), known)
    return head if stands.texts >= 0.5 and _numeric(grid, head, known) else None


def _by_content(grid: Grid, row: int, known: Callable[[str], bool]) -> Head | None:
    """A row of words over known names and over numbers."""
    if row > 6 or not _looks_like_a_head(grid, row):
        return None
    said = [one_heading([text]) for text in _texts(grid, row)]
    name = _names_by_content(grid, row, said, known)
    if name is None or content(grid, name, row + 1, len(grid.boxes), known).names < 0.3:
        return None
    head = _head(grid, row, name)
    return head if _numeric(grid, head, known) else None


def _texts(grid: Grid, row: int) -> list[str]:
    return [squeeze(grid.text(row, column)) for column in range(grid.width)]


def _looks_like_a_head(grid: Grid, row: int) -> bool:
    """Several cells of words without numbers, with rows below."""
    own = grid.own(row)
    return (
        len(own) >= 2
        and row + 1 < len(grid.boxes)
        and all(len(box.text.strip()) <= 30 for box in own)
        and not any(_plain_number(box.text) for box in own)
    )


def _plain_number(text: str) -> bool:
    plain = squeeze(text).lstrip("<>≥≤=~约")
    return bool(_DIGITS.match(plain)) and len(plain) <= 6 and not re.match("20[0-9]{2}", plain)


def _numeric(grid: Grid, head: Head, known: Callable[[str], bool]) -> list[int]:
    """Columns without a role in which numbers stand."""
    return [
        at
        for at, one in enumerate(head.columns)
        if one.role == "other"
        and not words().not_quantities.search(one.label)
        and _holds_quantities(content(grid, at, head.end, len(grid.boxes), known))
    ]


def _holds_quantities(stands: Content) -> bool:
    mostly = stands.quantities >= 0.6 or (
        stands.quantities >= 0.25 and stands.numbers >= 0.8 and stands.short >= 0.9
    )
    return bool(stands.told) and mostly and stands.numbers > 0 and not stands.counting


def _names_by_content(grid: Grid, row: int, said: list[Heading], known: Callable[[str], bool]) -> int | None:
    """The column that reads like names: most known ones, then most different texts."""
    best: tuple[float, int] | None = None
    for at, one in enumerate(said):
        if one.role not in ("other", "category", "bureau", "name") or words().not_quantities.search(
            one.label
        ):
            continue
        stands = content(grid, at, row + 1, len(grid.boxes), known)
        if stands.texts < 0.6 or stands.distinct < 0.5 or stands.bureaus > 0.6:
            continue
        score = stands.names * 3 + stands.distinct - at * 0.01
        if best is None or score > best[0]:
            best = (score, at)
    return None if best is None else best[1]


def _name_column(texts: list[str]) -> int | None:
    plain = [_BRACKETS.sub("", text) for text in texts]
    for at, text in enumerate(plain):
        if words().columns.get(text) == "name" or (
            text.endswith("名称") and len(text) <= 10 and text not in words().not_names
        ):
            return at
    for word in words().names_too:
        if word in plain:
            return plain.index(word)
    return None


def _head(grid: Grid, row: int, name: int) -> Head:
    end = _end(grid, row, name)
    paths = [_path(grid, row, end, column) for column in range(grid.width)]
    columns = [one_heading(path) for path in paths]
    for at in range(name, grid.width):  # 「装备名称」 over several columns: a class and what is in it
        if at == name or (grid.boxes[row][at] is grid.boxes[row][name] and paths[at] == paths[name]):
            columns[at] = Heading("name", paths[name][-1] if paths[name] else "")
    if all(one.role != "category" for one in columns):
        for at, one in enumerate(columns):
            if one.role == "other" and one.label in words().kinds:
                columns[at] = Heading("category", one.label)
                break
    return Head(row, end, tuple(columns))


def _end(grid: Grid, row: int, name: int) -> int:
    """The first row under the heading: below the merged boxes, and below further storeys."""
    end = row + grid.boxes[row][name].rows
    while end < len(grid.boxes):
        below = _texts(grid, end)
        told = [text for text in below if text]
        if below[name] or not told or any(_plain_number(text) for text in told):
            break
        known = all(_storey_word(text) for text in told)
        split = len(told) >= 2 and any(
            below[at] and at and not grid.text(row, at).strip() for at in range(grid.width)
        )
        if not known and not (split and end == row + 1):
            break
        end += 1
    return min(end, len(grid.boxes))


def _storey_word(text: str) -> bool:
    said = heading(text)
    return (
        said.known
        or bool(said.scope.facts)
        or text in words().columns
        or words().bureau_words.search(text) is not None
    )


def _path(grid: Grid, first: int, end: int, column: int) -> list[str]:
    """The heading's texts above a column from top to bottom; each box once.

    Where a file has no merges (CSV), a blank upper cell belongs to the text at its left.
    """
    path: list[str] = []
    last = None
    for row in range(first, end):
        box = grid.boxes[row][column]
        text = box.text
        if not text.strip() and row + 1 < end and grid.text(row + 1, column).strip():
            left = [at for at in range(column) if grid.text(row, at).strip()]
            if left and grid.text(row + 1, left[-1]).strip() and grid.boxes[row][left[-1]].rows == 1:
                text = grid.text(row, left[-1])
        if text.strip() and box is not last:
            path.append("".join(text.split()))
        last = box
    return path


def one_heading(path: list[str]) -> Heading:
    """One column's heading; `other` where its words don't say what stands under it."""
    label = "".join(path)
    squeezed = [squeeze(text) for text in path]
    roles = [role for text in squeezed if (role := _fixed(text)) is not None]
    said = [heading(text) for text in squeezed]
    facts = {fact for one in said for fact in one.scope.facts}
    role = next(iter(roles), None)
    if role is not None and not (facts and role in ("unit", "duty", "bureau")):
        return Heading(role, label)
    if squeezed and words().columns.get(_BRACKETS.sub("", squeezed[-1])) == "category":
        return Heading("category", label)
    if any(_no_quantity(text) for text in squeezed):
        return Heading("other", label)
    return _quantity(path, said, label)


def _quantity(path: list[str], said: list[Said], label: str) -> Heading:
    scope = Scope()
    for one in said:
        scope = scope.then(one.scope)
    bound = next((one.bound for one in reversed(said) if one.bound), None)
    understood = bool(said) and all(one.known or not (one.rest or one.scope.says) for one in said)
    if not understood or scope.unknown:
        speaks = any(words().bureau_words.search(one.rest) for one in said if one.rest)
        partly = bool(scope.facts) or any(one.quantity for one in said)
        if speaks or partly:
            return Heading("quantity", label, {}, scope.duty, scope.unit, False, scope.basis, bound)
        return Heading("other", label)
    if not any(one.known for one in said):
        return Heading("other", label)
    named = [text for text, one in zip(path, said, strict=True) if one.scope.facts]
    return Heading(
        "quantity", "".join(named) or label, scope.facts, scope.duty, scope.unit, True, scope.basis, bound
    )


def _no_quantity(text: str) -> bool:
    return words().not_quantities.search(heading_words(text)) is not None


def heading_words(text: str) -> str:
    """A heading without what says by which count (「实有人数」 is no 现有数)."""
    return re.sub("实有人数|编制内实有|最低数量|限价", "", text)


def _fixed(text: str) -> Role | None:
    plain = _BRACKETS.sub("", text).lower()
    for one in (plain, text):
        role = words().columns.get(one)
        if role is not None and role not in ("name", "category"):
            return role  # type: ignore[return-value]
    if "必配" in text and "选配" in text:
        return "duty"
    return None


def _settled(grid: Grid, heads: dict[int, Head], known: Callable[[str], bool]) -> dict[int, Head]:
    """The columns of each heading once what stands below has been looked at."""
    starts = sorted(heads)
    done = {}
    for start, following in zip(starts, [*starts[1:], len(grid.boxes)], strict=True):
        head = heads[start]
        below = [content(grid, at, head.end, following, known) for at in range(grid.width)]
        columns = [_by_what_is_below(*pair) for pair in zip(head.columns, below, strict=True)]
        done[start] = replace(head, columns=tuple(_rivals(columns, below)))
    return done


def _by_what_is_below(one: Heading, stands: Content) -> Heading:
    odd = _no_quantity(squeeze(one.label))
    if one.role in ("other", "category") and stands.told and stands.bases >= 0.6:
        return Heading("unit", one.label)  # 「配备基数」 over 每人, 每车
    if one.role == "other" and _holds_quantities(stands) and not odd:
        return Heading("quantity", one.label or NO_HEADING, known=False)
    if one.role == "other" and stands.counting and not one.label:
        return Heading("serial", one.label)
    if one.role in ("unit", "other", "category") and stands.told and stands.levels >= 0.8 and not odd:
        return Heading("bureau", one.label)
    if one.role == "bureau" and stands.told and stands.bureaus < 0.5:
        return Heading("other", one.label)
    sentences = stands.quantities < 0.2 and stands.distinct > 0.5 and stands.told > 2
    if one.role == "quantity" and one.bare and not one.duty and sentences and stands.short < 0.3:
        return Heading("other", one.label)  # 「配备要求」 over sentences
    return one


def _rivals(columns: list[Heading], below: list[Content]) -> list[Heading]:
    """Several number columns for the same bureaus and obligation; a bare one beside columns for levels."""
    numbers = [one for one in columns if one.role == "quantity" and one.known]
    levels = [at for at, one in enumerate(columns) if one.role == "quantity" and one.facts]
    marked = bool(levels) and all(below[at].marks >= 0.9 or not below[at].told for at in levels)
    out = []
    for one in columns:
        if one.role != "quantity" or not one.known:
            out.append(one)
        elif one.bare and not one.duty and levels and not marked:
            out.append(replace(one, known=False))
        else:
            same = [other for other in numbers if _for_the_same(one, other)]
            out.append(replace(one, rival=len(same) > 1))
    return out


def _for_the_same(one: Heading, other: Heading) -> bool:
    """Whether two columns' numbers would be for the same bureaus, obligation and basis."""
    mine, theirs = one.basis and one.basis.per, other.basis and other.basis.per
    return (one.facts, one.duty, mine) == (other.facts, other.duty, theirs)


__all__ = ["NO_HEADING", "Head", "Heading", "Role", "facts_of", "find_heads"]
