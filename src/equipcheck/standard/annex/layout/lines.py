"""One row under a heading: a requirement with its words, or more of the requirement above."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from equipcheck.standard.annex.grid import Grid
from equipcheck.standard.annex.language.bases import unit_basis
from equipcheck.standard.annex.language.headings import heading
from equipcheck.standard.annex.language.marks import split_marks
from equipcheck.standard.annex.language.places import facts_of
from equipcheck.standard.annex.language.scope import Basis, Scope
from equipcheck.standard.annex.layout.headings import Head, Heading, Role
from equipcheck.standard.annex.layout.reading import Line, Value
from equipcheck.standard.tokens import flat

EVERYONE = re.compile("(?:全体|全部|所有|各级|各单位|各机构)(?!.*(?:除|不含))")
_SPECIFYING: tuple[Role, ...] = ("parameters", "bureau", "other")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table and the heading it stands under."""

    grid: Grid
    at: int  # from 0
    head: Head
    known: Callable[[str], bool]

    def line(self, table: int, place: str, scope: Scope, group: str, before: Line | None) -> Line:
        """The row as a requirement. `scope`: what caption and groups say; `before`: the requirement above."""
        grid, row, head = self.grid, self.at, self.head
        name_at = self.name_at()
        bureau, where = self._bureau()
        units = self._units()
        unit, basis = (
            (next((unit for unit, _ in units.values() if unit), None), None)
            if units
            else unit_basis(" ".join(grid.text(row, at) for at in head.of("unit")))
        )
        marks: list[str] = []
        told: dict[str, str] = {"分组": group} if group else {}
        by_role: dict[str, str] = {"unit": unit} if unit else {}
        others: list[tuple[str, str]] = []
        values: list[Value] = []
        for at, one in enumerate(head.columns):
            text = grid.text(row, at)
            column = self._with_unit(one, units.get(at))
            column = column.within(scope.then(bureau)) if one.role == "quantity" else one
            if one.role == "name" and at and grid.boxes[row][at] is grid.boxes[row][at - 1]:
                continue  # one cell over all the columns of the name
            if not text.strip():
                values += [Value(column, "")] if one.role == "quantity" else []
                continue
            plain, found = split_marks(text, cell=one.role == "quantity")
            shown = flat(text)
            told[one.printed or f"（第{at + 1}列）"] = " ".join(filter(None, (told.get(one.printed), shown)))
            if one.role == "quantity":
                values.append(Value(column, plain, self._merged(at, name_at), (*found, *one.marks)))
                continue
            marks += found
            if one.role == "other" or (
                one.role == "name" and grid.boxes[row][at] is not grid.boxes[row][name_at]
            ):
                others.append((one.label, shown))
            elif one.role not in ("unit", "bureau"):
                by_role[one.role] = plain
        if where:
            by_role["bureau"] = where
        name = (
            flat(split_marks(grid.text(row, name_at))[0])
            or self._name_of_class(before)
            or self._name_above(table, name_at, before)
        )
        return Line(
            table,
            row + 1,
            place,
            name,
            group,
            told,
            tuple(values),
            by_role,
            tuple(others),
            tuple(dict.fromkeys(marks)),
            scope.then(bureau).duty,
            basis,
        )

    def more_of(self, line: Line, table: int) -> Line | None:
        """The requirement above with this row's further specification, under its merged name and numbers."""
        grid, row, head = self.grid, self.at, self.head
        if grid.boxes[row][self.name_at()].row == row or line.table != table:
            return None
        if not any(value.words for value in line.values) or any(
            grid.boxes[row][column].row == row and grid.text(row, column).strip()
            for role in ("quantity", "bureau", "duty")
            for column in head.of(role)
        ):
            return None
        new = {
            head.columns[box.column].printed: (head.columns[box.column].role, flat(box.text))
            for box in grid.own(row)
            if box.row == row
        }
        told = dict(line.words)
        by_role, others = dict(line.by_role), list(line.others)
        for label, (role, text) in new.items():
            told[label] = " ".join(filter(None, (told.get(label), text)))
            if role in ("other", "name"):
                others.append((label, text))
            else:
                by_role[role] = "；".join(filter(None, (by_role.get(role), text)))
        return replace(line, words=told, by_role=by_role, others=tuple(others))

    def rest_of(self, line: Line) -> Line | None:
        """The last requirement of the page before with this row, where a page break has cut it in two."""
        grid, head = self.grid, self.head
        told = {at: flat(grid.text(self.at, at)) for at in range(len(head.columns))}
        numbers = any(told[at] for at in head.of("quantity"))
        if any(told[at] for role in ("serial", "unit", "category") for at in head.of(role)):
            return None
        if numbers and any(told[at] for at in head.of("name")):
            return None
        words, by_role, others = dict(line.words), dict(line.by_role), list(line.others)
        name, values = line.name, list(line.values)
        for at, text in told.items():
            one = head.columns[at]
            if not text:
                continue
            words[one.printed] = words.get(one.printed, "") + text
            if one.role == "name":
                name += text
            elif one.role == "quantity":
                cut = [value for value in values if value.heading.printed.endswith(one.printed)]
                if len(cut) != 1:
                    return None
                values = [
                    replace(value, words=value.words + text) if value is cut[0] else value for value in values
                ]
            elif one.role == "other":
                others.append((one.label, text))
            else:
                by_role[one.role] = by_role.get(one.role, "") + text
        return replace(
            line, name=name, words=words, values=tuple(values), by_role=by_role, others=tuple(others)
        )

    def name_at(self) -> int:
        """Where the name stands: of several columns the last with a name that is known, else the last with words."""
        told = [at for at in reversed(self.head.of("name")) if self.grid.text(self.at, at).strip()]
        if len(told) > 1:
            known = (at for at in told if self.known(flat(split_marks(self.grid.text(self.at, at))[0])))
            return next(known, told[0])
        return told[0] if told else self.head.of("name")[0]

    def _bureau(self) -> tuple[Scope, str]:
        """Which bureaus a row's own cell names; in unknown words where it is not clear."""
        scope, told = Scope(), []
        for at in self.head.of("bureau"):
            text = flat(self.grid.text(self.at, at))
            if not text:
                continue
            told.append(text)
            said = heading(text)
            inner = replace(said.scope, facts=said.scope.facts or facts_of(text))
            if not inner.facts and EVERYONE.match(text):
                continue
            if said.rest or not inner.facts:
                inner = replace(inner, facts={}, unknown=text)
            scope = scope.then(inner)
        return scope, "、".join(told)

    def _units(self) -> dict[int, tuple[str | None, Basis | None]]:
        """Where each number column has a unit column of its own beside it: its unit, and what it counts by."""
        units, numbers, found = self.head.of("unit"), self.head.of("quantity"), {}
        for at in numbers if len(units) == len(numbers) > 1 else ():
            beside = next((one for one in (at + 1, at - 1) if one in units), None)
            if beside is not None:
                found[at] = unit_basis(self.grid.text(self.at, beside))
        return found

    @staticmethod
    def _with_unit(one: Heading, unit: tuple[str | None, Basis | None] | None) -> Heading:
        return one if unit is None else replace(one, unit=unit[0], basis=one.basis or unit[1])

    def _name_above(self, table: int, name: int, line: Line | None) -> str:
        """The name of the row above, where a file without merges leaves it blank beside a further specification."""
        if self.grid.text(self.at, name).strip() or line is None:
            return ""
        own = any(self.grid.text(self.at, at).strip() for at in self.head.of("serial"))
        spec = any(self.grid.text(self.at, at).strip() for role in _SPECIFYING for at in self.head.of(role))
        follows = line.table == table and line.row == self.at
        return line.name if follows and spec and not own else ""

    def _name_of_class(self, line: Line | None) -> str:
        """The class of a row that has no name of its own: 「碎纸机」 beside a blank 品目."""
        boxes = [self.grid.boxes[self.at][at] for at in self.head.of("category")]
        own = next((flat(split_marks(box.text)[0]) for box in reversed(boxes) if box.rows == 1), "")
        return "" if line is not None and own == line.by_role.get("category") else own

    def _merged(self, column: int, name: int) -> tuple[int, int] | None:
        """The rows that a quantity cell covers beyond its own requirement."""
        box, named = self.grid.boxes[self.at][column], self.grid.boxes[self.at][name]
        first, last = box.row, box.row + box.rows - 1
        within = named.row <= first and last <= named.row + named.rows - 1
        if within and first == self.at and not self._numbers_apart(range(first + 1, last + 1)):
            return None
        if first == last == self.at:
            return None
        return (first + 1, last + 1)

    def _numbers_apart(self, rows: range) -> bool:
        """Whether rows below, under the same name, have numbers of their own: they are other requirements."""
        return any(
            self.grid.boxes[row][at].row == row and self.grid.text(row, at).strip()
            for row in rows
            for at in self.head.of("quantity")
        )
