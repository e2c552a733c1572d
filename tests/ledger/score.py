"""Ledgers made by people who had not seen the program: what was read of one, against what stands in it.

`differences` names every one, each with whether the program said so: a note at the row, at the cell, or one that
names a block in which it lies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equipcheck.ledger import Ledgers, Source, read_ledgers
from equipcheck.ledger.words.statuses import parse_status
from equipcheck.problems import InputError
from equipcheck.problems.notes import Note

FIELDS = ("name", "quantity", "status", "acquired", "valid_until", "asset_no")
SUFFIX = ".expected.json"
_Row = tuple[str, dict[str, Any]]  # place and what was read
_CELL = re.compile(r"([A-Z]{0,3})(\d+)")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing read otherwise than it stands. `place` is the row, or the cell of the name."""

    place: str
    field: str  # "missing", "extra", "rejected", or one of FIELDS
    expected: object
    read: object
    said: bool

    def __str__(self) -> str:
        return (
            f"{self.place} {self.field}: {self.expected!r} -> {self.read!r}{' (said)' if self.said else ''}"
        )


def expected_files(folder: Path) -> list[Path]:
    """What stands in each ledger of a set, sorted."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def read_one(file: Path) -> Ledgers | InputError:
    """The ledger that an expectation is about."""
    path = file.with_name(json.loads(file.read_text("utf-8"))["file"])
    try:
        return read_ledgers([Source(path, path.name)])
    except InputError as error:
        return error


def differences(file: Path) -> list[Difference]:
    """Every difference, in the order of the sheet."""
    wanted = json.loads(file.read_text("utf-8"))
    result = read_one(file)
    if isinstance(result, InputError):
        return [Difference("", "missing", one["name"], None, said=True) for one in wanted["assets"]]
    found = [(row["ref"].partition("#")[2], row) for row in result.assets.to_dicts()]
    return list(_compared(wanted, found, result.notes))


def _compared(wanted: dict[str, Any], found: list[_Row], notes: tuple[Note, ...]) -> Iterator[Difference]:
    left = [*found]
    refused = [one | {"refused": True} for one in wanted["rejected"]]
    every = [*wanted["assets"], *refused]
    in_pages = any(place.startswith("表") for place, _ in found)
    for one in every:
        mine = _mine(one, left, by_name=in_pages)
        told = _said(notes, one)
        if mine is None:
            yield Difference(_places(one)[0], "missing", one["name"], None, told)
            continue
        left.remove(mine)
        place, row = mine
        if one.get("refused") or row["rejected"] is not None:
            if not one.get("refused"):
                yield Difference(place, "rejected", one["quantity"], row["why"], said=True)
            elif row["rejected"] is None:
                yield Difference(place, "rejected", one["why"], row["quantity"], told)
            continue
        for name in FIELDS:
            ours, theirs = _ours(row, name), _theirs(one, name)
            if name == "status" and ours is None and theirs and row["status"] == parse_status(str(theirs)):
                continue  # said by a heading over the row
            if ours != theirs:
                yield Difference(place, name, theirs, ours, told)
    for place, row in left:
        if row["rejected"] is None:
            at = _CELL.fullmatch(place.rpartition("!")[2])
            told = at is not None and _said(notes, {"row": int(at[2]), "sheet": place.rpartition("!")[0]})
            yield Difference(place, "extra", None, [row["name"], row["quantity"]], told)


def _mine(one: Mapping[str, Any], left: list[_Row], *, by_name: bool) -> _Row | None:
    """The row read at its place: of several (tables beside each other) the one of its name.

    `by_name`: rows of a web page, counted in the file by every table and by us in each, are told by their names.
    """
    name = _plain(one.get("name"))
    here = [row for row in left if by_name or _place(row[0], one) in _places(one)]
    same = [row for row in here if _plain(row[1]["name"]) == name]
    return next(iter(same if by_name else same or here), None)


def _place(place: str, one: Mapping[str, Any]) -> str:
    """A row's place, without the sheet where its maker named none (a page of one table)."""
    return place if one.get("sheet") else place.rpartition("!")[2]


def _places(one: Mapping[str, Any]) -> list[str]:
    before = f"{one['sheet']}!" if one.get("sheet") else ""
    return [f"{before}{at}" for at in (one.get("row"), one.get("name_cell")) if at]


def _said(notes: tuple[Note, ...], one: Mapping[str, Any]) -> bool:
    """Whether a note stands at the row, or names the thing."""
    row = one.get("row") or int(_CELL.fullmatch(one["name_cell"])[2])  # type: ignore[index]
    ends = (f"!{row}", f"#{row}", f"!{one.get('name_cell')}")
    name = _plain(one.get("name"))
    for note in notes:
        sheet = (note.ref or "").partition("#")[2].rpartition("!")[0]
        here = not one.get("sheet") or sheet in ("", one["sheet"])
        if here and ((note.ref or "").endswith(ends) or (name and name in _plain(note.note))):
            return True
        if here and row in _rows_named(note.note):
            return True
    return False


_BLOCK = re.compile(r"[A-Z]{1,3}(\d+):[A-Z]{1,3}(\d+)")
_ROWS = re.compile(r"第 ([\d、-]+)(?: 等)? 行")


def _rows_named(text: str) -> set[int]:
    """The rows that a note names: of blocks (A2:D7) and lists (第 3-9、12 行)."""
    spans = [(int(low), int(high)) for low, high in _BLOCK.findall(text)]
    for listed in _ROWS.findall(text):
        for part in listed.split("、"):
            low, _, high = part.partition("-")
            spans.append((int(low), int(high or low)))
    return {row for low, high in spans for row in range(low, min(high, low + 100_000) + 1)}


def _plain(text: object) -> str:
    return re.sub(r"\s", "", str(text)) if text is not None else ""


def _ours(row: Mapping[str, Any], name: str) -> object:
    value = row["status_text" if name == "status" else name]
    return value if name == "quantity" else _plain(value) or None


def _theirs(one: Mapping[str, Any], name: str) -> object:
    value = one.get(name)
    return value if name == "quantity" else _plain(value) or None
