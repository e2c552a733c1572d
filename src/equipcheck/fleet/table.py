"""The table of bureaus: which there are, what is above which, and the numbers that the standard's rules read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from equipcheck.fleet.members import CODE_HEADINGS, Failed, Row, note
from equipcheck.ground.closed_words import codes_by_word
from equipcheck.ground.days import EXPECTED, parse_day
from equipcheck.ledger.containers.detect import open_book, read_file
from equipcheck.ledger.rows.non_assets import SIGNATURE, TOTAL
from equipcheck.ledger.sheet import Sheet
from equipcheck.ledger.values.numerals import parse_quantity
from equipcheck.ledger.values.text import is_empty, squash, text_of
from equipcheck.ledger.words.form import plain
from equipcheck.problems import InputError, Place, Problem
from equipcheck.problems.notes import Note
from equipcheck.standard.bureau import FACT_MAX, FACT_NAMES, HEAD_COUNTS, Fact, in_code, stray

_WORDS = {
    "code": " ".join((*CODE_HEADINGS, "代码", "编码", "code")),
    "name": "机构名称 单位名称 名称 机构 单位 填报单位 name",
    "parent": "上级机构代码 上级单位代码 上级代码 上级机构编码 上级单位编码 上级机构 上级单位 上级 主管单位代码 parent",
    "standard": "标准 适用标准 执行标准 标准编号 版本 standard",
    "as_of": "截至日期 截止日期 填报日期 数据日期 统计日期 as_of",
    "metrology": "计量 计量要求 metrology",
    "level": "级别 层级 机构级别 行政级别 单位级别 机构层级 level",
    "region": "地区 区域 所在地区 region",
    "grade": "建设等级 等级 grade",
    "climate": "气候区 climate",
    "staff": "人员数 执法人员 执法人员数 执法人数 执法人员人数 人数 staff",
    "main_posts": "主要执法岗 主要执法岗数 主要执法岗位数 执法岗数 主要执法岗位 main_posts",
    "authorized": "编制 编制数 核定编制 核定编制数 authorized",
    "on_roll": "编制内实有人数 编制内实有 实有人数 在编人数 on_roll",
    "vehicles": "车辆数 执法车辆 执法车辆数 车辆 执法用车数 vehicles",
    "departments": "内设机构 内设机构数 departments",
    "teams": "执法中队 执法中队数 中队数 teams",
    "vehicle_quota": "车辆编制 车辆编制数 核定车辆编制 vehicle_quota",
}
_HEADINGS = {plain(word): name for name, words in _WORDS.items() for word in words.split()}
_FACT = re.compile(r"[a-z][a-z0-9_]*")
_OWN = ("code", "name", "parent", "standard", "as_of", "metrology")
HEAD_ROWS = 30  # among which the heading stands


@dataclass(slots=True)
class Table:
    """The bureaus of a table, those that cannot be used, and what was odd."""

    rows: list[Row] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_table(path: Path, shown: str) -> Table:
    """Read a table of bureaus (csv, xlsx, …). Raises InputError where there is none in the file."""
    book = open_book(read_file(path, shown), shown)
    for sheet in book.sheets:
        found = _heading(sheet)
        if found is not None:
            return _once(_rows(sheet, *found, shown, text=book.text))
    raise InputError(Problem("fleet-table-heading", Place(shown)))


def columns_of(headings: Sequence[str]) -> dict[int, str]:
    """Column → what it says of a bureau: a key of ours, or a fact; the first of two for one key holds."""
    found: dict[int, str] = {}
    for index, heading in enumerate(headings):
        word = plain(heading)
        name = _HEADINGS.get(word) or (word if _FACT.fullmatch(word) else None)
        if name is not None and name not in found.values():
            found[index] = name
    return found


def _heading(sheet: Sheet) -> tuple[int, dict[int, str]] | None:
    for at, row in enumerate(sheet.rows[:HEAD_ROWS]):
        found = columns_of([text_of(cell) for cell in row])
        if "code" in found.values() and len(found) > 1:
            return at, found
    return None


def _rows(sheet: Sheet, head: int, columns: Mapping[int, str], shown: str, *, text: bool) -> Table:
    table = Table()
    headings = [" ".join(text_of(cell).split()) for cell in sheet.rows[head]]
    unused = [one for at, one in enumerate(headings) if one and at not in columns]
    if unused:
        table.notes.append(note("fleet-column-unused", shown, columns="、".join(unused)))
    empty = cache(is_empty)
    for at, cells in enumerate(sheet.rows[head + 1 :], start=head + 1):
        texts = {
            name: value
            for index, name in columns.items()
            if not empty(value := text_of(cells[index]).strip())
        }
        if not texts:
            continue
        line = sheet.number(at)
        place = Place(shown, line=line) if text else Place(shown, sheet.name, line)
        if any(_no_bureau(texts.get(key, "")) for key in ("code", "name")):
            said = " ".join(texts.values())
            table.notes.append(note("fleet-row-of-none", str(place), text=said[:40]))
            continue
        if "code" not in texts:
            said = " ".join(texts.values())
            table.notes.append(note("fleet-row-without-code", str(place), text=said[:40]))
            continue
        row, problems = read_row(texts, place)
        if problems:
            table.failed.append(Failed.of(row.code, problems, row.name or None))
        else:
            table.rows.append(row)
    return table


def _no_bureau(text: str) -> bool:
    """Whether a code or a name is that of a sum (「合计」「全市总计」), or says who signed."""
    word = squash(text)
    return bool(TOTAL.fullmatch(word) or SIGNATURE.fullmatch(word))


def read_row(texts: Mapping[str, str], place: Place) -> tuple[Row, list[Problem]]:
    """One bureau from its texts by key, and what is wrong with them."""
    problems: list[Problem] = []
    facts: dict[str, Fact] = {}
    for name, value in texts.items():
        if name not in _OWN:
            sound = _sound(name, value)
            facts[name], wrong = (sound, []) if sound is not None else _fact(name, value, place)
            problems += wrong
    day = parse_day(texts["as_of"]) if "as_of" in texts else None
    if "as_of" in texts and day is None:
        problems.append(_wrong("as_of", texts["as_of"], EXPECTED, place))
    words = codes_by_word("metrology")
    metrology = words.get(texts.get("metrology", ""), texts.get("metrology"))
    if metrology is not None and metrology not in words.values():
        problems.append(_wrong("metrology", metrology, "按登记 record、严格 strict", place))
    row = Row(
        texts["code"], texts.get("name", ""), texts.get("parent"), facts, str(place),
        texts.get("standard"), day, metrology,
    )  # fmt: skip
    return row, problems


@lru_cache(maxsize=10_000)  # bureaus have the same few numbers
def _sound(name: str, value: str) -> Fact | None:
    """A fact's value; None where it must be looked at with its place."""
    fact, problems = _fact(name, value, Place(""))
    return None if problems else fact


