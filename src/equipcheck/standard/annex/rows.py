"""What each row of an annex's table is: heading, group, note, blank, or a requirement with its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from equipcheck.standard.annex.grid import Annex, Box, Grid
from equipcheck.standard.annex.heads import Head, Heading, find_head
from equipcheck.standard.tokens import flat

_NOTE = re.compile(
    r"^[\s(（]*(注|备注|说明|附注|※|＊|\*)\s*([:：0-9一二三四五六七八九十、.．)）]|$)|^\s*[①-⑳⁰¹²³⁴-⁹※]"
)
_MARKS = re.compile(
    r"(?:\s*(?:〔脚注[^〕]*〕|[①-⑳⁰¹²³⁴-⁹*＊※★☆▲△†‡]+|[（(\[【]?注\s*[0-9一二三四五六七八九十]+[）)\]】]?))+\s*$"
)
_ONE_MARK = re.compile(r"〔脚注[^〕]*〕|[①-⑳⁰¹²³⁴-⁹]|[*＊]+|[※★☆▲△†‡]|注\s*[0-9一二三四五六七八九十]+")

_NOTE_START = re.compile(r"(〔脚注[^〕]*〕|[①-⑳⁰¹²³⁴-⁹]|[*＊]+|[※★☆▲△†‡]|注\s*[0-9一二三四五六七八九十]+)")


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity cell: its column, its words without marks, and the rows it is merged over."""

    heading: Heading
    words: str
    merged: tuple[int, int] | None = None  # first and last physical row, where it reaches beyond this row


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement as printed."""

    table: int  # from 1
    row: int  # physical row of the table or sheet, from 1
    name: str
    group: str
    words: dict[str, str]  # heading → words as printed, for every column with words
    values: tuple[Value, ...]
    by_role: dict[str, str]
    others: tuple[tuple[str, str], ...]  # heading → words of columns that are none of the usual ones
    marks: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where the row stands in the annex."""
        return f"表{self.table} 第{self.row}行"


@dataclass(slots=True)
class Reading:
    """All that was read, each row of each table in exactly one list."""

    lines: list[Line] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    blanks: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    continued: list[str] = field(default_factory=list)  # rows that only continue the row above
    unread: list[tuple[str, str]] = field(default_factory=list)  # rows outside any heading: place, words
    texts: list[str] = field(default_factory=list)  # notes in words, from rows and paragraphs
    titles: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # things a person should know of the reading itself
    headings: list[Heading] = field(default_factory=list)  # quantity columns, in order of appearance
    total: int = 0
    heads_of: dict[int, list[Heading]] = field(default_factory=dict)  # table → its columns

    def all_headings(self, table: int) -> list[Heading]:
        """Every column that a table has had."""
        return self.heads_of.get(table, [])


def read_rows(annex: Annex, known: Callable[[str], bool]) -> Reading:
    """Sort out every row of every table. `known` says whether a name is one of the catalogue's."""
    reading = Reading()
    last: Head | None = None
    for number, grid in enumerate(annex.grids, start=1):
        _paragraphs(grid.before, reading, titles=True)
        last = _Table(number, grid, reading, known).read(last)
    _paragraphs(annex.after, reading, titles=False)
    reading.texts += [f"{mark} {text}" for mark, text in annex.footnotes.items() if text]
    return reading


def _paragraphs(paragraphs: tuple[str, ...], reading: Reading, *, titles: bool) -> None:
    """Texts around tables: notes from a 「注：」 on, else titles of the table that follows."""
    noting = False
    for text in paragraphs:
        noting = noting or bool(_NOTE.match(text))
        kept = reading.titles if titles and not noting else reading.texts
        kept.append(flat(text))


