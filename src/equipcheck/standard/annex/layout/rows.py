"""Every row of every table in its place: heading, group, note, total, blank, or a requirement."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from equipcheck.ground.signatures import SIGNED
from equipcheck.standard.annex.grid import Annex, Box, Grid, place_of
from equipcheck.standard.annex.language.headings import heading
from equipcheck.standard.annex.language.marks import NOTE, NOTE_START, split_marks
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.scope import Scope
from equipcheck.standard.annex.language.vocabulary import longest, words
from equipcheck.standard.annex.layout.captions import Caption, body_in, captions
from equipcheck.standard.annex.layout.groups import Groups
from equipcheck.standard.annex.layout.headings import Head
from equipcheck.standard.annex.layout.lines import Row
from equipcheck.standard.annex.layout.reading import Reading, Table
from equipcheck.standard.annex.layout.views import View, views
from equipcheck.standard.grammar import parse_cell
from equipcheck.standard.tokens import flat


def read_rows(annex: Annex, known: Callable[[str], bool], by_hand: dict[str, str] | None = None) -> Reading:
    """Sort out every row of every table. `known` says whether a name is one of the catalogue's.

    `by_hand`: heading → column, as the caller says (`--columns`).
    """
    from equipcheck.standard.annex.layout.by_hand import heads_by_hand

    reading = Reading(remarks=list(annex.remarks))
    last: _Table | None = None
    told = captions(annex)
    for number, (grid, caption) in enumerate(zip(annex.grids, told, strict=True), start=1):
        table = Table(number, grid.name, len(grid.boxes))
        reading.tables.append(table)
        reading.titles += caption.titles
        reading.texts += caption.notes
        table.notes += [*caption.notes, *caption.titles, *caption.following]
        seen = [View(grid, heads_by_hand(grid, by_hand, known))] if by_hand else views(grid, known)
        for view in seen:
            if view.turned:
                reading.remarks.append(f"表{number} 横竖倒置（名称在一行里），已转过来读")
            last = _Table(table, view, caption, reading, known).read(last)
        if len(seen) > 1:
            reading.remarks.append(f"表{number} 左右并列 {len(seen)} 组，各组分开读")
    reading.texts += [flat(text) for text in annex.after]
    for table in reading.tables[-1:]:
        table.notes += annex.after
    reading.texts += [f"{mark} {text}" for mark, text in annex.footnotes.items() if text]
    return reading


class _Table:
    """One table, read from top to bottom."""

    def __init__(
        self, table: Table, view: View, caption: Caption, reading: Reading, known: Callable[[str], bool]
    ) -> None:
        self.table = table
        self.number = table.number
        self.view = view
        self.grid: Grid = view.grid
        self.caption = caption
        self.scope = caption.scope
        self.reading = reading
        self.known = known
        self.head: Head | None = None
        self.groups = Groups()
        self.noting = False
        self.prose = False  # a sheet of sentences: notes, not a table

    def read(self, before: _Table | None) -> _Table | None:
        """Read all rows; a table without a heading continues the one before if it fits under it."""
        grid, reading = self.grid, self.reading
        reading.total += len(grid.boxes)
        heads = self.view.heads
        inherited = None if before is None else before.head
        if before is not None and not self.caption.titles and not grid.name and not self.scope.says:
            self.scope = before.scope  # nothing stands between: the same caption
        carried = None if heads or inherited is None else self._carried_on(inherited)
        if carried is not None:
            assert before is not None
            self.head = inherited = carried
            self.groups = before.groups
            reading.heads_of.setdefault(self.number, []).extend(inherited.columns)
            reading.remarks.append(f"表{self.number} 没有表头，按前一张表的表头读取")
        elif before is not None and heads:
            goes_on = self._goes_on(before, heads[min(heads)])
            if goes_on is not False:
                self.groups = before.groups if goes_on else before.groups.doubted()
        self.prose = not heads and all(len(grid.own(row)) <= 1 for row in range(len(grid.boxes)))
        self.first_head = min(heads, default=-1)
        row = 0
        while row < len(grid.boxes):
            if row in heads:
                self._take_head(heads[row])
                row = heads[row].end
                continue
            self._row(row)
            row += 1
        if self.head is None or not self.table.lines:
            self._passed_over()
        return before if self.head is None else self

    def _goes_on(self, before: _Table, head: Head) -> bool | None:
        """Whether a table with the same heading again is the rest of the one before; None where nothing tells."""
        labels = [one.label for one in head.columns]
        if before.head is None or self.view.part or labels != [one.label for one in before.head.columns]:
            return False
        if self.caption.continued:
            return True
        if self.caption.titles or head.first or self.grid.name or head.end >= len(self.grid.boxes):
            return False
        serials = ["".join(self.grid.text(head.end, at).split()).rstrip(".、") for at in head.of("serial")]
        last = (
            before.reading.lines[-1].by_role.get("serial", "").rstrip(".、") if before.reading.lines else ""
        )
        if serials and serials[0].isdecimal() and last.isdecimal():
            return int(serials[0]) == int(last) + 1
        return True if self.grid.follows else None

    def _carried_on(self, inherited: Head) -> Head | None:
        """The heading of the table before, where this one stands under it; columns left empty at its end are none."""
        width = self.grid.width
        if len(inherited.columns) < width or any(
            one.role in ("quantity", "name") for one in inherited.columns[width:]
        ):
            return None
        from equipcheck.standard.annex.layout.content import content

        head = replace(inherited, columns=inherited.columns[:width])
        found = [content(self.grid, at, 0, len(self.grid.boxes), self.known) for at in head.of("quantity")]
        told = sum(one.told for one in found)
        fits = not told or sum(one.quantities * one.told for one in found) >= told * 0.5
        return head if fits else None

    def _passed_over(self) -> None:
        boxes = [box for row in range(len(self.grid.boxes)) for box in self.grid.own(row)]
        self.table.numbers = any(re.search("[0-9０-９]", box.text) for box in boxes) and not self.prose
        self.table.first = " ".join(flat(box.text) for box in self.grid.own(0)) if self.grid.boxes else ""
        self.table.prose = self.prose
        self.table.why = "没有认出表头" if self.head is None else "表头下没有一行是装备"
        if self.prose:
            self.table.why = "只有文字，作为说明收入"

    def _take_head(self, head: Head) -> None:
        self.head = head
        self.noting = False
        self.reading.heads_of.setdefault(self.number, []).extend(head.columns)
        self.reading.heads += [self._place(row) for row in range(head.first, head.end)]
        self.reading.remarks += [
            f"表{self.number} 的“{head.columns[at].label}”一列是各列之和，只用来核对，不作数量"
            for at in head.of("total")
        ]
        self.table.columns = [
            f"{place_of((0, at + self.view.first_column))[:-1]} {one.label}"
            for at, one in enumerate(head.columns)
            if one.role == "quantity"
        ]

    def _place(self, row: int) -> str:
        return self.view.place(self.number, row)

    def _row(self, row: int) -> None:
        boxes, reading = self.grid.own(row), self.reading
        if not boxes:
            reading.blanks.append(self._place(row))
        elif all(box.row < row for box in boxes):
            reading.continued.append(self._place(row))
        elif self._is_note(boxes):
            self.noting = True
            reading.notes.append(self._with_words(row, boxes))
            text = " ".join(flat(box.text) for box in boxes)
            reading.texts.append(text)
            self.table.notes.append(text)
        elif self.head is None:
            self._before_head(row, boxes)
        elif self._is_signature(row, boxes, self.head):
            reading.notes.append(self._with_words(row, boxes))
        elif self._is_total(row, self.head):
            reading.totals.append(self._with_words(row, boxes))
        elif self._is_group(row, boxes, self.head):
            reading.groups.append(self._with_words(row, boxes))
            own = [box for box in boxes if box.row == row]
            self.groups.enter(flat(own[0].text) if len(own) > 1 else "", flat(own[-1].text))
        else:
            self._requirement(Row(self.grid, row, self.head, self.known))

    def _requirement(self, row: Row) -> None:
        reading, place = self.reading, self._place(row.at)
        before = reading.lines[-1] if reading.lines else None
        more = None if before is None else row.more_of(before, self.number)
        if (
            before is not None
            and self.grid.follows
            and not self.table.lines
            and before.table == self.number - 1
        ):
            more = row.rest_of(before)
            if more is not None:
                reading.remarks.append(f"{place} 接在上一页最后一行“{before.name}”后面，读作“{more.name}”")
        if more is not None:
            reading.continued.append(place)
            reading.lines[-1] = more
            return
        serial = "".join(flat(self.grid.text(row.at, at)) for at in row.head.of("serial"))
        named = flat(self.grid.text(row.at, row.name_at()))
        self.groups.row(f"{serial}、" if re.fullmatch("[一二三四五六七八九十]+", serial) else named)
        scope = self.scope.then(row.head.scope).then(self.groups.scope)
        line = row.line(self.number, place, scope, self.groups.name, before)
        for value in line.values:
            if value.heading not in reading.headings:
                reading.headings.append(value.heading)
        reading.lines.append(line)
        self.table.lines += 1

    def _with_words(self, row: int, boxes: list[Box]) -> str:
        text = " ".join(flat(box.text) for box in boxes)
        return f"{self._place(row)}“{text if len(text) <= 24 else text[:22] + '……'}”"

    def _before_head(self, row: int, boxes: list[Box]) -> None:
        text = " ".join(flat(box.text) for box in boxes)
        if row < self.first_head:
            self.reading.heads.append(self._place(row))
            self.reading.titles.append(text)
            self.table.notes.append(text)
            said = self.caption.of_title(text)
            if (
                self.view.part and not said.says
            ):  # what tells one of the tables beside each other from the next
                said = Scope(unknown=body_in(text))
            self.scope = self.scope.then(said)
        elif self.prose:
            self.reading.notes.append(self._place(row))
            self.reading.texts.append(text)
        else:
            self.reading.unread.append((self._place(row), text))

    def _is_note(self, boxes: list[Box]) -> bool:
        alone = len(boxes) == 1 or (len(boxes) == 2 and len(boxes[0].text.strip()) <= 2)
        return alone and (self.noting or bool(NOTE.match(boxes[0].text)) or self._explains(boxes[0]))

    def _explains(self, box: Box) -> bool:
        """Whether a text begins with the footnote mark of a row above: 「*须防爆」."""
        mark = NOTE_START.match(box.text.strip())
        if mark is None or self.head is None or box.columns < 2:
            return False
        return any(
            mark[1] in line.marks or any(mark[1] in value.marks for value in line.values)
            for line in reversed(self.reading.lines)
            if line.table == self.number
        )

    def _is_signature(self, row: int, boxes: list[Box], head: Head) -> bool:
        """Who made and checked the table, under its last row: no equipment and no note of the standard's."""
        texts = ["".join(box.text.split()) for box in boxes if box.row == row]
        signed = [text for text in texts if SIGNED.fullmatch(text)]
        counts = any(
            parse_cell(text).rule is not None and parse_cell(text).question is None
            for at in head.of("quantity")
            if (text := self.grid.text(row, at))
        )
        names = [text for at in head.of("name") if (text := flat(self.grid.text(row, at)))]
        first = bool(signed) and (signed[0] == texts[0] or len(signed) > 1)
        return first and not (counts and names) and not any(map(self.known, names))

    def _is_total(self, row: int, head: Head) -> bool:
        """「合计」 as the name, or, where there is none, under 序号 or 类别."""
        names = ["".join(self.grid.text(row, at).split()) for at in head.of("name")]
        if not any(names):
            names = [
                "".join(self.grid.text(row, at).split())
                for role in ("serial", "category")
                for at in head.of(role)
            ]
        return any(re.fullmatch(f"(?:{longest([*words().totals])})[:：]?[0-9０-９]*", name) for name in names)

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
        numbered = r"[一二三四五六七八九十]+[、.．]?|[(（][一二三四五六七八九十]+[)）]|[IVXⅠ-Ⅻ]+[、.．]?"
        if len(own) == 2 and own[0].column in head.of("serial") and own[1].column == name:
            below = self.grid.text(row + 1, own[0].column) if row + 1 < len(self.grid.boxes) else ""
            heads_below = below.strip() != texts[0] and below.strip().startswith(texts[0])  # 02 over 02001
            return heads_below or bool(re.fullmatch(numbered, texts[0]))
        if len(own) != 1:
            return False
        if own[0].column != name or re.match(
            r"[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）]", texts[0]
        ):
            return True
        alone = bool(head.of("unit")) or bool(facts_of(texts[0]) or heading(texts[0]).scope.says)
        return alone and not self.known(flat(split_marks(texts[0])[0]))