def _fact(name: str, value: str, place: Place) -> tuple[Fact, list[Problem]]:
    if name in HEAD_COUNTS:
        number, wrong = parse_quantity(value.removesuffix("人"))
        if wrong is not None or number is None or number > FACT_MAX:
            return value, [_wrong(name, value, "不小于 0 的整数", place)]
        return number, []
    fact = in_code(name, value)
    if (wrong_word := stray(name, value)) is not None:
        return fact, [_wrong(name, value, wrong_word[0], place, wrong_word[1])]
    return (int(value) if value.isascii() and value.isdigit() and len(value) < 10 else fact), []


def _wrong(name: str, value: str, expected: str, place: Place, hint: str = "") -> Problem:
    label = {"as_of": "截至日期", "metrology": "计量"}.get(name) or FACT_NAMES.get(name, name)
    return Problem(
        "fleet-bad-value", place, {"name": label, "value": value, "expected": expected, "near": hint}
    )


def _once(table: Table) -> Table:
    """A code that stands twice is no bureau that could be assessed: the two rows may mean different bureaus."""
    seen: dict[str, list[Row]] = {}
    for row in table.rows:
        seen.setdefault(row.code, []).append(row)
    failed = list(_twice(seen))
    gone = {one.bureau for one in (*failed, *table.failed)}
    lost = {one.bureau: one for one in (*failed, *table.failed)}  # a code once, whatever is wrong with it
    rows = [row for row in table.rows if row.code not in gone]
    return Table(rows, list(lost.values()), table.notes)


def _twice(seen: Mapping[str, list[Row]]) -> Iterator[Failed]:
    for code, rows in seen.items():
        if len(rows) > 1:
            places = "、".join(row.place for row in rows)
            yield Failed.of(
                code, [Problem("bureau-twice", args={"bureau": code, "places": places})], rows[0].name
            )
