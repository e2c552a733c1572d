"""The heading of a table: where it stands, and what each of its columns is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from equipcheck.standard.annex import vocabulary
from equipcheck.standard.annex.grid import Grid
from equipcheck.standard.tokens import UNITS, halfwidth

Role = Literal[
    "name", "category", "unit", "remark", "serial", "duty", "parameters", "price", "life", "quantity", "other"
]

_FIXED: tuple[tuple[Role, frozenset[str]], ...] = (
    ("serial", vocabulary.SERIAL),
    ("unit", vocabulary.UNIT),
    ("remark", vocabulary.REMARK),
    ("duty", vocabulary.DUTY),
    ("parameters", vocabulary.PARAMETERS),
    ("price", vocabulary.PRICE),
    ("life", vocabulary.LIFE),
    ("quantity", vocabulary.QUANTITY),
)
_NOISE = re.compile(f"({vocabulary.NOISE})+")
_BRACKETS = re.compile(r"\([^()]*\)")

Facts = Mapping[str, tuple[str | int, ...]]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: what it is, its heading as printed, and for quantities which bureaus read it."""

    role: Role
    label: str
    facts: Facts = field(default_factory=dict)
    duty: Literal["required", "optional"] | None = None
    unit: str | None = None
    known: bool = True  # False: a column for bureaus that the heading names in words we do not know

    @property
    def printed(self) -> str:
        """The heading in full: 市级, 市级必配."""
        return (
            self.label
            if self.duty is None
            else self.label + {"required": "必配", "optional": "选配"}[self.duty]
        )


@dataclass(frozen=True, slots=True)
class Head:
    """A table's heading: its first row and the first row after it, and its columns."""

    first: int
    end: int
    columns: tuple[Heading, ...]

    def of(self, role: Role) -> list[int]:
        """The columns of a role, from left to right."""
        return [at for at, heading in enumerate(self.columns) if heading.role == role]


def squeeze(text: str) -> str:
    """A heading without blanks, in half-width brackets."""
    text = halfwidth(text).replace("（", "(").replace("）", ")").replace("〔", "(").replace("〕", ")")
    return "".join(text.split())


def find_head(grid: Grid, row: int) -> Head | None:
    """The heading that begins in a row, None where none does."""
    texts = [squeeze(grid.text(row, column)) for column in range(grid.width)]
    name = _name_column(texts)
    if name is None or grid.boxes[row][name].row != row or _side_by_side(grid, row, name):
        return None
    end = _end(grid, row, name)
    paths = [_path(grid, row, end, column) for column in range(grid.width)]
    columns = [_heading(path) for path in paths]
    for at in range(name, grid.width):  # 「装备名称」 over several columns: a class and what is in it
        if at == name or (grid.boxes[row][at] is grid.boxes[row][name] and paths[at] == paths[name]):
            columns[at] = Heading("name", paths[name][-1] if paths[name] else "")
    columns = _single(columns)
    if not any(heading.role == "quantity" for heading in columns):
        return None
    return Head(row, end, tuple(columns))


def _name_column(texts: list[str]) -> int | None:
    plain = [_BRACKETS.sub("", text) for text in texts]
    for at, text in enumerate(plain):
        if text in vocabulary.NAME or (
            text.endswith("名称") and len(text) <= 10 and text not in vocabulary.NOT_A_NAME
        ):
            return at
    for word in vocabulary.NAME_TOO:
        if word in plain:
            return plain.index(word)
    return None


def _side_by_side(grid: Grid, row: int, name: int) -> bool:
    """Whether several tables stand beside each other: their numbers must not be mixed."""
    here = grid.boxes[row][name]
    return any(box is not here and squeeze(box.text) == squeeze(here.text) for box in grid.boxes[row])


def _end(grid: Grid, row: int, name: int) -> int:
    """The first row under the heading: below the merged boxes, and below further storeys of level words."""
    end = row + grid.boxes[row][name].rows
    while end < len(grid.boxes):
        below = [squeeze(grid.text(end, column)) for column in range(grid.width)]
        known = [text for text in below if text]
        heads = [text for text in known if _storey_word(text)]
        if below[name] or not heads or len(heads) < len(known):
            break
        end += 1
    return min(end, len(grid.boxes))


def _storey_word(text: str) -> bool:
    return bool(facts_of(text)) or _duty(text) is not None or _fixed(text) is not None


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