class _Table:
    """One table, read from top to bottom."""

    def __init__(self, number: int, grid: Grid, reading: Reading, known: Callable[[str], bool]) -> None:
        self.number = number
        self.grid = grid
        self.reading = reading
        self.known = known
        self.head: Head | None = None
        self.group = ""
        self.noting = False
        self.prose = False  # a sheet of sentences: notes, not a table

    def read(self, inherited: Head | None) -> Head | None:
        """Read all rows; a table without a heading continues the one before if it is as wide."""
        grid, reading = self.grid, self.reading
        reading.total += len(grid.boxes)
        heads = [row for row in range(len(grid.boxes)) if find_head(grid, row) is not None]
        if not heads and inherited is not None and len(inherited.columns) == grid.width:
            self.head = inherited
            reading.heads_of.setdefault(self.number, []).extend(inherited.columns)
            reading.remarks.append(f"表{self.number} 没有表头，按前一张表的表头读取")
        self.prose = not heads and all(len(grid.own(row)) <= 1 for row in range(len(grid.boxes)))
        row = 0
        while row < len(grid.boxes):
            found = find_head(grid, row)
            if found is not None:
                self._take_head(found)
                row = found.end
                continue
            self._row(row)
            row += 1
        return self.head or inherited

    def _take_head(self, head: Head) -> None:
        self.head = head
        self.noting = False
        self.reading.heads_of.setdefault(self.number, []).extend(head.columns)
        self.reading.heads += [self._place(row) for row in range(head.first, head.end)]
        for heading in head.columns:
            if heading.role == "quantity" and heading not in self.reading.headings:
                self.reading.headings.append(heading)

    def _place(self, row: int) -> str:
        return f"表{self.number} 第{row + 1}行"

    def _row(self, row: int) -> None:
        boxes, reading = self.grid.own(row), self.reading
        if not boxes:
            reading.blanks.append(self._place(row))
        elif all(box.row < row for box in boxes):
            reading.continued.append(self._place(row))
        elif self._is_note(boxes):
            self.noting = True
            reading.notes.append(self._place(row))
            reading.texts.append(" ".join(flat(box.text) for box in boxes))
        elif self.head is None:
            self._before_head(row, boxes)
        elif self._is_total(row, self.head):
            reading.totals.append(self._place(row))
        elif self._is_group(row, boxes, self.head):
            reading.groups.append(self._place(row))
            own = [box for box in boxes if box.row == row]
            self.group = flat(own[-1].text)
        else:
            self._line(row, self.head)

    def _before_head(self, row: int, boxes: list[Box]) -> None:
        text = " ".join(flat(box.text) for box in boxes)
        if any(find_head(self.grid, later) is not None for later in range(row + 1, len(self.grid.boxes))):
            self.reading.heads.append(self._place(row))
            self.reading.titles.append(text)
        elif self.prose:
            self.reading.notes.append(self._place(row))
            self.reading.texts.append(text)
        else:
            self.reading.unread.append((self._place(row), text))

    def _is_note(self, boxes: list[Box]) -> bool:
        alone = len(boxes) == 1 or (len(boxes) == 2 and len(boxes[0].text.strip()) <= 2)
        return alone and (self.noting or bool(_NOTE.match(boxes[0].text)) or self._explains(boxes[0].text))

    def _explains(self, text: str) -> bool:
        """Whether a text begins with the footnote mark of a row above: 「*须防爆」."""
        mark = _NOTE_START.match(text.strip())
        return mark is not None and any(mark[1] in line.marks for line in self.reading.lines)

    def _is_total(self, row: int, head: Head) -> bool:
        """「合计」 as the name, or, where there is none, under 序号 or 类别."""
        names = ["".join(self.grid.text(row, at).split()) for at in head.of("name")]
        if not any(names):
            names = [
                "".join(self.grid.text(row, at).split())
                for role in ("serial", "category")
                for at in head.of(role)
            ]
        return any(re.fullmatch("合计|小计|总计|共计", name) for name in names)

    def _is_group(self, row: int, boxes: list[Box], head: Head) -> bool:
        """A row that only names what the following rows are: 「一、交通装备」."""
        own = [box for box in boxes if box.row == row]
        if any(self.grid.text(row, at).strip() for role in ("quantity", "unit") for at in head.of(role)):
            wide = len(own) == 1 and own[0].columns >= max(2, self.grid.width - 1)
            return wide and len(boxes) == 1
        texts = [box.text.strip() for box in own]
        if len(own) == 1 and own[0].columns > 1:
            return True
        name = head.of("name")[0]
        if len(own) == 2 and own[0].column in head.of("serial") and own[1].column == name:
            return bool(
                re.fullmatch(r"[一二三四五六七八九十]+|[(（][一二三四五六七八九十]+[)）]|[IVXⅠ-Ⅻ]+", texts[0])
            )
        if len(own) != 1:
            return False
        if own[0].column != name or re.match(
            r"[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）]", texts[0]
        ):
            return True
        return bool(head.of("unit")) and not self.known(texts[0])

    def _line(self, row: int, head: Head) -> None:
        grid = self.grid
        name_at = self._name_at(row, head)
        marks: list[str] = []
        words: dict[str, str] = {"分组": self.group} if self.group else {}
        by_role: dict[str, str] = {}
        others: list[tuple[str, str]] = []
        values: list[Value] = []
        for at, heading in enumerate(head.columns):
            text = grid.text(row, at)
            if not text.strip():
                if heading.role == "quantity":
                    values.append(Value(heading, ""))
                continue
            if heading.role == "name" and at and grid.boxes[row][at] is grid.boxes[row][at - 1]:
                continue  # one cell over all the columns of the name
            plain, found = split_marks(text)
            marks += found
            shown = flat(text)
            words[heading.printed] = " ".join(one for one in (words.get(heading.printed), shown) if one)
            if heading.role == "quantity":
                values.append(Value(heading, plain, self._merged(row, at, name_at)))
            elif heading.role == "other" or (
                heading.role == "name" and grid.boxes[row][at] is not grid.boxes[row][name_at]
            ):
                others.append((heading.label, shown))
            else:
                by_role[heading.role] = plain
        line = Line(
            self.number,
            row + 1,
            flat(split_marks(grid.text(row, name_at))[0]),
            self.group,
            words,
            tuple(values),
            by_role,
            tuple(others),
            tuple(dict.fromkeys(marks)),
        )
        self.reading.lines.append(line)

    def _name_at(self, row: int, head: Head) -> int:
        """Where the name stands: of several columns the last with a name that is known, else the last with words."""
        told = [at for at in reversed(head.of("name")) if self.grid.text(row, at).strip()]
        known = (at for at in told if self.known(flat(split_marks(self.grid.text(row, at))[0])))
        return next(known, told[0] if told else head.of("name")[0])

    def _merged(self, row: int, column: int, name: int) -> tuple[int, int] | None:
        """The rows that a quantity cell covers beyond its own requirement."""
        box, named = self.grid.boxes[row][column], self.grid.boxes[row][name]
        first, last = box.row, box.row + box.rows - 1
        if named.row <= first and last <= named.row + named.rows - 1:
            return None
        return (first + 1, last + 1)


def split_marks(text: str) -> tuple[str, list[str]]:
    """A text without the footnote marks at its end, and the marks."""
    found = _MARKS.search(text)
    if found is None or not text[: found.start()].strip():
        return text.strip(), []
    marks = [re.sub(r"\s", "", mark) for mark in _ONE_MARK.findall(found[0])]
    return text[: found.start()].strip(), marks


def marked_notes(texts: list[str]) -> dict[str, str]:
    """Notes by their mark (①, *, 注1 …); one paragraph may hold several."""
    found: dict[str, str] = {}
    for text in texts:
        starts = [one for one in _NOTE_START.finditer(text) if _begins(text, one.start(1))]
        ends = [one.start(1) for one in starts[1:]] + [len(text)]
        for one, end in zip(starts, ends, strict=False):
            mark = re.sub(r"\s", "", one[1])
            found.setdefault(mark, text[one.start(1) : end].strip().rstrip("；;"))
    return found


def _begins(text: str, at: int) -> bool:
    """Whether a mark stands where a note can begin: at the start, or after a stop."""
    before = text[:at].rstrip(" （(【[")
    return not before or before[-1] in "；;。.：:，," or bool(re.fullmatch(r"\s*(注|说明|备注)", before))
