"""The heading of a table: where it stands, and which of its columns holds the names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from equipcheck.standard.annex.grid import Grid
from equipcheck.standard.annex.language.headings import heading
from equipcheck.standard.annex.language.marks import split_marks
from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import words
from equipcheck.standard.annex.layout.content import content
from equipcheck.standard.annex.layout.headings import Head, Heading
from equipcheck.standard.annex.layout.one_heading import one_heading
from equipcheck.standard.annex.layout.settling import holds_quantities, settled

_BRACKETS = re.compile(r"\([^()]*\)")
_RANGE = re.compile(
    r"[0-9][0-9.,]*[-~～—至到][0-9]|.*[0-9]+(?:[台套件架部辆艘支只把顶床双副具盏块]|个(?!月))"
)
_DIGITS = re.compile("[0-9０-９]")


def find_heads(grid: Grid, known: Callable[[str], bool]) -> dict[int, Head]:
    """Every heading of a table by its first row; {} where nothing is one.

    By its words; else by a name's or a quantity's word with what stands below it; else by what stands below alone.
    """
    for judge in (_by_words, _by_name_word, _by_quantity_words, _by_content):
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
            return settled(grid, found, known)
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
    finer = name + 1
    if name in likely and finer in likely and _tall(grid, row, name) > _tall(grid, row, finer):
        name = finer
    head = _head(grid, row, name)
    return head if head.of("quantity") else None


def _tall(grid: Grid, row: int, column: int) -> int:
    """How many cells below are merged over several rows."""
    return len({id(line[column]) for line in grid.boxes[row + 1 :] if line[column].rows > 1})


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
    if re.fullmatch("[0-9]+人(?:及?以[上下内])", plain):
        return False  # 50人以上: whose numbers stand below
    if re.match("20[0-9]{2}", plain) and not _RANGE.match(plain):
        return False
    return (bool(_DIGITS.match(plain)) and len(plain) <= 6) or bool(_RANGE.match(plain))


def _numeric(grid: Grid, head: Head, known: Callable[[str], bool]) -> list[int]:
    """Columns without a role in which numbers stand."""
    return [
        at
        for at, one in enumerate(head.columns)
        if one.role == "other"
        and not words().not_quantities.search(one.label)
        and holds_quantities(content(grid, at, head.end, len(grid.boxes), known))
    ]


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
    marked = [_path(grid, row, end, column) for column in range(grid.width)]
    paths = [[text for text, _ in path] for path in marked]
    columns = [
        replace(one_heading(path), marks=tuple(mark for _, marks in told for mark in marks))
        for path, told in zip(paths, marked, strict=True)
    ]
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


def _path(grid: Grid, first: int, end: int, column: int) -> list[tuple[str, list[str]]]:
    """The heading's texts above a column from top to bottom, and their footnote marks; each box once.

    Where a file has no merges (CSV), a blank upper cell belongs to the text at its left.
    """
    path: list[tuple[str, list[str]]] = []
    last = None
    for row in range(first, end):
        box = grid.boxes[row][column]
        text = box.text
        if not text.strip() and row + 1 < end and grid.text(row + 1, column).strip():
            left = [at for at in range(column) if grid.text(row, at).strip()]
            if left and grid.text(row + 1, left[-1]).strip() and grid.boxes[row][left[-1]].rows == 1:
                text = grid.text(row, left[-1])
        if text.strip() and box is not last:
            plain, marks = split_marks("".join(text.split()))
            path.append((plain, marks))
        last = box
    return path