def _heading(path: list[str]) -> Heading:
    label = "".join(path)
    facts: dict[str, tuple[str | int, ...]] = {}
    duty = None
    roles = [role for text in path if (role := _fixed(squeeze(text))) is not None]
    for text in map(squeeze, path):
        found = facts_of(text)
        if any(facts.get(fact, values) != values for fact, values in found.items()):
            return Heading("other", label)
        facts |= found
        duty = duty or _duty(text)
    units = [unit for text in path if (unit := unit_in_brackets(text)) is not None]
    unit = units[0] if units else None
    named = [text for text in path if facts_of(squeeze(text))]
    other = next((role for role in roles if role != "quantity"), None)
    if other is not None and not (facts and other in ("unit", "duty")):
        return Heading(other, label)
    if facts or duty is not None:
        return Heading("quantity", "".join(named) or label, facts, duty, unit)
    if roles:
        return Heading("quantity", label, {}, None, unit)
    if path and _BRACKETS.sub("", squeeze(path[-1])) in vocabulary.CATEGORY:
        return Heading("category", label)
    if vocabulary.SPEAKS_OF_BUREAUS.search(label):
        return Heading("quantity", label, {}, duty, unit, known=False)
    return Heading("other", label)


def _single(columns: list[Heading]) -> list[Heading]:
    """A bare 数量 beside level columns is kept in words; 装备种类 beside a name is a category."""
    levels = any(heading.role == "quantity" and heading.facts for heading in columns)
    found = [
        Heading("other", heading.label)
        if levels and heading.role == "quantity" and heading.known and not heading.facts and not heading.duty
        else heading
        for heading in columns
    ]
    if all(heading.role != "category" for heading in found):
        for at, heading in enumerate(found):
            if heading.role == "other" and heading.label in vocabulary.KIND:
                found[at] = Heading("category", heading.label)
                break
    return found


def _fixed(text: str) -> Role | None:
    plain = _BRACKETS.sub("", text).lower()
    for role, words in _FIXED:
        if plain in words or text in words:
            return role
    if "必配" in text and "选配" in text:
        return "duty"
    return None


def _duty(text: str) -> Literal["required", "optional"] | None:
    plain = _BRACKETS.sub("", text)
    if plain in vocabulary.REQUIRED:
        return "required"
    if plain in vocabulary.OPTIONAL:
        return "optional"
    return None


def facts_of(text: str) -> dict[str, tuple[str | int, ...]]:
    """Which bureaus a heading speaks of: {level: (county,)}, {region: (east,), grade: (1,)} …; {} if none."""
    plain = _NOISE.sub("", _BRACKETS.sub("", text)) or _NOISE.sub("", text.strip("()"))
    found = _facts_of_part(plain)
    if found:
        return found
    parts = [part for part in re.split(r"[、和及与/,，]", plain) if part]
    each = [_facts_of_part(part if part.endswith(("级", "区", "部")) else f"{part}级") for part in parts]
    if len(parts) > 1 and all(each) and len({tuple(one) for one in each}) == 1:
        (fact,) = each[0] if len(each[0]) == 1 else (None,)
        if fact is not None:
            values = [value for one in each for value in one[fact]]
            return {fact: tuple(dict.fromkeys(values))}
    return {}


def _facts_of_part(text: str) -> dict[str, tuple[str | int, ...]]:
    for word, region in vocabulary.REGIONS.items():
        if text.startswith(word):
            rest = text.removeprefix(word).removeprefix("地区").removeprefix("区")
            return {"region": (region,)} | (_facts_of_part(rest) if rest else {}) if _readable(rest) else {}
    climate = re.fullmatch("(亚热|热|南温|北温|高寒|寒)(?:区|带|带区)", text)
    if climate:
        return {"climate": (vocabulary.CLIMATES[climate[1]],)}
    grade = re.fullmatch("(一|二|三|[123]|Ⅰ|Ⅱ|Ⅲ|I{1,3})级", text)
    if grade:
        return {"grade": (vocabulary.GRADES[grade[1]],)}
    for words, level in vocabulary.LEVELS:
        if text.replace("、", "").removesuffix("级") in words:
            return {"level": (level,)}
    return {}


def _readable(rest: str) -> bool:
    return not rest or bool(_facts_of_part(rest))


def unit_in_brackets(text: str) -> str | None:
    """The unit in 「数量（台/套）」, where what is in brackets is nothing but units."""
    found = re.search(r"\(([^()]+)\)$", squeeze(text))
    if found is None:
        return None
    inside = found[1].removeprefix("单位:").removeprefix("单位：")
    parts = re.split(r"[/、,或]", inside)
    return inside if all(part in UNITS for part in parts) else None
